"""Labels that are times: years, school years, terms, quarters, months. What is far apart in time is
drawn far apart, and a time that is not among the labels is a gap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from math import gcd

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NOTE = r"(?:\s*\*+|[\s,]*\(.*\)|,? (?:t\.?o\.?m\.?|till och med|hittills|prel).*)?"
_TERMS = ("vt", "ht")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_SHORT = [month[:3] for month in _MONTHS]
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
# How many parts a year has, and how one of them is written.
_PARTS = (
    (2, "(?P<part>vt|ht)"),
    (3, "(?:tertial |t)(?P<part>[123])"),
    (4, r"(?:kvartal |kv|k|q)\.? ?(?P<part>[1-4])"),
    (12, rf"(?P<part>{_MONTH})\.?"),
)
_WHOLE = re.compile(rf"(?:år )?{_YEAR}(?:[/–-](?:20)?(?P<next>\d\d))?{_NOTE}", re.IGNORECASE)
_PATTERNS = [
    (parts, re.compile(f"{written}{_NOTE}", re.IGNORECASE))
    for parts, part in _PARTS
    for written in (f"{part},? ?{_YEAR}", f"{_YEAR},? ?{part}")
]


@dataclass(frozen=True)
class Moment:
    parts: int  # of the year: 1, where it is a whole one
    number: int  # of such parts

    def __str__(self) -> str:
        year, part = divmod(self.number, self.parts)
        before = {
            2: _TERMS[part % 2].upper(),
            3: f"T{part + 1}",
            4: f"Kv {part + 1}",
            12: _SHORT[part],
        }
        return f"{before[self.parts]} {year}" if self.parts > 1 else f"{year}"


def moment_of(label: str) -> Moment | None:
    """What time it says, if it says nothing else. "2023*" and "2023 (till november)" are 2023."""
    words = " ".join(label.split())
    if found := _WHOLE.fullmatch(words):
        year, after = int(found["year"]), found["next"]
        return None if after and int(after) != (year + 1) % 100 else Moment(1, year)
    for parts, pattern in _PATTERNS:
        if found := pattern.fullmatch(words):
            return Moment(parts, int(found["year"]) * parts + _place(found["part"].lower()))
    return None


def _place(part: str) -> int:
    if part.isdecimal():
        return int(part) - 1
    return _TERMS.index(part) if part in _TERMS else _SHORT.index(part[:3])


def moments_of(labels: Sequence[str]) -> list[Moment] | None:
    """What times the labels say, if all of them do, of one kind."""
    found = [moment_of(label) for label in labels]
    moments = [moment for moment in found if moment]
    if not moments or len(moments) < len(found) or len({m.parts for m in moments}) > 1:
        return None
    return moments


def step_of(moments: Sequence[Moment]) -> int:
    """From one to the next: 1, or what all of them are apart. What is measured every third year has
    no gaps between."""
    numbers = sorted({moment.number for moment in moments})
    return reduce(gcd, (after - before for before, after in pairwise(numbers)), 0) or 1
