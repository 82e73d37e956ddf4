"""Figures with 95 % intervals from the test results of breast-ultrasound networks.

    /usr/bin/python3 testdata/models/breast-ultrasound/metrics.py --results results.npz [more.npz ...] --out metrics.json

Intervals: bootstrap over image clusters. They hold the luck of the test images, not that of training.
Results of several folds are pooled: every image is tested once, by a network that saw nothing of its
cluster. AUROC over pooled folds compares probabilities of different networks; that is a stern way.
"""
import argparse
import json

import numpy as np

SEED, DRAWS = 20261127, 2000
CLASS_BINS = 10                  # equal-width bins of the malignancy probability
SMALL, LARGE = 0.03, 0.12        # lesion's share of the scan: bounds of the subgroups
SPOT = 0.005                     # share of the scan that counts as a lesion found in a normal image


def weights(cluster: np.ndarray) -> np.ndarray:
    """[1 + DRAWS, N]: how often each image counts; the first row is the data as they are."""
    names, place = np.unique(cluster, return_inverse=True)
    generator = np.random.default_rng(SEED)
    draws = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    return np.concatenate([np.ones((1, len(cluster))), draws[:, place]]).astype(float)


def mean(value: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted means [B] of value [N]."""
    return weight @ value / np.maximum(weight.sum(1), 1e-9)


def auroc(p: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Area under the ROC curve [B] of p [N] for y [N] (bool), ties half."""
    case, control = weight[:, y], weight[:, ~y]
    order = (p[y][:, None] > p[~y][None]) + 0.5 * (p[y][:, None] == p[~y][None])
    total = case.sum(1) * control.sum(1)
    return ((case @ order) * control).sum(1) / np.where(total > 0, total, np.nan)


def expected_calibration_error(bins: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """[B] from bins [N, bins, 3] of count, sum of probability, sum of target (Naeini 2015)."""
    count, stated, seen = (weight @ bins[:, :, i] for i in range(3))
    return np.abs(stated - seen).sum(1) / np.maximum(count.sum(1), 1e-9)


def class_bins(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """One image, one prediction, in the form that `expected_calibration_error` takes."""
    bins = np.zeros((len(p), CLASS_BINS, 3))
    place = np.minimum((p * CLASS_BINS).astype(int), CLASS_BINS - 1)
    bins[np.arange(len(p)), place] = np.stack([np.ones(len(p)), p, y], 1)
    return bins


def interval(sample: np.ndarray) -> dict:
    """The first entry is the estimate, the others are bootstrap draws."""
    low, high = np.nanpercentile(sample[1:], [2.5, 97.5])
    return {"estimate": round(float(sample[0]), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def samples(r: dict, weight: np.ndarray) -> dict:
    """{metric: [B]} of one variant's results: arrays with a row for each test image."""
    lesion, malignant, normal = r["label"] > 0, r["label"] == 2, r["label"] == 0
    of_lesions = weight * lesion
    return {
        "dice": mean(r["dice"], of_lesions), "iou": mean(r["iou"], of_lesions),
        "auroc": auroc(r["malignancy"][lesion], malignant[lesion], weight[:, lesion]),
        "aurocAllImages": auroc(r["malignancy"], malignant, weight),
        "aurocLesionPresent": auroc(r["lesion"], lesion, weight),
        "brier": mean((r["malignancy"] - malignant) ** 2, weight),
        "eceClass": expected_calibration_error(class_bins(r["malignancy"], malignant), weight),
        "eceClassUncalibrated": expected_calibration_error(class_bins(r["malignancy-raw"], malignant), weight),
        "ecePixel": expected_calibration_error(r["bins"], weight),
        "ecePixelUncalibrated": expected_calibration_error(r["bins-raw"], weight),
        "ecePixelNearLesion": expected_calibration_error(r["bins-near"], weight),
        "normalMarked": mean((r["found"] > SPOT).astype(float), weight * normal),
        "lesionMissed": mean((r["dice"] < 0.1).astype(float), of_lesions),
    }


def subgroups(r: dict, weight: np.ndarray) -> dict:
    """Dice, and where it can be had AUROC, by label and size of the lesion."""
    lesion, malignant = r["label"] > 0, r["label"] == 2
    groups = {"benign": r["label"] == 1, "malignant": malignant,
              f"lesion below {SMALL:.0%} of the scan": lesion & (r["area"] < SMALL),
              f"{SMALL:.0%} to {LARGE:.0%}": lesion & (r["area"] >= SMALL) & (r["area"] < LARGE),
              f"above {LARGE:.0%}": lesion & (r["area"] >= LARGE)}
    found = {}
    for name, member in groups.items():
        if member.sum() < 2:
            continue
        found[name] = {"images": int(member.sum()), "dice": interval(mean(r["dice"], weight * member))}
        if 0 < malignant[member].sum() < member.sum():
            found[name]["auroc"] = interval(auroc(r["malignancy"][member], malignant[member], weight[:, member]))
    return found


def read(paths) -> dict:
    """{variant: {fold: {field: array}}} of files written by train.py."""
    results: dict = {}
    for path in paths:
        with np.load(path) as stored:
            for key in stored.files:
                variant, fold, field = key.split("/")
                results.setdefault(variant, {}).setdefault(int(fold), {})[field] = stored[key]
    return results


def pooled(by_fold: dict, folds) -> dict:
    return {field: np.concatenate([by_fold[f][field] for f in folds]) for field in by_fold[folds[0]]}


def summary(results: dict, folds) -> dict:
    """Figures of all variants over these folds, and paired differences of the full model."""
    pools = {variant: pooled(by_fold, folds) for variant, by_fold in results.items()
             if all(f in by_fold for f in folds)}
    if not pools:
        return {}
    first = next(iter(pools.values()))
    weight = weights(first["cluster"])
    scores = {variant: samples(r, weight) for variant, r in pools.items()}
    found = {"folds": list(folds), "images": len(first["row"]), "clusters": len(np.unique(first["cluster"])),
             "labels": dict(zip(("normal", "benign", "malignant"), np.bincount(first["label"], minlength=3).tolist())),
             "variants": {v: {m: interval(s) for m, s in score.items()} for v, score in scores.items()}}
    if "full" in scores:
        found["fullMinus"] = {v: {m: interval(scores["full"][m] - s[m]) for m in ("dice", "iou", "auroc", "eceClass", "ecePixel")}
                              for v, s in scores.items() if v != "full"}
        found["fullBySubgroup"] = subgroups(pools["full"], weight)
        found["fullDoubtAgainstError"] = round(float(np.corrcoef(pools["full"]["doubt"], pools["full"]["wrong"])[0, 1]), 3)
    return found


def evaluate(results: dict) -> dict:
    """The shipped split (fold 0) and all complete folds together."""
    variants = [v for v in ("unet", "vit", "swin", "full") if v in results]
    complete = sorted(set.intersection(*[set(results[v]) for v in variants])) if variants else []
    report = {"bootstrapDraws": DRAWS, "shippedSplit": summary(results, [0])}
    if len(complete) > 1:
        report["crossValidation"] = summary(results, complete)
    return report


def fewshot(logs: dict) -> dict:
    """{task: {cases: {"encoder" or "scratch": Dice}}} of held-out images, averaged over the draws of cases.

    logs: {"vessels-0": {"dice": {cases: {kind: [Dice of each held-out image]}}, "group": [...]}, ...}
    """
    found: dict = {}
    for task in ("vessels", "lesions"):
        draws = [log for job, log in sorted(logs.items()) if job.startswith(task + "-")]
        for cases in sorted({c for log in draws for c in log["dice"]}, key=int):
            runs = [log["dice"][cases] for log in draws if cases in log["dice"]]
            weight = weights(np.array(draws[0]["group"]))
            entry = {"draws": len(runs)}
            sample = {}
            for kind in ("encoder", "scratch"):
                dice = np.array([run[kind] for run in runs])
                sample[kind] = mean(dice.mean(0), weight)
                entry[kind] = {**interval(sample[kind]), "byDraw": [round(float(d), 4) for d in dice.mean(1)]}
            entry["encoderMinusScratch"] = interval(sample["encoder"] - sample["scratch"])
            found.setdefault(task, {})[cases] = entry
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--results", nargs="+", required=True, help="results.npz of one or more runs")
    parser.add_argument("--out", required=True, help="metrics.json to write; other entries in it are kept")
    arguments = parser.parse_args()
    try:
        with open(arguments.out) as f:
            report = json.load(f)
    except FileNotFoundError:
        report = {}
    report.update(evaluate(read(arguments.results)))
    with open(arguments.out, "w") as f:
        json.dump(report, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
