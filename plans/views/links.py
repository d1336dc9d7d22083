"""Svara utan inloggning: the page that a link leads to, and the samordnare's handling of links.

The address itself is the key. So it is not told to other sites, not kept by any cache, found by no
search engine, and not written in our log. No cookie gives a right here, so there is nothing that
another site could borrow: the CSRF token would guard nothing, and without a referrer it cannot be checked.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from plans.access import get_round
from plans.cards import Sheet, sheets
from plans.editable import ANSWER
from plans.limits import is_within
from plans.link_forms import LinkForm
from plans.mine import is_asked
from plans.models import AnswerLink, Plan
from plans.services import links as services
from plans.services.answering import About, LinkEnded
from plans.views.answers import asks_for_json, take
from plans.views.rounds import asked_parties, on_plan
from samverkan.access.table import Right

View = Callable[..., HttpResponse]


def _by_link(*methods: str) -> Callable[[View], View]:
    """A page that a link opens. Django's own refusal of a method would log the address."""

    def opened_by_link(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, token: str, **of_address: Any) -> HttpResponse:
            # Whoever she is logged in as elsewhere, here she is the holder of the link.
            request.user = AnonymousUser()
            request.by_link = True  # type: ignore[attr-defined]
            response = (
                _answer(view, request, token, of_address)
                if request.method in methods
                else HttpResponseNotAllowed(methods)
            )
            add_never_cache_headers(response)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            response._has_been_logged = True  # type: ignore[attr-defined]  # or Django logs it too
            return response

        return login_not_required(csrf_exempt(ask))

    return opened_by_link


def _answer(
    view: View, request: HttpRequest, token: str, of_address: dict[str, Any]
) -> HttpResponse:
    if not is_within(request, "answer-link", token):
        return _refusal(request, 429)
    link = services.link_by(token)
    if link is None:
        return _refusal(request, 404)
    plan = services.plan_of(link)
    if plan is None or not link.is_valid:
        return _refusal(request, 410, link)
    try:
        return view(request, link, plan, token, **of_address)
    except LinkEnded:
        return _refusal(request, 410, link)
    except Http404:
        return _refusal(request, 404, link)


@_by_link("GET", "HEAD")
def page(request: HttpRequest, link: AnswerLink, plan: Plan, token: str) -> HttpResponse:
    if not link.round.is_open:
        return _refusal(request, 410, link)
    if request.method == "GET":
        services.opened(link, plan)
    context = {
        "link": link,
        "plan": plan,
        "token": token,
        "sheet": _sheet(link, plan),
        "today": timezone.localdate(),
    }
    return render(request, "plans/links/page.html", context)


@_by_link("POST")
def answer(
    request: HttpRequest, link: AnswerLink, plan: Plan, token: str, action: UUID
) -> HttpResponse:
    sheet = _sheet(link, plan)
    if sheet is None or action not in {card.action.uuid for card in sheet.cards}:
        raise Http404("Länken gäller inte den åtgärden.")
    return take(request, link, About(plan, link.round, action, link.party))


def send(request: HttpRequest, district: str, pk: int, round_: int) -> HttpResponse:
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    parties = asked_parties(plan, found)
    chosen = next((one for one in parties if one.key == request.GET.get("part")), None)
    form = LinkForm(
        request.POST or None,
        parties=parties,
        initial={"party": chosen, "last_day": services.usual_last_day(found)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            link = services.send_link(
                actor=request.user, plan=plan, round_=found, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Länken är på väg till {link.email}.")
            return redirect("round", district, plan.pk, found.pk)
    context = on_plan(request, plan) | {"form": form, "round": found}
    return render(request, "plans/links/send.html", context)


@require_POST
def revoke(request: HttpRequest, district: str, pk: int, round_: int, link: int) -> HttpResponse:
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    row = found.links.select_related("party", "round").filter(pk=link).first()
    if row is None:
        raise Http404("Det finns ingen sådan länk.")
    services.revoke_link(actor=request.user, plan=plan, link=row)
    messages.success(request, f"Länken till {row.email} gäller inte längre.")
    return redirect("round", district, plan.pk, found.pk)


def _sheet(link: AnswerLink, plan: Plan) -> Sheet | None:
    if not is_asked(link.party, link.round):
        return None
    found = sheets([(plan, link.round, link.party)])
    return found[0] if found else None


_SENTENCES = {
    404: "Länken stämmer inte.",
    410: "Länken går inte att svara genom längre.",
    429: "Länken har använts många gånger på kort tid. Vänta en stund och försök igen.",
}


def _refusal(request: HttpRequest, status: int, link: AnswerLink | None = None) -> HttpResponse:
    """Whom to ask; and not which of the reasons it is. What was typed is given back."""
    district = link.round.period.district if link else None
    if asks_for_json(request):
        whom = f" Fråga samordnaren i {district}." if district else ""
        return JsonResponse({"sentence": _SENTENCES[status] + whom}, status=status)
    typed = [value for name, value in request.POST.items() if name in ANSWER.fields and value]
    context = {"status": status, "sentence": _SENTENCES[status], "district": district}
    return render(request, "plans/links/refused.html", context | {"typed": typed}, status=status)
