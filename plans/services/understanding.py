"""How the time of an action is understood, put right: beside the words, which stand as decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from plans.models import Action, Plan, Understanding
from plans.rounds.asking import named_for
from plans.rounds.times import time_of
from plans.timing.saying import rounds_said
from plans.timing.understanding import Understood, understand
from plans.vocabulary import RoundKind, TimingKind
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record


@dataclass(frozen=True)
class PutRight:
    """What somebody says that the words mean. What is empty is as the words say."""

    timing_kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    meetings: str = ""
    rounds: list[str] | None = None


def put_right(*, actor: Any, plan: Plan, action: UUID, said: PutRight) -> Understood:
    """How it is understood from now on."""
    with transaction.atomic():
        demand_now(actor, Right.OPEN_ROUNDS, plan)
        row = action_of(plan, action)
        understood = _checked(row, plan, said)
        if said == PutRight():
            _take_back(actor, plan, row)
            return understood
        Understanding.objects.update_or_create(
            period=plan.period, action=action, defaults={**vars(said), "by": actor}
        )
        _record(Kind.TIME_PUT_RIGHT, actor, plan, row, how=_how(understood, said))
    return understood


def take_back(*, actor: Any, plan: Plan, action: UUID) -> None:
    """It is understood as the words say."""
    with transaction.atomic():
        demand_now(actor, Right.OPEN_ROUNDS, plan)
        _take_back(actor, plan, action_of(plan, action))


def action_of(plan: Plan, action: UUID) -> Action:
    found = Action.objects.filter(area__plan=plan, uuid=action).first()
    if found is None:
        raise Http404("Åtgärden finns inte i planen.")
    return found


def otherwise_than_said(action: Action, chosen: Collection[str]) -> list[str] | None:
    """The rounds that were chosen; none, where they are those that the words say."""
    as_said = {kind for kind in named_for(action.follow_up_plan) if kind != RoundKind.OWN}
    return None if set(chosen) == as_said else [kind for kind in RoundKind if kind in chosen]


def _checked(action: Action, plan: Plan, said: PutRight) -> Understood:
    period = plan.period
    if said.meetings:
        read = understand("", said.meetings, period_start=period.start, period_end=period.end)
        if read.meetings is None:
            raise ValidationError(
                {
                    "meetings": "Det går inte att förstå hur ofta det är. Skriv till exempel ”2 gånger "
                    "per termin” eller ”sista tisdagen i månaden utom juli”."
                }
            )
    if said.starts_on and said.ends_on and said.starts_on > said.ends_on:
        raise ValidationError({"ends_on": "Tiden kan inte sluta innan den börjar."})
    understood = time_of(action, period, said)
    if said.timing_kind == TimingKind.DATE and understood.ends_on is None:
        raise ValidationError({"ends_on": "Välj vilken dag det ska vara klart."})
    return understood


def _how(understood: Understood, said: PutRight) -> str:
    how = [understood.words]
    if said.rounds is not None:
        how.append(f"följs upp i {rounds_said(said.rounds) or 'ingen uppföljning'}")
    return "; ".join(filter(None, how))


def _take_back(actor: Any, plan: Plan, action: Action) -> None:
    gone, _ = Understanding.objects.filter(period=plan.period, action=action.uuid).delete()
    if gone:
        _record(Kind.TIME_AS_WRITTEN, actor, plan, action)


def _record(kind: Kind, actor: Any, plan: Plan, action: Action, **more: str) -> None:
    record(kind, actor=actor, district=plan.district, plan=str(plan), action=f"”{action}”", **more)
