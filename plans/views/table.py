"""Tabell: every action of a plan in one flat table, as in a spreadsheet."""

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.addresses import address_of
from plans.earlier import Earlier
from plans.filtering import narrow
from plans.forms import ShownForm
from plans.presentation import PlanView
from plans.services.loading import current_document
from plans.table import columns, in_order, table
from plans.timed import Timed
from plans.views.choosing import led_on
from plans.views.plan import ask_which, which
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.http import Request
from samverkan.site.frame import Frame


def page(request: Request, district: str, year: int) -> HttpResponse:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    asked_for = which(request)
    try:
        plan = plans.get(Right.READ, year, **asked_for)
    except SeveralPlans as several:
        return ask_which(request, frame, several, "plan-table")
    document = current_document(plan)
    view = PlanView(document)
    earlier = Earlier(request.user, plan, document, plans.readable)
    offered = columns(has_causes=view.has_causes, since=earlier.name)

    def make(data: QueryDict) -> ShownForm:
        return ShownForm(data, plan=view, earlier=earlier.name, offered=offered, is_sorted=True)

    form = led_on(request, "tabell", make, asked_for)
    if isinstance(form, HttpResponse):
        return form
    criteria = form.criteria
    rows = in_order(table(narrow(view.areas, criteria, earlier.of), earlier.of), form.order)
    differences = reverse("plan-differences", args=[plan.district.slug])
    response = render(
        request,
        "plans/table.html",
        {
            "frame": frame,
            "plan": plan,
            "view": view,
            "timed": Timed(request.user, plan),
            "earlier": earlier,
            "gone": earlier.gone(criteria),
            "filter": form,
            "which": f"?{urlencode(asked_for)}" if asked_for else "",
            "is_filtered": bool(criteria),
            "shown": len(rows),
            "rows": rows,
            "sought": criteria.sought,
            "plan_url": address_of(plan, plans.readable),
            "write_url": address_of(plan, plans.all, "plan-write")
            if may(request.user, Right.EDIT_OWN, plan)
            else "",
            "differences_url": f"{differences}?fran={earlier.plan.pk}&till={plan.pk}"
            if earlier.plan
            else "",
        },
    )
    if request.htmx:
        response["HX-Push-Url"] = request.get_full_path()
    return response
