"""The error pages: what went wrong in a sentence, and a way on. In the same dress as the rest."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404
from django.views.decorators.csrf import requires_csrf_token

# What Django itself says, in English and to developers.
_DJANGOS_OWN = re.compile(r"^No .+ (matches|found)|^Invalid |^.* object")


@login_not_required
@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


@login_not_required
@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason is that of the table of rights: the same that hides the button."""
    if _wants_json(request):
        return JsonResponse({"said": str(exception)}, status=403)
    return render(request, "403.html", {"reason": str(exception)}, status=403)


@login_not_required
@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = ""
    if isinstance(exception, Http404) and not isinstance(exception, Resolver404):
        reason = str(exception)
    if _DJANGOS_OWN.match(reason):
        reason = ""
    if reason and _wants_json(request):
        return JsonResponse({"said": reason}, status=404)
    way = getattr(exception, "way", None)  # a label and an address, from who knows better
    return render(request, "404.html", {"reason": reason, "way": way}, status=404)


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


@login_not_required
@requires_csrf_token
def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)
