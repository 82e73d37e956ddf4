"""Repeated stratified cross-validation of the network and of two ordinary baselines.

All models see the same folds. Nothing is tuned on a held-out fold: the settings of the network and
of boosting are fixed, and the network's Platt scale and the penalty of the logistic regression come
from folds inside the training rows. Every scenario hides some inputs at test time; the baselines
then see the median of the training rows (and the logistic regression its missing indicators).
`logistic regression, refitted` is trained without the hidden inputs: what one could do knowing in
advance which inputs will be missing, so a bar for what the remaining inputs can say.

Intervals: 95 %, percentiles of a bootstrap over patients of the out-of-fold predictions. A metric is
computed for each repeat and averaged over the repeats. The intervals hold the spread from the choice
of patients tested, not that from training on other patients. Code: Apache-2.0.
"""
import numpy as np
import torch
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

REPEATS, FOLDS, DRAWS, SEED = 5, 10, 2000, 7
METRICS = ("auroc", "brier", "logLoss", "calibrationSlope", "calibrationIntercept")
NETWORK, LOGISTIC = "network", "logistic regression"
BOOSTING, REFITTED = "gradient boosting", "logistic regression, refitted"


def logistic_regression(columns, one_hot):
    """L2 logistic regression on the given columns of x [N, 13]; penalty by inner 5-fold log loss."""
    median = SimpleImputer(strategy="median", add_indicator=True)
    numeric = make_pipeline(median, StandardScaler())
    coded = make_pipeline(median, OneHotEncoder(handle_unknown="ignore"))
    inner = StratifiedKFold(5, shuffle=True, random_state=SEED)
    return make_pipeline(
        ColumnTransformer([("numeric", numeric, [c for c in columns if c not in one_hot]),
                           ("coded", coded, [c for c in columns if c in one_hot])]),
        LogisticRegressionCV(Cs=np.logspace(-2, 1, 7), cv=inner, scoring="neg_log_loss",
                             max_iter=2000))


def boosting():
    return make_pipeline(SimpleImputer(strategy="median"), HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=100, max_leaf_nodes=8, min_samples_leaf=10,
        l2_regularization=1.0, early_stopping=False, random_state=SEED))


def out_of_fold(values, known, target, fit, scenarios, one_hot):
    """Predictions {scenario: {model: [REPEATS, N]}}, each row predicted by models not shown it."""
    n, columns = values.shape
    everything = list(range(columns))
    x = np.where(known > 0, values, np.nan)
    result = {s: {m: np.zeros((REPEATS, n)) for m in (NETWORK, LOGISTIC, BOOSTING, REFITTED)}
              for s in scenarios}
    for r in range(REPEATS):
        split = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED + r).split(x, target)
        for f, (train, test) in enumerate(split):
            net = fit(values[train], known[train], target[train], seed=1000 * (r + 1) + f)
            usual = {LOGISTIC: logistic_regression(everything, one_hot), BOOSTING: boosting()}
            for model in usual.values():
                model.fit(x[train], target[train])
            for scenario, hidden in scenarios.items():
                k, seen = known[test].copy(), x[test].copy()
                k[:, hidden], seen[:, hidden] = 0.0, np.nan
                with torch.no_grad():
                    p = net(torch.as_tensor(values[test]), torch.as_tensor(k))
                result[scenario][NETWORK][r, test] = p.squeeze(-1).numpy()
                for name, model in usual.items():
                    result[scenario][name][r, test] = model.predict_proba(seen)[:, 1]
                bar = usual[LOGISTIC]
                if hidden:
                    left = [c for c in everything if c not in hidden]
                    bar = logistic_regression(left, one_hot).fit(x[train], target[train])
                result[scenario][REFITTED][r, test] = bar.predict_proba(seen)[:, 1]
        print(f"repeat {r + 1} of {REPEATS} done", flush=True)
    return result


def auroc(p, y, weight):
    """AUROC of p [N] under each row of bootstrap weights [B, N] -> [B]"""
    a, b = p[y == 1][:, None], p[y == 0][None, :]
    order = (a > b) + 0.5 * (a == b)
    case, control = weight[:, y == 1], weight[:, y == 0]
    return ((case @ order) * control).sum(1) / (case.sum(1) * control.sum(1))


def calibration(p, y, weight):
    """Slope [B], and intercept [B] with the slope held at 1 (calibration in the large)."""
    x = np.log(p / (1 - p))
    a, b, large = np.ones((len(weight), 1)), np.zeros((len(weight), 1)), np.zeros((len(weight), 1))
    for _ in range(15):                                              # Newton
        q = 1 / (1 + np.exp(-np.clip(a * x + b, -30, 30)))
        w, e = weight * q * (1 - q), weight * (y - q)
        ga, gb = (e * x).sum(1, keepdims=True), e.sum(1, keepdims=True)
        haa, hab, hbb = ((w * t).sum(1, keepdims=True) for t in (x * x, x, np.ones_like(x)))
        det = haa * hbb - hab ** 2
        a, b = a + (hbb * ga - hab * gb) / det, b + (haa * gb - hab * ga) / det
        q = 1 / (1 + np.exp(-(x + large)))
        large = large + (weight * (y - q)).sum(1, keepdims=True) \
            / (weight * q * (1 - q)).sum(1, keepdims=True)
    return a[:, 0], large[:, 0]


def measure(predictions, y, weight):
    """Metrics of predictions [REPEATS, N] averaged over repeats: {metric: [B]}"""
    total = weight.sum(1)
    rows = []
    for p in np.clip(predictions, 1e-6, 1 - 1e-6):
        loss = -(y * np.log(p) + (1 - y) * np.log(1 - p))
        rows.append((auroc(p, y, weight), weight @ (p - y) ** 2 / total, weight @ loss / total,
                     *calibration(p, y, weight)))
    return {m: np.mean([row[i] for row in rows], axis=0) for i, m in enumerate(METRICS)}


def interval(sample):
    """The first entry is the estimate, the others are bootstrap draws."""
    low, high = np.percentile(sample[1:], [2.5, 97.5])
    return {"estimate": round(float(sample[0]), 4), "low": round(float(low), 4),
            "high": round(float(high), 4)}


def evaluate(values, known, target, fit, scenarios, one_hot, groups):
    """The whole evaluation as a dictionary for metrics.json.

    scenarios: {name: hidden columns}; one_hot: columns; groups: {name: bool [N]}.
    """
    predictions = out_of_fold(values, known, target, fit, scenarios, one_hot)
    n = len(target)
    draws = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    weight = np.concatenate([np.ones((1, n)), draws])
    result = {"patients": n, "cases": int(target.sum()), "repeats": REPEATS, "folds": FOLDS,
              "bootstrapDraws": DRAWS, "scenarios": {}}
    for scenario, by_model in predictions.items():
        sample = {m: measure(p, target, weight) for m, p in by_model.items()}
        entry = {"models": {m: {k: interval(v) for k, v in s.items()} for m, s in sample.items()},
                 "networkMinus": {m: {k: interval(sample[NETWORK][k] - s[k])
                                      for k in ("auroc", "brier", "logLoss")}
                                  for m, s in sample.items() if m != NETWORK},
                 "networkBySubgroup": {}}
        for group, member in groups.items():
            y, p, w = target[member], by_model[NETWORK][:, member], weight[:, member]
            scores = measure(p, y, w)
            entry["networkBySubgroup"][group] = {
                "patients": int(member.sum()), "cases": int(y.sum()),
                "meanPrediction": round(float(p.mean()), 4),
                "auroc": interval(scores["auroc"]), "brier": interval(scores["brier"]),
                "calibrationIntercept": interval(scores["calibrationIntercept"])}
        result["scenarios"][scenario] = entry
    return result
