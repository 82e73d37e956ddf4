"""Training, calibration and testing of one breast-ultrasound network on one fold."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import networks
from augmentation import ultrasound_views
from data import Ultrasound
from descriptors import SLOTS, describe, forget
from training import fit, mask_loss, place, precision, round_to_half, temperature

BATCH, COARSE_WEIGHT, CLASS_WEIGHT = 32, 0.4, 0.5
BRANCH_WEIGHT = 0.5              # of what each branch of the full model answers alone
SMOOTHING = 0.1                  # of the labels (Szegedy 2016): without, the trial's class temperature was 3
BINS = 15                        # of equal width, for calibration
NO_TEXT, TEXT, OTHER_TEXT = "", "with-text", "with-the-text-of-another-image"


class Batches:
    """Random augmented batches of the training rows, and the words measured on the augmented images."""

    def __init__(self, data: Ultrasound, rows: np.ndarray, setting: str):
        self.data, self.rows, self.setting = data, torch.as_tensor(rows).to(data.image.device), setting

    def draw(self):
        """image, mask, valid [BATCH, 1, S, S], label [BATCH]"""
        pick = self.rows[torch.randint(len(self.rows), (BATCH,), device=self.rows.device)]
        views = ultrasound_views(self.data.image[pick], self.data.mask[pick], self.data.valid[pick], self.setting)
        return (*views, self.data.label[pick])


def coarse_target(mask: Tensor, valid: Tensor):
    """Lesion share and validity on the coarse grid: [N, 1, 20, 20] each."""
    factor = networks.SIZE // networks.COARSE
    return F.avg_pool2d(mask, factor), (F.avg_pool2d(valid, factor) > 0.5).float()


def objective(answer: networks.Answer, mask: Tensor, valid: Tensor, label: Tensor) -> Tensor:
    """Mask, coarse mask and class against the annotations."""
    coarse, coarse_valid = coarse_target(mask, valid)
    return mask_loss(answer.mask, mask, valid) + COARSE_WEIGHT * mask_loss(answer.coarse, coarse, coarse_valid) \
        + CLASS_WEIGHT * F.cross_entropy(answer.classes.float(), label, label_smoothing=SMOOTHING)


def loss(net: nn.Module, batches: Batches) -> Tensor:
    """The objective on one batch, of each branch of the full model besides."""
    image, mask, valid, label = batches.draw()
    text = torch.zeros((len(image), SLOTS), dtype=torch.long, device=image.device)
    if isinstance(net, networks.TwoBranches):
        text = forget(describe(image, mask, valid))
    with precision(image.device):
        answer = net(image, text)
    return objective(answer, mask, valid, label) \
        + BRANCH_WEIGHT * sum(objective(branch, mask, valid, label) for branch in answer.branches)


@torch.no_grad()
def answers(net: nn.Module, data: Ultrasound, rows: np.ndarray, text: str, batch: int = 64):
    """Mask logits [N, 1, S, S] and class logits [N, 3] in float32 for rows of the data, not augmented."""
    masks, classes = [], []
    words = describe(data.image[rows], data.mask[rows], data.valid[rows])
    if text == OTHER_TEXT:
        lesions = torch.nonzero(words[:, 0] > 0).squeeze(1)
        words[lesions] = words[lesions.roll(1)]
    if text == NO_TEXT:
        words = torch.zeros_like(words)
    for i in range(0, len(rows), batch):
        answer = net(data.image[rows[i:i + batch]], words[i:i + batch])
        masks.append(answer.mask.float())
        classes.append(answer.classes.float())
    return torch.cat(masks), torch.cat(classes)


def calibrate(net: nn.Module, data: Ultrasound, rows: np.ndarray):
    """Temperatures of mask and classes (Guo 2017), fitted on the validation rows without text."""
    masks, classes = answers(net, data, rows, NO_TEXT)
    mask, valid, label = data.mask[rows], data.valid[rows], data.label[rows]

    def of_mask(t: Tensor) -> Tensor:
        entropy = F.binary_cross_entropy_with_logits(masks / t, mask, reduction="none")
        return (entropy * valid).sum() / valid.sum()

    return (temperature(of_mask, masks.device),
            temperature(lambda t: F.cross_entropy(classes / t, label), masks.device))


def bins(probability: Tensor, target: Tensor, where: Tensor) -> np.ndarray:
    """[N, BINS, 3]: for each image and bin the pixels, the sum of probability and of target; all [N, 1, H, W]."""
    n = len(probability)
    place = (probability * BINS).long().clamp(max=BINS - 1).flatten(1)
    table = torch.zeros((n, BINS, 3), dtype=torch.float64, device=probability.device)
    for i, value in enumerate((torch.ones_like(probability), probability, target)):
        table[:, :, i].scatter_add_(1, place, (value * where).flatten(1).double())
    return table.cpu().numpy()


def test(net: nn.Module, data: Ultrasound, rows: np.ndarray, temperatures, text: str) -> dict:
    """What the figures are made of, one row for each test image."""
    masks, classes = answers(net, data, rows, text)
    mask, valid = data.mask[rows], data.valid[rows]
    found = (masks > 0).float() * valid
    both, one, two = ((x * valid).sum((1, 2, 3)) for x in (found * mask, found, mask))
    calibrated, raw = torch.sigmoid(masks / temperatures[0]), torch.sigmoid(masks)
    near = F.max_pool2d(torch.maximum(mask, found), 17, 1, 8) * valid   # within 8 pixels of a lesion
    error = ((calibrated > 0.5).float() != mask).float()
    doubt = networks.entropy(masks / temperatures[0])
    of_class = torch.softmax(classes / temperatures[1], 1)
    result = {"dice": 2 * both / (one + two).clamp(min=1), "iou": both / (one + two - both).clamp(min=1),
              "malignancy": of_class[:, 2], "lesion": 1 - of_class[:, 0],
              "malignancy-raw": torch.softmax(classes, 1)[:, 2],
              "area": two / valid.sum((1, 2, 3)), "found": one / valid.sum((1, 2, 3)),
              "doubt": (doubt * near).sum((1, 2, 3)) / near.sum((1, 2, 3)).clamp(min=1),
              "wrong": (error * near).sum((1, 2, 3)) / near.sum((1, 2, 3)).clamp(min=1)}
    result = {key: value.cpu().numpy() for key, value in result.items()}
    return {"row": rows, "label": data.labels[rows], "cluster": data.cluster[rows], **result,
            "bins": bins(calibrated, mask, valid), "bins-raw": bins(raw, mask, valid),
            "bins-near": bins(calibrated, mask, near)}


def train(variant: str, data: Ultrasound, split, setting: str, steps: int, seconds: float):
    """Train, calibrate and test one variant: the network, its temperatures, test results by kind of text, a log.

    split: rows for training, for temperatures, for testing.
    """
    training, validation, testing = split
    net, batches = place(networks.build(variant), data.image.device), Batches(data, training, setting)
    log = fit(net, lambda: loss(net, batches), steps, seconds)
    round_to_half(net)
    temperatures = calibrate(net, data, validation)
    kinds = (NO_TEXT, TEXT, OTHER_TEXT) if variant == "full" else (NO_TEXT,)
    results = {kind: test(net, data, testing, temperatures, kind) for kind in kinds}
    return net, temperatures, results, {**log, "temperatures": [round(t, 4) for t in temperatures]}
