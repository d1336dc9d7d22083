"""Historik: what has been done in a plan, what has stood in a row, and the way back for both."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from plans import history
from plans.access import DistrictPlans, get_plan
from plans.addresses import address_of
from plans.editable import KINDS
from plans.models import Plan
from plans.services.loading import to_document
from plans.views.writing import DESK
from plans.writer import Writer
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.desk import asks_for_json, clock, seen_by
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Gone
from samverkan.collaboration.restoring import put_back, restore
from samverkan.organisation.models import User
from samverkan.site.frame import Frame

ON_A_PAGE = 30  # turns


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan, around = _plan(request, district, pk)
    names = history.Names(plan, to_document(plan))
    people = list(User.objects.filter(pk__in=plan.changes.values("by")).order_by("name"))
    person, area = _known(request.GET.get("vem"), people), request.GET.get("omrade", "")
    area = area if area in dict(names.areas) else ""
    changes = history.chosen(plan, person=person, within=names.in_area(area) if area else None)
    pages = Paginator(history.numbers_of_turns(changes), ON_A_PAGE)
    shown = pages.get_page(request.GET.get("sida"))
    of_page = changes.filter(turn__in=list(shown)).select_related("by").order_by("number")
    turns = history.told(of_page, names)
    return render(
        request,
        "plans/history/page.html",
        around
        | {
            "page": shown,
            "days": _by_day(turns),
            "people": people,
            "person": person,
            "areas": names.areas,
            "area": area,
            "is_chosen": bool(person or area),
            "may_put_back": may(request.user, Right.DELETE_AND_MOVE, plan),
        },
    )


def row(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    plan, around = _plan(request, district, pk)
    return _row(request, plan, around, _kind(kind), row)


@require_POST
def restore_text(
    request: HttpRequest, district: str, pk: int, kind: str, row: UUID
) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    row_kind, key = _kind(kind), history.read_key(request.POST.get("text", ""))
    if key is None:
        raise Http404("Den texten finns inte i planens historik.")
    number, before = key
    seen = request.POST.get("seen", "")
    here = redirect("row-history", district, pk, kind, row)
    try:
        written = restore(
            actor=request.user,
            work=plan,
            kind=row_kind,
            row=row,
            number=number,
            before=before,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        )
    except Gone:
        messages.error(request, "Raden är borttagen. Lägg tillbaka den först.")
        return here
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return here
    if written.conflicts:
        conflict = written.conflicts[0]
        messages.error(
            request,
            f"Texten är inte återställd: {conflict.by} ändrade {conflict.field.label} "
            f"{clock(conflict.at)}, efter att du öppnade sidan. Läs vad som står där nu, och "
            "återställ igen om det fortfarande är det du vill.",
        )
    elif written.changes:
        messages.success(request, "Texten är återställd.")
    else:
        messages.info(request, "Den texten står där redan.")
    return here


@require_POST
def put_row_back(request: HttpRequest, district: str, pk: int, turn: int) -> HttpResponse:
    plan = get_plan(request.user, Right.DELETE_AND_MOVE, district, pk)
    try:
        changes = put_back(actor=request.user, work=plan, number=turn)
    except ValidationError as refusal:
        if asks_for_json(request):
            return JsonResponse({"said": " ".join(refusal.messages)}, status=422)
        messages.error(request, " ".join(refusal.messages))
    else:
        if asks_for_json(request):
            return JsonResponse(DESK.news(request, plan, seen_by(request), changes))
        rows = "Raden" if len(changes) == 1 else "Raderna"
        messages.success(request, f"{rows} är tillbaka där {_they(changes)} stod.")
    return redirect("plan-history", district, pk)


def _they(changes: list) -> str:
    return "den" if len(changes) == 1 else "de"


def _row(
    request: HttpRequest, plan: Plan, around: dict[str, Any], kind: Editable, row: UUID
) -> HttpResponse:
    document = to_document(plan)
    names = history.Names(plan, document)
    known = names[row]
    if known is None or known.kind != kind.name:
        raise Http404("Raden har aldrig funnits i den här planen.")
    changes = list(plan.changes.filter(row=row).select_related("by").order_by("number"))
    writer = Writer(request.user, plan, document)
    shaped = [change for change in changes if change.op != history.Op.SET]
    return render(
        request,
        "plans/history/row.html",
        around
        | {
            "kind": kind,
            "row": row,
            "title": names.title(row),
            "where": _where(names, row),
            "is_here": known.is_here,
            "fields": history.fields_of(changes, names),
            "turns": history.told(shaped, names),
            "may_write": known.is_here and writer.may_write(kind.name, known),
            "may_put_back": may(request.user, Right.DELETE_AND_MOVE, plan),
        },
    )


def _where(names: history.Names, row: UUID) -> list[str]:
    """What it stands in, outermost first."""
    found: list[str] = []
    known = names[row]
    while known and known.owner:
        found.insert(0, names.title(known.owner))
        known = names[known.owner]
    return found


def _plan(request: HttpRequest, district: str, pk: int) -> tuple[Plan, dict[str, Any]]:
    """The plan, for a user with the right to its history, and what stands around its pages."""
    asked = get_plan(request.user, Right.READ_HISTORY, district, pk)
    readable = DistrictPlans(request.user, asked.district).readable
    plan = next(plan for plan in readable if plan == asked)  # with all that its heading says
    return plan, {
        "plan": plan,
        "frame": Frame(request, plan.district, plan.year, readable),
        "plan_url": address_of(plan, readable),
        "differences_url": reverse("plan-differences", args=[plan.district.slug]),
    }


def _by_day(turns: list[history.Turn]) -> list[dict[str, Any]]:
    days: list[dict[str, Any]] = []
    for turn in turns:
        day = localdate(turn.at)
        if not days or days[-1]["day"] != day:
            days.append({"day": day, "turns": []})
        days[-1]["turns"].append(turn)
        days[-1]["before"] = turn.number - 1  # the plan as it was when the day began
    return days


def _known(said: str | None, people: list[User]) -> int | None:
    return next((user.pk for user in people if str(user.pk) == said), None)


def _kind(name: str) -> Editable:
    if name not in KINDS:
        raise Http404("Det finns inga sådana rader i planen.")
    return KINDS[name]
