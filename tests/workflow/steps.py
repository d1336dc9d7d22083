"""A plan on its way through its steps, and the words that each step asks for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from plans.editable import KINDS
from plans.models import Plan
from plans.vocabulary import PlanState
from samverkan.collaboration import editing
from samverkan.organisation.models import User
from samverkan.workflow import steps
from samverkan.workflow.facts import Seen, standing_of
from tests.access.personas import Door

NUMBERS = {"Stadsdelsförvaltningen": "SKA 2025/1", "Polisen": "A1.1/2025"}


def seen(work: Any) -> Seen:
    """What somebody has before her who opens the plan, or the report, now."""
    return standing_of(work).seen


def in_a_week() -> date:
    return timezone.localdate() + timedelta(days=7)


def words(door: Door, step: str) -> dict[str, Any]:
    """What is typed on the page of the step."""
    match step:
        case "send":
            return {"reply_by": in_a_week()}
        case "postpone":
            return {"reply_by": in_a_week() + timedelta(days=7)}
        case "withdraw" | "revise":
            return {"reason": "Något har hänt."}
        case "approve":
            return {"party": door.own_party}
        case "return":
            return {"party": door.own_party, "reason": "Målet går inte att mäta."}
        case "decide":
            return {
                "body": "Stadsdelsnämnden",
                "decided_on": timezone.localdate(),
                "paragraph": "§ 6",
                "registry_numbers": {
                    door.sdf: NUMBERS["Stadsdelsförvaltningen"],
                    door.police: NUMBERS["Polisen"],
                },
            }
    return {}


TAKE: dict[str, Callable[..., Any]] = {
    "send": steps.send,
    "withdraw": steps.withdraw,
    "postpone": steps.postpone,
    "approve": steps.approve,
    "return": steps.send_back,
    "decide": steps.decide,
    "revise": steps.revise,
    "close": steps.close,
}


def take(door: Door, step: str, who: str | User, **other: Any) -> Any:
    actor: Any = door.person(who) if isinstance(who, str) else who
    if actor is not None:
        door.own_party = next((m.party for m in actor.standing if m.party), door.sdf)
    plan = other.pop("plan", door.plan)
    arguments = {"seen": seen(plan)} | words(door, step) | other
    return TAKE[step](actor=actor, work=plan, **arguments)


def approved_by_all(door: Door) -> None:
    for who in ("chef sdf", "chef polis"):
        take(door, "approve", who)


def decided(door: Door | None = None) -> Door:
    door = door or Door(PlanState.CONSULTATION)
    approved_by_all(door)
    take(door, "decide", "samordnare")
    door.plan.refresh_from_db()
    return door


def change(
    door: Door, text: str = "Ett annat övergripande mål", who: str | User | None = "samordnare"
) -> editing.Written:
    """Somebody writes in the plan."""
    actor = door.person(who) if isinstance(who, str) else who
    area = door.plan.areas.first()
    return editing.write(
        actor=actor,
        work=Plan.objects.get(pk=door.plan.pk),
        kind=KINDS["area"],
        row=area.uuid,
        typed={"overall_goal": text},
        seen=10_000,
    )
