"""The shared image encoder, and the light head that turns its maps into a mask.

Needs the modules of ../breast-ultrasound on the path (same U-Net trunk, Ronneberger 2015).
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from networks import UNET_WIDTHS, Double, Trunk, convolution, twice, up

CHANNELS = UNET_WIDTHS           # of the maps at strides 1, 2, 4, 8, 16
HEAD_WIDTHS = (16, 32, 64)       # at strides 1, 2 and 4
DECODER_WIDTH = 32


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

    A small U-Net that reads the image by itself, for the finest detail is there, down to stride 4. 1 x 1 convolutions of the
    maps join it on the way up: at strides 4, 8 and 16 summed, at 2 and 1 beside what comes from below. Written so that
    TorchScript can compile it: `$adapt` trains it in the server.
    """

    def __init__(self):
        super().__init__()
        fine, middle, coarse = HEAD_WIDTHS
        self.down1, self.down2, self.down4 = Double(8, fine), Double(fine, middle, 2), Double(middle, coarse, 2)
        self.reduce = nn.ModuleList([nn.Sequential(nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside))
                                     for inside, outside in zip(CHANNELS, (fine, middle, coarse, coarse, coarse))])
        self.up4, self.up2, self.up1 = Double(2 * coarse, coarse), Double(2 * middle + coarse, middle), Double(2 * fine + middle, fine)
        self.out = nn.Conv2d(fine, 1, 1)

    def forward(self, image: Tensor, map1: Tensor, map2: Tensor, map4: Tensor, map8: Tensor, map16: Tensor) -> Tensor:
        at1 = self.down1(torch.cat([normalise(image), places(image)], 1))
        at2 = self.down2(at1)
        at4 = self.down4(at2)
        told = twice(torch.relu(self.reduce[4](map16))) + self.reduce[3](map8)
        told = torch.relu(twice(torch.relu(told)) + self.reduce[2](map4))
        x = self.up4(torch.cat([at4, told], 1))
        x = self.up2(torch.cat([at2, torch.relu(self.reduce[1](map2)), twice(x)], 1))
        x = self.up1(torch.cat([at1, torch.relu(self.reduce[0](map1)), twice(x)], 1))
        return self.out(x)


class Decoder(nn.Module):
    """What makes a U-Net of the trunk: its five maps and the image -> mask logits [N, 1, H, W].

    1 x 1 convolutions bring all maps to one width; they are summed from coarse to fine. Four 3 x 3 convolutions
    read the sum together with the image itself and its places.
    """

    def __init__(self):
        super().__init__()
        self.reduce = nn.ModuleList([nn.Conv2d(c, DECODER_WIDTH, 1) for c in CHANNELS])
        self.norm = nn.BatchNorm2d(DECODER_WIDTH)
        self.see = convolution(DECODER_WIDTH + 8, DECODER_WIDTH)
        self.mix = nn.ModuleList([convolution(DECODER_WIDTH, DECODER_WIDTH) for _ in range(2)])
        self.out = nn.Conv2d(DECODER_WIDTH, 1, 3, 1, 1)

    def forward(self, image: Tensor, *maps: Tensor) -> Tensor:
        total = self.reduce[-1](maps[-1])
        for reduce, m in zip(list(self.reduce)[-2::-1], maps[-2::-1]):
            total = up(total) + reduce(m)
        seen = self.see(torch.cat([F.relu(self.norm(total)), normalise(image), places(image)], 1))
        for mix in self.mix:
            seen = seen + mix(seen)
        return self.out(seen)


class Scratch(nn.Module):
    """The yardstick: a U-Net with the encoder's trunk, from random weights, all of it trained on the labelled cases."""

    def __init__(self):
        super().__init__()
        self.trunk, self.head = Trunk(6), Decoder()

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
