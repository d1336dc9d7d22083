"""Which goals are set by which indicators, and what the register says of those."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from plans.document import PlanDocument
from plans.models import FollowUpRound, Goal, Plan
from samverkan.indicators.register import kept_among
from samverkan.indicators.series import Kept, Measured


def goals_tied(plans: Iterable[Plan]) -> Mapping[UUID, list[tuple[Plan, Goal]]]:
    """By indicator: the plans' goals that are tied to it."""
    by_pk = {plan.pk: plan for plan in plans}
    goals = Goal.objects.filter(action__area__plan__in=by_pk, indicator__isnull=False)
    found: dict[UUID, list[tuple[Plan, Goal]]] = defaultdict(list)
    for goal in goals.select_related("action__area").order_by("action__area__plan", "pk"):
        assert goal.indicator is not None
        found[goal.indicator].append((by_pk[goal.action.area.plan_id], goal))
    return found


def kept_for(user: Any, plan: Plan, document: PlanDocument) -> Mapping[UUID, Kept]:
    """The indicators of the plan's goals; a question only where a goal has one, and the district or
    what it was made of may have it."""
    if not (getattr(plan, "has_indicators", True) or getattr(plan, "follows_another", True)):
        return {}
    goals = (goal for area in document.areas for action in area.actions for goal in action.goals)
    return kept_among(user, plan.district, {goal.indicator for goal in goals})


def outcome_in(kept: Kept, plan: Plan, round_: FollowUpRound) -> Measured | None:
    """The last that was measured within the plan's time, and had begun when the round describes it.

    What was measured before the plan is where it began, not what came of it.
    """
    first, last = _months(plan.period.start), _months(round_.reporting_date)
    found = [one for one in kept.measured if one.begins >= first and one.begins <= last]
    return found[-1] if found else None


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def outcomes_offered(
    user: Any, plan: Plan, round_: FollowUpRound, goals: Iterable[Goal]
) -> Mapping[UUID, Measured]:
    """By goal: what its indicator says of how far it has come."""
    goals = list(goals)
    register = kept_among(user, plan.district, {goal.indicator for goal in goals})
    found = {
        goal.uuid: outcome_in(register[goal.indicator], plan, round_)
        for goal in goals
        if goal.indicator and goal.indicator in register
    }
    return {uuid: one for uuid, one in found.items() if one}
