"""Make the convolutional networks that the engine benchmark runs: random weights, the size of an ultrasound model.

    /usr/bin/python3 testdata/benchmarks/networks/make.py

forward(image [N, 1, 128, 128] float32) -> mask logits [N, 1, 128, 128]. About 0.1 million weights. Needs PyTorch 1.13;
writes into src/main/resources beside this folder.
"""
import os

import torch
from torch import Tensor, nn

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../src/main/resources/org/auspex/benchmarks")


def convolutions(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1), nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=1), nn.ReLU())


class Segmenter(nn.Module):
    """Three levels down and up again, with skips."""

    def __init__(self) -> None:
        super().__init__()
        self.top, self.middle, self.bottom = convolutions(1, 8), convolutions(8, 16, 2), convolutions(16, 32, 2)
        self.up_middle, self.up_top = convolutions(48, 16), convolutions(24, 8)
        self.head = nn.Conv2d(8, 1, 1)
        self.up = nn.Upsample(scale_factor=2.0, mode="nearest")

    def forward(self, image: Tensor) -> Tensor:
        top = self.top(image)
        middle = self.middle(top)
        up = self.up_middle(torch.cat([self.up(self.bottom(middle)), middle], 1))
        return self.head(self.up_top(torch.cat([self.up(up), top], 1)))


def main() -> None:
    torch.manual_seed(20261127)
    network = Segmenter().eval()
    example = torch.rand(2, 1, 128, 128)
    os.makedirs(OUT, exist_ok=True)
    torch.jit.trace(network, example).save(os.path.join(OUT, "convolutional.pt"))
    torch.onnx.export(
        network, example, os.path.join(OUT, "convolutional.onnx"), opset_version=14, input_names=["image"],
        output_names=["mask"], dynamic_axes={"image": {0: "rows"}, "mask": {0: "rows"}})


if __name__ == "__main__":
    main()
