"""A district's page: its plans, and those of the districts that it was before."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plans.access import DistrictPlans, get_district
from plans.forms import NewPlanForm
from plans.models import Plan
from plans.services.creation import create_plan
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place)
    return render(
        request,
        "plans/district.html",
        {
            "frame": Frame(request, place, plans=plans.readable),
            "plans": _rows(plans.readable),
            "hidden": len(plans.all) > len(plans.readable),
            "predecessors": [
                {"district": before, "plans": _rows(DistrictPlans(request.user, before).readable)}
                for before in place.predecessors.select_related("municipality")
            ],
            "successors": [
                {"district": after, "may_enter": may(request.user, Right.ENTER_DISTRICT, after)}
                for after in place.successors.select_related("municipality")
            ],
            "may": {
                "create_plan": may(request.user, Right.CREATE_PLAN, place),
                "manage_members": may(request.user, Right.MANAGE_MEMBERS, place),
                "read_journal": may(request.user, Right.READ_JOURNAL, place),
            },
        },
    )


def create(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.CREATE_PLAN, district)
    form = NewPlanForm(request.POST or None, district=place)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            plan = create_plan(actor=request.user, district=place, **form.plan)
            messages.success(
                request, f"{plan} är skapad, med områdena i {plan.catalogue}. Den är ett utkast."
            )
            return redirect(_address(plan, DistrictPlans(request.user, place).readable))
    return render(
        request,
        "plans/create.html",
        {
            "frame": Frame(request, place, plans=DistrictPlans(request.user, place).readable),
            "form": form,
            "has_catalogue": form.fields["catalogue"].queryset.exists(),
        },
    )


def _rows(plans: Sequence[Plan]) -> list[dict]:
    return [{"plan": plan, "url": _address(plan, plans)} for plan in plans]


def _address(plan: Plan, among: Sequence[Plan]) -> str:
    """Where the plan is read. Period and revision are said only where the year is not enough."""
    same_year = [other for other in among if other.year == plan.year]
    which = {}
    if any(other.period_id != plan.period_id for other in same_year):
        which["period"] = plan.period_id
    if sum(other.period_id == plan.period_id for other in same_year) > 1:
        which["revision"] = plan.revision
    url = reverse("plan", args=[plan.district.slug, plan.year])
    return f"{url}?{urlencode(which)}" if which else url
