"""The plan as a page and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.filtering import narrow
from plans.forms import FilterForm
from plans.presentation import PlanView
from plans.services.documents import to_document
from samverkan.access.table import Right
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, year: int) -> HttpResponse:
    return _show(request, district, year, "plans/plan.html")


def summary(request: HttpRequest, district: str, year: int) -> HttpResponse:
    return _show(request, district, year, "plans/summary.html")


def _show(request: HttpRequest, slug: str, year: int, template: str) -> HttpResponse:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, slug))
    frame = Frame(request, plans.district, year, plans.readable)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return render(
            request, "plans/several.html", {"plans": several.plans, "frame": frame}, status=300
        )
    view = PlanView(to_document(plan))
    form = FilterForm(request.GET or None, plan=view)
    return render(
        request,
        template,
        {
            "frame": frame,
            "plan": plan,
            "view": view,
            "filter": form,
            "areas": narrow(view.areas, form.criteria) if form.is_bound else view.areas,
            "is_filtered": form.is_bound and bool(form.criteria),
        },
    )


def which(request: HttpRequest) -> dict[str, Any]:
    """Which plan of the year, where the address says so: ?revision=2, ?period=17."""
    return {
        name: int(request.GET[name])
        for name in ("period", "revision")
        if request.GET.get(name, "").isdecimal()
    }
