"""Make the small TorchScript models that the engine's tests load.

    /usr/bin/python3 plugin/kernel/src/test/resources/torch/make.py

Each model is forward(values: float32 [N, F], known: float32 [N, F]) -> float32 [N, 1], known being 1
where a value is given and 0 where it is missing. Two answer, the others fail in one way each.
Needs PyTorch 1.13; writes into its own folder, byte for byte the same each time.
"""
import os
import zipfile

import torch
from torch import Tensor, nn

HERE = os.path.dirname(os.path.abspath(__file__))


class Mean(nn.Module):
    """The sigmoid of the mean of values * known."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        return torch.sigmoid((values * known).mean(1, keepdim=True))


class Throws(nn.Module):
    """Raises when any value is above 900, else answers like Mean."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        if bool((values > 900).any()):
            raise ValueError("a value is above 900")
        return torch.sigmoid((values * known).mean(1, keepdim=True))


class Hangs(nn.Module):
    """Computes for 15 seconds without pause when any value is above 900, else answers like Mean."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        mean = (values * known).mean(1, keepdim=True)
        if bool((values > 900).any()):
            busy = torch.full([64], 0.5)
            end = torch.ops.prim.TimePoint() + 15_000_000_000  # nanoseconds
            while torch.ops.prim.TimePoint() < end:
                busy = torch.sin(busy)
            mean = mean + 0.0 * busy.sum()
        return torch.sigmoid(mean)


class NotANumber(nn.Module):
    """Answers NaN to everything."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        return torch.full([values.size(0), 1], float("nan"))


class WrongShape(nn.Module):
    """Answers three numbers a row, [N, 3], where one is asked for."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        return torch.sigmoid((values * known).mean(1, keepdim=True)).expand(-1, 3).contiguous()


class Choices(nn.Module):
    """Probabilities of three choices, [N, 3]: the softmax of the two values, 0 where missing, and 0."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        third = torch.zeros(values.size(0), 1)
        return torch.softmax(torch.cat([values * known, third], 1), 1)


def export(module: nn.Module, name: str) -> None:
    """Save as TorchScript without debug records (they hold paths of this machine)."""
    path = os.path.join(HERE, name)
    torch.jit.script(module.eval()).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            if not item.filename.endswith(".debug_pkl"):
                inside = "model/" + item.filename.split("/", 1)[1]
                new.writestr(zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0)), old.read(item))
    os.remove(path + ".tmp")


def main() -> None:
    export(Mean(), "mean.pt")
    export(Throws(), "throws.pt")
    export(Hangs(), "hangs.pt")
    export(NotANumber(), "nan.pt")
    export(WrongShape(), "wrong-shape.pt")
    export(Choices(), "choices.pt")


if __name__ == "__main__":
    main()
