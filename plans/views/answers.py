"""Answering: one card at a time, from whichever page it stands on.

A form comes back to the page where the card is. A script that asks for JSON gets what stands in the
card now, and puts it in its place.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from plans.access import get_round
from plans.cards import Card, sheets, typed_in
from plans.editable import ANSWER, OUTCOME
from plans.services.answering import About, RoundClosed, answer, confirm, measure, undo
from samverkan.access.table import Right
from samverkan.collaboration.desk import clock
from samverkan.collaboration.editing import Written
from samverkan.organisation.models import Party


@require_POST
def of_action(
    request: HttpRequest, district: str, pk: int, round_: int, action: UUID, party: int = 0
) -> HttpResponse:
    plan, found = get_round(request.user, Right.FOLLOW_UP, district, pk, round_)
    of_party = get_object_or_404(Party, pk=party) if party else None
    return take(request, request.user, About(plan, found, action, of_party))


def take(request: HttpRequest, actor: Any, about: About) -> HttpResponse:
    """What is done to one card: written in, filled with what was said last time, taken back, confirmed."""
    do = request.POST.get("gor", "")
    typed: Mapping[str, str] = {
        name: request.POST[name] for name in ANSWER.fields if name in request.POST
    }
    if do == "kopiera":
        typed = _said_before(about)
    try:
        if do == "angra":
            written = undo(actor=actor, about=about)
        else:
            written = answer(actor=actor, about=about, typed=typed, seen=_seen(request))
        if do == "bekrafta" and not written.conflicts:
            confirm(actor=actor, about=about, seen=_seen(request))
    except RoundClosed as closed:
        return _closed(request, closed)
    except ValidationError as fault:
        return _refused(request, about, fault, typed)
    if written.conflicts:
        return _conflict(request, about, written)
    if asks_for_json(request):
        return JsonResponse(_now(about))
    messages.success(request, "Uppföljningen är sparad.")
    return redirect(_back(request, about))


@require_POST
def of_goal(request: HttpRequest, district: str, pk: int, round_: int, goal: UUID) -> HttpResponse:
    plan, found = get_round(request.user, Right.FOLLOW_UP_FOR_ALL, district, pk, round_)
    typed = {name: request.POST[name] for name in OUTCOME.fields if name in request.POST}
    seen = _seen(request)
    try:
        written = measure(
            actor=request.user, plan=plan, round_=found, goal=goal, typed=typed, seen=seen
        )
    except RoundClosed:
        sentence = f"{found} är stängd. Öppna den igen för att skriva utfall."
        return _sentence(request, sentence, 423)
    except ValidationError as fault:
        return _sentence(request, " ".join(fault.messages), 422)
    if written.conflicts:
        one = written.conflicts[0]
        sentence = f"{one.by} skrev {one.theirs} här {clock(one.at)}. Ditt är inte sparat."
        return _sentence(request, sentence, 409)
    if asks_for_json(request):
        row = found.outcomes.filter(goal=goal).first()
        return JsonResponse(
            {
                "saved": clock(timezone.now()),
                "seen": found.version,
                "values": typed_in(OUTCOME, row),
                "answered": False,
            }
        )
    messages.success(request, "Utfallet är sparat.")
    return redirect(_next(request) or "start")


def card_of(about: About) -> Card:
    """The one card, as it stands now."""
    asked = sheets([(about.plan, about.round, about.party)])
    for card in asked[0].cards if asked else ():
        if card.action.uuid == about.action:
            return card
    raise Http404("Uppföljningen frågar inte efter den åtgärden.")


def _said_before(about: About) -> Mapping[str, str]:
    earlier = card_of(about).earlier
    return {name: value for name, value in typed_in(ANSWER, earlier).items() if value}


def _now(about: About) -> dict[str, Any]:
    """What stands in the card: others may have written in its other fields."""
    card = card_of(about)
    return {
        "saved": clock(timezone.now()),
        "seen": about.round.version,
        "values": card.typed,
        "answered": card.is_answered,
        "draft": card.is_draft,
    }


def _closed(request: HttpRequest, closed: RoundClosed) -> HttpResponse:
    sentence = f"{closed.round} stängdes medan du skrev. "
    if closed.late:
        sentence += "Din text är sparad hos samordnaren, som kan släppa in den."
    else:
        sentence += "Inget är ändrat."
    return _sentence(request, sentence, 423)


def _sentence(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if asks_for_json(request):
        return JsonResponse({"sentence": sentence}, status=status)
    messages.error(request, sentence)
    return redirect(_next(request) or "start")


def _refused(
    request: HttpRequest, about: About, fault: ValidationError, typed: Mapping[str, Any]
) -> HttpResponse:
    faults = (
        {name: " ".join(said) for name, said in fault.message_dict.items()}
        if hasattr(fault, "error_dict")
        else {"": " ".join(fault.messages)}
    )
    if asks_for_json(request):
        return JsonResponse({"faults": faults}, status=422)
    return _card_page(request, about, typed=typed, faults=faults, status=422)


def _conflict(request: HttpRequest, about: About, written: Written) -> HttpResponse:
    if asks_for_json(request):
        card = card_of(about)
        context = {
            "conflicts": written.conflicts,
            "card": card,
            "seen": about.round.version,
            "address": request.path,  # where it was posted to: the card's own, or a link's
        }
        html = render_to_string("plans/rounds/conflict.html", context, request)
        return JsonResponse(_now(about) | {"conflict": html}, status=409)
    return _card_page(request, about, conflicts=written.conflicts, status=409)


def _card_page(request: HttpRequest, about: About, status: int, **more: Any) -> HttpResponse:
    context = {
        "card": card_of(about),
        "seen": about.round.version,
        "next": _back(request, about),
        "address": request.path,
        "plan": about.plan,
        "may_write": True,
    }
    return render(request, "plans/rounds/card_page.html", context | more, status=status)


def _back(request: HttpRequest, about: About) -> str:
    return f"{_next(request) or '/'}#kort-{card_of(about).key}"


def _next(request: HttpRequest) -> str:
    """The page that the card stood on: one of ours."""
    page = request.POST.get("sida", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else ""


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else 0


def asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"
