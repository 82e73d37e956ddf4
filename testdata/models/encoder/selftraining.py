"""Learning from images without labels beside a few with: what a head is sure of in them teaches the next head.

Self-training (Yarowsky 1995; Lee 2013). A head marks the unlabelled images; those that it is surest of join the labelled ones, each
pixel as heavy as it is sure, and a second head starts anew. In half of their views a box is exchanged with a labelled view (CutMix, Yun
2019; both ways as in bidirectional copy-paste, Bai 2023), so that true labels and guesses meet in one picture. `$adapt` does likewise, with the milder
views of its training.
"""
import numpy as np
import torch
from torch import Tensor

from augmentation import SETTINGS, sample, ultrasound_intensity

SHARE = 0.3                      # of the unlabelled images, the surest first
LEAST = 0.003                    # share of the scan, below which what is marked does not count
DOUBTFUL = 0.25, 0.75            # probabilities in between
BOX = 0.4, 0.75                  # sides of the boxes, as shares of the image's
CHUNK = 16


@torch.no_grad()
def marked(task, encoder, head, rows: np.ndarray) -> Tensor:
    """Probabilities [N, 1, H, W] in these images: the mean of the image and its mirror image."""
    found = []
    for i in range(0, len(rows), CHUNK):
        image, total = task.image[rows[i:i + CHUNK]], 0
        for flipped in (False, True):
            seen = image.flip(3) if flipped else image
            answer = torch.sigmoid(head(seen, *encoder(seen)))
            total = total + (answer.flip(3) if flipped else answer)
        found.append(total / 2 * task.valid[rows[i:i + CHUNK]])
    return torch.cat(found)


def surest(probability: Tensor, valid: Tensor) -> Tensor:
    """Places of SHARE of the images, none in which nothing is marked: high probability inside of what is marked, and little doubt around it."""
    inside = (probability > 0.5).float()
    pixels = inside.sum((1, 2, 3))
    sure = (probability * inside).sum((1, 2, 3)) / pixels.clamp(min=1)
    doubtful = ((probability > DOUBTFUL[0]) & (probability < DOUBTFUL[1])).float().sum((1, 2, 3))
    score = sure - 0.3 * doubtful / pixels.clamp(min=20)
    score[pixels < LEAST * valid.sum((1, 2, 3))] = -1
    order = score.argsort(descending=True)[:round(SHARE * len(score))]
    return order[score[order] > -1]


@torch.no_grad()
def views(task, rows: np.ndarray, probability: Tensor, labelled: np.ndarray, count: int):
    """`count` views of unlabelled rows: image, mask and weight; two of four without a box, one with one of a labelled view, one within one."""
    order = torch.as_tensor(np.resize(np.random.permutation(len(rows)), count))
    for i in range(0, count, CHUNK):
        place = order[i:i + CHUNK]
        row = torch.as_tensor(rows)[place]
        planes = sample(torch.cat([task.image[row, :1], probability[place], task.valid[row]], 1), task.image.shape[-1],
                        upside_down=False, **SETTINGS[task.setting])
        likely, valid = planes[:, 1:2], (planes[:, 2:] > 0.99).float()
        guessed = [ultrasound_intensity(planes[:, :1]) * valid, (likely > 0.5).float(), valid * (2 * likely - 1).abs()]
        image, mask, valid = task.views(torch.as_tensor(np.random.choice(labelled, len(place))))
        known = [image[:, :1], mask, valid]
        for j in range(0, len(place), 2):
            box = (slice(j, j + 1), slice(None), *boxed(*image.shape[2:]))
            for here, there in zip(guessed, known):
                if j % 4 == 0:
                    here[box] = there[box]
                else:
                    there[box] = here[box]
                    here[j] = there[j]
        yield guessed[0].expand(-1, 3, -1, -1), guessed[1], guessed[2]


def boxed(height: int, width: int):
    """Rows and columns of a random box, wherever lesions are."""
    def side(longest: int) -> slice:
        length = int(longest * np.random.uniform(*BOX))
        first = np.random.randint(0, longest - length + 1)
        return slice(first, first + length)
    return side(height), side(width)
