"""Which prioritised area a title means: of the city's catalogues, old and new, and the district's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plans.reading.outcome import KnownArea
from plans.reading.words import alike, folded
from samverkan.reading.outcome import Answers, Sureness

OWN, NONE = "eget", "inget"  # an area of the district's own; no area at all

_SURE, LIKELY, _PERHAPS = 0.92, 0.78, 0.62
# What stands before the name in a title, and a number.
_BEFORE = re.compile(
    r"^\s*(?:\d+[.)]?\s+|(?:prioriterat|prioriterade)?\s*(?:samverkans|insats)?område(?:\s*\d+)?\s*[:–-]\s*)+",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"^\W*(?:eget|egna)\s+prioriterat\s+(?:samverkans)?område\W*\d*\W*$", re.I
)


@dataclass(frozen=True)
class Match:
    """The area that a title is likest, and how sure that is; none where it is like no other."""

    area: KnownArea | None
    sureness: Sureness


def bare(title: str) -> str:
    """The name alone: "Prioriterat område 2: Unga i riskzon" is "Unga i riskzon"."""
    return _BEFORE.sub("", title).strip(" .:") or title.strip()


def is_placeholder(title: str) -> bool:
    """The form's empty page for an area of the district's own."""
    return bool(_PLACEHOLDER.match(title))


def question_about(title: str) -> str:
    return f"area:{folded(bare(title))}"


def value_of(area: KnownArea) -> str:
    return f"{area.catalogue or OWN}/{area.slug}"


def answered(title: str, areas: Iterable[KnownArea], answers: Answers) -> tuple[bool, Match | None]:
    """Whether somebody has said what the title means, and what: None where it is no area."""
    said = answers.get(question_about(title))
    if said == NONE:
        return True, None
    if said == OWN:
        return True, Match(None, Sureness.CERTAIN)
    for area in areas:
        if said == value_of(area):
            return True, Match(area, Sureness.CERTAIN)
    return False, None


def find(title: str, areas: Sequence[KnownArea]) -> Match:
    """The closest."""
    ranked = closest(title, areas)
    if not ranked or ranked[0][0] < _PERHAPS:
        return Match(None, Sureness.UNSURE)
    likeness, area = ranked[0]
    if likeness >= _SURE:
        return Match(area, Sureness.CERTAIN)
    return Match(area, Sureness.LIKELY if likeness >= LIKELY else Sureness.UNSURE)


def find_likeness(title: str, areas: Sequence[KnownArea]) -> float:
    """How like the title the likest of them is."""
    return max((likeness for likeness, _ in closest(title, areas)), default=0.0)


def closest(title: str, areas: Iterable[KnownArea]) -> list[tuple[float, KnownArea]]:
    """All of them, the likest first; of two as like the one of the newest catalogue."""
    name = bare(title)
    ranked = [
        (max(_likeness(name, known) for known in (area.name, *area.aliases)), area)
        for area in areas
    ]
    return sorted(ranked, key=lambda pair: (-pair[0], -(pair[1].catalogue or 9999)))


@lru_cache(maxsize=4096)
def _likeness(title: str, name: str) -> float:
    """A name cut short is the same name; so are its weightiest words in their order."""
    if folded(title) == folded(name):
        return 1.0
    likeness = alike(title, name)
    said, known = _words(title), _words(name)
    if len(said) >= 2 and known[: len(said)] == said:
        return max(likeness, 0.95)
    if said and len("".join(said)) >= 8 and _in_order(said, known):
        return max(likeness, 0.85)
    return likeness


def _words(text: str) -> list[str]:
    return [word for word in (folded(word) for word in re.split(r"\W+", text)) if word]


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(any(word == other for other in rest) for word in few)
