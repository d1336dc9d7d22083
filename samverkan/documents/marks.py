"""Draws "Samverkan Marks": a font of our own with the shapes that stand beside a state's word.

Source Sans 3 lacks half of them, and a server often has no other font to fall back on. As letters
they take the size and the colour of the text around them, on the page and on paper alike.
"""

from collections.abc import Callable
from math import cos, radians, sin

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.basePen import AbstractPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "Samverkan Marks"

EM, ADVANCE, MIDDLE = 1000, 880, (440, 330)  # MIDDLE: half the height of Source Sans' capitals
RADIUS, LINE = 350, 84
TANGENT = 0.5523  # of the radius: makes a quarter of a circle of a cubic curve
EPOCH = 3_000_000_000  # a day in 1999; when a font was made must not show


def _at(x: float, y: float) -> tuple[float, float]:
    return MIDDLE[0] + x, MIDDLE[1] + y


def _polygon(*corners: tuple[float, float]) -> Callable[[AbstractPen], None]:
    def draw(pen):
        pen.moveTo(_at(*corners[0]))
        for corner in corners[1:]:
            pen.lineTo(_at(*corner))
        pen.closePath()

    return draw


def _box(left: float, bottom: float, right: float, top: float):
    return _polygon((left, bottom), (left, top), (right, top), (right, bottom))


def _slice(start: int, end: int, radius: float = RADIUS):
    """From one whole quarter to another, counted clockwise from twelve; 0 to 360 is a disc."""

    def draw(pen):
        turn = 1 if end > start else -1
        first = _on_circle(start, radius)
        if abs(end - start) == 360:
            pen.moveTo(first)
        else:
            pen.moveTo(MIDDLE)
            pen.lineTo(first)
        for angle in range(start, end, 90 * turn):
            pen.curveTo(
                _on_circle(angle, radius, turn * TANGENT * radius),
                _on_circle(angle + 90 * turn, radius, -turn * TANGENT * radius),
                _on_circle(angle + 90 * turn, radius),
            )
        pen.closePath()

    return draw


def _on_circle(angle: float, radius: float, ahead: float = 0) -> tuple[float, float]:
    x, y = sin(radians(angle)), cos(radians(angle))
    return _at(radius * x + ahead * y, radius * y - ahead * x)


DISC = _slice(0, 360)
HOLE = _slice(360, 0, RADIUS - LINE)
FILLING = RADIUS - LINE / 2

SHAPES = {
    "○": [DISC, HOLE],
    "◔": [DISC, HOLE, _slice(0, 90, FILLING)],
    "◐": [DISC, HOLE, _slice(180, 360, FILLING)],
    "◕": [DISC, HOLE, _slice(0, 270, FILLING)],
    "●": [DISC],
    "✕": [
        _polygon((-300, 215), (-215, 300), (300, -215), (215, -300)),
        _polygon((-300, -215), (215, 300), (300, 215), (-215, -300)),
    ],
    "‖": [_box(-215, -300, -75, 300), _box(75, -300, 215, 300)],
    "–": [_box(-300, -50, 300, 50)],
    "■": [_box(-310, -310, 310, 310)],
}


def font() -> TTFont:
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
    letters = {ord(" "): "space"}
    for character, contours in SHAPES.items():
        pen = TTGlyphPen(None)
        for draw in contours:
            draw(Cu2QuPen(pen, max_err=0.5))
        name = f"uni{ord(character):04X}"
        glyphs[name] = pen.glyph()
        letters[ord(character)] = name

    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(letters)
    builder.setupGlyf(glyphs)
    left = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({name: (ADVANCE, left[name]) for name in glyphs})
    builder.setupHorizontalHeader(ascent=EM, descent=-300)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=EM, sTypoDescender=-300, usWinAscent=EM, usWinDescent=300)
    builder.setupPost()
    made = builder.font
    made.recalcTimestamp = False
    made["head"].created = made["head"].modified = EPOCH
    return made
