"""Repeated cross-validation of the network, of a Cox model with splines and of Kaplan-Meier, on the same folds.

Everything that is fitted or chosen (knots, centres, clamps, penalties, tertiles) comes from the training rows of
the fold. The Cox model sees the network's features and the columns that the network is not given.
Intervals: 95 %, percentiles of a bootstrap over patients of the out-of-fold predictions; every figure
is computed for each repeat and averaged over the repeats. They hold the spread from the choice of
patients tested, not that from training on other patients. Code: Apache-2.0.
"""
import numpy as np
import torch

from cohorts import load
from cox import Cox
from encoder import Encoder
from metrics import Pairs, brier, calibration, early, integral, kaplan_meier
from network import fit

FOLDS, DRAWS, SEED = 5, 500, 7
NETWORK, COX, BASELINE = "network", "Cox with splines", "Kaplan-Meier"
GROUPS = ("low", "moderate", "high")


def folds(event, seed):
    """Which fold each patient is in, events and others spread evenly."""
    generator = np.random.default_rng(seed)
    fold = np.zeros(len(event), dtype=int)
    for kind in (True, False):
        rows = generator.permutation(np.flatnonzero(event == kind))
        fold[rows] = np.arange(len(rows)) % FOLDS
    return fold


def out_of_fold(cohort, data):
    """Curves {model: [repeats, N, T]}, the risk groups [repeats, N] and what was chosen in each fold."""
    values, unseen, time, event = (torch.as_tensor(a) for a in data)
    times = torch.tensor(cohort.times, dtype=values.dtype)
    everything, columns = torch.cat([values, unseen], 1), cohort.columns + cohort.unseen
    curves = {m: np.zeros((cohort.repeats, len(time), len(times))) for m in (NETWORK, COX, BASELINE)}
    groups, chosen = np.zeros((cohort.repeats, len(time)), dtype=int), []
    for r in range(cohort.repeats):
        fold = folds(event.numpy(), SEED + r)
        for k in range(FOLDS):
            train, test = torch.as_tensor(fold != k), torch.as_tensor(fold == k)
            net, choice = fit(values[train].float(), time[train].float(), event[train], cohort.columns,
                              times.float(), 1000 * (r + 1) + k)
            encoder = Encoder(everything[train], columns)
            cox = Cox(encoder(everything[train]), time[train], event[train])
            single, known = values.float(), torch.ones_like(values).float()
            curves[NETWORK][r, test] = net(single[test], known[test])
            curves[COX][r, test] = cox.survival(encoder(everything[test]), times)
            curves[BASELINE][r, test] = kaplan_meier(time[train].numpy(), event[train].numpy(), times.numpy())[0]
            at = cohort.times.index(cohort.horizons[-1])
            cuts = np.quantile(1 - net(single[train], known[train])[:, at], [1 / 3, 2 / 3])
            groups[r, test] = np.searchsorted(cuts, 1 - curves[NETWORK][r, test, at], side="right")
            chosen.append(choice)
        print(f"{cohort.name}: repeat {r + 1} of {cohort.repeats} done", flush=True)
    return curves, groups, chosen


def figure(sample, digits=4):
    """The first entry is the estimate, the others are bootstrap draws."""
    low, high = np.percentile(sample[1:], [2.5, 97.5])
    return {"estimate": round(float(sample[0]), digits), "low": round(float(low), digits),
            "high": round(float(high), digits)}


def measure(curves, cohort, time, event, weight, pairs):
    """All figures of one model under each row of weights: {name: [B]}"""
    times = np.array(cohort.times, dtype=float)
    total, result = weight.sum(1), []
    for curve in curves:
        found = {"integratedBrier": weight @ integral(brier(curve, times, time, event), times) / total}
        if np.ptp(early(curve, times)) > 0.05:            # Kaplan-Meier ranks nobody
            found["concordance"], found["concordanceUno"] = pairs.indices(early(curve, times), weight)
            for horizon in cohort.horizons:
                risk = 1 - curve[:, cohort.times.index(horizon)]
                large, gap, steep = calibration(risk, horizon, time, event, weight)
                found.update({f"inTheLarge {horizon}": large, f"gap {horizon}": gap, f"slope {horizon}": steep})
        result.append(found)
    return {name: np.mean([found[name] for found in result], axis=0) for name in result[0]}


def by_group(groups, cohort, time, event, weight):
    """Kaplan-Meier at the horizons by risk group, and hazard ratios against the lowest, of the first repeat."""
    group, result = groups[0], {}
    horizons = np.array(cohort.horizons, dtype=float)
    for k, name in enumerate(GROUPS):
        member = group == k
        free = kaplan_meier(time[member], event[member], horizons, weight[:, member])
        result[name] = {"patients": int(member.sum()), "events": int(event[member].sum()),
                        "risk": {str(h): figure(1 - free[:, i]) for i, h in enumerate(cohort.horizons)}}
    dummies = torch.as_tensor(np.stack([group == 1, group == 2], 1).astype(float))
    cox = Cox(dummies, torch.as_tensor(time), torch.as_tensor(event))
    spread = torch.linalg.inv(cox.information).diagonal().sqrt()
    for k, name in enumerate(GROUPS[1:]):
        middle, half = float(cox.beta[k]), 1.959964 * float(spread[k])
        result[name]["hazardRatio"] = {"estimate": round(np.exp(middle), 3), "low": round(np.exp(middle - half), 3),
                                       "high": round(np.exp(middle + half), 3)}
    return result


def subgroup(member, curves, cohort, time, event, weight):
    times, w = np.array(cohort.times, dtype=float), weight[:, member]
    pairs = Pairs(time[member], event[member], times[-1])
    horizon = cohort.horizons[-1]
    index, large = [], []
    for curve in curves[:, member]:
        index.append(pairs.indices(early(curve, times), w)[0])
        risk = 1 - curve[:, cohort.times.index(horizon)]
        large.append(calibration(risk, horizon, time[member], event[member], w)[0])
    return {"patients": int(member.sum()), "events": int(event[member].sum()),
            "concordance": figure(np.mean(index, 0)), f"inTheLarge {horizon}": figure(np.mean(large, 0))}


def evaluate(cohort, path):
    """The whole evaluation as a dictionary for metrics.json."""
    data = load(path, cohort)
    values, _, time, event = data
    curves, groups, chosen = out_of_fold(cohort, data)
    n = len(time)
    draws = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    weight = np.concatenate([np.ones((1, n)), draws])
    pairs = Pairs(time, event, cohort.times[-1])
    sample = {m: measure(c, cohort, time, event, weight, pairs) for m, c in curves.items()}
    column = [c.name for c in cohort.columns]
    return {
        "patients": n, "events": int(event.sum()), "repeats": cohort.repeats, "folds": FOLDS, "bootstrapDraws": DRAWS,
        "chosenPenalties": {str(list(c)): chosen.count(c) for c in sorted(set(chosen))},
        "models": {m: {k: figure(v) for k, v in s.items()} for m, s in sample.items()},
        "networkMinus": {m: {k: figure(sample[NETWORK][k] - v) for k, v in sample[m].items()
                             if not k.startswith(("inTheLarge", "slope"))} for m in (COX, BASELINE)},
        "riskGroups": by_group(groups, cohort, time, event, weight),
        "subgroups": {name: subgroup((values[:, column.index(c)] >= low) & (values[:, column.index(c)] < below),
                                     curves[NETWORK], cohort, time, event, weight)
                      for name, c, low, below in cohort.groups},
    }
