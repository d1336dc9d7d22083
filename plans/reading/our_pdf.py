"""A plan out of a PDF that Samverkan has made: the data that it carries, whole.

The file is looked through for the embedded data as it lies there, without a PDF library: what is
read is a stranger's file, and nothing in it is unpacked but that data, and no further than a plan
can be long. A file that has been signed or saved anew by another program still carries it.
"""

import re
import zlib
from collections.abc import Iterator

from plans.document import FORMAT, Envelope, NotAPlan, read_json

LARGEST = 64_000_000  # bytes of JSON: ten times a plan of a thousand actions
MOST_FILES = 50  # that one PDF carries

_OTHERWISE = "Läs i stället in planen ur Word- eller Excelfilen."
_EMBEDDED = re.compile(rb"/EmbeddedFile\b(?!s)")
_BEGINS = re.compile(rb"stream\r?\n")
_ENDS = b"endstream"
_HEAD_OF_OBJECT = 4_000  # bytes, at the most, of what describes an embedded file


def read_pdf(content: bytes) -> Envelope:
    if b"%PDF-" not in content[:1024]:
        raise NotAPlan("Filen är ingen PDF.")
    if b"/Encrypt" in content:
        raise NotAPlan(f"PDF-filen är skyddad med lösenord och kan inte läsas. {_OTHERWISE}")
    plans = [data for data in _embedded(content) if FORMAT.encode() in data]
    if not plans:
        raise NotAPlan(f"PDF-filen bär ingen plan att läsa in. {_OTHERWISE}")
    return read_json(plans[-1])  # what a file has been given last comes last


def _embedded(content: bytes) -> Iterator[bytes]:
    """The files that the PDF carries."""
    for count, found in enumerate(_EMBEDDED.finditer(content)):
        if count == MOST_FILES:
            raise NotAPlan(f"PDF-filen bär för många filer. {_OTHERWISE}")
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
        raise NotAPlan(f"PDF-filen är skadad. {_OTHERWISE}") from error
    if unpacking.unconsumed_tail:
        raise NotAPlan(f"PDF-filen bär mer data än vad en plan kan innehålla. {_OTHERWISE}")
    if not unpacking.eof:
        raise NotAPlan(f"PDF-filen är avklippt. {_OTHERWISE}")
    return data
