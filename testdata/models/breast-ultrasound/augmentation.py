"""Random views of images, computed for a whole batch at once on the device that holds them."""
import math

import torch
import torch.nn.functional as F
from torch import Tensor


def uniform(n: int, low: float, high: float, like: Tensor) -> Tensor:
    """[n] numbers between low and high on the device of `like`."""
    return torch.rand(n, device=like.device) * (high - low) + low


def between(shape, low: float, high: float, like: Tensor) -> Tensor:
    """As `uniform`, for any shape."""
    return torch.rand(shape, device=like.device) * (high - low) + low


def chance(n: int, probability: float, like: Tensor) -> Tensor:
    """[n] floats, 1 with the given probability, else 0."""
    return (torch.rand(n, device=like.device) < probability).float()


SETTINGS = {  # of ultrasound views: how strong they are
    "mild": {"turn": 15.0, "scales": (0.75, 1.3), "shift": 0.12, "bend": 0.0},
    "strong": {"turn": 20.0, "scales": (0.6, 1.5), "shift": 0.2, "bend": 0.04},
}


def sample(planes: Tensor, size: int, turn: float, scales, shift: float, upside_down: bool, bend: float = 0.0) -> Tensor:
    """Cut one size x size view from each of planes [N, C, H, W]; what lies outside is 0.

    turn: largest rotation in degrees. scales: lowest and highest number of source pixels per pixel
    of the view (up to another 10 % apart between across and down). shift: how far the centre may
    move, as a share of half the source's side. Left and right are swapped in half of the views,
    top and bottom too where `upside_down` (never for ultrasound: the beam comes from above). bend: spread of a
    smooth random displacement, as a share of half the source's side.
    """
    n, _, height, width = planes.shape
    angle = uniform(n, -turn, turn, planes) * (math.pi / 180)
    scale = torch.exp(uniform(n, math.log(scales[0]), math.log(scales[1]), planes))
    squeeze = torch.exp(uniform(n, -0.1, 0.1, planes))
    mirror = 1 - 2 * chance(n, 0.5, planes)
    flip = 1 - 2 * chance(n, 0.5 if upside_down else 0.0, planes)
    across, down = scale * squeeze * size / width, scale / squeeze * size / height
    ratio = height / width
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.stack([
        torch.stack([cos * across * mirror, -sin * down * ratio * flip, uniform(n, -shift, shift, planes)], 1),
        torch.stack([sin * across * mirror / ratio, cos * down * flip, uniform(n, -shift, shift, planes)], 1),
    ], 1)
    grid = F.affine_grid(theta, [n, planes.shape[1], size, size], align_corners=False)
    if bend > 0:
        field = torch.randn((n, 2, 5, 5), device=planes.device) * bend
        grid = grid + F.interpolate(field, size=(size, size), mode="bicubic", align_corners=False).permute(0, 2, 3, 1)
    return F.grid_sample(planes, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def views(image: Tensor, mask: Tensor, valid: Tensor, size: int, **how):
    """The same random view of all three: image as it is, mask and valid as 0 or 1."""
    c = image.shape[1]
    planes = sample(torch.cat([image, mask, valid], 1), size, **how)
    return planes[:, :c], (planes[:, c:c + 1] > 0.5).float(), (planes[:, c + 1:] > 0.99).float()


def ultrasound_views(image: Tensor, mask: Tensor, valid: Tensor, setting: str):
    """Augmented ultrasound: geometry, gain, gamma, depth gain, speckle, blur, marks. [N, 1, S, S] each."""
    image, mask, valid = views(image, mask, valid, image.shape[-1], upside_down=False, **SETTINGS[setting])
    return ultrasound_intensity(image) * valid, mask, valid


def ultrasound_intensity(image: Tensor) -> Tensor:
    """Change what the machine's knobs change, and add measuring marks so that none means anything."""
    n, _, height, width = image.shape

    def each(low: float, high: float) -> Tensor:
        return uniform(n, low, high, image).view(n, 1, 1, 1)

    image = image.clamp(1e-4, 1) ** torch.exp(each(-0.4, 0.4)) * each(0.75, 1.3)
    depth = torch.linspace(-1, 1, height, device=image.device).view(1, 1, height, 1)
    image = image * (1 + depth * each(-0.3, 0.3))
    soft = F.avg_pool2d(image, 3, 1, 1, count_include_pad=False)
    image = torch.lerp(image, soft, each(0, 1) * chance(n, 0.3, image).view(n, 1, 1, 1))
    speckle = torch.randn_like(image) * each(0, 0.15) + 1
    return marks((image * speckle).clamp(0, 1))


def marks(image: Tensor, pairs: int = 2) -> Tensor:
    """Draw crosses of callipers at random places, in a quarter of the images."""
    n, _, height, width = image.shape
    row = torch.arange(height, device=image.device).view(1, 1, height, 1)
    column = torch.arange(width, device=image.device).view(1, 1, 1, width)
    wanted = chance(n, 0.25, image).view(n, 1, 1, 1)
    for _ in range(2 * pairs):
        y, x = (uniform(n, 8, s - 8, image).view(n, 1, 1, 1).round() for s in (height, width))
        near_y, near_x = (row - y).abs(), (column - x).abs()
        cross = ((near_y <= 3) & (near_x < 1)) | ((near_x <= 3) & (near_y < 1))
        image = torch.where(cross & (wanted > 0), torch.full_like(image, 0.9), image)
    return image


def retina_views(image: Tensor, mask: Tensor, valid: Tensor, size: int):
    """Augmented crops of colour photographs: geometry, and each channel's gain, gamma and noise."""
    image, mask, valid = views(image, mask, valid, size, turn=180.0, scales=(0.7, 1.4), shift=0.75,
                               upside_down=True)
    return retina_intensity(image), mask, valid


def retina_intensity(image: Tensor) -> Tensor:
    """Change what another camera would change."""
    n, c, _, _ = image.shape
    gamma = torch.exp(between((n, 1, 1, 1), -0.4, 0.4, image) + between((n, c, 1, 1), -0.15, 0.15, image))
    gain = between((n, 1, 1, 1), 0.75, 1.3, image) * between((n, c, 1, 1), 0.85, 1.15, image)
    noise = torch.randn_like(image) * between((n, 1, 1, 1), 0, 0.03, image)
    soft = F.avg_pool2d(image, 3, 1, 1, count_include_pad=False)
    image = torch.lerp(image, soft, between((n, 1, 1, 1), 0, 1, image) * chance(n, 0.3, image).view(n, 1, 1, 1))
    return (image.clamp(1e-4, 1) ** gamma * gain + noise).clamp(0, 1)
