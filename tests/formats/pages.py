"""What stands where on the pages of a PDF, as one who looks at them would say."""

from ctypes import byref
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

HYPHEN = "\x02"  # as PDFium tells of one at the end of a line


@dataclass(frozen=True)
class Piece:
    """Some words on one line, in points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    pieces: list[Piece]

    @property
    def body(self) -> list[Piece]:
        """Without what stands in the margins."""
        return [
            piece for piece in self.pieces if piece.bottom > 56 and piece.top < self.height - 62
        ]

    @property
    def last_line(self) -> list[Piece]:
        lowest = min((piece.bottom for piece in self.body), default=0)
        return [piece for piece in self.body if piece.bottom < lowest + 4]

    @property
    def text(self) -> str:
        """Words that a line broke in two are whole."""
        words = " ".join(" ".join(piece.text for piece in self.pieces).split())
        return words.replace(f"{HYPHEN} ", "")


def pages_of(content: bytes) -> list[Page]:
    with pypdfium2.PdfDocument(content) as document:
        return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage()
    pieces = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        middle = (bottom + top) / 2
        first = raw.FPDFText_GetCharIndexAtPos(text.raw, left + 1, middle, 6, 6)
        words = text.get_text_bounded(left, bottom, right, top)
        pieces.append(Piece(words, left, bottom, right, top, _size(text.raw, first)))
    width, height = page.get_size()
    return Page(width, height, pieces)


def _size(text, character: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, character, byref(matrix))
    return raw.FPDFText_GetFontSize(text, character) * abs(matrix.d)
