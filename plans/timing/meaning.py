"""One text read to its end: what kind of time it is, from when, until when, and how often.

A doubtful text is not understood, and it is said why: nobody is called late on a guess.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from plans.timing.frequency import (
    FREQUENCIES,
    LISTED_MONTHS,
    Days,
    Each,
    Frequency,
    Months,
    frequency,
)
from plans.timing.recurrence import Recurrence, Unit
from plans.timing.scanning import LONGEST, Scanned, scan
from plans.timing.signs import KINDS, SIGNS, Part, Role, Sign
from plans.timing.spans import DAYS, STRETCHES, Size, Span, When, stretch
from plans.vocabulary import TimingKind

NOT_UNDERSTOOD = "Tiden är inte förstådd"
TOO_LONG = f"{NOT_UNDERSTOOD}: texten är för lång"
NO_SUCH_TIME = f"{NOT_UNDERSTOOD}: den finns inte i kalendern"
UNSURE = f"{NOT_UNDERSTOOD}: texten är osäker"
CONTRADICTS_ITSELF = f"{NOT_UNDERSTOOD}: texten säger emot sig själv"
RESTS = "Vilar eller är inställd, enligt texten"

# The one that says the most about there being no end.
_FIRST = (
    TimingKind.LINE_WORK,
    TimingKind.UNTIL_FURTHER_NOTICE,
    TimingKind.RECURRING,
    TimingKind.ON_DEMAND,
    TimingKind.ONGOING,
)
_PHRASES = (*KINDS, *DAYS, *LISTED_MONTHS, *FREQUENCIES, *STRETCHES, *SIGNS)
_WORDS_BESIDE = 4  # a date among more words than this is told of, and is no time for the action


@dataclass(frozen=True)
class Meaning:
    kind: TimingKind | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    frequency: Frequency = Frequency(None, False)
    doubt: str = ""


class _Doubt(Exception):
    """Why a text is not understood."""


def read(text: str, period: Span) -> Meaning:
    return _read(text, period) if len(text) <= LONGEST else Meaning(doubt=TOO_LONG)


@lru_cache(maxsize=4096)  # a city's plans say "Linjearbete" and "Löpande" hundreds of times
def _read(text: str, period: Span) -> Meaning:
    if not text.strip():
        return Meaning()
    scanned = scan(text, _PHRASES)
    try:
        return _Text(scanned, period).meaning()
    except _Doubt as doubt:
        return Meaning(doubt=str(doubt))
    except OverflowError:  # the day before the first there is, or after the last
        return Meaning(doubt=NO_SUCH_TIME)


@dataclass(frozen=True)
class _Mention:
    """A time, and what the words before it make of it."""

    as_said: When
    span: Span
    size: Size
    role: Role | None
    is_to_be_done: bool  # klart, senast
    is_thereafter: bool

    @property
    def is_deadline(self) -> bool:
        if self.role in (Role.BY, Role.BEFORE):
            return True
        return self.is_to_be_done and self.role not in (Role.FROM, Role.AFTER, Role.UNTIL)

    @property
    def is_bare(self) -> bool:
        return self.role is None and not self.is_to_be_done

    @property
    def due(self) -> date:
        if self.as_said.is_named_for_its_end:
            return self.span.end
        start = self.span.start
        if self.role is Role.BEFORE:
            return start - timedelta(1)
        if self.role is Role.TO and (self.span.end - start).days > 31:
            return stretch(start.year, start.month, start.month).end  # till hösten: as it begins
        return self.span.end


class _Text:
    def __init__(self, scanned: Scanned, period: Span):
        self._said = [found.meaning for found in scanned.found]
        self._begins_with = scanned.found[0].meaning if self._is_first(scanned) else None
        self._is_asked = "?" in scanned.said
        self._is_told = scanned.passed_by > _WORDS_BESIDE
        self._has_words_beside = scanned.passed_by > 0
        self._period = period
        self._has_rate = any(isinstance(one, Recurrence | Each | Days) for one in self._said)

    @staticmethod
    def _is_first(scanned: Scanned) -> bool:
        return bool(scanned.found) and scanned.found[0].start == 0

    def meaning(self) -> Meaning:
        if Sign.RESTS in self._said:
            raise _Doubt(RESTS)
        says_no_end = isinstance(self._begins_with, TimingKind)
        if self._is_asked or (Sign.UNSURE in self._said and not says_no_end):
            raise _Doubt(UNSURE)
        if None in self._said:
            raise _Doubt(NO_SUCH_TIME)
        if self._said and self._said[-1] is Role.HYPHEN:  # 2025 –
            raise _Doubt(UNSURE)
        mentions = list(self._mentions())
        how_often = frequency([one for one in self._said if not self._is_time(one)])
        how_often = self._each_of(how_often, mentions)
        kinds = {one for one in self._said if isinstance(one, TimingKind)}
        if how_often.is_said and not self._is_sum_of(how_often, mentions):
            kinds.add(TimingKind.RECURRING)
        kind = next((one for one in _FIRST if one in kinds), None)
        if kind is TimingKind.RECURRING:
            starts, ends = _limits(self._of_recurring(mentions, how_often.recurrence))
        elif kind:
            starts, ends = self._endless(kind, mentions)
        else:
            kind, starts, ends = self._ending(mentions)
        if starts and ends and starts > ends:
            raise _Doubt(CONTRADICTS_ITSELF)
        doubt = "" if kind or how_often.recurrence else NOT_UNDERSTOOD
        return Meaning(kind, starts, ends, how_often, doubt)

    def _is_time(self, said: object) -> bool:
        """Months that are when it is done, and not how often."""
        return isinstance(said, Months) and not self._has_rate and not said.is_list

    @staticmethod
    def _is_sum_of(how_often: Frequency, mentions: Sequence[_Mention]) -> bool:
        """Three meetings, done by June: it ends."""
        recurrence = how_often.recurrence
        is_sum = recurrence is not None and recurrence.per is None
        return is_sum and any(one.is_deadline for one in mentions)

    @staticmethod
    def _each_of(how_often: Frequency, mentions: Sequence[_Mention]) -> Frequency:
        """15 maj och 15 november varje år: two times."""
        times = sum(one.is_bare and one.size is not Size.YEAR for one in mentions)
        if how_often.recurrence != Recurrence(1, Unit.YEAR) or times < 2:
            return how_often
        return replace(how_often, recurrence=Recurrence(times, Unit.YEAR))

    def _mentions(self) -> Iterator[_Mention]:
        role: Role | None = None
        part: int | None = None
        is_to_be_done = is_thereafter = False
        before: _Mention | None = None  # what stood last, with nothing but a role since
        waiting: _Mention | None = None
        for at, said in enumerate(self._said):
            if isinstance(said, Role):
                if said is not Role.DURING or role is None:
                    role = said
                is_to_be_done = is_to_be_done or said is Role.BY
                continue
            if isinstance(said, Part):
                part = said.which
                continue
            is_onward = said is Sign.ONWARD or (
                said is TimingKind.UNTIL_FURTHER_NOTICE and role is Role.HYPHEN
            )
            if is_onward and before:  # 2025 och framåt, april – tills vidare
                waiting = replace(before, role=Role.FROM)
            when = self._when(said)
            if when is None:
                is_to_be_done = is_to_be_done and said is not Sign.THEREAFTER or said is Sign.DONE
                is_thereafter = is_thereafter or said is Sign.THEREAFTER
                role = None if role is Role.HYPHEN else role
                before = None
                continue
            span, size = self._span(when.of(self._nearest_year(at))), when.size
            if part is not None:
                span, size = span.part(part), Size.PART
            if isinstance(said, Months):
                role = role or Role.DURING
            mention = _Mention(
                when,
                span,
                size,
                None if role is Role.HYPHEN else role,
                is_to_be_done,
                is_thereafter,
            )
            if before and role in (Role.HYPHEN, Role.UNTIL, Role.TO):
                mention = self._range(before, mention)
            elif waiting:
                yield waiting
            before = waiting = mention
            role = part = None
        if waiting:
            yield waiting

    def _when(self, said: object) -> When | None:
        if said is Sign.WHOLE_PERIOD:
            return When(lambda _: self._period, self._period.start.year, Size.YEAR)
        if isinstance(said, Months) and self._is_time(said):
            return _stretch_of(said)
        return said if isinstance(said, When) else None

    def _nearest_year(self, at: int) -> int | None:
        """The one written next, or else the one written before."""
        others = [*self._said[at + 1 :], *reversed(self._said[:at])]
        return next((one.year for one in others if isinstance(one, When) and one.year), None)

    def _span(self, when: When) -> Span:
        span = when.span(self._period)
        if span is None:
            raise _Doubt(NO_SUCH_TIME)
        return span

    def _range(self, first: _Mention, last: _Mention) -> _Mention:
        start = first.span.start
        if start > last.span.end:
            if first.as_said.year is not None or last.as_said.year is None:
                raise _Doubt(CONTRADICTS_ITSELF)
            # november–februari 2026 begins the year before
            start = self._span(first.as_said.of(last.as_said.year - 1)).start
        role = None if first.is_to_be_done else Role.DURING
        return replace(last, span=Span(start, last.span.end), role=role)

    def _endless(
        self, kind: TimingKind, mentions: Sequence[_Mention]
    ) -> tuple[date | None, date | None]:
        """Tills vidare and klart senast 30 juni cannot both be; klart i juni, därefter löpande can."""
        is_dated = any(
            one.is_deadline
            or (one.is_bare and one.size is Size.DAY and not one.as_said.is_named_for_its_end)
            for one in mentions
        )
        if is_dated:
            if Sign.THEREAFTER in self._said[: self._said.index(kind)]:
                return None, None
            raise _Doubt(CONTRADICTS_ITSELF)
        if kind is TimingKind.LINE_WORK:  # what follows tells of the work
            mentions = [one for one in mentions if one.role is Role.FROM]
        return _limits([one for one in mentions if not one.is_bare or one.size is Size.YEAR])

    def _of_recurring(
        self, mentions: Sequence[_Mention], how_often: Recurrence | None
    ) -> list[_Mention]:
        """What limits it. Days and parts of the year are when it is held: once a year, in November."""
        is_dense = how_often is not None and how_often.per in (
            None,
            Unit.DAY,
            Unit.WEEK,
            Unit.MONTH,
        )
        limits = [
            one
            for one in mentions
            if not one.is_deadline
            and not (one.is_bare and (one.size is Size.DAY or self._has_words_beside))
        ]
        parts = [one for one in limits if one.size is Size.PART and one.role in (None, Role.DURING)]
        if is_dense and len(parts) == 1:
            return limits
        return [one for one in limits if one not in parts]

    def _ending(
        self, mentions: Sequence[_Mention]
    ) -> tuple[TimingKind | None, date | None, date | None]:
        if not mentions or (self._is_told and all(one.is_bare for one in mentions)):
            return None, None, None
        deadlines = [one.due for one in mentions if one.is_deadline]
        others = [one for one in mentions if not one.is_deadline]
        if deadlines:
            due = max(deadlines)
            later = [one for one in others if self._goes_on(one, due)]
            starts, _ = _limits([one for one in others if one.role in (Role.FROM, Role.AFTER)])
            if later:
                return TimingKind.PERIOD, starts, max(one.span.end for one in later)
            if self._said[-1] is Sign.THEREAFTER:
                return TimingKind.ONGOING, starts, None
            return TimingKind.DATE, starts, due
        if all(one.is_bare and one.size is not Size.YEAR for one in mentions):
            return TimingKind.DATE, None, max(one.span.end for one in mentions)
        in_order = [one.span.start for one in others if one.role is not Role.FROM]
        if in_order != sorted(in_order):  # hösten och våren: of which year?
            raise _Doubt(UNSURE)
        return TimingKind.PERIOD, *_limits(others)

    @staticmethod
    def _goes_on(mention: _Mention, due: date) -> bool:
        if mention.role in (Role.FROM, Role.AFTER) or mention.span.end <= due:
            return False
        return mention.is_thereafter or mention.span.start > due


def _stretch_of(months: Months) -> When:
    """mars–juni; november–februari 2026, which begins the year before."""
    if months.first <= months.last:
        return When(lambda year: stretch(year, months.first, months.last), months.year)
    if months.year is None:
        raise _Doubt(UNSURE)  # the winter before or after
    return When(lambda year: stretch(year - 1, months.first, months.last + 12), months.year)


def _limits(mentions: Sequence[_Mention]) -> tuple[date | None, date | None]:
    starts: list[date] = []
    ends: list[date] = []
    for one in mentions:
        if one.role is Role.FROM:
            starts.append(one.span.start)
        elif one.role is Role.AFTER:
            starts.append(one.span.end + timedelta(1))
        elif one.role in (Role.UNTIL, Role.TO) or one.is_deadline:
            ends.append(one.due)
        else:
            starts.append(one.span.start)
            ends.append(one.span.end)
    return min(starts, default=None), max(ends, default=None)
