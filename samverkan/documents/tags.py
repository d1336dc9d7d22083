"""The tags of a PDF: what a screen reader walks through, one tag for each element of the HTML.

WeasyPrint tags page by page, so that a table over three pages is three tables with three heads.
Here an element that goes on on the next page goes on in its tag too.
`samverkan.documents.structure` writes the tags into the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from samverkan.documents.kinds import CALL, KINDS, MARKER, NOTE, SVG
from samverkan.documents.parts import Part

# What holds other tags and no words of its own.
GROUPING = {"Document", "Sect", "Art", "Part", "BlockQuote", "TOCI", "Div"}
NUMBERING = {
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A marked piece of a page's stream."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    page: int
    annotation: pydyf.Dictionary


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell begins in its row, how far it reaches, and what it is the head of."""

    column: int
    width: int
    height: int
    scope: str


@dataclass(slots=True, eq=False)
class Tag:
    kind: str
    parent: "Tag | None" = None
    in_contents: bool = False
    kids: "list[Tag | Words | Link]" = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)  # of its structure element
    cell: Cell | None = None
    identity: str = ""  # by which others know it

    def add(self, kind: str) -> "Tag":
        tag = Tag(kind, self, self.in_contents)
        self.kids.append(tag)
        return tag

    def nearest(self, kind: str) -> "Tag | None":
        tag: Tag | None = self
        while tag and tag.kind != kind:
            tag = tag.parent
        return tag

    def below(self, *kinds: str) -> "Iterator[Tag]":
        """The tags of those kinds in it, but not what they hold in their turn."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                if kid.kind in kinds:
                    yield kid
                else:
                    yield from kid.below(*kinds)

    @property
    def says_something(self) -> bool:
        """An empty cell counts: the columns after it would move."""
        return self.cell is not None or any(
            not isinstance(kid, Tag) or kid.says_something for kid in self.kids
        )


class Tree:
    """The tags of a document, read page by page."""

    def __init__(self) -> None:
        self.root = Tag("Document")
        self.owners: list[dict[int, Tag]] = []  # of the marked pieces of each page
        self._tags: dict[tuple, Tag] = {}  # by element, or by what CSS sets before or after it
        self._loose: Tag | None = None
        self._notes: dict[Any, Tag] = {}  # by element: where each is read, though it stands below

    def read(self, parts: Iterable[Part | int]) -> None:
        """The next page."""
        self.owners.append({})
        self._read_all(parts, self.root)

    @property
    def _page(self) -> int:
        return len(self.owners) - 1

    def _read(self, part: Part, parent: Tag) -> None:
        tag = self._tag_of(part, parent)
        if part.link is not None and part.link.link_annotation:
            self._link(part.link, tag)
        if part.edges:
            self._show(part, tag)
        self._read_all(part.kids, tag)

    def _read_all(self, parts: Iterable[Part | int], tag: Tag) -> None:
        for part in parts:
            if isinstance(part, Part):
                self._read(part, tag)
            else:
                self._say(part, tag)

    def _tag_of(self, part: Part, parent: Tag) -> Tag:
        """The tag of the part's element, made where the element is first met."""
        key = (part.element, part.name)
        tag = self._tags.get(key)
        if tag is None:
            tag = self._tags[key] = self._new_tag(part, parent)
        return tag

    def _new_tag(self, part: Part, parent: Tag) -> Tag:
        name = part.name
        if name == "li::marker":
            return self._new_label(parent)
        if name == CALL:
            reference = parent.add("Reference")
            note = self._notes[part.element] = parent.add("Note")
            note.identity = f"note-{len(self._notes):05}"
            return reference
        if name == NOTE:
            return self._notes[part.element]
        if name == MARKER:
            return parent.add("Lbl")
        kind = KINDS.get(name)
        if name == "div" and part.begins_with_words:
            kind = "P"  # one with words of its own; others only hold tags together
        match kind:
            case None:
                return parent
            case "L" if parent.in_contents:
                return parent.add("TOC")
            case "LI" if parent.in_contents:
                return parent.add("TOCI")
            case "LI":
                return self._new_item(part, parent)
            case "Link" if parent.kind == "TOCI":
                return parent.add("Reference").add("Link")
            case "Lbl":
                return parent.add("LI").add("Lbl")
            case "LBody":
                return (last(parent.below("LI")) or parent.add("LI")).add("LBody")
        tag = parent.add(kind)
        tag.in_contents |= name == "nav"
        if part.place:
            in_head = tag.nearest("THead") is not None
            scope = part.element.get("scope") or ("col" if in_head else "row")
            tag.cell = Cell(*part.place, scope)
        return tag

    def _new_item(self, part: Part, parent: Tag) -> Tag:
        numbering = NUMBERING.get(part.marker, "/None")
        if parent.kind == "L":
            parent.entries["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
        return parent.add("LI").add("LBody")

    def _new_label(self, parent: Tag) -> Tag:
        item = parent.nearest("LI")
        if item is None:
            return parent
        label = item.add("Lbl")
        item.kids.insert(0, item.kids.pop())  # before what it is the label of
        return label

    def _say(self, number: int, tag: Tag) -> None:
        if tag.kind in GROUPING:
            if not self._loose or not tag.kids or tag.kids[-1] is not self._loose:
                self._loose = tag.add("P")
            tag = self._loose
        tag.kids.append(Words(self._page, number))
        self.owners[-1][number] = tag

    def _show(self, part: Part, tag: Tag) -> None:
        element = part.element
        tag.entries["Alt"] = pydyf.String(element.findtext(f"{SVG}title") or element.get("alt", ""))
        tag.entries["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(part.edges)})

    def _link(self, box: Any, tag: Tag) -> None:
        words = " ".join("".join(box.element.itertext()).split())
        box.link_annotation["Contents"] = pydyf.String(words)
        tag.kids.append(Link(self._page, box.link_annotation))


def last(tags: Iterator[Tag]) -> Tag | None:
    return next(iter([*tags][-1:]), None)
