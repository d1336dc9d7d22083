"""Horizontal bars of whole numbers: areas with their problems, causes and actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from samverkan.documents.charts.drawing import (
    INK,
    OUTLINE,
    TINT,
    mark_of,
    pattern,
    svg,
    text,
)

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
    hatching = "hatch-" + mark_of(description, groups)
    fills = [INK, TINT, f"url(#{hatching})"]
    parts = _legend(series, fills) if len(series) > 1 else []
    y = 30 if parts else 0
    for group in groups:
        for line in wrap(group.label, LETTERS_PER_LINE) or [""]:
            y += LINE
            parts.append(text("0", y - 5, line, "label"))
        for place, value in enumerate(group.values):
            length = f"{round(LONGEST * value / most, 2)}%" if value else "0"
            parts.append(_bar(0, y, length, fills[place % len(fills)], place))
            parts.append(text(length, y + BAR - 2.5, f"{value}", "value", after=6))
            y += BAR + GAP
        y += 10
    strokes = f'<path d="M0 6 6 0" stroke="{INK}" stroke-width="1"/>'
    return svg(description, y, pattern(hatching, strokes), parts)


def _legend(series: Sequence[str], fills: Sequence[str]) -> list[str]:
    parts, x = [], 0.0
    for place, name in enumerate(series):
        parts.append(_bar(x, 2, f"{BAR}", fills[place % len(fills)], place))
        parts.append(text(f"{x + BAR}", BAR - 0.5, name, "key", after=6))
        x += BAR + 30 + 7 * len(name)
    return parts


def _bar(x: float, y: float, length: str, fill: str, place: int) -> str:
    outline = f" {OUTLINE}" if length != "0" else ""
    return (
        f'<rect class="series-{place + 1}" x="{x}" y="{y}" width="{length}" height="{BAR}" '
        f'fill="{fill}"{outline}/>'
    )
