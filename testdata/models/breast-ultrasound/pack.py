"""Pack the images of breast-ultrasound and retina-vessels into one .npz that training reads.

    /usr/bin/python3 testdata/models/breast-ultrasound/pack.py \
        --data ../shared/data --out /tmp/images.npz

Needs NumPy and Pillow. The training script needs neither the image files nor Pillow.
"""
import argparse
import csv
import os

import numpy as np
from PIL import Image

SIZE = 160                       # side of the square the networks see, in pixels
LABELS = ["normal", "benign", "malignant"]
RETINA_HEIGHT, RETINA_WIDTH = 592, 576  # 584 x 565 padded to multiples of 16, right and bottom


def letterbox(picture: Image.Image, width: int, height: int) -> np.ndarray:
    """Resize to the true aspect width : height with the longer side SIZE, centred on black.

    Returns uint8 [SIZE, SIZE]. Filter: Pillow's BILINEAR, which averages when it shrinks.
    """
    scale = SIZE / max(width, height)
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    canvas = Image.new("L", (SIZE, SIZE))
    canvas.paste(picture.convert("L").resize((w, h), Image.BILINEAR),
                 ((SIZE - w) // 2, (SIZE - h) // 2))
    return np.asarray(canvas)


def ultrasound(folder: str) -> dict:
    """Images, masks and valid areas uint8 [N, SIZE, SIZE] (masks, areas 0 or 1) and what splits need."""
    with open(os.path.join(folder, "index.csv"), newline="") as f:
        rows = list(csv.DictReader(f))
    images, masks, valid = [], [], []
    for row in rows:
        size = int(row["width"]), int(row["height"])
        stem = os.path.join(folder, row["label"], row["id"])
        images.append(letterbox(Image.open(stem + ".png"), *size))
        masks.append(letterbox(Image.open(stem + "_mask.png"), *size) >= 128)
        valid.append(letterbox(Image.new("L", (256, 256), 255), *size) >= 128)
    return {"image": np.stack(images), "mask": np.stack(masks).astype(np.uint8),
            "valid": np.stack(valid).astype(np.uint8),
            "label": np.array([LABELS.index(r["label"]) for r in rows]),
            "cluster": np.array([int(r["cluster"]) for r in rows]),
            "identifier": np.array([int(r["id"]) for r in rows])}


def retina(folder: str) -> dict:
    """Photographs uint8 [20, 3, 592, 576]; vessels and field of view uint8 [20, 592, 576], 0 or 1."""
    numbers = sorted(f[:2] for f in os.listdir(folder) if f.endswith("_image.png"))

    def read(suffix: str, mode: str) -> np.ndarray:
        pictures = []
        for number in numbers:
            canvas = Image.new(mode, (RETINA_WIDTH, RETINA_HEIGHT))
            canvas.paste(Image.open(os.path.join(folder, number + suffix)).convert(mode), (0, 0))
            pictures.append(np.asarray(canvas))
        return np.stack(pictures)

    return {"image": read("_image.png", "RGB").transpose(0, 3, 1, 2),
            "mask": (read("_vessels.png", "L") >= 128).astype(np.uint8),
            "valid": (read("_fov.png", "L") >= 128).astype(np.uint8),
            "identifier": np.array([int(n) for n in numbers])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="folder with breast-ultrasound and retina-vessels")
    parser.add_argument("--out", required=True, help="the .npz to write")
    arguments = parser.parse_args()
    parts = {"ultrasound": ultrasound(os.path.join(arguments.data, "breast-ultrasound")),
             "retina": retina(os.path.join(arguments.data, "retina-vessels"))}
    np.savez_compressed(arguments.out, **{f"{name}_{key}": value for name, part in parts.items()
                                          for key, value in part.items()})
    print(f"{arguments.out}: {os.path.getsize(arguments.out) / 2 ** 20:.1f} MiB")


if __name__ == "__main__":
    main()
