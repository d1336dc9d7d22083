"""Light, dark, or as the computer has it: the user's choice, kept in a cookie."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "utseende"
THEMES = {"ljust": "light", "morkt": "dark"}  # anything else: as the computer has it
A_YEAR = 60 * 60 * 24 * 365


def chosen(request: HttpRequest) -> str:
    """What Bootstrap calls the theme; nothing where the computer decides."""
    return THEMES.get(request.COOKIES.get(COOKIE, ""), "")


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("start")
    response = HttpResponseRedirect(back)
    theme = request.POST.get("utseende", "")
    if theme in THEMES:
        response.set_cookie(
            COOKIE,
            theme,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE)
    return response
