"""The shared image encoder, and the light head that turns its maps into a mask.

Needs the modules of ../breast-ultrasound on the path (same U-Net trunk, Ronneberger 2015).
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from networks import UNET_WIDTHS, Trunk, convolution, up

CHANNELS = UNET_WIDTHS           # of the maps at strides 1, 2, 4, 8, 16
HEAD_WIDTH = 32


def smooth(x: Tensor) -> Tensor:
    """A cheap wide blur: about 40 pixels square. H and W must be multiples of 8."""
    small = F.avg_pool2d(F.avg_pool2d(x, 8), 5, 1, 2, count_include_pad=False)
    return F.interpolate(small, scale_factor=8.0, mode="bilinear", align_corners=False)


def normalise(image: Tensor) -> Tensor:
    """[N, 3, H, W] in 0..1 -> [N, 6, H, W]: the image, and the image freed of local brightness and contrast."""
    mean = smooth(image)
    spread = (smooth((image - mean) ** 2) + 1e-4).sqrt()
    return torch.cat([(image - 0.4) / 0.25, ((image - mean) / spread).clamp(-4, 4)], 1)


class Encoder(nn.Module):
    """image float32 [N, 3, H, W] in 0..1, grey repeated thrice, H and W multiples of 16 ->
    five maps float32 of CHANNELS at strides 1, 2, 4, 8, 16, each channel standardised.
    """

    def __init__(self):
        super().__init__()
        self.trunk = Trunk(6)
        for i, channels in enumerate(CHANNELS):
            self.register_buffer(f"mean{i}", torch.zeros(1, channels, 1, 1))
            self.register_buffer(f"spread{i}", torch.ones(1, channels, 1, 1))

    def forward(self, image: Tensor):
        maps = self.trunk(normalise(image))
        return tuple(((m - getattr(self, f"mean{i}")) / getattr(self, f"spread{i}")) for i, m in enumerate(maps))

    @torch.no_grad()
    def standardise(self, batches) -> None:
        """Set batch statistics, then means and spreads of the maps, from batches of images [N, 3, H, W]."""
        norms = [m for m in self.modules() if isinstance(m, nn.BatchNorm2d)]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None                                  # a plain average
        self.train()
        for image in batches:
            self.trunk(normalise(image))
        self.eval()
        sums = [torch.zeros(2, c, dtype=torch.float64, device=self.mean0.device) for c in CHANNELS]
        for image in batches:
            for total, m in zip(sums, self.trunk(normalise(image))):
                total += torch.stack([m.double().mean((0, 2, 3)), (m.double() ** 2).mean((0, 2, 3))])
        for i, total in enumerate(sums):
            mean, square = total / len(batches)
            getattr(self, f"mean{i}").copy_(mean.view(1, -1, 1, 1))
            getattr(self, f"spread{i}").copy_((square - mean ** 2).clamp(min=1e-4).sqrt().view(1, -1, 1, 1))


def places(image: Tensor) -> Tensor:
    """[N, 2, H, W]: row and column, from -1 at one edge to 1 at the other."""
    n, _, h, w = image.shape
    row = torch.linspace(-1, 1, h, device=image.device).view(1, 1, h, 1).expand(n, 1, h, w)
    column = torch.linspace(-1, 1, w, device=image.device).view(1, 1, 1, w).expand(n, 1, h, w)
    return torch.cat([row, column], 1)


class Head(nn.Module):
    """Image [N, 3, H, W] and the encoder's five maps of it -> mask logits [N, 1, H, W].

    1 x 1 convolutions bring all maps to one width; they are summed from coarse to fine. Four 3 x 3 convolutions
    read the sum together with the image itself and its places, since the finest detail is in the image.
    """

    def __init__(self):
        super().__init__()
        self.reduce = nn.ModuleList([nn.Conv2d(c, HEAD_WIDTH, 1) for c in CHANNELS])
        self.norm = nn.BatchNorm2d(HEAD_WIDTH)
        self.see = convolution(HEAD_WIDTH + 8, HEAD_WIDTH)
        self.mix = nn.ModuleList([convolution(HEAD_WIDTH, HEAD_WIDTH) for _ in range(2)])
        self.out = nn.Conv2d(HEAD_WIDTH, 1, 3, 1, 1)

    def forward(self, image: Tensor, map1: Tensor, map2: Tensor, map4: Tensor, map8: Tensor, map16: Tensor) -> Tensor:
        maps = (map1, map2, map4, map8, map16)
        total = self.reduce[-1](maps[-1])
        for reduce, m in zip(list(self.reduce)[-2::-1], maps[-2::-1]):
            total = up(total) + reduce(m)
        seen = self.see(torch.cat([F.relu(self.norm(total)), normalise(image), places(image)], 1))
        for mix in self.mix:
            seen = seen + mix(seen)
        return self.out(seen)


class Scratch(nn.Module):
    """The yardstick: the same trunk and head from random weights, all of it trained on the labelled cases."""

    def __init__(self):
        super().__init__()
        self.trunk, self.head = Trunk(6), Head()

    def forward(self, image: Tensor) -> Tensor:
        return self.head(image, *self.trunk(normalise(image)))


class Adapted(nn.Module):
    """The frozen encoder with a head; only the head is trained."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder, self.head = encoder.requires_grad_(False), Head()

    def train(self, mode: bool = True):
        super().train(mode)
        self.encoder.eval()
        return self

    def forward(self, image: Tensor) -> Tensor:
        with torch.no_grad():
            maps = self.encoder(image)
        return self.head(image, *maps)
