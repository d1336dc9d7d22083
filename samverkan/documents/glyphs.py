"""Characters that our own type does not have: what stands in their place on paper.

PDF/A forbids the empty box that a missing character becomes, and a letter borrowed from some font
of the machine would make the same words other bytes on another machine. So a reader sees that
something stood there, and what: "□ (U+1F600)". The data that the PDF carries has the character.
"""

import re
import unicodedata
from functools import cache

from django.conf import settings
from fontTools.ttLib import TTFont

from samverkan.documents import fonts

_WHITE = {"\t", "\n", "\r"}
_SOFT_HYPHEN = "\u00ad"
_SPACES = {"Zs", "Zl", "Zp"}
_UNSEEN = {"Cc", "Cf", "Cs"}
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def printable(text: str) -> str:
    """The text, or the whole HTML, with nothing in it that cannot be printed."""
    if not set(text) - _in_our_type():
        return text
    text = unicodedata.normalize("NFC", text)
    strange = set(text) - _in_our_type()
    shown = text.translate({ord(one): seen for one in strange if (seen := _seen(one)) != one})
    left = strange & set(shown)
    if not left:
        return shown
    return re.sub(f"[{re.escape(''.join(sorted(left)))}]+", _named, shown)


def _seen(character: str) -> str:
    """A space of some other width is a space; what has no shape is left out."""
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    return "" if category in _UNSEEN or _VARIATIONS.match(character) else character


def _named(run: re.Match) -> str:
    return f"□ ({' '.join(f'U+{ord(character):04X}' for character in run.group())})"


@cache
def _in_our_type() -> frozenset[str]:
    letters = set.intersection(*(_letters(name) for name in fonts.PAPER))
    marks = set.union(*(_letters(name) for name in fonts.MARKS))
    return frozenset(letters | marks | _WHITE | {_SOFT_HYPHEN})


def _letters(name: str) -> set[str]:
    with TTFont(settings.FONT_DIR / name, lazy=True) as font:
        return {chr(letter) for letter in font.getBestCmap()}
