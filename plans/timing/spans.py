"""Stretches of time as written: a day, a week, a month, a season, a tertial, a year.

What is written without its year belongs to the plan's.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from plans.timing.months import MONTH, month
from plans.timing.numbers import rank
from plans.timing.scanning import Phrase, phrase


class Size(Enum):
    DAY = auto()
    PART = auto()  # of a year
    YEAR = auto()


@dataclass(frozen=True)
class Span:
    start: date
    end: date

    def part(self, which: int) -> "Span":
        """Its beginning (0), middle (1) or end (2): thirds, in whole months where there are several."""
        if (self.end - self.start).days < 27:
            return self
        year, first = self.start.year, self.start.month
        months = (self.end.year - year) * 12 + self.end.month - first + 1
        if months < 3:
            days = (0, 10, 20, (self.end - self.start).days + 1)
            return Span(
                self.start + timedelta(days[which]), self.start + timedelta(days[which + 1] - 1)
            )
        edges = (0, -(-months // 3), -(-2 * months // 3), months)
        return stretch(year, first + edges[which], first + edges[which + 1] - 1)


@dataclass(frozen=True)
class When:
    """A time as written. Only the year may be missing."""

    in_year: Callable[[int], Span | None]
    year: int | None
    size: Size = Size.PART
    # T1 and årsskiftet are named for the day on which they end: before T1 is by that day.
    is_named_for_its_end: bool = False

    def span(self, period: Span) -> Span | None:
        if self.year is not None:
            return self._in(self.year)
        for year in range(period.end.year, period.start.year - 1, -1):
            meant = self._in(year)
            if meant and period.start <= meant.end <= period.end:
                return meant  # the last one that the plan reaches
        return self._in(period.end.year)

    def of(self, year: int | None) -> "When":
        return self if year is None or self.year is not None else replace(self, year=year)

    def _in(self, year: int) -> Span | None:
        try:
            return self.in_year(year)
        except (ValueError, OverflowError):  # 31 februari, vecka 53, after the last year there is
            return None


def stretch(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last of another; month 13 is January."""
    year, first, last = (
        year + (first - 1) // 12,
        (first - 1) % 12 + 1,
        last - (first - 1) // 12 * 12,
    )
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Span(
        date(year, first, 1),
        date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]),
    )


# Spring and autumn end with the working term, not with the almanac: "klart i höst" is not late
# on the first of December. They begin with the almanac, for "till hösten" is not in July.
_SEASONS = {
    "våren": (3, 6),
    "sommaren": (6, 8),
    "hösten": (9, 12),
    "vintern": (12, 14),
    "vårterminen": (1, 6),
    "höstterminen": (8, 12),
}
_SHORT = {"vt": "vårterminen", "ht": "höstterminen"}
_RANKS = "första|andra|tredje|fjärde"

_YEAR = (
    r"(?:,?\s?(?:år\s|under\s)?(20[0-9]{2})(?![0-9])"
    rf"|\s?[-'´’]([0-9]{{2}})(?![\w/.:]|\s?-|\s{MONTH}))?"
)


def _year(long: str | None, short: str | None = None) -> int | None:
    return int(long) if long else 2000 + int(short) if short else None


def _day(year: int | None, month_number: int, first: int, last: int | None = None) -> When:
    def in_year(written: int) -> Span:
        start = date(written, month_number, first)
        return Span(start, start.replace(day=last) if last else start)

    return When(in_year, year, Size.PART if last else Size.DAY)


def _part(year: int | None, first: int, last: int, is_named_for_its_end: bool = False) -> When:
    return When(lambda y: stretch(y, first, last), year, Size.PART, is_named_for_its_end)


def _week(match: re.Match[str]) -> When:
    first, last = int(match[1]), int(match[2] or match[1])

    def in_year(year: int) -> Span:
        return Span(date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 7))

    return When(in_year, _year(match[3], match[4]))


def _season(match: re.Match[str]) -> When:
    name = next(season for season in _SEASONS if season.startswith(_SHORT.get(match[1], match[1])))
    year = _year(match[3], match[2] or match[4])
    if year and match[5]:  # vintern 2024/2025
        year = 2000 + int(match[5][-2:]) - 1
    return _part(year, *_SEASONS[name])


def _numbered(match: re.Match[str], months: int, is_named_for_its_end: bool = False) -> When:
    """Quarters, tertials and halves: kvartal 2, andra kvartalet, T1-3."""
    first = int(match[1]) if match[1] else rank(match[3])
    last = max(first, int(match[2])) if match[2] else first
    year = _year(match[4], match[5])
    return _part(year, (first - 1) * months + 1, last * months, is_named_for_its_end)


def _school_year(match: re.Match[str]) -> When | None:
    first, last = (2000 + int(said[-2:]) for said in match.groups())
    if last != first + 1:
        return None
    return When(lambda year: stretch(year, 8, 18), first, Size.YEAR)


def _whole_year(year: int | None) -> When:
    return When(lambda y: stretch(y, 1, 12), year, Size.YEAR)


def _years(first: int, last: int) -> When | None:
    if last < first:
        return None
    return When(lambda y: stretch(y, 1, 12 * (last - first + 1)), first, Size.YEAR)


def _end_of_year(year: int | None) -> When:
    def in_year(written: int) -> Span:
        return Span(date(written, 12, 31), date(written, 12, 31))

    return When(in_year, year, Size.DAY, is_named_for_its_end=True)


_DAY_NUMBER = r"([0-9]{1,2})(?:\s?:?[ae](?!\w)|\.)?"

_AND = r"\s?(?:-|,|&|och)\s?"
_ALONE = r"(?!\w)(?!\s?(?:[^\W\d]|/|[0-9]{1,3}(?![0-9])))"  # not the 2 of "T1, 2 ggr/år"

# The longer before the shorter, here and below: a month before its year.
DAYS: tuple[Phrase, ...] = (
    phrase(
        r"(20[0-9]{2})([-./])([0-9]{1,2})\2([0-9]{1,2})",
        lambda m: _day(int(m[1]), int(m[3]), int(m[4])),
    ),
    phrase(
        r"(?<!-)(?:20)?([1-4][0-9])(-?)([01][0-9])\2([0-3][0-9])",
        lambda m: _day(2000 + int(m[1]), int(m[3]), int(m[4])),
    ),
    phrase(
        r"([0-9]{1,2})\s?([./])\s?([0-9]{1,2})\2(20[0-9]{2})",
        lambda m: _day(int(m[4]), int(m[3]), int(m[1])),
    ),
    phrase(
        rf"(?:den\s)?([0-9]{{1,2}})/([0-9]{{1,2}}){_YEAR}",
        lambda m: _day(_year(m[3], m[4]), int(m[2]), int(m[1])),
    ),
    phrase(
        rf"(?:den\s)?{_DAY_NUMBER}(?:\s?-\s?{_DAY_NUMBER})?\s?({MONTH}){_YEAR}",
        lambda m: _day(_year(m[4], m[5]), month(m[3]), int(m[1]), int(m[2]) if m[2] else None),
    ),
)
STRETCHES: tuple[Phrase, ...] = (
    phrase(
        r"(20[0-9]{2})-(0[1-9]|1[0-2])",
        lambda m: _part(int(m[1]), int(m[2]), int(m[2])),
    ),
    phrase(rf"({MONTH}){_YEAR}", lambda m: _part(_year(m[2], m[3]), month(m[1]), month(m[1]))),
    phrase(
        rf"v(?:ecka|eckorna|\.)?\s?([0-9]{{1,2}})(?:\s?-\s?([0-9]{{1,2}}))?(?![0-9/]){_YEAR}", _week
    ),
    phrase(
        rf"(?:(?:kvartal|kv\.?|q)\s?([1-4])(?:{_AND}([1-4]){_ALONE})?|({_RANKS})\skvartalet){_YEAR}",
        lambda m: _numbered(m, 3),
    ),
    phrase(
        rf"(?:(?:tertial|t)\s?([1-3])(?:{_AND}([1-3]){_ALONE})?|(första|andra|tredje)\stertialet){_YEAR}",
        lambda m: _numbered(m, 4, is_named_for_its_end=True),
    ),
    phrase(
        rf"(?:(?:halvår|h)\s?([12])()|(första|andra)\shalvåret){_YEAR}",
        lambda m: _numbered(m, 6),
    ),
    phrase(
        rf"(?:vb|verksamhetsberättelsen?|årsberättelsen?){_YEAR}",
        lambda m: _part(_year(m[1], m[2]), 9, 12, is_named_for_its_end=True),
    ),
    phrase(
        r"(vårtermin(?:en)?|hösttermin(?:en)?|vt|ht|vår(?:en)?|sommar(?:en)?|höst(?:en)?|vinter(?:n)?)"
        rf"(?:\s?[-'´’]?([0-9]{{2}})(?![\w/.:])|{_YEAR}(?:\s?[/-]\s?((?:20)?[0-9]{{2}})(?![0-9]))?)",
        _season,
    ),
    phrase(r"läsår(?:et)?\s((?:20)?[0-9]{2})\s?[/-]\s?((?:20)?[0-9]{2})(?![0-9])", _school_year),
    phrase(
        r"(?:års(?:skiftet|slutet)|årets\sslut|slutet\s(?:av|på)\s(?:året|år))"
        r"(?:\s?(20[0-9]{2})(?:\s?[/-]\s?(?:20)?[0-9]{2})?)?(?![0-9])",
        lambda m: _end_of_year(_year(m[1])),
    ),
    phrase(
        r"(20[0-9]{2})(?:\s?[-/]\s?)((?:20)?[0-9]{2})(?![-0-9])",
        lambda m: _years(int(m[1]), 2000 + int(m[2][-2:])),
    ),
    phrase(
        r"(?:år(?:et)?\s)?(20[0-9]{2})(?![-0-9])|(?:verksamhets)?året|i\sår",
        lambda m: _whole_year(_year(m[1])),
    ),
)
