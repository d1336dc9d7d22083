"""The sheet that counts the plan. It is not read as an area: it is compared with our own count."""

import re

from plans.counting import Counts
from plans.reading import areas
from plans.reading.draft import Draft
from plans.reading.source import At, Cell, Table
from plans.reading.words import alike, folded

_TITLE = re.compile(
    r"^\W*(?:sammanställning|sammanfattning över|översikt över prioriterade)", re.IGNORECASE
)
_COUNTED = {"problem": "problems", "orsak": "causes", "åtgärd": "actions"}
_WORDS = {"problems": "problem", "causes": "orsaker", "actions": "åtgärder"}
_NUMBER = re.compile(r"^\s*(\d+)\s*$")


def is_summary(table: Table) -> bool:
    """Whether two of its columns or more are numbers of things."""
    return any(len(_counted(row)) >= 2 for row in table.rows[:8])


def _counted(row: tuple[Cell, ...]) -> dict[int, str]:
    found = {}
    for cell in row:
        said = cell.text.casefold()
        if said.startswith(("antal", "summa")):
            for word, name in _COUNTED.items():
                if word in said or folded(word) in folded(said):
                    found[cell.column] = name
    return found


class Summary:
    """What the file's own summary says of each area."""

    def __init__(self, draft: Draft, number: int, table: Table):
        self._draft, self._name = draft, table.name
        self._said: list[tuple[str, dict[str, int]]] = []
        columns: dict[int, str] = {}
        for row in table.rows:
            if counted := _counted(row):
                columns = counted
                for cell in row:
                    draft.form(At(number, cell.row, cell.column), "Rubrik i sammanställningen")
            elif columns:
                self._read(number, row, columns)
            else:
                for cell in row:
                    self._read_above(At(number, cell.row, cell.column), cell)

    def _read_above(self, at: At, cell: Cell) -> None:
        if not cell.text:
            return
        if _TITLE.match(cell.text):
            self._draft.form(at, "Sammanställningens rubrik")
        else:
            self._draft.keep(at, "Text i sammanställningen", cell.text)

    def _read(self, number: int, row: tuple[Cell, ...], columns: dict[int, str]) -> None:
        """A row with a name and numbers. What else stands in it is kept."""
        named = next((cell for cell in row if cell.text and cell.column not in columns), None)
        figures: dict[str, int] = {}
        for cell in row:
            at = At(number, cell.row, cell.column)
            if not cell.text:
                continue
            figure = _NUMBER.match(cell.text)
            if cell is named:
                self._draft.form(at, "Område i sammanställningen")
            elif cell.column in columns and figure:
                figures[columns[cell.column]] = int(figure.group(1))
                self._draft.form(at, "Jämförs med vår räkning")
            else:
                self._draft.keep(at, "Text i sammanställningen", cell.text)
        if named and figures:
            self._said.append((named.text, figures))
        elif named:
            self._draft.keep(
                At(number, named.row, named.column), "Text i sammanställningen", named.text
            )

    def compare(self, counts: dict[str, Counts]) -> None:
        """Say where the file counts otherwise than we do. A sum is compared with the sum."""
        total = sum(counts.values(), start=Counts())
        for title, figures in self._said:
            if areas.is_placeholder(title):
                continue
            if folded(title) in ("summa", "totalt", "total", "samtliga", "alla"):
                ours: Counts | None = total
            else:
                ours = _of(title, counts)
            if ours is None:
                self._draft.warn(
                    f"{self._name} räknar ”{title}”, som inte finns bland områdena i filen."
                )
                continue
            wrong = [
                f"{_WORDS[name]} {figure} (vi räknar {getattr(ours, name)})"
                for name, figure in figures.items()
                if figure != getattr(ours, name)
            ]
            if wrong:
                self._draft.warn(f"{self._name} säger om {title}: {', '.join(wrong)}.")


def _of(title: str, counts: dict[str, Counts]) -> Counts | None:
    name = areas.bare(title)
    closest = max(counts, key=lambda other: alike(name, other), default=None)
    return counts[closest] if closest and alike(name, closest) >= 0.7 else None
