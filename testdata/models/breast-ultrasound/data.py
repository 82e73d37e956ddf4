"""The packed images on the training device, and the split of their clusters.

Nothing here reads a file name, a caption or a folder name as an input: the folder gives the label,
which is only ever a target.
"""
import numpy as np
import torch
from torch import Tensor

SEED = 20261127
PARTS, FOLDS = 10, 5             # clusters are dealt into ten parts; a fold tests on two of them
NORMAL, BENIGN, MALIGNANT = 0, 1, 2
RETINA_HELD_OUT = 6              # of the 20 photographs


class Ultrasound:
    """image, mask, valid: float32 [N, 1, 160, 160] in 0..1; label int64 [N]; cluster int64 [N] (numpy).

    valid is 1 where the letterboxed square shows the scan and 0 on its black border.
    """

    def __init__(self, packed, device: torch.device):
        def plane(key: str, scale: float) -> Tensor:
            return torch.as_tensor(packed["ultrasound_" + key]).to(device).float().unsqueeze(1) / scale

        self.image, self.mask, self.valid = plane("image", 255), plane("mask", 1), plane("valid", 1)
        self.labels = packed["ultrasound_label"].astype(np.int64)
        self.cluster = packed["ultrasound_cluster"].astype(np.int64)
        self.label = torch.as_tensor(self.labels).to(device)
        self.part = deal(self.cluster, self.labels)

    def split(self, fold: int):
        """Rows (numpy int) for training, validation and testing of a fold; no cluster is in two of them."""
        test = np.isin(self.part, (2 * fold, 2 * fold + 1))
        validation = self.part == (2 * fold + 2) % PARTS
        return (np.flatnonzero(~test & ~validation), np.flatnonzero(validation), np.flatnonzero(test))

    def inner(self, fold: int):
        """As `split`, for choosing settings: the fold's test parts are left out, two other parts are tested on."""
        test = np.isin(self.part, [(2 * fold + i) % PARTS for i in (3, 4)])
        validation = self.part == (2 * fold + 2) % PARTS
        outside = np.isin(self.part, (2 * fold, 2 * fold + 1))
        return (np.flatnonzero(~test & ~validation & ~outside), np.flatnonzero(validation), np.flatnonzero(test))


class Retina:
    """image float32 [20, 3, 592, 576] in 0..1; mask, valid (field of view) float32 [20, 1, 592, 576]."""

    def __init__(self, packed, device: torch.device):
        self.image = torch.as_tensor(packed["retina_image"]).to(device).float() / 255
        self.mask = torch.as_tensor(packed["retina_mask"]).to(device).float().unsqueeze(1)
        self.valid = torch.as_tensor(packed["retina_valid"]).to(device).float().unsqueeze(1)
        order = np.random.default_rng(SEED).permutation(len(self.image))
        self.held_out, self.pool = np.sort(order[:RETINA_HELD_OUT]), order[RETINA_HELD_OUT:]

    def inner(self) -> None:
        """For choosing settings: the held-out photographs are left out, the last four of the pool take their place."""
        self.held_out, self.pool = np.sort(self.pool[-4:]), self.pool[:-4]


def deal(cluster: np.ndarray, label: np.ndarray) -> np.ndarray:
    """The part (0..9) of each image: whole clusters, balanced by the worst label in the cluster."""
    names = np.unique(cluster)
    stratum = np.array([label[cluster == c].max() for c in names])
    size = np.array([(cluster == c).sum() for c in names])
    order = np.random.default_rng(SEED).permutation(len(names))
    order = order[np.argsort(-size[order], kind="stable")]       # large clusters first
    filled, part = np.zeros((3, PARTS), int), np.zeros(len(cluster), int)
    for i in order:
        lightest = np.lexsort((filled.sum(0), filled[stratum[i]]))[0]
        filled[stratum[i], lightest] += size[i]
        part[cluster == names[i]] = lightest
    return part


def load(path: str, device: torch.device, tiny: bool = False):
    """Both data sets, whole, on the device; `tiny` keeps an eighth of the ultrasound clusters, to try the code."""
    with np.load(path) as stored:
        packed = {key: stored[key] for key in stored.files}
    if tiny:
        keep = packed["ultrasound_cluster"] % 8 == 0
        packed.update({k: v[keep] for k, v in packed.items() if k.startswith("ultrasound_")})
    return Ultrasound(packed, device), Retina(packed, device)
