"""How wide words are in our own type, so that what is drawn beside them has room."""

from functools import lru_cache

# Thousandths of the size, rounded up; what is not here is as wide as a figure, a capital a bit wider.
_WIDTHS = {
    260: "ij',.:;|·’ \u00a0lI!",
    310: "f()[]{}•-‑",
    350: "rt/\\",
    430: 'sz"*?”x',
    480: "cvyJLY–",
    560: "hnoubdpqåäöASTZPRµBCKÅÄ",
    640: "DGNUOQHÖ&",
    800: "wmMW—½%",
    940: "@…",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER, _OTHER_CAPITAL = 510, 660


@lru_cache(maxsize=4096)
def width_of(words: str, size: float = 13) -> float:
    """In pixels, and rather too wide than too narrow."""
    thousandths = sum(
        _WIDTH_OF.get(letter) or (_OTHER_CAPITAL if letter.isupper() else _OTHER)
        for letter in words
    )
    return thousandths * size / 1000


@lru_cache(maxsize=1024)
def lines_of(words: str, room: float, size: float = 13) -> tuple[str, ...]:
    """In lines of at most so many pixels. A word that has no room by itself is divided."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer, size) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        *whole, lines[-1] = _divided(word, room, size)
        lines[-1:] = [*whole, lines[-1]]
    return tuple(lines)


def longest_word(words: str, size: float = 13) -> float:
    return max((width_of(word, size) for word in words.split(" ")), default=0)


def _divided(word: str, room: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(f"{pieces[-1]}{letter}-", size) > room:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += letter
    if len(pieces) > 1 and len(pieces[-1]) == 1:  # no letter alone where its hyphen had room
        pieces[-2:] = [pieces[-2].removesuffix("-") + pieces[-1]]
    return pieces
