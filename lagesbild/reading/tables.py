"""A table of numbers in a Word file as the table of a figure; any other is a table of words.

Its cells are understood as those of a table that is pasted (`lagesbild.pasted`), but nothing is asked:
where something in it is no number, it is a table of words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lagesbild.document import SeriesDoc, TableDoc
from lagesbild.pasted.cells import Mark, Marks, is_missing, is_number, mark_of, number_in, unit_in
from samverkan.document import has_room
from samverkan.documents.charts.moments import moments_of
from samverkan.numbers import plain
from samverkan.office.word_pieces import Grid
from samverkan.text import clean_line

_LONGEST = 300


@dataclass(frozen=True)
class NumberTable:
    table: TableDoc
    words: str  # all that it says, as it says it
    unit: str = ""
    corner: str = ""  # what stands above the names, where the table has no place for it
    doubt: str = ""


def table_of(grid: Grid) -> NumberTable | None:
    """None where it is a table of words. Years are labels, whether they stand as rows or as columns."""
    cells = [[clean_line(box.text) for box in row] for row in grid.rows]
    cells = [row for row in cells if any(row)]
    if not _is_square(grid, cells):
        return None
    (corner, *across), *below = cells
    down = [row[0] for row in below]
    inner = [cell for row in below for cell in row[1:]]
    if not all(across) or not all(down) or not _are_names(across) or not _are_numbers(inner):
        return None
    units = {unit_in(cell) for cell in inner if not is_missing(cell)}
    point = mark_of(".", inner)
    marks = Marks(point or Mark.THOUSANDS, mark_of(",", inner) or Mark.DECIMALS)
    values = [[_value(cell, marks) for cell in row[1:]] for row in below]
    read = [value for row in values for value in row if value is not None]
    if len(units) != 1 or len(read) != sum(not is_missing(cell) for cell in inner):
        return None
    doubt = "" if point else "punkten i tabellens tal är läst som tusentalsavgränsare"
    words = " ".join(cell for row in cells for cell in row)
    if is_in_years(across) and not is_in_years(down):
        table = TableDoc(tuple(across), _series(down, values), years(across))
        return NumberTable(table, words, units.pop(), corner, doubt)
    turned = [list(column) for column in zip(*values, strict=True)]
    table = TableDoc(tuple(down), _series(across, turned), corner)
    return NumberTable(table, words, units.pop(), doubt=doubt)


def years(labels: Sequence[str]) -> str:
    """What labels that are years are called; others have no name that is certain."""
    moments = moments_of(labels)
    return "År" if moments and moments[0].parts == 1 else ""


def is_in_years(labels: Sequence[str]) -> bool:
    """Or in terms, quarters, months."""
    return moments_of(labels) is not None


def _are_names(across: Sequence[str]) -> bool:
    return is_in_years(across) or not any(map(is_number, across))


def _are_numbers(cells: Sequence[str]) -> bool:
    """And nothing that somebody has said instead of one: "saknas"."""
    says_something = any(is_missing(cell) and re.search(r"\w", cell) for cell in cells)
    is_all = all(is_number(cell) or is_missing(cell) for cell in cells)
    return is_all and not says_something and not all(map(is_missing, cells))


def _value(cell: str, marks: Marks) -> Decimal | None:
    value = number_in(cell, marks)
    return plain(value) if value is not None and has_room(value) else None


def _series(names: Sequence[str], values: Sequence[list[Decimal | None]]) -> tuple[SeriesDoc, ...]:
    return tuple(SeriesDoc(name, tuple(row)) for name, row in zip(names, values, strict=True))


def _is_square(grid: Grid, cells: Sequence[list[str]]) -> bool:
    boxes = [box for row in grid.rows for box in row]
    return (
        len(cells) > 1
        and len(cells[0]) > 1
        and all(len(row) == len(cells[0]) for row in cells)
        and all(box.rows == box.columns == 1 for box in boxes)
        and all(len(box.text) <= _LONGEST for box in boxes)
    )
