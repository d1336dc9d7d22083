"""The twelve months and the seven days, written out or cut short, alone or listed."""

import re

from plans.timing.numbers import listed

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
_WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag"
MONTHS, WEEKDAYS = tuple(_MONTHS.split()), tuple(_WEEKDAYS.split())
ALL_MONTHS = frozenset(range(1, 13))

# "jul" alone is Christmas as often as July.
MONTH = (
    r"(?:(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli|aug(?:usti)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)\.?|jul\.)"
)
WEEKDAY = r"(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en|ar|arna)?)?(?!\w)"
MONTHS_TOGETHER = rf"{MONTH}(?:\s?-\s?{MONTH})?"
_SUMMER = r"(?:sommaren|sommarmånaderna|sommaruppehållet|sommartid)"
MONTHS_LISTED = rf"(?:{listed(MONTHS_TOGETHER)}|{_SUMMER})"

_RANGE = re.compile(rf"({MONTH})(?:\s?-\s?({MONTH}))?")


def month(said: str) -> int:
    return next(at for at, name in enumerate(MONTHS, 1) if name[:3] == said[:3])


def weekday(said: str) -> int:
    return next(at for at, name in enumerate(WEEKDAYS) if name[:3] == said[:3])


def months(said: str) -> frozenset[int]:
    """Every month of a list; november-februari goes round the turn of the year."""
    if re.fullmatch(_SUMMER, said):
        return frozenset((6, 7, 8))
    meant: set[int] = set()
    for match in _RANGE.finditer(said):
        first = month(match[1])
        last = month(match[2]) if match[2] else first
        meant.update((first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1))
    return frozenset(meant)
