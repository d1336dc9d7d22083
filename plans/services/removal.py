"""A draft made by mistake goes again: only by its samordnare, and only while nothing is in it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from plans.models import (
    Approval,
    Change,
    Comment,
    Decision,
    Dispatch,
    Extra,
    Plan,
    PlanArea,
    Section,
)
from plans.vocabulary import PlanState
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record


def empty_drafts(plans: Iterable[Plan]) -> QuerySet[Plan]:
    """Those of the plans that are drafts with nothing in them but the areas of the city's form."""
    of_plan = OuterRef("pk")
    written_in = PlanArea.objects.filter(plan=of_plan).exclude(
        problems=None,
        actions=None,
        area__district=None,  # a district's own area is somebody's choice
        is_internal=False,
        **dict.fromkeys(_TEXTS, ""),
    )
    drafts = Plan.objects.filter(pk__in=[plan.pk for plan in plans], state=PlanState.DRAFT)
    return drafts.exclude(Exists(written_in)).exclude(
        _exists(Section, Extra, Approval, Decision, Dispatch, Change, Comment)
    )


@transaction.atomic
def remove_draft(*, actor: Any, plan: Plan) -> None:
    """The plan goes, and with it its period where no other revision and no round stands in it."""
    # The areas too, so that nobody writes in one while it goes.
    list(Plan.objects.select_for_update().filter(pk=plan.pk))
    list(plan.areas.select_for_update())
    plan.refresh_from_db(fields=["state"])
    demand_now(actor, Right.DELETE_PLAN, plan)
    if not empty_drafts([plan]).exists():
        raise ValidationError(f"{plan} har innehåll och kan inte tas bort.")
    district, name = plan.district, str(plan)
    take_away(plan)
    record(Kind.PLAN_REMOVED, actor=actor, district=district, plan=name)


def take_away(plan: Plan) -> None:
    period = plan.period
    plan.delete()
    if not period.plans.exists() and not period.rounds.exists():
        period.delete()


_TEXTS = (
    "overall_goal",
    "situation",
    "comment",
    "handled_as",
    "handled_note",
    "not_chosen_reason",
    "internal_reason",
)


def _exists(*models: Any) -> Q:
    """That any of these hangs on the plan."""
    found = Q()
    for model in models:
        found |= Q(Exists(model.objects.filter(plan=OuterRef("pk"))))
    return found
