"""What differs between two plans, laid out for reading: area by area."""

from collections.abc import Iterator

from plans.difference import DIFFER
from plans.document import CommitmentDoc, PlanDocument
from plans.labels import label
from plans.rows import Row, RowKind, texts
from samverkan.collaboration import comparing
from samverkan.collaboration.comparing import Comparison


def compared(before: PlanDocument, after: PlanDocument) -> Comparison:
    return _Comparing(before, after).compared()


class _Comparing(comparing.Comparing):
    differ = DIFFER

    def __init__(self, before: PlanDocument, after: PlanDocument):
        super().__init__(before, after)
        self._titles = {area.uuid: area.title for area in after.areas}
        self._by_slug = {(area.own, area.slug): area.title for area in after.areas}
        self._parties = {
            party.key: party.short_name for plan in (before, after) for party in plan.parties
        }

    def heading(self, row: Row) -> str:
        """The area as it is called after, where it is there."""
        area = row.area
        if area is None:
            return ""
        known = self._titles.get(area.uuid) or self._by_slug.get((area.own, area.slug))
        return known or area.title

    def said(self, row: Row) -> Iterator[tuple[str, str]]:
        said = dict(texts(row.part))
        if row.kind == RowKind.AREA and said.get("name") == said.get("title"):
            said.pop("name", None)
        for name, text in said.items():
            called = label(row.kind, name)
            if isinstance(row.part, CommitmentDoc):
                called = f"{called}, {self._parties.get(row.part.party, row.part.party)}"
            yield called, text

    def stands_apart(self, row: Row) -> bool:
        return row.kind in _APART

    def title(self, row: Row) -> str:
        if isinstance(row.part, CommitmentDoc) and row.parent:
            return f"i ”{row.parent.title}”"
        return row.title


_APART = {RowKind.PROBLEM, RowKind.CAUSE, RowKind.ACTION}
