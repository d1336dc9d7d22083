"""Signs in a Word file that other programs do not write so, as the signs that they stand for."""

import re

# Of the fonts Symbol and Wingdings, which have their signs where Unicode has none.
_SYMBOLS = {
    0xF02D: "-",
    0xF06F: "☐",
    0xF071: "☐",
    0xF0A3: "≤",
    0xF0A7: "▪",
    0xF0A8: "☐",
    0xF0AE: "→",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0B3: "≥",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0DE: "→",
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0FC: "✓",
    0xF0FD: "☒",
    0xF0FE: "☒",
}
_UNKNOWN = "□"
# What only says where a line may break, or which way it runs; and what breaks no line.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff"),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        "\u2011": "-",
    }
)
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def symbol(code: str | None) -> str:
    """Of w:sym, whose code is hexadecimal and may leave out the F0."""
    if not code or not re.fullmatch("[0-9A-Fa-f]{2,4}", code):
        return _UNKNOWN
    number = int(code, 16)
    return _SYMBOLS.get(number | 0xF000, _UNKNOWN if number >= 0xF000 else chr(number))


def plain(text: str) -> str:
    return _PRIVATE.sub(lambda found: _SYMBOLS.get(ord(found[0]), _UNKNOWN), text.translate(_PLAIN))
