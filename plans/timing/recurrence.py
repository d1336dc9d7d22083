"""How often something is held: how many times in a span of days, and on which days where that is said.

A frequency ("1 gång per månad") gives a number and never a day; a weekday ("sista tisdagen i
månaden utom juli") gives the days.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from plans.timing.months import ALL_MONTHS
from plans.timing.spans import Span, stretch


class Unit(Enum):
    """What a frequency is counted per."""

    DAY = "dag"
    WEEK = "vecka"
    MONTH = "månad"
    QUARTER = "kvartal"
    TERTIAL = "tertial"
    HALF_YEAR = "halvår"
    TERM = "termin"
    SCHOOL_YEAR = "läsår"
    YEAR = "år"


_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {
    Unit.MONTH: tuple((at, at) for at in range(1, 13)),
    Unit.QUARTER: ((1, 3), (4, 6), (7, 9), (10, 12)),
    Unit.TERTIAL: ((1, 4), (5, 8), (9, 12)),
    Unit.HALF_YEAR: ((1, 6), (7, 12)),
    Unit.TERM: ((1, 6), (8, 12)),
    Unit.SCHOOL_YEAR: ((8, 18),),
    Unit.YEAR: ((1, 12),),
}


@dataclass(frozen=True)
class Recurrence:
    times: int  # in each unit; the smaller one of "1–2 gånger"
    per: Unit | None  # None: so many in all
    every: int = 1  # each unit, each other one, each third
    at_most: int | None = None  # the greater one of "1–2 gånger"
    is_at_least: bool = False
    weekdays: tuple[int, ...] = ()  # 0 is Monday
    ranks: tuple[int, ...] = ()  # which ones in the month: 1 and 3, or -1 for the last
    week_parity: int | None = None  # 0 even weeks, 1 odd
    months: frozenset[int] = ALL_MONTHS
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def says_dates(self) -> bool:
        """Every other Tuesday says no dates until it is known which one is the first."""
        if not self.weekdays:
            return False
        if self.week_parity is not None:
            return self.every <= 2
        return self.every == 1 or self.starts_on is not None

    @property
    def in_a_year(self) -> int | None:
        """In a whole year without limits; None where that cannot be said."""
        if self.per is None or max(self.ranks, default=0) > 4:  # not every month has a fifth
            return None
        if self.ranks:
            return len(self.months) * len(self.ranks) * len(self.weekdays)
        if self.per in _DAYS:
            return self.times * (365 // (_DAYS[self.per] * self._between))
        units = len(self.months) if self.per is Unit.MONTH else len(_MONTHS[self.per])
        return self.times * units // self.every

    @property
    def _between(self) -> int:
        return 2 if self.week_parity is not None else self.every

    def dates(self, start: date, end: date) -> tuple[date, ...]:
        """The days on which it is held, as far as the words say; both ends are counted."""
        span = self._within(start, end)
        if span is None or not self.says_dates:
            return ()
        days = self._in_months(span) if self.ranks else self._in_weeks(span)
        return tuple(day for day in days if day.month in self.months)

    def planned(self, start: date, end: date) -> int | None:
        """How many are to have been held from one day to the other; None where it cannot be said.

        A month that has only begun is not counted, for its meeting may still come.
        """
        span = self._within(start, end)
        if span is None:
            return 0
        if self.says_dates:
            return len(self.dates(start, end))
        if self.per is None:
            is_whole = span == Span(self.starts_on or date.min, self.ends_on or date.max)
            return self.times if is_whole else None
        if self.per in _DAYS:
            return self._by_days(span, _DAYS[self.per] * self._between)
        return self._by_units(span, self.per)

    def _within(self, start: date, end: date) -> Span | None:
        start, end = max(start, self.starts_on or start), min(end, self.ends_on or end)
        return Span(start, end) if start <= end else None

    def _in_weeks(self, span: Span) -> Iterator[date]:
        first = self.starts_on or span.start
        first_week = min(
            _week(first.toordinal() + (weekday - first.weekday()) % 7) for weekday in self.weekdays
        )
        for ordinal in range(span.start.toordinal(), span.end.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.weekday() not in self.weekdays:
                continue
            if self.week_parity is not None:
                is_its_week = day.isocalendar().week % 2 == self.week_parity
            else:
                is_its_week = (_week(ordinal) - first_week) % self.every == 0
            if is_its_week:
                yield day

    def _in_months(self, span: Span) -> Iterator[date]:
        months = range(
            span.start.year * 12 + span.start.month - 1, span.end.year * 12 + span.end.month
        )
        for year, month in (divmod(at, 12) for at in months):
            days = (
                self._ranked(year, month + 1, rank, w) for rank in self.ranks for w in self.weekdays
            )
            yield from sorted(day for day in days if day and span.start <= day <= span.end)

    @staticmethod
    def _ranked(year: int, month: int, rank: int, weekday: int) -> date | None:
        length = calendar.monthrange(year, month)[1]
        first = (weekday - date(year, month, 1).weekday()) % 7 + 1
        days = range(first, length + 1, 7)
        at = rank - 1 if rank > 0 else len(days) + rank
        return date(year, month, days[at]) if 0 <= at < len(days) else None

    def _by_days(self, span: Span, days: int) -> int | None:
        ordinals = range(span.start.toordinal(), span.end.toordinal() + 1)
        if self.months != ALL_MONTHS:
            held = sum(date.fromordinal(at).month in self.months for at in ordinals)
        else:
            held = len(ordinals)
        return self.times * (held // days) if len(ordinals) >= days else None

    def _by_units(self, span: Span, per: Unit) -> int | None:
        """A unit counts when at least half of it is left at the start, and it is over at the end."""
        whole = counted = 0
        for year in range(max(span.start.year - 1, date.min.year), span.end.year + 1):
            for first, last in _MONTHS[per]:
                if last > 12 and year == date.max.year:
                    continue
                unit = stretch(year, first, last)
                left = (unit.end - max(unit.start, span.start)).days + 1
                length = (unit.end - unit.start).days + 1
                if unit.end <= span.end and left * 2 >= length:
                    whole += 1
                    counted += per is not Unit.MONTH or first in self.months
        return self.times * (counted // self.every) if whole >= self.every else None


def _week(ordinal: int) -> int:
    """Which week since the beginning of the calendar, which was a Monday."""
    return (ordinal - 1) // 7
