"""Make model folders of the weights that train.py left: TorchScript, golden cases, figures.

    /usr/bin/python3 testdata/models/breast-ultrasound/export.py --data images.npz --from OUT --to testdata/models

Writes model.pt and golden cases into breast-ultrasound/1.0.0 and encoder/1.0.0 of the
folder, and the sha256 of each model.pt into the model.yaml that lies there; checks that what is served gives
the figures of training; adds megabytes and milliseconds on this CPU to metrics.json beside the first.
Run it with Debian's PyTorch (1.13): what that saves, every later libtorch loads.

The light network is made by ../breast-ultrasound-light/distil.py.
"""
import argparse
import hashlib
import json
import os
import re
import sys
import time
import zipfile

import numpy as np
import torch
import torch.nn.utils.parametrize
from torch import Tensor, nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "encoder"))

import metrics  # noqa: E402
import networks  # noqa: E402
from data import SEED, load  # noqa: E402
from descriptors import LEXICON, SLOTS  # noqa: E402
from encoder import Encoder, Head  # noqa: E402
from training import STORED_AS_HALF  # noqa: E402

TOLERANCE = 2e-4                 # 32-bit sums differ in the last digits between shapes and versions
RUNS = 20                        # per timing
VERSION = "1.0.0"
HEADS = ("vessels-10", "vessels-14", "lesions-10", "lesions-361")   # task and labelled cases, of draw 0


class Widened(nn.Module):
    """A weight stored with 16 bits and used with 32. Training had rounded it, so nothing changes."""

    def forward(self, stored: Tensor) -> Tensor:
        return stored.float()


def halved(module: nn.Module) -> nn.Module:
    """Store large weights with 16 bits."""
    for part in list(module.modules()):
        for name, weight in list(part.named_parameters(recurse=False)):
            if weight.numel() >= STORED_AS_HALF:
                half = weight.detach().half()
                if not torch.equal(half.float(), weight):
                    raise SystemExit(f"{name} was not rounded to 16 bits before it was tested; do not ship it")
                nn.utils.parametrize.register_parametrization(part, name, Widened())
                part.parametrizations[name].original = nn.Parameter(half, requires_grad=False)
    return module.eval().requires_grad_(False)


def restored(module: nn.Module, arrays: dict) -> nn.Module:
    weights = {k: torch.as_tensor(v) for k, v in arrays.items() if not k.startswith("#")}
    module.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in weights.items()})
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


def milliseconds(module: nn.Module, inputs) -> float:
    """Processor time of the quickest of RUNS single calls with one thread: others may be using this machine too."""
    torch.set_num_threads(1)
    module(*inputs)
    times = []
    for _ in range(RUNS):
        start = time.thread_time()
        module(*inputs)
        times.append(time.thread_time() - start)
    return round(1000 * min(times), 1)


def invented(channels: int, side: int) -> Tensor:
    """A made-up picture [1, channels, side, side] in steps of 0.01: speckle in blocks of four with a dark oval."""
    generator = np.random.default_rng(SEED)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    oval = ((x - side / 2) / (side / 5)) ** 2 + ((y - side / 2) / (side / 8)) ** 2 < 1
    speckle = generator.gamma(8, 1 / 8, (channels, side // 4, side // 4)).repeat(4, 1).repeat(4, 2)
    picture = np.clip(np.where(oval, 0.12, 0.5) * speckle, 0, 1)
    return torch.as_tensor(picture.round(2).astype(np.float32)).unsqueeze(0)


def text(*words: str) -> Tensor:
    """Tokens [1, SLOTS] of these words."""
    tokens, first = torch.zeros(1, SLOTS, dtype=torch.long), 1
    for slot, (_, lexicon) in enumerate(LEXICON):
        for i, word in enumerate(lexicon):
            if word in words:
                tokens[0, slot] = first + i
        first += len(lexicon)
    return tokens


def tensor(name: str, value: Tensor, digits: int) -> dict:
    data = value.flatten().tolist()
    whole = not value.is_floating_point()
    return {"name": name, "datatype": "INT64" if whole else "FP32", "shape": list(value.shape),
            "data": data if whole else [round(x, digits) for x in data]}


def golden(folder: str, name: str, description: str, inputs: dict, outputs: dict, tolerance: float) -> None:
    """One golden case: what the model must answer."""
    os.makedirs(os.path.join(folder, "golden"), exist_ok=True)
    case = {"description": description, "tensors": [tensor(n, v, 2) for n, v in inputs.items()],
            "outcome": {"tensors": [tensor(n, v, 3) for n, v in outputs.items()]},
            "tolerance": {"absolute": tolerance, "because": "three decimals, and float32 sums in another order"}}
    with open(os.path.join(folder, "golden", name + ".json"), "w") as f:
        json.dump(case, f, separators=(",", ":"))
        f.write("\n")


def folder_of(target: str, model: str) -> str:
    path = os.path.join(target, model, VERSION)
    os.makedirs(path, exist_ok=True)
    return path


def seal(folder: str) -> None:
    """Write the hash of model.pt into the card, if there is one."""
    card = os.path.join(folder, "model.yaml")
    if not os.path.exists(card):
        return
    with open(os.path.join(folder, "model.pt"), "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    with open(card) as f:
        text = f.read()
    with open(card, "w") as f:
        f.write(re.sub(r'sha256: "[^"]*"', f'sha256: "{digest}"', text))


def measured(module: nn.Module, inputs, path: str) -> dict:
    return {"megabytes": round(os.path.getsize(path) / 1e6, 2), "milliseconds": milliseconds(module, inputs)}


@torch.no_grad()
def segmenter(net: nn.Module, temperatures, folder: str) -> tuple:
    """Export one segmentation network with its golden cases: sizes and times, and what was exported."""
    found = {"parameters": sum(p.numel() for p in net.parameters())}
    served = halved(networks.Served(net, *temperatures))
    image, words = invented(1, networks.SIZE), text("irregular", "not circumscribed", "hypoechoic", "shadowing")
    silence, path = torch.zeros_like(words), os.path.join(folder, "model.pt")
    reloaded = save(served, (image.repeat(2, 1, 1, 1), words.repeat(2, 1)), path)
    found["largestDifference"] = check(served, reloaded, (image, words))
    silent, told = reloaded(image, silence), reloaded(image, words)
    if any(not torch.equal(silent[i], told[i]) for i in (2, 3)):
        raise SystemExit("words of the report reach the class probabilities; do not ship it")
    cases = [("01-no-report", "A made-up dark oval in speckle, without a report.", silence, silent)]
    if isinstance(net, networks.TwoBranches):
        cases.append(("02-a-report", "The same picture with four words of a report, which change the mask alone.", words, told))
    for name, description, tokens, answer in cases:
        golden(folder, name, description, {"image": image, "text": tokens},
               dict(zip(("mask", "uncertainty", "malignancy", "lesion"), answer)), 0.003)
    return {**found, **measured(reloaded, (image, silence), path)}, reloaded


@torch.no_grad()
def encoder_and_heads(source: str, target: str) -> dict:
    """Export the encoder for images of any size, and heads."""
    encoder = restored(Encoder(), read(os.path.join(source, "encoder.npz")))
    found = {"parameters": sum(p.numel() for p in encoder.parameters())}
    folder, image = folder_of(target, "encoder"), invented(3, 160)
    path, fundus = os.path.join(folder, "model.pt"), torch.rand(1, 3, 592, 576)
    encoder = halved(encoder)
    reloaded = save(encoder, (image,), path)
    check(encoder, reloaded, (fundus,))
    small = invented(3, 16)
    golden(folder, "01-a-small-picture", "A made-up picture of 16 x 16 pixels.", {"image": small},
           {f"map{2 ** i}": m for i, m in enumerate(reloaded(small))}, 0.005)
    found.update({**measured(reloaded, (image,), path), "milliseconds592x576": milliseconds(reloaded, (fundus,))})
    arrays, heads = read(os.path.join(source, "heads.npz")), {}
    os.makedirs(os.path.join(folder, "heads"), exist_ok=True)
    for name in HEADS:
        prefix = name + "-0/"
        head = restored(Head(), {k[len(prefix):]: v for k, v in arrays.items() if k.startswith(prefix)})
        head, head_path = halved(head), os.path.join(folder, "heads", name + ".pt")
        check(head, save(head, (image, *reloaded(image)), head_path), (fundus, *reloaded(fundus)))
        heads[name] = round(os.path.getsize(head_path) / 1e6, 3)
    return {**found, "headMegabytes": heads}


@torch.no_grad()
def agreement(reloaded: nn.Module, result: dict, ultrasound) -> dict:
    """Test what is served on the shipped split again, here: the largest difference of Dice and malignancy."""
    dice, malignancy = [], []
    for row in result["row"]:
        mask, _, p, _ = reloaded(ultrasound.image[row:row + 1], torch.zeros(1, SLOTS, dtype=torch.long))
        truth, valid = ultrasound.mask[row:row + 1], ultrasound.valid[row:row + 1]
        found = (mask > 0).float() * valid
        dice.append(float(2 * (found * truth).sum() / (found.sum() + (truth * valid).sum()).clamp(min=1)))
        malignancy.append(float(p))
    return {"dice": float(np.abs(np.array(dice) - result["dice"]).max()),
            "malignancy": float(np.abs(np.array(malignancy) - result["malignancy"]).max())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the .npz made by pack.py")
    parser.add_argument("--from", dest="source", required=True, help="OUT of train.py")
    parser.add_argument("--to", required=True, help="folder of model folders")
    arguments = parser.parse_args()
    source, target = arguments.source, arguments.to
    ultrasound, _ = load(arguments.data, torch.device("cpu"))
    with open(os.path.join(source, "metrics.json")) as f:
        report = json.load(f)
    results, exported = metrics.read([os.path.join(source, "results.npz")]), {}

    arrays, folder = read(os.path.join(source, "full.npz")), folder_of(target, "breast-ultrasound")
    exported["full"], reloaded = segmenter(restored(networks.build("full"), arrays), arrays["#temperatures"], folder)
    exported["full"]["differenceFromTraining"] = agreement(reloaded, results["full"][0], ultrasound)
    seal(folder)
    print("full", exported["full"], flush=True)
    if os.path.exists(os.path.join(source, "encoder.npz")):
        exported["encoder"] = encoder_and_heads(source, target)
        seal(folder_of(target, "encoder"))
        print("encoder", exported["encoder"], flush=True)
    for variant in ("unet", "vit", "swin"):
        net = networks.build(variant).eval().requires_grad_(False)
        exported[variant] = {"parameters": sum(p.numel() for p in net.parameters()),
                             "milliseconds": milliseconds(net, (invented(1, networks.SIZE), text()))}
    report["exported"] = exported
    with open(os.path.join(folder_of(target, "breast-ultrasound"), "metrics.json"), "w") as f:
        json.dump(report, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
