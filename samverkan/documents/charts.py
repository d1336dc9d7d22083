"""Charts as SVG, made on the server: the same on the page and on paper, readable in grey.

Every bar says its number, and the whole says in words what it shows (`<title>`). Ink, one tint and a
hatching tell the series apart; a page may colour them anew by their classes.

Lengths across are parts of the width and all else is in pixels, so that a chart fills the paper or a
phone and its text is as large on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from textwrap import wrap

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
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'width="100%" height="{y}" '
        f'font-family="{FONT}" font-size="13" fill="#1b1f23">'
        f"<title>{escape(description)}</title>"
        f"<defs>{_hatching(pattern)}</defs>{''.join(parts)}</svg>"
    )


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
