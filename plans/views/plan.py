"""The plan as a page and as files."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.addresses import address_of
from plans.charts import charts_of
from plans.earlier import Earlier
from plans.filtering import Criteria, narrow
from plans.forms import FilterForm
from plans.models import Plan
from plans.origins import Origins, priorities_of
from plans.overview import overlapping
from plans.presentation import PlanView
from plans.services.loading import current_document
from plans.services.ties import kept_for
from plans.timed import Timed
from plans.vocabulary import PlanState
from plans.ways import ways
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.comments import Talk
from samverkan.http import Request
from samverkan.site.frame import Frame
from samverkan.workflow.status import status_of

_PLAN = "plans/plan.html"  # says each goal; a sammanställning only how many there are


def page(request: Request, district: str, year: int) -> HttpResponse:
    return _show(request, district, year, _PLAN)


def summary(request: Request, district: str, year: int) -> HttpResponse:
    return _show(request, district, year, "plans/summary.html")


def nearest(request: Request, district: str) -> HttpResponse:
    """The same page in another district: the same year if there is one, or else the nearest."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    years = {plan.year for plan in plans.readable}
    if not years:
        return redirect("district", district)
    asked = request.GET.get("ar", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 5 else date.today().year
    year = min(years, key=lambda year: (abs(year - wanted), -year))
    place = request.GET.get("sida", "")
    return redirect(place if place in Frame.TABS else "plan", district, year)


def _show(request: Request, slug: str, year: int, template: str) -> HttpResponse:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, slug))
    frame = Frame(request, plans.district, year, plans.readable)
    asked_for = which(request)
    try:
        plan = plans.get(Right.READ, year, **asked_for)
    except SeveralPlans as several:
        return ask_which(request, frame, several)
    document = current_document(plan)
    view = PlanView(document, kept_for(request.user, plan, document) if template == _PLAN else None)
    earlier = Earlier(request.user, plan, document, plans.readable)
    form = FilterForm(request.GET or None, plan=view, earlier=earlier.name)
    criteria = form.criteria if form.is_bound else Criteria()
    is_filtered = bool(criteria)
    changes = earlier.of if criteria.since else {}  # only asked for where it is used
    areas = narrow(view.areas, criteria, changes)
    response = render(
        request,
        template,
        {
            "frame": frame,
            "plan": plan,
            "talk": Talk(request.user, plan),
            "timed": Timed(request.user, plan),
            "origins": Origins(request.user, plan.district, priorities_of(document)),
            "status": status_of(request.user, plan, document, plans.all),
            "view": view,
            "filter": form,
            "areas": areas,
            "is_filtered": is_filtered,
            "sought": criteria.sought,
            "shown": sum(len(area.actions) for area in areas),
            "charts": [] if is_filtered else charts_of(view),
            "kept": asked_for,
            "write_url": address_of(plan, plans.all, "plan-write")
            if may(request.user, Right.EDIT_OWN, plan)
            else "",
            "which": f"?{urlencode(asked_for)}" if asked_for else "",
            "ways": ways(request.user, plan, plans.readable),
            "other_revisions": _other_revisions(plan, plans),
            "overlapping": [
                {"plan": other, "url": address_of(other, plans.readable)}
                for other in overlapping(plan, plans.readable)
            ],
        },
    )
    if request.htmx:  # the address to share, without the fields that are empty
        asked = {name: value for name, value in request.GET.items() if value}
        response["HX-Push-Url"] = f"{request.path}?{urlencode(asked)}" if asked else request.path
    return response


def ask_which(
    request: HttpRequest, frame: Frame, several: SeveralPlans, page: str = "plan"
) -> HttpResponse:
    choices = [{"plan": plan, "url": address_of(plan, frame.plans, page)} for plan in several.plans]
    return render(request, "plans/several.html", {"frame": frame, "choices": choices}, status=300)


def _other_revisions(plan: Plan, plans: DistrictPlans) -> list[dict]:
    """What the reader should know: that another revision is in force, or a newer one under way."""
    notes = []
    for other in plans.readable:
        if other.period_id != plan.period_id or other == plan:
            continue
        if other.in_force:
            note = (
                f"Du läser revision {plan.revision}. Det är revision {other.revision} som gäller."
            )
        elif other.revision > plan.revision and other.state in _UNDER_WAY:
            note = f"Revision {other.revision} är på väg: {other.state_words}."
        else:
            continue
        url = address_of(other, plans.readable)
        notes.append({"note": note, "url": url, "revision": other.revision})
    return notes


_UNDER_WAY = (PlanState.DRAFT, PlanState.CONSULTATION)


def which(request: HttpRequest) -> dict[str, Any]:
    """Which plan of the year, where the address says so: ?revision=2, ?period=17."""
    return {
        name: int(request.GET[name])
        for name in ("period", "revision")
        if request.GET.get(name, "").isdecimal() and len(request.GET[name]) < 10
    }
