"""What a paragraph, a field and a cell of a Word file are while they are being read."""

import re
from dataclasses import dataclass, field

from plans.reading.source import Cell
from plans.reading.word_file import Element

# A sign that somebody typed, or pasted, before an item; "o" is Word's own for the second level.
TYPED_ITEM = re.compile(r"^(?:[•▪●○◦‣·■➢✓–—*-]|o(?=\t))[ \t]+(?=\S)", re.M)


@dataclass(frozen=True)
class Line:
    """What one paragraph says, wherever it stands."""

    text: str
    heading: int | None
    item: int | None
    is_bold: bool

    def in_cell(self) -> str:
        """As `Cell` has it: an item is one line, that begins with a dash."""
        if self.item:
            return f"{'  ' * (self.item - 1)}- {' '.join(self.text.split())}"
        return TYPED_ITEM.sub("- ", self.text)


@dataclass
class Box:
    """A cell of a table as it grows: those that are merged with it add to it."""

    row: int
    column: int
    columns: int
    is_emphasised: bool
    lines: list[Line]
    rows: int = 1

    def cell(self) -> Cell | None:
        text = "\n".join(line.in_cell() for line in self.lines)
        if not text:
            return None
        is_bold = self.is_emphasised or all(
            line.is_bold or line.heading is not None for line in self.lines
        )
        return Cell(self.row, self.column, text, self.rows, self.columns, is_bold)


@dataclass
class Field:
    """What Word works out: a code, and after it the result as it was when the file was saved."""

    code: str = ""
    has_result: bool = False  # that has begun

    @property
    def kind(self) -> str:
        return (self.code.split() or [""])[0].upper()


@dataclass
class Saying:
    """A paragraph, and what has been said in it so far."""

    element: Element
    pieces: list[tuple[str, bool]] = field(default_factory=list)  # words, whether in bold
    beside: list[tuple[str, str]] = field(default_factory=list)  # label, words
    was_beside: bool = False  # the last that was said

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.pieces)

    @property
    def is_bold(self) -> bool:
        with_words = [is_bold for words, is_bold in self.pieces if re.search(r"\w", words)]
        return bool(with_words) and all(with_words)

    def say(self, words: str, is_bold: bool) -> None:
        self.pieces.append((words, is_bold))
        self.was_beside = False

    def say_beside(self, label: str, words: str) -> None:
        if self.was_beside and self.beside[-1][0] == label:
            words = self.beside.pop()[1] + words
        self.beside.append((label, words))
        self.was_beside = True
