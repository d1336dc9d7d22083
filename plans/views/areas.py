"""One area more: of the city's list or of the district's own. In a plan, and in what else has areas."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plans.access import DistrictPlans, get_plan
from plans.addresses import address_of
from plans.forms import AddAreaForm
from plans.models import PriorityArea
from plans.services.areas import add_area, not_in
from samverkan.access.table import Right
from samverkan.site.frame import Frame


class Place(NamedTuple):
    """Where the area is to come, and which are there."""

    work: Any
    frame: Frame
    write_url: str
    there: Sequence[tuple[str, bool]]  # what each is called there, and whether it is an own one


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_SHARED, district, pk)
    plans = DistrictPlans(request.user, plan.district).readable
    there = plan.areas.select_related("area")
    return choose(
        request,
        Place(
            plan,
            Frame(request, plan.district, plan.year, plans),
            address_of(plan, plans, "plan-write"),
            [(row.title, row.area.district_id is not None) for row in there],
        ),
        not_in(plan),
        partial(add_area, actor=request.user, plan=plan),
    )


def choose(
    request: HttpRequest,
    place: Place,
    offered: tuple[Iterable[PriorityArea], Iterable[PriorityArea]],
    add: Callable[..., Sequence[Any]],
) -> HttpResponse:
    city, own = map(list, offered)
    form = AddAreaForm(request.POST or None, city=city, own=own)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        area = next((one for one in (*city, *own) if str(one.pk) == said["area"]), None)
        try:
            changes = add(area=area, name="" if area else said["name"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            where = place.work.word_for_it.lower()
            messages.success(request, f"{area or said['name']} är tillagt i {where}.")
            return redirect(f"{place.write_url}#rad-{changes[-1].row}")
    words = {"form": form, "is_whole": not city, **place._asdict()}
    return render(request, "plans/areas.html", words)
