"""What is left of a page when it has been painted: which elements stand on it, and in which marked
pieces of its stream their words are. It is all that the tags need, and a tenth of what was laid out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from samverkan.documents.kinds import KINDS

POINTS = 0.75  # in a CSS pixel
_OF_ITS_OWN = {"div", "li::marker"}  # which depends on what stands in it


@dataclass(slots=True, eq=False)
class Part:
    """What of an element stands on a page: other parts, and the numbers of its own words."""

    element: Any
    name: str  # of the element, or of what CSS sets before or after it
    kids: "Parts" = field(default_factory=list)
    link: Any = None  # the box that leads somewhere
    place: tuple[int, int, int] | None = None  # of a cell: its column, how far it reaches, how low
    marker: str = ""  # of an item in a list: what stands before it
    edges: tuple[float, ...] = ()  # of a picture
    begins_with_words: bool = False


Parts = list[Part | int]


def parts_of(page: Any, stream: Any, is_repeated: Callable[[Any], bool]) -> Parts:
    """What stands on the page that was painted so. What only is repeated on it, the head of a table
    that goes on and what stands in the margins, is marked as not to be read.
    """
    reader = _Reader(page, stream, is_repeated)
    return [part for child in page.children for part in reader.parts(child)]


class _Reader:
    def __init__(self, page: Any, stream: Any, is_repeated: Callable[[Any], bool]) -> None:
        self._height = page.margin_height()
        self._stream = stream.stream
        self._marks = stream._tags
        self._is_repeated = is_repeated
        self._places: dict[int, int] = {}

    def parts(self, box: Any, link: Any = None) -> Iterator[Part | int]:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            number = self._number(box)
            if number is not None:
                yield number
        elif isinstance(box, boxes.MarginBox) or (repeats(box) and self._is_repeated(box)):
            self._silence(box)
        elif link or box.link or self._is_something(box):
            yield self._part(box, box.link or link)
        else:
            for child in box.children:
                yield from self.parts(child)

    def _is_something(self, box: Any) -> bool:
        name = box.element_tag
        return not isinstance(box, boxes.LineBox) and (name in KINDS or name in _OF_ITS_OWN)

    def _part(self, box: Any, link: Any) -> Part:
        part = Part(box.element, box.element_tag)
        if link:
            part.link = box
        if isinstance(box, boxes.TableCellBox):
            part.place = (box.grid_x, box.colspan, box.rowspan)
        if part.name == "li" and "list-item" in box.style["display"]:
            part.marker = str(box.style["list_style_type"])
        if isinstance(box, boxes.ReplacedBox):
            self._picture(part, box)
            return part
        children = box.children
        part.begins_with_words = bool(children) and isinstance(children[0], boxes.LineBox)
        part.kids = [kid for child in children for kid in self.parts(child, link)]
        return part

    def _picture(self, part: Part, box: Any) -> None:
        number = self._number(box)
        if number is not None:
            left, top = box.content_box_x(), self._height - box.content_box_y()
            edges = (left, top - box.height, left + box.width, top)
            part.edges = tuple(round(edge * POINTS, 2) for edge in edges)
            part.kids = [number]

    def _number(self, box: Any) -> int | None:
        """What the box's words were marked with."""
        mark = self._marks.get(box)
        return mark and mark["mcid"]

    def _silence(self, box: Any) -> None:
        number = self._number(box)
        if number is not None:
            self._make_artifact(number)
        for child in getattr(box, "children", ()):
            self._silence(child)

    def _make_artifact(self, number: int) -> None:
        if not self._places:
            self._places = {
                item["MCID"]: place
                for place, item in enumerate(self._stream)
                if isinstance(item, dict) and "MCID" in item
            }
        place = self._places[number]
        artifact = pydyf.Dictionary({"Type": "/Pagination"})
        self._stream[place - 1 : place + 1] = ["/Artifact", artifact]


def repeats(box: Any) -> bool:
    """Whether it stands, once more, at the top or the foot of each page that its table runs over."""
    return isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
