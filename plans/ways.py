"""What can be done with a plan beside reading it: links to the pages that the user may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from plans.models import Plan
from plans.vocabulary import PlanState
from samverkan.access.ask import may
from samverkan.access.table import Right


@dataclass(frozen=True)
class Way:
    label: str
    url: str


def ways(user: Any, plan: Plan, readable: Sequence[Plan]) -> list[Way]:
    """Without a question to the database, for a plan with its heading."""
    place = [plan.district.slug, plan.pk]
    found = []
    if may(user, Right.READ_HISTORY, plan):
        found.append(Way("Historik", reverse("plan-history", args=place)))
    if len(readable) > 1:
        url = reverse("plan-differences", args=[plan.district.slug])
        found.append(Way("Skillnader", f"{url}?till={plan.pk}"))
    if getattr(plan, "is_continued", False):
        found.append(Way("Ur förra planen", reverse("plan-carried", args=place)))
    if plan.state in _SETTLED and may(user, Right.CREATE_PLAN, plan.district):
        found.append(Way("Rulla vidare till nästa plan", reverse("plan-rollover", args=place)))
    return found


_SETTLED = (PlanState.DECIDED, PlanState.CLOSED)
