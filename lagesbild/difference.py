"""What differs between two reports, row by row: two revisions, or this year's and last year's.

Not the number of the revision, nor the year.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from lagesbild import tables
from lagesbild.document import ImageDoc, TableDoc
from lagesbild.labels import label
from lagesbild.matching import match
from lagesbild.rows import Row, RowKind, rows
from plans.document import CatalogueDoc, DistrictDoc, PartyDoc
from samverkan.collaboration import differing
from samverkan.collaboration.differing import Matched
from samverkan.document import Part


class _Differ(differing.Differ):
    lists = {
        RowKind.SECTION: "sections",
        RowKind.AIM: "aims",
        RowKind.DEVIATION: "deviations",
        RowKind.BLOCK: "blocks",
        RowKind.PART: "parts",
        RowKind.RESULT: "results",
        RowKind.PRIORITY: "priorities",
        RowKind.SOURCE: "sources",
        RowKind.EXTRA: "extras",
    }
    not_told = {"action"}  # which is a plan's
    not_of_whole = {"revision", "year", "kind", "parties"}

    def rows(self, document: Any) -> Iterator[Row]:
        return rows(document)

    def match(self, before: list[Row], after: list[Row]) -> dict[Row, Row]:
        return match(before, after)

    def label(self, row: Row, field: str) -> str:
        return label(row.kind, field)

    def named(self, uuid: UUID, row: Row) -> str:
        while row.parent:
            row = row.parent
        found = (one.title for one in rows(row.part) if one.uuid == uuid)  # type: ignore[arg-type]
        return next(found, "något som är borttaget")

    def is_same(self, field: str, one: Any, other: Any, rows: Matched, before: Row) -> bool:
        if isinstance(other, str) and 'href="#' in other:
            other = _REFERENCE.sub(lambda found: _as_before(found, rows), other)
        if isinstance(one, TableDoc) and isinstance(
            other, TableDoc
        ):  # the tie of a series is no word
            return tables.as_text(one) == tables.as_text(other)
        return super().is_same(field, one, other, rows, before)

    def written_part(self, part: Part) -> str:
        match part:
            case TableDoc():
                return tables.as_text(part).replace("\t", " | ")
            case ImageDoc():
                return f"En bild, {part.width} × {part.height} bildpunkter"
            case DistrictDoc() | CatalogueDoc() | PartyDoc():
                return part.name
        return super().written_part(part)


# A reference in running text leads to a row by its UUID.
_REFERENCE = re.compile(r'(?<=href="#)[0-9a-f-]{36}')


def _as_before(found: re.Match, rows: Matched) -> str:
    return str(rows.as_before(UUID(found[0])))


DIFFER = _Differ()
