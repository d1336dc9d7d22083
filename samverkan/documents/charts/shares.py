"""One bar in parts, as wide as there is room for: how many of the whole there are of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from samverkan.documents.charts.drawing import (
    INK,
    OUTLINE,
    PAPER,
    TINT,
    mark_of,
    pattern,
    svg,
    text,
)

BAR, LINE = 14, 18
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
    mark = mark_of(description, shares)
    parts, at = [], (100 - WHOLE) / 2
    for share in shares:
        width = WHOLE * share.value / whole
        parts.append(
            f'<rect class="look-{share.look}" x="{at:.2f}%" y="0.5" width="{width:.2f}%" '
            f'height="{BAR}" fill="{_look(share.look, mark)}" {OUTLINE}/>'
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
            f'height="{SWATCH}" fill="{_look(share.look, mark)}" {OUTLINE}/>'
        )
        parts.append(text(f"{x + SWATCH:.1f}", y + SWATCH - 1, words, "key", after=5))
        x += long + 12
    height = y + SWATCH + 5
    used = "".join(_pattern(look, mark) for look in LOOKS if look in {s.look for s in shares})
    return svg(description, height, used, parts)


def _look(look: str, mark: str) -> str:
    plain = {"full": INK, "half": TINT, "none": PAPER}
    return plain.get(look, f"url(#{look}-{mark})")


def _pattern(look: str, mark: str) -> str:
    drawn = {
        "cross": f'<path d="M0 6 6 0M0 0 6 6" stroke="{INK}" stroke-width="1.2"/>',
        "rest": f'<path d="M1.5 0V6" stroke="{INK}" stroke-width="1"/>',
        "dots": f'<circle cx="3" cy="3" r="0.9" fill="{INK}"/>',
    }.get(look)
    return pattern(f"{look}-{mark}", drawn) if drawn else ""
