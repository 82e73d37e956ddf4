"""Sum up the rows that a model of inputs was trained on, for `training.json` beside its card.

What is written holds no row: how often each input and the model's answers fell where, and means,
spreads and correlations of the numbers. The server tells by it how far a patient is from those of
the training, and how far its patients have drifted from them. Code: Apache-2.0.

The score of a row is its Mahalanobis distance over the numbers that are known, on a scale that does not
depend on how many these are (Wilson and Hilferty, PNAS 1931;17:684-8): about standard normal, were the
numbers normal. The threshold is the score that one in 200 rows of the training exceeds, each row
scored by the nine tenths it does not belong to.
"""
import json

import numpy as np

FOLDS, BEYOND, TENTHS, SEED = 10, 0.995, 10, 20261128


def distance(values, mean, spread, correlation):
    """values [N, K], NaN where not known -> scores [N]; NaN where nothing is known."""
    scores = np.full(len(values), np.nan)
    standard = (values - mean) / spread
    for i, row in enumerate(standard):
        known = np.flatnonzero(~np.isnan(row))
        k = len(known)
        if k:
            x = row[known]
            squared = x @ np.linalg.solve(correlation[np.ix_(known, known)], x)
            scores[i] = ((squared / k) ** (1 / 3) - (1 - 2 / (9 * k))) / np.sqrt(2 / (9 * k))
    return scores


def spread_of(values):
    """Mean, standard deviation and correlation of the rows that know all numbers."""
    complete = values[~np.isnan(values).any(1)]
    return complete.mean(0), complete.std(0, ddof=1), np.atleast_2d(np.corrcoef(complete, rowvar=False))


def distance_summary(values, names, logarithm):
    """values [N, K] of numbers; logarithm: the names of which log(1 + x) is taken."""
    values = values.copy()
    for j, name in enumerate(names):
        if name in logarithm:
            values[:, j] = np.log1p(values[:, j])
    fold = np.random.default_rng(SEED).permutation(len(values)) % FOLDS
    scores = np.concatenate([distance(values[fold == f], *spread_of(values[fold != f])) for f in range(FOLDS)])
    mean, spread, correlation = spread_of(values)
    return {"inputs": [{"name": name, "scale": "logarithm" if name in logarithm else "identity",
                        "mean": number(mean[j]), "deviation": number(spread[j])} for j, name in enumerate(names)],
            "correlation": [[number(c) for c in row] for row in correlation],
            "threshold": number(np.nanquantile(scores, BEYOND))}


def number(x):
    return float(f"{float(x):.6g}")


def distribution(column, categories=None):
    """Shares of the known values by category, or between the tenths."""
    known = column[~np.isnan(column)]
    if categories:
        edges = {"categories": list(categories)}
        place = known.astype(int)
        bins = len(categories)
    else:
        cuts = sorted({number(q) for q in np.quantile(known, np.arange(1, TENTHS) / TENTHS)})
        edges = {"edges": cuts}
        place = np.searchsorted(cuts, known, side="right")
        bins = len(cuts) + 1
    shares = np.bincount(place, minlength=bins) / len(known)
    return {**edges, "shares": [number(s) for s in shares], "missing": number(np.isnan(column).mean())}


def write(path, columns, values, answers):
    """Write the summary.

    columns: (name, categories or None, whether its logarithm is taken); values [N, columns], NaN where missing;
    answers [N]: what the trained model says of these rows.
    """
    numbers = [j for j, (_, categories, _) in enumerate(columns) if not categories]
    summary = {"rows": len(values),
               "inputs": [{"name": name, **distribution(values[:, j], categories)}
                          for j, (name, categories, _) in enumerate(columns)],
               "output": distribution(answers),
               "distance": distance_summary(values[:, numbers], [columns[j][0] for j in numbers],
                                            {name for name, _, logarithm in columns if logarithm})}
    with open(path, "w") as f:
        json.dump(summary, f, indent=1)
        f.write("\n")
