"""What differs between two plans, row by row: two revisions, or this year's and the next.

Follow-ups are not compared, nor the number of the revision. What is written in a row that was added
or removed comes and goes with it, and is not told again.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Choices
from msgspec.structs import replace

from plans.document import AreaDoc, CatalogueDoc, DistrictDoc, PlanDocument
from plans.labels import label
from plans.matching import match
from plans.rows import Row, RowKind, rows
from samverkan import difference, numbers
from samverkan.document import Rich


@dataclass(frozen=True)
class FieldDifference:
    """Before and after as they are written for a reader; `is_rich` where that is HTML."""

    row: RowKind
    field: str
    before: str
    after: str
    is_rich: bool = False

    @property
    def label(self) -> str:
        return label(self.row, self.field)

    @property
    def pieces(self) -> list[difference.Piece]:
        compare = difference.rich_words if self.is_rich else difference.words
        return compare(self.before, self.after)


@dataclass(frozen=True)
class RowDifference:
    """One row that is not as it was. It may have moved and changed at once."""

    before: Row | None
    after: Row | None
    is_moved: bool = False
    fields: tuple[FieldDifference, ...] = ()

    @property
    def row(self) -> Row:
        """As it is now, or was when it was still there."""
        row = self.after or self.before
        assert row
        return row

    @property
    def kind(self) -> RowKind:
        return self.row.kind

    @property
    def uuid(self) -> UUID | None:
        return self.row.uuid

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def moved_from(self) -> Row | None:
        """What it hung on. The same as `moved_to` where only its place in the order is another."""
        return self.before.parent if self.is_moved and self.before else None

    @property
    def moved_to(self) -> Row | None:
        return self.after.parent if self.is_moved and self.after else None


@dataclass(frozen=True)
class Matched:
    """The rows of two plans, and which row of the later was which of the earlier."""

    earlier: list[Row]
    later: list[Row]
    was: dict[Row, Row]


def matched(before: PlanDocument, after: PlanDocument) -> Matched:
    earlier = list(rows(replace(before, rounds=())))
    later = list(rows(replace(after, rounds=())))
    return Matched(earlier, later, match(earlier, later))


def differences(before: PlanDocument, after: PlanDocument) -> list[RowDifference]:
    """As the plan reads now; what was removed stands after what it stood after."""
    return differences_of(matched(before, after))


def differences_of(rows: Matched) -> list[RowDifference]:
    earlier, later, was = rows.earlier, rows.later, rows.was
    stayed = {one: other for other, one in was.items()}
    moved = _moved(later, was)
    told = _Told(_areas(was))

    removed_after: dict[Row, list[RowDifference]] = defaultdict(list)
    last = later[0]  # the plan itself
    for row in earlier:
        if row in stayed:
            last = stayed[row]
        elif row.kind != RowKind.PARTY and (not row.container or row.container in stayed):
            removed_after[last].append(RowDifference(row, None))

    found: list[RowDifference] = []
    for row in later:
        if row in was:
            fields = tuple(told.fields(was[row], row))
            if fields or row in moved:
                found.append(RowDifference(was[row], row, row in moved, fields))
        # A party that is new in the document is told of where it is named.
        elif row.kind != RowKind.PARTY and (not row.container or row.container in was):
            found.append(RowDifference(None, row))
        found += removed_after[row]
    return found


def _areas(was: dict[Row, Row]) -> dict[UUID, UUID]:
    """The areas as they were called before, by what they are called after."""
    return {
        row.part.uuid: one.part.uuid
        for row, one in was.items()
        if isinstance(row.part, AreaDoc) and isinstance(one.part, AreaDoc)
    }


def _moved(later: list[Row], was: dict[Row, Row]) -> set[Row]:
    """What hangs on another row than before; and as few as need to have moved for the order to be."""
    moved = set()
    beside: dict[tuple[Row, RowKind], list[Row]] = defaultdict(list)
    for row in later:
        if row not in was or not row.parent or row.kind == RowKind.PARTY:
            continue
        if was.get(row.parent) is not was[row].parent:
            moved.add(row)
        elif row.container:
            beside[row.container, row.kind].append(row)
    for siblings in beside.values():
        siblings.sort(key=_place)
        places = [_place(was[row]) for row in siblings]
        stood = set(longest_in_order(places))
        moved |= {row for number, row in enumerate(siblings) if number not in stood}
    return moved


# Under which name a row's parts stand in it, in order.
_TUPLES = {
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


def _place(row: Row) -> int:
    """Its number in what it is written in: that of an action is its number in the area."""
    if not row.container or row.kind not in _TUPLES:
        return 0
    parts = getattr(row.container.part, _TUPLES[row.kind])
    return next(number for number, part in enumerate(parts) if part is row.part)


def longest_in_order(numbers: Sequence[int]) -> list[int]:
    """The places of the longest run of numbers that rises, gaps allowed."""
    ends: list[int] = []  # the lowest number that ends a run of each length, and its place
    places: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        before.append(places[length - 1] if length else None)
        places[length : length + 1] = [place]
    run: list[int] = []
    last = places[-1] if places else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run


# The row itself, what is compared as rows, what moving tells of, and what stands in no plan.
_NOT_FIELDS = {"uuid", "revision", "rounds", "problem", "cause", "priority", *_TUPLES.values()}


_fields_of = cache(msgspec.structs.fields)  # it works them out anew each time it is asked


class _Told:
    """Fields as a reader would have them told."""

    def __init__(self, areas: dict[UUID, UUID]) -> None:
        self._areas = areas

    def fields(self, before: Row, after: Row) -> Iterator[FieldDifference]:
        for field in _fields_of(type(after.part)):
            name = field.name
            if name in _NOT_FIELDS or (after.kind == RowKind.PLAN and name in _PLAN_ROWS):
                continue
            one, other = getattr(before.part, name), getattr(after.part, name)
            if name == "predecessor" and other == before.uuid:
                continue
            if one != self._as_before(other):
                if name == "internal_fields":
                    one, other = _labels(one, before), _labels(other, after)
                if name == "indicator":  # what it is called stands in the register, not here
                    one, other = one and "en indikator", other and "en indikator"
                    other = "en annan indikator" if one and other else other
                yield FieldDifference(
                    after.kind,
                    name,
                    written(one, before),
                    written(other, after),
                    is_rich=field.type == Rich,
                )

    def _as_before(self, value: Any) -> Any:
        """Another area by its own UUID before: two years need not agree on it."""
        if isinstance(value, tuple):
            return tuple(self._as_before(one) for one in value)
        return self._areas.get(value, value) if isinstance(value, UUID) else value


_PLAN_ROWS = {"agreement"}


def written(value: Any, row: Row) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case Choices():
            return str(value.label)
        case str():
            return value
        case tuple():
            return "\n".join(written(one, row) for one in value)
        case Decimal() | int():
            return numbers.swedish(value)
        case date():
            return value.isoformat()
        case UUID():
            return _title_of(value, row)
        case DistrictDoc() | CatalogueDoc():
            return value.name
        case _:
            raise TypeError(f"{type(value)} is not told of")


def _labels(names: tuple[str, ...], row: Row) -> tuple[str, ...]:
    return tuple(label(row.kind, name) for name in names)


def _plan(row: Row) -> PlanDocument:
    while row.parent:
        row = row.parent
    assert isinstance(row.part, PlanDocument)
    return row.part


def _title_of(area: UUID, row: Row) -> str:
    return next((doc.title for doc in _plan(row).areas if doc.uuid == area), str(area))
