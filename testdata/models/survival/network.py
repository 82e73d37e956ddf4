"""A piecewise-constant hazard network: Cox-like effects with splines, what they miss, and how effects change with time.

The log of the cumulative hazard within interval k of patient x is

    baseline[k] + sum over j of (features(x) . linear[:, j] + layer(x) . outer[:, j]) * shape[j, k]

where `features` are those of the Cox model, `layer` is one layer of tanh units over the plain ones, and
`shape` holds a constant, a straight line and a parabola over the intervals. With the constant alone
and no layer this is a Cox model with splines. The members of an ensemble are averaged on the log
scale. How strongly the layer and the changes with time are held back is chosen by cross-validation
inside the training rows. Code: Apache-2.0.
"""
import torch
from torch import Tensor, nn

from encoder import Encoder

MEMBERS, UNITS, STEPS, LEARNING_RATE, INNER_FOLDS = 8, 12, 300, 0.02, 3
PENALTY_OF_EFFECTS = 1e-4
# What is chosen among: (penalty of the layer, penalty of changes with time).
CANDIDATES = ((0.003, 0.005), (0.03, 0.005), (0.03, 0.05), (0.1, 0.05), (0.1, 0.3))


class SurvivalNetwork(nn.Module):
    """Gives the probability of being free of the event at each of the cohort's times."""

    def __init__(self, encoder: Encoder, usual: Tensor, features: Tensor, baseline: Tensor,
                 members: int, generator: torch.Generator):
        """usual [columns]: what an unknown value counts as; features [N, F]: those of the training rows; baseline [T]: log cumulative hazards without inputs."""
        super().__init__()
        self.encoder = encoder
        place = torch.linspace(-1.0, 1.0, len(baseline), dtype=features.dtype)
        self.register_buffer("usual", usual)
        self.register_buffer("shape", torch.stack([torch.ones_like(place), place, place ** 2 - 1 / 3]))
        effects, plain = features.shape[1], encoder.plain

        def start(*shape: int, std: float) -> nn.Parameter:
            return nn.Parameter(torch.randn(*shape, generator=generator, dtype=features.dtype) * std)

        self.baseline = nn.Parameter(baseline.expand(members, 1, -1).clone())
        self.linear = start(members, effects, 3, std=0.01)
        self.inner = start(members, plain, UNITS, std=plain ** -0.5)
        self.inner_bias = start(members, 1, UNITS, std=0.1)
        self.outer = start(members, UNITS, 3, std=0.05)

    def log_hazards(self, features: Tensor) -> Tensor:
        """[N, F] -> the log cumulative hazard within each interval, of each member [members, N, T]"""
        layer = torch.tanh(features[:, :self.encoder.plain] @ self.inner + self.inner_bias)
        return self.baseline + (features @ self.linear + layer @ self.outer) @ self.shape

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        """values and known [N, columns] -> [N, T]. The cards let no input be missing; only an explanation hides one."""
        x = torch.where(known > 0.5, values, self.usual.expand_as(values))
        hazards = torch.exp(self.log_hazards(self.encoder(x)).mean(0))
        return torch.exp(-torch.cumsum(hazards, dim=1))


def exposure(time: Tensor, event: Tensor, times: Tensor):
    """Which share of each interval each patient was seen in, and in which the event came: [N, T] twice."""
    start = torch.cat([torch.zeros(1, dtype=times.dtype), times[:-1]])
    seen = ((time[:, None] - start) / (times - start)).clamp(0.0, 1.0)
    came = event[:, None] & (time[:, None] > start) & (time[:, None] <= times)
    return seen, came.to(times.dtype)


def climb(net: SurvivalNetwork, features: Tensor, seen: Tensor, came: Tensor, use: Tensor, penalties: Tensor):
    """Fit every member to the rows it uses. use [members, N] (0 or 1), penalties [members, 2]."""
    optimiser = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    count = use.sum(1)
    for _ in range(STEPS):
        loss = (deviance(net.log_hazards(features), seen, came) * use).sum(1) / count
        loss = loss + PENALTY_OF_EFFECTS * (net.linear[:, :, 0] ** 2).sum(1)
        loss = loss + penalties[:, 0] * ((net.inner ** 2).sum((1, 2)) / UNITS + (net.outer ** 2).sum((1, 2)))
        loss = loss + penalties[:, 1] * ((net.linear[:, :, 1:] ** 2).sum((1, 2)) + (net.outer[:, :, 1:] ** 2).sum((1, 2)))
        optimiser.zero_grad()
        loss.sum().backward()
        optimiser.step()
        schedule.step()


def deviance(log_hazards: Tensor, seen: Tensor, came: Tensor) -> Tensor:
    """The negated log likelihood of each row under each member: [members, N]"""
    return (seen * torch.exp(log_hazards) - came * log_hazards).sum(2)


def fit(values: Tensor, time: Tensor, event: Tensor, columns, times: Tensor, seed: int):
    """Train on all rows. Return the network and the candidate that was chosen."""
    generator = torch.Generator().manual_seed(seed)
    encoder = Encoder(values, columns)
    features, usual = encoder(values), values.median(0).values
    seen, came = exposure(time, event, times)
    baseline = torch.log((came.sum(0) + 0.5) / (seen.sum(0) + 1.0))
    fold = torch.randperm(len(time), generator=generator) % INNER_FOLDS
    use = torch.stack([(fold != k).to(values.dtype) for _ in CANDIDATES for k in range(INNER_FOLDS)])
    tried = torch.tensor([c for c in CANDIDATES for _ in range(INNER_FOLDS)], dtype=values.dtype)
    inner = SurvivalNetwork(encoder, usual, features, baseline, len(use), generator)
    climb(inner, features, seen, came, use, tried)
    with torch.no_grad():
        held_out = (deviance(inner.log_hazards(features), seen, came) * (1 - use)).sum(1)
    chosen = CANDIDATES[int(held_out.view(len(CANDIDATES), INNER_FOLDS).sum(1).argmin())]
    net = SurvivalNetwork(encoder, usual, features, baseline, MEMBERS, generator)
    climb(net, features, seen, came, torch.ones(MEMBERS, len(time), dtype=values.dtype),
          torch.tensor([chosen] * MEMBERS, dtype=values.dtype))
    return net.eval().requires_grad_(False), chosen
