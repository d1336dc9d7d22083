"""Protokoll of meetings: added to an action in an open round, downloaded, taken away."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans.access import DistrictPlans, get_round
from plans.models import FollowUpRound, Minutes, Plan
from plans.round_forms import MinutesForm
from plans.services import minutes as services
from plans.services.minutes import Paper
from plans.services.understanding import action_of
from samverkan.access.table import Right
from samverkan.site.frame import Frame


def add(request: HttpRequest, district: str, pk: int, round_: int, action: UUID) -> HttpResponse:
    plan, found = _door(request, district, pk, round_, action)
    form = MinutesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sent: Any = said.pop("file")
        try:
            added = services.add(
                actor=request.user,
                plan=plan,
                round_=found,
                action=action,
                paper=Paper(sent.name, sent.read()) if sent else None,
                **said,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Protokollet {added} är tillagt.")
            return redirect(_back(plan, found, action))
    return _page(request, plan, found, action, form)


def _ask_first(
    request: HttpRequest, district: str, pk: int, round_: int, action: UUID
) -> HttpResponse | None:
    """Who may send a file is asked, and how large it is, before a byte of it is read."""
    plan, found = _door(request, district, pk, round_, action)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > services.MOST_BYTES + _AROUND:
        return _page(request, plan, found, action, MinutesForm(), fault=services.TOO_LARGE)
    return None


add.ask_first = _ask_first  # type: ignore[attr-defined]
_AROUND = 100_000  # bytes of a form beside its file


@require_POST
def remove(request: HttpRequest, district: str, pk: int, round_: int, minutes: int) -> HttpResponse:
    plan, found = get_round(request.user, Right.FOLLOW_UP, district, pk, round_)
    one = _of(found, minutes)
    try:
        services.remove(actor=request.user, plan=plan, minutes=one)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Protokollet är borttaget.")
    return redirect(_back(plan, found, one.action))


def file(
    request: HttpRequest, district: str, pk: int, round_: int, minutes: int
) -> HttpResponseBase:
    """To keep and never to show: the bytes are a stranger's."""
    _, found = get_round(request.user, Right.READ_HISTORY, district, pk, round_)
    one = _of(found, minutes)
    if one.content is None:
        raise Http404("Protokollet är en länk, och finns inte här.")
    return FileResponse(
        BytesIO(bytes(one.content)),
        as_attachment=True,
        filename=one.file_name,
        content_type=one.content_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _door(
    request: HttpRequest, district: str, pk: int, round_: int, action: UUID
) -> tuple[Plan, FollowUpRound]:
    plan, found = get_round(request.user, Right.FOLLOW_UP, district, pk, round_)
    services.demand_to_add(request.user, plan, action)
    return plan, found


def _of(round_: FollowUpRound, pk: int) -> Minutes:
    found = round_.minutes.select_related("round").filter(pk=pk).first()
    if found is None:
        raise Http404("Protokollet finns inte i uppföljningen. Det kan vara borttaget.")
    return found


def _page(
    request: HttpRequest,
    plan: Plan,
    round_: FollowUpRound,
    action: UUID,
    form: MinutesForm,
    fault: str = "",
) -> HttpResponse:
    readable = DistrictPlans(request.user, plan.district).readable
    context = {
        "frame": Frame(request, plan.district, plan.year, readable),
        "plan": plan,
        "round": round_,
        "action": action_of(plan, action),
        "back": _back(plan, round_, action),
        "form": form,
        "fault": fault,
    }
    return render(request, "plans/rounds/minutes_add.html", context, status=413 if fault else 200)


def _back(plan: Plan, round_: FollowUpRound, action: UUID) -> str:
    page = reverse("round", args=[plan.district.slug, plan.pk, round_.pk])
    return f"{page}#kort-{round_.pk}-alla-{action}"
