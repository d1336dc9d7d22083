"""What stands between every request and its view."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers


class PrivatePages:
    """What is shown to somebody who is logged in is kept by no cache, so that nobody pages back
    to it after she has logged out. What says for itself how it is kept goes by that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class AskedFirst:
    """A view that takes files says who may send one before a byte of it is read.

    Whoever looks for the CSRF token reads the whole of what was sent, and so this stands before that.
    The view's `ask_first` gets what the address says. It refuses as a view would, or answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        ask = getattr(view, "ask_first", None)
        if ask is None or request.method != "POST":
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return ask(request, *args, **kwargs)
