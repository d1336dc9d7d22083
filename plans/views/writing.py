"""Writing in a plan: the page, and each thing that is done there.

Every form works by itself: it comes back to the page where the row is. A script that asks for JSON
gets what is new in the plan instead, and puts it in its place.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from plans.access import DistrictPlans, SeveralPlans, get_district, get_plan
from plans.addresses import address_of
from plans.comments import Talk
from plans.earlier import Earlier
from plans.editable import KINDS
from plans.filtering import Hidden, hidden, narrow
from plans.forms import ShownForm
from plans.models import Change, Plan
from plans.moving import spots
from plans.presentation import PlanView
from plans.services.loading import to_document
from plans.table import WRITE_COLUMNS
from plans.views.choosing import address, led_on, sent
from plans.views.news import clock, find_row, news
from plans.views.plan import ask_which, which
from plans.writer import Writer
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration import structure, undoing
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Conflict, Gone, gone_from, write
from samverkan.collaboration.shape import Under
from samverkan.organisation.models import Party
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, year: int) -> HttpResponseBase:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    asked_for = which(request)
    try:
        plan = plans.get(Right.EDIT_OWN, year, **asked_for)
    except SeveralPlans as several:
        return ask_which(request, frame, several, "plan-write")
    context = _context(request, plan, frame)
    view: PlanView = context["view"]
    earlier = Earlier(request.user, plan, view.document, plans.readable)

    def make(data: QueryDict) -> ShownForm:
        return ShownForm(data, plan=view, earlier=earlier.name, offered=WRITE_COLUMNS)

    if request.method == "POST" and asks_for_json(request):
        form = sent(request, "skriv", make)
        context |= _shown(form, view, earlier, asked_for)
        return JsonResponse(_told(request, form, context, asked_for))
    answer = led_on(request, "skriv", make, asked_for)
    if isinstance(answer, HttpResponse):
        return answer
    context |= _shown(answer, view, earlier, asked_for)
    return StreamingHttpResponse(_in_pieces(request, context))


def _shown(
    form: ShownForm, view: PlanView, earlier: Earlier, asked_for: dict[str, Any]
) -> dict[str, Any]:
    """What the filter leaves out. All rows are on the page: those are hidden, with the number of
    them said, so that what others do finds its place."""
    criteria = form.criteria
    changes = earlier.of if criteria.since else {}
    narrowed = narrow(view.areas, criteria, changes)
    return {
        "filter": form,
        "which": f"?{urlencode(asked_for)}" if asked_for else "",
        "is_filtered": bool(criteria),
        "shown": sum(len(area.actions) for area in narrowed),
        "hidden": hidden(view.areas, narrowed) if criteria else Hidden(),
    }


def _told(
    request: HttpRequest, form: ShownForm, context: dict[str, Any], asked_for: dict[str, Any]
) -> dict[str, Any]:
    """The same, for a page that is there already."""

    def piece(name: str, **more: Any) -> str:
        return render_to_string(f"plans/{name}.html", context | more, request)

    return {
        "address": address(request, form, asked_for),
        "result": piece("parts/filter_result"),
        "is_filtered": context["is_filtered"],
        "hidden": sorted(str(row) for row in context["hidden"].rows),
        "lines": {
            str(area.doc.uuid): piece("write/hidden", area=area) for area in context["view"].areas
        },
        "without": [column.name for column in form.not_shown],
    }


def _in_pieces(request: HttpRequest, context: dict[str, Any]) -> Iterable[str]:
    """The page as it is made, so that a plan of three hundred actions is there as soon as one of
    thirty: its first rows are written in while the last ones are on their way."""

    def piece(name: str, **more: Any) -> str:
        return render_to_string(f"plans/write/{name}.html", context | more, request)

    # Made before the answer begins: it sets the cookie that the forms need.
    before, after = piece("page", rows=_HERE).split(_HERE)

    def pieces() -> Iterator[str]:
        yield (
            before
            + piece("sections", **_of_agreement(context))
            + '<div class="rows" data-rows="area" data-under="">'
        )
        for area in context["view"].areas:
            groups = [group for group in area.chain if group.problem]
            head, _, tail = piece("area", area=area, problems=_HERE).partition(_HERE)
            yield head
            for group in groups if tail else ():
                yield piece("problem", problem=group.problem, causes=group.causes)
            yield tail
        yield "</div>" + piece("extras") + after

    return pieces()


def _of_agreement(context: dict[str, Any]) -> dict[str, Any]:
    plan, writer, agreement = context["plan"], context["writer"], context["view"].document.agreement
    if agreement is None:
        return {}
    there = {entry.party for entry in agreement.parties}
    parties = writer.own_parties if writer.changes_parties else []
    return {
        "others_rest": plan.agreement.plans.exclude(pk=plan.pk).exists(),
        "missing_parties": [party for party in parties if party.key not in there],
    }


_HERE = SafeString("<!-- rows -->")


def row(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    """All that a row says, to write in; and what was written."""
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    row_kind = _kind(kind)
    if request.method != "POST":
        return _whole_row(request, plan, row_kind, row)
    seen = seen_by(request)
    typed = {
        name: " ".join(filter(None, values)) if row_kind.fields[name].is_many else values[-1]
        for name, values in request.POST.lists()
        if name in row_kind.fields
    }
    try:
        written = write(
            actor=request.user, work=plan, kind=row_kind, row=row, typed=typed, seen=seen
        )
    except Gone as gone:
        return _gone(request, plan, gone, row_kind, typed)
    except ValidationError as fault:
        return _refused(request, plan, row_kind, row, fault, typed)
    if written.conflicts:
        kept = {conflict.field.name: conflict.mine_typed for conflict in written.conflicts}
        return _conflict(request, plan, row_kind, row, written.conflicts, kept)
    return _done(request, plan, seen, row, list(written.changes))


@require_POST
def add(request: HttpRequest, district: str, pk: int, kind: str) -> HttpResponse:
    row_kind = _kind(kind)
    plan = get_plan(request.user, row_kind.right, district, pk)
    new, after = _uuid(request.POST.get("row")), _uuid(request.POST.get("after"))
    typed = {name: request.POST[name] for name in row_kind.fields if name in request.POST}
    parties = {party.key: party for party in Writer(request.user, plan).own_parties}
    return _do(
        request,
        plan,
        lambda: structure.add(
            actor=request.user,
            work=plan,
            kind=row_kind,
            under=under_of(request.POST.get("under", "")),
            typed=typed,
            row=new,
            after=after,
            party=parties.get(request.POST.get("party", "")),
        ),
        new,
        (row_kind, typed),
    )


@require_POST
def move(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    return _do(
        request,
        plan,
        lambda: structure.move(
            actor=request.user,
            work=plan,
            kind=_kind(kind),
            row=row,
            under=under_of(request.POST.get("under", "")),
            after=_uuid(request.POST.get("after")),
            first=request.POST.get("after") == "",
        ),
        row,
    )


@require_POST
def remove(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    seen = seen_by(request)
    return _do(
        request,
        plan,
        lambda: structure.remove(
            actor=request.user, work=plan, kind=_kind(kind), row=row, seen=seen
        ),
        None,
    )


@require_POST
def undo(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    return _do(request, plan, lambda: undoing.undo(actor=request.user, work=plan), None)


@require_POST
def redo(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    return _do(request, plan, lambda: undoing.redo(actor=request.user, work=plan), None)


def _do(
    request: HttpRequest,
    plan: Plan,
    act: Callable[[], list[Change]],
    row: UUID | None,
    words: tuple[Editable, dict[str, Any]] | None = None,
) -> HttpResponse:
    seen = seen_by(request)
    try:
        changes = act()
    except Gone as gone:
        return _gone(request, plan, gone, *(words or (gone.kind, {})))
    except structure.Stale as stale:
        who = stale.change.by.name if stale.change.by else "Någon annan"
        return _said(
            request,
            plan,
            f"Raden togs inte bort: {who} ändrade i den {clock(stale.change.at)}. Läs vad som står "
            "där nu, och ta bort den igen om den ska bort.",
            409,
        )
    except ValidationError as fault:
        return _said(request, plan, " ".join(fault.messages), 422)
    return _done(request, plan, seen, row, changes)


def _done(
    request: HttpRequest, plan: Plan, seen: int, row: UUID | None, changes: list[Change]
) -> HttpResponse:
    if asks_for_json(request):
        at = {"at": clock(changes[-1].at)} if changes else {}
        return JsonResponse(news(request, plan, seen, changes) | at)
    row = row or (changes[-1].row if changes else None)
    address = address_of(plan, [plan], "plan-write", **which_of(plan))
    return redirect(f"{address}#rad-{row}" if row else address)


def _said(request: HttpRequest, plan: Plan, sentence: str, status: int) -> HttpResponse:
    if asks_for_json(request):
        return JsonResponse({"said": sentence}, status=status)
    messages.error(request, sentence)
    return redirect(address_of(plan, [plan], "plan-write", **which_of(plan)))


def _refused(
    request: HttpRequest,
    plan: Plan,
    kind: Editable,
    row: UUID,
    fault: ValidationError,
    typed: dict[str, Any],
) -> HttpResponse:
    faults = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
    if asks_for_json(request):
        words = [sentence for sentences in faults.values() for sentence in sentences]
        return JsonResponse({"said": " ".join(words)}, status=422)
    return _whole_row(request, plan, kind, row, typed=typed, faults=faults, status=422)


def _conflict(
    request: HttpRequest,
    plan: Plan,
    kind: Editable,
    row: UUID,
    conflicts: Sequence[Conflict],
    typed: dict[str, Any],
) -> HttpResponse:
    if asks_for_json(request):
        conflict = conflicts[0]
        said = {
            "field": conflict.field.name,
            "theirs": conflict.field.typed(conflict.theirs),
            "version": plan.version,
            "html": render_to_string(
                "plans/write/conflict.html", {"conflict": conflict, "row": row}, request
            ),
        }
        return JsonResponse(said, status=409)
    return _whole_row(request, plan, kind, row, typed=typed, conflicts=conflicts, status=409)


def _gone(
    request: HttpRequest, plan: Plan, gone: Gone, kind: Editable, typed: dict[str, Any]
) -> HttpResponse:
    """The row has been taken away; what was typed in it, or in a row of this kind under it, is kept
    and offered back."""
    removal = gone.removal
    context = {
        "plan": plan,
        "frame": Frame(request, plan.district, plan.year, [plan]),
        "kind": gone.kind,
        "removal": removal,
        "typed": [(kind.fields[name].label, text) for name, text in typed.items() if text],
        "back": address_of(plan, [plan], "plan-write", **which_of(plan)),
        "address": _way_back(request, plan, removal),
    }
    if asks_for_json(request):
        html = render_to_string("plans/write/gone.html", context, request)
        return JsonResponse({"html": html, "gone": str(gone.row)}, status=410)
    return render(request, "plans/write/gone_page.html", context, status=410)


def _way_back(request: HttpRequest, plan: Plan, removal: Any) -> str:
    """Where she can have the row put back, if she may."""
    if removal is None or not may(request.user, Right.DELETE_AND_MOVE, plan):
        return ""
    return reverse("row-restore", args=[plan.district.slug, plan.pk, removal.turn])


def _whole_row(
    request: HttpRequest,
    plan: Plan,
    kind: Editable,
    row: UUID,
    *,
    typed: dict[str, Any] | None = None,
    faults: dict[str, list[str]] | None = None,
    conflicts: Sequence[Conflict] = (),
    status: int = 200,
) -> HttpResponse:
    """A page (or, for the script, a piece of one) with every field of the row."""
    frame = Frame(request, plan.district, plan.year, [plan])
    context = _context(request, plan, frame)
    view: PlanView = context["view"]
    found = (plan, None) if row == plan.uuid else find_row(view, kind.name, row)
    if found is None:
        return _gone(request, plan, gone_from(plan, kind, row), kind, typed or {})
    doc, action = found
    context |= {
        "kind": kind,
        "doc": doc,
        "action": action,
        "row": row,
        "typed": typed or {},
        "faults": faults or {},
        "conflicts": conflicts,
        "back": address_of(plan, [plan], "plan-write", **which_of(plan)),
        "seen": seen_by(request) if faults else plan.version,
        "missing_parties": _missing_parties(context["writer"], action),
        "spots": spots(kind.name, doc, view) if context["writer"].writes_shared else [],
        "may_remove": kind.container and context["writer"].may_write(kind.name, doc),
    }
    if request.headers.get("X-Piece"):  # the rest stands in the row already
        there = _IN_THE_ROW[kind.name]
        context["fields"] = [name for name in kind.fields if name not in there]
        context["is_piece"] = True
        return render(request, "plans/write/row_piece.html", context, status=status)
    context["fields"] = list(kind.fields)
    return render(request, "plans/write/row_page.html", context, status=status)


_IN_THE_ROW = {
    "plan": {"layout", "annex_label"},
    "section": {"heading", "text"},
    "area": set(KINDS["area"].fields),
    "problem": {"text"},
    "cause": {"text"},
    "action": {"name", "description", "timing", "responsible", "follow_up_plan"},
    "goal": {"text"},
    "commitment": {"contact_role", "other_participants", "text"},
    "extra": set(KINDS["extra"].fields),
    "agreement": set(KINDS["agreement"].fields),
    "signatory": set(KINDS["signatory"].fields),
}


def _missing_parties(writer: Writer, action: Any) -> list[Party]:
    """Those that she could add an åtagande for, and that have none in the action."""
    if action is None:
        return []
    there = {commitment.party for commitment in action.doc.commitments}
    return [party for party in writer.own_parties if party.key not in there]


def _context(request: HttpRequest, plan: Plan, frame: Frame) -> dict[str, Any]:
    document = to_document(plan)
    talk = Talk(request.user, plan)
    return {
        "frame": frame,
        "plan": plan,
        "talk": talk,
        "marks": json.dumps(talk.told),
        "view": PlanView(document),
        "writer": Writer(request.user, plan, document),
        "read_url": address_of(plan, frame.plans),
    }


def which_of(plan: Plan) -> dict[str, str]:
    return {"period": str(plan.period_id), "revision": str(plan.revision)}


def _kind(name: str) -> Editable:
    if name not in KINDS:
        raise Http404("Det finns inga sådana rader i planen.")
    return KINDS[name]


def under_of(said: str) -> Under | None:
    """What "cause:<uuid>" names."""
    kind, _, row = said.partition(":")
    uuid = _uuid(row)
    return (_kind(kind), uuid) if uuid else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def seen_by(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def asks_for_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")
