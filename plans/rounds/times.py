"""When an action is to be done and when it meets: as the plan says, or as somebody put it right."""

from functools import lru_cache
from typing import Any

from plans.timing.understanding import Understood, understand
from plans.vocabulary import TimingKind

# The fields of an action that say when it is done and when it meets.
SAYS_TIME = {
    "timing",
    "timing_kind",
    "starts_on",
    "ends_on",
    "meeting_frequency",
    "meetings_planned",
}


def time_of(action: Any, period: Any, put_right: Any = None) -> Understood:
    """`action` is a row or a part of a document; `put_right` an Understanding, where there is one."""
    kind = action.timing_kind
    starts_on, ends_on, meetings = action.starts_on, action.ends_on, action.meeting_frequency
    if put_right:
        kind = put_right.timing_kind or kind
        starts_on = put_right.starts_on or starts_on
        ends_on = put_right.ends_on or ends_on
        meetings = put_right.meetings or meetings
    return _understood(
        action.timing,
        meetings,
        period_start=period.start,
        period_end=period.end,
        timing_kind=TimingKind(kind) if kind else None,
        starts_on=starts_on,
        ends_on=ends_on,
        meetings_planned=action.meetings_planned,
    )


# A plan is read many times between two changes of its words.
_understood = lru_cache(maxsize=4096)(understand)
