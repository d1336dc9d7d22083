"""Which layout a document is made in. A file that was made in an older one is made anew."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

# What turns words into a file, beside our own code.
_MAKERS = ("weasyprint", "pypdfium2", "pillow", "python-docx", "xlsxwriter")


@cache
def layout_of(*folders: Path) -> bytes:
    """A hash of everything in the folders, and of the libraries that make files."""
    found = hashlib.sha256(" ".join(version(maker) for maker in _MAKERS).encode())
    for file in _files(folders):
        found.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.digest()


def _files(folders: Iterable[Path]) -> list[Path]:
    inside = [file for folder in folders for file in folder.rglob("*")]
    return sorted(f for f in inside if f.is_file() and "__pycache__" not in f.parts)
