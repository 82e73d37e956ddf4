"""Figures of survival predictions, each under many bootstrap weights at once.

`weight` is [B, N]: how often each patient counts; its first row is the sample itself. A patient
censored at a time was seen free of the event at it. Censoring weights (G) are those of the sample
and stay the same in every resample. Code: Apache-2.0.
"""
import numpy as np
import torch

TENTHS = 10


def observed_share(time, event, at):
    """Kaplan-Meier of not being censored before each time of `at` (its left limit): G(t-)."""
    moments = np.unique(time[~event])
    left = np.array([(~event & (time == m)).sum() for m in moments])
    there = np.array([(time > m).sum() + (~event & (time == m)).sum() for m in moments])
    steps = np.concatenate([[1.0], np.cumprod(1 - left / there)])
    return steps[np.searchsorted(moments, at, side="left")]


def kaplan_meier(time, event, at, weight=None):
    """The share free of the event after each time of `at`, under each row of weights: [B, len(at)]"""
    weight = np.ones((1, len(time))) if weight is None else weight
    order = np.lexsort((~event, time))
    w, t, e = weight[:, order], time[order], event[order]
    there = np.cumsum(w[:, ::-1], axis=1)[:, ::-1]
    steps = np.where(there > 0, 1 - w * e / np.where(there > 0, there, 1), 1.0)
    steps = np.concatenate([np.ones((len(w), 1)), np.cumprod(steps, axis=1)], axis=1)
    return steps[:, np.searchsorted(t, at, side="right")]


class Pairs:
    """Harrell's concordance index, and Uno's with its censoring weights, of many predictions on one cohort."""

    def __init__(self, time, event, end):
        """end: the time up to which Uno's index looks."""
        t, e = torch.as_tensor(time), torch.as_tensor(event)
        later = (t[:, None] < t[None, :]) | ((t[:, None] == t[None, :]) & ~e[None, :])
        self.comparable = (e[:, None] & later).float()
        share = torch.as_tensor(observed_share(time, event, time)).float()
        self.of, self.all = None, []
        self.uno = torch.where(t < end, share ** -2, torch.zeros_like(share))

    def indices(self, risk, weight):
        """risk [N], weight [B, N] -> Harrell's and Uno's index, [B] each"""
        r, w = torch.as_tensor(risk), torch.as_tensor(weight, dtype=torch.float32)
        order = ((r[:, None] > r[None, :]).float() + 0.5 * (r[:, None] == r[None, :]).float()) * self.comparable
        if self.of is not weight:
            self.of = weight
            self.all = [((first @ self.comparable) * w).double().sum(1) for first in (w, w * self.uno)]
        return [(((first @ order) * w).double().sum(1) / total).numpy()
                for first, total in zip((w, w * self.uno), self.all)]


def brier(curves, times, time, event):
    """The squared error of each patient at each time, weighted for censoring: [N, T] (Graf et al., 1999)."""
    came = event[:, None] & (time[:, None] <= times)
    free = ~came & (time[:, None] >= times)
    own = observed_share(time, event, time)[:, None]
    return came * curves ** 2 / own + free * (1 - curves) ** 2 / observed_share(time, event, times)


def integral(values, times):
    """The mean over the time from 0 to the end, by trapezia; `values` is [N, T] with 0 at time 0."""
    t = np.concatenate([[0.0], times])
    v = np.concatenate([np.zeros((len(values), 1)), values], axis=1)
    return ((v[:, 1:] + v[:, :-1]) / 2 * np.diff(t)).sum(1) / t[-1]


def early(curves, times):
    """The risk by which patients are ranked: minus the mean time free of the event, as a share of the whole."""
    return -1 - integral(curves - 1, times)


def slope(risk, horizon, time, event, weight):
    """Logistic calibration slope at a horizon with censoring weights: [B]"""
    came = event & (time <= horizon)
    free = ~came & (time >= horizon)
    share = came / observed_share(time, event, time) + free / observed_share(time, event, np.array([horizon]))
    use = share > 0
    x = np.log(np.clip(risk, 1e-6, 1 - 1e-6) / (1 - np.clip(risk, 1e-6, 1 - 1e-6)))[use]
    y, w = came[use].astype(float), (weight * share)[:, use]
    a, b = np.ones((len(w), 1)), np.zeros((len(w), 1))
    for _ in range(12):                                                # Newton
        q = 1 / (1 + np.exp(-np.clip(a * x + b, -30, 30)))
        v, e = w * q * (1 - q), w * (y - q)
        ga, gb = (e * x).sum(1, keepdims=True), e.sum(1, keepdims=True)
        haa, hab, hbb = (v * x * x).sum(1, keepdims=True), (v * x).sum(1, keepdims=True), v.sum(1, keepdims=True)
        det = haa * hbb - hab ** 2
        a, b = a + (hbb * ga - hab * gb) / det, b + (haa * gb - hab * ga) / det
    return a[:, 0]


def calibration(risk, horizon, time, event, weight):
    """At a horizon: observed minus mean predicted risk, the mean absolute gap over tenths of risk, and the slope: [B] each."""
    at = np.array([horizon])
    total = weight.sum(1)
    seen = 1 - kaplan_meier(time, event, at, weight)[:, 0]
    large = seen - weight @ risk / total
    tenth = np.argsort(np.argsort(risk, kind="stable"), kind="stable") * TENTHS // len(risk)
    gap = np.zeros(len(weight))
    for k in range(TENTHS):
        member = tenth == k
        w = weight[:, member]
        seen = 1 - kaplan_meier(time[member], event[member], at, w)[:, 0]
        count = w.sum(1)
        gap += np.abs(seen * count - w @ risk[member]) / total
    return large, gap, slope(risk, horizon, time, event, weight)
