"""A district's page: its plans, and those of the districts that it was before."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lagesbild.access import DistrictReports
from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.addresses import address_of
from plans.forms import NewPlanForm
from plans.models import Plan
from plans.overview import overlapping
from plans.services.creation import AlreadyPlanned, create_plan
from plans.services.removal import empty_drafts, remove_draft
from plans.views.plan import ask_which, which
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
            "frame": Frame(
                request,
                place,
                plans=plans.readable,
                reports=DistrictReports(request.user, place).readable,
            ),
            "plans": _with_ways_out(request.user, plans.readable),
            "ended": place.has_ended(timezone.localdate()),
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
                "create_report": may(request.user, Right.CREATE_REPORT, place),
                "create_plan": may(request.user, Right.CREATE_PLAN, place),
                "import_plan": may(request.user, Right.IMPORT_PLAN, place),
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
            readable = DistrictPlans(request.user, place).readable
            for other in overlapping(plan, readable):
                messages.warning(
                    request, f"Perioden går in i en annan plans: {other} ({other.state_words})."
                )
            return redirect(address_of(plan, readable))
    return render(
        request,
        "plans/create.html",
        {
            "frame": Frame(request, place, plans=DistrictPlans(request.user, place).readable),
            "form": form,
            "has_catalogue": form.has_catalogue,
        },
    )


def remove(request: HttpRequest, district: str, year: int) -> HttpResponse:
    """Asks before an empty draft goes, and says what goes with it."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    try:
        plan = plans.get(Right.DELETE_PLAN, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, plans.district, year, plans.readable), several)
    if request.method == "POST":
        name = str(plan)
        try:
            remove_draft(actor=request.user, plan=plan)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"Utkastet till {name} är borttaget.")
        return redirect("district", district)
    return render(
        request,
        "plans/remove.html",
        {
            "frame": Frame(request, plans.district, year, plans.readable),
            "plan": plan,
            "plan_url": address_of(plan, plans.readable),
            "url": address_of(plan, plans.readable, "plan-remove"),
            "is_empty": empty_drafts([plan]).exists(),
            "area_count": plan.areas.count(),
        },
    )


def _with_ways_out(user: Any, plans: Sequence[Plan]) -> list[dict]:
    """The rows, and at a draft that may go, the way to have it gone."""
    may_go = [plan for plan in plans if may(user, Right.DELETE_PLAN, plan)]
    empty = set(empty_drafts(may_go)) if may_go else set()
    return [
        row
        | {"remove": address_of(row["plan"], plans, "plan-remove") if row["plan"] in empty else ""}
        for row in _rows(plans)
    ]


def _rows(plans: Sequence[Plan]) -> list[dict]:
    return [{"plan": plan, "url": address_of(plan, plans)} for plan in plans]


def _with_a_link(refusal: AlreadyPlanned, user: Any) -> SafeString:
    """The sentence as it is, where "Öppna den" opens the plan."""
    plan, words = refusal.plan, "Öppna den"
    before, _, after = refusal.message.partition(words)
    url = address_of(plan, DistrictPlans(user, plan.district).readable)
    return format_html('{}<a href="{}">{}</a>{}', before, url, words, after)
