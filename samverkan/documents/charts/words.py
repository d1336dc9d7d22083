"""Words at a place in a chart of so many pixels."""

from collections.abc import Iterable
from html import escape

LINE = 16
TALL = 9  # a figure, from its foot


def word_at(x: float, y: float, words: str, role: str, anchor: str = "start") -> str:
    """With its foot at y."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    colour = _COLOURS.get(role, "")
    return f'<text class="{role}" x="{x:.1f}" y="{y:.1f}"{where}{colour}>{escape(words)}</text>'


def words_at(
    x: float, y: float, lines: Iterable[str], role: str, anchor: str = "start"
) -> list[str]:
    return [word_at(x, y + LINE * row, line, role, anchor) for row, line in enumerate(lines)]


# Those that are not in the ink of all other words.
_COLOURS = {
    "quiet": ' fill="#505b62"',
    "on-full": ' fill="#ffffff"',
}
