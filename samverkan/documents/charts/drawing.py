"""What every chart is drawn with: the colours, words, strokes and the whole that holds them.

Colours stand as attributes, for paper; a page colours them anew by their classes (static/css/chart.css).
"""

from collections.abc import Sequence
from hashlib import sha256
from html import escape

from samverkan.text import clean

INK, TINT, PALE, PAPER = "#0a4d68", "#7fa9b8", "#dbe8ec", "#ffffff"
FONT = "'Source Sans 3'"  # quoted: a name with a figure in it is no name to a browser
OUTLINE = f'stroke="{INK}" stroke-width="0.75"'


def text(x: str, y: float, words: str, role: str, after: float = 0) -> str:
    weight = ' font-weight="600"' if role == "label" else ""
    beside = f' dx="{after}"' if after else ""
    return f'<text class="{role}" x="{x}"{beside} y="{y}"{weight}>{escape(words)}</text>'


def centred(x: float, y: float, words: str, role: str) -> str:
    """At so many per cent of the width."""
    weight = ' font-weight="600"' if role == "value" else ""
    return (
        f'<text class="{role}" x="{x:g}%" y="{y:g}" text-anchor="middle"{weight}>'
        f"{escape(words)}</text>"
    )


def stroke(
    x1: float, y1: float, x2: float, y2: float, role: str, width: float, *, dashes: bool = False
) -> str:
    """From one per cent of the width to another."""
    broken = ' stroke-dasharray="5 3"' if dashes else ""
    return (
        f'<line class="{role}" x1="{x1:g}%" y1="{y1:g}" x2="{x2:g}%" y2="{y2:g}" '
        f'stroke="{INK}" stroke-width="{width}"{broken}/>'
    )


def pattern(name: str, strokes: str) -> str:
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{PAPER}"/>{strokes}</pattern>'
    )


def mark_of(*things: object) -> str:
    """A name for what a chart defines, such that no other chart on the page has the same."""
    return sha256(repr(things).encode()).hexdigest()[:8]


def svg(description: str, height: float, definitions: str, parts: Sequence[str]) -> str:
    """As wide as there is room for."""
    return _svg(
        f'class="chart" role="img" width="100%" height="{height:g}"',
        description,
        definitions,
        parts,
    )


def svg_of_width(
    description: str, width: int, height: float, definitions: str, parts: Sequence[str]
) -> str:
    """Drawn for so many pixels: shown smaller, it is the same drawing."""
    size = f'width="{width}" height="{height:g}" viewBox="0 0 {width} {height:g}"'
    return _svg(f'class="chart of-table" role="img" {size}', description, definitions, parts)


def _svg(opening: str, description: str, definitions: str, parts: Sequence[str]) -> str:
    defs = f"<defs>{definitions}</defs>" if definitions else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {opening} '
        f'font-family="{FONT}" font-size="13" fill="#1b1f23">'
        f"<title>{escape(clean(description))}</title>{defs}{''.join(parts)}</svg>"
    )
