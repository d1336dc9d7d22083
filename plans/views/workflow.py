"""The pages on which a plan takes its steps (samverkan/workflow/pages.py)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.views.plan import ask_which, which
from samverkan.access.table import Right
from samverkan.site.frame import Frame
from samverkan.workflow import pages
from samverkan.workflow.pages import Found
from samverkan.workflow.table import TRANSITIONS


def _find(request: HttpRequest, right: Right, district: str, year: int) -> Found:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place)
    plan = plans.get(right, year, **which(request))
    return Found(plan, Frame(request, place, year, plans.readable), plans.all)


def _asks_which(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def asking(request: HttpRequest, district: str, year: int, **more: Any) -> HttpResponse:
        try:
            return view(request, district=district, year=year, **more)
        except SeveralPlans as several:
            place = several.plans[0].district
            plans = DistrictPlans(request.user, place).readable
            return ask_which(request, Frame(request, place, year, plans), several)

    return asking


STEPS = {step.name: _asks_which(pages.step_view(_find, step)) for step in TRANSITIONS}
dispatches = _asks_which(pages.dispatches_view(_find))
sent_draft = _asks_which(pages.sent_draft_view(_find))
