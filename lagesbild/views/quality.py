"""Brister in a report: each remark under its section, with the way to where it is mended."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from lagesbild import quality
from lagesbild.document import ReportDocument
from lagesbild.editable import KINDS
from lagesbild.models import Report
from lagesbild.presentation import ReportView
from lagesbild.rows import Row, RowKind, rows
from lagesbild.services.loading import to_document
from lagesbild.views.writing import DESK
from lagesbild.vocabulary import ReportKind
from samverkan.collaboration import lacks
from samverkan.collaboration.lacks import Remark, personal_remark

_Place = tuple[RowKind, UUID | None]


class Lacks(lacks.Lacks):
    def remarks(self, user: Any, work: Report) -> Iterator[tuple[str, Remark]]:
        document = to_document(work)
        walked = list(rows(document))
        sections = {(row.kind, row.uuid): row.section for row in walked}
        place = {(row.kind, row.uuid): number for number, row in reversed(list(enumerate(walked)))}
        view = ReportView(document)
        titles = {
            one.doc.uuid: one.doc.heading if view.is_status else f"{one.number} {one.doc.heading}"
            for one in view.all_sections
        }
        found = sorted(_remarks(walked, document, work), key=lambda one: place[one[0]])
        for row, remark in found:
            section = sections[row]
            whole = f"{work.word_for_it} som helhet"
            yield titles[section.uuid] if section else whole, remark


LACKS = Lacks(DESK)


def _remarks(
    walked: list[Row], document: ReportDocument, report: Report
) -> Iterator[tuple[_Place, Remark]]:
    there = {(row.kind, row.uuid): row for row in walked}
    for lack in quality.shortcomings(document):
        place = lack.row, lack.uuid
        yield place, Remark(lack.sentence, _target(there[place], lack.field, report))
    for found in quality.personal_data(document):
        place = found.row, found.uuid
        fields = KINDS[found.row.value].fields
        field = fields[found.field].label if found.field in fields else ""
        title = "" if found.row == RowKind.REPORT else found.title
        target = _target(there[place], found.field, report)
        yield place, personal_remark(there[place].label, title, field, found.finding, target)


# What hangs on a row has a field for a new one at the end of its list.
_NEW = {
    (RowKind.SECTION, "priorities"): "priority",
    (RowKind.SECTION, "blocks"): "block",
    (RowKind.REPORT, "sources"): "source",
}


def _target(row: Row, field: str, report: Report) -> str:
    if new := _NEW.get((row.kind, field)):
        return f"ny-{new}-{row.uuid or ''}"
    if row.kind == RowKind.DEVIATION and row.parent and report.kind != ReportKind.STATUS:
        return f"rad-{row.parent.uuid}"  # it came with a file: its own place is in a status report
    uuid = report.uuid if row.kind == RowKind.REPORT else row.uuid
    if field in KINDS[row.kind.value].fields:
        return f"f-{uuid}-{field}"
    return f"rad-{uuid}"
