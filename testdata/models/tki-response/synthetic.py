"""Synthetic (made-up) slides and patients with a planted signal. No real slide and no real patient is behind them.

A slide is a grid of 8 x 8 cells of 64 x 64 pixels at 0.5 micrometres, 12 to 40 of which hold tissue:
a pink ground with nuclei. Some cells are *crowds*: many small dark nuclei, as lymphocytes look. Half of
the patients have two to five of them, and only they tell about the response. Other cells, in
everybody, hold few large nuclei of the same colour that cover about as much (*decoys*), so that
neither colour nor darkness gives the crowds away.

The log odds of response are a sum over the variables (variables.py) plus 1.3 with crowds and minus 1.3
without. Months to progression follow a Weibull law whose scale rises with the same sum, and
follow-up ends by chance. Code: Apache-2.0.
"""
from dataclasses import dataclass

import numpy as np

from variables import AGE, ANSWERED, COLUMNS, FLAGS, NUMBERS

CELLS, SIDE = 8, 64
ORDINARY, DECOY, CROWD = 0, 1, 2
# Nuclei per cell, their radius, both from and to (pixels).
NUCLEI = {ORDINARY: ((3, 8), (3.0, 4.5)), DECOY: ((6, 9), (4.8, 6.2)), CROWD: ((22, 30), (2.4, 3.2))}
SLIDE_EFFECT = 1.3
SHAPE, SCALE, STRETCH = 1.3, 9.0, 0.45
BACKGROUND = 243


@dataclass
class Slide:
    """places [T, 2]: column and row of each cell with tissue; kinds [T]; tiles [T, 64, 64, 3] of 0 to 255."""
    places: np.ndarray
    kinds: np.ndarray
    tiles: np.ndarray

    def picture(self, random):
        """The whole slide [512, 512, 3], with glass where no tissue is."""
        glass = random.normal(BACKGROUND, 1.5, (CELLS * SIDE, CELLS * SIDE, 1))
        whole = np.clip(np.repeat(glass, 3, 2), 0, 255).astype(np.uint8)
        for (column, row), tile in zip(self.places, self.tiles):
            whole[row * SIDE:(row + 1) * SIDE, column * SIDE:(column + 1) * SIDE] = tile
        return whole


@dataclass
class Patient:
    """values, known [columns]; response 0 or 1; months to progression, as they are and as followed; progressed 0 or 1."""
    slide: Slide
    values: np.ndarray
    known: np.ndarray
    odds: float
    response: int
    true_months: float
    months: float
    progressed: int


def disc(tile, x, y, radius, colour):
    """Paint a nucleus with a soft edge."""
    left, top = max(0, int(x - radius - 1)), max(0, int(y - radius - 1))
    right, bottom = min(SIDE, int(x + radius + 2)), min(SIDE, int(y + radius + 2))
    rows, columns = np.mgrid[top:bottom, left:right]
    cover = np.clip(radius + 0.5 - np.hypot(columns - x, rows - y), 0, 1)[..., None]
    part = tile[top:bottom, left:right]
    part += cover * (colour - part)


def paint(kind, stain, random):
    """One cell of tissue [64, 64, 3]."""
    coarse = random.normal(0, 7, (9, 9, 1))
    texture = np.repeat(np.repeat(coarse, 8, 0), 8, 1)[:SIDE, :SIDE]
    tile = np.array([226.0, 168.0, 200.0]) + stain + texture + random.normal(0, 4, (SIDE, SIDE, 3))
    (fewest, most), (smallest, largest) = NUCLEI[kind]
    for _ in range(random.integers(fewest, most + 1)):
        x, y = random.uniform(2, SIDE - 2, 2)
        disc(tile, x, y, random.uniform(smallest, largest), np.array([88.0, 56.0, 136.0]) + stain + random.normal(0, 8, 3))
    return np.clip(tile, 0, 255).astype(np.uint8)


def slide(crowded, random):
    """Tissue grows from the middle, cell by cell."""
    count = int(random.integers(12, 41))
    grown = {(3, 3)}
    while len(grown) < count:
        column, row = list(grown)[random.integers(len(grown))]
        across, down = [(1, 0), (-1, 0), (0, 1), (0, -1)][random.integers(4)]
        if 0 <= column + across < CELLS and 0 <= row + down < CELLS:
            grown.add((column + across, row + down))
    places = np.array(sorted(grown, key=lambda place: (place[1], place[0])))
    kinds = np.full(count, ORDINARY)
    order = random.permutation(count)
    crowds = int(random.integers(2, 6)) if crowded else 0
    kinds[order[:crowds]] = CROWD
    kinds[order[crowds:crowds + random.integers(0, 6)]] = DECOY
    stain = random.normal(0, 6, 3)
    return Slide(places, kinds, np.stack([paint(kind, stain, random) for kind in kinds]))


def variables(random):
    """values and known [columns], and what they add to the log odds. Sick people are sick in several ways: one factor is shared."""
    shared = random.normal()
    # A slide has no number: it is 0, as the server gives it, and known or not.
    values, odds = [0.0], 0.0
    _, _, mean, deviation, low, high = AGE
    values.append(float(np.clip(random.normal(mean, deviation), low, high)))
    values.append(float(random.integers(2)))
    for _, _, _, mean, deviation, low, high, weight in NUMBERS:
        z = 0.4 * np.sign(weight) * shared + np.sqrt(1 - 0.16) * random.normal() if weight else random.normal()
        value = float(np.clip(mean + deviation * z, low, high))
        values.append(value)
        odds += weight * (value - mean) / deviation
    for name, _, share, weight in FLAGS:
        value = float(random.random() < share)
        values.append(value)
        odds += weight * (value - share)
    known = np.ones(len(COLUMNS), np.float32)
    rate = random.uniform(0.0, 0.5)
    hidden = random.random(len(COLUMNS)) < rate
    always = ["slide", "age", "sex"] + [row[0] for row in FLAGS if row[0] not in ANSWERED]
    hidden[[COLUMNS.index(name) for name in always]] = False
    known[hidden] = 0
    return np.array(values, np.float32), known, odds


def patient(random):
    crowded = bool(random.random() < 0.5)
    values, known, odds = variables(random)
    odds += SLIDE_EFFECT if crowded else -SLIDE_EFFECT
    true_months = SCALE * np.exp(STRETCH * odds) * random.weibull(SHAPE)
    followed = random.uniform(4, 40)
    return Patient(slide(crowded, random), values, known, odds, int(random.random() < 1 / (1 + np.exp(-odds))),
                   true_months, min(true_months, followed), int(true_months <= followed))


def cohort(count, seed):
    """Each patient has a seed of their own, so that a larger cohort begins with the smaller one."""
    return [patient(np.random.default_rng([seed, number])) for number in range(count)]
