"""What tki-response is worth on made-up patients whom it was not trained on.

Every figure has a 95 % interval from 2000 bootstrap draws over the held-out patients; differences are paired. The signal
was planted by synthetic.py, so these figures say that the network finds what was planted, and nothing about real slides
or patients. Code: Apache-2.0.
"""
import io
import warnings

import numpy as np
import torch
from PIL import Image
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegressionCV
from sklearn.preprocessing import StandardScaler

from network import TIMES
from synthetic import CROWD, DECOY
from variables import COLUMNS

DRAWS = 2000


def auroc(score, truth):
    ones = truth > 0.5
    if ones.all() or not ones.any():
        return np.nan
    ranks = rankdata(score)
    return (ranks[ones].sum() - ones.sum() * (ones.sum() + 1) / 2) / (ones.sum() * (~ones).sum())


def brier(probability, truth):
    return np.mean((probability - truth) ** 2)


def concordance(risk, months, progressed):
    """Of the pairs of whom it is known who progressed first (a tie in time is none), in how many that one had the higher risk; ties count half."""
    first = (months[:, None] < months[None, :]) & (progressed[:, None] > 0.5)
    higher = (risk[:, None] > risk[None, :]) + 0.5 * (risk[:, None] == risk[None, :])
    return (first * higher).sum() / first.sum()


def interval(statistic, *columns):
    """The statistic with its interval: columns are one number for each patient."""
    columns = [np.asarray(column, float) for column in columns]
    random = np.random.default_rng(1)
    count = len(columns[0])
    draws = []
    for _ in range(DRAWS):
        drawn = random.integers(0, count, count)
        draws.append(statistic(*(column[drawn] for column in columns)))
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return [round(float(x), 4) for x in (statistic(*columns), low, high)]


def quantile(free, level):
    """Months after which a curve [14] has fallen to a level, straight between its times; the end of the curve if it has not."""
    times, free = np.concatenate([[0], TIMES]), np.concatenate([[1], free])
    if free[-1] > level:
        return float(times[-1])
    i = int(np.argmax(free <= level))
    return float(times[i - 1] + (times[i] - times[i - 1]) * (free[i - 1] - level) / (free[i - 1] - free[i]))


class Said:
    """What a network says about each of the patients: response [N], free [N, 14], attention, a list of [T]."""

    def __init__(self, net, patients, show=lambda known: known, tiles_of=lambda p: p.slide.tiles):
        self.response, self.free, self.attention = [], [], []
        for p in patients:
            known = torch.tensor(show(p.known.copy()))[None]
            tiles = torch.tensor(tiles_of(p)).permute(0, 3, 1, 2).float()
            with torch.no_grad():
                response, free, attention = net(tiles[None], torch.tensor(p.values)[None], known)
            self.response.append(float(response))
            self.free.append(free[0].numpy())
            self.attention.append(attention[0].numpy())
        self.response = np.array(self.response)
        self.median = np.array([quantile(free, 0.5) for free in self.free])
        self.risk = np.array([1 - free[TIMES.index(12)] for free in self.free])


def no_slide(known):
    known[0] = 0
    return known


def no_variables(known):
    known[1:] = 0
    return known


def half_unknown(known):
    random = np.random.default_rng(int(known.sum() * 1009 + np.flatnonzero(known < 0.5).sum()))
    known[3:] *= (random.random(len(known) - 3) >= 0.5)
    return known


def compressed(patient):
    """The tiles as JPEG at quality 90, one by one."""
    tiles = []
    for tile in patient.slide.tiles:
        file = io.BytesIO()
        Image.fromarray(tile).save(file, "JPEG", quality=90)
        tiles.append(np.asarray(Image.open(file)))
    return np.stack(tiles)


def logistic(rows, patients):
    """Logistic regression on the variables, the training median where one is unknown and an indicator of it."""
    median = np.array([np.median(rows.values[:, j][rows.known[:, j] > 0.5]) for j in range(len(COLUMNS))])

    def table(values, known):
        return np.hstack([np.where(known > 0.5, values, median), known])
    scale = StandardScaler().fit(table(rows.values.numpy(), rows.known.numpy()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegressionCV(Cs=10, cv=5, scoring="neg_log_loss", max_iter=2000).fit(
            scale.transform(table(rows.values.numpy(), rows.known.numpy())), rows.response.numpy())
    values, known = (np.stack([getattr(p, name) for p in patients]) for name in ("values", "known"))
    return model.predict_proba(scale.transform(table(values, known)))[:, 1]


def calibration(probability, truth):
    """Slope and intercept of a logistic recalibration, by Newton's method."""
    x = np.stack([np.ones(len(truth)), np.log(np.clip(probability, 1e-6, 1 - 1e-6) / np.clip(1 - probability, 1e-6, 1))], 1)
    b = np.zeros(2)
    for _ in range(20):
        p = 1 / (1 + np.exp(-x @ b))
        b += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]), x.T @ (truth - p))
    return b


def attention(said, patients):
    """How well attention tells planted tiles from others, in the patients who have any."""
    with_crowds = [(a, p.slide) for a, p in zip(said.attention, patients) if (p.slide.kinds == CROWD).any()]
    planted = [s.kinds == CROWD for _, s in with_crowds]
    weights = [a for a, _ in with_crowds]
    dark = [-s.tiles.reshape(len(s.tiles), -1).mean(1) for _, s in with_crowds]
    each = {
        "AUROC of attention, planted tiles against the others": [auroc(a, p) for a, p in zip(weights, planted)],
        "AUROC of darkness, the baseline": [auroc(d, p) for d, p in zip(dark, planted)],
        "share of attention on planted tiles": [a[p].sum() for a, p in zip(weights, planted)],
        "share of tiles that are planted, what even attention would give": [p.mean() for p in planted],
        "share of attention on decoys": [a[s.kinds == DECOY].sum() for a, s in with_crowds],
        "the tile looked at most is planted": [float(p[a.argmax()]) for a, p in zip(weights, planted)],
    }
    return {"slides": len(with_crowds), **{name: interval(np.mean, values) for name, values in each.items()}}


def evaluate(net, averaging, rows, patients):
    response = np.array([p.response for p in patients], float)
    months, progressed = np.array([p.months for p in patients]), np.array([p.progressed for p in patients], float)
    true_months = np.array([p.true_months for p in patients])
    odds = np.array([p.odds for p in patients])
    shown = {
        "both": Said(net, patients),
        "both, slide as JPEG at quality 90": Said(net, patients, tiles_of=compressed),
        "both, half of the known variables hidden": Said(net, patients, half_unknown),
        "slide only": Said(net, patients, no_variables),
        "variables only": Said(net, patients, no_slide),
        "nothing": Said(net, patients, lambda known: known * 0),
        "tiles averaged instead of attended to, both": Said(averaging, patients),
        "tiles averaged instead of attended to, slide only": Said(averaging, patients, no_variables),
    }
    figures = {}
    for name, said in shown.items():
        slope = [interval(lambda p, t, k=k: calibration(p, t)[k], said.response, response) for k in (1, 0)] \
            if name != "nothing" else None
        figures[name] = {
            "AUROC of response": interval(auroc, said.response, response),
            "Brier score of response": interval(brier, said.response, response),
            "calibration slope, intercept": slope,
            "concordance of progression": interval(concordance, said.risk, months, progressed),
            "mean absolute error of the median, months": interval(np.mean, np.abs(said.median - np.minimum(true_months, TIMES[-1]))),
        }
    regression = logistic(rows, patients)
    prevalence = np.full(len(patients), float(rows.response.mean()))
    figures["baseline: logistic regression on the variables"] = {
        "AUROC of response": interval(auroc, regression, response),
        "Brier score of response": interval(brier, regression, response),
        "concordance of progression": interval(concordance, 1 - regression, months, progressed)}
    figures["baseline: the same for everybody"] = {
        "AUROC of response": [0.5, 0.5, 0.5],
        "Brier score of response": interval(brier, prevalence, response),
        "mean absolute error of the median, months":
            interval(np.mean, np.abs(overall_median(rows) - np.minimum(true_months, TIMES[-1])))}
    figures["bound: the odds that the patients were made with"] = {
        "AUROC of response": interval(auroc, odds, response),
        "Brier score of response": interval(brier, 1 / (1 + np.exp(-odds)), response),
        "concordance of progression": interval(concordance, -odds, months, progressed)}
    both = shown["both"]
    differences = {}
    for name, other in [("slide only", shown["slide only"].response), ("variables only", shown["variables only"].response),
                        ("tiles averaged", shown["tiles averaged instead of attended to, both"].response),
                        ("logistic regression", regression)]:
        differences[f"AUROC of response, both minus {name}"] = interval(
            lambda a, b, t: auroc(a, t) - auroc(b, t), both.response, other, response)
    differences["AUROC of response, slide only: attention minus averaging"] = interval(
        lambda a, b, t: auroc(a, t) - auroc(b, t), shown["slide only"].response,
        shown["tiles averaged instead of attended to, slide only"].response, response)
    differences["AUROC of response, variables only minus logistic regression"] = interval(
        lambda a, b, t: auroc(a, t) - auroc(b, t), shown["variables only"].response, regression, response)
    covered = {}
    for name in ("both", "slide only", "variables only"):
        said = shown[name]
        inside = [quantile(free, 0.75) <= t <= quantile(free, 0.25) or (free[-1] > 0.25 and t >= quantile(free, 0.75))
                  for free, t in zip(said.free, true_months)]
        covered[name] = interval(np.mean, inside)
    return {"patients": {"training": len(rows), "held out": len(patients), "response": round(float(response.mean()), 4),
                         "progressed": round(float(progressed.mean()), 4)},
            "figures": figures, "differences": differences,
            "months between the quartiles of the curve, which should hold half of the true months": covered,
            "attention": {"both": attention(both, patients),
                          "slide as JPEG at quality 90": attention(shown["both, slide as JPEG at quality 90"], patients)}}


def overall_median(rows):
    """Kaplan and Meier's median of the training patients, in months."""
    months, progressed = rows.months.numpy(), rows.progressed.numpy()
    order = np.argsort(months)
    at_risk = len(months) - np.arange(len(months))
    free = np.cumprod(1 - progressed[order] / at_risk)
    return float(months[order][np.argmax(free <= 0.5)])
