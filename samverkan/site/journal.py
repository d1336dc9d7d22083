"""Händelser: what has happened in a district, in sentences, the latest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plans.access import get_district
from samverkan.access.table import Right
from samverkan.journal.kinds import sentence
from samverkan.site.frame import district_frame

ON_A_PAGE = 50


def journal(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.READ_JOURNAL, district)
    entries = Paginator(place.journal.select_related("actor"), ON_A_PAGE)
    page = entries.get_page(request.GET.get("sida"))
    return render(
        request,
        "site/journal.html",
        {
            "frame": district_frame(request, place),
            "page": page,
            "events": [{"at": entry.at, "text": sentence(entry)} for entry in page],
        },
    )
