"""The start page and the other pages that belong to no district; and whether we are well."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lagesbild.waiting import reports_under_way
from lagesbild.waiting import waiting_for as waiting_in_reports
from lagesbild.waiting_talk import waiting_in_talk
from plans import waiting
from plans.addresses import address_of
from plans.services.reviews import reviews_for
from plans.waiting_year import waiting_in_year
from samverkan.access.ask import memberships_in
from samverkan.site.frame import districts_of, role_words


def start(request: HttpRequest) -> HttpResponse:
    """Mina områden, and what waits for me in them."""
    today = timezone.localdate()
    districts = [place for place in districts_of(request.user) if not place.has_ended(today)]
    plans = waiting.plans_in(request.user, districts)
    by_district = defaultdict(list)
    for plan in plans:
        by_district[plan.district.pk].append(plan)
    places = [
        {
            "district": district,
            "roles": [role_words(m) for m in memberships_in(request.user, district)],
            "plans": [
                {
                    "plan": plan,
                    "url": address_of(plan, plans),
                    "picture_url": address_of(plan, plans, "plan-picture"),
                    "follow_up_url": address_of(plan, plans, "follow-up"),
                    "summary_url": address_of(plan, plans, "plan-summary"),
                    "pdf_url": address_of(plan, plans, "plan-pdf"),
                }
                for plan in waiting.current(by_district[district.pk])
            ],
        }
        for district in districts
    ]
    tasks: list[dict[str, Any]] = [
        {"task": task, "url": task.address(plans)}
        for task in waiting.waiting_for(request.user, plans)
    ]
    reports = reports_under_way(request.user, districts)
    tasks += [
        {"task": task, "url": task.address(reports)}
        for task in waiting_in_reports(request.user, reports)
    ]
    tasks += [
        {"task": task, "url": task.address()} for task in waiting_in_talk(request.user, districts)
    ]
    tasks += [
        {"task": task, "url": task.url, "in_year": True}
        for task in waiting_in_year(request.user, today)
    ]
    tasks += [
        {"task": task, "url": task.url, "is_review": True}
        for task in reviews_for(request.user, today)
    ]
    tasks.sort(key=lambda one: (one["task"].due is None, one["task"].due or date.max))
    return render(request, "site/start.html", {"places": places, "tasks": tasks})


def account(request: HttpRequest) -> HttpResponse:
    """Mitt konto: who I am here, and how I log in."""
    return render(request, "account/overview.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 when the web process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
