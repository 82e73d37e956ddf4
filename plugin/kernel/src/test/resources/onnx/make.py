"""Make the small networks that the tests of tensors load, as ONNX and as TorchScript.

    /usr/bin/python3 plugin/kernel/src/test/resources/onnx/make.py

Needs PyTorch 1.13; writes into its own folder.
"""
import os

import torch
from torch import Tensor, nn

HERE = os.path.dirname(os.path.abspath(__file__))


class Mean(nn.Module):
    """The sigmoid of the mean of values * known: the same as mean.pt of the TorchScript tests."""

    def forward(self, values: Tensor, known: Tensor) -> Tensor:
        return torch.sigmoid((values * known).mean(1, keepdim=True))


class Recurrent(nn.Module):
    """frame [1, 4], state [2, 3] and rate [] (int64) to output [1, 1] and the next state [2, 3].

    next = 0.5 * state + sum(frame); output = sum(next) / rate. The caller carries the state.
    """

    def forward(self, frame: Tensor, state: Tensor, rate: Tensor):
        following = 0.5 * state + frame.sum()
        return (following.sum() / rate).reshape(1, 1), following


def main() -> None:
    values, known = torch.rand(3, 2), torch.ones(3, 2)
    torch.onnx.export(
        Mean(), (values, known), os.path.join(HERE, "mean.onnx"), opset_version=14,
        input_names=["values", "known"], output_names=["probability"],
        dynamic_axes={name: {0: "rows"} for name in ("values", "known", "probability")})
    state = (torch.rand(1, 4), torch.zeros(2, 3), torch.tensor(16000))
    torch.onnx.export(
        torch.jit.script(Recurrent()), state, os.path.join(HERE, "recurrent.onnx"), opset_version=14,
        input_names=["frame", "state", "rate"], output_names=["output", "next"])
    torch.jit.script(Recurrent()).save(os.path.join(HERE, "recurrent.pt"))


if __name__ == "__main__":
    main()
