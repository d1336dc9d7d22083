"""A file from outside as what stands in it and where, before anyone has said what it means.

Excel, Word and what is pasted become the same: paragraphs and tables, one after the other. So what
they mean is found out in one place, whichever they came from (`plans.reading.interpret`).
"""

import datetime
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from samverkan.office.word_pieces import Note


class Origin(StrEnum):
    EXCEL = "excel"
    WORD = "word"
    PASTED = "klistrat"


class Cell(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What stands in a cell. An item of a list is a line that begins with a dash and a space."""

    row: int
    column: int
    text: str
    rows: int = 1  # that it is merged over
    columns: int = 1
    is_bold: bool = False
    date: datetime.date | None = None  # where the cell holds one, and not the words for it


class Table(msgspec.Struct, frozen=True, tag="tabell"):
    """Rows of cells; the empty ones are left out. A sheet of Excel is one, and named."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_sheet: bool = False

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True, tag="stycke"):
    text: str
    number: int  # of the paragraph in the file, from 1
    heading: int | None = None  # its level, from 1; the title of the document is 0
    item: int | None = None  # how deep in a list, from 1
    is_bold: bool = False  # the whole of it


Block = Paragraph | Table


PAGE_ENDS = ("Sidhuvud", "Sidfot")  # the labels of what stands on every page
NAME = -1  # the row of what stands in no cell: what the sheet is called


class At(msgspec.Struct, frozen=True, order=True, gc=False):
    """Which block, and in a table which cell."""

    block: int
    row: int = 0
    column: int = 0


class Source(msgspec.Struct, frozen=True):
    origin: Origin
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    warnings: tuple[str, ...] = ()

    def where(self, at: At) -> str:
        """As a person finds it: "Otrygga platser, E7", "stycke 12", "tabell 3, rad 2, kolumn 1"."""
        block = self.blocks[at.block]
        if isinstance(block, Paragraph):
            return f"stycke {block.number}"
        if at.row == NAME:
            return f"fliken {block.name}" if block.is_sheet else block.name
        if block.is_sheet:
            return f"{block.name}, {cell_name(at.row, at.column)}"
        return f"{block.name}, rad {at.row + 1}, kolumn {at.column + 1}"


def cell_name(row: int, column: int) -> str:
    """As Excel calls it: "E7"."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
