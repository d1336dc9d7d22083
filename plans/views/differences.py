"""Skillnader: two plans of the district, or one as it was and as it is, side by side in words."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from plans.access import DistrictPlans, get_district
from plans.addresses import address_of
from plans.comparing import compared
from plans.models import Approval, Plan
from plans.services.versions import as_of
from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.site.frame import Frame


@dataclass(frozen=True)
class Side:
    """A plan, now or as it was at a version."""

    plan: Plan
    version: int | None = None
    label: str = ""

    @property
    def value(self) -> str:
        return f"{self.plan.pk}" if self.version is None else f"{self.plan.pk}:{self.version}"

    @property
    def title(self) -> str:
        if self.label:
            return self.label
        plan = self.plan
        revision = f", revision {plan.revision}" if plan.revision > 1 else ""
        return f"Åtgärdsplan {plan.period}{revision} ({plan.state_words})"


def page(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place)
    before: Side | None
    after = _side(request, plans, request.GET.get("till", ""))
    since = request.GET.get("sedan", "")
    if after and _is_version(since):
        before = _at_version(request, after.plan, int(since))
    else:
        before = _side(request, plans, request.GET.get("fran", ""))
    if after is None and plans.readable:
        after = Side(plans.readable[0])
    if before is None and after is not None:
        before = _one_before(after.plan, plans.readable)
    sides = [side for side in (before, after) if side]
    comparison = None
    if before and after and before.value != after.value:
        comparison = compared(as_of(before.plan, before.version), as_of(after.plan, after.version))
    offered = _offered(request, plans.readable)
    known = {side.value for side in offered}
    offered += [side for side in sides if side.value not in known]
    return render(
        request,
        "plans/differences.html",
        {
            "frame": Frame(request, place, after.plan.year if after else None, plans.readable),
            "before": before,
            "after": after,
            "offered": offered,
            "comparison": comparison,
            "is_same": bool(before and after and before.value == after.value),
            "after_url": address_of(after.plan, plans.readable) if after else "",
        },
    )


def _side(request: HttpRequest, plans: DistrictPlans, said: str) -> Side | None:
    """ "17", or "17:34" for the plan as it was at version 34."""
    if not said:
        return None
    key, _, version = said.partition(":")
    plan = next((plan for plan in plans.all if str(plan.pk) == key), None)
    if plan is None or (version and not _is_version(version)):
        raise Http404(f"Det finns ingen sådan plan i {plans.district}.")
    demand(request.user, Right.READ, plan)
    return _at_version(request, plan, int(version)) if version else Side(plan)


def _is_version(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def _at_version(request: HttpRequest, plan: Plan, version: int) -> Side:
    demand(request.user, Right.READ_HISTORY, plan)
    last = plan.changes.filter(turn__lte=version).order_by("number").last()
    name = Side(plan).title.partition(" (")[0]
    if last is None:
        return Side(plan, version, f"{name}, innan något ändrades")
    at = localtime(last.at)
    return Side(plan, version, f"{name}, som den var {at:%Y-%m-%d} kl. {at:%H.%M}")


def _one_before(plan: Plan, readable: list[Plan]) -> Side | None:
    """What one would compare it with: the revision before it, or else the plan before it."""
    older = [
        other
        for other in readable
        if (other.period.start, other.revision) < (plan.period.start, plan.revision)
    ]
    return Side(older[0]) if older else None


def _offered(request: HttpRequest, readable: list[Plan]) -> list[Side]:
    """The plans, and under each what a party has approved."""
    may_rewind = [plan for plan in readable if may(request.user, Right.READ_HISTORY, plan)]
    approved: dict[Any, dict[int, Approval]] = {}
    approvals = Approval.objects.filter(plan__in=may_rewind, answer=Approval.Answer.APPROVED)
    for approval in approvals.select_related("party"):
        approved.setdefault(approval.plan_id, {})[approval.version] = approval
    sides = []
    for plan in readable:
        sides.append(Side(plan))
        for version, approval in approved.get(plan.pk, {}).items():
            day = f"{localtime(approval.at):%Y-%m-%d}"
            name = Side(plan).title.partition(" (")[0]
            label = f"{name}, som {approval.party.short_name} godkände {day}"
            sides.append(Side(plan, version, label))
    return sides
