"""Places: texts in a Word document that are known again when somebody has edited it.

A place has a name, "areas.0.title". In the file it is a content control with the name as its tag,
which Word keeps whatever is written in it. LibreOffice drops tags (before 7.5) and all of a control
but its first paragraph, yet it keeps bookmarks: so each place has one of those too, called after its
number.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Protocol

from docx.oxml import parse_xml

from samverkan.documents.wordml import HYPHEN, Element, qn, run, w, writable

# Word names styles that it adds itself in its own language.
HEADING = re.compile(r"(?:Heading|Rubrik)(\d)")
_REFERRING = re.compile(r"\s*REF\s+(\S+)")
# In the file a date has hyphens that do not break.
_DATE = re.compile(f"\\b(\\d{{4}}){HYPHEN}(\\d\\d){HYPHEN}(\\d\\d)\\b")
BOOKMARK = "_plats"
TICKED, EMPTY = "☒", "☐"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
LONGEST_TAG = 64  # that Word has room for
FIRST_IDENTITY = 100_000  # of these bookmarks; those that links lead to have lower ones


@dataclass(frozen=True)
class Piece:
    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""  # an address, or "#" and a bookmark in the same document
    is_worked_out: bool = False  # by Word: the number of what it refers to
    note: "Text | None" = None  # the footnote whose mark stands here
    picture: bytes | None = None


class Stands(Enum):
    """Where a paragraph stands, seen from a place before it."""

    BESIDE = "in the same cell, or both in none"
    BELOW = "below the table that the place stands in"
    ELSEWHERE = "in another cell or table"


@dataclass
class Paragraph:
    style: str = ""
    level: int | None = None  # in a list
    list_number: str = ""
    pieces: list[Piece] = field(default_factory=list)
    after: int | None = None  # the number of the place that began last before it
    stands: "Stands | None" = None  # beside that place
    has_place: bool = False  # whether some of its words stand in a place, or in one more

    @property
    def text(self) -> str:
        return with_dates("".join(piece.text for piece in self.pieces))

    @property
    def pictures(self) -> list[bytes]:
        return [piece.picture for piece in self.pieces if piece.picture is not None]


Text = list[Paragraph]


def with_dates(text: str) -> str:
    return _DATE.sub(r"\1-\2-\3", text)


def plain(text: Text) -> str:
    return "\n".join(paragraph.text for paragraph in text)


def said(text: Text) -> str:
    """The words with what their footnotes say, as `samverkan.rich` has them."""
    return with_dates("\n".join("".join(map(_said, paragraph.pieces)) for paragraph in text))


def _said(piece: Piece) -> str:
    return piece.text if piece.note is None else f" [fotnot: {said(piece.note).strip()}]"


def digest(value: str) -> str:
    """Enough of it to tell whether two texts are the same."""
    return sha256(value.encode()).hexdigest()[:20]


def tag_of(name: str, number: int) -> str:
    """What the control of a place is called."""
    return name if len(name) <= LONGEST_TAG else f"plats.{number}"


# Writing ------------------------------------------------------------------------------------------


class Places:
    """Makes the places of one document, and numbers them as they come."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._controls = 0

    def line(self, name: str, words: str, *, bold: bool = False) -> list[Element]:
        """Plain words within a paragraph. Each line has a control of its own, with the line breaks
        between them: LibreOffice (7.4) moves those that stand in one.
        """
        start, end = self._begin(name)
        made = []
        for number, line in enumerate(writable(words).split("\n")):
            made += [w("r", w("br"))] if number else []
            if line or not words:
                control = [run(line, bold=bold)]
                made.append(self._control(name, control, w("text", multiLine=1)))
        return [start, *made, end]

    def box(self, name: str, *, is_ticked: bool) -> list[Element]:
        """One that Word knows as such: it is ticked with a click, and heard as ticked or not."""
        start, end = self._begin(name)
        kind = parse_xml(
            f'<w14:checkbox xmlns:w14="{_WORD_2010}"><w14:checked w14:val="{int(is_ticked)}"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        return [start, self._control(name, [run(TICKED if is_ticked else EMPTY)], kind), end]

    def mark(self, name: str, content: list[Element]) -> list[Element]:
        """What tells that something still stands here, and is not to be written in."""
        start, end = self._begin(name)
        return [start, *content, end]

    def blocks(self, name: str, heading: Element, paragraphs: list[Element]) -> Element:
        """Whole paragraphs in any dress, under their heading. That stands in the control as well:
        LibreOffice (7.4) spoils the first paragraph of one, if it says more than plain words.
        """
        start, end = self._begin(name)
        return self._control(name, [heading, start, *paragraphs, end])

    def between(self, name: str, paragraphs: list[Element]) -> list[Element]:
        """The same without a heading, and so without a control."""
        start, end = self._begin(name)
        return [start, *paragraphs, end]

    def _control(self, name: str, content: list[Element], *kind: Element) -> Element:
        self._controls += 1
        tag = tag_of(name, len(self.names) - 1)
        properties = w("sdtPr", w("tag", val=tag), w("id", val=self._controls), *kind)
        return w("sdt", properties, w("sdtContent", *content))

    def _begin(self, name: str) -> tuple[Element, Element]:
        """A bookmark for the next place, its start and its end."""
        number = len(self.names)
        self.names.append(name)
        identity = FIRST_IDENTITY + number
        start = w("bookmarkStart", id=identity, name=f"{BOOKMARK}{number}")
        return start, w("bookmarkEnd", id=identity)


# Reading ------------------------------------------------------------------------------------------


@dataclass
class Found:
    """What stands in each place, and what stands in none."""

    controls: dict[str, list[Text]]  # a row that was copied has its places twice
    bookmarks: dict[str, Text]
    loose: Text

    def text(self, name: str, number: int, is_blocks: bool) -> Text | None:
        """What stands in the place; nothing where the place is no more."""
        bookmarked = self.bookmarks.get(f"{BOOKMARK}{number}")
        control = self.controls.get(tag_of(name, number), [None])[0]
        if control is None or (is_blocks and len(control) < 2):
            return bookmarked
        if is_blocks and HEADING.match(control[0].style):
            return control[1:]
        return control

    @property
    def headings(self) -> Text:
        """Those that stand in a place together with what they are about."""
        texts = [text for occurrences in self.controls.values() for text in occurrences]
        return [text[0] for text in texts if text and HEADING.match(text[0].style)]


class Beside(Protocol):
    """What stands beside the text, and is known in it by a name or a number."""

    def address(self, relation: str) -> str: ...

    def picture(self, relation: str) -> bytes | None: ...

    def note(self, number: str) -> Text | None: ...


def read(body: Element, beside: Beside) -> Found:
    """Walks through the document."""
    reader = _Reader(beside)
    reader.walk(body)
    controls = [text for occurrences in reader.controls.values() for text in occurrences]
    placed = [*reader.bookmarks.values(), *controls]
    held = Counter(element for text in placed for element, one in text.items() if one.pieces)
    for element, paragraph in reader.loose.items():
        paragraph.has_place = element in held
    for text in controls:
        for element, paragraph in text.items():
            paragraph.has_place = held[element] > 1
    return Found(
        {name: [list(text.values()) for text in texts] for name, texts in reader.controls.items()},
        {name: list(text.values()) for name, text in reader.bookmarks.items()},
        [one for one in reader.loose.values() if one.text.strip() or one.pictures],
    )


def read_note(note: Element, beside: Beside) -> Text:
    """The words of a footnote, which has no places."""
    reader, words = _Reader(beside), _Collected()
    reader.open_controls.append(words)
    reader.walk(note)
    return list(words.values())


_Collected = dict[Element, Paragraph]
# Word's own: the words that were deleted while changes were tracked, moved from here, or stand
# twice for old versions; and what it has worked out by itself.
_PASSED_BY = {
    *map(qn, ["w:del", "w:moveFrom", "w:rPr", "w:pPr"]),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_LETTERS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}


@dataclass
class _Closed:
    """A line of a place that has ended, and what has been said in its paragraph since."""

    paragraph: Element
    collected: _Collected
    since: list[Piece] = field(default_factory=list)


@dataclass
class _Field:
    """What Word works out by itself, and to which bookmark it leads."""

    instruction: str = ""

    @property
    def link(self) -> str:
        found = _REFERRING.match(self.instruction)
        return f"#{found[1]}" if found else ""


class _Reader:
    def __init__(self, beside: Beside) -> None:
        self.beside = beside
        self.controls: dict[str, list[_Collected]] = {}
        self.bookmarks: dict[str, _Collected] = {}
        self.loose: _Collected = {}
        self.open_controls: list[_Collected] = []
        self.closed: dict[str, _Closed] = {}
        self.open_bookmarks: dict[str, str] = {}  # identity -> name
        self.in_contents = 0
        self.in_fields: list[_Field] = []  # those that are open
        self.begun: int | None = None  # the number of the place that began last
        self.begun_in: Element | None = None  # the cell of that place
        self.paragraphs: list[Element] = []
        self.link = ""

    def walk(self, element: Element) -> None:
        for child in element:
            self._take(child)

    def _take(self, element: Element) -> None:
        tag = element.tag
        if tag in _PASSED_BY or not isinstance(tag, str):
            return
        if tag == qn("w:t"):
            self._say(element.getparent(), element.text or "")
        elif tag in _LETTERS and element.getparent().tag == qn("w:r"):
            self._say(element.getparent(), _LETTERS[tag])
        elif tag == qn("w:p"):
            self.paragraphs.append(element)
            self._touch()
            self.walk(element)
            self.paragraphs.pop()
            self.closed.clear()
        elif tag == qn("w:sdt"):
            self._control(element)
        elif tag == qn("w:hyperlink"):
            anchor, relation = element.get(qn("w:anchor")), element.get(qn("r:id"))
            link = f"#{anchor}" if anchor else self.beside.address(relation or "")
            outer, self.link = self.link, link
            self.walk(element)
            self.link = outer
        elif tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name")) or ""
            if name.startswith(BOOKMARK):
                self.open_bookmarks[element.get(qn("w:id"))] = name
                self.bookmarks.setdefault(name, {})
                self.begun = int(number) if (number := name[len(BOOKMARK) :]).isdigit() else None
                self.begun_in = _cell_of(element)
                self._touch()
        elif tag == qn("w:bookmarkEnd"):
            ended = self.open_bookmarks.get(element.get(qn("w:id")))
            # LibreOffice may begin one several times and end it once.
            self.open_bookmarks = {
                identity: name for identity, name in self.open_bookmarks.items() if name != ended
            }
        elif tag == qn("w:fldChar"):
            self._field(element.get(qn("w:fldCharType")))
        elif tag == qn("w:instrText"):
            if self.in_fields:
                self.in_fields[-1].instruction += element.text or ""
        elif tag == qn("w:fldSimple"):
            self.in_fields.append(_Field(element.get(qn("w:instr")) or ""))
            self.walk(element)
            self.in_fields.pop()
        elif tag == qn("w:footnoteReference"):
            note = self.beside.note(element.get(qn("w:id")) or "")
            if note is not None:
                self._collect(Piece("", note=note))
        elif tag == qn("a:blip"):
            picture = self.beside.picture(element.get(qn("r:embed")) or "")
            if picture is not None:
                self._collect(Piece("", picture=picture))
        else:
            self.walk(element)

    def _control(self, element: Element) -> None:
        properties = element.find(qn("w:sdtPr"))
        content = element.find(qn("w:sdtContent"))
        if content is None:
            return
        tag = properties.find(qn("w:tag")) if properties is not None else None
        name = tag.get(qn("w:val")) if tag is not None else ""
        if not name and self.paragraphs and _follows_control(element):
            return
        is_contents = properties is not None and properties.find(qn("w:docPartObj")) is not None
        # The words that Word itself puts into an empty control are nobody's.
        is_empty = properties is not None and properties.find(qn("w:showingPlcHdr")) is not None
        if name:
            self._open(name)
        self.in_contents += is_contents
        if not is_empty:
            self.walk(content)
        self.in_contents -= is_contents
        if name:
            self._close(name)

    def _open(self, name: str) -> None:
        here = self.paragraphs[-1] if self.paragraphs else None
        before = self.closed.pop(name, None)
        if before and before.paragraph is here is not None:  # the next line of the same place
            collected = before.collected
            collected[here].pieces += before.since
            if here in self.loose:
                taken = {id(piece) for piece in before.since}
                self.loose[here].pieces[:] = [
                    piece for piece in self.loose[here].pieces if id(piece) not in taken
                ]
        else:
            collected = {}
            self.controls.setdefault(name, []).append(collected)
        self.open_controls.append(collected)
        self._touch()

    def _close(self, name: str) -> None:
        collected = self.open_controls.pop()
        if self.paragraphs:
            self.closed[name] = _Closed(self.paragraphs[-1], collected)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.in_fields.append(_Field())
        elif kind == "end" and self.in_fields:
            self.in_fields.pop()

    def _collecting(self) -> Iterable[_Collected]:
        yield from self.open_controls
        for name in set(self.open_bookmarks.values()):
            yield self.bookmarks[name]

    def _touch(self) -> None:
        """An empty paragraph is one too."""
        if self.paragraphs:
            for collected in self._collecting():
                if self.paragraphs[-1] not in collected:
                    collected[self.paragraphs[-1]] = _paragraph(self.paragraphs[-1])

    def _say(self, run: Element, text: str) -> None:
        link = self.link or next((one.link for one in self.in_fields if one.link), "")
        bold, italic = _is_on(run, "b", "Strong"), _is_on(run, "i", "Emphasis")
        self._collect(Piece(text, bold, italic, link, bool(self.in_fields)))

    def _collect(self, piece: Piece) -> None:
        if not self.paragraphs:
            return
        here = self.paragraphs[-1]
        collecting = list(self._collecting())
        if not collecting and not self.in_contents and not self.in_fields:
            collecting = [self.loose]
        for collected in collecting:
            if here not in collected:
                collected[here] = _paragraph(here)
                collected[here].after, collected[here].stands = self.begun, self._stands(here)
            collected[here].pieces.append(piece)
        for closed in self.closed.values():
            if closed.paragraph is here and not self.open_controls:
                closed.since.append(piece)

    def _stands(self, here: Element) -> Stands:
        cell = _cell_of(here)
        if cell is self.begun_in:
            return Stands.BESIDE
        table = None if self.begun_in is None else _above(self.begun_in, "w:tbl")
        is_below = table is not None and cell is _cell_of(table)
        return Stands.BELOW if is_below else Stands.ELSEWHERE


def _cell_of(element: Element) -> Element | None:
    return _above(element, "w:tc")


def _above(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(qn(tag)), None)


def _paragraph(element: Element) -> Paragraph:
    dress = element.find(qn("w:pPr"))
    if dress is None:
        return Paragraph()
    style = dress.find(qn("w:pStyle"))
    listed = dress.find(qn("w:numPr"))
    level = listed.find(qn("w:ilvl")) if listed is not None else None
    number = listed.find(qn("w:numId")) if listed is not None else None
    return Paragraph(
        style.get(qn("w:val")) if style is not None else "",
        None if listed is None else int(level.get(qn("w:val"))) if level is not None else 0,
        number.get(qn("w:val")) if number is not None else "",
    )


def _follows_control(element: Element) -> bool:
    """LibreOffice (7.4) tears a control apart where the writing changes, from Latin to Arabic say:
    all of the text stands in the first, and is said again in those that follow right after.
    """
    before = element.getprevious()
    while before is not None and before.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        before = before.getprevious()
    return before is not None and before.tag == qn("w:sdt")


def _is_on(run: Element, tag: str, style: str) -> bool:
    dress = run.find(qn("w:rPr"))
    if dress is None:
        return False
    named = dress.find(qn("w:rStyle"))
    found = dress.find(qn(f"w:{tag}"))
    if found is None:
        return named is not None and named.get(qn("w:val")) == style
    return found.get(qn("w:val")) not in ("0", "false", "off")
