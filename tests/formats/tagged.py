"""What a screen reader meets in a PDF: its tags, opened with pikepdf."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf


@dataclass
class Element:
    """A tag, with the words that it says itself and the tags in it."""

    kind: str
    entries: Any
    file: pikepdf.Pdf  # it must stay open as long as its entries are asked
    words: str = ""
    kids: "list[Element]" = field(default_factory=list)

    def all(self, *kinds: str) -> "Iterator[Element]":
        """Those of the kinds, in the order in which they are read."""
        if self.kind in kinds:
            yield self
        for kid in self.kids:
            yield from kid.all(*kinds)

    @property
    def text(self) -> str:
        return " ".join(filter(None, [self.words, *(kid.text for kid in self.kids)]))

    def attribute(self, name: str):
        return self.entries.get("/A", {}).get(name)


def tags_of(content: bytes) -> Element:
    pdf = pikepdf.open(BytesIO(content))
    said = {page.objgen: _pieces(page) for page in pdf.pages}
    return _element(pdf.Root.StructTreeRoot.K, pdf, said)


def _element(entries: Any, file: pikepdf.Pdf, said: dict) -> Element:
    element = Element(str(entries.S)[1:], entries, file)
    for kid in entries.get("/K", []):
        if isinstance(kid, int):
            element.words += said[entries.Pg.objgen][kid]
        elif kid.get("/Type") == "/MCR":
            element.words += said[kid.Pg.objgen][int(kid.MCID)]
        elif "/S" in kid:
            element.kids.append(_element(kid, file, said))
    return element


def _pieces(page: pikepdf.Page) -> dict[int, str]:
    """The words of each marked piece of a page, by its number; artifacts are not read."""
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    pieces: dict[int, str] = {}
    number: int | None = None
    font: dict[str, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                number = operands[1].get("/MCID")
                if number is not None:
                    pieces[number] = ""
            case "BMC" | "EMC":
                number = None
            case "Tf":
                font = letters[str(operands[0])]
            case "TJ" if number is not None:
                for shown in operands[0]:
                    if isinstance(shown, pikepdf.String):
                        pieces[number] += _read(bytes(shown), font)
    return pieces


def _read(shown: bytes, font: dict[str, str]) -> str:
    return "".join(font[shown[at : at + 2].hex()] for at in range(0, len(shown), 2))


def _letters(font: pikepdf.Object) -> dict[str, str]:
    """What each glyph of a font is, as a reader is told."""
    pairs = re.findall(r"^<(\w{4})> <(\w+)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE)
    return {glyph: bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
