"""The elements that a Word document is made of, each with its children in the order Word demands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from docx.oxml import OxmlElement, ns

Element = Any  # of lxml, which says nothing of its types
qn = cache(ns.qn)  # asked for again for each element of a long document

# What XML has no way to write at all. Line breaks of other kinds are line breaks.
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")


_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")  # never broken over two lines
HYPHEN = "\u2011"  # the one that no line ends with
_LETTERS = {"\n": "br", "\t": "tab", HYPHEN: "noBreakHyphen"}


def writable(text: str) -> str:
    return _UNWRITABLE.sub("", _BREAK.sub("\n", text))


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """<w:tag w:attribute="…">children</w:tag>; what is None is left out."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


# Runs ---------------------------------------------------------------------------------------------


def run(text: str, style: str = "", *, bold: bool = False, italic: bool = False) -> Element:
    """Words in one dress. A line break is a line break within the paragraph."""
    dress = [w("rStyle", val=style)] if style else []
    dress += [w("b"), w("bCs")] if bold else []
    dress += [w("i"), w("iCs")] if italic else []
    made = w("r", w("rPr", *dress) if dress else None)
    whole = _DATE.sub(lambda found: found.group().replace("-", HYPHEN), writable(text))
    for piece in re.split(f"([\n\t{HYPHEN}])", whole):
        if piece in _LETTERS:
            made.append(w(_LETTERS[piece]))
        elif piece:
            words = w("t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            made.append(words)
    return made


def inline(content: "str | Element | Sequence") -> list[Element]:
    """A text, an element or several of them, as what stands in a paragraph."""
    if isinstance(content, str):
        return [run(content)] if content else []
    if isinstance(content, list | tuple):
        return [element for item in content for element in inline(item)]
    return [content]


def field_of(instruction: str, shown: "str | Element" = "") -> list[Element]:
    """What Word works out by itself: the number of a page, say. Until it has, `shown` stands there."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        *inline(shown),
        w("r", w("fldChar", fldCharType="end")),
    ]


def link(anchor: str, content: Any) -> Element:
    """To a bookmark in the same document."""
    return w("hyperlink", *inline(content), anchor=anchor, history=1)


# Paragraphs ---------------------------------------------------------------------------------------


def paragraph(
    content: Any = "", style: str = "", *, level: int | None = None, list_number: int | None = None
) -> Element:
    """One paragraph; in a list when it says on which level and in which list."""
    dress = [w("pStyle", val=style)] if style else []
    if list_number is not None:
        dress.append(w("numPr", w("ilvl", val=level or 0), w("numId", val=list_number)))
    return w("p", w("pPr", *dress) if dress else None, *inline(content))


# Tables -------------------------------------------------------------------------------------------


LETTER = 100  # about as wide as one is in a table
# A row of more lines may go on over the page; else there would be white halves of pages, and one
# longer than a page would be cut off.
MOST_LINES, FEWEST_LINES = 22, 5  # the latter where it goes on from the row above


def words_in(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


@dataclass(frozen=True)
class Cell:
    blocks: Sequence[Element]
    span: int = 1
    fill: str = ""  # a tint behind it, and the accent at its left
    left: int = 0  # more space at its left

    @property
    def is_empty(self) -> bool:
        return not any(words_in(block) for block in self.blocks)

    def lines(self, width: int) -> float:
        """About how many it takes in a column so wide."""
        letters = max(1, (width - 170) / LETTER)
        return sum(-(-max(1, len(words_in(block))) // letters) for block in self.blocks)


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    is_head: bool = False
    is_open: bool = False  # no line below it: the next row belongs to it
    goes_on: bool = False  # no line above it


@dataclass(frozen=True)
class Table:
    widths: Sequence[int]  # of the columns, in twentieths of a point
    rows: Sequence[Row] = field(default_factory=tuple)
    description: str = ""
    has_total: bool = False

    def element(self) -> Element:
        has_head = any(row.is_head for row in self.rows)
        if sum(map(self._lines, self.rows)) <= FEWEST_LINES * 2:  # it stays together
            for row in self.rows[:-1]:
                for cell in row.cells:
                    for block in cell.blocks:
                        block.get_or_add_pPr().insert(1, w("keepNext"))
        return w(
            "tbl",
            w(
                "tblPr",
                w("tblStyle", val="Lines"),
                w("tblW", w=sum(self.widths), type="dxa"),
                w("tblLayout", type="fixed"),
                w(
                    "tblLook",
                    val=f"{0x0480 | has_head << 5 | self.has_total << 6:04X}",
                    firstRow=int(has_head),
                    lastRow=int(self.has_total),
                    firstColumn=1,
                    lastColumn=0,
                    noHBand=1,
                    noVBand=1,
                ),
                w("tblCaption", val=writable(self.description)) if self.description else None,
            ),
            w("tblGrid", *(w("gridCol", w=width) for width in self.widths)),
            *(self._row(row) for row in self.rows),
        )

    def _widths(self, row: Row) -> list[int]:
        widths, column = [], 0
        for cell in row.cells:
            widths.append(sum(self.widths[column : column + cell.span]))
            column += cell.span
        return widths

    def _lines(self, row: Row) -> float:
        cells = zip(row.cells, self._widths(row), strict=True)
        return max(cell.lines(width) for cell, width in cells)

    def _row(self, row: Row) -> Element:
        widths, lines = self._widths(row), self._lines(row)
        most = FEWEST_LINES if row.goes_on else MOST_LINES
        dress = [w("cantSplit")] if lines <= most else []
        dress += [w("tblHeader")] if row.is_head else []
        made = w("tr", w("trPr", *dress) if dress else None)
        for cell, width in zip(row.cells, widths, strict=True):
            made.append(
                w(
                    "tc",
                    w(
                        "tcPr",
                        w("tcW", w=width, type="dxa"),
                        w("gridSpan", val=cell.span) if cell.span > 1 else None,
                        _borders(row, cell),
                        w("shd", val="clear", color="auto", fill=cell.fill) if cell.fill else None,
                        w("tcMar", w("left", w=cell.left, type="dxa")) if cell.left else None,
                    ),
                    *(cell.blocks or [paragraph(style="Cell")]),
                )
            )
        return made


def _borders(row: Row, cell: Cell) -> Element | None:
    edges = [w("top", val="nil")] if row.goes_on else []
    if cell.fill:
        edges.append(w("left", val="single", sz=20, space=0, color="0A4D68"))
    if row.is_open:
        edges.append(w("bottom", val="nil"))
    return w("tcBorders", *edges) if edges else None


def without_empty_columns(head: Row, rows: Sequence[Row]) -> tuple[list[int], list[Row]]:
    """The columns that some row says anything in, and the rows with no others."""
    kept = [
        column
        for column in range(len(head.cells))
        if any(not row.cells[column].is_empty for row in rows)
    ]
    narrowed = [
        Row([row.cells[column] for column in kept], row.is_head, row.is_open, row.goes_on)
        for row in [head, *rows]
    ]
    return kept, narrowed


def share(width: int, parts: Iterable[float]) -> list[int]:
    """A width in columns that stand to each other as the parts do."""
    parts = list(parts)
    return [round(width * part / sum(parts)) for part in parts]
