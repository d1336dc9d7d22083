"""Mina åtaganden: all that is asked of me now, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plans.mine import Mine


def page(request: HttpRequest) -> HttpResponse:
    mine = Mine(request.user)
    return render(
        request,
        "plans/rounds/mine.html",
        {
            "sheets": mine.sheets,
            "promised": mine.promised,
            "today": timezone.localdate(),
        },
    )
