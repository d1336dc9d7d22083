"""A block of cells pasted from Excel or Word, as rows of a plan.

    read("Åtgärd\tTid\nNattvandring\tT1 och T2\n") -> two columns, one row

A cell with line breaks or quotation marks in it comes quoted, as Excel copies it. Problem and orsak
may be written once and left empty in the rows below, as in a table with merged cells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from plans.reading.tabs import rows_of
from samverkan.text import clean


class Column(TextChoices):
    PROBLEM = "problem", "Problem"
    CAUSE = "cause", "Orsak"
    NAME = "name", "Namn"
    ACTION = "description", "Åtgärd"
    GOALS = "goals", "Operativa mål"
    TIMING = "timing", "Tid"
    RESPONSIBLE = "responsible", "Ansvar"
    FOLLOW_UP_PLAN = "follow_up_plan", "Plan för uppföljning"
    NOTHING = "", "Ta inte med"


# What a heading begins with, whatever it goes on with.
_HEADINGS = {
    "problem": Column.PROBLEM,
    "identifierat problem": Column.PROBLEM,
    "orsak": Column.CAUSE,
    "åtgärd": Column.ACTION,
    "aktivitet": Column.ACTION,
    "operativa mål": Column.GOALS,
    "operativt mål": Column.GOALS,
    "mål": Column.GOALS,
    "tid": Column.TIMING,
    "löptid": Column.TIMING,
    "ansvar": Column.RESPONSIBLE,
    "uppföljning": Column.FOLLOW_UP_PLAN,
    "plan för uppföljning": Column.FOLLOW_UP_PLAN,
}
# The columns of the city's form, from left to right.
FORM = (
    Column.PROBLEM,
    Column.CAUSE,
    Column.ACTION,
    Column.GOALS,
    Column.TIMING,
    Column.RESPONSIBLE,
    Column.FOLLOW_UP_PLAN,
)
_ITEM = re.compile(r"^\s*(?:[-–—•·*▪o]|\d+[.)])\s+")


@dataclass(frozen=True)
class Block:
    """The cells as they came, and what each column seems to be."""

    rows: Sequence[Sequence[str]]
    columns: Sequence[Column]


@dataclass(frozen=True)
class Pasted:
    """One action to be, and what it hangs on."""

    problem: str = ""
    cause: str = ""
    name: str = ""
    description: str = ""
    goals: tuple[str, ...] = ()
    timing: str = ""
    responsible: str = ""
    follow_up_plan: str = ""

    @property
    def is_action(self) -> bool:
        return bool(self.name or self.description)


def read(text: str, first: Column = Column.ACTION) -> Block:
    """The cells; without headings of their own they begin at the column that they were pasted in."""
    rows = [[clean(cell) for cell in row] for row in rows_of(text)]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if rows and (headings := _headings(rows[0])):
        return Block(rows[1:], headings)
    start = 0 if width >= len(FORM) - 1 else FORM.index(first)
    columns = [*FORM[start:], *[Column.NOTHING] * width][:width]
    return Block(rows, columns)


def actions(block: Block, columns: Sequence[Column] | None = None) -> list[Pasted]:
    """The rows by what their columns are; an empty problem or orsak is that of the row above."""
    found: list[Pasted] = []
    above = {Column.PROBLEM: "", Column.CAUSE: ""}
    for row in block.rows:
        said: dict[str, str] = {}
        for column, cell in zip(columns or block.columns, row, strict=True):
            if column and cell:
                said[column] = f"{said[column]}\n{cell}" if column in said else cell
        if said.get(Column.PROBLEM, above[Column.PROBLEM]) != above[Column.PROBLEM]:
            above[Column.CAUSE] = ""
        above |= {column: said[column] for column in above if column in said}
        goals = tuple(items(said.pop(Column.GOALS, "")))
        hangs_on = {column.value: words for column, words in above.items()}
        found.append(Pasted(goals=goals, **said | hangs_on))
    return found


def _headings(row: Sequence[str]) -> list[Column] | None:
    """What the first row calls its columns, if that is what it does."""
    found = [_heading(cell) for cell in row]
    named = [column for column in found if column]
    if len(named) < max(2, len([cell for cell in row if cell]) - 1):
        return None
    return found


def _heading(cell: str) -> Column:
    said = " ".join(cell.split()).casefold()
    for words, column in sorted(_HEADINGS.items(), key=lambda item: -len(item[0])):
        if said == words or (said.startswith(words) and not said[len(words)].isalpha()):
            return column
    return Column.NOTHING


def items(text: str) -> list[str]:
    """A list is one goal to an item; running text is one goal."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not any(_ITEM.match(line) for line in lines):
        return [text] if text else []
    found: list[str] = []
    for line in lines:
        if _ITEM.match(line) or not found:
            found.append(_ITEM.sub("", line).strip())
        else:
            found[-1] = f"{found[-1]} {line.strip()}"
    return found
