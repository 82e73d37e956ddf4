"""Cox's proportional hazards model: Efron's partial likelihood by Newton's method, Breslow's baseline.

Code: Apache-2.0.
"""
import torch
from torch import Tensor

RIDGE, STEPS, HALVINGS, ENOUGH = 1e-6, 50, 30, 1e-9


class Cox:
    """features [N, F], time [N], event [N] (bool), all float64."""

    def __init__(self, features: Tensor, time: Tensor, event: Tensor):
        order = torch.argsort(time, descending=True, stable=True)
        self.x, self.time, self.event = features[order], time[order], event[order]
        # Where the risk set of each event ends in this order, which of the events of its time it is, and of how many.
        rising = time.sort().values
        self.end = len(time) - torch.searchsorted(rising, self.time[self.event]) - 1
        tied = self.time[self.event]
        first = torch.searchsorted(-tied, -tied)
        self.of = torch.searchsorted(-tied, -tied, right=True) - first
        self.share = ((torch.arange(len(tied)) - first) / self.of).to(features.dtype)
        self.first = first
        self.beta, self.information = self.climb()

    def climb(self):
        beta = torch.zeros(self.x.shape[1], dtype=self.x.dtype)
        value, slope, information = self.likelihood(beta)
        for _ in range(STEPS):
            step = torch.linalg.solve(information, slope)
            size, gain = 1.0, float(step @ slope)
            if gain < ENOUGH:
                return beta, information
            for _ in range(HALVINGS):
                found = self.likelihood(beta + size * step)
                if found[0] >= value:
                    break
                size /= 2
            beta, (value, slope, information) = beta + size * step, found
        raise ArithmeticError("The partial likelihood did not converge")

    def tied_sum(self, of_events: Tensor) -> Tensor:
        """For each event the sum over the events of its time."""
        total = torch.cat([torch.zeros_like(of_events[:1]), of_events.cumsum(0)])
        return total[self.first + self.of] - total[self.first]

    def likelihood(self, beta: Tensor):
        """Log partial likelihood, its gradient and its negated Hessian."""
        eta = self.x @ beta
        weight = torch.exp(eta)
        wx = weight[:, None] * self.x
        events = self.x[self.event]
        share = self.share
        s0 = weight.cumsum(0)[self.end] - share * self.tied_sum(weight[self.event])
        mean = (wx.cumsum(0)[self.end] - share[:, None] * self.tied_sum(wx[self.event])) / s0[:, None]
        # The second moments, summed over events: each row counts with the events in whose risk set it is.
        at_risk = torch.zeros(len(weight), dtype=weight.dtype).index_add(0, self.end, 1 / s0)
        row = at_risk.flip(0).cumsum(0).flip(0)
        row[self.event] = row[self.event] - self.tied_sum(share / s0)
        information = self.x.T @ ((weight * row)[:, None] * self.x) - mean.T @ mean
        ridge = RIDGE * len(events)
        value = eta[self.event].sum() - torch.log(s0).sum() - ridge * (beta @ beta) / 2
        return value, (events - mean).sum(0) - ridge * beta, information + ridge * torch.eye(len(beta), dtype=beta.dtype)

    def survival(self, features: Tensor, times: Tensor) -> Tensor:
        """[N, F] and [T] -> the curve [N, T], by Breslow's cumulative baseline hazard."""
        weight = torch.exp(self.x @ self.beta)
        jump = 1 / weight.cumsum(0)[self.end]
        passed = (self.time[self.event][:, None] <= times).to(jump.dtype)
        return torch.exp(-torch.exp(features @ self.beta)[:, None] * (jump @ passed))
