"""The network: a few small members over said and denied symptoms, averaged, with one temperature."""
import numpy as np
import torch
from torch import Tensor, nn

MEMBERS, HIDDEN, STEPS, LEARNING_RATE = 8, 24, 300, 0.01
PENALTIES = (0.0003, 0.001, 0.003)


class DiagnosisNetwork(nn.Module):
    """M members of a linear part plus one tanh layer, averaged on the logit scale."""

    def __init__(self, inputs: int, classes: int, members: int, generator: torch.Generator):
        super().__init__()
        f = 2 * inputs

        def start(*shape: int, std: float) -> nn.Parameter:
            return nn.Parameter(torch.randn(*shape, generator=generator) * std)

        self.linear = start(members, f, classes, std=0.01)
        self.inner = start(members, f, HIDDEN, std=f ** -0.5)
        self.inner_bias = nn.Parameter(torch.zeros(members, 1, HIDDEN))
        self.outer = start(members, HIDDEN, classes, std=0.1 * HIDDEN ** -0.5)
        self.bias = nn.Parameter(torch.zeros(members, 1, classes))

    def encode(self, values: Tensor, known: Tensor) -> Tensor:
        """[..., F] twice -> [..., 2 F]: said and denied; what is not mentioned is neither."""
        said = (values > 0.5).to(torch.float32)
        flag = (known > 0.5).to(torch.float32)
        return torch.cat([said * flag, (1 - said) * flag], dim=-1)

    def member_logits(self, features: Tensor) -> Tensor:
        """[M, N, 2 F] -> [M, N, classes]"""
        h = torch.tanh(torch.matmul(features, self.inner) + self.inner_bias)
        return torch.matmul(features, self.linear) + torch.matmul(h, self.outer) + self.bias

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        """values, known: float32 [N, F] -> probabilities, float32 [N, classes]"""
        features = self.encode(values, known).unsqueeze(0).expand(self.bias.size(0), -1, -1)
        return torch.softmax(self.member_logits(features).mean(0), dim=-1)


def train(values, truth, classes: int, penalty: float, seed: int) -> DiagnosisNetwork:
    """Fits on rows [N, F] of 1, 0 and NaN. In each step each member sees each row with a random share of its symptoms hidden."""
    g = torch.Generator().manual_seed(seed)
    known = torch.as_tensor(~np.isnan(values)).to(torch.float32)
    v = torch.as_tensor(np.nan_to_num(values))
    y = torch.as_tensor(truth)
    net = DiagnosisNetwork(v.shape[1], classes, MEMBERS, g)
    optimiser = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for _ in range(STEPS):
        hide = 0.4 * torch.rand(MEMBERS, len(y), 1, generator=g)
        keep = (torch.rand(MEMBERS, *v.shape, generator=g) >= hide).to(torch.float32)
        logits = net.member_logits(net.encode(v.expand_as(keep), known * keep))
        loss = sum(nn.functional.cross_entropy(logits[m], y) for m in range(MEMBERS))
        loss = loss + penalty * sum((w ** 2).sum() for w in (net.linear, net.inner, net.outer))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return net.eval().requires_grad_(False)


class Network:
    """The network with its penalty by inner cross-validation."""

    SEED = 20260301

    def fit(self, values, truth, classes: int, inner):
        losses = {penalty: [] for penalty in PENALTIES}
        for fit, check in inner:
            for penalty in PENALTIES:
                p = self.answer(train(values[fit], truth[fit], classes, penalty, self.SEED), values[check])
                losses[penalty].append(-np.log(p[np.arange(len(check)), truth[check]]).mean())
        self.penalty = min(PENALTIES, key=lambda penalty: np.mean(losses[penalty]))
        self.net = train(values, truth, classes, self.penalty, self.SEED)
        return self

    @staticmethod
    def answer(net, values):
        known = torch.as_tensor(~np.isnan(values)).to(torch.float32)
        return net(torch.as_tensor(np.nan_to_num(values)), known).numpy()

    def probabilities(self, values):
        return self.answer(self.net, values)
