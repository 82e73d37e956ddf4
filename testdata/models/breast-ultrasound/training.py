"""One way to train for every network here: AdamW, warm-up, cosine, averaged weights, a fixed number of steps."""
import contextlib
import math
import time
from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WARM_UP, WEIGHT_DECAY, AVERAGE, LARGEST_GRADIENT = 0.05, 0.05, 0.998, 1.0
BEFORE_GRAPH, IN_STEP = 6, 20    # steps before the graph is recorded; steps between looks at the clock
STORED_AS_HALF = 4096            # numbers in a weight, from which on it is stored with 16 bits
EAGER = False                    # True: no graphs, should they fail on some machine


def precision(device: torch.device):
    """bfloat16 where it is fast, float32 on a CPU."""
    if device.type != "cuda":
        return contextlib.nullcontext()
    return torch.autocast("cuda", dtype=torch.bfloat16, cache_enabled=False)  # a graph may not find casts of before


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


@torch.no_grad()
def round_to_half(net: nn.Module) -> nn.Module:
    """Weights as they will be stored: rounded to 16 bits where there are many. Everything after uses these."""
    for parameter in net.parameters():
        if parameter.numel() >= STORED_AS_HALF:
            parameter.copy_(parameter.half().float())
    return net


class Average:
    """Exponential moving average of a network's parameters and buffers (Polyak 1992)."""

    def __init__(self, net: nn.Module):
        self.live = [t for t in net.state_dict(keep_vars=True).values() if t.is_floating_point()]
        self.mean = [t.detach().clone() for t in self.live]
        self.share = torch.ones((), device=self.mean[0].device)   # of the newest weights

    def expect(self, step: int) -> None:
        """Young averages forget faster."""
        self.share.fill_(1 - min(AVERAGE, (1 + step) / (10 + step)))

    @torch.no_grad()
    def update(self) -> None:
        if self.share.is_cuda:
            change = torch._foreach_sub([t.detach() for t in self.live], self.mean)
            torch._foreach_mul_(change, self.share)
            torch._foreach_add_(self.mean, change)
        else:
            for mean, live in zip(self.mean, self.live):
                mean.lerp_(live.detach(), self.share)

    @torch.no_grad()
    def install(self) -> None:
        for live, mean in zip(self.live, self.mean):
            live.copy_(mean)


class Training:
    """One step of training: draw a batch, compute its loss, change the weights.

    On a GPU the whole step, drawing and augmentation included, is recorded once as a CUDA graph and then replayed,
    so that the processor launches one thing a step rather than some thousands. Nothing in a step may
    therefore depend on values that only the processor knows; the rate and the average's share are tensors.
    """

    def __init__(self, net: nn.Module, loss_of: Callable[[], Tensor], rate: float):
        decayed = [p for p in net.parameters() if p.requires_grad and p.ndim > 1]
        others = [p for p in net.parameters() if p.requires_grad and p.ndim <= 1]
        self.loss_of, self.parameters, self.average = loss_of, decayed + others, Average(net)
        groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": others, "weight_decay": 0.0}]
        device = self.parameters[0].device
        self.on_gpu, self.graph, self.loss = device.type == "cuda", None, None
        if self.on_gpu:
            self.optimiser = torch.optim.AdamW(groups, lr=torch.tensor(rate, device=device), capturable=True, foreach=True)
            self.stream = torch.cuda.Stream()
        else:
            self.optimiser = torch.optim.AdamW(groups, lr=rate)

    def step(self) -> None:
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss_of()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, LARGEST_GRADIENT)
        self.optimiser.step()
        self.average.update()
        self.loss = loss.detach()

    def advance(self, number: int, rate: float) -> None:
        """Make step `number` at this rate. The first steps are not replayed: they set up what a graph needs."""
        if not self.on_gpu:
            for group in self.optimiser.param_groups:
                group["lr"] = rate
            self.average.expect(number)
            self.step()
            return
        self.stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self.stream):
            for group in self.optimiser.param_groups:
                group["lr"].fill_(rate)
            self.average.expect(number)
            if number < BEFORE_GRAPH or EAGER:
                self.step()
            else:
                if self.graph is None:
                    self.record()
                self.graph.replay()
        torch.cuda.current_stream().wait_stream(self.stream)

    def record(self) -> None:
        torch.cuda.synchronize()
        self.optimiser.zero_grad(set_to_none=True)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph, stream=self.stream):
            self.step()


def fit(net: nn.Module, loss_of: Callable[[], Tensor], steps: int, seconds: float, rate: float = 1e-3) -> dict:
    """Train `net` by the loss of random batches that `loss_of` draws; leave it with averaged weights.

    The number of steps is fixed, nothing is stopped early or selected. Should `seconds` run out first,
    the schedule ends there instead; the steps actually made are in the answer.
    """
    net.train()
    training, start, step, history = Training(net, loss_of, rate), time.monotonic(), 0, []
    while True:
        done = max(step / steps, (time.monotonic() - start) / seconds)
        if done >= 1:
            break
        training.advance(step, rate * min(1.0, (done + 1e-3) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * done)))
        step += 1
        if training.on_gpu and step % IN_STEP == 0:
            torch.cuda.synchronize()                              # or the clock would run ahead of the work
        if step % max(1, steps // 10) == 0:
            history.append(round(float(training.loss), 4))
    if training.on_gpu:
        torch.cuda.synchronize()
    training.average.install()
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
