"""What differs between two plans, row by row: two revisions, or this year's and the next.

Follow-ups are not compared, nor the number of the revision.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from plans.document import CatalogueDoc, DistrictDoc, PlanDocument
from plans.labels import label
from plans.matching import match
from plans.rows import Row, RowKind, rows
from samverkan.collaboration import differing
from samverkan.collaboration.differing import Matched
from samverkan.document import Part


class _Differ(differing.Differ):
    lists = {
        RowKind.SIGNATORY: "parties",
        RowKind.SECTION: "sections",
        RowKind.AREA: "areas",
        RowKind.EXTRA: "extras",
        RowKind.PROBLEM: "problems",
        RowKind.CAUSE: "causes",
        RowKind.ACTION: "actions",
        RowKind.GOAL: "goals",
        RowKind.COMMITMENT: "commitments",
    }
    aside = {RowKind.PARTY}
    not_told = {"revision", "rounds", "problem", "cause", "priority"}
    not_of_whole = {"agreement"}

    def rows(self, document: PlanDocument) -> Iterator[Row]:
        return rows(replace(document, rounds=()))

    def match(self, before: list[Row], after: list[Row]) -> dict[Row, Row]:
        return match(before, after)

    def label(self, row: Row, field: str) -> str:
        return label(row.kind, field)

    def named(self, uuid: UUID, row: Row) -> str:
        return next((area.title for area in _plan(row).areas if area.uuid == uuid), str(uuid))

    def told(self, field: str, one: Any, other: Any, before: Row, after: Row) -> tuple[str, str]:
        if field != "indicator":
            return super().told(field, one, other, before, after)
        # What it is called stands in the register, not here.
        another = "en annan indikator" if one else "en indikator"
        return "en indikator" if one else "", another if other else ""

    def is_same(self, field: str, one: Any, other: Any, rows: Matched, before: Row) -> bool:
        is_followed = field == "predecessor" and other == before.uuid
        return is_followed or super().is_same(field, one, other, rows, before)

    def written_part(self, part: Part) -> str:
        if isinstance(part, DistrictDoc | CatalogueDoc):
            return part.name
        return super().written_part(part)


DIFFER = _Differ()
matched, written = DIFFER.matched, DIFFER.written
differences, differences_of = DIFFER.differences, DIFFER.differences_of


def _plan(row: Row) -> PlanDocument:
    while row.parent:
        row = row.parent
    assert isinstance(row.part, PlanDocument)
    return row.part
