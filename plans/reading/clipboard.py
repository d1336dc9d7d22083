"""What is pasted: HTML as Excel, Word, Outlook, Teams and LibreOffice make it, else plain text."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from plans.document import NotAPlan
from plans.reading.list_marks import as_dashes, is_item, lines_and_items
from plans.reading.source import Block, Cell, Note, Origin, Paragraph, Source, Table
from plans.reading.workbook import MOST_COLUMNS, MOST_ROWS
from samverkan.pasted_html import BOLD, LIST_LEVEL, LIST_MARK, NOT_SHOWN, too_deep
from samverkan.tabs import rows_of
from samverkan.text import clean, undress

MOST_TEXT, MOST_HTML = 2_000_000, 10_000_000  # characters

ITEM = "- "
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {"p", "div", "pre", "ul", "ol", "li", "caption", "blockquote", *_HEADINGS}
_CELLS = {"td", "th"}
_LOOKS = {"class", "style"}
_ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys({*_BLOCKS, "span", "tr", "table", "tbody", "thead", "tfoot"}, _LOOKS),
    **{tag: {*_LOOKS, "rowspan", "colspan"} for tag in _CELLS},
    **dict.fromkeys(("b", "strong"), {"style"}),
    "br": set(),
    "a": {"href"},
    "img": {"alt"},
}
_LEFT_OUT = {"script", "style", "title", "template", "noscript"}
# Excel says how a cell looks by a class.
_BOLD_CLASS = re.compile(r"\.(xl\d+)\s*\{[^{}]*font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_clipboard(html: str, text: str) -> Source:
    if len(text) > MOST_TEXT:
        raise NotAPlan("Det är för mycket att klistra in på en gång: dela upp det i flera delar.")
    found = _of_html(html) if html.strip() and _is_tame(html) else None
    if found is None or not found.blocks:
        found = _of_text(text)
    if not found.blocks:
        raise NotAPlan("Det finns ingen text i det som klistrades in: kopiera den igen.")
    return found


# --- Plain text ---


def _of_text(text: str) -> Source:
    blocks: list[Block] = []
    cells: list[list[str]] = []
    tables = paragraphs = 0

    def end_table() -> None:
        nonlocal tables, cells
        if rows := _filled(cells):
            tables += 1
            blocks.append(Table(f"tabell {tables}", rows))
        cells = []

    for row in rows_of(text):
        if len(row) == 2 and is_item(" ".join(row)) and len(row[0].strip()) == 1:
            row = [" ".join(row)]  # a mark, a tab and the item
        if len(row) > 1:
            cells.append(row)
            continue
        end_table()
        for words, is_in_list in lines_and_items(clean(row[0])):
            if words:
                paragraphs += 1
                blocks.append(Paragraph(words, paragraphs, item=1 if is_in_list else None))
    end_table()
    return Source(Origin.PASTED, tuple(blocks))


def _filled(rows: list[list[str]]) -> tuple[tuple[Cell, ...], ...]:
    found = (
        tuple(
            Cell(number, column, as_dashes(words))
            for column, cell in enumerate(row)
            if (words := clean(cell))
        )
        for number, row in enumerate(rows)
    )
    return tuple(row for row in found if row)


# --- HTML ---


def _of_html(html: str) -> Source:
    """Undressed first, so that what is parsed is whole, without comments and other languages."""
    undressed = undress(html, tags=set(_ALLOWED), attributes=_ALLOWED, clean_content_tags=_LEFT_OUT)
    target = _Blocks(set(_BOLD_CLASS.findall(html)))
    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True)
    parser.feed(f"<html><body>{undressed}</body></html>")
    found: Source = parser.close()
    return found


def _is_tame(html: str) -> bool:
    return len(html) <= MOST_HTML and not too_deep(html)


class _Text:
    """Words as they come in, and whether all of them are bold."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_bold = True

    def add(self, words: str, is_bold: bool) -> None:
        if words.strip():
            self.is_bold = self.is_bold and is_bold
        self.pieces.append(words)

    def end_line(self) -> None:
        self.pieces.append("\n")

    def end_paragraph(self) -> None:
        """No empty line where one ends and the next begins, nor after the mark of an item."""
        said = [piece for piece in self.pieces[-3:] if piece == ITEM or piece.strip(" ")]
        if said and said[-1] not in ("\n", ITEM):
            self.end_line()

    def words(self) -> str:
        lines = (line.strip(" \t") for line in "".join(self.pieces).split("\n"))
        return clean("\n".join(re.sub(" {2,}", " ", line) for line in lines))


class _Grid:
    """The cells of a table where they stand, when some of them reach over others."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.taken: dict[int, int] = {}  # column: the first row that it is free in
        self.row, self.column = -1, 0

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0
        if self.row >= MOST_ROWS:
            raise NotAPlan(
                f"Tabellen som klistrades in har fler än {MOST_ROWS} rader: dela upp den."
            )

    def place(self, rows: int, columns: int) -> int:
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        start = self.column
        for column in range(start, start + columns):
            self.taken[column] = self.row + rows
        self.column += columns
        if start >= MOST_COLUMNS:
            raise NotAPlan(
                f"Tabellen som klistrades in har fler än {MOST_COLUMNS} kolumner: dela upp den."
            )
        return start


class _Blocks:
    """What the parser tells, tag by tag; no tree is made, so no depth is too deep."""

    def __init__(self, bold_classes: set[str]):
        self.bold_classes = bold_classes
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.warnings: list[str] = []
        # Of each tag that is open: what it sets, and what stood there before.
        self.open: list[tuple[str, dict[str, Any]]] = []
        self.is_bold = self.is_passed_over = self.is_hidden = False
        self.lists = self.tables = 0
        self.heading: int | None = None
        self.item: int | None = None
        self.paragraphs = self.table_number = 0
        self.link = ""
        self.text = _Text()
        self.grid: _Grid | None = None
        self.cell: tuple[int, int, int, int] | None = None  # row, column, rows, columns

    # --- From the parser ---

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        style, classes = attributes.get("style", ""), attributes.get("class", "").split()
        self.open.append((tag, {}))
        if tag in _BLOCKS:
            self._break()
        weight = BOLD.search(style)
        if weight or tag in ("b", "strong", "th"):
            self._set("is_bold", weight is None or bool(weight[1]))
        if NOT_SHOWN.search(style):
            self._set("is_hidden", True)
        if tag in _HEADINGS or "MsoTitle" in classes:
            self._set("heading", _HEADINGS.get(tag, 0))
        if tag in ("ul", "ol"):
            self._set("lists", self.lists + 1)
        elif tag == "li":
            self._begin_item(max(self.lists, 1))
        elif self.heading is None and (level := LIST_LEVEL.search(style)):
            self._begin_item(int(level[1]))
        elif LIST_MARK.search(style):
            self._set("is_passed_over", True)
        elif tag == "br":
            self.text.end_line()
        elif tag == "a":
            self._set("link", attributes.get("href", ""))
        elif tag == "img":
            self._note("Bild", attributes.get("alt") or "utan beskrivning")
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self.grid and self.tables == 1:
            self.grid.next_row()
        elif tag in _CELLS and self.grid:
            self._begin_cell(attributes, classes)

    def data(self, words: str) -> None:
        if self.is_passed_over:
            return
        words = _SPACE.sub(" ", words)
        if self.is_hidden and words.strip() and not self.warnings:
            self.warnings.append("Dolda rader i det som klistrades in är också lästa.")
        self.text.add(words, self.is_bold)

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        elif tag in _CELLS and self.grid:
            self._end_cell()
        elif tag == "tr" and self.tables > 1:
            self.text.end_line()
        elif tag == "table":
            self._end_table()
        elif tag == "a" and self.link.startswith(("http:", "https:", "mailto:")):
            bare = self.link.partition(":")[2].strip("/").removeprefix("www.")
            if bare not in "".join(self.text.pieces):
                self._note("Länk", self.link)
        while self.open:
            opened, before = self.open.pop()
            for name, value in before.items():
                setattr(self, name, value)
            if opened == tag:
                break

    def close(self) -> Source:
        self._break()
        return Source(Origin.PASTED, tuple(self.blocks), tuple(self.notes), tuple(self.warnings))

    # --- What is built ---

    def _set(self, name: str, value: Any) -> None:
        """Until the tag ends."""
        self.open[-1][1].setdefault(name, getattr(self, name))
        setattr(self, name, value)

    def _break(self) -> None:
        """A paragraph ends, or in a cell a line."""
        if self.cell:
            self.text.end_paragraph()
            return
        text, self.text = self.text, _Text()
        words = text.words()
        item, self.item = self.item, None if words else self.item
        for line, is_in_list in lines_and_items(words):
            if line:
                self.paragraphs += 1
                level = item or (1 if is_in_list else None)
                self.blocks.append(
                    Paragraph(line, self.paragraphs, self.heading, level, is_bold=text.is_bold)
                )

    def _begin_item(self, level: int) -> None:
        if self.cell:
            self.text.add(ITEM, True)
        else:
            self.item = level

    def _begin_table(self) -> None:
        self._break()
        self.grid = self.grid or _Grid()
        self._set("tables", self.tables + 1)

    def _begin_cell(self, attributes: Mapping[str, str], classes: list[str]) -> None:
        if self.bold_classes.intersection(classes):
            self._set("is_bold", True)
        if self.tables > 1 or not self.grid:
            return
        if self.grid.row < 0:
            self.grid.next_row()
        rows = _span(attributes.get("rowspan"), MOST_ROWS)
        columns = _span(attributes.get("colspan"), MOST_COLUMNS)
        self.text = _Text()
        self.cell = self.grid.row, self.grid.place(rows, columns), rows, columns

    def _end_cell(self) -> None:
        if self.tables > 1:
            self.text.add(" ", True)  # of a table in a cell
        elif self.cell and self.grid:
            row, column, rows, columns = self.cell
            if words := as_dashes(self.text.words()):
                is_bold = self.text.is_bold
                self.grid.rows += [[] for _ in range(row + 1 - len(self.grid.rows))]
                self.grid.rows[row].append(Cell(row, column, words, rows, columns, is_bold))
            self.cell, self.text = None, _Text()

    def _end_table(self) -> None:
        if self.tables > 1 or self.grid is None:
            return
        rows = tuple(tuple(row) for row in self.grid.rows if row)
        self.grid, self.text = None, _Text()
        if rows:
            self.table_number += 1
            self.blocks.append(Table(f"tabell {self.table_number}", rows))

    def _note(self, label: str, text: str) -> None:
        where = f"stycke {self.paragraphs + 1}"
        if self.cell:
            row, column, *_ = self.cell
            where = f"tabell {self.table_number + 1}, rad {row + 1}, kolumn {column + 1}"
        self.notes.append(Note(where, label, text))


def _span(said: str | None, most: int) -> int:
    return min(max(int(said), 1), most) if said and said.isdecimal() and len(said) < 9 else 1
