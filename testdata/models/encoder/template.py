"""Writes the untrained head that `$adapt` begins with:

    cd testdata/models/encoder
    PYTHONPATH=../breast-ultrasound /usr/bin/python3 template.py ../lesions/0.0.0/head.pt

Scripted and not traced, so that batch normalisation still knows training from use. Run it with Debian's PyTorch (1.13): what that
saves, every later libtorch loads.
"""
import os
import sys
import zipfile

import torch
from torch import Tensor

from data import SEED
from encoder import Head, normalise, places
from networks import up


class TrainableHead(Head):
    """The same head with its loop over the maps written out, because TorchScript has no slices of module lists."""

    def forward(self, image: Tensor, map1: Tensor, map2: Tensor, map4: Tensor, map8: Tensor, map16: Tensor) -> Tensor:
        total = up(self.reduce[4](map16)) + self.reduce[3](map8)
        total = up(total) + self.reduce[2](map4)
        total = up(total) + self.reduce[1](map2)
        total = up(total) + self.reduce[0](map1)
        seen = self.see(torch.cat([torch.relu(self.norm(total)), normalise(image), places(image)], 1))
        for mix in self.mix:
            seen = seen + mix(seen)
        return self.out(seen)


def save(module: torch.jit.ScriptModule, path: str) -> None:
    """Save without debug records, which hold paths of this machine."""
    module.save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as lean:
        for entry in whole.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                lean.writestr(zipfile.ZipInfo(entry.filename), whole.read(entry))
    os.remove(path + ".tmp")


def main() -> None:
    torch.manual_seed(SEED)
    save(torch.jit.script(TrainableHead()), sys.argv[1])


if __name__ == "__main__":
    main()
