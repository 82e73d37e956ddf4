"""Training the shared encoder without labels.

No mask, class, field of view or cluster number is read. Three tasks share one trunk:

1. Masked reconstruction (He 2022) of real images, by blocks of 16 and 8 pixels: what tissue and
   photographs look like. Alone it learns texture rather than objects from a few hundred images.
2. Telling made-up structures from the ground they were drawn on: blobs (stars with random outlines,
   darker or brighter, with a shadow or enhancement below) and tubes (zero lines of random fields).
   The ground is mostly a real image whose phases were scrambled: it keeps texture, noise and depth
   profile and loses every structure. In the rest it is the real image, and only the made-up structures
   and their near surroundings count. So real lesions and vessels are (almost) never called background.

3. Self-distillation (in the way of data2vec, Baevski 2022): from a crop with hidden blocks, and with another gain,
   gamma and noise, tell the standardised maps that the averaged network sees in the whole crop, at strides 1 to 16.
   What a map says shall not depend on the machine's knobs, and shall tell of the surroundings.

Why not contrastive training: with some five hundred images and minutes of time it has too few negatives, and it
yields one vector an image rather than the fine maps that segmentation from few cases needs.
"""
import copy

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from augmentation import between, retina_intensity, sample, ultrasound_intensity
from descriptors import grow
from encoder import CHANNELS, Encoder, normalise
from training import fit, mask_loss, place, precision, round_to_half

CROP = 128                       # pixels
ULTRASOUND, RETINA = 14, 10      # real crops in a batch; as many scrambled ones
HIDDEN = 0.5                     # share of blocks hidden
DISTILLED, FOLLOW = 1.0, 0.004   # weight of the third task; how fast the averaged network follows, a step
REAL_GROUND, NEAR = 0.4, 8       # share of made-up images on real ground; what counts around them, in pixels


class Pretext(nn.Module):
    """The encoder's trunk with throw-away heads: reconstruction (6 channels), blob and tube logits, and for each map
    a guess at the averaged network's map."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.heads = nn.Conv2d(CHANNELS[0], 8, 1)
        self.guess = nn.ModuleList([nn.Sequential(nn.Conv2d(c, c, 1), nn.ReLU(), nn.Conv2d(c, c, 1)) for c in CHANNELS])

    def forward(self, planes: Tensor):
        """Normalised planes [N, 6, H, W] -> [N, 8, H, W], and the five maps."""
        maps = self.encoder.trunk(planes)
        return self.heads(maps[0]), maps


class Teacher:
    """The averaged trunk, which sees everything and is not trained (Tarvainen 2017)."""

    def __init__(self, net: Pretext):
        self.live = [p for p in net.encoder.trunk.parameters()]
        self.trunk = copy.deepcopy(net.encoder.trunk).requires_grad_(False).train()
        self.mean = list(self.trunk.parameters())

    @torch.no_grad()
    def maps(self, planes: Tensor):
        """Its maps, each channel standardised over the batch, [N, C, h, w] each. Follows the live network a little."""
        torch._foreach_mul_(self.mean, 1 - FOLLOW)
        torch._foreach_add_(self.mean, [p.detach() for p in self.live], alpha=FOLLOW)
        with precision(planes.device):
            maps = self.trunk(planes)
        return [F.batch_norm(m.float(), None, None, training=True) for m in maps]


class Crops:
    """Random crops of the real images that may be seen: [ULTRASOUND + RETINA, 3, CROP, CROP] in 0..1."""

    def __init__(self, ultrasound: Tensor, retina: Tensor):
        """ultrasound [N, 1, 160, 160], retina [M, 3, H, W]: held-out images are not among them."""
        self.ultrasound, self.retina = ultrasound, retina

    def cut(self):
        """Crops as they are: ultrasound [ULTRASOUND, 1, CROP, CROP] and photographs [RETINA, 3, CROP, CROP]."""
        def some(images: Tensor, n: int) -> Tensor:
            return images[torch.randint(len(images), (n,), device=images.device)]

        grey = sample(some(self.ultrasound, ULTRASOUND), CROP, turn=15.0, scales=(0.5, 1.2), shift=0.3,
                      upside_down=False)
        colour = sample(some(self.retina, RETINA), CROP, turn=180.0, scales=(0.7, 1.5), shift=0.75,
                        upside_down=True)
        return grey, colour

    @staticmethod
    def shown(grey: Tensor, colour: Tensor) -> Tensor:
        """The crops as another machine might show them, all with three channels."""
        return torch.cat([ultrasound_intensity(grey).expand(-1, 3, -1, -1), retina_intensity(colour)])

    def draw(self) -> Tensor:
        return self.shown(*self.cut())


def scramble(image: Tensor) -> Tensor:
    """Random phases, the same for all channels: texture without structure. [N, 3, H, W]"""
    profile = image.mean(3, keepdim=True).expand_as(image)
    noise = torch.fft.rfft2(torch.randn_like(image[:, :1]))
    spectrum = torch.fft.rfft2(image - profile)
    turned = spectrum.abs() * noise / noise.abs().clamp(min=1e-6)
    strength = between((len(image), 1, 1, 1), 0.2, 1.0, image)
    return (strength * torch.fft.irfft2(turned, s=image.shape[-2:]) + profile).clamp(0, 1)


def axes(image: Tensor):
    """Row and column numbers [1, 1, H, 1] and [1, 1, 1, W]."""
    h, w = image.shape[-2:]
    return (torch.arange(h, device=image.device).view(1, 1, h, 1).float(),
            torch.arange(w, device=image.device).view(1, 1, 1, w).float())


def blob(image: Tensor) -> Tensor:
    """Soft outlines [N, 1, H, W] of one random star-shaped blob each, present in two of three images."""
    n = len(image)
    row, column = axes(image)

    def draw(low: float, high: float) -> Tensor:
        return between((n, 1, 1, 1), low, high, image)

    radius, stretch, turn = torch.exp(draw(1.6, 3.8)), torch.exp(draw(-0.1, 0.6)), draw(-0.5, 0.5)
    y, x = row - draw(0.1, 0.9) * CROP, column - draw(0.05, 0.95) * CROP
    x, y = (x * torch.cos(turn) + y * torch.sin(turn)) / stretch, (y * torch.cos(turn) - x * torch.sin(turn)) * stretch
    angle, edge, rough = torch.atan2(y, x), torch.ones_like(radius), draw(0, 1) ** 2 * 0.35
    for k in range(2, 9):
        edge = edge + rough * draw(0, 1) * torch.cos(k * angle + draw(0, 6.3)) * (2.0 / k)
    inside = torch.sigmoid((radius * edge - (x * x + y * y).sqrt()) / draw(0.4, 2.5))
    return inside * (draw(0, 1) < 0.66).float()


def paint_blob(image: Tensor, inside: Tensor) -> Tensor:
    """Fill with a darker (mostly) or brighter tissue of its own texture, and shade what lies below."""
    n = len(image)
    tone = torch.where(between((n, 1, 1, 1), 0, 1, image) < 0.8, between((n, 1, 1, 1), 0.1, 0.85, image),
                       between((n, 1, 1, 1), 1.2, 1.8, image))
    soft = F.avg_pool2d(image, 9, 1, 4, count_include_pad=False)
    grain = 1 + between((n, 1, 1, 1), 0, 0.5, image) * torch.randn_like(image[:, :1])
    coarse = 1 + between((n, 1, 1, 1), 0, 0.6, image) * field(image, 20)
    ground = torch.lerp(soft, image, between((n, 1, 1, 1), 0, 1, image))
    painted = torch.lerp(image, ground * tone * grain * coarse, inside)
    below = (inside.cumsum(2) / 20).clamp(max=1) * (1 - inside)
    shade = between((n, 1, 1, 1), -0.6, 0.5, image) * (between((n, 1, 1, 1), 0, 1, image) < 0.6).float()
    return (painted * (1 + shade * below)).clamp(0, 1)


def field(image: Tensor, cells: int) -> Tensor:
    """A smooth random field [N, 1, H, W], about unit spread."""
    grid = torch.randn((len(image), 1, cells, cells), device=image.device)
    return F.interpolate(grid, size=image.shape[-2:], mode="bicubic", align_corners=False)


def tubes(image: Tensor, cells: int) -> Tensor:
    """Soft tubes [N, 1, H, W] along the zero lines of a random field, 1 to 8 pixels wide, some broken off."""
    line = field(image, cells)
    along = F.pad(line[..., 1:] - line[..., :-1], (0, 1, 0, 0), mode="replicate")
    down = F.pad(line[..., 1:, :] - line[..., :-1, :], (0, 0, 0, 1), mode="replicate")
    distance = line.abs() / (along ** 2 + down ** 2).sqrt().clamp(min=0.01)
    half_width = torch.exp(between((len(image), 1, 1, 1), -0.7, 1.2, image) + 0.3 * field(image, 4))
    present = torch.sigmoid(8 * (field(image, 4) + between((len(image), 1, 1, 1), -1.0, 1.0, image)))
    return torch.sigmoid((half_width - distance) / 0.4) * present


def paint_tubes(image: Tensor, inside: Tensor) -> Tensor:
    """Darken (mostly) or brighten along the tubes, each channel by its own amount."""
    n = len(image)
    sign = 1 - 2 * (between((n, 1, 1, 1), 0, 1, image) < 0.75).float()
    depth = between((n, 1, 1, 1), 0.08, 0.5, image) * between((n, image.shape[1], 1, 1), 0.4, 1.0, image)
    return (image * (1 + sign * depth * inside)).clamp(0, 1)


def made_up(image: Tensor):
    """Structures painted on scrambled or real images: image [N, 3, H, W]; targets blob and tube, and where
    they count, [N, 2, H, W] each."""
    real = between((len(image), 1, 1, 1), 0, 1, image) < REAL_GROUND
    ground = torch.where(real, image, scramble(image))
    lump = torch.maximum(blob(image), blob(image) * (between((len(image), 1, 1, 1), 0, 1, image) < 0.3).float())
    lines = torch.maximum(tubes(image, 4), torch.maximum(tubes(image, 7), tubes(image, 11)))
    lines = lines * (between((len(image), 1, 1, 1), 0, 1, image) < 0.7).float()
    first = between((len(image), 1, 1, 1), 0, 1, image) < 0.5     # which of the two lies on top
    painted = torch.where(first, paint_blob(paint_tubes(ground, lines), lump),
                          paint_tubes(paint_blob(ground, lump), lines))
    target = (torch.cat([lump, lines], 1) > 0.5).float()
    return painted, target, torch.where(real, grow(target, NEAR), torch.ones_like(target))


def hidden_blocks(image: Tensor) -> Tensor:
    """[N, 1, H, W]: 1 where a block is hidden, in blocks of 16 or of 8 pixels."""
    n, _, h, w = image.shape
    coarse = (torch.rand((n, 1, h // 16, w // 16), device=image.device) < HIDDEN).float()
    fine = (torch.rand((n, 1, h // 8, w // 8), device=image.device) < HIDDEN).float()
    coarse, fine = F.interpolate(coarse, size=(h, w)), F.interpolate(fine, size=(h, w))
    return torch.where(between((n, 1, 1, 1), 0, 1, image) < 0.5, coarse, fine)


def missed(guess: Tensor, target: Tensor, hidden: Tensor) -> Tensor:
    """Mean absolute error, hidden places counting ten times as much as shown ones; hidden [N, 1, H, W], any size."""
    share = F.adaptive_avg_pool2d(hidden, guess.shape[-2:]) * 0.9 + 0.1
    return ((guess.float() - target).abs() * share).sum() / (share.sum() * guess.shape[1])


def loss(net: Pretext, teacher: Teacher, crops: Crops) -> Tensor:
    """Reconstruction and the teacher's maps of hidden blocks of real crops, plus blobs and tubes on scrambled ones."""
    with torch.no_grad():
        cut = crops.cut()
        real, painted = crops.shown(*cut), made_up(crops.draw())
        planes, hidden = normalise(real), hidden_blocks(real)
        shown = torch.cat([planes * (1 - hidden), normalise(painted[0])])
        target = teacher.maps(normalise(crops.shown(*cut)))
    n = len(real)
    with precision(real.device):
        answer, maps = net(shown)
        guesses = [guess(m[:n]) for guess, m in zip(net.guess, maps)]
    drawn, counts = painted[1:]
    found = answer[n:, 6:].float()
    distilled = sum(missed(g, t, hidden) for g, t in zip(guesses, target)) / len(target)
    return missed(answer[:n, :6], planes, hidden) + DISTILLED * distilled \
        + sum(mask_loss(found[:, i:i + 1], drawn[:, i:i + 1], counts[:, i:i + 1]) for i in (0, 1))


def pretrain(ultrasound: Tensor, retina: Tensor, steps: int, seconds: float):
    """A frozen, standardised encoder trained on these images alone, and a log."""
    net, crops = place(Pretext(), ultrasound.device), Crops(ultrasound, retina)
    teacher = Teacher(net)
    log = fit(net, lambda: loss(net, teacher, crops), steps, seconds)
    round_to_half(net)
    net.encoder.standardise([crops.draw() for _ in range(min(40, max(4, steps // 10)))])
    return net.encoder.requires_grad_(False).eval(), log


def allowed(ultrasound, retina, split):
    """The images training may see: all but those held out, and in a trial none of the test part either."""
    training, validation, _ = split
    return ultrasound.image[np.concatenate([training, validation])], retina.image[retina.pool]
