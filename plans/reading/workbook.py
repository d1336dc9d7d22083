"""A workbook as rows of cells, once it is known to be no larger than a plan can be.

No library that reads Excel stops a file with a single cell in the last row of the last column; so
that is looked for before any of them is asked, as is what would unfold to more than the machine
holds (`samverkan.office.package`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from plans.document import NotAPlan
from plans.reading.refusing import no_plan
from samverkan.documents.xlsx import CONTINUED, rest_of, whole
from samverkan.office.ooxml import Package, linked
from samverkan.office.package import EXCEL
from samverkan.values import as_text

MOST_ROWS, MOST_COLUMNS = 20_000, 300
MOST_CELLS = 2_000_000  # on all sheets
MOST_RESTORED = 20_000_000  # characters: any number of cells may name the same long text

# A row or a cell, and where it stands if that is the first that it says, as it nearly always is.
_ROW_OR_CELL = re.compile(
    rb"""<(?:row|c|\w+:(?:row|c))(?=[\s/>])(?:\s+r\s*=\s*["']([A-Za-z]*\d+))?"""
)
_ROW = re.compile(rb"<(?:row|\w+:row)(?=[\s/>])")
# Where one says that it stands, whatever it says before that.
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*\d+)""")
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WINDOW = 4 * 2**20  # so that what is too large is not first made into a list


@dataclass(frozen=True)
class SheetRows:
    """The cells of a sheet from A1, as many in each row; an empty one is an empty text."""

    name: str
    rows: list[list[Any]]
    is_hidden: bool = False
    part: str = ""  # of the file, that it stands in
    is_sheet: bool = True  # of cells, and not of one large chart


@no_plan
def open_workbook(content: bytes) -> Mapping[str, SheetRows]:
    """The sheets by their names, in their order."""
    return {sheet.name: sheet for sheet in sheets_in(Package(content, EXCEL))}


def sheets_in(package: Package) -> list[SheetRows]:
    parts = _parts_of_sheets(package)
    _refuse_far_away(package, {part: name for name, part in parts.items()})
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(package.content))
        return [
            SheetRows(
                sheet.name,
                book.get_sheet_by_index(number).to_python(skip_empty_area=False),
                sheet.visible != SheetVisibleEnum.Visible,
                parts.get(sheet.name, ""),
                sheet.typ == SheetTypeEnum.WorkSheet,
            )
            for number, sheet in enumerate(book.sheets_metadata)
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise NotAPlan(
            "Filen är trasig och går inte att läsa: öppna den i Excel, spara den på nytt och läs in "
            "den igen."
        ) from error
    except BaseException as error:
        # A panic of the library's own is no Exception, and of a class that cannot be imported.
        if not isinstance(error, OverflowError) and type(error).__name__ != "PanicException":
            raise
        raise NotAPlan(
            "Filen har ett datum eller en tid långt utanför kalendern och går inte att läsa: leta upp "
            "cellen i Excel, där den visas som #####, rätta den och läs in filen igen."
        ) from error


def with_rest(sheets: Mapping[str, SheetRows]) -> Mapping[str, SheetRows]:
    """The sheets that we have written, with the texts whole that had no room in their cells."""
    if CONTINUED not in sheets:
        return sheets
    rows = sheets[CONTINUED].rows[1:]
    rest = rest_of((as_text(row[0]), as_text(row[1])) for row in rows if len(row) > 1)
    if not rest:
        return sheets
    room = MOST_RESTORED

    def restored(cell: Any) -> Any:
        nonlocal room
        if not isinstance(cell, str) or (text := whole(cell, rest)) is cell:
            return cell
        room -= len(text)
        if room < 0:
            raise NotAPlan(
                "Filen har mer i sig än en plan kan ha, och läses inte: samma långa text står i för "
                "många celler."
            )
        return text

    return {
        name: replace(sheet, rows=[[restored(cell) for cell in row] for row in sheet.rows])
        for name, sheet in sheets.items()
    }


def workbook_part(package: Package) -> str:
    found = (one.target for one in package.related("").values() if one.kind == "officeDocument")
    return next(found, "xl/workbook.xml")


def _parts_of_sheets(package: Package) -> dict[str, str]:
    name = workbook_part(package)
    tree, related = package.tree(name), package.related(name)
    sheets = tree.iterfind("{*}sheets/{*}sheet") if tree is not None else ()
    return {
        sheet.get("name", ""): related[linked(sheet)].target
        for sheet in sheets
        if linked(sheet) in related
    }


def _refuse_far_away(package: Package, names: Mapping[str, str]) -> None:
    """Every part is looked through, for any of them may turn out to be a sheet."""
    cells = 0
    for part, xml in package.parts.items():
        if b"sheetData" not in xml:
            continue
        last_row = last_column = 0
        for rows, columns in _extents(xml):
            last_row, last_column = max(last_row, rows), max(last_column, columns)
            area = last_row * last_column
            if last_row > MOST_ROWS or last_column > MOST_COLUMNS or cells + area > MOST_CELLS:
                where = f"Fliken {names[part]}" if part in names else "Filen"
                raise NotAPlan(
                    f"{where} har fler än {MOST_ROWS} rader eller {MOST_COLUMNS} kolumner, tomma "
                    "med utseende inräknade, och läses inte. Ta bort det som står långt utanför "
                    "planen."
                )
        cells += last_row * last_column


def _extents(xml: bytes) -> Iterator[tuple[int, int]]:
    """The last row and the last column, as far as the sheet has been looked through."""
    start = unplaced = 0
    while start < len(xml):
        end = xml.find(b">", start + _WINDOW) + 1 or len(xml)
        places, widest = _ROW_OR_CELL.findall(xml, start, end), 0
        if b"" in places:
            # What does not say where it stands comes after the one before it.
            rows = _ROW.split(xml[start:end])
            unplaced += len(rows) - 1
            widest = max(len(_ROW_OR_CELL.findall(row)) for row in rows)
            places = _PLACE.findall(xml, start, end)
        last_row, last_column = _last(places)
        yield max(last_row, unplaced), max(last_column, widest)
        start = end


def _last(places: Iterable[bytes]) -> tuple[int, int]:
    said = b" ".join(places)
    rows = {row.lstrip(b"0")[:9] for row in set(said.translate(None, _LETTERS).split())}
    columns = {column[:6] for column in set(said.translate(None, _DIGITS).split())}
    return max((int(row or 0) for row in rows), default=0), max(map(_number, columns), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
