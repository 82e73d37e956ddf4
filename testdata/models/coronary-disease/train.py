"""Train the coronary-disease reference model of Auspex and export it as TorchScript.

    /usr/bin/python3 testdata/models/coronary-disease/train.py \
        --data PATH/cleveland.csv \
        --out testdata/models/coronary-disease/1.0.0/model.pt \
        --metrics testdata/models/coronary-disease/1.0.0/metrics.json

Writes the model, `training.json` (a summary of the training rows, see ../training_data.py), the first
eight golden cases in `golden/` beside it (invented patients with the model's answers; the later cases
are made by hand) and, if asked, `metrics.json` (nested cross-validation, see evaluation.py). With
--summary-only the model that is there stays, and only `training.json` is written. Needs PyTorch, NumPy and
scikit-learn; downloads nothing; runs on the CPU with a fixed seed.

Data: UCI Heart Disease, Cleveland file: 303 patients referred for coronary angiography in the
1980s, one row each, `num > 0` (a vessel narrowed by more than 50 %) being the target.
Investigators: A. Janosi (Budapest), W. Steinbrunn (Zurich), M. Pfisterer (Basel), R. Detrano (Long
Beach and Cleveland). The repository the file was copied from states no licence; the data are not
part of this project. This code: Apache-2.0.
"""
import argparse
import csv
import json
import math
import os
import re
import sys
import zipfile

import numpy as np
import torch
from torch import Tensor, nn

SEED = 20240611

# Input columns in order: (name, column of the file, what is added to the file's value,
# lowest and highest value taken for real; anything outside counts as missing).
COLUMNS = [
    ("age", "age", 0, 1, 120),                       # years
    ("sex", "sex", 0, 0, 1),                         # 0 female, 1 male
    ("chestPain", "cp", -1, 0, 3),                   # typical, atypical, non-anginal, asymptomatic
    ("restingPressure", "trestbps", 0, 40, 300),     # mm[Hg]
    ("cholesterol", "chol", 0, 40, 1000),            # mg/dL; 0 means missing at some hospitals
    ("fastingGlucoseHigh", "fbs", 0, 0, 1),          # fasting glucose > 120 mg/dL
    ("restingEcg", "restecg", 0, 0, 2),              # normal, ST-T abnormality, LV hypertrophy
    ("maximumHeartRate", "thalach", 0, 30, 250),     # /min
    ("exerciseAngina", "exang", 0, 0, 1),
    ("stDepression", "oldpeak", 0, -5, 10),          # mm, exercise relative to rest
    ("stSlope", "slope", -1, 0, 2),                  # upsloping, flat, downsloping
    ("vessels", "ca", 0, 0, 3),                      # coloured by fluoroscopy
    ("thallium", "thal", 0, 0, 2),                   # file: 3 normal, 6 fixed, 7 reversible defect
]
NAMES = [c[0] for c in COLUMNS]
CODES = {  # the coded inputs: names of the codes 0, 1, 2 ...
    "sex": ["female", "male"],
    "chestPain": ["typical-angina", "atypical-angina", "non-anginal-pain", "asymptomatic"],
    "fastingGlucoseHigh": ["no", "yes"],
    "restingEcg": ["normal", "st-t-abnormality", "left-ventricular-hypertrophy"],
    "exerciseAngina": ["no", "yes"],
    "stSlope": ["upsloping", "flat", "downsloping"],
    "thallium": ["normal", "fixed-defect", "reversible-defect"],
}
ONE_HOT = ["chestPain", "restingEcg", "stSlope", "thallium"]
BLOCK_A = [NAMES.index(n) for n in ("vessels", "thallium", "stSlope")]
BLOCK_B = [NAMES.index(n) for n in ("cholesterol", "fastingGlucoseHigh")]

# Fixed before any evaluation, not tuned. The members of an ensemble differ in their start, in the
# inputs hidden from them and in the L2 penalty, which spans a range instead of being selected.
MEMBERS, HIDDEN, STEPS, LEARNING_RATE = 10, 16, 400, 0.01
PENALTIES = np.logspace(math.log10(0.001), math.log10(0.01), MEMBERS)
INNER_FOLDS = 5


def load(path: str):
    """Return values [N, 13] (missing = 0), known [N, 13] (1 or 0) and target [N], all float32."""
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))
    values = np.full((len(rows), len(COLUMNS)), np.nan, dtype=np.float32)
    for i, row in enumerate(rows):
        for j, (name, column, offset, _, _) in enumerate(COLUMNS):
            if row[column].strip():
                v = float(row[column])
                values[i, j] = {3: 0, 6: 1, 7: 2}[int(v)] if name == "thallium" else v + offset
    target = np.array([float(r["num"]) > 0 for r in rows], dtype=np.float32)
    known = (~np.isnan(values)).astype(np.float32)
    return np.nan_to_num(values), known, target


class CoronaryNetwork(nn.Module):
    """M small networks (a linear part plus one tanh layer), averaged on the logit scale."""

    def __init__(self, values: Tensor, known: Tensor, members: int, generator: torch.Generator):
        """values, known [N, 13]: the training rows, for centres and spreads only."""
        super().__init__()
        numeric = [i for i, n in enumerate(NAMES) if n not in ONE_HOT]
        coded = [(NAMES.index(n), c) for n in ONE_HOT for c in range(len(CODES[n]))]
        count = known.sum(0)
        centre = (values * known).sum(0) / count
        spread = ((((values - centre) ** 2) * known).sum(0) / count).sqrt()
        self.register_buffer("lowest", torch.tensor([float(c[3]) for c in COLUMNS]))
        self.register_buffer("highest", torch.tensor([float(c[4]) for c in COLUMNS]))
        self.register_buffer("centre", centre)
        self.register_buffer("spread", spread.clamp(min=1e-3))
        self.register_buffer("numeric", torch.tensor(numeric))
        self.register_buffer("coded_column", torch.tensor([i for i, _ in coded]))
        self.register_buffer("coded_value", torch.tensor([float(c) for _, c in coded]))
        self.register_buffer("scale", torch.ones(1))    # Platt scaling, set by `calibrate`
        self.register_buffer("shift", torch.zeros(1))
        f = len(numeric) + len(coded) + len(COLUMNS)

        def start(*shape: int, std: float) -> nn.Parameter:
            return nn.Parameter(torch.randn(*shape, generator=generator) * std)

        self.linear = start(members, f, 1, std=0.01)
        self.inner = start(members, f, HIDDEN, std=f ** -0.5)
        self.inner_bias = nn.Parameter(torch.zeros(members, 1, HIDDEN))
        self.outer = start(members, HIDDEN, 1, std=0.5 * HIDDEN ** -0.5)
        self.bias = nn.Parameter(torch.zeros(members, 1, 1))

    def encode(self, values: Tensor, known: Tensor) -> Tensor:
        """[..., 13] twice -> features [..., F]; a missing input gives 0 in all of its features."""
        usable = (known > 0.5) & (values >= self.lowest) & (values <= self.highest)  # NaN: False
        x = torch.where(usable, values, self.centre.expand_as(values))
        flag = usable.to(torch.float32)
        z = ((x - self.centre) / self.spread).clamp(-3.0, 3.0) * flag
        code = torch.round(x.index_select(-1, self.coded_column)) == self.coded_value
        code_flag = flag.index_select(-1, self.coded_column)
        parts = [z.index_select(-1, self.numeric), code.to(torch.float32) * code_flag, flag]
        return torch.cat(parts, dim=-1)

    def member_logits(self, features: Tensor) -> Tensor:
        """[M, N, F] -> [M, N]"""
        h = torch.tanh(torch.matmul(features, self.inner) + self.inner_bias)
        z = torch.matmul(features, self.linear) + torch.matmul(h, self.outer) + self.bias
        return z.squeeze(-1)

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        """values, known: float32 [N, 13] -> probability of obstructive disease, float32 [N, 1]"""
        features = self.encode(values, known).unsqueeze(0)
        logit = self.member_logits(features.expand(self.bias.size(0), -1, -1)).mean(0)
        return torch.sigmoid(self.scale * logit + self.shift).unsqueeze(-1)


def keep_mask(shape, generator: torch.Generator) -> Tensor:
    """Random missingness: float [..., 13] of 1 (keep) and 0 (hide), one pattern for each patient.

    35 % complete; 30 % the pattern of other hospitals (vessels, thallium and slope each hidden with
    probability 0.9, cholesterol and glucose with 0.5); 30 % every input hidden independently at a
    rate of 0.1, 0.3, 0.5 or 0.7; 5 % everything hidden.
    """
    def uniform(*s: int) -> Tensor:
        return torch.rand(*s, generator=generator)

    rows, n = shape[:-1], shape[-1]
    kind, rates = uniform(*rows, 1), torch.tensor([0.1, 0.3, 0.5, 0.7])
    hide = rates[(uniform(*rows, 1) * 4).long().clamp(max=3)].expand(*rows, n)
    block = torch.zeros(n)
    block[BLOCK_A], block[BLOCK_B] = 0.9, 0.5
    hide = torch.where(kind < 0.65, block.expand_as(hide), hide)
    hide = torch.where(kind < 0.35, torch.zeros(()), hide)
    hide = torch.where(kind >= 0.95, torch.ones(()), hide)
    return (uniform(*rows, n) >= hide).to(torch.float32)


def fit(values, known, target, seed: int) -> CoronaryNetwork:
    """Train the ensemble on rows [N, 13], calibrated on inner out-of-fold predictions.

    (1 + INNER_FOLDS) ensembles are trained side by side as one batch: the first sees all rows, the
    others leave out one inner fold each. Those others only serve to fit the Platt scale.
    """
    g = torch.Generator().manual_seed(seed)
    v, k, y = (torch.as_tensor(a) for a in (values, known, target))
    n, groups = len(y), 1 + INNER_FOLDS
    fold = torch.empty(n, dtype=torch.long)             # inner fold of each row, stratified
    for label in (0, 1):
        rows = torch.nonzero(y == label).squeeze(1)
        fold[rows[torch.randperm(len(rows), generator=g)]] = torch.arange(len(rows)) % INNER_FOLDS
    use = torch.ones(groups, n)
    for i in range(INNER_FOLDS):
        use[1 + i, fold == i] = 0.0
    use = use.repeat_interleave(MEMBERS, 0)             # [M, N], M = groups * MEMBERS
    use = use / use.sum(1, keepdim=True)
    penalty = torch.tensor(np.tile(PENALTIES, groups), dtype=torch.float32)
    net = CoronaryNetwork(v, k, groups * MEMBERS, g)
    weights = [net.linear, net.inner, net.outer]
    optimiser = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    entropy = nn.BCEWithLogitsLoss(reduction="none")
    labels = y.expand(len(use), n)
    for _ in range(STEPS):
        hidden = k * keep_mask((len(use), n, v.shape[1]), g)
        logits = net.member_logits(net.encode(v.expand_as(hidden), hidden))
        loss = (entropy(logits, labels) * use).sum()
        loss = loss + sum((penalty * (w ** 2).sum((1, 2))).sum() for w in weights)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    calibrate(net, v, k, y, fold, g)
    for name in ("linear", "inner", "inner_bias", "outer", "bias"):  # keep the first ensemble only
        setattr(net, name, nn.Parameter(getattr(net, name)[:MEMBERS].detach().clone()))
    return net.eval().requires_grad_(False)


@torch.no_grad()
def calibrate(net: CoronaryNetwork, v, k, y, fold, generator) -> None:
    """Fit scale and shift on inner out-of-fold logits, every row seen in four patterns."""
    keeps = [torch.ones_like(v) for _ in range(3)] + [keep_mask(v.shape, generator)]
    keeps[1][:, BLOCK_A] = 0.0
    keeps[2][:, BLOCK_A + BLOCK_B] = 0.0
    logits = []
    for keep in keeps:
        features = net.encode(v, k * keep).expand(len(net.bias), -1, -1)
        by_group = net.member_logits(features).view(1 + INNER_FOLDS, MEMBERS, -1).mean(1)
        logits.append(by_group[1 + fold, torch.arange(len(y))])
    scale, shift = logistic_line(torch.cat(logits).double().numpy(), y.repeat(len(keeps)).numpy())
    net.scale.fill_(scale)
    net.shift.fill_(shift)


def logistic_line(x, y, steps: int = 25):
    """Maximum-likelihood slope and intercept of logit P(y) = slope * x + intercept (Newton)."""
    a, b = 1.0, 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(a * x + b)))
        w = p * (1 - p)
        ga, gb = ((y - p) * x).sum(), (y - p).sum()
        haa, hab, hbb = (w * x * x).sum(), (w * x).sum(), w.sum()
        det = haa * hbb - hab ** 2
        a, b = a + (hbb * ga - hab * gb) / det, b + (haa * gb - hab * ga) / det
    return a, b


def patient(*given):
    """Inputs by name from 13 values in column order, None where missing."""
    return dict(zip(NAMES, given))


INVENTED = [  # made-up patients, none of them in the data
    ("Complete, low risk", patient(
        42, "female", "non-anginal-pain", 118, 204, "no", "normal", 176, "no", 0.1, "upsloping", 0, "normal")),
    ("Complete, high risk", patient(
        66, "male", "asymptomatic", 152, 287, "yes", "left-ventricular-hypertrophy", 113, "yes", 2.7,
        "flat", 2, "reversible-defect")),
    ("Complete, in between", patient(
        57, "male", "atypical-angina", 136, 241, "no", "st-t-abnormality", 148, "no", 0.9, "flat", 0,
        "reversible-defect")),
    ("Complete, typical angina and a fixed defect", patient(
        61, "female", "typical-angina", 144, 262, "no", "left-ventricular-hypertrophy", 139, "yes", 1.3,
        "downsloping", 1, "fixed-defect")),
    ("Vessels, thallium and slope missing", patient(
        59, "male", "asymptomatic", 141, 233, "no", "normal", 127, "yes", 1.7, None, None, None)),
    ("The same patient, cholesterol and fasting glucose missing too", patient(
        59, "male", "asymptomatic", 141, None, None, "normal", 127, "yes", 1.7, None, None, None)),
    ("Only age, sex and chest pain known", patient(
        53, "female", "atypical-angina", *[None] * 10)),
    ("Nothing known", patient(*[None] * 13)),
]
MANDATORY = ["age", "chestPain"]
TOLERANCE = {"absolute": 2e-05, "because": "32-bit sums differ in the last digits between batch "
                                           "sizes, processors and libtorch versions"}
SLUG = 50  # most characters of a description in a file's name


def golden(model, folder: str) -> None:
    """Write the invented patients with the exported model's answers, one file each."""
    os.makedirs(folder, exist_ok=True)
    for number, (description, inputs) in enumerate(INVENTED, start=1):
        values, known = torch.full((1, 13), math.nan), torch.zeros(1, 13)
        for i, (name, given) in enumerate(inputs.items()):
            if given is not None:
                values[0, i] = CODES[name].index(given) if name in CODES else given
                known[0, i] = 1.0
        absent = [name for name in MANDATORY if inputs[name] is None]
        outcome = ({"abstained": absent} if absent  # the card lets these not be missing
                   else {"probability": round(model(values, known).item(), 6)})
        case = {"description": f"{description} (an invented patient)", "inputs": inputs,
                "outcome": outcome,
                "tolerance": TOLERANCE}
        slug = re.sub("[^a-z0-9]+", "-", description.lower())[:SLUG]
        with open(os.path.join(folder, f"{number:02d}-{slug}.json"), "w") as f:
            json.dump(case, f, indent=2)
            f.write("\n")


def export(net: CoronaryNetwork, path: str):
    """Save as TorchScript without debug records (they hold paths of this machine); reload."""
    torch.jit.script(net).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            if not item.filename.endswith(".debug_pkl"):
                name = "model/" + item.filename.split("/", 1)[1]
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(item))
    os.remove(path + ".tmp")
    return torch.jit.load(path)


def summarise(model, values, known, path: str) -> None:
    """Write what the training rows were like, and what the model says of them."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    from training_data import write
    answers = model(torch.as_tensor(values), torch.as_tensor(known)).squeeze(1).numpy()
    write(path, [(name, CODES.get(name), False) for name in NAMES],
          np.where(known > 0, values, np.nan).astype(float), answers.astype(float))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="cleveland.csv")
    parser.add_argument("--out", required=True, help="where to write the TorchScript model")
    parser.add_argument("--metrics", help="evaluate as well (minutes) and write the results here")
    parser.add_argument("--summary-only", action="store_true", help="only write training.json of the model there")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    values, known, target = load(arguments.data)
    summary = os.path.join(os.path.dirname(arguments.out), "training.json")
    if arguments.summary_only:
        summarise(torch.jit.load(arguments.out), values, known, summary)
        return
    model = export(fit(values, known, target, SEED), arguments.out)
    summarise(model, values, known, summary)
    golden(model, os.path.join(os.path.dirname(arguments.out), "golden"))
    if arguments.metrics:
        sys.dont_write_bytecode = True
        from evaluation import evaluate
        scenarios = {"as recorded": [], "a: vessels, thallium and slope hidden": BLOCK_A,
                     "b: cholesterol and fasting glucose hidden too": BLOCK_A + BLOCK_B}
        male, older = values[:, NAMES.index("sex")] == 1, values[:, NAMES.index("age")] >= 55
        groups = {"female": ~male, "male": male, "under 55": ~older, "55 and over": older}
        one_hot = [NAMES.index(n) for n in ONE_HOT]
        metrics = evaluate(values, known, target, fit, scenarios, one_hot, groups)
        with open(arguments.metrics, "w") as f:
            json.dump(metrics, f, indent=1)
            f.write("\n")


if __name__ == "__main__":
    main()
