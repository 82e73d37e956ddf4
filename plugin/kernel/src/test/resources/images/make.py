"""Compute what the steps of images must give, apart from the Java that the tests check.

    /usr/bin/python3 plugin/kernel/src/test/resources/images/make.py

Writes steps.json (single steps) and, under ../monai, a bundle of a tiny network with its golden cases. The geometry goes
through PyTorch's affine_grid, grid_sample and interpolate, and numpy's singular values, as MONAI's own definitions do;
connected pieces come from scipy; the non-local means and the CLAHE are written out pixel by pixel. Needs PyTorch 1.13,
numpy and scipy; gives the same bytes each time.

An image is [channels, x, y(, z)]; an affine leads from voxels to RAS+ millimetres.
"""
import hashlib
import itertools
import json
import math
import os
import re
import zipfile

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage
from torch import Tensor, nn

HERE = os.path.dirname(os.path.abspath(__file__))
BUNDLES = os.path.join(HERE, "..", "monai")
LETTERS = ("LR", "PA", "IS")
TOLERANCE = 1e-3
# Axes that point to the left, the feet and the front, a little oblique and sheared; uneven numbers, so that no voxel lies just
# between two others, where the nearest is a matter of rounding.
OBLIQUE = np.array([[-1.903, 0.107, 0.211, 90.01], [0.113, -0.151, 2.917, -40.03], [0.149, -1.409, 0.103, 12.07], [0, 0, 0, 1.0]])


def rank(image):
    return image.ndim - 1


def of_rank(affine, r):
    part = np.eye(r + 1)
    part[:r, :r] = affine[:r, :r]
    part[:r, -1] = affine[:r, -1]
    return part


def whole(affine):
    r = len(affine) - 1
    full = np.eye(4)
    full[:r, :r] = affine[:r, :r]
    full[:r, 3] = affine[:r, -1]
    return full


# ---- orientation ---------------------------------------------------------------------------------------------------


def directions(affine, r):
    """By axis of the image: the axis of the world that it follows, and whether forwards (nibabel's io_orientation)."""
    axes = affine[:r, :r] / np.sqrt((affine[:r, :r] ** 2).sum(0))
    p, s, q = np.linalg.svd(axes)
    rotation = p @ q
    found = {}
    for axis in np.argsort(-(rotation ** 2).max(0), kind="stable"):
        column = rotation[:, axis].copy()
        world = int(np.argmax(np.abs(column)))
        found[int(axis)] = (world, column[world] >= 0)
        rotation[world, :] = 0
    return found


def orientation(image, affine, letters):
    r = rank(image)
    found = directions(affine, r)
    turned, back = image, []
    order, flips = [], []
    for letter in letters[:r]:
        world = next(i for i in range(3) if letter in LETTERS[i])
        axis = next(a for a, (w, _) in found.items() if w == world)
        order.append(axis)
        flips.append(found[axis][1] != (LETTERS[world].index(letter) == 1))
    turned = np.transpose(image, [0] + [a + 1 for a in order])
    to_old = np.zeros((r + 1, r + 1))
    to_old[-1, -1] = 1
    for new, (old, flip) in enumerate(zip(order, flips)):
        if flip:
            turned = np.flip(turned, new + 1)
        to_old[old, new] = -1 if flip else 1
        to_old[old, -1] = image.shape[old + 1] - 1 if flip else 0

    def undo(prediction, nearest):
        here = prediction
        for new, flip in enumerate(flips):
            here = np.flip(here, new + 1) if flip else here
        return np.transpose(here, [0] + [order.index(a) + 1 for a in range(r)])

    return np.ascontiguousarray(turned), affine @ to_old, undo


# ---- resampling ----------------------------------------------------------------------------------------------------


def normal(shape):
    """Indices to the numbers of grid_sample, from -1 to 1 between the outer edges of the outermost voxels."""
    matrix = np.diag([2.0 / s for s in shape] + [1.0])
    matrix[:-1, -1] = [1.0 / s - 1.0 for s in shape]
    return matrix


def resample(image, source, target, shape, mode):
    r = rank(image)
    if np.allclose(source, target, atol=TOLERANCE) and tuple(shape) == image.shape[1:]:
        return image
    between = np.linalg.solve(source, target)
    theta = normal(image.shape[1:]) @ between @ np.linalg.inv(normal(shape))
    reverse = list(range(r - 1, -1, -1))
    theta = theta[:r][reverse][:, reverse + [r]]
    grid = F.affine_grid(torch.from_numpy(theta)[None], [1, 1, *shape], align_corners=False)
    out = F.grid_sample(
        torch.from_numpy(image.astype(np.float64))[None], grid, mode=mode, padding_mode="border", align_corners=False)
    return out[0].numpy().astype(np.float32)


def spacing(image, affine, sizes, mode="bilinear", diagonal=False):
    r = rank(image)
    sizes = (list(sizes) + [sizes[-1]] * r)[:r]
    present = np.sqrt((affine[:r, :r] ** 2).sum(0))
    sizes = [p if abs(p - s) <= TOLERANCE else s for s, p in zip(sizes, present)]
    axes = affine[:r, :r]
    if diagonal:
        axes = np.diag(sizes)
    else:
        upper = np.linalg.cholesky(axes.T @ axes).T
        axes = axes @ np.linalg.inv(upper) @ np.diag(sizes)
    target = np.eye(r + 1)
    target[:r, :r] = axes
    corners = np.array(list(itertools.product(*[(0.0, s - 1.0) for s in image.shape[1:]]))).T
    corners = np.vstack([corners, np.ones(corners.shape[1])])
    there = (np.linalg.inv(target) @ affine @ corners)[:r]
    shape = np.round(np.ptp(there, axis=1) + 1.0).astype(int)
    first = next((i for i in range(there.shape[1]) if np.allclose((there - there[:, i:i + 1]).min(1), 0)), None)
    if first is None:
        origin = (affine[:r, :r] @ (np.array(image.shape[1:]) / 2) + affine[:r, -1]) - axes @ (shape / 2)
    else:
        origin = (affine @ corners)[:r, first]
    target[:r, -1] = origin
    old = image.shape[1:]

    def undo(prediction, nearest):
        return resample(prediction, target, affine, old, "nearest" if nearest else mode)

    return resample(image, affine, target, tuple(shape), mode), target, undo


def resize(image, affine, size, mode="area"):
    r = rank(image)
    old = image.shape[1:]
    size = tuple(s if s > 0 else o for s, o in zip(size, old))
    names = {1: "linear", 2: "bilinear", 3: "trilinear"}

    def to(numbers, shape, how):
        if numbers.shape[1:] == tuple(shape):
            return numbers
        how = names[r] if how == "linear" else how
        return F.interpolate(torch.from_numpy(numbers.astype(np.float32))[None], size=tuple(shape), mode=how)[0].numpy()

    scale = np.diag([o / n for o, n in zip(old, size)] + [1.0])
    scale[:r, -1] = [(o / n - 1) / 2 for o, n in zip(old, size)]
    return to(image, size, mode), affine @ scale, lambda p, nearest: to(p, old, "nearest" if nearest else mode)


# ---- boxes ---------------------------------------------------------------------------------------------------------


def box(image, affine, starts, ends, mode="constant"):
    """Cut, where a box that reaches beyond the image is padded."""
    r = rank(image)
    inside = image[(slice(None), *[slice(max(s, 0), min(e, n)) for s, e, n in zip(starts, ends, image.shape[1:])])]
    widths = [(max(-s, 0), max(e - n, 0)) for s, e, n in zip(starts, ends, image.shape[1:])]
    padded = np.pad(inside, [(0, 0)] + widths, mode={"constant": "constant", "replicate": "edge", "reflect": "reflect",
                                                     "circular": "wrap"}[mode])
    moved = np.eye(r + 1)
    moved[:r, -1] = starts
    old = image.shape[1:]

    def undo(prediction, nearest):
        return box(prediction, affine, [-s for s in starts], [n - s for s, n in zip(starts, old)])[0]

    return padded, affine @ moved, undo


def foreground(image, affine):
    where = np.argwhere((image > 0).any(0))
    return box(image, affine, list(where.min(0)), list(where.max(0) + 1))


def divisible(image, affine, k, mode="constant"):
    starts, ends = [], []
    for n in image.shape[1:]:
        more = math.ceil(n / k) * k - n
        starts.append(-(more // 2))
        ends.append(n + more - more // 2)
    return box(image, affine, starts, ends, mode)


def pad_or_crop(image, affine, size):
    r = rank(image)
    starts = [max(n // 2 - s // 2, 0) if s < n else 0 for n, s in zip(image.shape[1:], size)]
    ends = [a + min(n, s) for a, n, s in zip(starts, image.shape[1:], size)]
    cropped, moved, undo_crop = box(image, affine, starts, ends)
    starts = [-(max(s - n, 0) // 2) for n, s in zip(cropped.shape[1:], size)]
    ends = [a + s for a, s in zip(starts, size)]
    padded, moved, undo_pad = box(cropped, moved, starts, ends)
    return padded, moved, lambda p, nearest: undo_crop(undo_pad(p, nearest), nearest)


# ---- intensities ---------------------------------------------------------------------------------------------------


def scale_range(image, low, high, to=None, clip=False):
    part = (image.astype(np.float32) - low) / (high - low)
    if to:
        part = part * (to[1] - to[0]) + to[0]
    return np.clip(part, *to) if clip else part


def scale(image, low=0.0, high=1.0, channelwise=False):
    if channelwise:
        return np.concatenate([scale(c[None], low, high) for c in image])
    image = image.astype(np.float32)
    if image.min() == image.max():
        return image * low
    return (image - image.min()) / (image.max() - image.min()) * (high - low) + low


def normalize(image, nonzero=False, channelwise=False, subtrahend=None, divisor=None):
    if channelwise:
        return np.concatenate([normalize(
            c[None], nonzero, False, None if subtrahend is None else subtrahend[i], None if divisor is None else divisor[i])
            for i, c in enumerate(image)])
    image = image.astype(np.float64).copy()
    mask = image != 0 if nonzero else np.ones(image.shape, bool)
    if mask.any():
        sub = image[mask].mean() if subtrahend is None else subtrahend
        div = image[mask].std() if divisor is None else divisor
        image[mask] = (image[mask] - sub) / (div if div != 0 else 1.0)
    return image.astype(np.float32)


# ---- denoise and enhance, pixel by pixel ---------------------------------------------------------------------------


def denoise(picture, patch, search, strength, sigma):
    edge = patch + search
    wide = np.pad(picture.astype(np.float64), edge, mode="reflect")
    result = np.zeros(picture.shape)
    for y, x in np.ndindex(*picture.shape):
        own = wide[y + edge - patch:y + edge + patch + 1, x + edge - patch:x + edge + patch + 1]
        total = weights = 0.0
        for dy in range(-search, search + 1):
            for dx in range(-search, search + 1):
                cy, cx = y + edge + dy, x + edge + dx
                other = wide[cy - patch:cy + patch + 1, cx - patch:cx + patch + 1]
                weight = math.exp(-max(((own - other) ** 2).mean() - 2 * sigma ** 2, 0) / strength ** 2)
                total += weight * wide[cy, cx]
                weights += weight
        result[y, x] = total / weights
    return result.astype(np.float32)


def enhance(picture, tiles, limit, bins):
    least, greatest = float(picture.min()), float(picture.max())
    binned = np.minimum(bins * (picture.astype(np.float64) - least) / (greatest - least), bins - 1).astype(int)
    edges = [[t * n // tiles for t in range(tiles + 1)] for n in picture.shape]
    curves = np.zeros((tiles, tiles, bins))
    for i, j in np.ndindex(tiles, tiles):
        tile = binned[edges[0][i]:edges[0][i + 1], edges[1][j]:edges[1][j + 1]]
        histogram = np.bincount(tile.ravel(), minlength=bins).astype(np.float64)
        most = limit * tile.size / bins
        excess = np.maximum(histogram - most, 0).sum()
        curves[i, j] = np.cumsum(np.minimum(histogram, most) + excess / bins) / tile.size
    result = np.zeros(picture.shape)
    for y, x in np.ndindex(*picture.shape):
        fy, fx = [min(max((p + 0.5) * tiles / n - 0.5, 0), tiles - 1.0) for p, n in zip((y, x), picture.shape)]
        value = 0.0
        for i, j in itertools.product(range(tiles), range(tiles)):
            share = max(1 - abs(fy - i), 0) * max(1 - abs(fx - j), 0)
            value += share * curves[i, j, binned[y, x]]
        result[y, x] = least + (greatest - least) * value
    return result.astype(np.float32)


# ---- after the network ---------------------------------------------------------------------------------------------


def softmax(numbers):
    powers = np.exp(numbers.astype(np.float64) - numbers.max(0))
    return (powers / powers.sum(0)).astype(np.float32)


def largest(labels, classes, connectivity=None):
    labels = labels.copy()
    r = rank(labels)
    neighbours = ndimage.generate_binary_structure(r, connectivity or r)
    for c in classes:
        pieces, count = ndimage.label(labels[0] == c, neighbours)
        if count > 1:
            sizes = np.bincount(pieces.ravel())[1:]
            keep = len(sizes) - 1 - int(np.argmax(sizes[::-1])) + 1
            labels[0][(labels[0] == c) & (pieces != keep)] = 0
    return labels


# ---- sliding windows -----------------------------------------------------------------------------------------------


def bell(size, sigma=0.125):
    weights = torch.ones(1)
    for i, n in enumerate(size):
        x = torch.arange(-(n - 1) / 2.0, (n - 1) / 2.0 + 1, dtype=torch.float)
        x = torch.exp(x ** 2 / (-2 * (sigma * n) ** 2))
        weights = weights.unsqueeze(-1) * x[(None,) * i] if i > 0 else x
    return torch.clamp(weights, min=max(weights.min().item(), 1e-3))


def sliding(image, network, size, overlap, gaussian, mode="constant"):
    old = image.shape[1:]
    widths = [(max(s - n, 0) // 2, max(s - n, 0) - max(s - n, 0) // 2) for s, n in zip(size, old)]
    starts = [-w[0] for w in widths]
    padded = box(image, np.eye(rank(image) + 1), starts, [n + w[1] for n, w in zip(old, widths)], mode)[0]
    positions = []
    for n, s in zip(padded.shape[1:], size):
        step = s if s == n else max(int(s * (1 - overlap)), 1)
        count = next(d for d in range(n) if d * step + s >= n) + 1
        positions.append([min(d * step, n - s) for d in range(count)])
    weights = (bell(size) if gaussian else torch.ones(*size)).numpy()
    total = count = 0
    for corner in itertools.product(*positions):
        part = tuple(slice(c, c + s) for c, s in zip(corner, size))
        window = torch.from_numpy(np.ascontiguousarray(padded[(slice(None), *part)], dtype=np.float32))[None]
        said = network(window)[0].detach().numpy()
        if isinstance(total, int):
            total = np.zeros((said.shape[0], *padded.shape[1:]), np.float32)
            count = np.zeros(padded.shape[1:], np.float32)
        total[(slice(None), *part)] += said * weights
        count[part] += weights
    mean = total / count
    return mean[(slice(None), *[slice(w[0], w[0] + n) for w, n in zip(widths, old)])]


# ---- what is written -----------------------------------------------------------------------------------------------


def numbers(array):
    """The shortest digits that float32 reads back."""
    return [float(str(np.float32(x))) for x in np.asarray(array).ravel()]


def case(name, transform, image, affine, result, target=None, before=None, back=None):
    found = {"name": name, "transform": transform,
             "shape": list(image.shape), "image": numbers(image), "affine": whole(affine).ravel().tolist(),
             "expected": {"shape": list(result.shape), "values": numbers(result)}}
    if target is not None:
        found["expected"]["affine"] = whole(target).ravel().tolist()
    if back is not None:
        found["back"] = {"nearest": numbers(back(before, True)), "linear": numbers(back(before, False)),
                         "prediction": numbers(before), "channels": before.shape[0]}
    return found


def geometric(name, transform, image, affine, found, random):
    result, target, undo = found
    prediction = random.standard_normal((2, *result.shape[1:])).astype(np.float32).round(3)
    return case(name, transform, image, affine, result, target, prediction, undo)


def single_steps():
    random = np.random.default_rng(7)
    volume = random.integers(-200, 300, (1, 5, 4, 3)).astype(np.float32)
    two = random.integers(0, 3, (2, 4, 3, 2)).astype(np.float32)
    picture = random.integers(0, 255, (3, 6, 5)).astype(np.float32)
    straight = np.diag([0.8, 0.8, 2.5, 1.0])
    straight[:3, 3] = [-10, 20, 5]
    flat = np.eye(3)
    blob = np.zeros((1, 7, 6, 5), np.float32)
    blob[0, 2:5, 1:4, 2:4] = random.integers(1, 9, (3, 3, 2))
    labels = np.zeros((1, 8, 8), np.float32)
    labels[0, 0:2, 0:2] = 1
    labels[0, 2, 2] = 1
    labels[0, 6:8, 4:8] = 1
    labels[0, 4, 4] = 2
    labels[0, 0, 7] = 2
    t = lambda name, **more: {"_target_": name, "keys": "image", **more}
    cases = []
    for letters in ("RAS", "LPS", "SAR"):
        cases.append(geometric("orientation " + letters, t("Orientationd", axcodes=letters), volume, OBLIQUE,
                               orientation(volume, OBLIQUE, letters), random))
    for name, image, affine, sizes, mode, diagonal in (
            ("spacing oblique", volume, OBLIQUE, [1.5, 1.5, 2.0], "bilinear", False),
            ("spacing straight", volume, straight, [1.0, 1.1, 1.3], "bilinear", False),
            ("spacing nearest", volume, straight, [1.1], "nearest", False),
            ("spacing diagonal", volume, OBLIQUE, [1.5, 2.0, 1.5], "bilinear", True),
            ("spacing kept", volume, straight, [0.8004, 0.8, 2.5], "bilinear", False),
            ("spacing of a picture", picture, np.diag([0.5, 0.7, 1.0]), [0.4, 0.9], "bilinear", False)):
        cases.append(geometric(name, t("Spacingd", pixdim=sizes, mode=mode, diagonal=diagonal), image, affine,
                               spacing(image, of_rank(affine, rank(image)), sizes, mode, diagonal), random))
    for mode in ("area", "bilinear", "nearest"):
        cases.append(geometric("resize " + mode, t("Resized", spatial_size=[4, 7], mode=mode), picture, flat,
                               resize(picture, flat, (4, 7), "linear" if mode == "bilinear" else mode), random))
    cases.append(geometric("resize volume", t("Resized", spatial_size=[7, -1, 2], mode="trilinear"), volume, straight,
                           resize(volume, straight, (7, -1, 2), "linear"), random))
    cases.append(geometric("foreground", t("CropForegroundd", source_key="image"), blob, straight,
                           foreground(blob, straight), random))
    for mode in ("constant", "reflect", "replicate", "circular"):
        cases.append(geometric("divisible " + mode, t("DivisiblePadd", k=4, mode=mode), volume, straight,
                               divisible(volume, straight, 4, mode), random))
    cases.append(geometric("pad or crop", t("ResizeWithPadOrCropd", spatial_size=[3, 7, 3]), volume, straight,
                           pad_or_crop(volume, straight, (3, 7, 3)), random))
    cases.append(case("range", t("ScaleIntensityRanged", a_min=-57, a_max=164, b_min=0, b_max=1, clip=True), volume, straight,
                      scale_range(volume, -57, 164, (0, 1), True)))
    cases.append(case("range open", t("ScaleIntensityRanged", a_min=-57, a_max=164), volume, straight,
                      scale_range(volume, -57, 164)))
    cases.append(case("scale", t("ScaleIntensityd", minv=-1.0, maxv=1.0), picture, flat, scale(picture, -1.0, 1.0)))
    cases.append(case("scale by channel", t("ScaleIntensityd", channel_wise=True), picture, flat, scale(picture, channelwise=True)))
    cases.append(case("normalize", t("NormalizeIntensityd"), two, straight, normalize(two)))
    cases.append(case("normalize nonzero", t("NormalizeIntensityd", nonzero=True), two, straight, normalize(two, True)))
    cases.append(case("normalize by channel", t("NormalizeIntensityd", nonzero=True, channel_wise=True), two, straight,
                      normalize(two, True, True)))
    cases.append(case("normalize as told", t("NormalizeIntensityd", channel_wise=True, subtrahend=[1, 2], divisor=[2, 0.5]), two, straight,
                      normalize(two, False, True, [1, 2], [2, 0.5])))
    said = random.standard_normal((3, 4, 3)).astype(np.float32)
    p = lambda name, **more: {"_target_": name, "keys": "pred", **more}
    cases.append(case("softmax", p("Activationsd", softmax=True), said, flat, softmax(said)))
    cases.append(case("sigmoid", p("Activationsd", sigmoid=True), said, flat, torch.sigmoid(torch.from_numpy(said)).numpy()))
    cases.append(case("argmax", p("AsDiscreted", argmax=True), said, flat, said.argmax(0)[None]))
    cases.append(case("one hot", p("AsDiscreted", argmax=True, to_onehot=3), said, flat,
                      np.moveaxis(np.eye(3)[said.argmax(0)], -1, 0)))
    cases.append(case("threshold", p("AsDiscreted", threshold=0.5), said, flat, (said >= 0.5).astype(np.float32)))
    cases.append(case("largest", p("KeepLargestConnectedComponentd"), labels, flat, largest(labels, [1, 2])))
    cases.append(case("largest at faces", p("KeepLargestConnectedComponentd", applied_labels=[1], connectivity=1), labels, flat,
                      largest(labels, [1], 1)))
    cases.append(case("channels", p("Lambdad", func="$lambda x: x[1:]"), said, flat, said[1:]))
    return cases


def pictures():
    random = np.random.default_rng(11)
    noisy = (np.add.outer(np.arange(9) > 4, np.arange(8) > 3) * 80 + random.normal(0, 10, (9, 8))).astype(np.float32).round(2)
    return [
        {"name": "denoise", "rows": 9, "columns": 8, "image": numbers(noisy), "patch": 1, "search": 2, "strength": 25, "sigma": 5,
         "expected": numbers(denoise(noisy, 1, 2, 25, 5))},
        {"name": "enhance", "rows": 9, "columns": 8, "image": numbers(noisy), "tiles": 2, "limit": 2, "bins": 16,
         "expected": numbers(enhance(noisy, 2, 2, 16))}]


# ---- a bundle ------------------------------------------------------------------------------------------------------


class Tiny(nn.Module):
    """[N, 1, x, y, z] to two channels: the intensity's distance to 0.5 after a blur over 3 voxels, with zeros around."""

    def __init__(self, dimensions: int):
        super().__init__()
        random = np.random.default_rng(3)
        kind = nn.Conv3d if dimensions == 3 else nn.Conv2d
        self.blur = kind(1, 2, 3, padding=1)
        with torch.no_grad():
            self.blur.weight.copy_(torch.from_numpy(random.normal(0, 0.5, tuple(self.blur.weight.shape)).astype(np.float32)))
            self.blur.bias.copy_(torch.tensor([0.2, -0.1]))

    def forward(self, image: Tensor) -> Tensor:
        return self.blur(image)


class TwoClasses(nn.Module):
    """[N, 3, x, y] to [N, 2]: the mean of the first channel, and that of the others."""

    def forward(self, image: Tensor) -> Tensor:
        means = image.mean([2, 3])
        return torch.stack([means[:, 0], means[:, 1:].mean(1)], 1)


def export(module, path):
    """TorchScript without debug records, which hold paths of this machine."""
    torch.jit.script(module.eval()).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            if not item.filename.endswith(".debug_pkl"):
                inside = "model/" + item.filename.split("/", 1)[1]
                new.writestr(zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0)), old.read(item))
    os.remove(path + ".tmp")
    with open(path, "rb") as file, open(path + ".sha256", "w") as note:
        note.write(hashlib.sha256(file.read()).hexdigest() + "  model.ts\n")


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        text = json.dumps(content, indent=1)
        # A list of numbers on one line.
        file.write(re.sub(r"\[[-0-9.e,\s]*\]", lambda found: re.sub(r"\s+", " ", found.group()), text))
        file.write("\n")


def tensor(name, datatype, array):
    array = np.asarray(array)
    values = [float(x) if datatype.startswith("FP") else int(x) for x in array.ravel()]
    return {"name": name, "datatype": datatype, "shape": list(array.shape), "data": values}


def golden(folder, number, description, image, affine, answer, target):
    outputs = [tensor("pred", "FP32", np.asarray(answer, np.float32))]
    if target is not None:
        outputs.append(tensor("affine", "FP64", whole(target)))
    given = [tensor("image", "INT16", image)]
    if affine is not None:
        given.append(tensor("affine", "FP64", whole(affine)))
    write(os.path.join(folder, "golden", number), {
        "description": description, "tensors": given, "outcome": {"tensors": outputs},
        "tolerance": {"absolute": 1e-4, "because": "sums of float32 in another order"}})


def network_format(channels, shape, kind, classes):
    one = {"type": "image", "num_channels": channels, "spatial_shape": shape, "dtype": "float32"}
    out = {"type": kind, "format": "segmentation" if kind == "image" else "classes", "num_channels": classes,
           "spatial_shape": shape if kind == "image" else [1, classes], "dtype": "float32"}
    return {"inputs": {"image": one}, "outputs": {"pred": out}}


def metadata(name, data):
    return {"version": "0.1.0", "monai_version": "1.4.0", "name": name, "intended_use": "A test, not for patients.",
            "copyright": "Apache-2.0", "data_source": "nothing: its numbers are random", "network_data_format": data}


def volume_bundle():
    folder = os.path.join(BUNDLES, "tiny_ct_segmentation")
    os.makedirs(os.path.join(folder, "models"), exist_ok=True)
    network = Tiny(3)
    export(network, os.path.join(folder, "models", "model.ts"))
    before = [
        {"_target_": "LoadImaged", "keys": "@image_key"},
        {"_target_": "EnsureChannelFirstd", "keys": "@image_key"},
        {"_target_": "Orientationd", "keys": "@image_key", "axcodes": "RAS"},
        {"_target_": "Spacingd", "keys": "@image_key", "pixdim": "@sizes", "mode": "bilinear"},
        {"_target_": "ScaleIntensityRanged", "keys": "@image_key", "a_min": -57, "a_max": 164, "b_min": 0, "b_max": 1, "clip": True},
        {"_target_": "EnsureTyped", "keys": "@image_key"}]
    after = [
        {"_target_": "Activationsd", "keys": "pred", "softmax": True},
        {"_target_": "Invertd", "keys": "pred", "transform": "@preprocessing", "orig_keys": "@image_key", "nearest_interp": False,
         "to_tensor": True},
        {"_target_": "AsDiscreted", "keys": "pred", "argmax": True, "_disabled_": "@probabilities"},
        {"_target_": "SaveImaged", "keys": "pred", "output_dir": "$@bundle_root + '/eval'"}]
    write(os.path.join(folder, "configs", "inference.json"), {
        "imports": ["$import os"], "bundle_root": ".", "image_key": "image", "sizes": [1.5, 1.5, 2.0], "probabilities": True,
        "device": "$torch.device('cuda:0' if torch.cuda.is_available() else 'cpu')",
        "network_def": {"_target_": "UNet", "spatial_dims": 3},
        "preprocessing": {"_target_": "Compose", "transforms": before},
        "inferer": {"_target_": "SlidingWindowInferer", "roi_size": [6, 6, 6], "sw_batch_size": 4, "overlap": 0.5, "mode": "gaussian"},
        "postprocessing": {"_target_": "Compose", "transforms": after},
        "evaluator": {"_target_": "SupervisedEvaluator", "device": "@device", "inferer": "@inferer", "postprocessing": "@postprocessing"},
        "run": ["$@evaluator.run()"]})
    write(os.path.join(folder, "configs", "metadata.json"), metadata("Tiny segmentation", network_format(1, [6, 6, 6], "image", 2)))
    random = np.random.default_rng(5)
    image = random.integers(-200, 300, (1, 7, 9, 4))
    affine = OBLIQUE
    turned, moved, undo_turn = orientation(image.astype(np.float32), affine, "RAS")
    resampled, moved, undo_spacing = spacing(turned, moved, [1.5, 1.5, 2.0])
    seen = scale_range(resampled, -57, 164, (0, 1), True)
    said = softmax(sliding(seen, network, (6, 6, 6), 0.5, True))
    answer = undo_turn(undo_spacing(said, False), False)
    golden(folder, "01-oblique.json", "An oblique volume of 7 by 9 by 4 voxels through every step, windows overlapping.",
           image, affine, answer, affine)
    print("tiny_ct_segmentation: seen", seen.shape, "answer", answer.shape)


def slice_bundle():
    folder = os.path.join(BUNDLES, "tiny_slices")
    os.makedirs(os.path.join(folder, "models"), exist_ok=True)
    os.makedirs(os.path.join(folder, "configs"), exist_ok=True)
    network = Tiny(2)
    export(network, os.path.join(folder, "models", "model.ts"))
    with open(os.path.join(folder, "configs", "inference.yaml"), "w") as file:
        file.write("""# A network of pictures that is shown a volume, in YAML and with transforms of arrays.
preprocessing:
  _target_: Compose
  transforms:
  - {_target_: monai.transforms.LoadImage, image_only: true}
  - {_target_: monai.transforms.EnsureChannelFirst}
  - {_target_: monai.transforms.ScaleIntensity}
  - {_target_: monai.transforms.DivisiblePad, k: 4}
inferer: {_target_: SliceInferer, roi_size: '$(8, 8)', spatial_dim: 2, sw_batch_size: 3, padding_mode: replicate}
postprocessing:
  _target_: Compose
  transforms:
  - {_target_: Activationsd, keys: pred, sigmoid: true}
  - {_target_: AsDiscreted, keys: pred, threshold: 0.5}
  - {_target_: Invertd, keys: pred, transform: '$@preprocessing', nearest_interp: true}
""")
    write(os.path.join(folder, "configs", "metadata.json"), metadata("Tiny slices", network_format(1, [8, 8], "image", 2)))
    image = np.random.default_rng(9).integers(0, 100, (1, 9, 6, 3))
    scaled = scale(image)
    padded, _, undo = divisible(scaled, np.eye(4), 4)

    def by_slice(window):
        return network(window.squeeze(4)).unsqueeze(4)

    said = sliding(padded, by_slice, (8, 8, 1), 0.25, False, "replicate")
    decided = (torch.sigmoid(torch.from_numpy(said)).numpy() >= 0.5).astype(np.float32)
    golden(folder, "01.json", "Slices along the last axis, padded to 12 by 8 by 4; no affine is sent.", image, None,
           undo(decided, True), np.eye(4))
    print("tiny_slices: padded", padded.shape, "ones", int(decided.sum()), "of", decided.size)


def class_bundle():
    folder = os.path.join(BUNDLES, "tiny_classification")
    os.makedirs(os.path.join(folder, "models"), exist_ok=True)
    export(TwoClasses(), os.path.join(folder, "models", "model.ts"))
    write(os.path.join(folder, "configs", "inference.json"), {
        "preprocessing": {"_target_": "Compose", "transforms": [
            {"_target_": "LoadImaged", "keys": "image"},
            {"_target_": "EnsureChannelFirstd", "keys": "image", "channel_dim": 2},
            {"_target_": "ScaleIntensityd", "keys": "image", "minv": 0.0, "maxv": 1.0},
            {"_target_": "Resized", "keys": "image", "spatial_size": [4, 4]}]},
        "inferer": {"_target_": "SimpleInferer"},
        "postprocessing": {"_target_": "Compose", "transforms": [
            {"_target_": "Activationsd", "keys": "pred", "softmax": True},
            {"_target_": "SaveClassificationd", "keys": "pred", "output_dir": "$os.getcwd()"}]}})
    write(os.path.join(folder, "configs", "metadata.json"),
          metadata("Tiny classification", network_format(3, [4, 4], "probabilities", 2)))
    image = np.random.default_rng(13).integers(0, 255, (3, 6, 5))
    seen = resize(scale(image), np.eye(3), (4, 4))[0]
    said = TwoClasses()(torch.from_numpy(seen)[None])[0].numpy()
    golden(folder, "01.json", "A picture of 6 by 5 pixels to probabilities of two classes.", image, None, softmax(said), None)


def main():
    lines = ['"%s": [\n%s\n]' % (key, ",\n".join(json.dumps(item) for item in items))
             for key, items in (("steps", single_steps()), ("pictures", pictures()))]
    with open(os.path.join(HERE, "steps.json"), "w") as file:
        file.write("{" + ",\n".join(lines) + "}\n")
    volume_bundle()
    slice_bundle()
    class_bundle()


if __name__ == "__main__":
    main()
