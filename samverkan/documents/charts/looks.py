"""How the series of a chart are told apart: by pattern, dash and shape, in grey and without colour.

And the keys that say which is which.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samverkan.documents.charts.drawing import INK, OUTLINE, PALE, PAPER, TINT, pattern
from samverkan.documents.charts.letters import lines_of, width_of
from samverkan.documents.charts.words import LINE, TALL, word_at, words_at

MIDDLE = "#4f879c"  # between ink and tint: a line of it can still be seen on paper

# Bars --------------------------------------------------------------------------------------------

_SOLID = {"full": INK, "half": TINT, "none": PAPER, "pale": PALE}
_STROKES = {
    "slant": f'<path d="M0 6 6 0" stroke="{INK}" stroke-width="1"/>',
    "dots": f'<circle cx="3" cy="3" r="1.1" fill="{INK}"/>',
    "cross": f'<path d="M0 6 6 0M0 0 6 6" stroke="{INK}" stroke-width="1"/>',
    "level": f'<path d="M0 3H6" stroke="{INK}" stroke-width="1.4"/>',
}
FILLS = ("full", "half", "slant", "none", "dots", "pale", "cross", "level")


def fill_of(look: str, mark: str) -> str:
    return _SOLID.get(look, f"url(#{look}-{mark})")


def patterns(looks: Sequence[str], mark: str) -> str:
    return "".join(pattern(f"{look}-{mark}", _STROKES[look]) for look in looks if look in _STROKES)


def number_on(look: str, middle: float, height: float, words: str) -> list[str]:
    """A number in the middle of a bar. Where there is a pattern it stands on ground of its own."""
    role = "on-full" if look == "full" else "number"
    word = word_at(middle, height + TALL / 2, words, role, "middle")
    if look in _SOLID:
        return [word]
    wide = width_of(words) + 4
    ground = (
        f'<rect class="ground" x="{middle - wide / 2:.1f}" y="{height - 6:.1f}" '
        f'width="{wide:.1f}" height="12" fill="{PAPER}"/>'
    )
    return [ground, word]


def box(x: float, y: float, width: float, height: float, look: str, mark: str, role: str) -> str:
    return (
        f'<rect class="{role} look-{look}" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" '
        f'height="{height:.2f}" fill="{fill_of(look, mark)}" {OUTLINE}/>'
    )


# Lines -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pen:
    colour: str  # "ink" or "middle"
    dashes: str
    shape: str  # a key of _SHAPES
    is_filled: bool

    def line(self, x1: float, y1: float, x2: float, y2: float, role: str = "stroke") -> str:
        broken = f' stroke-dasharray="{self.dashes}"' if self.dashes else ""
        return (
            f'<line class="{role} pen-{self.colour}" x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" '
            f'y2="{y2:.2f}" stroke="{_INKS[self.colour]}" stroke-width="1.75"{broken}/>'
        )

    def point(self, x: float, y: float, role: str = "mark") -> str:
        colour = _INKS[self.colour]
        filled = "filled" if self.is_filled else "hollow"
        return (
            f'<path class="{role} {filled}-{self.colour}" d="M{x:.2f} {y:.2f}{_SHAPES[self.shape]}" '
            f'fill="{colour if self.is_filled else PAPER}" stroke="{colour}" stroke-width="1.5"/>'
        )


_INKS = {"ink": INK, "middle": MIDDLE}
_SHAPES = {
    "round": "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
    "square": "m-3.2 -3.2h6.4v6.4h-6.4z",
    "up": "m0 -4.2l4 7h-8z",
    "down": "m0 4.2l4 -7h-8z",
    "diamond": "m0 -4.6l4.6 4.6l-4.6 4.6l-4.6 -4.6z",
}
PENS = (
    Pen("ink", "", "round", True),
    Pen("middle", "", "square", False),
    Pen("ink", "6 3", "up", True),
    Pen("middle", "6 3", "diamond", False),
    Pen("ink", "2 3", "square", True),
    Pen("middle", "2 3", "down", False),
    Pen("ink", "8 3 2 3", "diamond", True),
    Pen("middle", "8 3 2 3", "round", False),
)

# Keys --------------------------------------------------------------------------------------------

BETWEEN = 18  # from one key to the next in a row

Sample = Callable[
    [int, float, float], str
]  # of a series, at a place: from the left, and its middle


def keys_of_fills(names: Sequence[str], width: float, mark: str) -> tuple[list[str], float]:
    if len(names) == 1:
        return [], 0

    def sample(place: int, x: float, middle: float) -> str:
        return box(x + 0.5, middle - 6, 12, 12, FILLS[place], mark, "sample")

    return keys(names, width, sample, 13)


def keys(
    names: Sequence[str], width: float, sample: Sample, sample_width: float
) -> tuple[list[str], float]:
    """What each series looks like and is called, in rows; and how high they are together."""
    before = sample_width + 6
    parts, x, y, row_height = [], 0.0, 0.0, 0.0
    for place, name in enumerate(names):
        lines = lines_of(name, width - before)
        long = before + max(width_of(line) for line in lines)
        if x and x + long > width:
            x, y, row_height = 0.0, y + row_height, 0.0
        parts.append(sample(place, x, y + LINE / 2))
        parts += words_at(x + before, y + 12.5, lines, "key")
        row_height = max(row_height, LINE * len(lines) + 3)
        x += long + BETWEEN
    return parts, y + row_height
