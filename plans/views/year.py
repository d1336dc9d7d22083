"""Årshjulet: a district's year as a wheel and as a list, and the days that the samordnare keeps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from plans.access import DistrictPlans, get_district
from plans.round_forms import MomentForm
from plans.services import year as services
from plans.wheel import wheel
from plans.year import Step, waiting, year_of
from plans.year_facts import known_of
from samverkan.access.table import Right
from samverkan.site.frame import Frame

FIRST, LAST = 2000, 2100


def page(request: HttpRequest, district: str, year: int) -> HttpResponse:
    plans, steps = _year(request, Right.ENTER_DISTRICT, district, year)
    today = timezone.localdate()
    return render(
        request,
        "plans/year/page.html",
        {
            "frame": Frame(request, plans.district, year, plans.readable),
            "year": year,
            "steps": steps,
            "waiting": waiting(steps),
            "wheel": wheel(steps, year, today),
            "before": year - 1 if year > FIRST else None,
            "after": year + 1 if year < LAST else None,
            "predecessors": plans.district.predecessors.all()
            if plans.district.valid_from and plans.district.valid_from.year >= year
            else [],
        },
    )


def moment(request: HttpRequest, district: str, year: int, moment: str) -> HttpResponse:
    """Another day for one of the year's moments, or that it is done."""
    plans, steps = _year(request, Right.KEEP_YEAR, district, year)
    step = next((one for one in steps if one.moment == moment), None)
    if step is None or step.moment is None:
        raise Http404("Årshjulet har inget sådant moment.")
    place: dict[str, Any] = {
        "actor": request.user,
        "district": plans.district,
        "year": year,
        "moment": step.moment,
    }
    back = reverse("year-cycle", args=[district, year])
    if request.method == "POST" and "aterstall" in request.POST:
        services.forget(**place)
        messages.success(request, f"{step.name} är som det brukar vara igen.")
        return redirect(back)
    form = MomentForm(request.POST or None, step=step, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep(
                **place,
                day=form.cleaned_data["day"],
                is_done=form.cleaned_data.get("is_done", False),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{step.name} är sparat i årshjulet.")
            return redirect(back)
    return render(
        request,
        "plans/year/moment.html",
        {
            "frame": Frame(request, plans.district, year, plans.readable),
            "step": step,
            "year": year,
            "form": form,
            "back": back,
        },
    )


def _year(
    request: HttpRequest, right: Right, slug: str, year: int
) -> tuple[DistrictPlans, list[Step]]:
    district = get_district(request.user, right, slug)
    if not FIRST <= year <= LAST:
        raise Http404(f"Årshjulet finns för åren {FIRST} till {LAST}.")
    plans = DistrictPlans(request.user, district)
    return plans, year_of(known_of(plans, year, timezone.localdate()))
