"""What an image is, by the first of its bytes. It is cleaned when it is stored, not here."""

import hashlib
import re
from typing import Literal

from lagesbild.document import ImageDoc

_OTHERS = (
    (re.compile(rb"\x01\0\0\0.{36} EMF", re.S), "EMF"),
    (re.compile(rb"\xd7\xcd\xc6\x9a|\x01\0\x09\0"), "WMF"),
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
    (re.compile(rb"RIFF....WEBP", re.S), "WEBP"),
    (re.compile(rb"\s*(?:<\?xml.*?)?(?:<!--.*?-->\s*)*<svg", re.S), "SVG"),
)
_NO_FRAME = {0xC4, 0xC8, 0xCC}  # of JPEG: tables, that look like the beginning of a frame


def image_of(content: bytes) -> ImageDoc | None:
    """None where it is no PNG or JPEG."""
    size = _size_of_png(content) or _size_of_jpeg(content)
    if size is None or 0 in size:
        return None
    kind: Literal["image/png", "image/jpeg"]
    kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return ImageDoc(hashlib.sha256(content).hexdigest(), kind, *size)


def what_it_is(content: bytes) -> str:
    """A word for an image that cannot be shown."""
    return next((name for sign, name in _OTHERS if sign.match(content)), "okänt format")


def _size_of_png(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        kind, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == 0xFF:  # they may be several
            at += 1
        elif 0xC0 <= kind <= 0xCF and kind not in _NO_FRAME:
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            return int.from_bytes(content[at + 7 : at + 9], "big"), height
        else:
            at += 2 + length
    return None
