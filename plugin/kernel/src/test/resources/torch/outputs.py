"""Make TorchScript networks that take and give what public ones do, for the tests of cards of tensors.

    /usr/bin/python3 plugin/kernel/src/test/resources/torch/outputs.py

Each computes from x: float32 [N, 2]. Needs PyTorch 1.13; writes into its own folder, byte for byte the same each time.
"""
from typing import Dict, List, Tuple

import torch
from make import export
from torch import Tensor, nn


class Pair(nn.Module):
    """A tuple: x doubled, and the sum of each row [N, 1]."""

    def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
        return 2 * x, x.sum(1, keepdim=True)


class Listed(nn.Module):
    """The same as a list."""

    def forward(self, x: Tensor) -> List[Tensor]:
        return [2 * x, x.sum(1, keepdim=True)]


class Named(nn.Module):
    """The same as a dictionary, the sum first."""

    def forward(self, x: Tensor) -> Dict[str, Tensor]:
        return {"sum": x.sum(1, keepdim=True), "double": 2 * x}


class Nested(nn.Module):
    """The same as a tuple of a tensor and a tuple."""

    def forward(self, x: Tensor) -> Tuple[Tensor, Tuple[Tensor, Tensor]]:
        return 2 * x, (x.sum(1, keepdim=True), x)


class Times(nn.Module):
    """x times a whole number, which is no tensor, as in networks of sound that take a sampling rate."""

    def forward(self, x: Tensor, times: int) -> Tensor:
        if times not in (2, 3):
            raise ValueError("times is 2 or 3")
        return x * times


class Scaled(nn.Module):
    """x times a fraction, or 0 where that is switched off; neither is a tensor."""

    def forward(self, x: Tensor, by: float, on: bool) -> Tensor:
        return x * by if on else 0 * x


def main() -> None:
    for name, module in (("pair", Pair()), ("listed", Listed()), ("named", Named()), ("nested", Nested()), ("times", Times()),
                         ("scaled", Scaled())):
        export(module, name + ".pt")


if __name__ == "__main__":
    main()
