"""The city at a glance: each district with the plan that counts now, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from plans.addresses import address_of
from plans.models import Action, Plan
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.organisation.models import District, Municipality


@dataclass(frozen=True)
class Row:
    district: District
    plan: Plan | None
    actions: int
    url: str = ""


@dataclass(frozen=True)
class Overview:
    current: list[Row]
    ended: list[Row]

    @property
    def with_a_plan_in_force(self) -> int:
        return sum(row.plan is not None and row.plan.in_force for row in self.current)


def overview(user: Any, municipality: Municipality, *, today: date) -> Overview:
    districts = municipality.districts.select_related("municipality").prefetch_related("successors")
    plans = _readable(user, municipality)
    chosen = {pk: plan_that_counts(those, today) for pk, those in plans.items()}
    counts = dict(
        Action.objects.filter(area__plan__in=chosen.values())
        .order_by()
        .values_list("area__plan")
        .annotate(Count("pk"))
    )
    rows = [
        Row(
            district,
            plan := chosen.get(district.pk),
            counts.get(plan.pk, 0) if plan else 0,
            address_of(plan, plans[district.pk]) if plan else "",
        )
        for district in districts
    ]
    return Overview(
        current=[row for row in rows if not row.district.has_ended(today)],
        ended=[row for row in rows if row.district.has_ended(today)],
    )


def chosen_plans(user: Any, municipality: Municipality, today: date) -> dict[int, Plan]:
    """By district, the plan that counts now of those that the user may read."""
    readable = _readable(user, municipality)
    return {pk: plan_that_counts(plans, today) for pk, plans in readable.items()}


def _readable(user: Any, municipality: Municipality) -> dict[int, list[Plan]]:
    plans: dict[int, list[Plan]] = defaultdict(list)
    in_city = Plan.objects.filter(period__district__municipality=municipality)
    for found in in_city.select_related("period__district__municipality"):
        if may(user, Right.READ, found):
            plans[found.period.district_id].append(found)
    return plans


def plan_that_counts(plans: Sequence[Plan], today: date) -> Plan:
    """That in force, so that a new draft does not hide it; else that of today; else the latest."""
    return max(
        plans,
        key=lambda plan: (
            plan.in_force,
            plan.period.start <= today <= plan.period.end,
            plan.period.start,
            plan.revision,
        ),
    )


def plan_before(plan: Plan, plans: Sequence[Plan]) -> Plan | None:
    """That of the period before: the revision in force, or the latest."""
    earlier = [other for other in plans if other.period.start < plan.period.start]
    return max(
        earlier,
        key=lambda other: (other.period.start, other.period.end, other.in_force, other.revision),
        default=None,
    )


def overlapping(plan: Plan, plans: Sequence[Plan]) -> list[Plan]:
    """Those that cover some of the same time, one for each period: that in force, or the latest."""
    found: dict[int, Plan] = {}
    for other in sorted(plans, key=lambda other: (not other.in_force, -other.revision)):
        if other.period.overlaps(plan.period):
            found.setdefault(other.period_id, other)
    return sorted(found.values(), key=lambda other: other.period.start)
