"""What a paragraph is in a Word file: a heading, an item of a list, bold, hidden.

It stands in the paragraph, or in its style, or in the style that this is based on. A style has an
English name in most files and a Swedish one in some.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from plans.reading.word_file import Element, qn

_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])\b")
_TITLES = ("title", "titel", "rubrik")
_LIST = re.compile(
    r"(?:list ?bullet|list ?number|punktlista|numrerad ?lista)(?: ?(?P<depth>[1-9]))?$"
)
_CONTENTS = re.compile(r"(?:toc|innehåll|table of figures|figurförteckning) ?\d?$")
_CONTENTS_HEADING = re.compile(r"toc ?heading|innehållsförteckningsrubrik")
_OFF = ("0", "false", "off", "none")
_BODY_TEXT = 9  # the outline level of what is no heading


class Styles:
    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {
            (style.get(qn("w:type")), style.get(qn("w:styleId"))): style
            for style in (styles.iterchildren(qn("w:style")) if styles is not None else ())
        }
        self._defaults = {
            style.get(qn("w:type")): identity
            for (_, identity), style in self._styles.items()
            if style.get(qn("w:default")) in ("1", "true", "on")
        }
        self._numbering = numbering

    # Paragraphs -----------------------------------------------------------------------------------

    def heading(self, paragraph: Element) -> int | None:
        """Its level, from 1; the title of a document is 0."""
        level = number_of(paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
        if level is not None:
            return _heading_at(level)
        for style in self._of_paragraph(paragraph):
            level = number_of(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
            if level is not None and level >= _BODY_TEXT:
                return None
            if any(name in _TITLES for name in _names(style)):
                return 0
            for name in _names(style):
                if found := _HEADING.match(name):
                    return int(found[1])
            if level is not None:
                return _heading_at(level)
        return None

    def item(self, paragraph: Element) -> int | None:
        """How deep in a list, from 1."""
        listed = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        depth = 0
        for style in self._of_paragraph(paragraph):
            by_style = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            listed = by_style if listed is None else listed
            for name in _names(style):
                if found := _LIST.match(name):
                    depth = max(depth, int(found["depth"] or 1))
        if listed is None:
            return depth or None
        number = listed.find(qn("w:numId"))
        level = number_of(listed.find(qn("w:ilvl"))) or 0
        identity = number.get(qn("w:val")) if number is not None else ""
        if identity == "0" or (identity, level) in self._without_sign:
            return None
        return max(depth, level + 1)

    def is_contents(self, paragraph: Element) -> bool:
        return self._is_named(paragraph, _CONTENTS)

    def is_contents_heading(self, paragraph: Element) -> bool:
        return self._is_named(paragraph, _CONTENTS_HEADING)

    # Runs and tables ------------------------------------------------------------------------------

    def is_bold(self, run: Element, paragraph: Element) -> bool:
        return self._is_on("b", run, paragraph)

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        return self._is_on("vanish", run, paragraph)

    def emphasis(self, table: Element) -> tuple[bool, bool]:
        """Whether the style of the table has its first row in bold, and its first column."""
        dress = table.find(qn("w:tblPr"))
        look = dress.find(qn("w:tblLook")) if dress is not None else None
        if dress is None or look is None:
            return False, False
        bits = _hex(look.get(qn("w:val")))
        bold = {
            part.get(qn("w:type"))
            for style in self._chain("table", _value(dress.find(qn("w:tblStyle"))))
            for part in style.iterchildren(qn("w:tblStylePr"))
            if _toggle(part.find(qn("w:rPr")), "b")
        }
        return (
            "firstRow" in bold and _is_set(look.get(qn("w:firstRow")), bits & 0x20),
            "firstCol" in bold and _is_set(look.get(qn("w:firstColumn")), bits & 0x80),
        )

    # Inside ---------------------------------------------------------------------------------------

    def _is_on(self, what: str, run: Element, paragraph: Element) -> bool:
        dress = run.find(qn("w:rPr"))
        direct = _toggle(dress, what)
        if direct is not None:
            return direct
        named = _value(dress.find(qn("w:rStyle"))) if dress is not None else None
        by_run = self._of_chain(self._chain("character", named), what) if named else False
        # Where both say so, they take each other out.
        return by_run != self._of_chain(self._of_paragraph(paragraph), what)

    @staticmethod
    def _of_chain(chain: Iterator[Element], what: str) -> bool:
        for style in chain:
            found = _toggle(style.find(qn("w:rPr")), what)
            if found is not None:
                return found
        return False

    def _of_paragraph(self, paragraph: Element) -> Iterator[Element]:
        return self._chain("paragraph", _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")))

    def _chain(self, kind: str, identity: str | None) -> Iterator[Element]:
        """The style and those that it is based on."""
        identity = identity or self._defaults.get(kind)
        seen = set()
        while identity not in seen and (style := self._styles.get((kind, identity))) is not None:
            yield style
            seen.add(identity)
            identity = _value(style.find(qn("w:basedOn")))

    def _is_named(self, paragraph: Element, pattern: re.Pattern[str]) -> bool:
        style = next(self._of_paragraph(paragraph), None)
        return style is not None and any(pattern.match(name) for name in _names(style))

    @cached_property
    def _without_sign(self) -> set[tuple[str, int]]:
        """The levels of lists that have neither number nor point before them."""
        if self._numbering is None:
            return set()
        bare = {
            (kind.get(qn("w:abstractNumId")), number_of_attribute(level, "w:ilvl"))
            for kind in self._numbering.iterchildren(qn("w:abstractNum"))
            for level in kind.iterchildren(qn("w:lvl"))
            if _value(level.find(qn("w:numFmt"))) == "none"
        }
        return {
            (one.get(qn("w:numId")), level)
            for one in self._numbering.iterchildren(qn("w:num"))
            for kind, level in bare
            if _value(one.find(qn("w:abstractNumId"))) == kind
        }


def number_of(element: Element | None) -> int | None:
    return None if element is None else number_of_attribute(element, "w:val")


def number_of_attribute(element: Element, name: str) -> int:
    """What is no number is none: a file may say anything."""
    found = re.fullmatch(r"\d{1,4}", element.get(qn(name)) or "")
    return int(found[0]) if found else 0


def is_on(element: Element | None) -> bool:
    return element is not None and element.get(qn("w:val")) not in _OFF


def _toggle(dress: Element | None, what: str) -> bool | None:
    found = dress.find(qn(f"w:{what}")) if dress is not None else None
    return None if found is None else is_on(found)


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _names(style: Element) -> tuple[str, str]:
    name, identity = _value(style.find(qn("w:name"))), style.get(qn("w:styleId"))
    return (name or "").casefold(), (identity or "").casefold()


def _heading_at(level: int) -> int | None:
    return None if level >= _BODY_TEXT else level + 1


def _hex(value: str | None) -> int:
    return int(value, 16) if value and re.fullmatch(r"[0-9A-Fa-f]{1,8}", value) else 0


def _is_set(value: str | None, bit: int) -> bool:
    return bool(bit) if value is None else value not in _OFF
