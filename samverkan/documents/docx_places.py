"""Places: texts in a Word document that are known again when somebody has edited it.

A place has a name, "areas.0.title". In the file it is a content control with the name as its tag,
which Word keeps whatever is written in it. LibreOffice drops tags (before 7.5) and all of a control
but its first paragraph, yet it keeps bookmarks: so each place has one of those too, called after its
number.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from samverkan.documents.wordml import HYPHEN, Element, qn, run, w, writable

# Word names styles that it adds itself in its own language.
HEADING = re.compile(r"(?:Heading|Rubrik)(\d)")
# In the file a date has hyphens that do not break.
_DATE = re.compile(f"\\b(\\d{{4}}){HYPHEN}(\\d\\d){HYPHEN}(\\d\\d)\\b")
BOOKMARK = "_plats"
FIRST_IDENTITY = 100_000  # of these bookmarks; those that links lead to have lower ones


@dataclass(frozen=True)
class Piece:
    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass
class Paragraph:
    style: str = ""
    level: int | None = None  # in a list
    list_number: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _DATE.sub(r"\1-\2-\3", "".join(piece.text for piece in self.pieces))


Text = list[Paragraph]


def plain(text: Text) -> str:
    return "\n".join(paragraph.text for paragraph in text)


def digest(value: str) -> str:
    """Enough of it to tell whether two texts are the same."""
    return sha256(value.encode()).hexdigest()[:20]


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
        properties = w("sdtPr", w("tag", val=name), w("id", val=self._controls), *kind)
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
        control = self.controls.get(name, [None])[0]
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


def read(body: Element, address_of: Callable[[str], str]) -> Found:
    """Walks through the document. `address_of` says where an outer link leads."""
    reader = _Reader(address_of)
    reader.walk(body)
    return Found(
        {name: [list(text.values()) for text in texts] for name, texts in reader.controls.items()},
        {name: list(text.values()) for name, text in reader.bookmarks.items()},
        [paragraph for paragraph in reader.loose.values() if paragraph.text.strip()],
    )


_Collected = dict[Element, Paragraph]
# Word's own: the words that were deleted while changes were tracked, moved from here, or stand
# twice for old versions; and what it has worked out by itself.
_PASSED_BY = {
    *map(qn, ["w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr"]),
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


class _Reader:
    def __init__(self, address_of: Callable[[str], str]) -> None:
        self.address_of = address_of
        self.controls: dict[str, list[_Collected]] = {}
        self.bookmarks: dict[str, _Collected] = {}
        self.loose: _Collected = {}
        self.open_controls: list[_Collected] = []
        self.closed: dict[str, _Closed] = {}
        self.open_bookmarks: dict[str, str] = {}  # identity -> name
        self.in_contents = 0
        self.in_fields: list[bool] = []  # of each open field: whether its result has begun
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
            outer, self.link = self.link, self.address_of(element.get(qn("r:id")) or "")
            self.walk(element)
            self.link = outer
        elif tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name")) or ""
            if name.startswith(BOOKMARK):
                self.open_bookmarks[element.get(qn("w:id"))] = name
                self.bookmarks.setdefault(name, {})
                self._touch()
        elif tag == qn("w:bookmarkEnd"):
            ended = self.open_bookmarks.get(element.get(qn("w:id")))
            # LibreOffice may begin one several times and end it once.
            self.open_bookmarks = {
                identity: name for identity, name in self.open_bookmarks.items() if name != ended
            }
        elif tag == qn("w:fldChar"):
            self._field(element.get(qn("w:fldCharType")))
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
            self.in_fields.append(False)
        elif kind == "separate" and self.in_fields:
            self.in_fields[-1] = True
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
        if not self.paragraphs:
            return
        here = self.paragraphs[-1]
        piece = Piece(text, _is_on(run, "b", "Strong"), _is_on(run, "i", "Emphasis"), self.link)
        collecting = list(self._collecting())
        if not collecting and not self.in_contents and not self.in_fields:
            collecting = [self.loose]
        for collected in collecting:
            if here not in collected:
                collected[here] = _paragraph(here)
            collected[here].pieces.append(piece)
        for closed in self.closed.values():
            if closed.paragraph is here and not self.open_controls:
                closed.since.append(piece)


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
