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


class Classifier(nn.Module):
    """What skl2onnx makes of a classifier: rows [N, 2] to labels [N] int64 and probabilities [N, 2].

    The second probability is the sigmoid of the row's mean: what mean.onnx gives where nothing is missing.
    """

    def forward(self, rows: Tensor):
        second = torch.sigmoid(rows.mean(1))
        probabilities = torch.stack([1 - second, second], 1)
        return probabilities.argmax(1), probabilities


class ZipMap(torch.autograd.Function):
    """Only to write the node that gives maps; it computes nothing here."""

    @staticmethod
    def forward(ctx, probabilities: Tensor) -> Tensor:
        return probabilities.clone()

    @staticmethod
    def symbolic(g, probabilities):
        return g.op("ai.onnx.ml::ZipMap", probabilities, classlabels_int64s_i=[0, 1])


class Zipped(Classifier):
    """The same as skl2onnx makes it by default."""

    def forward(self, rows: Tensor):
        label, probabilities = super().forward(rows)
        return label, ZipMap.apply(probabilities)


def main() -> None:
    for module, name in ((Classifier(), "classifier.onnx"), (Zipped(), "zipmap.onnx")):
        try:
            torch.onnx.export(
                module, torch.rand(3, 2), os.path.join(HERE, name), opset_version=14, custom_opsets={"ai.onnx.ml": 1},
                input_names=["float_input"], output_names=["label", "probabilities"],
                dynamic_axes={key: {0: "rows"} for key in ("float_input", "label", "probabilities")})
        except torch.onnx.errors.CheckerError:
            # The checker knows no maps; the file is written by then.
            assert name == "zipmap.onnx"
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
