"""Painting each page as soon as it has been laid out, and letting go of it.

WeasyPrint lays out all pages before it paints the first: a third of a megabyte a page, which a plan
with a thousand actions would not have room for. Here what stands on a page is painted at once, and its
margins when it is known how many pages there are. A page that says on which page something else
stands is painted when that is known and it has been laid out once more; one with more than words on
it, when the file is written.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from weasyprint import document as documents
from weasyprint import layout
from weasyprint.css import PAGE_MARGIN_BOXES
from weasyprint.draw import draw_page
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, MarginBox, ReplacedBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_backgrounds
from weasyprint.pdf.stream import Stream

from samverkan.documents.archive import content_of, pack
from samverkan.documents.kinds import SVG
from samverkan.documents.parts import POINTS, Parts, parts_of, repeats
from samverkan.documents.tags import Tree

_make_all_pages = layout.make_all_pages
_layout_document = documents.layout_document


@dataclass(frozen=True, slots=True)
class Painted:
    content: bytes
    parts: Parts


class Painter:
    """Paints one document."""

    def __init__(self) -> None:
        self._fonts: dict[Any, Any] = {}
        self._states: dict[str, Any] = {}  # how much is seen through a colour
        self._first_pages: dict[Any, int] = {}  # of what is repeated on each page of a table

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """While this lasts, what WeasyPrint lays out is painted as it comes."""
        layout.make_all_pages = self._pages_without_margins
        documents.layout_document = self._whole_pages
        try:
            yield
        finally:
            layout.make_all_pages = _make_all_pages
            documents.layout_document = _layout_document

    def finish(self, document: Any) -> None:
        """Readies the document to be written."""
        document.fonts = self._fonts
        document.tags = Tree()
        document._html = None
        for number, page in enumerate(document.pages):
            painted = page._page_box.painted
            if painted:
                page._page_box = None
                page.paint = partial(self._write, document, page, painted)
            else:
                page.paint = partial(self._paint_and_write, document, page, number, page.paint)

    def _pages_without_margins(
        self, context: Any, root: Any, html: Any, pages: list
    ) -> Iterator[Any]:
        """Takes the place of the function of WeasyPrint, and its arguments."""
        is_first_time = not pages
        for number, page in enumerate(_make_all_pages(context, root, html, pages)):
            if not hasattr(page, "painted"):  # otherwise it is as it was the last time around
                page.painted = []
                boxes = [*page.descendants(placeholders=True)]
                self._note_repeated(number, boxes)
                page.has_more = any(map(_is_more_than_words, boxes))
                waits = is_first_time and any(box.missing_link for box in boxes)
                if not (waits or page.has_more):
                    layout_backgrounds(page, context.get_image_from_uri)
                    self._paint(number, page)
                if not is_first_time:
                    pages[number : number + 1] = [page]  # lets go of the one that it replaces
            yield page

    def _whole_pages(self, html: Any, root: Any, context: Any) -> Iterator[Any]:
        """Takes the place of the function of WeasyPrint, and its arguments."""
        for number, page in enumerate(_layout_document(html, root, context)):
            margins = [box for box in page.children if isinstance(box, MarginBox)]
            inside = [box for box in page.children if not isinstance(box, MarginBox)]
            if page.painted:
                page.children = margins
            if not page.has_more:
                self._paint(number, page)
            if page.painted:
                page.children = inside
                self._forget_margins(context.style_for.get_computed_styles(), page.page_type)
            yield page
        for holder in (context.target_collector, context):
            vars(holder).clear()  # it holds itself, and nobody looks for garbage meanwhile

    def _forget_margins(self, styles: dict, page_type: Any) -> None:
        """Each page has its own styles for them, though they say the same, and they hold themselves."""
        for side in PAGE_MARGIN_BOXES:
            if style := styles.pop((page_type, f"@{side}"), None):
                vars(style.anonymous_style).clear()
                vars(style).clear()

    def _paint(self, number: int, page: Any) -> None:
        stream = self._stream(page)
        with stream.stacked(), _without_empty_areas(page):
            stream.transform(a=POINTS, d=POINTS)
            draw_page(page, stream)
        states, *others = stream._resources.values()
        if any(others):  # WeasyPrint names these after how many there are in the whole document
            return
        self._states |= states
        parts = self._parts(number, page, stream)
        page.painted.append(Painted(zlib.compress(content_of(stream), 1), parts))
        for box in page.children:  # what stands on the page, and the footnotes at its foot
            box.children = [*chain.from_iterable(map(_landmarks, box.children))]

    def _stream(self, page: Any) -> Any:
        resources: dict[str, Any] = {"ExtGState": {}, "XObject": {}, "Pattern": {}, "Shading": {}}
        resources["ColorSpace"] = None
        edges = (0, 0, page.margin_width(), page.margin_height())
        return Stream(self._fonts, edges, resources, {}, {}, {}, None)

    def _write(
        self, document: Any, page: Any, painted: list[Painted], stream: Any, scale: float
    ) -> None:
        stream.stream.extend(zlib.decompress(one.content) for one in painted)
        stream._resources["ExtGState"].update(self._states)
        document.tags.read(part for one in painted for part in one.parts)
        pack(stream)
        page.paint = None

    def _paint_and_write(
        self, document: Any, page: Any, number: int, paint: Any, stream: Any, scale: float
    ) -> None:
        paint(stream, scale)
        document.tags.read(self._parts(number, page._page_box, stream))
        pack(stream)
        page._page_box = page.paint = stream._tags = None

    def _parts(self, number: int, page: Any, stream: Any) -> Parts:
        return parts_of(page, stream, lambda box: self._first_pages[box.element] < number)

    def _note_repeated(self, number: int, boxes: list) -> None:
        for element in [of for of, first in self._first_pages.items() if first == number]:
            del self._first_pages[element]  # the page is laid out once more
        for box in boxes:
            if repeats(box):
                self._first_pages.setdefault(box.element, number)


def _is_more_than_words(box: Any) -> bool:
    """An image, or a drawing that has something of its own in it, as a pattern or a text that stands
    to the left of its place: what is painted at once would be thrown away."""
    if not isinstance(box, ReplacedBox):
        return False
    return box.element_tag == "img" or any(
        node.tag == f"{SVG}pattern" or node.get("text-anchor", "start") != "start"
        for node in box.element.iter()
    )


@contextmanager
def _without_empty_areas(page: Any) -> Iterator[None]:
    """A page without footnotes has no line over them either."""
    children = page.children
    page.children = [
        box for box in children if box.children or not isinstance(box, FootnoteAreaBox)
    ]
    yield
    page.children = children


def _landmarks(box: Any) -> Iterator[Any]:
    """What WeasyPrint looks for on a page when all pages are there: where links lead, and what."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if box.link:
        yield box
        return
    if box.bookmark_label or box.string_set or box.style["anchor"]:
        landmark = box.copy()
        landmark.children = []
        yield landmark
    for child in box.children:
        yield from _landmarks(child)
