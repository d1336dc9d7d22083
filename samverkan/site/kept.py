"""What somebody sent after her session had ended is kept until she has logged in again.

Without a script her words would be lost: what is sent is answered with the log-in page. They stay in the
session that she has before she is logged in, in the database and never in an address, and are shown
to nobody but the one who was logged in last in the browser. Only what comes from a form of ours (its
CSRF token holds, and a log-in makes it another) is kept, and only so much.
"""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

_KEPT = "kept"
_WHO = "samverkan_vem"  # who was logged in last in this browser, signed
MOST = 250_000  # characters
_TAKEN = {409, 410, 422}  # the answer shows what was sent
_NO_WORDS = re.compile(r"|on|\d+|([a-z]+:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LoginRequired(LoginRequiredMiddleware):
    """As Django's own, and it keeps what was sent."""

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponseBase | None:
        if request.user.is_authenticated and _KEPT in request.session and not _of(request):
            del request.session[_KEPT]  # another's
        return super().process_view(request, *args)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method == "POST" and request.accepts("text/html") and _keep(request):
            return redirect(f"{reverse('account_login')}?next={reverse('kept')}")
        return super().handle_no_permission(request, view_func)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return response
        if request.method == "POST" and (kept := _of(request)):
            is_taken = response.status_code < 400 or response.status_code in _TAKEN
            if is_taken and request.get_full_path() == kept["path"]:
                del request.session[_KEPT]
        if _who(request) != str(user.pk):
            response.set_signed_cookie(
                _WHO,
                str(user.pk),
                salt=_WHO,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response


def page(request: HttpRequest) -> HttpResponse:
    """What was kept: to be sent where it was going, or thrown away."""
    kept = _of(request)
    if kept is None:
        return redirect("start")
    if request.method == "POST":
        del request.session[_KEPT]
        messages.success(request, "Texten är borttagen.")
        return redirect("start")
    texts = [value for _, value in kept["fields"] if not _NO_WORDS.fullmatch(value)]
    return render(request, "site/kept.html", kept | {"texts": texts})


def _keep(request: HttpRequest) -> bool:
    """Whether it is kept. No log-in, no new password and no file ever is."""
    who = _who(request)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    is_secret = any("password" in name for name, _ in fields)
    if not who or not fields or request.FILES or is_secret:
        return False
    if sum(len(value) for _, value in fields) > MOST:
        messages.warning(
            request,
            "Du har loggats ut, och texten är för lång för att sparas här. Gå tillbaka med "
            "webbläsarens bakåtknapp och kopiera den innan du loggar in.",
        )
        return False
    request.session[_KEPT] = {"who": who, "path": request.get_full_path(), "fields": fields}
    return True


def _of(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept for the one who is logged in."""
    kept = request.session.get(_KEPT)
    return kept if kept and kept["who"] == str(request.user.pk) else None


def _who(request: HttpRequest) -> str:
    return request.get_signed_cookie(_WHO, default="", salt=_WHO) or ""
