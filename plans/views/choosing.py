"""Pages that remember what somebody chose to see on them.

The address says all of what is shown, so that it can be shared: what is chosen is sent, kept and
led on to an address that says it; an address that says nothing leads to what was chosen last.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from plans.forms import ShownForm
from plans.services.remembering import remember, remembered

_FILTER = ("part", "status", "tid", "andring", "q")
_CLEARED = {"filter": _FILTER, "kolumner": ("kol",)}


def sent(request: HttpRequest, page: str, make: Callable[[QueryDict], ShownForm]) -> ShownForm:
    """What was chosen in the form, and remembered for the next time. Words are looked for once."""
    data = request.POST.copy()
    for name in _CLEARED.get(data.get("rensa", ""), ()):
        data.pop(name, None)
    form = make(data)
    remember(user=request.user, page=page, query=form.address(with_words=False))
    return form


def led_on(
    request: HttpRequest,
    page: str,
    make: Callable[[QueryDict], ShownForm],
    which: dict[str, Any],
) -> ShownForm | HttpResponse:
    """What the address says; or the way to the address that says what was chosen."""
    if request.method == "POST":
        return redirect(address(request, sent(request, page, make), which))
    form = make(request.GET)
    if not form.is_asked:
        last = make(QueryDict(remembered(request.user, page)))
        if last.address():
            return redirect(address(request, last, which))
    return form


def address(request: HttpRequest, form: ShownForm, which: dict[str, Any]) -> str:
    query = "&".join(filter(None, [urlencode(which), form.address()]))
    return f"{request.path}?{query}" if query else request.path
