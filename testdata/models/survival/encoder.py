"""Columns to features: standardised numbers, restricted cubic splines of them, and codes one by one.

The Cox model and the network read the same features. Code: Apache-2.0.
"""
import torch
from torch import Tensor, nn

LEVELS = {"code": 3, "sixfold": 6}
KNOTS = (0.05, 0.35, 0.65, 0.95)         # quantiles of the training rows (Harrell)
CLAMP = 0.005                            # beyond this quantile, and its mirror, a number counts as it


class Encoder(nn.Module):
    """Features of rows [N, columns]: first `plain` of them (numbers, flags, codes), then the spline terms."""

    def __init__(self, x: Tensor, columns):
        """x [N, columns]: the training rows, for knots, centres and spreads."""
        super().__init__()
        curved = [i for i, c in enumerate(columns) if c.kind in ("number", "logarithm")]
        straight = [i for i, c in enumerate(columns) if c.kind == "flag"]
        coded = [(i, v) for i, c in enumerate(columns) for v in range(1, LEVELS.get(c.kind, 1))]
        self.plain = len(curved) + len(straight) + len(coded)
        self.register_buffer("curved", torch.tensor(curved))
        self.register_buffer("straight", torch.tensor(straight))
        self.register_buffer("coded_column", torch.tensor([i for i, _ in coded], dtype=torch.long))
        self.register_buffer("coded_value", torch.tensor([float(v) for _, v in coded], dtype=x.dtype))
        self.register_buffer("skewed", torch.tensor(
            [1.0 if columns[i].kind == "logarithm" else 0.0 for i in curved], dtype=x.dtype))
        number = self.scaled(x)
        self.register_buffer("lowest", number.quantile(CLAMP, dim=0))
        self.register_buffer("highest", number.quantile(1 - CLAMP, dim=0))
        knots = number.quantile(torch.tensor(KNOTS, dtype=x.dtype), dim=0).T       # [curved, 4]
        if not bool((knots[:, 1:] > knots[:, :-1]).all()):
            raise ValueError(f"Two knots of a spline are equal: {knots.tolist()}")
        self.register_buffer("knots", knots)
        self.register_buffer("turns", self.restriction(knots))
        raw = self.raw(x)
        self.register_buffer("centre", raw.mean(0))
        self.register_buffer("spread", raw.std(0).clamp(min=1e-6))

    @staticmethod
    def restriction(knots: Tensor) -> Tensor:
        """How the four cubes of a column make its two terms, linear beyond the outer knots: [curved, 4, 2]."""
        first, third, last = knots[:, 0], knots[:, 2], knots[:, 3]
        turns = torch.zeros(len(knots), 4, 2, dtype=knots.dtype)
        for j in range(2):
            turns[:, j, j] = 1.0
            turns[:, 2, j] = -(last - knots[:, j]) / (last - third)
            turns[:, 3, j] = (third - knots[:, j]) / (last - third)
        return turns / ((last - first) ** 2)[:, None, None]

    def scaled(self, x: Tensor) -> Tensor:
        number = x.index_select(1, self.curved)
        return torch.where(self.skewed > 0, torch.log1p(number.clamp(min=0.0)), number)

    def raw(self, x: Tensor) -> Tensor:
        number = torch.minimum(torch.maximum(self.scaled(x), self.lowest), self.highest)
        code = (torch.round(x.index_select(1, self.coded_column)) == self.coded_value).to(x.dtype)
        cubes = (number.unsqueeze(2) - self.knots).clamp(min=0.0) ** 3             # [N, curved, 4]
        bends = (cubes.unsqueeze(3) * self.turns).sum(2).flatten(1)
        return torch.cat([number, x.index_select(1, self.straight), code, bends], dim=1)

    def forward(self, x: Tensor) -> Tensor:
        return (self.raw(x) - self.centre) / self.spread
