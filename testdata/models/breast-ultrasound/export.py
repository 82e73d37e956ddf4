"""Make TorchScript of the weights that train.py left, check it, and time it on this CPU.

    /usr/bin/python3 testdata/models/breast-ultrasound/export.py --data images.npz --from OUT --to FOLDER

Writes FOLDER/full.pt, light.pt, unet.pt, encoder.pt and head-TASK-CASES.pt (draw 0), adds megabytes and
milliseconds to OUT/metrics.json, and examples-NAME.npz: what each must answer on two invented images.
Run it with Debian's PyTorch (1.13): what that saves, every later libtorch loads.
"""
import argparse
import json
import os
import sys
import time
import zipfile

import numpy as np
import torch
from torch import Tensor, nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "encoder"))

import networks  # noqa: E402
from data import SEED, load  # noqa: E402
from descriptors import LEXICON, SLOTS  # noqa: E402
from encoder import Encoder, Head  # noqa: E402

TOLERANCE = 2e-4                 # 32-bit sums differ in the last digits between shapes and versions
RUNS = 20                        # per timing; the median counts


def restored(module: nn.Module, arrays: dict) -> nn.Module:
    weights = {k: torch.as_tensor(v) for k, v in arrays.items() if not k.startswith("#")}
    module.load_state_dict(weights)
    return module.eval().requires_grad_(False)


def read(path: str) -> dict:
    with np.load(path) as stored:
        return {key: stored[key] for key in stored.files}


def save(module: nn.Module, inputs, path: str) -> nn.Module:
    """Trace, save without debug records (they hold paths of this machine), reload."""
    torch.jit.trace(module, inputs, check_trace=False).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            if not item.filename.endswith(".debug_pkl"):
                name = "model/" + item.filename.split("/", 1)[1]
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(item))
    os.remove(path + ".tmp")
    return torch.jit.load(path, map_location="cpu")


def check(module: nn.Module, reloaded: nn.Module, inputs) -> float:
    """Largest difference between the module and its TorchScript; raises where it is too large."""
    difference = 0.0
    for one, other in zip(as_tuple(module(*inputs)), as_tuple(reloaded(*inputs))):
        difference = max(difference, float((one - other).abs().max()))
    if difference > TOLERANCE:
        raise SystemExit(f"TorchScript answers differ by {difference}, more than {TOLERANCE}; do not ship it")
    return difference


def as_tuple(answer):
    return (answer,) if isinstance(answer, Tensor) else tuple(answer)


def milliseconds(module: nn.Module, inputs, threads: int) -> float:
    """Median of RUNS single calls on this CPU."""
    torch.set_num_threads(threads)
    for _ in range(3):
        module(*inputs)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        module(*inputs)
        times.append(time.perf_counter() - start)
    return round(1000 * float(np.median(times)), 1)


def invented(channels: int, height: int, width: int) -> Tensor:
    """Two made-up images [2, channels, height, width]: speckle with a dark oval, and a plain ramp."""
    generator = np.random.default_rng(SEED)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    oval = ((x - width / 2) / (width / 5)) ** 2 + ((y - height / 2) / (height / 8)) ** 2 < 1
    first = np.clip(np.where(oval, 0.12, 0.5) * generator.gamma(8, 1 / 8, (height, width)), 0, 1)
    images = np.stack([first, (x + y) / (height + width)]).astype(np.float32)
    return torch.as_tensor(images).unsqueeze(1).repeat(1, channels, 1, 1)


def text(*words: str) -> Tensor:
    """Tokens [2, SLOTS] of these words for the first image, silence for the second."""
    tokens, first = torch.zeros(2, SLOTS, dtype=torch.long), 1
    for slot, (_, lexicon) in enumerate(LEXICON):
        for i, word in enumerate(lexicon):
            if word in words:
                tokens[0, slot] = first + i
        first += len(lexicon)
    return tokens


def measured(module: nn.Module, inputs, path: str) -> dict:
    one = tuple(x[:1] for x in inputs)
    return {"megabytes": round(os.path.getsize(path) / 1e6, 2),
            "parameters": sum(p.numel() for p in module.parameters()),
            "millisecondsOneThread": milliseconds(module, one, 1),
            "millisecondsTwoThreads": milliseconds(module, one, 2)}


@torch.no_grad()
def segmenter(variant: str, source: str, target: str):
    """Export one segmentation network; its sizes and times. Without weights: those of an untrained one."""
    path = os.path.join(source, variant + ".npz")
    trained = os.path.exists(path)
    arrays = read(path) if trained else {"#temperatures": np.ones(2)}
    net = networks.build(variant)
    net = restored(net, arrays) if trained else net.eval().requires_grad_(False)
    served = networks.Served(net, *arrays["#temperatures"]).eval()
    inputs = invented(1, networks.SIZE, networks.SIZE), text("oval", "parallel", "hypoechoic")
    out = os.path.join(target, variant + ".pt")
    reloaded = save(served, inputs, out)
    difference = max(check(served, reloaded, inputs), check(served, reloaded, tuple(x[:1] for x in inputs)))
    silent = reloaded(inputs[0], torch.zeros_like(inputs[1]))
    if any(not torch.equal(silent[i], reloaded(*inputs)[i]) for i in (2, 3)):
        raise SystemExit(f"{variant}: words of the report reach the class probabilities; do not ship it")
    found = {**measured(reloaded, inputs, out), "largestDifference": difference}
    if not trained:
        os.remove(out)
        return found, None
    names = ("mask", "uncertainty", "malignancy", "lesion")
    np.savez_compressed(os.path.join(target, f"examples-{variant}.npz"), image=inputs[0].numpy(), text=inputs[1].numpy(),
                        **{n: v.numpy() for n, v in zip(names, reloaded(*inputs))})
    return found, reloaded


@torch.no_grad()
def encoder_and_heads(source: str, target: str) -> dict:
    """Export the encoder for images of any size and the heads of draw 0."""
    encoder = restored(Encoder(), read(os.path.join(source, "encoder.npz")))
    image = invented(3, 160, 160)
    path = os.path.join(target, "encoder.pt")
    reloaded = save(encoder, (image,), path)
    check(encoder, reloaded, (invented(3, 592, 576)[:1],))
    found = {"encoder": {**measured(reloaded, (image,), path), "millisecondsOneThread592x576":
                         milliseconds(reloaded, (invented(3, 592, 576)[:1],), 1)}}
    maps = reloaded(image)
    np.savez_compressed(os.path.join(target, "examples-encoder.npz"), image=image.numpy(),
                        **{f"map{2 ** i}": m[:, ::8, ::4, ::4].numpy() for i, m in enumerate(maps)})
    arrays = read(os.path.join(source, "heads.npz"))
    for name in sorted({key.split("/")[0] for key in arrays}):
        task, cases, draw = name.split("-")
        if draw == "0":
            head = restored(Head(), {k.split("/")[1]: v for k, v in arrays.items() if k.startswith(name + "/")})
            head_path = os.path.join(target, f"head-{task}-{cases}.pt")
            small = save(head, maps, head_path)
            check(head, small, encoder(invented(3, 592, 576)[:1]))
            found[f"head-{task}-{cases}"] = {"megabytes": round(os.path.getsize(head_path) / 1e6, 3)}
    return found


@torch.no_grad()
def agreement(reloaded: nn.Module, variant: str, source: str, ultrasound) -> dict:
    """Test the exported model on the shipped split again, here: Dice and malignancy as on the GPU?"""
    stored = read(os.path.join(source, "results.npz"))
    rows = stored[f"{variant}/0/row"]
    dice, malignancy = [], []
    for row in rows:
        mask, _, p, _ = reloaded(ultrasound.image[row:row + 1], torch.zeros(1, SLOTS, dtype=torch.long))
        truth, valid = ultrasound.mask[row:row + 1], ultrasound.valid[row:row + 1]
        found = (mask > 0).float() * valid
        dice.append(float(2 * (found * truth).sum() / (found.sum() + (truth * valid).sum()).clamp(min=1)))
        malignancy.append(float(p))
    return {"dice": float(np.abs(np.array(dice) - stored[f"{variant}/0/dice"]).max()),
            "malignancy": float(np.abs(np.array(malignancy) - stored[f"{variant}/0/malignancy"]).max())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the .npz made by pack.py")
    parser.add_argument("--from", dest="source", required=True, help="OUT of train.py")
    parser.add_argument("--to", required=True, help="folder for the TorchScript files")
    parser.add_argument("--tiny", action="store_true", help="the training was a try with --tiny")
    arguments = parser.parse_args()
    os.makedirs(arguments.to, exist_ok=True)
    if arguments.tiny:
        global RUNS
        RUNS = 1
    ultrasound, _ = load(arguments.data, torch.device("cpu"), arguments.tiny)
    found = {}
    for variant in ("unet", "vit", "swin", "full", "light"):
        found[variant], reloaded = segmenter(variant, arguments.source, arguments.to)
        if reloaded is not None:
            found[variant]["differenceFromTraining"] = agreement(reloaded, variant, arguments.source, ultrasound)
        print(variant, found[variant], flush=True)
    if os.path.exists(os.path.join(arguments.source, "encoder.npz")):
        found.update(encoder_and_heads(arguments.source, arguments.to))
        print("encoder", found["encoder"], flush=True)
    path = os.path.join(arguments.source, "metrics.json")
    with open(path) as f:
        report = json.load(f)
    report["exported"] = found
    with open(path, "w") as f:
        json.dump(report, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
