"""A district's page: its plans, and those of the districts that it was before."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans.access import DistrictPlans, get_district
from plans.addresses import address_of
from plans.forms import NewPlanForm
from plans.models import Plan
from plans.services.creation import AlreadyPlanned, create_plan
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
        try:
            plan = create_plan(actor=request.user, district=place, **form.plan)
        except AlreadyPlanned as refusal:
            form.add_error(None, _with_a_link(refusal, request.user))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"{plan} är skapad, med områdena i {plan.catalogue}. Den är ett utkast."
            )
            return redirect(address_of(plan, DistrictPlans(request.user, place).readable))
    return render(
        request,
        "plans/create.html",
        {
            "frame": Frame(request, place, plans=DistrictPlans(request.user, place).readable),
            "form": form,
            "has_catalogue": form.has_catalogue,
        },
    )


def _rows(plans: Sequence[Plan]) -> list[dict]:
    return [{"plan": plan, "url": address_of(plan, plans)} for plan in plans]


def _with_a_link(refusal: AlreadyPlanned, user: Any) -> SafeString:
    """The sentence as it is, where "Öppna den" opens the plan."""
    plan, words = refusal.plan, "Öppna den"
    before, _, after = refusal.message.partition(words)
    url = address_of(plan, DistrictPlans(user, plan.district).readable)
    return format_html('{}<a href="{}">{}</a>{}', before, url, words, after)
