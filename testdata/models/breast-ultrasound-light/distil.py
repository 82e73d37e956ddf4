"""Train the light network on what breast-ultrasound answers, on one core of a processor (about an hour), and export it.

    cd testdata/models/breast-ultrasound-light
    PYTHONPATH=../breast-ultrasound:../encoder OMP_NUM_THREADS=1 /usr/bin/python3 distil.py --data images.npz

`images.npz` is made by ../breast-ultrasound/pack.py. The student sees only images that its teacher was trained on. VIEWS views
are cut and shown to the teacher beforehand, as they are; the student sees them mirrored or not, with gain, speckle and
marks changed each time. Its targets are the annotations and, as heavily, the teacher's answers (Hinton 2015). Nothing is selected.
Writes model.pt, golden cases, the card's hash and 1.0.0/metrics.json, with paired differences from the teacher and, with
`--beside`, from other exported networks.
"""
import argparse
import json
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.dont_write_bytecode = True
import export  # noqa: E402
import metrics  # noqa: E402
import networks  # noqa: E402
import segmenters  # noqa: E402
from augmentation import SETTINGS, ultrasound_intensity, views  # noqa: E402
from data import SEED, Ultrasound, load  # noqa: E402
from descriptors import SLOTS  # noqa: E402
from training import fit, mask_loss, round_to_half  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
FOLD = 0                         # whose training rows the teacher learnt from
VIEWS, STEPS, BATCH, RATE = 3000, 3600, 12, 2e-3
SOFT_TEMPERATURE = 2.0           # of the teacher's classes (Hinton 2015)
TINY = {"VIEWS": 8, "STEPS": 2, "BATCH": 2}


class Exported(nn.Module):
    """A served network as it was before its answers were calibrated, as far as that matters: class logits to a constant."""

    def __init__(self, path: str):
        super().__init__()
        self.served = torch.jit.load(path).eval()
        self.temperatures = tuple(float(dict(self.served.named_buffers())[name])
                                  for name in ("mask_temperature", "class_temperature"))

    def forward(self, image: Tensor, text: Tensor) -> networks.Answer:
        mask, _, malignant, lesion = self.served(image, text)
        classes = torch.cat([1 - lesion, lesion - malignant, malignant], 1).clamp(min=1e-6).log()
        mask = mask * self.temperatures[0]
        return networks.Answer(mask, classes * self.temperatures[1], F.avg_pool2d(mask, networks.SIZE // networks.COARSE))


@torch.no_grad()
def shown(teacher: nn.Module, data: Ultrasound, rows: np.ndarray):
    """VIEWS views of these rows: image, mask, valid, label, and the teacher's mask and softened classes (probabilities)."""
    parts, rows = [], torch.as_tensor(np.resize(np.random.default_rng(SEED).permutation(rows), VIEWS))
    for i in range(0, len(rows), 16):
        pick = rows[i:i + 16]
        image, mask, valid = views(data.image[pick], data.mask[pick], data.valid[pick], networks.SIZE, upside_down=False,
                                   **SETTINGS["strong"])
        answer = teacher(image * valid, torch.zeros((len(image), SLOTS), dtype=torch.long))
        parts.append((image, mask, valid, data.label[pick], torch.sigmoid(answer.mask),
                      torch.softmax(answer.classes / SOFT_TEMPERATURE, 1)))
    return [torch.cat(part) for part in zip(*parts)]


def distil(seen) -> nn.Module:
    net = networks.build("light").to(memory_format=torch.channels_last)

    def loss() -> Tensor:
        pick = torch.randint(len(seen[0]), (BATCH,))
        image, mask, valid, label, soft_mask, soft_classes = (part[pick] for part in seen)
        if torch.rand(()) < 0.5:
            image, mask, valid, soft_mask = (part.flip(3) for part in (image, mask, valid, soft_mask))
        image = (ultrasound_intensity(image) * valid).contiguous(memory_format=torch.channels_last)
        answer = net(image)
        student = F.log_softmax(answer.classes / SOFT_TEMPERATURE, 1)
        return segmenters.objective(answer, mask, valid, label) + mask_loss(answer.mask, soft_mask, valid) \
            - segmenters.CLASS_WEIGHT * SOFT_TEMPERATURE ** 2 * (soft_classes * student).sum(1).mean()

    log = fit(net, loss, STEPS, float("inf"), RATE)
    print(json.dumps(log), flush=True)
    return round_to_half(net.to(memory_format=torch.contiguous_format)).eval()


def tested(nets: dict, data: Ultrasound, rows: np.ndarray) -> dict:
    """Figures of each network with intervals over clusters, and of the light one less each other. nets: name to net, temperatures."""
    results = {name: segmenters.test(net, data, rows, temperatures, segmenters.NO_TEXT)
               for name, (net, temperatures) in nets.items()}
    weight = metrics.weights(results["light"]["cluster"])
    scores = {name: metrics.samples(result, weight) for name, result in results.items()}
    return {"images": len(rows), "clusters": len(np.unique(data.cluster[rows])), "bootstrapDraws": metrics.DRAWS,
            "variants": {name: {m: metrics.interval(s) for m, s in score.items()} for name, score in scores.items()},
            "lightMinus": {name: {m: metrics.interval(scores["light"][m] - score[m])
                                  for m in ("dice", "iou", "auroc", "eceClass", "ecePixel")}
                           for name, score in scores.items() if name != "light"},
            "bySubgroup": metrics.subgroups(results["light"], weight)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the .npz made by pack.py")
    parser.add_argument("--to", default=os.path.dirname(HERE), help="folder of model folders to write into")
    parser.add_argument("--beside", nargs="*", default=[], metavar="NAME=MODEL.PT", help="other networks to test on the same images")
    parser.add_argument("--tiny", action="store_true", help="try the code; the figures mean nothing")
    arguments = parser.parse_args()
    if arguments.tiny:
        globals().update(TINY)
    torch.manual_seed(SEED)
    data, _ = load(arguments.data, torch.device("cpu"))
    training, validation, testing = data.split(FOLD)
    teacher = Exported(os.path.join(os.path.dirname(HERE), "breast-ultrasound", export.VERSION, "model.pt"))
    net = distil(shown(teacher, data, training))
    temperatures = segmenters.calibrate(net, data, validation)
    folder = export.folder_of(arguments.to, "breast-ultrasound-light")
    exported, _ = export.segmenter(net, temperatures, folder)
    export.seal(folder)
    others = {name: Exported(path) for name, path in (entry.split("=", 1) for entry in arguments.beside)}
    nets = {"light": (net, temperatures), **{name: (other, other.temperatures) for name, other in {"full": teacher, **others}.items()}}
    report = {"torch": torch.__version__, "seed": SEED, "temperatures": [round(t, 4) for t in temperatures],
              "exported": exported, **tested(nets, data, testing)}
    with open(os.path.join(folder, "metrics.json"), "w") as file:
        json.dump(report, file, indent=1)
        file.write("\n")
    print(json.dumps(report["variants"]), flush=True)


if __name__ == "__main__":
    main()
