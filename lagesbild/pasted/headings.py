"""Which of the rows are the table, and what its rows and columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lagesbild.pasted.asking import Asking, Choice
from lagesbild.pasted.cells import is_missing, is_number
from lagesbild.pasted.grid import Grid, Name
from lagesbild.pasted.separated import NotATable, Row
from lagesbild.pasted.totals import is_total
from samverkan.documents.charts.moments import moment_of

_NOTE = re.compile(r"(not|anm|anmärkning|kommentar)\b.*|[*†¹²³].*", re.IGNORECASE)
_SOURCE = re.compile(r"käll(?:a|or)\b\s*:?\s*(.*)", re.IGNORECASE)
_LONG = 60  # letters: more than the name of a row has
_SPACED = re.compile(r"(19|2\s?0)\s?(\d\s?\d)")  # 2 021: Excel thought that the year was a number


@dataclass(frozen=True)
class Around:
    """What stood over the table, and under it."""

    title: str = ""
    source: str = ""


def table_alone(rows: list[Row], asking: Asking) -> tuple[list[Row], Around]:
    title, source = [], ""
    while len(rows) > 1 and _is_over(rows[0], rows[1]):
        title.append(next(cell for cell in rows[0].cells if cell))
        rows = rows[1:]
    while len(rows) > 1 and _is_under(rows[-1]):
        words = rows[-1].cells[0]
        if found := _SOURCE.fullmatch(words):
            source = found[1]
        asking.say(f"Rad {rows[-1].number} är text under tabellen och är inte med: ”{words}”.")
        rows = rows[:-1]
    if title:
        asking.say(f"Texten över tabellen är inte med i den: ”{' '.join(title)}”.")
    return rows, Around(" ".join(title), source)


def _is_over(row: Row, below: Row) -> bool:
    filled = [at for at, cell in enumerate(row.cells) if cell]
    if len(filled) > 1 or moment_of(row.cells[filled[0]]):
        return False
    if filled[0] == 0:
        return not is_number(row.cells[0]) and any(below.cells)
    # Over the names of several columns: "Antal brott".
    return sum(map(bool, below.cells[1:])) > 1 and _are_names(below.cells[1:])


def _is_under(row: Row) -> bool:
    words = row.cells[0]
    if not words or any(row.cells[1:]) or moment_of(words):
        return False
    return bool(_NOTE.fullmatch(words) or _SOURCE.fullmatch(words)) or len(words) > _LONG


def grid_of(rows: list[Row], asking: Asking) -> Grid[str]:
    """With names across and down, given or made."""
    wide = max((len(row.cells) for row in rows), default=0)
    filled = [at for at in range(wide) if any(_cell(row, at) for row in rows)]
    short = [row for row in rows[1:] if len(row.cells) <= filled[-1]]
    if short and len(filled) > 1:
        asking.say(f"{_rows_said(short)} är kortare än de andra: det som fattas är uppgift saknas.")
    rows = [replace(row, cells=tuple(_cell(row, at) for at in filled)) for row in rows]
    if len(filled) < 2:
        raise NotATable(
            "Tabellen har bara en kolumn. Det behövs en med rubriker, till exempel år, och minst "
            "en med tal."
        )
    columns = [at + 1 for at in filled]
    if _has_no_labels(rows, asking):
        rows = [replace(row, cells=("", *row.cells)) for row in rows]
        columns = [0, *columns]
    has_header = _has_header(rows, asking)
    header = rows[0].cells if has_header else ("",) * len(columns)
    body = rows[1:] if has_header else rows
    if not body:
        raise NotATable("Tabellen har bara en rad med rubriker. Ta med raderna med tal under den.")
    return Grid(
        header[0],
        tuple(
            Name(words, f"kolumn {number}")
            for words, number in zip(header[1:], columns[1:], strict=True)
        ),
        tuple(Name(row.cells[0], f"rad {row.number}") for row in body),
        tuple(row.cells[1:] for row in body),
    )


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _rows_said(rows: Sequence[Row]) -> str:
    numbers = [str(row.number) for row in rows]
    return f"Rad {numbers[0]}" if len(numbers) == 1 else f"Raderna {', '.join(numbers[:5])}"


def _has_no_labels(rows: list[Row], asking: Asking) -> bool:
    """A row of years over a row of numbers, and nothing before either."""
    if len(rows) != 2 or "header" in asking.answers:
        return False
    years, numbers = rows
    are_years = all(_is_time(cell) for cell in years.cells)
    return are_years and all(is_number(cell) or is_missing(cell) for cell in numbers.cells)


def _has_header(rows: list[Row], asking: Asking) -> bool:
    """Whether the first row is names. Asked about where it may be numbers as well."""
    corner, *rest = rows[0].cells
    if not corner or _are_names(rest):
        return True
    if _is_time(corner):
        return asking.answers.get("header") == "yes"
    labels = [row.cells[0] for row in rows[1:] if not is_total(row.cells[0])]
    if labels and all(map(_is_time, labels)):
        return True
    filled = [cell for cell in rest if not is_missing(cell)]
    are_years = bool(filled) and all(map(_is_time, filled))
    numbers = [cell for row in rows[1:] for cell in row.cells[1:] if not is_missing(cell)]
    if are_years and not any(map(year_of, numbers)):
        return True
    if len(filled) < 2 and not are_years:
        return asking.answers.get("header") == "yes"  # "Torget 12": a row like the others
    answer = asking.ask(
        "header",
        f"Är den första raden ({_some([corner, *filled])}) rubriker, eller tal som ska ritas?",
        (Choice("yes", "Rubriker"), Choice("no", "Tal som ska ritas")),
        "yes" if len(filled) > 1 and not is_number(corner) else "no",
    )
    return answer == "yes"


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:4]) + (" …" if len(words) > 4 else "")


def _are_names(cells: Sequence[str]) -> bool:
    """Words among them, that are no numbers and no marks for nothing measured; or times."""
    filled = [cell for cell in cells if not is_missing(cell)]
    return any(not is_number(cell) for cell in filled)


def _is_time(cell: str) -> bool:
    return moment_of(year_of(cell) or cell) is not None


def year_of(words: str) -> str:
    """The year that was taken for a number and written "2 021"; nothing, if it is none."""
    found = _SPACED.fullmatch(words)
    return re.sub(r"\s", "", words) if found else ""
