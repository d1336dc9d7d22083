"""The tags of a PDF: what a screen reader walks through, one tag for each element of the HTML.

WeasyPrint tags page by page, so that a table over three pages is three tables with three heads.
Here an element that goes on on the next page goes on in its tag too, and what only is repeated
there (the head of a table, the margins) becomes an artifact, which is not read.
`samverkan.documents.structure` writes the tags into the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {
    "section": "Sect",
    "nav": "Sect",
    "article": "Art",
    "main": "Part",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "img": "Figure",
    f"{SVG}svg": "Figure",
}
# What holds other tags and no words of its own.
GROUPING = {"Document", "Sect", "Art", "Part", "BlockQuote", "TOCI"}
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
POINTS = 0.75  # in a CSS pixel


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
    first_page: int = 0
    kids: "list[Tag | Words | Link]" = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)  # of its structure element
    cell: Cell | None = None

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


class Page:
    """A page as it was painted: its boxes, and the marked pieces of its stream."""

    def __init__(self, number: int, box: Any, stream: Any) -> None:
        self.number = number
        self.box = box
        self.owners: dict[int, Tag] = {}  # of its marked pieces
        self._stream = stream.stream
        self._marks = stream._tags
        self._places: dict[int, int] = {}

    def piece(self, box: Any) -> int | None:
        """The number that the box's words were marked with."""
        mark = self._marks.get(box)
        return mark and mark["mcid"]

    def silence(self, number: int) -> None:
        """Marks the piece as an artifact instead."""
        if not self._places:
            self._places = {
                item["MCID"]: place
                for place, item in enumerate(self._stream)
                if isinstance(item, dict) and "MCID" in item
            }
        place = self._places[number]
        artifact = pydyf.Dictionary({"Type": "/Pagination"})
        self._stream[place - 1 : place + 1] = ["/Artifact", artifact]


class Tree:
    """The tags of a document, read page by page."""

    def __init__(self) -> None:
        self.root = Tag("Document")
        self.owners: list[dict[int, Tag]] = []  # of the marked pieces of each page
        self._tags: dict[tuple, Tag] = {}  # by element, or by what CSS sets before or after it
        self._loose: Tag | None = None
        self._page: Page

    def read(self, page: Page) -> None:
        self._page = page
        self._walk(page.box, self.root)
        self.owners.append(page.owners)

    def _walk(self, box: Any, parent: Tag) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._say(box, parent)
            return
        if isinstance(box, boxes.MarginBox):
            self._silence(box)
            return
        tag = self._tag_of(box, parent)
        if box.link_annotation:
            self._link(box, tag)
        if isinstance(box, boxes.ReplacedBox):
            self._show(box, tag)
        if isinstance(box, boxes.TableRowGroupBox) and self._is_repeated(box, tag):
            self._silence(box)
            return
        for child in getattr(box, "children", ()):
            self._walk(child, tag)

    def _is_repeated(self, group: Any, tag: Tag) -> bool:
        return (group.is_header or group.is_footer) and tag.first_page < self._page.number

    def _tag_of(self, box: Any, parent: Tag) -> Tag:
        """The tag of the box's element, made where the element is first met."""
        if box.element is None or isinstance(box, boxes.LineBox):
            return parent
        key = (box.element, box.element_tag)
        tag = self._tags.get(key)
        if tag is None:
            tag = self._tags[key] = self._new_tag(box, parent)
            if tag is not parent:
                tag.first_page = self._page.number
        return tag

    def _new_tag(self, box: Any, parent: Tag) -> Tag:
        name = box.element_tag
        if name == "li::marker":
            return self._new_label(parent)
        kind = KINDS.get(name)
        if name == "div" and box.children and isinstance(box.children[0], boxes.LineBox):
            kind = "P"  # one with words of its own; others only hold tags together
        match kind:
            case None:
                return parent
            case "L" if parent.in_contents:
                return parent.add("TOC")
            case "LI" if parent.in_contents:
                return parent.add("TOCI")
            case "LI":
                return self._new_item(box, parent)
            case "Link" if parent.kind == "TOCI":
                return parent.add("Reference").add("Link")
            case "Lbl":
                return parent.add("LI").add("Lbl")
            case "LBody":
                return (last(parent.below("LI")) or parent.add("LI")).add("LBody")
        tag = parent.add(kind)
        tag.in_contents |= name == "nav"
        if isinstance(box, boxes.TableCellBox):
            in_head = tag.nearest("THead") is not None
            scope = box.element.get("scope") or ("col" if in_head else "row")
            tag.cell = Cell(box.grid_x, box.colspan, box.rowspan, scope)
        return tag

    def _new_item(self, box: Any, parent: Tag) -> Tag:
        style = box.style
        marker = str(style["list_style_type"]) if "list-item" in style["display"] else "none"
        numbering = NUMBERING.get(marker, "/None")
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

    def _say(self, box: Any, tag: Tag) -> None:
        number = self._page.piece(box)
        if number is None:
            return
        if tag.kind in GROUPING:
            if not self._loose or not tag.kids or tag.kids[-1] is not self._loose:
                self._loose = tag.add("P")
            tag = self._loose
        self._own(number, tag)

    def _show(self, box: Any, tag: Tag) -> None:
        number = self._page.piece(box)
        if number is None:
            return
        words = box.element.findtext(f"{SVG}title") or box.element.get("alt", "")
        left, top = box.content_box_x(), self._page.box.margin_height() - box.content_box_y()
        edges = (left, top - box.height, left + box.width, top)
        bounds = pydyf.Array(round(edge * POINTS, 2) for edge in edges)
        tag.entries["Alt"] = pydyf.String(words)
        tag.entries["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": bounds})
        self._own(number, tag)

    def _own(self, number: int, tag: Tag) -> None:
        tag.kids.append(Words(self._page.number, number))
        self._page.owners[number] = tag

    def _link(self, box: Any, tag: Tag) -> None:
        words = " ".join("".join(box.element.itertext()).split())
        box.link_annotation["Contents"] = pydyf.String(words)
        tag.kids.append(Link(self._page.number, box.link_annotation))

    def _silence(self, box: Any) -> None:
        number = self._page.piece(box)
        if number is not None:
            self._page.silence(number)
        for child in getattr(box, "children", ()):
            self._silence(child)


def last(tags: Iterator[Tag]) -> Tag | None:
    return next(iter([*tags][-1:]), None)
