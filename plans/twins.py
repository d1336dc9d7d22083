"""Texts that say the same thing twice, word for word or nearly.

Nearly is either of two: long texts with most of their words in common, or names in which one long
word is spelled in two ways ("Skarpnäcksliftet", "Skarpnäckslyftet"). Texts with different figures
in them are different things, however alike ("Grupp 1", "Grupp 2").
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from os.path import commonprefix

_WORD = re.compile(r"\w+")

# Of so many words one may be another; and a text has so many, to be compared in this way.
_ONE_IN = 5
# So long a word may be spelled in two ways, with so many letters between what begins and ends both.
_LONG_WORD = 7
_MISSPELLED = 2
# A word is held against no more than so many others that begin alike.
_MOST = 40

Words = tuple[str, ...]


def twins(texts: Sequence[str]) -> dict[int, int]:
    """The place of each text that says what an earlier one says, and the place of that one."""
    words = [tuple(_WORD.findall(text.casefold())) for text in texts]
    first: dict[Words, int] = {}
    found: dict[int, int] = {}
    for place, said in enumerate(words):
        if not said:
            continue
        if said in first:
            found[place] = first[said]
        else:
            first[said] = place
    near = _near(first)
    found = {place: near.get(other, other) for place, other in found.items()}
    return found | near


def _near(places: dict[Words, int]) -> dict[int, int]:
    """The same for texts that differ, each with its place."""
    found = _spelled_in_two_ways(places)
    # A bit for each word: two texts are compared by two operations on numbers, and so every text
    # can be held against every other.
    bits: dict[str, int] = {}
    earlier: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for said, place in places.items():
        if place in found or len(said) < _ONE_IN:
            continue
        ours = 0
        for word in said:
            ours |= 1 << bits.setdefault(word, len(bits))
        comparable = earlier[_figures(said)]
        for theirs, other in comparable:
            if (ours ^ theirs).bit_count() * _ONE_IN <= (ours | theirs).bit_count():
                found[place] = other
                break
        else:
            comparable.append((ours, place))
    return found


def _figures(said: Words) -> frozenset[str]:
    return frozenset(word for word in said if not word.isalpha())


def _spelled_in_two_ways(places: dict[Words, int]) -> dict[int, int]:
    """Only one word differs, by a letter or two within it. It begins alike: that is how it is found."""
    found: dict[int, int] = {}
    but_one: dict[Hashable, list[tuple[str, int]]] = defaultdict(list)
    for said, place in places.items():
        if len(said) > _ONE_IN:
            continue
        keys = [
            ((said[:number], word[:3], said[number + 1 :]), word)
            for number, word in enumerate(said)
            if len(word) >= _LONG_WORD and word.isalpha()
        ]
        for key, word in keys:
            for other, twin in but_one[key][-_MOST:]:
                if _is_misspelled(word, other):
                    found.setdefault(place, twin)
        if place not in found:
            for key, word in keys:
                but_one[key].append((word, place))
    return found


def _is_misspelled(one: str, other: str) -> bool:
    begins = len(commonprefix([one, other]))
    ends = len(commonprefix([one[begins:][::-1], other[begins:][::-1]]))
    return max(len(one), len(other)) - begins - ends <= _MISSPELLED
