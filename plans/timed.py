"""How the times of a plan were understood, and what is late by them: beside the words, where it is read.

Somebody may have put it right. That is asked for only where it is known that somebody has.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from plans.action_view import ActionView
from plans.going import going
from plans.models import Plan, Understanding
from plans.rounds.asking import named_for
from plans.rounds.times import time_of
from plans.timing.rounds import rounds_named
from plans.timing.saying import is_doubtful, rounds_said, said_back, says_rounds
from plans.timing.standing import standing
from plans.timing.understanding import Understood
from samverkan.access.ask import may
from samverkan.access.table import Right


@dataclass(frozen=True)
class Said:
    words: str = ""  # how the time was understood
    doubt: str = ""  # that it was not, to those who can put it right
    rounds: str = ""
    is_put_right: bool = False
    late: str = ""  # why it is
    url: str = ""  # where it is put right

    @property
    def is_said(self) -> bool:
        return bool(self.words or self.doubt or self.rounds)


class Timed:
    def __init__(self, user: Any, plan: Plan):
        self._plan = plan
        self._corrects = bool(may(user, Right.OPEN_ROUNDS, plan))
        # What is over, or not decided, is called late by nobody.
        self._is_current = plan.in_force and not plan.is_past
        self._today = timezone.localdate()

    @cached_property
    def _put_right(self) -> dict[UUID, Understanding]:
        if not getattr(self._plan, "is_put_right", True):
            return {}
        return {one.action: one for one in Understanding.objects.filter(period=self._plan.period)}

    def of(self, action: ActionView) -> Said:
        doc = action.doc
        put_right = self._put_right.get(doc.uuid)
        understood = time_of(doc, self._plan.period, put_right)
        return Said(
            words=self._words(doc, understood, put_right),
            doubt=understood.words if self._corrects and is_doubtful(understood) else "",
            rounds=rounds_of(doc.follow_up_plan, put_right),
            is_put_right=put_right is not None,
            late=self._late(action, understood),
            url=self.url_of(doc.uuid),
        )

    def _words(self, doc: Any, understood: Understood, put_right: Understanding | None) -> str:
        """All of it to those who can put it right: what is not seen is not put right."""
        if self._corrects and not is_doubtful(understood):
            return understood.words
        return words_of(doc, understood, put_right)

    def url_of(self, action: UUID) -> str:
        """Where it is put right, by those who may."""
        if not self._corrects:
            return ""
        return reverse("action-understood", args=[self._plan.district.slug, self._plan.pk, action])

    def _late(self, action: ActionView, understood: Understood) -> str:
        if not self._is_current or understood.ends_on is None:
            return ""
        latest = max((answer.round.reporting_date for answer in action.answers), default=None)
        answers = [a.doc for a in action.answers if a.round.reporting_date == latest]
        period_end = self._plan.period.end
        said = going(answers, understood, at=self._today, period_end=period_end)
        now = standing(understood, said.state, self._today)
        return now.reason if now.is_late else ""


def while_writing(action: Any, period: Any) -> str:
    """What stands under the words where they are written: there they are put right themselves."""
    understood = time_of(action, period)
    if is_doubtful(understood):
        return f"{understood.words}."
    words = words_of(action, understood, None)
    return f"Förstått som: {words}." if words else ""


def words_of(action: Any, understood: Understood, put_right: Understanding | None) -> str:
    """What is said in structure is read as it stands; it is not said once more."""
    if put_right:
        return understood.words
    if (action.timing_kind or action.starts_on or action.ends_on) and not understood.meetings:
        return ""
    return said_back(action.timing, action.meeting_frequency, understood)


def rounds_of(follow_up_plan: str, put_right: Understanding | None) -> str:
    """A sentence, where it is not as the words say, or as where nothing is said: every round."""
    if put_right and put_right.rounds is not None:
        said = rounds_said(put_right.rounds)
        return f"Följs upp i {said}." if said else "Ingen uppföljning frågar efter den."
    if rounds_named(follow_up_plan) is None:
        return ""
    kinds = named_for(follow_up_plan)
    return "" if says_rounds(follow_up_plan, kinds) else f"Följs upp i {rounds_said(kinds)}."
