"""Train heads for vessels and lesions on the stored encoder, on a core of a processor (about ten minutes a head).

    cd testdata/models/encoder
    PYTHONPATH=../breast-ultrasound OMP_NUM_THREADS=1 /usr/bin/python3 heads.py --data images.npz --task vessels

`images.npz` is made by ../breast-ultrasound/pack.py. Writes the Dice of every held-out image into 1.0.0/heads.json, and the
heads that ship into 1.0.0/heads. The encoder says the same about a view whenever it is asked, so each head learns from VIEWS
views that are drawn, and shown to the encoder, beforehand. Settings were chosen on photographs and images of the pool.
"""
import argparse
import json
import os
import sys
import time

import numpy as np
import torch

sys.dont_write_bytecode = True
import fewshot  # noqa: E402
import template  # noqa: E402
from data import SEED, load  # noqa: E402
from encoder import Head  # noqa: E402
from training import fit, mask_loss, round_to_half  # noqa: E402

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "1.0.0")
BATCH, RATE = 8, 2e-3
STEPS, VIEWS = {"vessels": 1000, "lesions": 500}, {"vessels": 1200, "lesions": 800}
CROP = 128                       # of photographs; of ultrasound the whole square of 160
DRAWS = {"vessels": (0,), "lesions": (0, 1)}
SHIPPED = {("vessels", 10), ("vessels", 14), ("lesions", 10), ("lesions", 361)}


@torch.no_grad()
def shown(encoder, task, rows):
    """VIEWS views of these rows with their maps: image, mask, valid and five maps, as half."""
    rows, parts = torch.as_tensor(np.resize(rows, VIEWS[task.name])), []
    for i in range(0, len(rows), 16):
        image, mask, valid = task.views(rows[i:i + 16])
        parts.append([t.half() for t in (image, mask, valid, *encoder(image))])
    return [torch.cat(part) for part in zip(*parts)]


def train(views, steps: int) -> Head:
    head = Head()

    def loss():
        rows = torch.randint(len(views[0]), (BATCH,))
        image, mask, valid, *maps = [part[rows].float() for part in views]
        return mask_loss(head(image, *maps), mask, valid)

    fit(head, loss, steps, float("inf"), RATE)
    return round_to_half(head).eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--task", required=True, choices=sorted(DRAWS))
    parser.add_argument("--cases", type=int, nargs="*", help="only these numbers of cases")
    parser.add_argument("--inner", action="store_true", help="choose settings: nothing of the test parts is seen, nothing is written")
    arguments = parser.parse_args()
    ultrasound, retina = load(arguments.data, torch.device("cpu"))
    split = ultrasound.inner(0) if arguments.inner else ultrasound.split(0)
    if arguments.inner:
        retina.inner()
    encoder = torch.jit.load(os.path.join(HERE, "model.pt")).eval()
    task = fewshot.Task(arguments.task, ultrasound, retina, split, "strong", CROP)
    for draw in DRAWS[arguments.task]:
        for cases in fewshot.CASES[arguments.task]:
            rows = task.draw(cases, draw)
            if arguments.cases and len(rows) not in arguments.cases:
                continue
            begun = time.monotonic()
            torch.manual_seed(SEED + draw)
            head = train(shown(encoder, task, rows), STEPS[task.name])
            dice = fewshot.dice(task, lambda image: head(image, *encoder(image)))
            print("%s, %d cases, draw %d: Dice %.4f, %.0f s"
                  % (task.name, len(rows), draw, dice.mean(), time.monotonic() - begun), flush=True)
            if not arguments.inner:
                keep(task, len(rows), draw, dice, head)


def keep(task, cases: int, draw: int, dice, head: Head) -> None:
    path = os.path.join(HERE, "heads.json")
    found = json.load(open(path, encoding="utf-8")) if os.path.exists(path) else {}
    found["%s-%d-%d" % (task.name, cases, draw)] = [round(float(d), 4) for d in dice]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(dict(sorted(found.items())), file, indent=0)
        file.write("\n")
    if draw == 0 and (task.name, cases) in SHIPPED:
        template.save(torch.jit.script(head), os.path.join(HERE, "heads", "%s-%d.pt" % (task.name, cases)))


if __name__ == "__main__":
    main()
