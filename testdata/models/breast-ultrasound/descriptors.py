"""BI-RADS descriptors measured on images, and their words as tokens.

There are no reports with these images, so report text is synthesised: what a radiologist would write
of the outlined lesion (shape, orientation, margin, echo pattern, posterior features, size), measured on
the image inside and around the lesion mask. The lexicon is that of ACR BI-RADS Ultrasound (2013), in
which margins other than circumscribed are one word here. No assessment category, no finding and no
place in the image is ever put into words, and nothing is said of images without a lesion.

These words reach the mask only. They must never reach a classifier: annotated outlines of benign and
malignant lesions were drawn differently in this data, and words about them would carry that over.
Thresholds were set by the spread of the measurements over all lesions, blind to the labels.
"""
import torch
import torch.nn.functional as F
from torch import Tensor

LEXICON = [  # one slot for each group; token 0 means that the report does not say
    ("shape", ["oval", "round", "irregular"]),
    ("orientation", ["parallel", "not parallel"]),
    ("margin", ["circumscribed", "not circumscribed"]),
    ("echo pattern", ["anechoic", "hypoechoic", "isoechoic", "hyperechoic", "heterogeneous"]),
    ("posterior features", ["no posterior features", "enhancement", "shadowing"]),
    ("size", ["below 1/6 of the image's width", "1/6 to 1/3", "1/3 to 1/2", "above 1/2"]),
]
SLOTS = len(LEXICON)
FIRST = [1 + sum(len(words) for _, words in LEXICON[:i]) for i in range(SLOTS)]  # first token of a slot
VOCABULARY = 1 + sum(len(words) for _, words in LEXICON)

# Limits between words; see `measure` for the quantities.
IRREGULAR_BELOW, ROUND_BELOW = 0.84, 1.25        # overlap with the ellipse; ratio of its axes
PARALLEL_ABOVE = 1.1                             # width over height
CIRCUMSCRIBED_ABOVE = 1.0                        # edge contrast over spread
ANECHOIC_BELOW, HYPO_BELOW, HYPER_ABOVE = 0.3, 0.85, 1.15   # grey inside over grey around
HETEROGENEOUS_ABOVE = 0.62                       # spread inside over mean inside
ENHANCEMENT_ABOVE, SHADOWING_BELOW = 1.25, 0.75  # grey behind over grey beside it
SIZES = (1 / 6, 1 / 3, 1 / 2)                    # longest axis over width of the image


def grow(mask: Tensor, pixels: int) -> Tensor:
    """Dilate 0/1 masks [N, 1, H, W] by a square."""
    return F.max_pool2d(mask, 2 * pixels + 1, 1, pixels)


def mean_in(image: Tensor, area: Tensor) -> Tensor:
    """Mean of the image over area, [N]; 0 where the area is empty."""
    return (image * area).sum((1, 2, 3)) / area.sum((1, 2, 3)).clamp(min=1)


def spread_in(image: Tensor, area: Tensor) -> Tensor:
    """Standard deviation of the image over area, [N]."""
    mean = mean_in(image, area).view(-1, 1, 1, 1)
    return mean_in((image - mean) ** 2, area).clamp(min=1e-8).sqrt()


def geometry(mask: Tensor, valid: Tensor):
    """Ratio of axes, overlap with the ellipse of equal moments, width / height, longest axis / image width."""
    n, _, height, width = mask.shape
    row = torch.arange(height, device=mask.device, dtype=torch.float32).view(1, 1, height, 1)
    column = torch.arange(width, device=mask.device, dtype=torch.float32).view(1, 1, 1, width)
    y, x = row - mean_in(row.expand_as(mask), mask).view(-1, 1, 1, 1), \
        column - mean_in(column.expand_as(mask), mask).view(-1, 1, 1, 1)
    xx, yy, xy = mean_in(x * x, mask) + 1 / 12, mean_in(y * y, mask) + 1 / 12, mean_in(x * y, mask)
    middle, half = (xx + yy) / 2, (((xx - yy) / 2) ** 2 + xy ** 2).sqrt()
    determinant = (xx * yy - xy ** 2).clamp(min=1e-6).view(-1, 1, 1, 1)
    xx4, yy4, xy4 = (t.view(-1, 1, 1, 1) for t in (xx, yy, xy))
    ellipse = ((yy4 * x * x - 2 * xy4 * x * y + xx4 * y * y) / determinant <= 4).float()
    both, either = (ellipse * mask).sum((1, 2, 3)), torch.maximum(ellipse, mask).sum((1, 2, 3))
    across = valid.amax(2).sum((1, 2)).clamp(min=1)               # width of the scan in pixels
    return {"axes": ((middle + half) / (middle - half).clamp(min=1e-3)).sqrt(),
            "ellipse": both / either.clamp(min=1), "flat": (xx / yy).sqrt(),
            "size": 4 * (middle + half).sqrt() / across}


def behind(mask: Tensor, valid: Tensor):
    """The area below the lesion, as deep as it is high, and the area beside that."""
    above = mask.cumsum(2).clamp(max=1)                           # the lesion and all below it
    height = mask.amax(3, keepdim=True).sum(2, keepdim=True)      # in pixels
    row = torch.arange(mask.shape[2], device=mask.device, dtype=torch.float32).view(1, 1, -1, 1)
    bottom = (mask * row).amax((2, 3), keepdim=True)
    rows = ((row > bottom) & (row <= bottom + height)).float()
    below = above * rows * valid
    return below, rows * (1 - above) * valid


def measure(image: Tensor, mask: Tensor, valid: Tensor):
    """Quantities behind the words, each [N]. image, mask, valid: float32 [N, 1, H, W]."""
    around = (grow(mask, 8) - grow(mask, 2)) * valid
    inner, outer = mask * grow(1 - mask, 3), (grow(mask, 3) - mask) * valid
    inside = mean_in(image, mask)
    step = mean_in(image, outer) - mean_in(image, inner)
    below, beside = behind(mask, valid)
    found = geometry(mask, valid)
    found["edge"] = step.abs() / (spread_in(image, outer) + spread_in(image, inner)).clamp(min=1e-3) * 2
    found["echo"] = inside / mean_in(image, around).clamp(min=0.02)
    found["texture"] = spread_in(image, mask) / inside.clamp(min=0.02)
    found["posterior"] = mean_in(image, below) / mean_in(image, beside).clamp(min=0.02)
    enough = (below.sum((1, 2, 3)) > 20) & (beside.sum((1, 2, 3)) > 20)
    found["posterior"] = torch.where(enough, found["posterior"], torch.ones_like(found["posterior"]))
    return found


def describe(image: Tensor, mask: Tensor, valid: Tensor) -> Tensor:
    """Tokens int64 [N, 6] of what a report would say of the lesion; all 0 where the mask is empty."""
    m = measure(image, mask, valid)

    def choose(*limits) -> Tensor:
        """Index of the first true condition, or of the last word if none is."""
        word = torch.full_like(m["axes"], len(limits))
        for i in range(len(limits) - 1, -1, -1):
            word = torch.where(limits[i], torch.full_like(word, i), word)
        return word.long()

    irregular = m["ellipse"] < IRREGULAR_BELOW
    uneven = (m["texture"] > HETEROGENEOUS_ABOVE) & (m["echo"] >= ANECHOIC_BELOW)
    words = [
        choose(~irregular & (m["axes"] >= ROUND_BELOW), ~irregular),
        choose(m["flat"] > PARALLEL_ABOVE),
        choose(m["edge"] > CIRCUMSCRIBED_ABOVE),
        choose((m["echo"] < ANECHOIC_BELOW), ~uneven & (m["echo"] < HYPO_BELOW),
               ~uneven & (m["echo"] <= HYPER_ABOVE), ~uneven),
        choose((m["posterior"] <= ENHANCEMENT_ABOVE) & (m["posterior"] >= SHADOWING_BELOW),
               m["posterior"] > ENHANCEMENT_ABOVE),
        choose(*[m["size"] < limit for limit in SIZES]),
    ]
    tokens = torch.stack([word + first for word, first in zip(words, FIRST)], 1)
    lesion = mask.sum((1, 2, 3)) > 0
    return tokens * lesion.long().unsqueeze(1)


def forget(tokens: Tensor, silent: float = 0.5, dropped: float = 0.3, mistaken: float = 0.1) -> Tensor:
    """Training's noise on tokens [N, 6]: silence in half of the images, words left out, words mistaken."""
    n = tokens.shape[0]
    other = torch.stack([torch.randint(first, first + len(words), (n,), device=tokens.device)
                         for first, (_, words) in zip(FIRST, LEXICON)], 1)
    stated = tokens > 0
    tokens = torch.where(stated & (torch.rand(tokens.shape, device=tokens.device) < mistaken), other, tokens)
    keep = torch.rand(tokens.shape, device=tokens.device) >= dropped
    speak = torch.rand((n, 1), device=tokens.device) >= silent
    return tokens * (keep & speak).long()


def words_of(tokens) -> dict:
    """One row of tokens in words, by group; groups not stated are absent."""
    return {group: words[int(t) - first] for (group, words), first, t in zip(LEXICON, FIRST, tokens) if int(t) > 0}
