"""A plan's words for its history: what its rows are called, and which areas it can be narrowed to."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from plans.document import PlanDocument
from plans.editable import KINDS
from plans.labels import label
from plans.models import Plan
from plans.rows import RowKind, rows
from samverkan.collaboration import history
from samverkan.collaboration.editable import Field
from samverkan.collaboration.history import Known
from samverkan.indicators.register import choices


class Names(history.Names):
    kinds = KINDS
    whole = "plan"

    def __init__(self, user: Any, plan: Plan, document: PlanDocument):
        self._user = user
        self._district = plan.district
        self._parties = {party.key: party.short_name for party in document.parties}
        super().__init__(plan, document)

    def places_of(self, document: PlanDocument) -> list[tuple[str, str]]:
        return [(str(area.uuid), area.title) for area in document.areas]

    def here(self, document: PlanDocument) -> dict[str, Known]:
        found = {}
        for row in rows(document):
            if row.uuid and row.kind.value in KINDS:
                owner = row.container
                uuid = owner.uuid if owner and owner.kind != RowKind.PLAN else ""
                party = getattr(row.part, "party", "")
                word = row.kind.label.lower()
                found[str(row.uuid)] = Known(
                    row.kind.value, word, row.title, str(uuid), party, is_here=True
                )
        return found

    def chosen(self, control: str, uuid: str) -> str:
        return self._indicators.get(uuid, "en indikator som inte finns här")

    @cached_property
    def _indicators(self) -> dict[str, str]:
        """Asked for where one is named."""
        return {str(one.uuid): one.name for one in choices(self._user, self._district)}

    def word(self, kind: str, doc: Mapping[str, Any]) -> str:
        return RowKind(kind).label.lower()

    def title_in(self, kind: str, doc: Mapping[str, Any]) -> str:
        said = doc.get("name") or doc.get("description") if kind == "action" else ""
        return said or super().title_in(kind, doc)

    def came_along(self, doc: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name in ("goal", "commitment"):
            yield from ((name, part) for part in doc.get(f"{name}s", ()))

    def field_label(self, kind: str, field: Field) -> str:
        return label(RowKind(kind), field.name)

    def says_where(self, kind: str) -> bool:
        return kind == "commitment"

    def called(self, row: UUID | str) -> str:
        known = self[row]
        if known is None or known.kind not in ("agreement", "signatory", "commitment"):
            return super().called(row)
        if known.kind == "agreement":
            return known.word
        party = self._parties.get(known.party, known.party)
        if known.kind == "signatory":
            return f"{known.word} {party}"
        return f"{known.word} för {party}{self._inside(known)}"

    def where(self, row: UUID | str) -> str:
        """For a goal also in which action."""
        known = self[row]
        if known is None or known.kind not in _CALLED_ONLY:
            return super().where(row)
        return self.called(row) + (self._inside(known) if known.kind == "goal" else "")

    def _inside(self, known: Known) -> str:
        return f" i {self.quoted(known.owner)}" if self[known.owner] else ""


# What has no title of its own, or none that says more.
_CALLED_ONLY = ("agreement", "signatory", "goal", "commitment")
