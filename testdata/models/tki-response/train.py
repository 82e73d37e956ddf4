"""Train tki-response on synthetic slides and patients, and export it as TorchScript.

    OMP_NUM_THREADS=1 /usr/bin/python3 testdata/models/tki-response/train.py --metrics

Writes into 1.0.0/: `model.pt`, `model.yaml` (card.py), `golden/`, the made-up slide under `slide/` and,
with --metrics, `metrics.json` (evaluation.py). Needs PyTorch, NumPy, pydicom, Pillow and scikit-learn; downloads
nothing; runs on one thread of a CPU with fixed seeds. All data are made up by synthetic.py. Code: Apache-2.0.
"""
import argparse
import json
import os
import sys
import time
import zipfile

import numpy as np
import torch
import torch.nn.functional as F

sys.dont_write_bytecode = True
from network import TIMES, ResponseNetwork, exposure  # noqa: E402
from synthetic import cohort  # noqa: E402
from variables import COLUMNS  # noqa: E402

SEED, PATIENTS, HELD_OUT = 20261128, 900, 500
EPOCHS, BATCH, RATE, DECAY = 24, 16, 2e-3, 1e-3
# How often a modality is hidden in training: the slide; every variable but age and sex; further variables, each.
NO_SLIDE, NO_VARIABLES, FURTHER = 0.25, 0.15, 0.15


class Rows:
    """A cohort as tensors; the tiles of all slides lie one after another."""

    def __init__(self, patients):
        self.tiles = torch.from_numpy(np.concatenate([p.slide.tiles for p in patients])).permute(0, 3, 1, 2)
        self.ends = np.cumsum([len(p.slide.tiles) for p in patients])
        self.starts = self.ends - [len(p.slide.tiles) for p in patients]
        self.values = torch.tensor(np.stack([p.values for p in patients]))
        self.known = torch.tensor(np.stack([p.known for p in patients]))
        self.response = torch.tensor([float(p.response) for p in patients])
        self.months = torch.tensor([p.months for p in patients], dtype=torch.float32)
        self.progressed = torch.tensor([float(p.progressed) for p in patients])
        self.seen, self.came = exposure(self.months, self.progressed, torch.tensor(TIMES).float())

    def __len__(self):
        return len(self.response)


def hidden(known, generator):
    """What a patient of a training batch is shown of: known [N, columns], less what is hidden."""
    def drawn(*shape):
        return torch.rand(*shape, generator=generator)
    known = known.clone()
    known[:, 0] *= (drawn(len(known)) >= NO_SLIDE).float()
    known[:, 3:] *= (drawn(len(known), 1) >= NO_VARIABLES).float()
    known[:, 3:] *= (drawn(len(known), known.shape[1] - 3) >= FURTHER * drawn(len(known), 1) * 2).float()
    return known


def loss_of(net, rows, batch, generator):
    tiles = torch.cat([rows.tiles[rows.starts[i]:rows.ends[i]] for i in batch]).float()
    for axis in (2, 3):
        if torch.rand(1, generator=generator) < 0.5:
            tiles = tiles.flip(axis)
    tiles = tiles + 3 * torch.randn(tiles.shape, generator=generator)
    h = net.encoder(tiles / 255.0)
    logits = net.logits(h)
    pooled, at = [], 0
    for i in batch:
        end = at + rows.ends[i] - rows.starts[i]
        pooled.append((torch.softmax(logits[at:end], 0).unsqueeze(1) * h[at:end]).sum(0))
        at = end
    odds, hazards = net.heads(torch.stack(pooled), rows.values[batch], hidden(rows.known[batch], generator))
    survival = (rows.seen[batch] * torch.exp(hazards) - rows.came[batch] * hazards).sum(1).mean()
    return F.binary_cross_entropy_with_logits(odds, rows.response[batch]) + 0.5 * survival


def fit(rows, seed, attends=True, epochs=EPOCHS):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    known = rows.known
    count = known.sum(0)
    mean = (rows.values * known).sum(0) / count
    deviation = (((rows.values - mean) ** 2 * known).sum(0) / count).sqrt().clamp_min(1e-3)
    deviation[0] = 1.0
    baseline = torch.log((rows.came.sum(0) + 0.5) / (rows.seen.sum(0) + 1.0))
    net = ResponseNetwork(mean, deviation, baseline, attends)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = (len(rows) + BATCH - 1) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * steps)
    began = time.time()
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(rows), generator=generator).split(BATCH):
            loss = loss_of(net, rows, batch, generator)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(rows):.4f}, {time.time() - began:.0f} s", flush=True)
    return net.eval().requires_grad_(False)


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default=os.path.join(os.path.dirname(__file__), "1.0.0"), help="the model's folder")
    parser.add_argument("--metrics", action="store_true", help="evaluate as well, into metrics.json")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    os.makedirs(arguments.out, exist_ok=True)
    rows = Rows(cohort(PATIENTS, SEED))
    print(f"{len(rows)} made-up patients, {len(rows.tiles)} tiles, {len(COLUMNS)} columns", flush=True)
    model = export(fit(rows, SEED), os.path.join(arguments.out, "model.pt"))
    import card
    card.write(model, rows, arguments.out)
    if arguments.metrics:
        from evaluation import evaluate
        averaging = fit(rows, SEED, attends=False)
        held_out = cohort(HELD_OUT, SEED + 1)
        with open(os.path.join(arguments.out, "metrics.json"), "w") as f:
            json.dump(evaluate(model, averaging, rows, held_out), f, indent=1)
            f.write("\n")


if __name__ == "__main__":
    main()
