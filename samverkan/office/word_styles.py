"""What a paragraph is in a Word file: a heading, an item of a list, bold, hidden.

It stands in the paragraph, or in its style, or in the style that this is based on. A style has an
English name in most files and a Swedish one in some.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from samverkan.office.word_file import Element, qn

_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])\b")
_TITLES = ("title", "titel", "rubrik")
_LIST = re.compile(
    r"(?:list ?bullet|list ?number|punktlista|numrerad ?lista)(?: ?(?P<depth>[1-9]))?$"
)
_CONTENTS = re.compile(r"(?:toc|innehåll|table of figures|figurförteckning) ?\d?$")
_CONTENTS_HEADING = re.compile(r"toc ?heading|innehållsförteckningsrubrik")
_CAPTION = re.compile(r"caption|beskrivning|bildtext|figurtext")
_UNNUMBERED = ("bullet", "none")  # lists
OFF = ("0", "false", "off", "none")
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True)
class _Style:
    """What a style says, together with those that it is based on."""

    heading: int | None
    listed: Element | None  # its w:numPr
    depth: int  # in a list, by its name
    is_contents: bool
    is_contents_heading: bool
    is_caption: bool
    toggles: dict[str, bool]  # bold, italic, hidden


class Styles:
    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._elements = {
            (style.get(qn("w:type")), style.get(qn("w:styleId"))): style
            for style in (styles.iterchildren(qn("w:style")) if styles is not None else ())
        }
        self._defaults = {
            style.get(qn("w:type")): identity
            for (_, identity), style in self._elements.items()
            if style.get(qn("w:default")) in ("1", "true", "on")
        }
        self._numbering = numbering
        self._known: dict[tuple[str, str | None], _Style] = {}

    # Paragraphs -----------------------------------------------------------------------------------

    def heading(self, paragraph: Element) -> int | None:
        """Its level, from 1; the title of a document is 0."""
        dress = _dress(paragraph, "w:pPr")
        level = number_of(dress.find(qn("w:outlineLvl"))) if dress is not None else None
        return self._of(paragraph).heading if level is None else _heading_at(level)

    def item(self, paragraph: Element) -> int | None:
        """How deep in a list, from 1."""
        dress, style = _dress(paragraph, "w:pPr"), self._of(paragraph)
        listed = dress.find(qn("w:numPr")) if dress is not None else None
        listed = style.listed if listed is None else listed
        if listed is None:
            return style.depth or None
        identity, level = value(listed.find(qn("w:numId"))), number_of(listed.find(qn("w:ilvl")))
        if identity == "0" or self._signs.get((identity, level or 0)) == "none":
            return None
        return max(style.depth, (level or 0) + 1)

    def is_ordered(self, paragraph: Element) -> bool:
        """Whether it is an item with a number before it."""
        dress, style = _dress(paragraph, "w:pPr"), self._of(paragraph)
        listed = dress.find(qn("w:numPr")) if dress is not None else None
        listed = style.listed if listed is None else listed
        if listed is None:
            return False
        identity, level = value(listed.find(qn("w:numId"))), number_of(listed.find(qn("w:ilvl")))
        return self._signs.get((identity, level or 0), "bullet") not in _UNNUMBERED

    def is_caption(self, paragraph: Element) -> bool:
        return self._of(paragraph).is_caption

    def is_contents(self, paragraph: Element) -> bool:
        return self._of(paragraph).is_contents

    def is_contents_heading(self, paragraph: Element) -> bool:
        return self._of(paragraph).is_contents_heading

    # Runs and tables ------------------------------------------------------------------------------

    def is_bold(self, run: Element, paragraph: Element) -> bool:
        return self._is(run, paragraph, "w:b")

    def is_italic(self, run: Element, paragraph: Element) -> bool:
        return self._is(run, paragraph, "w:i")

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        return self._is(run, paragraph, "w:vanish")

    def size(self, run: Element) -> int:
        """Of its letters, in half points, where it says so itself."""
        dress = _dress(run, "w:rPr")
        return (number_of(dress.find(qn("w:sz"))) or 0) if dress is not None else 0

    def emphasis(self, table: Element) -> tuple[bool, bool]:
        """Whether the style of the table has its first row in bold, and its first column."""
        dress = table.find(qn("w:tblPr"))
        look = dress.find(qn("w:tblLook")) if dress is not None else None
        if dress is None or look is None:
            return False, False
        bits = _hex(look.get(qn("w:val")))
        bold = {
            part.get(qn("w:type"))
            for style in self._chain("table", value(dress.find(qn("w:tblStyle"))))
            for part in style.iterchildren(qn("w:tblStylePr"))
            if _toggle(part.find(qn("w:rPr")), "w:b")
        }
        return (
            "firstRow" in bold and _is_set(look.get(qn("w:firstRow")), bits & 0x20),
            "firstCol" in bold and _is_set(look.get(qn("w:firstColumn")), bits & 0x80),
        )

    # Inside ---------------------------------------------------------------------------------------

    def _of(self, paragraph: Element) -> _Style:
        dress = _dress(paragraph, "w:pPr")
        named = value(dress.find(qn("w:pStyle"))) if dress is not None else None
        return self._style("paragraph", named)

    def _is(self, run: Element, paragraph: Element, what: str) -> bool:
        dress = _dress(run, "w:rPr")
        if (direct := _toggle(dress, what)) is not None:
            return direct
        named = value(dress.find(qn("w:rStyle"))) if dress is not None else None
        by_run = self._style("character", named).toggles[what] if named else False
        # Where both styles say so, they take each other out.
        return by_run != self._of(paragraph).toggles[what]

    def _style(self, kind: str, identity: str | None) -> _Style:
        known = self._known.get((kind, identity))
        if known is None:
            known = self._known[kind, identity] = _understood(list(self._chain(kind, identity)))
        return known

    def _chain(self, kind: str, identity: str | None) -> Iterator[Element]:
        """The style and those that it is based on."""
        identity = identity or self._defaults.get(kind)
        seen = set()
        while identity not in seen and (style := self._elements.get((kind, identity))) is not None:
            yield style
            seen.add(identity)
            identity = value(style.find(qn("w:basedOn")))

    @cached_property
    def _signs(self) -> dict[tuple[str | None, int], str]:
        """What stands before an item, by its list and its level: "bullet", "decimal", "none"."""
        if self._numbering is None:
            return {}
        kinds = {
            kind.get(qn("w:abstractNumId")): {
                number_of_attribute(level, "w:ilvl"): value(level.find(qn("w:numFmt"))) or ""
                for level in kind.iterchildren(qn("w:lvl"))
            }
            for kind in self._numbering.iterchildren(qn("w:abstractNum"))
        }
        return {
            (one.get(qn("w:numId")), level): sign
            for one in self._numbering.iterchildren(qn("w:num"))
            for level, sign in kinds.get(value(one.find(qn("w:abstractNumId"))), {}).items()
        }


def _understood(chain: list[Element]) -> _Style:
    own = [name for style in chain[:1] for name in _names(style)]
    lists = [found for style in chain for name in _names(style) if (found := _LIST.match(name))]
    listed = (style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for style in chain)
    return _Style(
        heading=_heading_by(chain),
        listed=next((one for one in listed if one is not None), None),
        depth=max((int(found["depth"] or 1) for found in lists), default=0),
        is_contents=any(map(_CONTENTS.match, own)),
        is_contents_heading=any(map(_CONTENTS_HEADING.match, own)),
        is_caption=any(map(_CAPTION.match, own)),
        toggles={what: _first_toggle(chain, what) for what in ("w:b", "w:i", "w:vanish")},
    )


def _heading_by(chain: list[Element]) -> int | None:
    for style in chain:
        level = number_of(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
        if level is not None and level >= _BODY_TEXT:
            return None
        names = _names(style)
        if any(name in _TITLES for name in names):
            return 0
        for name in names:
            if found := _HEADING.match(name):
                return int(found[1])
        if level is not None:
            return _heading_at(level)
    return None


def _first_toggle(chain: list[Element], what: str) -> bool:
    said = (_toggle(style.find(qn("w:rPr")), what) for style in chain)
    return next((one for one in said if one is not None), False)


def number_of(element: Element | None) -> int | None:
    return None if element is None else number_of_attribute(element, "w:val")


def number_of_attribute(element: Element, name: str) -> int:
    """What is no number is none: a file may say anything."""
    found = re.fullmatch(r"\d{1,4}", element.get(qn(name)) or "")
    return int(found[0]) if found else 0


def is_on(element: Element | None) -> bool:
    return element is not None and element.get(qn("w:val")) not in OFF


def _dress(element: Element, name: str) -> Element | None:
    """It stands first or nowhere; to look further takes its time where there are very many pieces."""
    first = next(iter(element), None)
    return first if first is not None and first.tag == qn(name) else None


def _toggle(dress: Element | None, what: str) -> bool | None:
    found = dress.find(qn(what)) if dress is not None else None
    return None if found is None else is_on(found)


def value(element: Element | None) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _names(style: Element) -> tuple[str, str]:
    name, identity = value(style.find(qn("w:name"))), style.get(qn("w:styleId"))
    return (name or "").casefold(), (identity or "").casefold()


def _heading_at(level: int) -> int | None:
    return None if level >= _BODY_TEXT else level + 1


def _hex(value: str | None) -> int:
    return int(value, 16) if value and re.fullmatch(r"[0-9A-Fa-f]{1,8}", value) else 0


def _is_set(value: str | None, bit: int) -> bool:
    return bool(bit) if value is None else value not in OFF
