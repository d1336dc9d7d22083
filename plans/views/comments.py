"""Comments: on one row, and all of a plan's. A page by itself; for the script a piece of one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans.access import get_plan
from plans.addresses import address_of
from plans.comments import Talk, Thread, comments_of, people_of, threads_of
from plans.editable import KINDS
from plans.models import Comment, Plan
from plans.rows import RowKind, rows
from plans.services import comments
from plans.services.loading import current_document
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.desk import asks_for_json
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Gone, find
from samverkan.site.frame import Frame


def of_plan(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    """All threads of the plan, in its order; those about a row that is gone last."""
    plan = get_plan(request.user, Right.READ_COMMENTS, district, pk)
    of_row: dict[UUID, list[Thread]] = {}
    shows_all = bool(request.GET.get("alla"))
    found = threads_of(comments_of(plan))
    for thread in found:
        if shows_all or thread.is_open:
            of_row.setdefault(thread.first.row, []).append(thread)
    groups = []
    if of_row:
        for row in rows(current_document(plan)):
            uuid = plan.uuid if row.kind == RowKind.PLAN else row.uuid
            if uuid in of_row and row.kind.value in KINDS:
                threads = of_row.pop(uuid)
                groups.append(_group(row.kind.label, row.title, threads))
        groups += [_group("Borttagen rad", "", threads) for threads in of_row.values()]
    context = _context(request, plan) | {
        "groups": groups,
        "shows_all": shows_all,
        "settled": sum(not thread.is_open for thread in found),
    }
    return _render(request, "plans/talk/plan.html", context)


def of_row(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    """What is said about a row or its fields, and something more to say."""
    right = Right.COMMENT if request.method == "POST" else Right.READ_COMMENTS
    plan = get_plan(request.user, right, district, pk)
    if kind not in KINDS:
        raise Http404("Det finns inga sådana rader i planen.")
    if request.method != "POST":
        return _row_page(request, plan, KINDS[kind], row)
    asked = request.POST
    answers = asked.get("svar", "")

    def act() -> Comment:
        return comments.say(
            actor=request.user,
            plan=plan,
            kind=KINDS[kind],
            row=row,
            field=asked.get("field", ""),
            text=asked.get("text", ""),
            answers=int(answers) if answers.isdecimal() else None,
            uuid=_uuid(asked.get("uuid")),
        )

    typed = {f"svar-{answers}" if answers else "ny": asked.get("text", "")}
    return _do(request, plan, act, typed, (KINDS[kind], row))


@require_POST
def change(request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
    plan = get_plan(request.user, Right.COMMENT, district, pk)
    text = request.POST.get("text", "")

    def act() -> Comment:
        return comments.change(actor=request.user, plan=plan, pk=comment, text=text)

    first = comments.get_thread(plan, comment).first
    where = (KINDS[first.kind], first.row)
    return _do(request, plan, act, {f"andra-{comment}": text}, where)


@require_POST
def take_back(request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
    plan = get_plan(request.user, Right.COMMENT, district, pk)
    return _do(request, plan, lambda: comments.take_back(actor=request.user, plan=plan, pk=comment))


@require_POST
def resolve(request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
    plan = get_plan(request.user, Right.COMMENT, district, pk)
    return _do(request, plan, lambda: comments.resolve(actor=request.user, plan=plan, pk=comment))


@require_POST
def reopen(request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
    plan = get_plan(request.user, Right.COMMENT, district, pk)
    return _do(request, plan, lambda: comments.reopen(actor=request.user, plan=plan, pk=comment))


def _do(
    request: HttpRequest,
    plan: Plan,
    act: Callable[[], Comment],
    typed: dict[str, str] | None = None,
    where: tuple[Editable, UUID] | None = None,
) -> HttpResponse:
    is_script = asks_for_json(request)
    try:
        comment = act()
    except Gone:
        fault = ValidationError("Raden är borttagen, så kommentaren är inte sparad.")
        return _refused(request, plan, fault, typed, where, is_script)
    except ValidationError as fault:
        return _refused(request, plan, fault, typed, where, is_script)
    if is_script:
        told = Talk(request.user, plan).told
        return JsonResponse({"comment": comment.pk, "comments": told})
    address = reverse("row-comments", args=[plan.district.slug, plan.pk, comment.kind, comment.row])
    return redirect(f"{address}#kommentar-{comment.pk}")


def _refused(
    request: HttpRequest,
    plan: Plan,
    fault: ValidationError,
    typed: dict[str, str] | None,
    where: tuple[Editable, UUID] | None,
    is_script: bool,
) -> HttpResponse:
    said = " ".join(fault.messages)
    if is_script:
        return JsonResponse({"said": said}, status=422)
    messages.error(request, said)
    if where is None:
        return redirect("plan-comments", plan.district.slug, plan.pk)
    return _row_page(request, plan, *where, typed=typed, status=422)


def _row_page(
    request: HttpRequest,
    plan: Plan,
    kind: Editable,
    row: UUID,
    *,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = threads_of(comments_of(plan, row))
    try:
        there = find(plan, kind, row)
    except Gone as gone:
        if not found and not typed:
            raise Http404("Raden finns inte i planen.") from gone
        there = None
    context = _context(request, plan) | {
        "kind": kind,
        "row": row,
        "is_gone": there is None,
        "title": (getattr(there, "name", "") or getattr(there, kind.main)) if there else "",
        "fields": [(field.name, field.label) for field in kind.fields.values()],
        "field": request.GET.get("falt", request.POST.get("field", "")),
        "open": [thread for thread in found if thread.is_open],
        "settled": [thread for thread in found if not thread.is_open],
        "typed": typed or {},
    }
    return _render(request, "plans/talk/row.html", context, status)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of its own; for the script what stands in it, to be put beside the plan."""
    piece = bool(request.headers.get("X-Piece"))
    context |= {"inner": template, "piece": piece}
    page = template if piece else "plans/talk/page.html"
    response = render(request, page, context, status=status)
    response["Vary"] = "X-Piece"
    return response


def _context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    writes = may(request.user, Right.EDIT_OWN, plan)
    which = {"period": str(plan.period_id), "revision": str(plan.revision)}
    takes_more = bool(may(request.user, Right.COMMENT, plan))
    return {
        "plan": plan,
        "frame": Frame(request, plan.district, plan.year, [plan]),
        "takes_more": takes_more,
        "people": people_of(plan) if takes_more else [],
        "writes": writes,
        "back": address_of(plan, [plan], "plan-write" if writes else "plan", **which),
    }


def _group(kind: str, title: str, threads: list[Thread]) -> dict[str, Any]:
    first = threads[0].first
    return {"label": kind, "title": title, "threads": threads, "kind": first.kind, "row": first.row}


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
