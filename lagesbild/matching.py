"""Which row of one report is which row of another.

Within a report and its revisions the UUID says so. Two years share none: there areas are known by
their slug, and the rest by its words, within what it stands in.
"""

from collections.abc import Hashable, Iterable
from uuid import UUID

from lagesbild.document import SectionDoc
from lagesbild.rows import Row, RowKind
from samverkan.collaboration import matching
from samverkan.collaboration.matching import Known, alike, the_only_one, under
from samverkan.text import same_words


def match(before: Iterable[Row], after: Iterable[Row]) -> dict[Row, Row]:
    """Each row after that was there before, and the row it was."""
    return matching.match(before, after, RowKind, _keys)


def _keys(kind: RowKind, found: dict[Row, Row]) -> list[Known]:
    """In turn: what to know a row by. The surest comes first."""
    if kind == RowKind.REPORT:
        return [the_only_one()]
    keys = [alike(_uuid), under(found, _said)]
    if kind == RowKind.SECTION:
        keys.insert(1, alike(_area))
    return keys


def _uuid(row: Row) -> UUID | None:
    return row.uuid


def _area(row: Row) -> Hashable | None:
    part = row.part
    return (part.own, part.slug) if isinstance(part, SectionDoc) and part.slug else None


def _said(row: Row) -> str | None:
    """Its words; nothing can be known by no words."""
    return same_words(row.title) or None
