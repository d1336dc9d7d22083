"""A table of numbers in a Word file as the table of a figure; any other is a table of words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from lagesbild.document import SeriesDoc, TableDoc
from samverkan.document import has_room
from samverkan.office.word_pieces import Box, Grid
from samverkan.text import clean_line

YEARS = "År"

_LONGEST = 300
_YEAR = re.compile(
    r"(?:(?:vt|ht|kv\w* ?\d|t[123]|vb)\s*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:\d\d){1,2})?", re.I
)
_NOTHING = {"", "-", "–", "—", ".", "..", "…", "x"}
_NUMBER = re.compile(r"[-−–+]?\d{1,3}(?:[ \u00a0.]\d{3})+(?:,\d+)?|[-−–+]?\d+(?:[,.]\d+)?")
_SHARE = re.compile(r"\s*(?:%|procent)$", re.I)


@dataclass(frozen=True)
class NumberTable:
    table: TableDoc
    unit: str = ""
    corner: str = ""  # what stands above the names, where the table has no place for it


def table_of(grid: Grid) -> NumberTable | None:
    """None where it is a table of words. Years are labels, whether they stand as rows or as columns."""
    cells = [[clean_line(box.text) for box in row] for row in grid.rows]
    cells = [row for row in cells if any(row)]
    if not _is_square(grid, cells):
        return None
    (corner, *across), *below = cells
    down = [row[0] for row in below]
    inner = [cell for row in below for cell in row[1:]]
    if (
        not all(across)
        or not all(down)
        or any(_is_number(one) and not is_year(one) for one in across)
    ):
        return None
    try:
        values = [[number(cell) for cell in row[1:]] for row in below]
    except NotANumber:
        return None
    if all(value is None for row in values for value in row):
        return None
    unit = (
        "procent" if all(_SHARE.search(cell) for cell in inner if number(cell) is not None) else ""
    )
    if all(map(is_year, across)) and not all(map(is_year, down)):
        return NumberTable(TableDoc(tuple(across), _series(down, values), YEARS), unit, corner)
    turned = [list(column) for column in zip(*values, strict=True)]
    return NumberTable(TableDoc(tuple(down), _series(across, turned), corner), unit)


def _series(names: list[str], values: list[list[Decimal | None]]) -> tuple[SeriesDoc, ...]:
    return tuple(SeriesDoc(name, tuple(row)) for name, row in zip(names, values, strict=True))


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text.strip()) is not None


class NotANumber(ValueError):
    """A cell says something else."""


def number(text: str) -> Decimal | None:
    """The number that a cell says; none where it says that there is none."""
    bare = text.strip()
    if bare in _NOTHING:
        return None
    bare = _SHARE.sub("", bare)
    if not _NUMBER.fullmatch(bare):
        raise NotANumber(text)
    bare = re.sub(r"\s", "", bare).replace("−", "-").replace("–", "-")
    if "," in bare or bare.count(".") > 1 or re.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}", bare):
        bare = bare.replace(".", "").replace(",", ".")
    found = Decimal(bare)
    if not has_room(found):
        raise NotANumber(text)
    return found


def _is_number(text: str) -> bool:
    try:
        return number(text) is not None
    except NotANumber:
        return False


def _is_square(grid: Grid, cells: list[list[str]]) -> bool:
    boxes: list[Box] = [box for row in grid.rows for box in row]
    return (
        len(cells) > 1
        and len(cells[0]) > 1
        and all(len(row) == len(cells[0]) for row in cells)
        and all(box.rows == box.columns == 1 for box in boxes)
        and all(len(box.text) <= _LONGEST for box in boxes)
    )
