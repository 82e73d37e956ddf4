"""Train and measure diagnosis-zh, a demonstration on two small public sets of symptoms.

    /usr/bin/python3 testdata/models/diagnosis-zh/train.py --data PATH/zh-diagnosis \
        --out testdata/models/diagnosis-zh/1.0.0 [--metrics] [--tables FOLDER]

Needs PyTorch 1.13 and NumPy 1.24; one thread. Writes model.pt and golden/, with --metrics also metrics.json (minutes), with
--tables the training and test rows as tables for `evaluate`, which are not for committing.
"""
import argparse
import json
import os
import sys
import zipfile

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import torch  # noqa: E402

import data  # noqa: E402
from baselines import LogisticRegression, Majority, NearestNeighbours  # noqa: E402
from network import Network  # noqa: E402

CLASSES = len(data.DISEASES)
FOLDS, REPEATS, RESAMPLES = 5, 3, 1000
MODELS = {"network": Network, "logistic regression": LogisticRegression, "nearest neighbours": NearestNeighbours,
          "majority": Majority}

INVENTED = [  # made-up children, none of them in the data: said, denied
    ("fever-cough-and-rales", ["fever", "cough", "rales", "dyspnoea"], ["runnyNose"]),
    ("loose-stools-and-vomiting", ["diarrhoea", "vomiting", "oliguria"], ["cough"]),
    ("sneezing-and-rubbed-nose", ["sneezing", "rubsNose", "runnyNose", "allergy"], ["fever"]),
    ("fever-with-blisters", ["fever", "blisters", "rash"], ["diarrhoea", "cough"]),
    ("cough-alone", ["cough"], []),
    ("nothing-said", [], []),
]
TOLERANCE = {"absolute": 2e-05,
             "because": "32-bit sums differ in the last digits between batch sizes, processors and libtorch versions"}


def folds(groups, count: int, seed: int):
    """Pairs of row numbers, training and test; the rows of a group stay together."""
    unique = np.unique(groups)
    fold = dict(zip(unique[np.random.default_rng(seed).permutation(len(unique))], np.arange(len(unique)) % count))
    of_row = np.array([fold[g] for g in groups])
    return [(np.nonzero(of_row != k)[0], np.nonzero(of_row == k)[0]) for k in range(count)]


def fit(kind, values, truth, groups):
    return kind().fit(values, truth, CLASSES, folds(groups, 4, 7))


def places(probabilities, truth):
    """Where the true diagnosis stands, from 1; of equals the one that comes first in the card stands first."""
    order = np.argsort(-probabilities, axis=1, kind="stable")
    return (order == truth[:, None]).argmax(1) + 1


def interval(hits, draws):
    """Share of hits with a 95 % percentile interval; hits [N], draws [R, N] how often each row counts."""
    shares = draws @ hits / draws.sum(1)
    return [round(float(x), 4) for x in (hits.mean(), *np.quantile(shares, [0.025, 0.975]))]


def draws(groups):
    """How often each row counts in each resample of the groups."""
    unique, of_row = np.unique(groups, return_inverse=True)
    random = np.random.default_rng(11)
    return np.stack([np.bincount(random.integers(len(unique), size=len(unique)), minlength=len(unique))[of_row]
                     for _ in range(RESAMPLES)]).astype(np.float64)


def figures(place, groups):
    """Top-1 and top-3 accuracy of each model with intervals, and the paired difference from the network's."""
    drawn = draws(groups)
    shown = {}
    for name, at in place.items():
        shown[name] = {f"top{k}": interval((at <= k).mean(0) if at.ndim > 1 else (at <= k).astype(float), drawn)
                       for k in (1, 3)}
        if name != "network":
            ours, theirs = place["network"], at
            shown[name]["network less this, top1"] = interval(
                mean((ours <= 1).astype(float)) - mean((theirs <= 1).astype(float)), drawn)
    return shown


def mean(rows):
    return rows.mean(0) if rows.ndim > 1 else rows


def cross_validated(values, sparse, truth, groups):
    """Places of the true diagnosis out of fold, [repeats, N] for each model, with all answers and with the report alone."""
    full = {name: np.zeros((REPEATS, len(truth)), int) for name in MODELS}
    alone = {name: np.zeros((REPEATS, len(truth)), int) for name in MODELS}
    for repeat in range(REPEATS):
        for train, test in folds(groups, FOLDS, 100 + repeat):
            for name, kind in MODELS.items():
                model = fit(kind, values[train], truth[train], groups[train])
                full[name][repeat, test] = places(model.probabilities(values[test]), truth[test])
                alone[name][repeat, test] = places(model.probabilities(sparse[test]), truth[test])
        print("repeat", repeat + 1, {n: round(float((p[repeat] <= 1).mean()), 4) for n, p in full.items()}, flush=True)
    return full, alone


def export(net, path: str):
    """Save as TorchScript without debug records (they hold paths of this machine); reload."""
    torch.jit.script(net).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            if not item.filename.endswith(".debug_pkl"):
                name = "model/" + item.filename.split("/", 1)[1]
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(item))
    os.remove(path + ".tmp")
    return torch.jit.load(path)


def golden(net, folder: str, top: int = 3) -> None:
    """Write the invented children with the exported model's answers, one file each."""
    os.makedirs(folder, exist_ok=True)
    names = [name for name, _, _ in data.symptoms()]
    for number, (slug, said, denied) in enumerate(INVENTED, start=1):
        inputs = {name: "yes" if name in said else "no" if name in denied else None for name in names}
        values = np.array([[1.0 if name in said else 0.0 if name in denied else np.nan for name in names]], np.float32)
        p = Network.answer(net, values)[0]
        order = np.argsort(-p, kind="stable")[:top]
        ranking = {data.DISEASES[i][0]: round(float(p[i]), 6) for i in order}
        case = {"description": slug.replace("-", " ").capitalize() + " (an invented child)",
                "inputs": inputs,
                "outcome": {"ranking": ranking} if said or denied else {"abstained": []},
                "tolerance": TOLERANCE}
        with open(os.path.join(folder, f"{number:02d}-{slug}.json"), "w", encoding="utf-8") as f:
            json.dump(case, f, indent=2, ensure_ascii=False)
            f.write("\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the folder zh-diagnosis")
    parser.add_argument("--out", required=True, help="the model's folder")
    parser.add_argument("--metrics", action="store_true", help="evaluate as well (minutes)")
    parser.add_argument("--tables", help="where to write the rows as tables")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    cases = data.read(arguments.data)
    groups = data.groups(cases)
    truth = np.array([case["truth"] for case in cases])
    values, sparse = data.matrix(cases), data.matrix(cases, asked=False)
    test = data.is_test(groups)
    print(f"{(~test).sum()} training rows, {test.sum()} test rows")
    if arguments.tables:
        for name, rows in (("train", ~test), ("test", test)):
            chosen = [case for case, wanted in zip(cases, rows) if wanted]
            data.write_table(chosen, values[rows], os.path.join(arguments.tables, f"{name}.csv"))
    ours = fit(Network, values[~test], truth[~test], groups[~test])
    os.makedirs(arguments.out, exist_ok=True)
    net = export(ours.net, os.path.join(arguments.out, "model.pt"))
    golden(net, os.path.join(arguments.out, "golden"))
    if not arguments.metrics:
        return
    full, alone = cross_validated(values[~test], sparse[~test], truth[~test], groups[~test])
    fitted = {name: ours if kind is Network else fit(kind, values[~test], truth[~test], groups[~test])
              for name, kind in MODELS.items()}
    held = {name: places(m.probabilities(values[test]), truth[test]) for name, m in fitted.items()}
    held_alone = {name: places(m.probabilities(sparse[test]), truth[test]) for name, m in fitted.items()}
    sets = np.array([case["set"] for case in cases])[test]
    metrics = {
        "rows": {"training": int((~test).sum()), "test": int(test.sum())},
        "penalty": ours.penalty,
        "crossValidation": figures(full, groups[~test]),
        "crossValidationReportAlone": figures(alone, groups[~test]),
        "test": figures(held, groups[test]),
        "testReportAlone": figures(held_alone, groups[test]),
        "testBySet": {s: {"rows": int((sets == s).sum()),
                          **figures({n: p[sets == s] for n, p in held.items()}, groups[test][sets == s])}
                      for s in data.SETS},
        "testByDiagnosis": {data.DISEASES[d][0]: {
            "rows": int((truth[test] == d).sum()),
            "top1": round(float((held["network"][truth[test] == d] <= 1).mean()), 4),
            "top3": round(float((held["network"][truth[test] == d] <= 3).mean()), 4)} for d in range(CLASSES)},
    }
    with open(os.path.join(arguments.out, "metrics.json"), "w") as f:
        json.dump(metrics, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
