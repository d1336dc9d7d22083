"""An Excel file that somebody else has made, as what stands in it and where."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from plans.document import NotAPlan
from plans.reading.beside import PICTURE, Beside
from plans.reading.list_marks import as_dashes
from plans.reading.refusing import no_plan
from plans.reading.sheet import Around, Looks, around, looks_of
from plans.reading.source import Cell, Note, Origin, Source, Table, cell_name, column_name
from plans.reading.workbook import SheetRows, sheets_in, workbook_part
from samverkan.office.ooxml import Package
from samverkan.office.package import EXCEL
from samverkan.text import clean, list_of
from samverkan.values import NO, YES

# What no keyboard makes; a line break of some sort is none of them.
STRANGE = re.compile("[\x00-\x08\x0e-\x1d\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_NAMED = 8  # cells or rows in one sentence


@no_plan
def read_excel(content: bytes) -> Source:
    package = Package(content, EXCEL)
    return _Reader(package, sheets_in(package)).source()


class _Reader:
    def __init__(self, package: Package, sheets: Sequence[SheetRows]):
        self.package = package
        self.sheets = sheets
        self.book = package.related(workbook_part(package))
        styles = next((one.target for one in self.book.values() if one.kind == "styles"), "")
        self.looks = looks_of(package, styles) if styles else Looks()
        self.shown: set[str] = set()  # the pictures that stand on a sheet
        self.notes: list[Note] = []
        self.warnings: list[str] = []

    def source(self) -> Source:
        read = [(sheet, self._around(sheet)) for sheet in self.sheets]
        self._refuse_uncalculated(read)
        tables = []
        for sheet, beside in read:
            table = Table(sheet.name, tuple(self._rows(sheet, beside)), is_sheet=True)
            if sheet.is_hidden:
                self._tell_hidden_sheet(table)
            elif sheet.is_sheet:
                tables.append(table)
                self._tell_hidden(table, beside)
            self._note_beside(sheet, beside, table)
        self._note_loose_pictures()
        self._tell_what_is_not_read()
        self._refuse_empty(tables)
        return Source(Origin.EXCEL, tuple(tables), tuple(self.notes), tuple(self.warnings))

    def _around(self, sheet: SheetRows) -> Around:
        if sheet.part not in self.package.parts:
            return Around()
        return around(self.package.parts[sheet.part], self.looks)

    def _refuse_uncalculated(self, read: Sequence[tuple[SheetRows, Around]]) -> None:
        found = [
            f"{_some(beside.uncalculated)} på fliken {sheet.name}"
            for sheet, beside in read
            if beside.uncalculated
        ]
        if found:
            raise NotAPlan(
                f"Filen har formler som inte är uträknade ({list_of(found)}): öppna filen i Excel, "
                "låt den räkna och spara den igen."
            )

    def _refuse_empty(self, tables: Sequence[Table]) -> None:
        if any(table.rows for table in tables):
            return
        if pictures := [note.where for note in self.notes if note.label == PICTURE]:
            raise NotAPlan(
                f"Filen har ingen text, bara en bild ({_some(pictures)}), och text i bilder kan "
                "inte läsas: skriv av den i cellerna och spara filen igen."
            )
        if not self.notes:
            raise NotAPlan(
                "Filen har inga ifyllda celler: kontrollera att det är rätt fil och spara den igen."
            )

    # --- Cells ---

    def _rows(self, sheet: SheetRows, beside: Around) -> Iterator[tuple[Cell, ...]]:
        strange: list[str] = []
        remarkable = {row for row, _ in (*beside.bold, *beside.merged)}
        for row, values in enumerate(_with_errors(sheet.rows, beside)):
            cells = []
            for column, value in enumerate(values):
                if value.__class__ is str:
                    text = clean(value)
                    if text != value and STRANGE.search(value):
                        strange.append(cell_name(row, column))
                    if text:
                        cells.append(Cell(row, column, as_dashes(text)))
                elif value is not None:
                    text = in_words(value, (row, column) in beside.percent)
                    cells.append(Cell(row, column, text, date=_day(value)))
            if row in remarkable:
                cells = [_with_looks(cell, beside) for cell in cells]
            if cells:
                yield tuple(cells)
        self._tell(
            f"Fliken {sheet.name}: styrtecken, som inte syns, har tagits bort ur {_some(strange)}.",
            strange,
        )
        errors = [cell_name(*place) for place in beside.errors]
        self._tell(
            f"Fliken {sheet.name}: {_some(errors)} visar ett felvärde, som står kvar som text.",
            errors,
        )

    # --- What is hidden ---

    def _tell_hidden(self, table: Table, beside: Around) -> None:
        rows = [row[0].row + 1 for row in table.rows if row[0].row in beside.hidden_rows]
        self._tell(
            f"Fliken {table.name}: dolda rader är också lästa ({_some(_ranges(rows))}).", rows
        )
        if beside.hidden_columns:
            filled = {cell.column for cell in table.cells()}
            names = [column_name(at) for at in sorted(filled & beside.hidden_columns)]
            self._tell(
                f"Fliken {table.name}: dolda kolumner är också lästa ({_some(names)}).", names
            )

    def _tell_hidden_sheet(self, table: Table) -> None:
        self.notes += [
            Note(f"{table.name}, {cell_name(cell.row, cell.column)}", "Dold flik", cell.text)
            for cell in table.cells()
        ]
        self._tell(
            f"Fliken {table.name} är dold. Det som står på den är inte en del av planen, men sparas.",
            table.rows,
        )

    # --- What stands beside the cells, and what is not read ---

    def _note_beside(self, sheet: SheetRows, around: Around, table: Table) -> None:
        beside = Beside(self.package, sheet.name, sheet.part, around)
        if beside.has_nothing:
            return
        texts = {(cell.row, cell.column): cell.text for cell in table.cells()}
        self.notes += beside.notes(texts)
        self.shown |= beside.shown

    def _note_loose_pictures(self) -> None:
        """In a cell, behind the cells or in a page heading."""
        self.notes += [
            Note("Filen", PICTURE, posixpath.basename(name))
            for name in self.package.parts
            if name.startswith("xl/media/") and name not in self.shown
        ]

    def _tell_what_is_not_read(self) -> None:
        outside = [
            posixpath.basename(unquote(one.target).replace("\\", "/"))
            for link in self.book.values()
            if link.kind == "externalLink"
            for one in self.package.related(link.target).values()
            if one.is_outside
        ]
        self._tell(
            f"Filen hämtar värden ur andra filer ({_some(outside)}). De har inte öppnats; det som "
            "stod i cellerna när filen sparades är läst.",
            outside,
        )
        if any(one.kind == "connections" for one in self.book.values()):
            self.warnings.append(
                "Filen hämtar värden ur en databas eller en webbplats. Den har inte frågats; det "
                "som stod i cellerna när filen sparades är läst."
            )
        if any(name.endswith("vbaProject.bin") for name in self.package.parts):
            self.warnings.append("Filen har makron. De har inte lästs och inte körts.")

    def _tell(self, warning: str, about: Sequence[object]) -> None:
        if about:
            self.warnings.append(warning)


def _with_errors(rows: list[list[Any]], beside: Around) -> list[list[Any]]:
    """The library gives nothing for a cell that holds an error."""
    for (row, column), said in beside.errors.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = said
    return rows


def _with_looks(cell: Cell, beside: Around) -> Cell:
    place = cell.row, cell.column
    rows, columns = beside.merged.get(place, (1, 1))
    return replace(cell, rows=rows, columns=columns, is_bold=place in beside.bold)


def in_words(value: object, is_percent: bool = False) -> str:
    """As it is written in Sweden."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return f"{_number(round(value * 100, 2))} %" if is_percent else _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)


def _number(value: float) -> str:
    """With as many digits as Excel keeps."""
    return f"{value:.15g}".replace(".", ",")


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _ranges(numbers: Sequence[int]) -> list[str]:
    """Those that follow upon each other as one: 3–5, 8."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


def _some(names: Sequence[str]) -> str:
    """ "B2, B3 och 12 till", of many."""
    if len(names) <= _NAMED:
        return list_of(names)
    return f"{', '.join(names[:_NAMED])} och {len(names) - _NAMED} till"
