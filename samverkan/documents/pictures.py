"""A drawing as a file of its own: SVG with its letters in it, PNG, in the type of the house.

A drawing on the page or on paper borrows the type from there; a file is opened anywhere.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from io import BytesIO
from textwrap import wrap

import pypdfium2
from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL.PngImagePlugin import PngInfo

from samverkan.documents import fonts, pdf

WIDTH, MARGIN = 720, 24
PNG_WIDTH = 1440
INK, QUIET = "#1b1f23", "#4a555c"
WEIGHTS = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-SemiBold.ttf"}


@dataclass(frozen=True)
class Drawing:
    heading: str
    svg: str = ""

    @property
    def height(self) -> int:
        found = re.search(r'height="(\d+)"', self.svg)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Picture:
    """Drawings under each other, with a title over them and where they come from under them."""

    title: str
    description: str  # for those who do not see it
    drawings: tuple[Drawing, ...]
    source: str

    def svg(self) -> bytes:
        return self._drawn(f"<style>{_faces(self._letters())}</style>").encode()

    def png(self) -> bytes:
        size = f"@page{{size:{WIDTH}px {self.height}px}}"
        html = (
            f'<!doctype html><html lang="sv"><title>{escape(self.title)}</title>'
            f"<style>{size}</style>{self._drawn()}"
        )
        with pypdfium2.PdfDocument(pdf.render(html, ("css/picture.css",))) as document:
            page = document[0]
            image = page.render(scale=PNG_WIDTH / page.get_width()).to_pil().convert("RGB")
        said = PngInfo()
        said.add_itxt("Title", self.title, lang="sv")
        said.add_itxt("Description", self.description, lang="sv")
        written = BytesIO()
        image.save(written, "PNG", optimize=True, pnginfo=said)
        return written.getvalue()

    @cached_property
    def height(self) -> int:
        return self._laid_out[1]

    @cached_property
    def _laid_out(self) -> tuple[str, int]:
        """All that is drawn, from the top downwards, and how far down it comes."""
        parts, y = [], MARGIN - 4
        for line in wrap(self.title, 60):
            y += 24
            parts.append(_text(y, line, 20, 600))
        y += 20
        for drawing in self.drawings:
            parts.append(_text(y + 24, drawing.heading, 15, 600))
            parts.append(f'<g transform="translate({MARGIN} {y + 40})">{drawing.svg}</g>')
            y += 48 + drawing.height
        for line in wrap(self.source, 105):
            y += 18
            parts.append(_text(y, line, 12, 400, QUIET))
        return "".join(parts), y + MARGIN

    def _drawn(self, style: str = "") -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="sv" '
            f'width="{WIDTH}" height="{self.height}" viewBox="0 0 {WIDTH} {self.height}" '
            f"font-family=\"'{fonts.FAMILY}',Segoe UI,Helvetica,Arial,sans-serif\">"
            f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc>{style}"
            f'<rect width="100%" height="100%" fill="#ffffff"/>{self._laid_out[0]}</svg>'
        )

    def _letters(self) -> set[int]:
        drawn = "".join(drawing.heading + drawing.svg for drawing in self.drawings)
        return {ord(letter) for letter in self.title + self.source + drawn}


def _text(y: int, words: str, size: int, weight: int, colour: str = INK) -> str:
    return (
        f'<text x="{MARGIN}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">'
        f"{escape(words)}</text>"
    )


def _faces(letters: Iterable[int]) -> str:
    return "".join(
        f"@font-face{{font-family:'{fonts.FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode(_cut(name, letters)).decode()})}}"
        for weight, name in WEIGHTS.items()
    )


def _cut(name: str, letters: Iterable[int]) -> bytes:
    """The font with no more letters in it than the picture needs."""
    if not fonts.are_built():
        raise pdf.PdfUnavailable("Teckensnitten är inte gjorda. Kör: manage.py build_fonts")
    font = TTFont(settings.FONT_DIR / name, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=["kern"]))
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written, reorderTables=None)
    return written.getvalue()
