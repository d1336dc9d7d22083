"""What stands under a figure: which number it has, what it shows, and where that comes from."""

import re
from dataclasses import dataclass

from samverkan.text import clean_line

_LONGEST = 600
_SOURCE_LONGEST = 300
_KINDS = {
    "fig": "figur",
    **{kind: kind for kind in ("figur", "diagram", "tabell", "karta", "bild", "graf")},
}
_CAPTION = re.compile(
    r"\s*(?P<kind>figur|fig|diagram|tabell|karta|bild|graf)\.?\s*(?P<number>\d{1,3})\s?(?P<letter>[a-h])?"
    r"(?P<mark>\s*[.:–—-]+(?=\s|$)|(?=\s|$))\s*(?P<text>.*)",
    re.I | re.S,
)
_SOURCE = re.compile(
    r"(?:^|(?<=[\s(.]))\(?käll(?:a|or)(?:/källor)?\s*:\s*(?P<source>.+)$", re.I | re.S
)
# How a sentence about a figure goes on, and no caption does.
_SENTENCE = re.compile(
    r"(?:visar|redovisar|beskriver|illustrerar|framgår|nedan|ovan|och|samt|är|ger|har|kan|som)\b",
    re.I,
)


@dataclass(frozen=True)
class Caption:
    kind: str = ""  # "figur", "tabell"; none: it is not numbered
    number: int | None = None
    letter: str = ""
    lines: tuple[str, ...] = ()  # one for each of the figures that it stands under
    source: str = ""
    is_marked: bool = False  # there is a full stop or the like after the number

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def caption_in(text: str) -> Caption | None:
    """What begins as "Figur 4" does; a sentence about a figure does not."""
    found = _CAPTION.match(text)
    if not found or len(text) > _LONGEST:
        return None
    is_marked = bool(found["mark"].strip())
    if not is_marked and _SENTENCE.match(found["text"]):
        return None
    lines, source = _said(found["text"])
    kind = _KINDS[found["kind"].lower()]
    return Caption(
        kind, int(found["number"]), (found["letter"] or "").lower(), lines, source, is_marked
    )


def unnumbered(text: str) -> Caption:
    lines, source = _said(text)
    return Caption(lines=lines, source=source)


def source_in(text: str) -> str:
    """Of a paragraph that says only that: "Källa: Länsstyrelsen"."""
    found = _SOURCE.match(text.strip())
    return _bare(found["source"]) if found and len(text) <= _SOURCE_LONGEST else ""


def common_words(lines: tuple[str, ...]) -> str:
    """What all of them begin with, where each says something more."""
    words = [line.split() for line in lines]
    common: list[str] = []
    for together in zip(*words, strict=False):
        if len(set(together)) > 1 or any(len(one) == len(common) + 1 for one in words):
            break
        common.append(together[0])
    return " ".join(common) if len(common) > 1 else ""


def _said(text: str) -> tuple[tuple[str, ...], str]:
    source = ""
    if (found := _SOURCE.search(text)) and len(found["source"]) <= _SOURCE_LONGEST:
        source = _bare(found["source"])
        text = text[: found.start()]
    lines = (_bare(line) for line in text.split("\n"))
    return tuple(line for line in lines if line), source


def _bare(text: str) -> str:
    """Without the full stop of what is one sentence."""
    line = clean_line(text)
    if line.endswith(")") and line.count("(") < line.count(")"):
        line = line[:-1].rstrip()
    return line.removesuffix(".") if ". " not in line and not line.endswith("..") else line
