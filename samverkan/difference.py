"""What differs between two texts, in words, for a person to read.

    words("Möten varje månad.", "Möten varje vecka.")
    -> same "Möten varje ", removed "månad", added "vecka", same "."

The same and the removed pieces are the text before, to the letter; the same and the added ones
are the text after.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from os.path import commonprefix
from typing import Literal

from samverkan import rich

Kind = Literal["same", "removed", "added"]

# Two sequences may be compared thoroughly while this many pairs are to be looked at. Larger ones
# are compared by what is rare in them: quick, and as good to read.
_THOROUGH = 250_000
# Below this part of the letters in common, one text has replaced the other.
_IN_COMMON = 0.25
# So few letters alone between two changes say nothing: "och", a comma.
_ISLAND = 4


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def words(before: str, after: str) -> list[Piece]:
    """Lines that stand in both are the same; between them it is words that are compared."""
    pieces: list[Piece] = []
    one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for is_same, ours, theirs in _aligned(one, other):
        lines = "".join(one[ours]), "".join(other[theirs])
        pieces += [Piece("same", lines[0])] if is_same else _within_lines(*lines)
    return list(_joined(_said(*pieces)))


def rich_words(before: str, after: str) -> list[Piece]:
    """The same for HTML: its text is compared, one paragraph to a line. Dress does not count."""
    return words(rich.plain(before), rich.plain(after))


@dataclass(frozen=True)
class _Token:
    """A word or a mark, and the space after it. The space is no reason to call the word another."""

    word: str
    space: str


_TOKEN = re.compile(r"(\w+|[^\w\s])(\s*)|^(\s+)")


def _tokens(text: str) -> list[_Token]:
    return [_Token(match[1] or "", match[2] or match[3] or "") for match in _TOKEN.finditer(text)]


def _within_lines(before: str, after: str) -> list[Piece]:
    one, other = _tokens(before), _tokens(after)
    runs = list(_aligned([token.word for token in one], [token.word for token in other]))
    if _letters(one[ours] for is_same, ours, _ in runs if is_same) < _IN_COMMON * max(
        _letters([one]), _letters([other])
    ):
        return _replaced(before, after)
    pieces: list[Piece] = []
    for place, (is_same, ours, theirs) in enumerate(runs):
        is_island = 0 < place < len(runs) - 1 and _letters([one[ours]]) < _ISLAND
        if is_same and not is_island:
            for token, twin in zip(one[ours], other[theirs], strict=True):
                pieces += _spaced(token, twin)
        else:
            pieces += _replaced(_text(one[ours]), _text(other[theirs]))
    return pieces


def _spaced(token: _Token, twin: _Token) -> list[Piece]:
    """The same word in both, though perhaps not the same space after it."""
    if token == twin:
        return [Piece("same", token.word + token.space)]
    return [Piece("same", token.word), *_replaced(token.space, twin.space)]


def _replaced(before: str, after: str) -> list[Piece]:
    return [Piece("removed", before), Piece("added", after)]


def _letters(runs: Iterable[Iterable[_Token]]) -> int:
    return sum(len(token.word) for run in runs for token in run)


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(token.word + token.space for token in tokens)


def _aligned(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Runs in order: whether they are the same, and where they stand in each."""
    is_large = len(one) * len(other) > _THOROUGH
    matcher = SequenceMatcher(None, one, other, autojunk=is_large)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        yield tag == "equal", slice(start, end), slice(other_start, other_end)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind are one; what was removed comes before what was added instead."""
    waiting = ""  # what is the same, until something differs
    for is_same, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        if is_same:
            waiting += "".join(piece.text for piece in run)
            continue
        changes = list(run)
        removed = "".join(piece.text for piece in changes if piece.kind == "removed")
        added = "".join(piece.text for piece in changes if piece.kind == "added")
        # The space that ends both is the same space.
        space = _space_at_end(removed, added)
        removed, added = removed.removesuffix(space), added.removesuffix(space)
        yield from _said(Piece("same", waiting), *_replaced(removed, added))
        waiting = space
    yield from _said(Piece("same", waiting))


def _said(*pieces: Piece) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.text)


def _space_at_end(one: str, other: str) -> str:
    ends = [text[len(text.rstrip()) :][::-1] for text in (one, other)]
    return commonprefix(ends)[::-1]
