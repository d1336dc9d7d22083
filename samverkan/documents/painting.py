"""Painting a document page by page, and letting go of each page when it has been painted.

What WeasyPrint lays out takes two thirds of a megabyte a page, and what it paints another third
until all is written: of a plan with a thousand actions both would not have room.
"""

from functools import partial
from typing import Any

from samverkan.documents.archive import pack
from samverkan.documents.tags import Page, Tree


def page_by_page(document: Any) -> None:
    """Readies the document to be painted so: its tags are read on the way."""
    document.tags = Tree()
    for number, page in enumerate(document.pages):
        page.paint = partial(_paint, document.tags, number, page, page.paint)


def _paint(tags: Tree, number: int, page: Any, paint: Any, stream: Any, scale: float) -> None:
    paint(stream, scale)
    tags.read(Page(number, page._page_box, stream))
    pack(stream)
    page._page_box = page.paint = stream._tags = None
