"""Läget: how it goes with a plan, and with all the plans of a city."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plans.access import DistrictPlans, SeveralPlans, get_district, get_municipality
from plans.addresses import address_of
from plans.models import Plan
from plans.overview import chosen_plans
from plans.picture import Picture, picture_of, shown_round
from plans.services.loading import current_document
from plans.services.pictures import beside_of, pictures_of
from plans.views.plan import ask_which, which
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, year: int) -> HttpResponse:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, frame, several, "plan-picture")
    document = current_document(plan, beside=False)
    asked_for = _uuid(request.GET.get("omgang", ""))
    picture = picture_of(
        document,
        round_uuid=asked_for,
        beside=beside_of(plan.period_id, shown_round(document.rounds, asked_for)),
        today=timezone.localdate(),
    )
    rounds = [
        {
            "round": round_,
            "url": address_of(plan, plans.readable, "plan-picture", omgang=str(round_.uuid)),
            "is_shown": round_ == picture.round,
        }
        for round_ in document.rounds
        if round_.opened_at or round_.answers
    ]
    is_latest = picture.round == shown_round(document.rounds)

    def shown_in_plan(**filter: str) -> str:
        return address_of(plan, plans.readable, **filter)

    return render(
        request,
        "plans/picture/page.html",
        {
            "frame": frame,
            "plan": plan,
            "picture": picture,
            "today": timezone.localdate(),
            "rounds": rounds if len(rounds) > 1 else [],
            "plan_url": address_of(plan, plans.readable),
            "parties": [(row, shown_in_plan(part=row.party.key)) for row in picture.parties],
            # Paper and the plan's filter are of the latest round.
            "states": [
                (state, number, shown_in_plan(status=state.value))
                for state, number in picture.states
            ]
            if is_latest
            else [],
            "paper_url": address_of(plan, plans.readable, "plan-uppfoljning-pdf")
            if is_latest
            else "",
        },
    )


def _uuid(text: str) -> UUID | None:
    """What makes no sense in the address is passed over."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Row:
    district: District
    plan: Plan | None
    picture: Picture | None
    url: str = ""


def city(request: HttpRequest, municipality: str) -> HttpResponse:
    place = get_municipality(request.user, Right.READ_CITY, municipality)
    today = timezone.localdate()
    chosen = chosen_plans(request.user, place, today)
    pictures = pictures_of(list(chosen.values()), today=today)
    rows = [
        _row(district, chosen.get(district.pk), pictures)
        for district in place.districts.all()
        if not district.has_ended(today)
    ]
    return render(request, "plans/picture/city.html", {"city": place, "rows": rows})


def _row(district: District, plan: Plan | None, pictures: dict[int, Picture]) -> Row:
    if plan is None:
        return Row(district, None, None)
    return Row(district, plan, pictures[plan.pk], address_of(plan, [plan], "plan-picture"))
