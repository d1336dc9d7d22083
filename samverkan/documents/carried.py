"""The data that a PDF from here carries, taken out of it whole.

The file is looked through for the embedded data as it lies there, without a PDF library: what is
read is a stranger's file, and nothing in it is unpacked but that data, and no further than a document
can be long. A file that has been signed or saved anew by another program still carries it.
"""

import re
import zlib
from collections.abc import Iterator

LARGEST = 64_000_000  # bytes of JSON: ten times a plan of a thousand actions
MOST_FILES = 50  # that one PDF carries

_EMBEDDED = re.compile(rb"/EmbeddedFile\b(?!s)")
_BEGINS = re.compile(rb"stream\r?\n")
_ENDS = b"endstream"
_HEAD_OF_OBJECT = 4_000  # bytes, at the most, of what describes an embedded file


class NotCarried(ValueError):
    """There is no such data in the file; says why. `is_pdf` where the file is one at all."""

    def __init__(self, why: str, *, is_pdf: bool = True):
        super().__init__(why)
        self.is_pdf = is_pdf


def carried_in(content: bytes, mark: str) -> bytes | None:
    """The data with that mark in it, the name of its format; none where the PDF has no such."""
    if b"%PDF-" not in content[:1024]:
        raise NotCarried("Filen är ingen PDF.", is_pdf=False)
    if b"/Encrypt" in content:
        raise NotCarried("PDF-filen är skyddad med lösenord och kan inte läsas.")
    found = [data for data in _embedded(content) if mark.encode() in data]
    return found[-1] if found else None  # what a file has been given last comes last


def _embedded(content: bytes) -> Iterator[bytes]:
    """The files that the PDF carries."""
    for count, found in enumerate(_EMBEDDED.finditer(content)):
        if count == MOST_FILES:
            raise NotCarried("PDF-filen bär för många filer.")
        begins = _BEGINS.search(content, found.end(), found.end() + _HEAD_OF_OBJECT)
        if begins:
            start = content.rfind(b" obj", 0, found.start())
            head = content[max(start, found.start() - _HEAD_OF_OBJECT) : begins.start()]
            yield _unpacked(content, begins.end(), is_packed=b"/FlateDecode" in head)


def _unpacked(content: bytes, start: int, *, is_packed: bool) -> bytes:
    if not is_packed:
        return content[start : content.find(_ENDS, start)]
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(memoryview(content)[start:], LARGEST)
    except zlib.error as error:
        raise NotCarried("PDF-filen är skadad.") from error
    if unpacking.unconsumed_tail:
        raise NotCarried("PDF-filen bär mer data än vad ett dokument kan innehålla.")
    if not unpacking.eof:
        raise NotCarried("PDF-filen är avklippt.")
    return data
