"""A workbook: cells that hold every text whole, never a formula that somebody wrote as words, and
that look alike. The same cells give the same bytes.

A cell holds 32,767 characters at most, and a few texts not at all. Such a cell ends in a reference
to the sheet Fortsättning, where the rest of its text stands (`whole` puts them together again).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from samverkan.documents.charts import INK, PALE, TINT

CONTINUED = "Fortsättning"
CONTINUED_HEADINGS = ("Nr", "Text")

_ROOM = 15_000  # characters, each of which may count as two
_REFERENCE = re.compile(rf" … \[fortsätter på fliken {CONTINUED}, nr (\d+)\]\Z")
# What XlsxWriter or the format would change: two escapes that share a letter, what XML cannot hold,
# what looks like XlsxWriter's own rich text, and our own reference.
_UNHELD = re.compile(
    rf"_x[0-9A-Fa-f]{{4}}(?=_x[0-9A-Fa-f]{{4}}_)|[\ufffe\uffff]|\A<r>|{_REFERENCE.pattern}"
)
_ESCAPED = re.compile(r"[\\\ufffe\uffff]|_(?=x)|<(?=r>)|\[(?=fortsätter )")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")

FONT = "Arial"  # or what is as wide: there is one on every machine
HAIRLINE, WASH, GREY = "#B8C4CA", "#EDF3F5", "#5A6670"
TO_FILL_IN = "#FFF6CC"  # as forms in Excel have it
_PLAIN = {"font_name": FONT, "font_size": 10, "valign": "top", "text_wrap": True}
_BORDER = {"border": 1, "border_color": HAIRLINE}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "font_color": INK, "valign": "vcenter"},
    "head": {"bold": True, "font_color": INK, "bg_color": PALE, "valign": "vcenter", **_BORDER},
    "help": {"font_size": 9, "italic": True, "font_color": GREY, "bg_color": WASH, **_BORDER},
    "label": {"bold": True},
    "text": {},
    "cell": _BORDER,
    "key": {"num_format": "@", **_BORDER},  # 1.10 stays what it is when somebody types it
    "strong": {"bold": True, **_BORDER},
    "line": {"text_wrap": False},
    "band": {
        "text_wrap": False,
        "bold": True,
        "font_color": INK,
        "bg_color": WASH,
        "valign": "vcenter",
    },
    "open": {"bg_color": TO_FILL_IN, "locked": False, **_BORDER},
    "sum": {"bold": True, "top": 1, "top_color": INK, "bottom": 1, "bottom_color": HAIRLINE},
}

Cell = str | int | float | date | None


class Book:
    def __init__(self, properties: Mapping[str, Any], created: date):
        self._file = BytesIO()
        self.workbook = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self.workbook.set_properties(
            {
                **{name: printable(text) for name, text in properties.items()},
                "created": datetime(created.year, created.month, created.day),
            }
        )
        self.workbook.set_custom_property("Language", "sv-SE", "text")
        self._rest: list[str] = []
        self._styles: dict[str, tuple[Format, Format, Format]] = {}

    def add(self, name: str, colour: str = TINT) -> "Sheet":
        worksheet = self.workbook.add_worksheet(name)
        worksheet.set_tab_color(colour)
        worksheet.hide_gridlines(2)
        return Sheet(self, worksheet)

    def style(self, name: str) -> tuple[Format, Format, Format]:
        """Of text, of text that Excel would take for a formula once it is edited, and of dates.

        Not the format for text: Excel shows long texts in it as ####.
        """
        if name not in self._styles:
            look = _PLAIN | STYLES[name]
            day = {"num_format": "yyyy-mm-dd", "align": "left", "text_wrap": False}
            self._styles[name] = (
                self.workbook.add_format(look),
                self.workbook.add_format(look | {"quote_prefix": True}),
                self.workbook.add_format(look | day),
            )
        return self._styles[name]

    def number_style(self, name: str) -> Format:
        if (kept := f"{name} number") not in self._styles:
            made = self.workbook.add_format(_PLAIN | STYLES[name] | {"align": "right", "indent": 1})
            self._styles[kept] = (made, made, made)
        return self._styles[kept][0]

    def held(self, text: str) -> str:
        """The text, or as much of it as a cell holds and where the rest stands."""
        unheld = _UNHELD.search(text)
        if len(text) <= _ROOM and not unheld:
            return text
        end = min(_ROOM, unheld.start() if unheld else _ROOM)
        self._rest.append(text[end:])
        return f"{text[:end]} … [fortsätter på fliken {CONTINUED}, nr {len(self._rest)}]"

    def add_rest(self) -> "Rest":
        return Rest(self.add(CONTINUED), self._rest)

    def content(self) -> bytes:
        self.workbook.close()
        return self._file.getvalue()


class Sheet:
    def __init__(self, book: Book, worksheet: Worksheet):
        self.book = book
        self.worksheet = worksheet

    def put(self, row: int, column: int, cell: Cell, style: str) -> None:
        text, quoted, day = self.book.style(style)
        if isinstance(cell, str) and cell:
            if len(cell) > _ROOM or _UNHELD.search(cell):
                cell = self.book.held(cell)
            self.worksheet.write_string(row, column, cell, quoted if cell[0] in "=+-@" else text)
        elif cell is None or cell == "":
            self.worksheet.write_blank(row, column, None, text)
        elif isinstance(cell, date):
            self.worksheet.write_datetime(row, column, cell, day)
        else:
            self.worksheet.write_number(row, column, cell, self.book.number_style(style))

    def across(
        self, row: int, column: int, last_row: int, last_column: int, cell: Cell, style: str
    ) -> None:
        """One cell over several."""
        if (row, column) != (last_row, last_column):
            self.worksheet.merge_range(
                row, column, last_row, last_column, "", self.book.style(style)[0]
            )
        self.put(row, column, cell, style)

    def head(
        self, row: int, headings: Sequence[str], widths: Iterable[float], style: str = "text"
    ) -> None:
        """The row of headings, each with its column's width and the style of what is typed there."""
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            self.worksheet.set_column(column, column, width, self.book.style(style)[0])
            self.put(row, column, heading, "head")

    def choices(self, row: int, last_row: int, column: int, choices: Sequence[str] | str) -> None:
        """A drop-down; what is not in it is asked about, not refused, for text is pasted too."""
        self.worksheet.data_validation(
            row,
            column,
            last_row,
            column,
            {
                "validate": "list",
                "source": choices if isinstance(choices, str) else list(choices),
                "error_type": "warning",
                "error_title": "Finns inte i listan",
                "error_message": "Välj ett av orden i listan. Annars kan filen inte läsas in.",
            },
        )

    def paper(self, left: str, right: str, *, fits: bool = True) -> None:
        """A4 across, all columns on the page where they fit; the plan above, the page number below."""
        sheet = self.worksheet
        sheet.set_landscape()
        sheet.set_paper(9)
        if fits:
            sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
        sheet.set_header(f'&L&"{FONT}"&9{_quoted(left)}&R&"{FONT}"&9{_quoted(right)}')
        sheet.set_footer(f'&L&"{FONT}"&9&A&R&"{FONT}"&9Sida &P av &N')


class Rest:
    """The sheet with what the cells did not hold. It has its place before they are all written."""

    def __init__(self, sheet: Sheet, rest: Sequence[str]):
        self.sheet = sheet
        self.rest = rest
        sheet.head(0, CONTINUED_HEADINGS, (6, 140))

    def fill(self) -> None:
        if not self.rest:
            self.sheet.worksheet.hide()
        row = 1
        for number, rest in enumerate(self.rest, start=1):
            escaped = _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", rest)
            for start in range(0, len(escaped), _ROOM):
                self.sheet.put(row, 0, str(number), "cell")
                self.sheet.put(row, 1, escaped[start : start + _ROOM], "cell")
                row += 1


def whole(text: str, rest: Mapping[str, str]) -> str:
    """The text of a cell, with the rest of it from where it stands."""
    found = _REFERENCE.search(text) if text.endswith("]") else None
    if found is None or found.group(1) not in rest:
        return text
    return text[: found.start()] + rest[found.group(1)]


def rest_of(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The rests by their numbers, from the rows of the sheet Fortsättning."""
    found: dict[str, list[str]] = {}
    for number, piece in rows:
        found.setdefault(number, []).append(piece)
    return {
        number: re.sub(
            r"\\u([0-9a-f]{4})", lambda code: chr(int(code.group(1), 16)), "".join(pieces)
        )
        for number, pieces in found.items()
    }


def sheet_name(title: str, taken: set[str], otherwise: str) -> str:
    """A name that Excel takes: short, without its signs, and like no other. It is then taken."""
    said = " ".join(re.sub(r"[\[\]:*?/\\]", " ", printable(title)).split()).strip("' ")
    name = _cut(said, 31) or otherwise
    number = 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{_cut(said or otherwise, 31 - len(f' ({number})'))} ({number})"
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    """At most so many characters as Excel counts them, whole words where that leaves enough."""
    if _units(text) <= most:
        return text
    while _units(text) > most:
        text = text[:-1]
    at_word = text.rpartition(" ")[0]
    return (at_word if len(at_word) > most / 2 else text).rstrip(" ',;–-")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def height(texts_and_widths: Iterable[tuple[str, float]], size: float = 10) -> float:
    """The height in points of a row with these texts in columns of these widths, as Excel would."""
    most = 1
    for text, width in texts_and_widths:
        room = max(width * 14 / size - 2, 5)  # less what a broken line leaves empty
        lines = 0
        for line in text[:8000].split("\n"):
            lines += int(len(line) / room) + 1
        if lines > most:
            most = lines
    return most * size * 1.28 + 4


def printable(text: str) -> str:
    """On one line, where control characters have no place."""
    return _UNPRINTABLE.sub(" ", text)


def _quoted(text: str) -> str:
    """In a header, where & begins an instruction and ninety characters are enough."""
    return printable(text)[:90].replace("&", "&&")
