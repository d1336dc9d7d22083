"""What is pasted, or stands in a CSV file, as rows of cells: nobody has said yet what they mean."""

import csv
import re
from dataclasses import dataclass
from io import StringIO

from samverkan.tabs import rows_of
from samverkan.text import clean_line

MOST_TEXT = 1_000_000  # characters
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own way to say what parts the cells
_WIDE_SPACE = re.compile(r"\s{2,}")
_NO_TEXT = (
    (b"PK\x03\x04", "en Excelfil eller ett annat zip-arkiv"),
    (b"\xd0\xcf\x11\xe0", "en Excelfil i ett gammalt format"),
    (b"%PDF", "en PDF"),
    (b"\x89PNG", "en bild"),
    (b"\xff\xd8\xff", "en bild"),
)


class NotATable(ValueError):
    """What was given is no table that can be drawn; says where and what to do, in a sentence."""


@dataclass(frozen=True)
class Row:
    number: int  # as it stands, from 1
    cells: tuple[str, ...]


def text_of(content: bytes) -> str:
    """The text of a file, in whatever alphabet Excel or another program wrote it."""
    for beginning, kind in _NO_TEXT:
        if content.startswith(beginning):
            raise NotATable(
                f"Filen är {kind} och ingen CSV-fil. Öppna den, kopiera cellerna och klistra in dem här."
            )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if b"\0" in content[:1000]:
        return _decoded(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _decoded(content: bytes, alphabet: str) -> str:
    try:
        return content.decode(alphabet)
    except UnicodeDecodeError as error:
        raise NotATable(
            "Filen är ingen text som går att läsa. Spara den som CSV (UTF-8) och försök igen."
        ) from error


def rows_in(text: str) -> list[Row]:
    """Rows and columns that hold something, all rows as long as the longest."""
    if len(text) > MOST_TEXT:
        raise NotATable(
            "Det är för mycket på en gång. Klistra in bara de rader och kolumner som figuren visar."
        )
    said = _SAID.match(text := text.lstrip("\ufeff"))
    parted = _parted(text[said.end() :], said[1]) if said else _parted(text, _separator_of(text))
    rows = [
        Row(number, tuple(clean_line(cell) for cell in cells))
        for number, cells in enumerate(parted, start=1)
    ]
    return [row for row in rows if any(row.cells)]


def _parted(text: str, separator: str) -> list[list[str]]:
    if separator == "\t":
        return list(rows_of(text))
    if not separator:
        return [_WIDE_SPACE.split(line.strip()) for line in text.splitlines()]
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise NotATable(
            "Texten går inte att dela i celler. Kopiera cellerna i Excel och klistra in dem här."
        ) from error


def _separator_of(text: str) -> str:
    """A tab where there is one; else what parts the cells of most lines, semicolon before comma."""
    if "\t" in text:
        return "\t"
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in ";,":
        if lines and sum(separator in line for line in lines) * 2 >= len(lines):
            return separator
    return ""
