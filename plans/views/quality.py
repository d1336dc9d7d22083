"""Brister: what a plan still lacks, and what in it looks like personal data, for whoever writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from plans import labels, quality
from plans.access import get_plan
from plans.addresses import address_of
from plans.document import PlanDocument
from plans.editable import KINDS
from plans.presentation import PlanView
from plans.rows import RowKind, rows
from plans.services.loading import to_document
from plans.writer import Writer
from samverkan import personal_data as personal
from samverkan import rich
from samverkan.access.table import Right
from samverkan.collaboration.desk import asks_for_json
from samverkan.site.frame import Frame


@dataclass(frozen=True)
class Remark:
    sentence: str
    target: str  # where on the page to write in; nothing for what is not written there
    is_personal: bool = False


def lacks(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_OWN, district, pk)
    document = to_document(plan)
    groups = _by_area(document, Writer(request.user, plan, document))
    count = sum(len(group["remarks"]) for group in groups)
    if asks_for_json(request):
        return JsonResponse({"count": count})
    which = {"period": str(plan.period_id), "revision": str(plan.revision)}
    piece = bool(request.headers.get("X-Piece"))
    context = {
        "plan": plan,
        "frame": Frame(request, plan.district, plan.year, [plan]),
        "groups": groups,
        "count": count,
        "piece": piece,
        "back": address_of(plan, [plan], "plan-write", **which),
    }
    page = "plans/quality/lacks.html" if piece else "plans/quality/page.html"
    response = render(request, page, context)
    response["Vary"] = "X-Piece, Accept"
    return response


@require_POST
def personal_data(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    """What in a text looks like personal data. Nothing of it is stored or logged."""
    get_plan(request.user, Right.EDIT_OWN, district, pk)
    text = request.POST.get("text", "")
    if request.POST.get("rich"):
        text = rich.plain(text)
    sentences = [finding.sentence for finding in personal.find(text)]
    return JsonResponse({"sentences": list(dict.fromkeys(sentences))})


def _by_area(document: PlanDocument, writer: Writer) -> list[dict[str, Any]]:
    """All remarks as the plan reads: under each area what is said of its rows."""
    walked = list(rows(document))
    areas = {(row.kind, row.uuid): row.area for row in walked}
    place = {(row.kind, row.uuid): number for number, row in reversed(list(enumerate(walked)))}
    found = [(row, remark) for row, remark in _remarks(document, writer)]
    found.sort(key=lambda one: place[one[0]])
    titles = {view.doc.uuid: f"{view.number} {view.doc.title}" for view in PlanView(document).areas}
    groups: dict[str, list[Remark]] = {}
    for row, remark in found:
        area = areas[row]
        title = titles[area.uuid] if area else "Planen som helhet"
        groups.setdefault(title, []).append(remark)
    return [{"title": title, "remarks": remarks} for title, remarks in groups.items()]


def _remarks(document: PlanDocument, writer: Writer) -> Iterator[tuple[tuple, Remark]]:
    for lack in quality.shortcomings(document):
        target = _target(lack.row, lack.uuid, lack.field, writer)
        yield (lack.row, lack.uuid), Remark(lack.sentence, target)
    for found in quality.personal_data(document):
        field = labels.label(found.row, found.field)
        title = Truncator(found.title).chars(60, truncate=" …")
        where = f"{found.row.label} ”{title}”" if title else str(found.row.label)
        sentence = f"{where}, {field.lower()}: {found.finding.sentence}"
        target = _target(found.row, found.uuid, found.field, writer)
        yield (found.row, found.uuid), Remark(sentence, target, is_personal=True)


# What hangs on a row has a field for a new one at the end of its list.
_NEW = {
    (RowKind.PROBLEM, "causes"): "cause",
    (RowKind.CAUSE, "actions"): "action",
    (RowKind.ACTION, "goals"): "goal",
}


def _target(row: RowKind, uuid: Any, field: str, writer: Writer) -> str:
    kind = KINDS.get(row.value)
    if kind is None or uuid is None:
        return ""
    if field in kind.fields:
        return f"f-{uuid}-{field}"
    if (row, field) in _NEW and writer.writes_shared:
        return f"ny-{_NEW[row, field]}-{uuid}"
    return f"rad-{uuid}"
