"""A workbook as rows of cells, once it is known to be no larger than a plan can be.

No library that reads Excel stops a file with a single cell in the last row of the last column; so
that is looked for before any of them is asked, as is what would unfold to more than the machine
holds (`plans.reading.ooxml`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from plans.document import NotAPlan
from plans.reading.kinds import Kind, kind_of
from plans.reading.ooxml import NO_ZIP, Package, linked

MOST_ROWS, MOST_COLUMNS = 20_000, 300
MOST_CELLS = 2_000_000  # on all sheets

# A row or a cell, and where it stands if that is the first that it says, as it nearly always is.
_ROW_OR_CELL = re.compile(
    rb"""<(?:row|c|\w+:(?:row|c))(?=[\s/>])(?:\s+r\s*=\s*["']([A-Za-z]*\d+))?"""
)
_ROW = re.compile(rb"<(?:row|\w+:row)(?=[\s/>])")
# Where one says that it stands, whatever it says before that.
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*\d+)""")
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WINDOW = 4 * 2**20  # so that what is too large is not first made into a list
_SAVE_AS = "öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)"
# What to do with what is something else, where it is not to open it in Excel and save it again.
_ADVICE = {
    Kind.EMPTY: "spara den igen där den kommer ifrån",
    Kind.DAMAGED: "hämta den igen där den kommer ifrån, eller öppna och spara den i Excel",
    Kind.LOCKED: "öppna den i Excel, ta bort lösenordet och spara den igen",
    Kind.WORD: "ge den namnet .docx och läs in den som Word",
    Kind.OLD_WORD: "öppna den i Word och spara den som Worddokument (.docx)",
    Kind.POWERPOINT: "kopiera tabellerna till en Excelfil",
    Kind.WRITER: "öppna den i Word och spara den som Worddokument (.docx)",
    Kind.NUMBERS: "exportera den som Excelfil (.xlsx)",
    Kind.ZIP: "packa upp det och läs in filerna i det en i taget",
    Kind.PDF: "läs in den Excelfil som den är gjord av",
    Kind.PICTURE: "text i en bild kan inte läsas, så skriv av den i en Excelfil",
    Kind.RTF: "öppna den i Word och spara den som Worddokument (.docx)",
    Kind.MAIL: "läs in den Excelfil som den är gjord av eller som är bifogad",
    Kind.TEXT: "kopiera texten och klistra in den i planen",
    Kind.UNKNOWN: "välj en annan fil",
}


@dataclass(frozen=True)
class SheetRows:
    """The cells of a sheet from A1, as many in each row; an empty one is an empty text."""

    name: str
    rows: list[list[Any]]
    is_hidden: bool = False
    part: str = ""  # of the file, that it stands in
    is_sheet: bool = True  # of cells, and not of one large chart


def open_workbook(content: bytes) -> Mapping[str, SheetRows]:
    """The sheets by their names, in their order."""
    return {sheet.name: sheet for sheet in sheets_in(open_package(content))}


def open_package(content: bytes) -> Package:
    """The parts of an Excel file; what is another sort of file is refused with what it is."""
    kind = kind_of(content)
    if kind is not Kind.EXCEL:
        raise NotAPlan(not_excel(kind))
    try:
        return Package(content)
    except NO_ZIP as error:
        raise NotAPlan(not_excel(Kind.DAMAGED)) from error


def not_excel(kind: Kind) -> str:
    advice = _ADVICE.get(kind, _SAVE_AS)
    return f"Filen är {kind} och inte en Excelfil (.xlsx): {advice}."


def sheets_in(package: Package) -> list[SheetRows]:
    """After this every part of the package is known to be whole."""
    try:
        parts = _parts_of_sheets(package)
        _refuse_far_away(package, {part: name for name, part in parts.items()})
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
    except NotAPlan:
        raise
    except (CalamineError, ValueError, *NO_ZIP) as error:
        raise NotAPlan(not_excel(Kind.DAMAGED)) from error


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
    for part, xml in package.parts():
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
