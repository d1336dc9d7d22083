"""A short text is read from left to right as phrases, each with its meaning; other words are passed by."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 500  # what is longer tells a story; no time takes that many words
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u00ad": None}
)
_WORD = re.compile(r"\w+|\W")
_SAYS_NOTHING = frozenset(
    ("och", "samt", "den", "det", "de", "av", "en", "ett", "som", "är", "ska", "på", "vid", "i")
)


@dataclass(frozen=True)
class Phrase:
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str]], Any]


@dataclass(frozen=True)
class Found:
    meaning: Any  # None: it looks like a time, but there is none such (31 februari)
    start: int
    end: int


@dataclass(frozen=True)
class Scanned:
    said: str
    found: tuple[Found, ...]
    passed_by: int  # words that are no part of any phrase


def phrase(pattern: str, meaning: Callable[[re.Match[str]], Any]) -> Phrase:
    return Phrase(re.compile(rf"(?:{pattern})(?!\w)"), meaning)


def plain(text: str) -> str:
    """Lower case, one kind of dash, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().translate(_DASHES).split())


def scan(text: str, phrases: Sequence[Phrase]) -> Scanned:
    """Whoever calls it has seen to it that the text is not too long to be a time at all."""
    said = plain(text)
    found, passed_by, at = [], 0, 0
    while at < len(said):
        for one in phrases:
            match = one.pattern.match(said, at)
            if match and match.end() > at:
                found.append(Found(one.meaning(match), at, match.end()))
                at = match.end()
                break
        else:
            word = _WORD.match(said, at)
            assert word
            passed_by += word[0][0].isalpha() and word[0] not in _SAYS_NOTHING
            at = word.end()
    return Scanned(said, tuple(found), passed_by)
