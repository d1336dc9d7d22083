"""Brister in a plan: each remark under its area, with the way to where it is mended."""

from collections.abc import Iterator
from typing import Any

from plans import labels, quality
from plans.document import PlanDocument
from plans.editable import KINDS
from plans.models import Plan
from plans.presentation import PlanView
from plans.rows import RowKind, rows
from plans.services.loading import to_document
from plans.views.writing import DESK
from plans.writer import Writer
from samverkan.collaboration import lacks
from samverkan.collaboration.lacks import Remark, personal_remark


class Lacks(lacks.Lacks):
    def remarks(self, user: Any, work: Plan) -> Iterator[tuple[str, Remark]]:
        """All remarks as the plan reads: under each area what is said of its rows."""
        document = to_document(work)
        walked = list(rows(document))
        areas = {(row.kind, row.uuid): row.area for row in walked}
        place = {(row.kind, row.uuid): number for number, row in reversed(list(enumerate(walked)))}
        found = list(_remarks(document, Writer(user, work, document)))
        found.sort(key=lambda one: place[one[0]])
        views = PlanView(document).areas
        titles = {view.doc.uuid: f"{view.number} {view.doc.title}" for view in views}
        for row, remark in found:
            area = areas[row]
            yield titles[area.uuid] if area else "Planen som helhet", remark


LACKS = Lacks(DESK)


def _remarks(document: PlanDocument, writer: Writer) -> Iterator[tuple[tuple, Remark]]:
    for lack in quality.shortcomings(document):
        target = _target(lack.row, lack.uuid, lack.field, writer)
        yield (lack.row, lack.uuid), Remark(lack.sentence, target)
    for found in quality.personal_data(document):
        field = labels.label(found.row, found.field)
        target = _target(found.row, found.uuid, found.field, writer)
        remark = personal_remark(found.row.label, found.title, field, found.finding, target)
        yield (found.row, found.uuid), remark


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
