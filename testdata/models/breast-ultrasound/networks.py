"""The networks: U-Net, ViT-only, Swin-only, the full two-branch model, and the light student.

Every network takes `image` float32 [N, 1, 160, 160] in 0..1 (letterboxed, black border) and `text`
int64 [N, 6] (see descriptors.py; 0 = not stated; only the full model reads it) and returns an `Answer`.

The design follows the idea of Med-CTX (arXiv 2508.13796), written from its description: a global branch
(vision transformer, Dosovitskiy 2021) and a local one (shifted windows, Liu 2021), fused by their own
uncertainty (Kendall and Gal 2017), with the report's words read through cross-attention. Each branch is the
whole single-branch baseline and is trained to answer alone too; what the full model adds is fusion and words.
"""
import math
from typing import NamedTuple, Optional

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from descriptors import VOCABULARY

SIZE, COARSE = 160, 20           # sides of the image and of the coarse grid (stride 8), in pixels
CLASSES = 3                      # normal, benign, malignant
UNET_WIDTHS = (24, 48, 96, 160, 256)
FUSED_ATTENTION = hasattr(F, "scaled_dot_product_attention")   # on a GPU; the formula is written out below


class Answer(NamedTuple):
    """mask: logits [N, 1, 160, 160]; classes: logits [N, 3]; coarse: logits [N, 1, 20, 20].

    branches: what each branch of the full model would answer alone, which training asks for too.
    """
    mask: Tensor
    classes: Tensor
    coarse: Tensor
    branches: tuple = ()


def moderate(mean: Tensor, log_variance: Tensor) -> Tensor:
    """The logit of the expected sigmoid of a normal logit (MacKay 1992): doubt pulls it towards 0."""
    return mean / torch.sqrt(1 + math.pi / 8 * torch.exp(log_variance.clamp(-6, 4)))


def up(x: Tensor, scale: int = 2) -> Tensor:
    return F.interpolate(x, scale_factor=float(scale), mode="bilinear", align_corners=False)


def twice(x: Tensor) -> Tensor:
    """Double the sides for convolutions that follow: nearest, whose gradient is far quicker than a bilinear one's."""
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def convolution(inside: int, outside: int, stride: int = 1) -> nn.Sequential:
    """3 x 3 convolution, batch normalisation, ReLU."""
    return nn.Sequential(nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
                         nn.BatchNorm2d(outside), nn.ReLU(inplace=True))


def separable(inside: int, outside: int, stride: int = 1) -> nn.Sequential:
    """Depthwise 3 x 3 and pointwise 1 x 1 convolutions (MobileNet, Howard 2017)."""
    return nn.Sequential(nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False),
                         nn.BatchNorm2d(inside), nn.ReLU(inplace=True),
                         nn.Conv2d(inside, outside, 1, bias=False),
                         nn.BatchNorm2d(outside), nn.ReLU(inplace=True))


class Double(nn.Module):
    """Two convolutions, the second with a shortcut."""

    def __init__(self, inside: int, outside: int, stride: int = 1, block=convolution):
        super().__init__()
        self.first, self.second = block(inside, outside, stride), block(outside, outside)

    def forward(self, x: Tensor) -> Tensor:
        x = self.first(x)
        return x + self.second(x)


class ClassHead(nn.Module):
    """Class logits from visual features [N, C, 20, 20] and the coarse lesion logits that they gave.

    Never from text, and never from an annotated mask: only where the network itself expects the lesion,
    at an eighth of the resolution, weighs the mean. No gradient flows into that expectation.
    """

    def __init__(self, channels: int, outputs: int = CLASSES):
        super().__init__()
        self.hidden = nn.Linear(3 * channels, 128)
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(128, outputs)

    def forward(self, features: Tensor, coarse: Tensor) -> Tensor:
        weight = torch.sigmoid(coarse.detach())
        inside = (features * weight).sum((2, 3)) / (weight.sum((2, 3)) + 1.0)
        pooled = torch.cat([features.mean((2, 3)), features.amax((2, 3)), inside], 1)
        return self.out(self.drop(F.relu(self.hidden(self.drop(pooled)))))


class Trunk(nn.Module):
    """U-Net (Ronneberger 2015) without a head: image [N, C, H, W] -> maps at strides 1, 2, 4, 8, 16.

    H and W must be multiples of 16. The last map is the bottom of the U, the others come from its way up.
    """

    def __init__(self, inside: int, widths=UNET_WIDTHS, block=convolution):
        super().__init__()
        steps = list(zip((inside,) + tuple(widths[:-1]), widths))
        self.down = nn.ModuleList([Double(a, b, 1 if i == 0 else 2, block if i else convolution)
                                   for i, (a, b) in enumerate(steps)])
        self.up = nn.ModuleList([Double(a + b, b, 1, block) for a, b in zip(widths[1:], widths[:-1])])

    def forward(self, x: Tensor):
        maps = []
        for stage in self.down:
            x = stage(x)
            maps.append(x)
        for i in range(len(self.up) - 1, -1, -1):
            x = self.up[i](torch.cat([twice(x), maps[i]], 1))
            maps[i] = x
        return maps


class UNet(nn.Module):
    """A U-Net with the same class head as every other network here."""

    def __init__(self, widths=UNET_WIDTHS, block=convolution):
        super().__init__()
        self.trunk = Trunk(1, widths, block)
        self.mask = nn.Conv2d(widths[0], 1, 1)
        self.coarse = nn.Conv2d(widths[3], 1, 1)
        self.join = block(widths[3] + widths[4], 128)
        self.classes = ClassHead(128)

    def forward(self, image: Tensor, text: Optional[Tensor] = None) -> Answer:
        maps = self.trunk(centre(image))
        coarse = self.coarse(maps[3])
        features = self.join(torch.cat([maps[3], up(maps[4])], 1))
        return Answer(self.mask(maps[0]), self.classes(features, coarse), coarse)


def centre(image: Tensor) -> Tensor:
    """0..1 -> about zero mean and unit spread (fixed numbers, for ultrasound in general)."""
    return (image - 0.3) / 0.2


class Stem(nn.Module):
    """Early convolutions (Xiao 2021), the same for all transformers: maps of 24, 48, 96 channels at 1, 2, 4."""

    def __init__(self):
        super().__init__()
        self.first, self.second, self.third = Double(1, 24), Double(24, 48, 2), Double(48, 96, 2)

    def forward(self, image: Tensor):
        full = self.first(centre(image))
        half = self.second(full)
        return full, half, self.third(half)


class Attention(nn.Module):
    """Multi-head attention of queries [N, Q, D] over keys [N, K, D].

    `bias` is added to the scores: [N or 1, heads or 1, Q or 1, K], or [1, W, heads, Q, K] for W windows of each image.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads, self.head_width = heads, width // heads
        self.query, self.key_value = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, self.head_width).transpose(1, 2)

    def forward(self, queries: Tensor, keys: Tensor, bias: Optional[Tensor] = None) -> Tensor:
        key, value = self.key_value(keys).chunk(2, -1)
        query, key, value = self.split(self.query(queries)), self.split(key), self.split(value)
        if bias is None and FUSED_ATTENTION and query.is_cuda:
            mixed = F.scaled_dot_product_attention(query, key, value)
        else:
            scores = query * self.head_width ** -0.5 @ key.transpose(-2, -1)
            if bias is not None and bias.dim() == 5:
                scores = (scores.view(-1, *bias.shape[1:]) + bias.to(scores.dtype)).view(scores.shape)
            elif bias is not None:
                scores = scores + bias.to(scores.dtype)
            mixed = torch.softmax(scores, -1) @ value
        return self.out(mixed.transpose(1, 2).reshape(queries.shape[0], queries.shape[1], -1))


def perceptron(width: int, drop: float) -> nn.Sequential:
    return nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(),
                         nn.Linear(4 * width, width), nn.Dropout(drop))


class Block(nn.Module):
    """Pre-norm transformer block on tokens [N, T, D]."""

    def __init__(self, width: int, heads: int, drop: float = 0.1):
        super().__init__()
        self.norm, self.attention = nn.LayerNorm(width), Attention(width, heads)
        self.perceptron, self.drop = perceptron(width, drop), nn.Dropout(drop)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        x = x + self.drop(self.attention(y, y))
        return x + self.perceptron(x)


class Global(nn.Module):
    """ViT branch: stride-4 map [N, 96, 40, 40] -> stride-8 map [N, D, 20, 20], every token sees all."""

    def __init__(self, width: int, depth: int):
        super().__init__()
        self.embed = nn.Conv2d(96, width, 3, 2, 1)
        self.position = nn.Parameter(torch.randn(1, COARSE * COARSE, width) * 0.02)
        self.blocks = nn.Sequential(*[Block(width, width // 32) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)

    def forward(self, quarter: Tensor) -> Tensor:
        x = self.embed(quarter).flatten(2).transpose(1, 2) + self.position
        x = self.norm(self.blocks(x))
        return x.transpose(1, 2).reshape(-1, x.shape[2], COARSE, COARSE)


class WindowBlock(nn.Module):
    """Swin block on [N, side, side, D]: attention inside windows, with relative positions; shifted or not."""

    def __init__(self, side: int, width: int, heads: int, shifted: bool, window: int = 10, drop: float = 0.1):
        super().__init__()
        self.side, self.window, self.across = side, window, side // window
        self.shift = window // 2 if shifted and side > window else 0
        self.norm, self.attention = nn.LayerNorm(width), Attention(width, heads)
        self.perceptron, self.drop = perceptron(width, drop), nn.Dropout(drop)
        self.relative = nn.Parameter(torch.randn(heads, (2 * window - 1) ** 2) * 0.02)
        steps = torch.arange(window)
        place = torch.stack(torch.meshgrid(steps, steps, indexing="ij"), -1).view(-1, 2)
        offset = place[:, None] - place[None] + window - 1
        index = offset[..., 0] * (2 * window - 1) + offset[..., 1]    # small types keep the file small
        self.register_buffer("index", index.to(torch.int16), persistent=False)
        self.register_buffer("forbidden", self.edges() if self.shift else torch.zeros(1), persistent=False)

    def edges(self) -> Tensor:
        """bool [windows, 1, T, T]: between which tokens only the roll made neighbours."""
        region = torch.zeros(self.side)
        if self.shift:
            region[-self.window:-self.shift] = 1
            region[-self.shift:] = 2
        regions = self.cut((region[:, None] * 3 + region[None]).view(1, self.side, self.side, 1)).squeeze(-1)
        return (regions[:, None, :, None] != regions[:, None, None, :])

    def cut(self, x: Tensor) -> Tensor:
        """[N, side, side, D] -> [N * windows, window * window, D]"""
        a, w, d = self.across, self.window, x.shape[-1]
        return x.reshape(-1, a, w, a, w, d).transpose(2, 3).reshape(-1, w * w, d)

    def join(self, x: Tensor) -> Tensor:
        a, w, d = self.across, self.window, x.shape[-1]
        return x.reshape(-1, a, a, w, w, d).transpose(2, 3).reshape(-1, self.side, self.side, d)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        if self.shift:
            y = torch.roll(y, (-self.shift, -self.shift), (1, 2))
        y = self.cut(y)
        bias = self.relative.index_select(1, self.index.view(-1).long()).view(1, -1, self.index.shape[0], self.index.shape[1])
        if self.shift:
            bias = (bias - 100.0 * self.forbidden.to(bias.dtype))[None]
        y = self.join(self.attention(y, y, bias))
        if self.shift:
            y = torch.roll(y, (self.shift, self.shift), (1, 2))
        x = x + self.drop(y)
        return x + self.perceptron(x)


class Merge(nn.Module):
    """Halve the sides of [N, side, side, D] and double D."""

    def __init__(self, width: int):
        super().__init__()
        self.norm, self.reduce = nn.LayerNorm(4 * width), nn.Linear(4 * width, 2 * width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        corners = [x[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]
        return self.reduce(self.norm(torch.cat(corners, -1))).float()


class Local(nn.Module):
    """Swin branch: stride-4 map [N, 96, 40, 40] -> maps of D, 2D, 4D channels at strides 4, 8, 16."""

    def __init__(self, width: int, depth: int = 2):
        super().__init__()
        self.embed = nn.Conv2d(96, width, 1)
        self.stages, self.norms = nn.ModuleList(), nn.ModuleList()
        for i in range(3):
            side, wide = 2 * COARSE >> i, width << i
            merge = [Merge(wide // 2)] if i else []
            blocks = [WindowBlock(side, wide, wide // 16 if width < 64 else wide // 32, shifted=d % 2 == 1)
                      for d in range(depth)]
            self.stages.append(nn.Sequential(*merge, *blocks))
            self.norms.append(nn.LayerNorm(wide))

    def forward(self, quarter: Tensor):
        x, maps = self.embed(quarter).float().permute(0, 2, 3, 1), []  # sums stay in float32 under autocast
        for stage, norm in zip(self.stages, self.norms):
            x = stage(x)
            maps.append(norm(x).permute(0, 3, 1, 2))
        return maps


class Opinion(nn.Module):
    """What one branch holds of the lesion: features [N, 128, 20, 20], mean logit and its log-variance."""

    def __init__(self, inside: int, width: int):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(inside, width, 1, bias=False), nn.BatchNorm2d(width),
                                      nn.ReLU(inplace=True))
        self.opinion = nn.Conv2d(width, 2, 1)

    def forward(self, x: Tensor):
        features = self.features(x)
        mean, log_variance = self.opinion(features).chunk(2, 1)
        return features, mean, log_variance


class Reading(nn.Module):
    """Every place of the image [N, 128, 20, 20] looks at the words of the report [N, 6] (0 = not stated).

    The answer [N, 128, 20, 20] is what the words add; it is exactly 0 where the report says nothing.
    """

    def __init__(self, width: int, layers: int = 2):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, width)
        self.silence = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.position = nn.Parameter(torch.randn(1, COARSE * COARSE, width) * 0.02)
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(layers)])
        self.attentions = nn.ModuleList([Attention(width, 4) for _ in range(layers)])
        self.perceptrons = nn.ModuleList([perceptron(width, 0.1) for _ in range(layers)])
        self.norm, self.out = nn.LayerNorm(width), nn.Linear(width, width)

    def forward(self, features: Tensor, text: Tensor) -> Tensor:
        silence = self.silence.expand(text.shape[0], -1, -1)
        tokens = torch.cat([silence, self.words(text)], 1)
        unsaid = (text == 0).to(tokens.dtype) * -1e4
        bias = torch.cat([torch.zeros_like(unsaid[:, :1]), unsaid], 1)[:, None, None, :]
        x = features.float().flatten(2).transpose(1, 2)
        for norm, attention, mlp in zip(self.norms, self.attentions, self.perceptrons):
            x = x + attention(norm(x) + self.position, tokens, bias)
            x = x + mlp(x)
        spoken = (text > 0).to(x.dtype).amax(1).view(-1, 1, 1)
        return (self.out(self.norm(x)) * spoken).transpose(1, 2).reshape(features.shape)


class Decoder(nn.Module):
    """Coarse features and skips at strides 4, 2, 1 -> a full-resolution map of 24 channels."""

    def __init__(self, coarse: int, quarter: int):
        super().__init__()
        self.first, self.second, self.third = Double(coarse + quarter, 96), Double(96 + 48, 48), Double(48 + 24, 24)

    def forward(self, coarse: Tensor, quarter: Tensor, half: Tensor, full: Tensor) -> Tensor:
        x = self.first(torch.cat([twice(coarse), quarter], 1))
        x = self.second(torch.cat([twice(x), half], 1))
        return self.third(torch.cat([twice(x), full], 1))


class View(NamedTuple):
    """What a branch sees before it draws: features [N, 128, 20, 20], its coarse opinion and the finer maps."""
    features: Tensor
    mean: Tensor
    log_variance: Tensor
    skips: tuple


class OneBranch(nn.Module):
    """ViT-only or Swin-only: stem, one branch, decoder, class head; no text."""

    def __init__(self, kind: str):
        super().__init__()
        self.kind, self.stem = kind, Stem()
        self.branch = Global(192, 6) if kind == "vit" else Local(64)
        self.opinion = Opinion(192 if kind == "vit" else 128 + 256, 128)
        self.decoder = Decoder(128, 96 if kind == "vit" else 96 + 64)
        self.mask, self.classes = nn.Conv2d(24, 2, 1), ClassHead(128, CLASSES + 1)

    def look(self, image: Tensor) -> View:
        full, half, quarter = self.stem(image)
        if self.kind == "vit":
            x = self.branch(quarter)
        else:
            near, middle, far = self.branch(quarter)
            x, quarter = torch.cat([middle, up(far)], 1), torch.cat([quarter, near], 1)
        return View(*self.opinion(x), (quarter, half, full))

    def draw(self, features: Tensor, view: View):
        """Mean logit of the mask and its log-variance, [N, 1, 160, 160] each."""
        return self.mask(self.decoder(features, *view.skips)).float().chunk(2, 1)

    def judge(self, view: View):
        """Class logits [N, 3] and their common log-variance [N, 1]."""
        judged = self.classes(view.features, moderate(view.mean, view.log_variance)).float()
        return judged[:, :CLASSES], judged[:, CLASSES:]

    def answer(self, view: View, mask, classes) -> Answer:
        return Answer(moderate(*mask), moderate(*classes), moderate(view.mean, view.log_variance))

    def forward(self, image: Tensor, text: Optional[Tensor] = None) -> Answer:
        view = self.look(image)
        return self.answer(view, self.draw(view.features, view), self.judge(view))


def fuse(opinions):
    """Weigh pairs of mean and log-variance by inverse variance: mean and log-variance of both together.

    The branches saw the same image, so their errors are no independent draws: the variance is averaged, not added up.
    """
    means, log_variances = ([o[i].float() for o in opinions] for i in (0, 1))
    spread = torch.stack([v.clamp(-6, 4) for v in log_variances])
    share = torch.softmax(-spread, 0)
    mean = sum(s * m for s, m in zip(share.unbind(0), means))
    return mean, (share * spread).sum(0)


class TwoBranches(nn.Module):
    """The full model: a ViT and a Swin branch, each weighed by its own certainty, at each place of the mask and
    for the class; and the words of the report, which change the features that the masks are drawn from.

    Without words the mask is that of the two branches alone. The class never sees a word.
    """

    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList([OneBranch("vit"), OneBranch("swin")])
        self.reading = Reading(128)

    def forward(self, image: Tensor, text: Tensor) -> Answer:
        views = [branch.look(image) for branch in self.branches]
        coarse = [(view.mean, view.log_variance) for view in views]
        share = torch.softmax(-torch.cat([v.float().clamp(-6, 4) for _, v in coarse], 1), 1)
        seen = share[:, :1] * views[0].features + share[:, 1:] * views[1].features
        said = self.reading(seen, text)
        masks = [branch.draw(view.features + said, view) for branch, view in zip(self.branches, views)]
        classes = [branch.judge(view) for branch, view in zip(self.branches, views)]
        alone = tuple(branch.answer(*of) for branch, of in zip(self.branches, zip(views, masks, classes)))
        return Answer(moderate(*fuse(masks)), moderate(*fuse(classes)), moderate(*fuse(coarse)), alone)


def light() -> UNet:
    """The student: a small U-Net of separable convolutions."""
    return UNet((24, 40, 80, 160, 288), separable)


def build(variant: str) -> nn.Module:
    """unet, vit, swin, full or light."""
    makers = {"unet": UNet, "vit": lambda: OneBranch("vit"), "swin": lambda: OneBranch("swin"),
              "full": TwoBranches, "light": light}
    return makers[variant]()


class Served(nn.Module):
    """What is exported: calibrated answers.

    forward(image float32 [N, 1, 160, 160] in 0..1, text int64 [N, 6]) ->
      mask: calibrated logits [N, 1, 160, 160] (sigmoid = probability of lesion),
      uncertainty: [N, 1, 160, 160], entropy of that probability in bits (0 certain, 1 even odds),
      malignancy: calibrated probability [N, 1], and lesion: probability that there is one [N, 1].
    Networks without text take the same two inputs and ignore the second.
    """

    def __init__(self, net: nn.Module, mask_temperature: float, class_temperature: float):
        super().__init__()
        self.net = net
        self.register_buffer("mask_temperature", torch.tensor(float(mask_temperature)))
        self.register_buffer("class_temperature", torch.tensor(float(class_temperature)))

    def forward(self, image: Tensor, text: Tensor):
        answer = self.net(image, text)
        mask = answer.mask / self.mask_temperature
        classes = torch.softmax(answer.classes / self.class_temperature, 1)
        return mask, entropy(mask), classes[:, 2:], 1 - classes[:, :1]


def entropy(logit: Tensor) -> Tensor:
    """Binary entropy in bits of sigmoid(logit); 0..1."""
    p = torch.sigmoid(logit)
    nats = -(p * F.logsigmoid(logit) + (1 - p) * F.logsigmoid(-logit))
    return (nats / math.log(2)).clamp(0, 1)
