"""Heads for vessels and lesions on the frozen encoder, from few labelled cases, beside a U-Net from scratch."""
import numpy as np
import torch
from torch import Tensor, nn

from augmentation import retina_views, ultrasound_views
from data import SEED
from encoder import Adapted, Encoder, Scratch
from training import fit, mask_loss, place, precision, round_to_half

CASES = {"vessels": (1, 3, 5, 10, None), "lesions": (10, 50, 200, None)}  # None: all
BATCH, CROP = 16, 160
RATE = {"encoder": 2e-3, "scratch": 1e-3}


class Task:
    """Labelled images of one task: image [N, 3, H, W], mask and valid [N, 1, H, W]; rows to learn from and held out.

    Held-out rows select nothing: steps, threshold (0.5) and settings are fixed beforehand.
    """

    def __init__(self, name: str, ultrasound, retina, split, setting: str, crop: int = CROP):
        """split: rows of the ultrasound images for training, for temperatures (here they train too), held out;
        setting: how strongly ultrasound images are augmented; crop: pixels of a side of what is cut from photographs.
        """
        self.name, self.setting, self.crop = name, setting, crop
        if name == "vessels":
            self.image, self.mask, self.valid = retina.image, retina.mask, retina.valid
            self.pool, self.held_out = np.sort(retina.pool), retina.held_out
            self.group = np.arange(len(retina.image))
            return
        training, validation, testing = split
        lesion = ultrasound.labels > 0
        self.image = ultrasound.image.expand(-1, 3, -1, -1)
        self.mask, self.valid, self.group = ultrasound.mask, ultrasound.valid, ultrasound.cluster
        self.pool = np.array([r for r in np.concatenate([training, validation]) if lesion[r]])
        self.held_out = testing[lesion[testing]]

    def draw(self, cases, number: int) -> np.ndarray:
        """The rows of `cases` labelled cases in draw `number`; smaller sets lie within larger ones.

        One image of each near-duplicate group comes first, so that ten cases are ten cases.
        """
        order = np.random.default_rng(SEED + number).permutation(self.pool)
        _, first = np.unique(self.group[order], return_index=True)
        first = np.sort(first)
        order = np.concatenate([order[first], np.delete(order, first)])
        return order if cases is None else order[:cases]

    def views(self, rows: Tensor):
        image, mask, valid = self.image[rows], self.mask[rows], self.valid[rows]
        if self.name == "vessels":
            return retina_views(image, mask, valid, self.crop)
        image, mask, valid = ultrasound_views(image[:, :1], mask, valid, self.setting)
        return image.expand(-1, 3, -1, -1), mask, valid


def train(task: Task, net: nn.Module, rows: np.ndarray, steps: int, seconds: float, rate: float) -> dict:
    """Train `net` on these rows: only its head where the encoder in it is frozen."""
    device = task.image.device
    rows = torch.as_tensor(rows).to(device)

    def loss() -> Tensor:
        with torch.no_grad():
            image, mask, valid = task.views(rows[torch.randint(len(rows), (BATCH,), device=device)])
        with precision(device):
            logit = net(image)
        return mask_loss(logit, mask, valid)

    log = fit(net.head if isinstance(net, Adapted) else net, loss, steps, seconds, rate)
    round_to_half(net)
    return log


@torch.no_grad()
def dice(task: Task, net: nn.Module) -> np.ndarray:
    """Dice of every held-out image [N], whole images, threshold 0.5, inside the valid area."""
    scores = []
    for row in task.held_out:
        valid, mask = task.valid[row:row + 1], task.mask[row:row + 1]
        found = (net(task.image[row:row + 1]).float() > 0).float() * valid
        both = (found * mask * valid).sum()
        scores.append(float(2 * both / (found.sum() + (mask * valid).sum()).clamp(min=1)))
    return np.array(scores)


def curve(task: Task, encoder: Encoder, number: int, steps: int, seconds: float, report, cases=None) -> dict:
    """Dice against number of cases in one draw; the heads trained on it, by number of cases.

    `report(cases, {"encoder": [Dice ...], "scratch": [...]}, logs)` is called after each number of cases.
    """
    heads, counts = {}, cases or CASES[task.name]
    for count in counts:
        rows = task.draw(count, number)
        nets = {"encoder": Adapted(encoder), "scratch": Scratch()}
        scores, logs = {}, {}
        for kind, net in nets.items():
            place(net, task.image.device).eval()
            logs[kind] = train(task, net, rows, steps, seconds / (2 * len(counts)), RATE[kind])
            scores[kind] = dice(task, net)
        report(len(rows), scores, logs)
        heads[len(rows)] = nets["encoder"].head
    return heads
