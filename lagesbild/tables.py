"""What is pasted from Excel or lies in a CSV file becomes a table, and a table text to edit again.

What is certain is understood and said; what may be meant in two ways is asked about, with what is
likeliest chosen. What cannot be read is refused, with its row and column.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lagesbild.document import SeriesDoc, TableDoc
from lagesbild.pasted.asking import Asking, Choice, Question
from lagesbild.pasted.cells import MISSING, Mark
from lagesbild.pasted.choosing import (
    named,
    of_one_unit,
    refuse_too_much,
    the_right_way,
    with_years,
)
from lagesbild.pasted.headings import grid_of, table_alone
from lagesbild.pasted.numbers import numbers_of
from lagesbild.pasted.separated import NotATable, rows_in, text_of
from lagesbild.pasted.totals import without_totals
from samverkan.numbers import plain

__all__ = [
    "AS_IT_STANDS",
    "Choice",
    "NotATable",
    "Question",
    "Understood",
    "as_text",
    "read",
    "text_of",
]


@dataclass(frozen=True)
class Understood:
    table: TableDoc
    units: tuple[str, ...] = ()  # of each series
    title: str = ""  # what stood over the table: a caption, perhaps
    source: str = ""
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def unit(self) -> str:
        """That of all the series, if they have one in common."""
        return self.units[0] if len(set(self.units)) == 1 else ""


# The answers with which what `as_text` made is the same table again, whatever stands in it.
AS_IT_STANDS: Mapping[str, str] = {
    "header": "yes",
    "years": "number",
    "way": "rows",
    "totals": "with",
    "units": "all",
    "comma": Mark.DECIMALS.value,
}


def read(text: str, answers: Mapping[str, str] | None = None) -> Understood:
    """Raises NotATable, with a sentence for whoever pasted it."""
    asking = Asking(answers or {})
    rows = rows_in(text)
    if not rows:
        raise NotATable("Det finns ingen text i det som klistrades in. Kopiera tabellen igen.")
    rows, around = table_alone(rows, asking)
    grid = numbers_of(grid_of(rows, asking), asking)
    grid = with_years(without_totals(grid, asking), asking)
    grid, units = of_one_unit(the_right_way(grid, asking), asking)
    grid = named(grid, asking)
    refuse_too_much(grid)
    table = TableDoc(
        tuple(name.words for name in grid.down),
        tuple(
            SeriesDoc(name.words, tuple(value.number for value in column))
            for name, column in zip(grid.across, grid.columns, strict=True)
        ),
        grid.corner,
    )
    return Understood(
        table,
        tuple(units),
        around.title,
        around.source,
        tuple(asking.notes),
        tuple(asking.questions),
    )


def as_text(table: TableDoc) -> str:
    """As Excel would put it on the clipboard: a row of names, then one for each label."""
    rows = [[table.labels_are, *(series.name for series in table.series)]]
    for place, label in enumerate(table.labels):
        rows.append([label, *(_written(series.values[place]) for series in table.series)])
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def _written(value: Decimal | None) -> str:
    number = plain(value)
    return MISSING if number is None else f"{number:f}".replace(".", ",")


def _quoted(cell: str) -> str:
    if not re.search(r'[\t\n"]', cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
