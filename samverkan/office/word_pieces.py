"""What the pieces of a Word file are once they have been read, and while they are."""

import re
from dataclasses import dataclass, field

from samverkan.office.word_file import Element

# A sign that somebody typed, or pasted, before an item; "o" is Word's own for the second level.
TYPED_ITEM = re.compile(r"^(?:[•▪●○◦‣·■➢✓–—*-]|o(?=\t))[ \t]+(?=\S)", re.M)


@dataclass(frozen=True)
class Note:
    """What stands beside the text: a comment, a picture, a footnote, a page heading."""

    where: str
    label: str
    text: str


@dataclass(frozen=True)
class Thing:
    """What stands among the words and is none of them. A note says in words what it says."""

    label: str
    words: str
    lines: tuple["Line", ...] = ()  # of a footnote, a text box
    images: tuple[str, ...] = ()  # the parts with them
    is_cropped: bool = False  # what is shown of the image
    about: str = ""  # the picture, for whoever does not see it
    chart: Element | None = None


@dataclass(frozen=True)
class Run:
    """Words that look the same; or a thing, which has none."""

    words: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""  # an address outside the file
    thing: Thing | None = None


@dataclass(frozen=True)
class Line:
    """What one paragraph says, wherever it stands."""

    text: str
    heading: int | None
    item: int | None
    is_bold: bool
    is_ordered: bool = False  # an item that has a number
    is_caption: bool = False  # by its style, or by its number
    size: int = 0  # of its letters, in half points; none: as its style says
    runs: tuple[Run, ...] = ()
    number: int = 0  # of the last paragraph with words, down to here

    @property
    def things(self) -> list[Thing]:
        return [run.thing for run in self.runs if run.thing]

    def in_cell(self) -> str:
        """On lines of its own: an item is one, that begins with a dash."""
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

    @property
    def text(self) -> str:
        return "\n".join(line.in_cell() for line in self.lines if line.text)

    @property
    def is_bold(self) -> bool:
        return self.is_emphasised or all(
            line.is_bold or line.heading is not None for line in self.lines if line.text
        )


@dataclass(frozen=True)
class Grid:
    """A table. Cells with nothing in them are in it too."""

    name: str
    rows: tuple[tuple[Box, ...], ...]
    number: int = 0  # of the last paragraph before it


@dataclass(frozen=True)
class WordText:
    blocks: tuple[Line | Grid, ...]
    notes: tuple[Note, ...]
    warnings: tuple[str, ...]


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
    runs: list[Run] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)  # label, words
    was_beside: bool = False  # the last that was said
    has_number: bool = False  # that Word counts up: of a figure
    size: int = 0

    @property
    def text(self) -> str:
        return "".join(run.words for run in self.runs)

    @property
    def is_bold(self) -> bool:
        with_words = [run.is_bold for run in self.runs if re.search(r"\w", run.words)]
        return bool(with_words) and all(with_words)

    def say(self, run: Run) -> None:
        self.runs.append(run)
        self.was_beside = False

    def say_beside(self, label: str, words: str) -> None:
        if self.was_beside and self.beside[-1][0] == label:
            words = self.beside.pop()[1] + words
        self.beside.append((label, words))
        self.was_beside = True
