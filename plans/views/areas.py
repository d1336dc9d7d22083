"""Områden i planen: one more, of the city's list or of the district's own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plans.access import DistrictPlans, get_plan
from plans.addresses import address_of
from plans.forms import AreaToPlanForm
from plans.services.areas import add_area, not_in
from samverkan.access.table import Right
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_SHARED, district, pk)
    city, own = (list(areas) for areas in not_in(plan))
    form = AreaToPlanForm(request.POST or None, city=city, own=own)
    plans = DistrictPlans(request.user, plan.district).readable
    write_url = address_of(plan, plans, "plan-write")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        area = next((one for one in (*city, *own) if str(one.pk) == said["area"]), None)
        try:
            changes = add_area(
                actor=request.user,
                plan=plan,
                area=area,
                name="" if area else said["name"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{area or said['name']} är tillagt i planen.")
            return redirect(f"{write_url}#rad-{changes[-1].row}")
    return render(
        request,
        "plans/areas.html",
        {
            "frame": Frame(request, plan.district, plan.year, plans),
            "plan": plan,
            "form": form,
            "write_url": write_url,
            "there": plan.areas.select_related("area"),
            "is_whole": not city,
        },
    )
