"""Train heads for vessels and lesions on the stored encoder, on a core of a processor (about ten minutes a head).

    cd testdata/models/encoder
    PYTHONPATH=../breast-ultrasound OMP_NUM_THREADS=1 /usr/bin/python3 heads.py --data images.npz --task vessels

`images.npz` is made by ../breast-ultrasound/pack.py. Writes the Dice of every held-out image into 1.0.0/heads.json, and the
heads that ship into 1.0.0/heads. The encoder says the same about a view whenever it is asked, so each head learns from VIEWS
views that are drawn, and shown to the encoder, beforehand. Lesions are also learnt from images without labels
(selftraining.py), those outside of the test part that are not among the labelled cases. Settings were chosen on photographs and images of the pool.
"""
import argparse
import json
import os
import re
import sys
import time

import numpy as np
import torch

sys.dont_write_bytecode = True
import fewshot  # noqa: E402
import metrics  # noqa: E402
import selftraining  # noqa: E402
import template  # noqa: E402
from data import SEED, load  # noqa: E402
from encoder import Head  # noqa: E402
from training import fit, mask_loss, round_to_half  # noqa: E402

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "1.0.0")
BATCH, RATE = 8, 2e-3
STEPS, VIEWS = {"vessels": 1000, "lesions": 400}, {"vessels": 1200, "lesions": 800}
UNLABELLED_VIEWS, GUESSED = 1000, 5   # in all; of a batch
CROP = 128                       # of photographs; of ultrasound the whole square of 160
DRAWS = {"vessels": (0,), "lesions": (0, 1, 2)}
SHIPPED = {("vessels", 10), ("vessels", 14), ("lesions", 10), ("lesions", 361)}


def shown(encoder, views):
    """Views (image, mask, weight of each pixel) with their five maps, as half."""
    with torch.no_grad():
        parts = [[t.half() for t in (image, mask, weight, *encoder(image))] for image, mask, weight in views]
    return [torch.cat(part) for part in zip(*parts)]


def labelled_views(task, rows):
    rows = torch.as_tensor(np.resize(rows, VIEWS[task.name]))
    return (task.views(rows[i:i + 16]) for i in range(0, len(rows), 16))


def train(sets, steps: int) -> Head:
    """A new head, from batches that hold so many views of each set: pairs of views with their maps, and a number."""
    head = Head()

    def loss():
        drawn = []
        for views, count in sets:
            rows = torch.randint(len(views[0]), (count,))
            drawn.append([part[rows].float() for part in views])
        image, mask, weight, *maps = (torch.cat(part) for part in zip(*drawn))
        return mask_loss(head(image, *maps), mask, weight)

    fit(head, loss, steps, float("inf"), RATE)
    return round_to_half(head).eval()


def self_trained(task, encoder, rows, unlabelled, labelled, head: Head) -> Head:
    """A second head. labelled: views of `rows` with their maps, that `head` learnt from."""
    likely = selftraining.marked(task, encoder, head, unlabelled)
    keep = selftraining.surest(likely, task.valid[unlabelled]).numpy()
    guessed = shown(encoder, selftraining.views(task, unlabelled[keep], likely[keep], rows, UNLABELLED_VIEWS))
    return train([(labelled, BATCH - GUESSED), (guessed, GUESSED)], STEPS[task.name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--task", required=True, choices=sorted(DRAWS))
    parser.add_argument("--cases", type=int, nargs="*", help="only these numbers of cases")
    parser.add_argument("--draws", type=int, nargs="*", help="only these draws of cases")
    parser.add_argument("--inner", action="store_true", help="choose settings: nothing of the test parts is seen, nothing is written")
    arguments = parser.parse_args()
    ultrasound, retina = load(arguments.data, torch.device("cpu"))
    split = ultrasound.inner(0) if arguments.inner else ultrasound.split(0)
    if arguments.inner:
        retina.inner()
    encoder = torch.jit.load(os.path.join(HERE, "model.pt")).eval()
    task = fewshot.Task(arguments.task, ultrasound, retina, split, "strong", CROP)
    for draw in arguments.draws or DRAWS[arguments.task]:
        for cases in fewshot.CASES[arguments.task]:
            rows = task.draw(cases, draw)
            if arguments.cases and len(rows) not in arguments.cases:
                continue
            begun = time.monotonic()
            torch.manual_seed(SEED + draw)
            np.random.seed(SEED + draw)
            labelled = shown(encoder, labelled_views(task, rows))
            head = train([(labelled, BATCH)], STEPS[task.name])
            report(task, encoder, len(rows), draw, head, "", begun, not arguments.inner)
            if task.name == "lesions" and cases is not None:
                unlabelled = np.setdiff1d(np.concatenate(split[:2]), rows)   # normal images among them; no label is looked at
                head = self_trained(task, encoder, rows, unlabelled, labelled, head)
                report(task, encoder, len(rows), draw, head, "-unlabelled", begun, not arguments.inner)
    if not arguments.inner:
        figures(task)


def figures(task) -> None:
    """Print the mean of the draws of each number of cases, with 95 % over groups of held-out images, and what unlabelled images add."""
    with open(os.path.join(HERE, "heads.json"), encoding="utf-8") as file:
        found = json.load(file)
    weight = metrics.weights(task.group[task.held_out])
    for cases in sorted({int(key.split("-")[1]) for key in found if key.startswith(task.name)}):
        sample = {}
        for how in ("", "-unlabelled"):
            draws = [dice for key, dice in sorted(found.items()) if re.fullmatch("%s-%d-[0-9]+%s" % (task.name, cases, how), key)]
            if draws:
                sample[how] = metrics.mean(np.mean(draws, 0), weight)
                print("%s%s, %d cases, %d draws: %s" % (task.name, how, cases, len(draws), metrics.interval(sample[how])))
        if len(sample) == 2:
            print("  unlabelled images add: %s" % metrics.interval(sample["-unlabelled"] - sample[""]))


def report(task, encoder, cases: int, draw: int, head: Head, how: str, begun: float, keep: bool) -> None:
    """Say how good a head is; keep its Dice and, where it ships, the head (of two, the later)."""
    dice = fewshot.dice(task, lambda image: head(image, *encoder(image)))
    print("%s%s, %d cases, draw %d: Dice %.4f, below 0.1 in %.3f, %.0f s"
          % (task.name, how, cases, draw, dice.mean(), (dice < 0.1).mean(), time.monotonic() - begun), flush=True)
    if not keep:
        return
    path = os.path.join(HERE, "heads.json")
    found = json.load(open(path, encoding="utf-8")) if os.path.exists(path) else {}
    found["%s-%d-%d%s" % (task.name, cases, draw, how)] = [round(float(d), 4) for d in dice]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(dict(sorted(found.items())), file, indent=0)
        file.write("\n")
    if draw == 0 and (task.name, cases) in SHIPPED:
        template.save(torch.jit.script(head), os.path.join(HERE, "heads", "%s-%d.pt" % (task.name, cases)))


if __name__ == "__main__":
    main()
