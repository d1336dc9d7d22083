"""What the XML of a sheet says beside the values of its cells.

The cells are found by expressions that only match the few that are sought, for a sheet has tens of
thousands; all that stands around the cells is parsed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from plans.reading.workbook import MOST_COLUMNS
from samverkan.office.ooxml import Element, Package, parsed

Place = tuple[int, int]  # row and column, from 0

_HIDDEN = re.compile(
    rb"""<(?:row|\w+:row)\s(?=[^<>]*?\bhidden\s*=\s*["'](?:1|true))"""
    rb"""[^<>]*?\br\s*=\s*["'](\d+)"""
)
_F = rb"<(?:f|\w+:f)\b[^<>]*(?:/>|>[^<]*</(?:f|\w+:f)\s*>)"
_FORMULA = re.compile(
    rb"<(?:c|\w+:c)\s([^<>]*)>\s*" + _F + rb"\s*"
    rb"(?:(<(?:v|\w+:v)\s*/>|<(?:v|\w+:v)\s*>\s*</(?:v|\w+:v)\s*>)\s*)?</(?:c|\w+:c)\s*>"
)
_ERROR = re.compile(
    rb"""<(?:c|\w+:c)\s(?=[^<>]*?\bt="e")([^<>]*)>\s*(?:%s)?\s*"""
    rb"<(?:v|\w+:v)\s*>([^<]*)<" % _F
)
# The address that a formula leads to, which its result says nothing of.
_LINK = re.compile(
    rb"<(?:c|\w+:c)\s([^<>]*)>\s*<(?:f|\w+:f)\b[^<>]*>\s*HYPERLINK\((?:\"|&quot;)([^<]*?)(?:\"|&quot;)"
)
_AT = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+\d+)""")
_TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_REFERENCE = re.compile(r"\$?([A-Za-z]+)\$?(\d+)")


@dataclass(frozen=True)
class Looks:
    """Which of the styles of the workbook are bold, and which show parts of a hundred."""

    bold: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Around:
    """A sheet, but for the values of its cells."""

    bold: frozenset[Place] = frozenset()
    percent: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: dict[Place, Place] = field(default_factory=dict)  # to how many rows and columns
    errors: dict[Place, str] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)  # by formulas
    uncalculated: tuple[str, ...] = ()  # what the cells are called
    tree: Element | None = None  # without the rows


def looks_of(package: Package, part: str) -> Looks:
    tree = package.tree(part)
    if tree is None:
        return Looks()
    percent = {9, 10}
    for one in tree.iterfind("{*}numFmts/{*}numFmt"):
        if "%" in re.sub(r'"[^"]*"|\\.', "", one.get("formatCode", "")):
            percent.add(_whole(one.get("numFmtId")))
    bold = [
        any(mark.get("val", "1") not in ("0", "false") for mark in font.iterfind("{*}b"))
        for font in tree.iterfind("{*}fonts/{*}font")
    ]
    styles = list(tree.iterfind("{*}cellXfs/{*}xf"))
    return Looks(
        frozenset(
            number
            for number, style in enumerate(styles)
            if (font := _whole(style.get("fontId"))) < len(bold) and bold[font]
        ),
        frozenset(
            number
            for number, style in enumerate(styles)
            if _whole(style.get("numFmtId")) in percent
        ),
    )


def around(xml: bytes, looks: Looks) -> Around:
    tree = parsed(_without_rows(xml))
    formula = b"<f" if b"<sheetData" in xml else b":f"
    return Around(
        bold=_styled(xml, looks.bold),
        percent=_styled(xml, looks.percent),
        hidden_rows=frozenset(int(row) - 1 for row in _found(_HIDDEN, xml, b"hidden")),
        hidden_columns=frozenset(_hidden_columns(tree)),
        merged=dict(_merged(tree)),
        errors=_said(_found(_ERROR, xml, b'"e"')),
        links=_said(_found(_LINK, xml, b"HYPERLINK(")),
        uncalculated=tuple(
            _at(attributes)
            for attributes, empty in _found(_FORMULA, xml, formula)
            if not (empty and _TEXT_RESULT.search(attributes))  # an empty text is a value
        ),
        tree=tree,
    )


def _found(expression: re.Pattern[bytes], xml: bytes, sign: bytes) -> list:
    """All that it matches; looking for a sign that it must have costs nothing."""
    return expression.findall(xml) if sign in xml else []


def _said(found: Iterable[tuple[bytes, bytes]]) -> dict[Place, str]:
    """What is said in cells, by where they stand according to their attributes."""
    return {
        place: unescape(said.decode("utf-8", "replace"))
        for attributes, said in found
        if (place := place_of(_at(attributes)))
    }


def _without_rows(xml: bytes) -> bytes:
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    if start == end:
        return xml
    return xml[: xml.rfind(b"<", 0, start)] + xml[xml.find(b">", end) + 1 :]


def place_of(reference: str) -> Place | None:
    """E7, $E$7 and the first of E7:F9."""
    found = _REFERENCE.match(reference)
    if found is None or not int(found[2][:9]):
        return None
    column = 0
    for letter in found[1][:6].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2][:9]) - 1, column - 1


def _styled(xml: bytes, styles: frozenset[int]) -> frozenset[Place]:
    """The style is looked for first, and then whose it is: most cells have another."""
    if not styles:
        return frozenset()
    styled = re.compile(b' s="(?:%s)"' % b"|".join(b"%d" % style for style in sorted(styles)))
    places = (
        place_of(_at(xml[xml.rfind(b"<", 0, found.start()) : found.start()]))
        for found in styled.finditer(xml)
    )
    return frozenset(place for place in places if place)


def _hidden_columns(tree: Element | None) -> Iterator[int]:
    for one in tree.iterfind("{*}cols/{*}col") if tree is not None else ():
        if one.get("hidden") in ("1", "true") or one.get("width") == "0":
            first, last = _whole(one.get("min")), _whole(one.get("max"))
            yield from range(max(first, 1) - 1, min(last, MOST_COLUMNS))


def _merged(tree: Element | None) -> Iterator[tuple[Place, Place]]:
    for one in tree.iterfind("{*}mergeCells/{*}mergeCell") if tree is not None else ():
        first, _, last = one.get("ref", "").partition(":")
        start, end = place_of(first), place_of(last)
        if start and end and end >= start:
            yield start, (end[0] - start[0] + 1, max(end[1] - start[1] + 1, 1))


def _at(attributes: bytes) -> str:
    found = _AT.search(attributes)
    return found[1].decode() if found else ""


def _whole(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() else 0
