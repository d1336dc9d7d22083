"""A calendar to subscribe to: its address on one's account, and what the address gives."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from plans.limits import is_within
from plans.services import calendars
from plans.writing.calendar import write


def page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if request.method == "POST":
        if request.POST.get("gor") == "stang":
            calendars.revoke_address(user)
            messages.success(request, "Kalenderadressen gäller inte längre.")
        else:
            calendars.new_address(user)
            messages.success(request, "Här är din nya kalenderadress.")
        return redirect("calendar")
    address = calendars.address_of(user)
    context = {"address": address, "url": calendars.url_of(address) if address else ""}
    return render(request, "plans/calendar.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Asked for over and over by programs: what has not changed is not sent again."""
    if not is_within(request, "calendar", token):
        answer = HttpResponse("Kalendern hämtas för ofta.", status=429, content_type=_PLAIN)
        answer["Retry-After"] = "3600"
    elif (user := calendars.owner_of(token)) is None:
        answer = HttpResponse("Kalendern finns inte längre.", status=404, content_type=_PLAIN)
    else:
        content = write(calendars.events_of(user))
        etag = quote_etag(hashlib.sha256(content).hexdigest())
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        answer["ETag"] = etag
        answer = get_conditional_response(request, etag=etag, response=answer)  # type: ignore[assignment]
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address
    return answer


_PLAIN = "text/plain; charset=utf-8"
