"""What an action's time and its meetings mean, to show beside the words and to reckon with."""

from dataclasses import dataclass, replace
from datetime import date

from plans.timing import phrasing
from plans.timing.frequency import agreed
from plans.timing.meaning import Meaning, read
from plans.timing.recurrence import Recurrence
from plans.timing.spans import Span
from plans.vocabulary import TimingKind

# They have no end that can pass.
ENDLESS = frozenset(
    {
        TimingKind.LINE_WORK,
        TimingKind.UNTIL_FURTHER_NOTICE,
        TimingKind.RECURRING,
        TimingKind.ON_DEMAND,
        TimingKind.ONGOING,
    }
)


@dataclass(frozen=True)
class Understood:
    kind: TimingKind | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    meetings: Recurrence | None = None
    # In the whole of the plan: as a person has said, or else as the words say.
    meetings_planned: int | None = None
    words: str = ""  # how it was understood, or why not; empty where nothing is said at all

    @property
    def is_endless(self) -> bool:
        return self.kind in ENDLESS


def understand(
    timing: str,
    meeting_frequency: str = "",
    *,
    period_start: date,
    period_end: date,
    timing_kind: TimingKind | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    meetings_planned: int | None = None,
) -> Understood:
    """The period is the plan's. What a person has said in structure wins over the words."""
    period = Span(period_start, period_end)
    time, often = read(timing, period), read(meeting_frequency, period)
    kind, starts, ends = time.kind, time.starts_on, time.ends_on
    if timing_kind in ENDLESS and timing_kind != kind:
        starts = ends = None  # they belong to what the words seemed to mean
    if starts_on or ends_on:
        starts, ends = starts_on or starts, ends_on or ends
        if starts and ends and starts > ends:
            starts, ends = starts_on, ends_on
        kind = kind or (TimingKind.PERIOD if starts_on else TimingKind.DATE)
    kind = timing_kind or kind
    meetings = _meetings(time, often)
    if kind is None and meetings and not timing.strip():
        kind = TimingKind.RECURRING
    if meetings:
        meetings = _limited(meetings, often, starts, ends, period)
    counted = meetings.planned(period_start, period_end) if meetings else None
    planned = counted if meetings_planned is None else meetings_planned
    when = phrasing.time(kind, starts, ends)
    how_often = phrasing.frequency(meetings) if meetings else ""
    said = [when, how_often]
    if kind is TimingKind.RECURRING and how_often:
        said = [how_often, phrasing.limits(starts, ends)]
    if planned is not None and planned != counted:
        said.append("1 möte planerat" if planned == 1 else f"{planned} möten planerade")
    words = phrasing.sentence(["" if kind else time.doubt, *said])
    return Understood(kind, starts, ends, meetings, planned, words)


def _meetings(time: Meaning, often: Meaning) -> Recurrence | None:
    """The field for it first; the words of the time may say more of the same."""
    first, second = often.frequency.recurrence, time.frequency.recurrence
    if first is None:
        return None if often.frequency.is_said else second
    return first if second is None else agreed(first, second) or first


def _limited(
    meetings: Recurrence, often: Meaning, starts: date | None, ends: date | None, period: Span
) -> Recurrence:
    starts, ends = often.starts_on or starts, often.ends_on or ends
    if meetings.per is None:  # so many in all: in the time there is
        starts = starts or min(period.start, ends or period.start)
        ends = ends or max(period.end, starts)
    if starts and ends and starts > ends:
        return meetings
    return replace(meetings, starts_on=starts, ends_on=ends)
