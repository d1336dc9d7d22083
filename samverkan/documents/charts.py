"""Charts as SVG, made on the server: the same on the page and on paper, readable in grey.

Every bar says its number, and the whole says in words what it shows (`<title>`). Ink, one tint and a
hatching tell the series apart; a page may colour them anew by their classes.

Lengths across are parts of the width and all else is in pixels, so that a chart fills the paper or a
phone and its text is as large on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from html import escape
from itertools import pairwise
from textwrap import wrap

from samverkan.numbers import swedish

INK, TINT, PALE, PAPER = "#0a4d68", "#7fa9b8", "#dbe8ec", "#ffffff"
FONT = "'Source Sans 3'"  # quoted: a name with a figure in it is no name to a browser

BAR, GAP, LINE = 14, 3, 18
LONGEST = 88  # per cent of the width: beside it stands its number
LETTERS_PER_LINE = 46  # as many as a phone holds


@dataclass(frozen=True)
class Group:
    """What is measured together: an area with its number of problems, causes and actions."""

    label: str
    values: Sequence[int]


def bars(description: str, series: Sequence[str], groups: Sequence[Group], most: int = 0) -> str:
    """Horizontal bars from 0: a heading for each group, under it a bar for each series.

    The longest bar there is room for is `most`: given, so that several charts have one scale.
    """
    most = max([most, *(value for group in groups for value in group.values)]) or 1
    pattern = "hatch-" + sha256(repr((description, groups)).encode()).hexdigest()[:8]
    fills = [INK, TINT, f"url(#{pattern})"]
    parts = _legend(series, fills) if len(series) > 1 else []
    y = 30 if parts else 0
    for group in groups:
        for line in wrap(group.label, LETTERS_PER_LINE) or [""]:
            y += LINE
            parts.append(_text("0", y - 5, line, "label"))
        for place, value in enumerate(group.values):
            length = f"{round(LONGEST * value / most, 2)}%" if value else "0"
            parts.append(_bar(0, y, length, fills[place % len(fills)], place))
            parts.append(_text(length, y + BAR - 2.5, f"{value}", "value", after=6))
            y += BAR + GAP
        y += 10
    return _svg(description, y, _hatching(pattern), parts)


def _legend(series: Sequence[str], fills: Sequence[str]) -> list[str]:
    parts, x = [], 0.0
    for place, name in enumerate(series):
        parts.append(_bar(x, 2, f"{BAR}", fills[place % len(fills)], place))
        parts.append(_text(f"{x + BAR}", BAR - 0.5, name, "key", after=6))
        x += BAR + 30 + 7 * len(name)
    return parts


def _bar(x: float, y: float, length: str, fill: str, place: int) -> str:
    outline = f' stroke="{INK}" stroke-width="0.75"' if length != "0" else ""
    return (
        f'<rect class="series-{place + 1}" x="{x}" y="{y}" width="{length}" height="{BAR}" '
        f'fill="{fill}"{outline}/>'
    )


def _text(x: str, y: float, words: str, role: str, after: float = 0) -> str:
    weight = ' font-weight="600"' if role == "label" else ""
    beside = f' dx="{after}"' if after else ""
    return f'<text class="{role}" x="{x}"{beside} y="{y}"{weight}>{escape(words)}</text>'


def _hatching(name: str) -> str:
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{PAPER}"/>'
        f'<path d="M0 6 6 0" stroke="{INK}" stroke-width="1"/></pattern>'
    )


# A bar in parts ----------------------------------------------------------------------------------

SWATCH, LETTER = 11, 6.0  # a sample of the pattern, and how wide a letter is about
ROW = 300  # as wide as a phone holds
WHOLE = 99.7  # per cent of the width: its outline is inside


@dataclass(frozen=True)
class Share:
    """A part of a bar. Its look tells it from the others in grey too, wherever it stands."""

    label: str
    value: int
    look: str  # one of LOOKS


LOOKS = ("full", "half", "cross", "rest", "none", "dots")


def stacked(description: str, shares: Sequence[Share], row: float = ROW) -> str:
    """One bar as wide as there is room for, and under it each part's number and name, in rows of
    so many pixels."""
    shares = [share for share in shares if share.value]
    whole = sum(share.value for share in shares) or 1
    mark = sha256(repr((description, shares)).encode()).hexdigest()[:8]
    parts, at = [], (100 - WHOLE) / 2
    for share in shares:
        width = WHOLE * share.value / whole
        parts.append(
            f'<rect class="look-{share.look}" x="{at:.2f}%" y="0.5" width="{width:.2f}%" '
            f'height="{BAR}" fill="{_look(share.look, mark)}" stroke="{INK}" stroke-width="0.75"/>'
        )
        at += width
    x, y = 0.0, BAR + 8.0
    for share in shares:
        words = f"{share.value} {share.label}"
        long = SWATCH + 5 + LETTER * len(words)
        if x and x + long > row:
            x, y = 0.0, y + LINE
        parts.append(
            f'<rect class="look-{share.look}" x="{x + 0.5:.1f}" y="{y:.1f}" width="{SWATCH}" '
            f'height="{SWATCH}" fill="{_look(share.look, mark)}" stroke="{INK}" stroke-width="0.75"/>'
        )
        parts.append(_text(f"{x + SWATCH:.1f}", y + SWATCH - 1, words, "key", after=5))
        x += long + 12
    height = y + SWATCH + 5
    used = "".join(_pattern(look, mark) for look in LOOKS if look in {s.look for s in shares})
    return _svg(description, height, used, parts)


def _look(look: str, mark: str) -> str:
    plain = {"full": INK, "half": TINT, "none": PAPER}
    return plain.get(look, f"url(#{look}-{mark})")


def _pattern(look: str, mark: str) -> str:
    drawn = {
        "cross": f'<path d="M0 6 6 0M0 0 6 6" stroke="{INK}" stroke-width="1.2"/>',
        "rest": f'<path d="M1.5 0V6" stroke="{INK}" stroke-width="1"/>',
        "dots": f'<circle cx="3" cy="3" r="0.9" fill="{INK}"/>',
    }.get(look)
    if not drawn:
        return ""
    return (
        f'<pattern id="{look}-{mark}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{PAPER}"/>{drawn}</pattern>'
    )


def _svg(description: str, height: float, definitions: str, parts: Sequence[str]) -> str:
    defs = f"<defs>{definitions}</defs>" if definitions else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'width="100%" height="{height:g}" '
        f'font-family="{FONT}" font-size="13" fill="#1b1f23">'
        f"<title>{escape(description)}</title>{defs}{''.join(parts)}</svg>"
    )


# A line through the years ------------------------------------------------------------------------

TALL = 96


@dataclass(frozen=True)
class Point:
    """What was measured at a time; nothing, where nothing was: there the line is broken."""

    label: str
    value: Decimal | None
    target: Decimal | None = None


def line(description: str, points: Sequence[Point]) -> str:
    """From the first time to the last, each value said at its point, the target as a thin line.

    The scale begins at nought, or below it where a value does.
    """
    numbers = [n for point in points for n in (point.value, point.target) if n is not None]
    most, least = max([*numbers, Decimal(0)]), min([*numbers, Decimal(0)])
    span = (most - least) or Decimal(1)

    def y(value: Decimal) -> float:
        return round(22 + TALL * float((most - value) / span), 1)

    places = [round(100 * (place + 0.5) / len(points), 2) for place in range(len(points))]
    half = 50 / len(points) if points else 0
    floor = y(least)
    parts = [_stroke(0, floor, 100, floor, "axis", 0.75)]
    for place, point in zip(places, points, strict=True):
        if point.target is not None:
            at = y(point.target)
            parts.append(_stroke(place - half, at, place + half, at, "target", 1, dashes=True))
    pairs = zip(places, points, strict=True)
    for (one, first), (other, second) in pairwise(pairs):
        if first.value is not None and second.value is not None:
            parts.append(_stroke(one, y(first.value), other, y(second.value), "series", 1.75))
    for place, point in zip(places, points, strict=True):
        if point.value is not None:
            parts.append(
                f'<circle class="point" cx="{place}%" cy="{y(point.value)}" r="4" fill="{INK}"/>'
            )
            above = point.target is None or not 2 < y(point.value) - y(point.target) < 24
            beside = y(point.value) + (-9 if above else 19)  # not where the target is drawn
            parts.append(_centred(place, beside, swedish(point.value), "value"))
        for row, words in enumerate(point.label.split("\n")):
            parts.append(_centred(place, floor + 16 + 15 * row, words, "label"))
    rows = max((point.label.count("\n") + 1 for point in points), default=1)
    return _svg(description, floor + 8 + 15 * rows, "", parts)


def _stroke(
    x1: float, y1: float, x2: float, y2: float, role: str, width: float, *, dashes: bool = False
) -> str:
    broken = ' stroke-dasharray="5 3"' if dashes else ""
    return (
        f'<line class="{role}" x1="{x1:g}%" y1="{y1:g}" x2="{x2:g}%" y2="{y2:g}" '
        f'stroke="{INK}" stroke-width="{width}"{broken}/>'
    )


def _centred(x: float, y: float, words: str, role: str) -> str:
    weight = ' font-weight="600"' if role == "value" else ""
    return (
        f'<text class="{role}" x="{x:g}%" y="{y:g}" text-anchor="middle"{weight}>'
        f"{escape(words)}</text>"
    )
