"""Train one of the survival reference models of Auspex and export it as TorchScript.

    /usr/bin/python3 testdata/models/survival/train.py gbsg \
        --data PATH/gbsg-train.csv \
        --out testdata/models/survival-gbsg/1.0.0 --metrics

Writes `model.pt`, `training.json` (a summary of the training rows, see ../training_data.py), the golden
cases of made-up patients (invented.py) and, with --metrics, `metrics.json` (repeated cross-validation, see
evaluation.py). With --summary-only the model that is there stays, and only `training.json` is written. The other cohorts are `metabric` and
`support`. Needs PyTorch and NumPy; downloads nothing; runs on the CPU with fixed seeds.

Data: the published training parts that DeepSurv's repository (jaredleekatzman/DeepSurv) keeps of
METABRIC, SUPPORT and the Rotterdam tumour bank (called GBSG there, after the trial that is its test
part). The repository states a licence for its code and none for the data; they are not part of
this project. This code: Apache-2.0.
"""
import argparse
import json
import os
import re
import sys
import zipfile

import numpy as np
import torch

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from cohorts import COHORTS, load  # noqa: E402
from evaluation import evaluate  # noqa: E402
from invented import PATIENTS  # noqa: E402
from network import fit  # noqa: E402
from training_data import write  # noqa: E402

SEED = 20261128
TOLERANCE = {"absolute": 2e-05, "because": "32-bit sums differ in the last digits between batch "
                                           "sizes, processors and libtorch versions"}


def export(net, path):
    """Save as TorchScript without debug records (they hold paths of this machine); reload."""
    torch.jit.script(net).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            if not item.filename.endswith(".debug_pkl"):
                name = "model/" + item.filename.split("/", 1)[1]
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(item))
    os.remove(path + ".tmp")
    return torch.jit.load(path)


def golden(model, cohort, folder):
    """Write the made-up patients with the exported model's curves, one file each."""
    os.makedirs(folder, exist_ok=True)
    for number, (description, inputs) in enumerate(PATIENTS[cohort.name], start=1):
        row = [float(column.known.index(inputs[column.input]) if column.known else inputs[column.input])
               for column in cohort.columns]
        values = torch.tensor([row])
        curve = model(values, torch.ones_like(values))[0]
        case = {"description": f"{description} (an invented patient)", "inputs": inputs,
                "outcome": {"survival": [round(p, 6) for p in curve.tolist()]}, "tolerance": TOLERANCE}
        slug = re.sub("[^a-z0-9]+", "-", description.lower())
        with open(os.path.join(folder, f"{number:02d}-{slug}.json"), "w") as f:
            json.dump(case, f, indent=2)
            f.write("\n")


def summarise(model, cohort, values, folder):
    """Write what the training rows were like, and the risk at the last horizon that the model foresees for them."""
    risk = 1 - model(values, torch.ones_like(values))[:, cohort.times.index(cohort.horizons[-1])]
    write(os.path.join(folder, "training.json"),
          [(column.input, column.known, column.kind == "logarithm") for column in cohort.columns],
          values.double().numpy(), risk.double().numpy())
    return risk


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cohort", choices=sorted(COHORTS))
    parser.add_argument("--data", required=True, help="the cohort's table")
    parser.add_argument("--out", required=True, help="the model's folder")
    parser.add_argument("--metrics", action="store_true", help="evaluate as well (minutes), into metrics.json")
    parser.add_argument("--summary-only", action="store_true", help="only write training.json of the model there")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    cohort = COHORTS[arguments.cohort]
    values, _, time, event = (torch.as_tensor(a) for a in load(arguments.data, cohort))
    values, time, times = values.float(), time.float(), torch.tensor(cohort.times).float()
    if arguments.summary_only:
        summarise(torch.jit.load(os.path.join(arguments.out, "model.pt")), cohort, values, arguments.out)
        return
    net, chosen = fit(values, time, event, cohort.columns, times, SEED)
    os.makedirs(arguments.out, exist_ok=True)
    model = export(net, os.path.join(arguments.out, "model.pt"))
    golden(model, cohort, os.path.join(arguments.out, "golden"))
    risk = summarise(model, cohort, values, arguments.out)
    print(f"{cohort.name}: penalties {chosen}; tertiles of the risk at {cohort.horizons[-1]} {cohort.unit}: "
          f"{np.quantile(risk, [1 / 3, 2 / 3]).round(4).tolist()}")
    if arguments.metrics:
        with open(os.path.join(arguments.out, "metrics.json"), "w") as f:
            json.dump(evaluate(cohort, arguments.data), f, indent=1)
            f.write("\n")


if __name__ == "__main__":
    main()
