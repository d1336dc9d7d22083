"""The cells of a table as numbers, each with its unit if it says one."""

from dataclasses import dataclass
from decimal import Decimal

from lagesbild.pasted.asking import Asking, Choice
from lagesbild.pasted.cells import (
    Mark,
    Marks,
    is_excel_fault,
    is_missing,
    is_number,
    mark_of,
    number_in,
    unit_in,
)
from lagesbild.pasted.grid import Grid, Name
from lagesbild.pasted.separated import NotATable
from samverkan.document import has_room
from samverkan.numbers import plain
from samverkan.text import shortened

DECIMALS = 4  # as many as there is room for


@dataclass(frozen=True)
class Value:
    number: Decimal | None
    unit: str = ""


def numbers_of(grid: Grid[str], asking: Asking) -> Grid[Value]:
    _refuse_columns_of_words(grid)
    cells = [cell for row in grid.rows for cell in row if not is_missing(cell)]
    if any(is_excel_fault(cell) for row in grid.rows for cell in row):
        asking.say("Celler där Excel säger fel, till exempel #DIVISION/0!, är uppgift saknas.")
    marks = Marks(_mark(".", cells, asking), _mark(",", cells, asking))
    if any(cell.endswith("*") for cell in cells):
        asking.say("Stjärnor efter tal är inte med. Säg i figurens text vad de betyder.")

    def value(cell: str, row: Name, column: Name) -> Value:
        if is_missing(cell):
            return Value(None)
        where = f"{row.where.capitalize()}, {column.where}"
        if not is_number(cell):
            raise NotATable(
                f"{where}: ”{shortened(cell, 40)}” är inget tal. Skriv ett tal, eller lämna cellen tom."
            )
        number = number_in(cell, marks)
        if number is None:
            raise NotATable(
                f"{where}: ”{shortened(cell, 40)}” går inte att läsa som ett tal. Skriv det som 1 234,5."
            )
        rounded = plain(round(number, DECIMALS) if number.adjusted() < 20 else number)
        if rounded != number:
            asking.say(f"Tal med fler än {DECIMALS} decimaler är avrundade.")
        if not has_room(rounded):
            raise NotATable(
                f"{where}: ”{shortened(cell, 40)}” är ett för stort tal. Räkna i tusental eller "
                "miljoner, och skriv det i enheten."
            )
        return Value(rounded, unit_in(cell))

    return grid.made(value)


def _mark(letter: str, cells: list[str], asking: Asking) -> Mark:
    mark = mark_of(letter, cells)
    if mark is not None:
        return mark
    example = next(cell for cell in cells if letter in cell)
    whole = "".join(digit for digit in example if digit.isdigit())
    # In Swedish a comma stands before decimals; a point with three figures after it hardly does.
    likeliest = Mark.DECIMALS if letter == "," else Mark.THOUSANDS
    answer = asking.ask(
        "comma" if letter == "," else "point",
        f"Vilket tal är ”{example}”?",
        (
            Choice(
                Mark.THOUSANDS.value, f"{int(whole):,}".replace(",", "\u00a0") + " (ett heltal)"
            ),
            Choice(Mark.DECIMALS.value, f"{example.replace('.', ',')} (med decimaler)"),
        ),
        likeliest.value,
    )
    return Mark(answer)


def _refuse_columns_of_words(grid: Grid[str]) -> None:
    """A word in a cell is one that somebody wrote wrong; a column of them is another kind of table."""
    for name, column in zip(grid.across, grid.columns, strict=True):
        filled = [cell for cell in column if not is_missing(cell)]
        if len(filled) > 1 and not any(map(is_number, filled)):
            called = f" (”{shortened(name.words, 40)}”)" if name.words else ""
            raise NotATable(
                f"{name.where.capitalize()}{called} har ord, till exempel ”{shortened(filled[0], 40)}”, och "
                "inga tal. Ta bort den, eller ge varje sak som den räknar upp en egen kolumn med tal."
            )
