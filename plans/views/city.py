"""The city's page: every district with the plan that counts now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plans.access import get_municipality
from plans.overview import overview
from samverkan.access.table import Right


def page(request: HttpRequest, municipality: str) -> HttpResponse:
    city = get_municipality(request.user, Right.READ_CITY, municipality)
    return render(
        request,
        "plans/city.html",
        {
            "city": city,
            "overview": overview(request.user, city, today=timezone.localdate()),
        },
    )
