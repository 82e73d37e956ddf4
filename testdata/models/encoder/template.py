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

from data import SEED
from encoder import Head


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
    save(torch.jit.script(Head()), sys.argv[1])


if __name__ == "__main__":
    main()
