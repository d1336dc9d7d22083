"""A report's words for its history: what its rows are called, and what it can be narrowed to."""

from collections.abc import Mapping
from typing import Any

from lagesbild.document import ReportDocument, sections_of
from lagesbild.editable import KINDS
from lagesbild.rows import RowKind, label_of, noun_of, rows, title_of
from samverkan.collaboration import history
from samverkan.collaboration.history import Known
from samverkan.document import as_part


class Names(history.Names):
    kinds = KINDS
    whole = "report"

    def places_of(self, document: ReportDocument) -> list[tuple[str, str]]:
        """What stands outermost, and the areas wherever they stand."""
        return [
            (str(section.uuid), section.heading)
            for section, depth in sections_of(document)
            if depth == 1 or section.slug
        ]

    def here(self, document: ReportDocument) -> dict[str, Known]:
        found = {}
        for row in rows(document):
            if row.uuid and row.parent:
                owner = str(row.parent.uuid or "")
                word, noun = row.label.lower(), noun_of(row.part)
                known = Known(row.kind.value, word, row.title, owner, is_here=True, noun=noun)
                found[str(row.uuid)] = known
        return found

    def chosen(self, control: str, uuid: str) -> str:
        return self.title(uuid) or "en figur som är borttagen"

    def word(self, kind: str, doc: Mapping[str, Any]) -> str:
        return label_of(RowKind(kind), self._part(kind, doc)).lower()

    def noun(self, kind: str, doc: Mapping[str, Any]) -> str:
        return noun_of(self._part(kind, doc))

    def title_in(self, kind: str, doc: Mapping[str, Any]) -> str:
        return title_of(self._part(kind, doc))

    def _part(self, kind: str, doc: Mapping[str, Any]) -> Any:
        return as_part(dict(doc), KINDS[kind].doc)
