"""How often, as written: so many times per unit, each or each other unit, weekdays, months, exceptions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from plans.timing.months import (
    ALL_MONTHS,
    MONTH,
    MONTHS_LISTED,
    MONTHS_TOGETHER,
    WEEKDAY,
    month,
    months,
    weekday,
)
from plans.timing.numbers import LAST, LAST_BUT_ONE, NUMBER, RANK, listed, number, rank
from plans.timing.recurrence import Recurrence, Unit
from plans.timing.scanning import Phrase, phrase


@dataclass(frozen=True)
class Days:
    """Weekdays, and which of them: the last of the month, those of even weeks."""

    weekdays: tuple[int, ...]
    ranks: tuple[int, ...] = ()
    every: int | None = None  # None: only the days are said
    months: frozenset[int] = ALL_MONTHS


@dataclass(frozen=True)
class Each:
    """Varannan vecka. How many times is not said: once, unless weekdays are named beside it."""

    per: Unit
    every: int = 1

    @property
    def once(self) -> Recurrence:
        return Recurrence(1, self.per, self.every)


@dataclass(frozen=True)
class Parity:
    week_parity: int


@dataclass(frozen=True)
class Months:
    """Months that stand by themselves: when something is held, or the time it takes."""

    months: frozenset[int]
    is_list: bool  # feb, maj och nov; and not februari–maj, nor maj och juni
    first: int
    last: int
    year: int | None = None


@dataclass(frozen=True)
class Except:
    months: frozenset[int]  # empty: something else is excepted, and it is not known what


_UNITS = {
    r"dag(?:en)?": Unit.DAY,
    r"v(?:ecka(?:n)?|\.)?": Unit.WEEK,
    r"mån(?:ad(?:en)?|\.)?": Unit.MONTH,
    r"kvartal(?:et)?": Unit.QUARTER,
    r"tertial(?:et)?": Unit.TERTIAL,
    r"halvår(?:et)?": Unit.HALF_YEAR,
    r"termin(?:en)?": Unit.TERM,
    r"läsår(?:et)?": Unit.SCHOOL_YEAR,
    r"(?:verksamhets|kalender)?år(?:et|ligen)?": Unit.YEAR,
}
UNIT = rf"(?:{'|'.join(_UNITS)})(?!\w)"
_ADVERBS = {
    "daglig": Unit.DAY,
    "vecko": Unit.WEEK,
    "månads": Unit.MONTH,
    "månatlig": Unit.MONTH,
    "kvartals": Unit.QUARTER,
    "tertial": Unit.TERTIAL,
    "halvårs": Unit.HALF_YEAR,
    "termins": Unit.TERM,
    "årlig": Unit.YEAR,
    "års": Unit.YEAR,
}
_EVENT = (
    r"(?:(?:ggr|gång(?:er)?|gg|g|x)\.?|\w{0,30}(?:möten?|träff(?:ar)?|rund(?:a|or)|tillfällen?"
    r"|omgång(?:ar)?|vandring(?:ar)?|rond(?:er)?|avstämning(?:ar)?|utbildning(?:ar)?|dialog(?:er)?))"
)
_ABOUT = r"(?:(minst|lägst)\s|(?:högst|max|ca\.?|cirka|ungefär|totalt|sammanlagt)\s)?"


def _unit(said: str) -> Unit:
    return next(unit for pattern, unit in _UNITS.items() if re.fullmatch(pattern, said))


def _times(match: re.Match[str]) -> Recurrence | None:
    low, high = number(match[2]), number(match[3]) if match[3] else None
    if low == 0 or (high is not None and high <= low):
        return None
    per = _unit(match[4]) if match[4] else None
    return Recurrence(low, per, at_most=high, is_at_least=bool(match[1]))


def _every(match: re.Match[str]) -> Recurrence | Each | None:
    every = 1 if match[2] else 2 if match[3] else rank(match[4])
    if every < 1:
        return None
    each = Each(_unit(match[5]), every)
    return replace(each.once, times=number(match[1])) if match[1] else each


def _adverb(match: re.Match[str]) -> Each:
    return Each(next(unit for word, unit in _ADVERBS.items() if match[0].startswith(word)))


def _weekdays(said: str) -> tuple[int, ...]:
    days = re.findall(WEEKDAY, said)
    if re.search(r"\w\s?-\s?\w", said):
        return tuple(range(weekday(days[0]), weekday(days[-1]) + 1))
    return tuple(sorted({weekday(day) for day in days}))


def _days_of_month(match: re.Match[str]) -> Days | None:
    ranks = tuple(rank(said) for said in re.findall(RANK, match[1]))
    if not all(at in (*range(1, 6), LAST, LAST_BUT_ONE) for at in ranks):
        return None
    return Days(_weekdays(match[2]), ranks, every=1, months=_of_which(match[3] or "", ranks))


def _of_which(said: str, ranks: tuple[int, ...]) -> frozenset[int]:
    """The months of the last Tuesday in the month, in May, in the quarter."""
    if "kvartal" in said:
        return frozenset((3, 6, 9, 12) if min(ranks) < 0 else (1, 4, 7, 10))
    return months(said) or ALL_MONTHS


def _days_of_week(match: re.Match[str]) -> Days:
    said = match[1]
    every = 2 if said and said.endswith("annan") else rank(match[2]) if match[2] else 1
    is_said = bool(said or match[2]) or "ar" in match[3] or "-" in match[3]
    return Days(_weekdays(match[3]), every=every if is_said else None)


def _listed_months(match: re.Match[str]) -> Months:
    named = [month(said) for said in re.findall(MONTH, match[1])]
    in_a_row = list(range(named[0], named[-1] + 1)) == named
    is_list = not in_a_row and bool(re.search(r",|\soch\s|\ssamt\s|&", match[1]))
    year = int(match[2]) if match[2] else None
    return Months(months(match[1]), is_list, named[0], named[-1], year)


FREQUENCIES: tuple[Phrase, ...] = (
    phrase(
        r"(?:,?\s?(?:utom|förutom|undantaget|med\sundantag\s(?:för|av)|exkl(?:usive)?\.?|uppehåll"
        rf"|(?:men|dock)?\s?(?:inte|ej))(?:\s(?:under|i|för))?\s)({MONTHS_LISTED})(?:\smånad)?",
        lambda m: Except(months(m[1])),
    ),
    phrase(
        r"(?:utom|förutom|undantaget|med\sundantag\s(?:för|av)|exkl(?:usive)?\.?|uppehåll|ej\sunder"
        r"|inte\sunder)",
        lambda m: Except(frozenset()),
    ),
    phrase(
        rf"{_ABOUT}({NUMBER})(?:\s?(?:-|till|eller)\s?({NUMBER}))?\s?{_EVENT}?"
        rf"\s?(?:per|/|i|om|varje|under|på)\s?({UNIT})",
        _times,
    ),
    phrase(
        rf"(?:({NUMBER})\s?{_EVENT}\s)?(?:(varje|varenda|var|vart)|(var\s?annan|vart\s?annat)"
        rf"|(?:var|vart)\s({RANK}))\s({UNIT})",
        _every,
    ),
    # "En träff" is what is done, and no frequency.
    phrase(
        rf"{_ABOUT}(?!en\s|ett\s|1\s)({NUMBER})(?:\s?(?:-|till|eller)\s?({NUMBER}))?\s?{_EVENT}()",
        _times,
    ),
    phrase(
        r"dagligen|daglig|veckovis|månadsvis|månatlig(?:en|t)?|kvartalsvis|tertialvis|halvårsvis"
        r"|terminsvis|årligen|årlig[ta]?|årsvis",
        _adverb,
    ),
    phrase(
        rf"(?:den\s)?({listed(RANK)})\s({listed(WEEKDAY)})"
        r"(?:\s(?:i\svarje|i|per|varje|av)\s(månad(?:en)?(?!\w)|kvartal(?:et)?(?!\w)"
        rf"|{MONTH}(?!\s?(?:-|,|&|och|samt)\s?{MONTH})))?",
        _days_of_month,
    ),
    phrase(
        rf"(?:på\s)?(?:(varje|var\s?annan|alla)\s|(?:var)\s({RANK})\s)?"
        rf"({WEEKDAY}\s?-\s?{WEEKDAY}|{listed(WEEKDAY)})",
        _days_of_week,
    ),
    phrase(r"(?:varje\svardag|vardagar|alla\svardagar)", lambda m: Days((0, 1, 2, 3, 4), every=1)),
    phrase(
        r"(?:i\s|på\s|varje\s)?(?:(jämna?)|udda|ojämna?)\s(?:veckor|vecka|v\.?)",
        lambda m: Parity(0 if m[1] else 1),
    ),
    phrase(
        r"(?:vår(?:en)?\soch\s(?:på\s)?höst(?:en)?|höst(?:en)?\soch\s(?:på\s)?vår(?:en)?)"
        r"(?!\s?(?:20|-))",
        lambda m: Recurrence(1, Unit.TERM),
    ),
)

# Two at least: a month alone is a date.
_LISTED = listed(MONTHS_TOGETHER)
LISTED_MONTHS: tuple[Phrase, ...] = (
    phrase(
        rf"(?={MONTH}\s?(?:-|,|&|och|samt)\s?{MONTH})({_LISTED})(?:\s(20[0-9]{{2}}))?",
        _listed_months,
    ),
)


@dataclass(frozen=True)
class Frequency:
    recurrence: Recurrence | None
    is_said: bool  # also where it could not be put together


def frequency(meanings: Sequence[Any]) -> Frequency:
    """Every phrase of one text, put together; where they do not agree there is no recurrence."""
    said = _Said.of(meanings)
    recurrence = None
    months = said.in_months()
    if months and max(len(said.days), len(said.parities), len(said.months)) <= 1:
        recurrence = _put_together(said, months)
    return Frequency(recurrence, said.is_frequency)


@dataclass(frozen=True)
class _Said:
    """The phrases of one text, by their kind."""

    rates: list[Recurrence]
    each: list[Each]
    days: list[Days]
    parities: list[int]
    months: list[Months]
    exceptions: list[Except]

    @classmethod
    def of(cls, meanings: Sequence[Any]) -> "_Said":
        rates = [one for one in meanings if isinstance(one, Recurrence)]
        each = [one for one in meanings if isinstance(one, Each)]
        is_weekly = Unit.WEEK in {*(one.per for one in rates), *(one.per for one in each)}
        return cls(
            rates,
            each,
            # A single weekday belongs to a date: torsdag 12 juni.
            [one for one in meanings if isinstance(one, Days) and (one.every or is_weekly)],
            [one.week_parity for one in meanings if isinstance(one, Parity)],
            [one for one in meanings if isinstance(one, Months)],
            [one for one in meanings if isinstance(one, Except)],
        )

    @property
    def is_frequency(self) -> bool:
        return bool(self.rates or self.each or self.days or self.parities) or self.lists_months

    @property
    def lists_months(self) -> bool:
        return any(one.is_list for one in self.months)

    def in_months(self) -> frozenset[int]:
        """None at all where it is not known what is excepted: "utom lov"."""
        if any(not one.months for one in self.exceptions):
            return frozenset()
        named = self.months[0].months if self.months else ALL_MONTHS
        return named.difference(*(one.months for one in self.exceptions))


def _put_together(said: _Said, months: frozenset[int]) -> Recurrence | None:
    days = said.days[0] if said.days else None
    parity = said.parities[0] if said.parities else None
    is_of_week = days is not None and not days.ranks
    rates = [*said.rates]
    rates += [one.once for one in said.each if not (is_of_week and one.per is Unit.WEEK)]
    if said.lists_months and not days and all(rate.per is Unit.YEAR for rate in rates):
        rates.append(Recurrence(1, Unit.MONTH))
    if parity is not None and not days:
        rates.append(Recurrence(1, Unit.WEEK, 2, week_parity=parity))
    rates = [_in_months(rate, months) for rate in rates]
    whole = _together(rates)
    if days is None or (rates and whole is None):
        return whole
    dated = _in_months(_by_days(days, said.each, parity), months)
    # Ten times a year on eleven Tuesdays: the number stands, the days are not known.
    return dated if whole is None else agreed(whole, dated) or whole


def _together(rates: Sequence[Recurrence]) -> Recurrence | None:
    whole = rates[0] if rates else None
    for rate in rates[1:]:
        whole = agreed(whole, rate) if whole else None
    return whole


def _in_months(rate: Recurrence, months: frozenset[int]) -> Recurrence:
    """Six times a year is six times, whatever the months."""
    if rate.per not in (Unit.DAY, Unit.WEEK, Unit.MONTH):
        return rate
    return replace(rate, months=rate.months & months)


def _by_days(days: Days, each: Sequence[Each], parity: int | None) -> Recurrence:
    if days.ranks:
        return Recurrence(
            len(days.ranks) * len(days.weekdays),
            Unit.MONTH,
            weekdays=days.weekdays,
            ranks=days.ranks,
            months=days.months,
        )
    every = max([days.every or 1, *(one.every for one in each if one.per is Unit.WEEK)])
    return Recurrence(
        len(days.weekdays), Unit.WEEK, every, weekdays=days.weekdays, week_parity=parity
    )


_FINE = {unit: -at for at, unit in enumerate(Unit)}


def agreed(one: Recurrence, other: Recurrence) -> Recurrence | None:
    """Two ways to say the same: the one that says more. None where they do not agree."""
    if one.in_a_year != other.in_a_year:
        for floor, rate in ((one, other), (other, one)):
            if floor.is_at_least and (rate.in_a_year or 0) >= (floor.in_a_year or 0):
                return rate
        return None

    def says(rate: Recurrence) -> tuple[bool, int, int]:
        return bool(rate.weekdays), _FINE.get(rate.per, -99) if rate.per else -99, -len(rate.months)

    return max((one, other), key=says)
