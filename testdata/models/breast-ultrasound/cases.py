"""What descriptors.py measures on synthetic lesions, as a table that the Java side is compared with.

python3 testdata/models/breast-ultrasound/cases.py > plugin/imaging/src/test/resources/org/auspex/imaging/measures/cases.csv

A lesion is an ellipse (middle row and column, half height, half width), with a bar (first row and column, last row and column)
added to it; grey is a fixed pattern, multiplied inside by one factor (a negative one: in every other column) and below the
lesion by another. Columns outside of `left` to `right` are border.
"""
import torch

from descriptors import LEXICON, describe, measure, words_of

SIDE = 160
COLUMNS = ["row", "column", "high", "wide", "bar1", "bar2", "bar3", "bar4", "inside", "below", "left", "right"]
CASES = [
    (80, 80, 20, 40, 0, 0, 0, 0, 0.5, 1.0, 0, 160),        # oval, hypoechoic
    (60, 70, 25, 25, 0, 0, 0, 0, 0.1, 1.6, 20, 140),       # round, anechoic, enhancement, borders
    (70, 80, 30, 14, 55, 40, 62, 120, 0.9, 0.4, 0, 160),   # taller than wide, a bar through it, shadow
    (120, 40, 45, 30, 100, 60, 110, 150, 1.4, 1.0, 10, 150),  # reaches the lower edge, hyperechoic
    (20, 140, 6, 9, 0, 0, 0, 0, 1.0, 1.0, 0, 160),         # small, at the right edge, isoechoic
    (80, 80, 1, 1, 0, 0, 0, 0, 0.7, 1.0, 0, 160),          # five pixels
    (80, 80, 20, 40, 0, 0, 0, 0, -0.1, 1.0, 0, 160),       # striped: heterogeneous
]


def scene(case):
    """image, mask, valid: float32 [1, 1, 160, 160]."""
    row, column, high, wide, bar1, bar2, bar3, bar4, inside, below, left, right = case
    r = torch.arange(SIDE, dtype=torch.float64).view(-1, 1)
    c = torch.arange(SIDE, dtype=torch.float64).view(1, -1)
    mask = ((r - row) / high) ** 2 + ((c - column) / wide) ** 2 <= 1
    if bar3 > 0:
        mask |= (r >= bar1) & (r <= bar3) & (c >= bar2) & (c <= bar4)
    valid = ((c >= left) & (c < right)).expand(SIDE, SIDE)
    mask &= valid
    grey = 0.3 + ((3 * r * r + 7 * c + 5 * r * c) % 101) / 400
    shaded = mask.long().cumsum(0).clamp(max=1).bool() & ~mask
    factor = torch.where((c % 2 == 0) | torch.tensor(inside > 0), abs(inside), 1.0)
    grey = torch.where(mask, grey * factor, torch.where(shaded, grey * below, grey)) * valid
    return tuple(t.float().view(1, 1, SIDE, SIDE) for t in (grey.clamp(max=1), mask, valid))


if __name__ == "__main__":
    names = ["axes", "ellipse", "flat", "size", "edge", "echo", "texture", "posterior"]
    print(",".join(COLUMNS + names + [group for group, _ in LEXICON]))
    for case in CASES:
        image, mask, valid = scene(case)
        numbers = measure(image, mask, valid)
        words = words_of(describe(image, mask, valid)[0])
        print(",".join([str(v) for v in case] + ["%.5f" % numbers[n].item() for n in names]
                       + [words[group] for group, _ in LEXICON]))
