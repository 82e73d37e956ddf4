"""One way to train for every network here: AdamW, warm-up, cosine, averaged weights, a fixed number of steps."""
import contextlib
import math
import time
from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WARM_UP, WEIGHT_DECAY, AVERAGE, LARGEST_GRADIENT = 0.05, 0.05, 0.998, 1.0


def precision(device: torch.device):
    """bfloat16 where it is fast, float32 on a CPU."""
    return torch.autocast("cuda", dtype=torch.bfloat16) if device.type == "cuda" else contextlib.nullcontext()


def prepare(seed: int, device: torch.device) -> None:
    """Fix the seed. On a GPU results still differ in the last digits from run to run."""
    torch.manual_seed(seed)
    if device.type == "cuda":
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = False  # training is in bfloat16, tests in full float32
        torch.backends.cudnn.allow_tf32 = False


def place(net: nn.Module, device: torch.device) -> nn.Module:
    """Move to the device, in the memory order that its convolutions like best."""
    return net.to(device, memory_format=torch.channels_last) if device.type == "cuda" else net.to(device)


class Average:
    """Exponential moving average of a network's parameters and buffers (Polyak 1992)."""

    def __init__(self, net: nn.Module):
        self.live = [t for t in net.state_dict(keep_vars=True).values() if t.is_floating_point()]
        self.mean = [t.detach().clone() for t in self.live]

    @torch.no_grad()
    def update(self, step: int) -> None:
        keep = min(AVERAGE, (1 + step) / (10 + step))
        torch._foreach_mul_(self.mean, keep)
        torch._foreach_add_(self.mean, [t.detach() for t in self.live], alpha=1 - keep)

    @torch.no_grad()
    def install(self) -> None:
        for live, mean in zip(self.live, self.mean):
            live.copy_(mean)


def fit(net: nn.Module, loss_of: Callable[[], Tensor], steps: int, seconds: float, rate: float = 1e-3) -> dict:
    """Train `net` by the loss of random batches that `loss_of` draws; leave it with averaged weights.

    The number of steps is fixed, nothing is stopped early or selected. Should `seconds` run out first,
    the schedule ends there instead; the steps actually made are in the answer.
    """
    groups = [{"params": [p for p in net.parameters() if p.requires_grad and p.ndim > 1], "weight_decay": WEIGHT_DECAY},
              {"params": [p for p in net.parameters() if p.requires_grad and p.ndim <= 1], "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=rate)
    parameters = groups[0]["params"] + groups[1]["params"]
    average, start, step, history = Average(net), time.monotonic(), 0, []
    net.train()
    while True:
        done = max(step / steps, (time.monotonic() - start) / seconds)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (done + 1e-3) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * done))
        loss = loss_of()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, LARGEST_GRADIENT)
        optimiser.step()
        average.update(step)
        step += 1
        if step % max(1, steps // 10) == 0:
            history.append(round(float(loss.detach()), 4))
    average.install()
    net.eval()
    return {"steps": step, "seconds": round(time.monotonic() - start, 1), "loss": history}


def overlap_loss(logit: Tensor, target: Tensor, valid: Tensor) -> Tensor:
    """1 - soft Dice per image, 0 where there is nothing to find; [N]. All [N, 1, H, W]."""
    p, t = torch.sigmoid(logit) * valid, target * valid
    both, total = (p * t).sum((1, 2, 3)), (p + t).sum((1, 2, 3))
    return (1 - (2 * both + 1) / (total + 1)) * (t.sum((1, 2, 3)) > 0).float()


def mask_loss(logit: Tensor, target: Tensor, valid: Tensor) -> Tensor:
    """Cross-entropy over the valid pixels plus the overlap loss; target 0..1. A scalar."""
    logit = logit.float()
    entropy = F.binary_cross_entropy_with_logits(logit, target, reduction="none") * valid
    return entropy.sum() / valid.sum().clamp(min=1) + overlap_loss(logit, target, valid).mean()


def temperature(loss_of: Callable[[Tensor], Tensor], device: torch.device) -> float:
    """The divisor of logits, between 0.1 and 20, that makes `loss_of(divisor)` smallest (golden section)."""
    low, high, golden = math.log(0.1), math.log(20.0), (math.sqrt(5) - 1) / 2

    def value(x: float) -> float:
        return float(loss_of(torch.tensor(math.exp(x), device=device)))

    a, b = high - golden * (high - low), low + golden * (high - low)
    at_a, at_b = value(a), value(b)
    for _ in range(30):
        if at_a < at_b:
            high, b, at_b = b, a, at_a
            a = high - golden * (high - low)
            at_a = value(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + golden * (high - low)
            at_b = value(b)
    return math.exp((low + high) / 2)
