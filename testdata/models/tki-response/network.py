"""Gated attention over the tiles of a slide, fused with clinical variables of which any may be unknown.

Attention as in Ilse, Tomczak and Welling, "Attention-based deep multiple instance learning" (ICML
2018): tile t weighs softmax(w . (tanh(V h_t) * sigmoid(U h_t))). Unknown variables count as their mean
and are told to the network as unknown; a slide that is not there counts as a learned vector. So one
network answers with both, and with either alone. Code: Apache-2.0.
"""
import torch
from torch import Tensor, nn

WIDTH, GATES, HIDDEN = 32, 16, 48
# Months. The last is where the curve ends.
TIMES = [1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36]


class TileEncoder(nn.Module):
    """[T, 3, 64, 64] of 0 to 1 -> [T, WIDTH]"""

    def __init__(self):
        super().__init__()
        layers, channels = [], [3, 12, 24, WIDTH]
        for before, after in zip(channels, channels[1:]):
            layers += [nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers)

    def forward(self, tiles: Tensor) -> Tensor:
        return self.layers(tiles).mean((2, 3))


class ResponseNetwork(nn.Module):
    """forward(tiles [1, T, 3, 64, 64] of 0 to 255, values [N, columns], known [N, columns]) ->
    response [N, 1], free of progression after each of TIMES [N, 14], attention [1, T] that adds up to 1.

    All rows are about the one slide. Column 0 of known says whether there is a slide; without one give any tile.
    """

    chunk: int

    def __init__(self, mean: Tensor, deviation: Tensor, baseline: Tensor, attends: bool = True):
        """mean, deviation [columns] of the training rows; baseline [14]: log hazards of everybody; attends=False: tiles are averaged."""
        super().__init__()
        columns, times = len(mean), len(baseline)
        self.attends, self.chunk = attends, 64
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.encoder = TileEncoder()
        self.tanh = nn.Linear(WIDTH, GATES)
        self.gate = nn.Linear(WIDTH, GATES)
        self.weigh = nn.Linear(GATES, 1, bias=False)
        self.absent = nn.Parameter(torch.zeros(WIDTH))
        self.linear = nn.Linear(2 * columns + WIDTH, 2)
        self.inner = nn.Linear(2 * columns + WIDTH, HIDDEN)
        self.outer = nn.Linear(HIDDEN, 2)
        self.dropout = nn.Dropout(0.3)
        self.late = nn.Parameter(torch.zeros(times))
        self.baseline = nn.Parameter(baseline.clone())

    def encoded(self, tiles: Tensor) -> Tensor:
        """A few tiles at a time, so that memory does not grow with the slide."""
        parts = []
        for start in range(0, tiles.shape[0], self.chunk):
            parts.append(self.encoder(tiles[start:start + self.chunk] / 255.0))
        return torch.cat(parts)

    def logits(self, h: Tensor) -> Tensor:
        """[T, WIDTH] -> what is weighed, before the softmax [T]"""
        if not self.attends:
            return torch.zeros_like(h[:, 0])
        return self.weigh(torch.tanh(self.tanh(h)) * torch.sigmoid(self.gate(h))).squeeze(1)

    def heads(self, pooled: Tensor, values: Tensor, known: Tensor):
        """pooled [N, WIDTH] -> log odds of response [N], log hazards [N, 14]"""
        standard = ((values - self.mean) / self.deviation).clamp(-3.0, 3.0)
        standard = torch.where(known > 0.5, standard, torch.zeros_like(standard))
        there = known[:, :1]
        x = torch.cat([standard, known, there * pooled + (1 - there) * self.absent], 1)
        said = self.linear(x) + self.outer(self.dropout(torch.relu(self.inner(self.dropout(x)))))
        return said[:, 0], self.baseline + said[:, 1:] * (1 + self.late)

    def forward(self, tiles: Tensor, values: Tensor, known: Tensor):
        h = self.encoded(tiles[0])
        attention = torch.softmax(self.logits(h), 0)
        pooled = (attention.unsqueeze(1) * h).sum(0, keepdim=True)
        odds, hazards = self.heads(pooled.expand(values.shape[0], -1), values, known)
        free = torch.exp(-torch.cumsum(torch.exp(hazards), 1))
        return torch.sigmoid(odds).unsqueeze(1), free, attention.unsqueeze(0)


def exposure(months: Tensor, progressed: Tensor, times: Tensor):
    """Which share of each interval each patient was seen in, and in which progression came: [N, T] twice."""
    start = torch.cat([torch.zeros(1), times[:-1]])
    seen = ((months[:, None] - start) / (times - start)).clamp(0.0, 1.0)
    came = (progressed[:, None] > 0.5) & (months[:, None] > start) & (months[:, None] <= times)
    return seen, came.float()
