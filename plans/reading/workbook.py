"""A workbook as rows of cells, once it is known to be no larger than a plan can be.

No library that reads Excel stops a file that unfolds to more than the machine holds, nor one with a
single cell in the last row of the last column; so both are looked for before any of them is asked.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from plans.document import NotAPlan

MOST_BYTES = 100 * 2**20  # unpacked
MOST_ROWS, MOST_COLUMNS = 20_000, 300
MOST_CELLS = 2_000_000  # on all sheets

# A row or a cell, and where it says that it stands.
_PLACE = re.compile(rb"""<(?:\w+:)?(?:row|c)\s[^<>]*?\br\s*=\s*["']([A-Za-z]*)(\d+)""")
# All that zipfile says of a file that is broken, encrypted or packed in some other way.
_NO_ZIP = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
_NOT_EXCEL = "Filen är inte en Excelfil (.xlsx) som går att öppna."


@dataclass(frozen=True)
class SheetRows:
    """The cells of a sheet from A1, as many in each row; an empty one is an empty text."""

    name: str
    rows: list[list[Any]]
    is_hidden: bool = False


def open_workbook(content: bytes) -> Mapping[str, SheetRows]:
    """The sheets by their names, in their order."""
    _refuse_bomb(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            sheet.name: SheetRows(
                sheet.name,
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                sheet.visible != SheetVisibleEnum.Visible,
            )
            for sheet in book.sheets_metadata
        }
    except (CalamineError, ValueError, OSError) as error:
        raise NotAPlan(_NOT_EXCEL) from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise NotAPlan(
                    f"Filen blir större än {MOST_BYTES // 2**20} MB när den packas upp, och läses inte."
                )
            cells = 0
            for member in archive.infolist():
                rows, columns = _extent(archive.read(member))
                cells += rows * columns
                if rows > MOST_ROWS or columns > MOST_COLUMNS or cells > MOST_CELLS:
                    raise NotAPlan(
                        f"Filen har fler än {MOST_ROWS} rader eller {MOST_COLUMNS} kolumner på en flik, "
                        "och läses inte. Ta bort det som står långt utanför planen."
                    )
    except _NO_ZIP as error:
        raise NotAPlan(_NOT_EXCEL) from error


def _extent(xml: bytes) -> tuple[int, int]:
    """The last row and the last column that the sheet says that it has."""
    places = list(_places(xml))
    return max((row for row, _ in places), default=0), max(
        (column for _, column in places), default=0
    )


def _places(xml: bytes) -> Iterator[tuple[int, int]]:
    for letters, digits in set(_PLACE.findall(xml)):
        column = 0
        for letter in letters[:6].upper():
            column = column * 26 + letter - ord("A") + 1
        yield int(digits[:9]), column
