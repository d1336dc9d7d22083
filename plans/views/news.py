"""What is new in a plan since somebody last looked: the same answer to a poll and to a change."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from plans.access import get_plan
from plans.comments import Talk
from plans.editable import KINDS
from plans.models import Action, Change, Plan, Presence
from plans.places import LISTS
from plans.presentation import AreaView, PlanView
from plans.rounds.times import SAYS_TIME
from plans.services.loading import to_document
from plans.timed import while_writing
from plans.writer import Writer
from samverkan.access.table import Right
from samverkan.collaboration import presence
from samverkan.collaboration.turns import Op
from samverkan.site.frame import Frame


def poll(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    """What others have done since; nothing at all (204) where nobody has."""
    plan = get_plan(request.user, Right.READ, district, pk)
    people = presence.others_in(plan, request.user)
    seen = _number(request.GET.get("seen"))
    talk = _talk(request, plan)
    if seen >= plan.version and request.GET.get("people", "") == _mark(people) and not talk:
        return HttpResponse(status=204)
    token = {"token": get_token(request)}
    return JsonResponse(news(request, plan, seen) | _people(people) | talk | token)


def be_there(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.READ, district, pk)
    if request.POST.get("left"):
        presence.leave(user=request.user, work=plan)
    else:
        presence.be_there(user=request.user, work=plan, place=request.POST.get("place", ""))
    return HttpResponse(status=204)


def _talk(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What has come of comments, for a screen that says how far it has come."""
    if request.GET.get("comments") in (None, "", str(plan.comments_version)):
        return {}
    talk = Talk(request.user, plan)
    return {"comments": talk.told} if talk.is_heard else {}


def news(
    request: HttpRequest, plan: Plan, seen: int, mine: Sequence[Change] = ()
) -> dict[str, Any]:
    """What has changed since; `mine` are the changes that were made just now."""
    changes = list(mine)
    if not mine or seen < mine[0].number - 1:  # others have changed something too
        changes = list(plan.changes.filter(number__gt=seen).select_related("by"))
    version = max([plan.version, *(change.number for change in changes)])
    fields: dict[tuple, dict] = {}
    for change in changes:
        if change.op == Op.SET:
            fields[change.row, change.field] = {
                "row": str(change.row),
                "field": change.field,
                "value": KINDS[change.kind].fields[change.field].typed(change.after),
                "by": change.by.name if change.by else "",
                "mine": change.by_id == request.user.pk,
                "at": clock(change.at),
            }
    timed = {change.row for change in changes if change.field in SAYS_TIME}
    reshaped = {str(change.row) for change in changes if change.op != Op.SET}
    return {
        "version": version,
        "fields": list(fields.values()),
        "rows": list(_rows(request, plan, reshaped)) if reshaped else [],
        "understood": _understood(plan, timed) if timed else {},
    }


def _understood(plan: Plan, timed: set[UUID]) -> dict[str, str]:
    actions = Action.objects.filter(area__plan=plan, uuid__in=timed)
    return {str(action.uuid): while_writing(action, plan.period) for action in actions}


def clock(at: Any) -> str:
    return f"{localtime(at):%H.%M}"


def find_row(view: PlanView, kind: str, row: UUID) -> tuple[Any, Any] | None:
    """The row as the document has it, and the view of the action where it is one."""
    agreement = view.document.agreement
    if kind == "agreement" and agreement and agreement.uuid == row:
        return agreement, None
    for found, _, uuid, _, more in _walk(view):
        if found == kind and uuid == str(row):
            item = more.get("area", more.get(kind))
            return getattr(item, "doc", item), more.get("action")
    return None


def _rows(request: HttpRequest, plan: Plan, reshaped: set[str]) -> Iterator[dict[str, Any]]:
    """Each row that has come, gone or moved: where it stands now, and what it looks like."""
    document = to_document(plan)
    view = PlanView(document)
    context = {
        "view": view,
        "plan": plan,
        "writer": Writer(request.user, plan, document),
        "talk": Talk(request.user, plan),
        "frame": Frame(request, plan.district, plan.year),
    }
    here = set()
    for kind, under, row, after, more in _walk(view):
        if row not in reshaped:
            continue
        here.add(row)
        html = ""
        if kind in _TEMPLATES:
            html = render_to_string(_TEMPLATES[kind], context | more, request)
        yield {"kind": kind, "row": row, "under": under, "after": after, "html": html}
    for row in reshaped - here:
        yield {"row": row, "gone": True}


_TEMPLATES = {kind: f"plans/write/{kind}.html" for kind in LISTS if kind != "commitment"}


def _walk(view: PlanView) -> Iterator[tuple[str, str, str, str, dict[str, Any]]]:
    """Every row in the order of the page, with what it stands under and which it stands after."""

    def listed(kind: str, under: str, docs: Any, more: Any = None) -> Iterator[tuple]:
        after = ""
        for item in docs:
            doc = getattr(item, "doc", item)
            yield kind, under, str(doc.uuid), after, (more or _as(kind))(item)
            after = str(doc.uuid)

    def actions(under: str, views: Any) -> Iterator[tuple]:
        yield from listed("action", under, views)
        for action in views:
            yield from listed("goal", f"action:{action.doc.uuid}", action.doc.goals)
            yield from listed("commitment", f"action:{action.doc.uuid}", action.doc.commitments)

    if agreement := view.document.agreement:
        yield from listed(
            "signatory",
            f"agreement:{agreement.uuid}",
            agreement.parties,
            lambda doc: {"signatory": doc, "party": view.parties[doc.party]},
        )
    yield from listed("section", "", view.document.sections)
    yield from listed("area", "", view.areas)
    for area in view.areas:
        yield from _chain(area, listed, actions)
    yield from listed("extra", "", view.document.extras)


def _chain(area: AreaView, listed: Any, actions: Any) -> Iterator[tuple]:
    groups = area.chain
    problems = {group.problem.uuid: group for group in groups if group.problem}

    def whole(problem: Any) -> dict[str, Any]:
        return {"problem": problem, "causes": problems[problem.uuid].causes}

    under = f"area:{area.doc.uuid}"
    yield from listed("problem", under, [g.problem for g in groups if g.problem], whole)
    for group in groups:
        if group.problem is None:
            yield from actions(under, group.causes[0].actions)
            continue
        causes = {part.cause.uuid: part for part in group.causes if part.cause}
        yield from listed(
            "cause",
            f"problem:{group.problem.uuid}",
            [part.cause for part in group.causes if part.cause],
            lambda cause, causes=causes: {"cause": cause, "actions": causes[cause.uuid].actions},
        )
        for part in group.causes:
            owner = f"cause:{part.cause.uuid}" if part.cause else f"problem:{group.problem.uuid}"
            yield from actions(owner, part.actions)


def _as(kind: str) -> Any:
    """What the template of the row calls it."""
    if kind == "action":
        return lambda view: {"doc": view.doc, "action": view}
    return lambda item: {kind: item}


def _people(people: list[Presence]) -> dict[str, Any]:
    return {
        "people": [
            {
                "name": there.user.name,
                "initials": initials(there.user.name),
                "colour": there.user_id % 6,
                "place": there.place,
            }
            for there in people
        ],
        "mark": _mark(people),
    }


def _mark(people: list[Presence]) -> str:
    """Changes when somebody comes, goes or moves to another field."""
    said = "|".join(f"{there.user_id}:{there.place}" for there in people)
    return f"{zlib.crc32(said.encode()):x}"


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
