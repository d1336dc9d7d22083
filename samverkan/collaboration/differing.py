"""What differs between two documents of one kind, row by row: two revisions, or this year's and last.

What is written in a row that was added or removed comes and goes with it, and is not told again. A
wing says how its rows are read, known again and called.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Protocol
from uuid import UUID

import msgspec
from django.db.models import Choices

from samverkan import difference, numbers
from samverkan.document import Part, Prose, Rich


class Row(Protocol):
    """A part of a document, and what it hangs on."""

    @property
    def kind(self) -> Any: ...

    @property
    def label(self) -> str:
        """What it is: "Åtgärden"."""
        ...

    @property
    def part(self) -> Part: ...

    @property
    def parent(self) -> Any: ...

    @property
    def container(self) -> Any:
        """The row whose part it is written in."""
        ...

    @property
    def uuid(self) -> UUID | None: ...

    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class FieldDifference:
    """Before and after as they are written for a reader; `is_rich` where that is HTML."""

    field: str
    label: str
    before: str
    after: str
    is_rich: bool = False

    @property
    def pieces(self) -> list[difference.Piece]:
        compare = difference.rich_words if self.is_rich else difference.words
        return compare(self.before, self.after)


@dataclass(frozen=True)
class RowDifference:
    """One row that is not as it was. It may have moved and changed at once."""

    before: Any
    after: Any
    is_moved: bool = False
    fields: tuple[FieldDifference, ...] = ()

    @property
    def row(self) -> Any:
        """As it is now, or was when it was still there."""
        row = self.after or self.before
        assert row
        return row

    @property
    def kind(self) -> Any:
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
    def moved_from(self) -> Any:
        """What it hung on. The same as `moved_to` where only its place in the order is another."""
        return self.before.parent if self.is_moved and self.before else None

    @property
    def moved_to(self) -> Any:
        return self.after.parent if self.is_moved and self.after else None


@dataclass(frozen=True)
class Matched:
    """The rows of two documents, and which row of the later was which of the earlier."""

    earlier: list[Any]
    later: list[Any]
    was: dict[Any, Any]

    @cached_property
    def uuids(self) -> Mapping[UUID, UUID]:
        """What the rows that stayed were called: two years need not agree on it."""
        return {row.uuid: one.uuid for row, one in self.was.items() if row.uuid and one.uuid}

    def as_before(self, value: Any) -> Any:
        """What points to a row, as it did before."""
        if isinstance(value, tuple):
            return tuple(self.as_before(one) for one in value)
        return self.uuids.get(value, value) if isinstance(value, UUID) else value


class Differ:
    lists: Mapping[Any, str]  # under which name the rows of each kind stand in what holds them
    aside: Set[Any] = frozenset()  # kinds that are told of only where they are named
    not_told: Set[str] = frozenset()  # what says which row it is, and what moving tells of
    not_of_whole: Set[str] = frozenset()  # fields of the document itself that rows tell of

    # What a wing says ---------------------------------------------------------------------------

    def rows(self, document: Any) -> Iterable[Any]:
        """The document itself first."""
        raise NotImplementedError

    def match(self, before: list[Any], after: list[Any]) -> dict[Any, Any]:
        """Each row after that was there before, and the row it was."""
        raise NotImplementedError

    def label(self, row: Any, field: str) -> str:
        raise NotImplementedError

    def named(self, uuid: UUID, row: Any) -> str:
        """What another row that this one points to is called."""
        raise NotImplementedError

    def is_same(self, field: str, one: Any, other: Any, rows: Matched, before: Any) -> bool:
        """Whether what stands in a field is what stood there."""
        return bool(one == rows.as_before(other))

    def told(self, field: str, one: Any, other: Any, before: Any, after: Any) -> tuple[str, str]:
        """What stood in a field and what stands there, for a reader."""
        return self.written(one, before), self.written(other, after)

    def written_part(self, part: Part) -> str:
        """A piece of a document that stands in a field."""
        raise TypeError(f"{type(part)} is not told of")

    # What holds for all -------------------------------------------------------------------------

    def matched(self, before: Any, after: Any) -> Matched:
        earlier, later = list(self.rows(before)), list(self.rows(after))
        return Matched(earlier, later, self.match(earlier, later))

    def differences(self, before: Any, after: Any) -> list[RowDifference]:
        """As it reads now; what was removed stands after what it stood after."""
        return self.differences_of(self.matched(before, after))

    def differences_of(self, rows: Matched) -> list[RowDifference]:
        earlier, later, was = rows.earlier, rows.later, rows.was
        stayed = {one: other for other, one in was.items()}
        moved = self._moved(later, was)

        removed_after: dict[Any, list[RowDifference]] = defaultdict(list)
        last = later[0]  # the document itself
        for row in earlier:
            if row in stayed:
                last = stayed[row]
            elif row.kind not in self.aside and (not row.container or row.container in stayed):
                removed_after[last].append(RowDifference(row, None))

        found: list[RowDifference] = []
        for row in later:
            if row in was:
                fields = tuple(self._fields(was[row], row, rows))
                if fields or row in moved:
                    found.append(RowDifference(was[row], row, row in moved, fields))
            elif row.kind not in self.aside and (not row.container or row.container in was):
                found.append(RowDifference(None, row))
            found += removed_after[row]
        return found

    def _moved(self, later: list[Any], was: dict[Any, Any]) -> set[Any]:
        """What hangs on another row than before; and as few as need to have moved for the order to
        be."""
        moved = set()
        beside: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
        for row in later:
            if row not in was or not row.parent or row.kind in self.aside:
                continue
            if was.get(row.parent) is not was[row].parent:
                moved.add(row)
            elif row.container:
                beside[row.container, row.kind].append(row)
        for siblings in beside.values():
            siblings.sort(key=self._place)
            places = [self._place(was[row]) for row in siblings]
            stood = set(longest_in_order(places))
            moved |= {row for number, row in enumerate(siblings) if number not in stood}
        return moved

    def _place(self, row: Any) -> int:
        """Its number in what it is written in: that of an action is its number in the area."""
        if not row.container or row.kind not in self.lists:
            return 0
        parts = getattr(row.container.part, self.lists[row.kind])
        return next(number for number, part in enumerate(parts) if part is row.part)

    def _fields(self, before: Any, after: Any, rows: Matched) -> Iterator[FieldDifference]:
        """Fields as a reader would have them told."""
        skipped = {"uuid", *self.lists.values(), *self.not_told}
        if not after.parent:
            skipped |= self.not_of_whole
        of_part: type[Part] = type(after.part)
        for field in _fields_of(of_part):
            name = field.name
            if name in skipped:
                continue
            one, other = getattr(before.part, name), getattr(after.part, name)
            if self.is_same(name, one, other, rows, before):
                continue
            if name == "internal_fields":
                one, other = self._labels(one, before), self._labels(other, after)
            yield FieldDifference(
                name,
                self.label(after, name),
                *self.told(name, one, other, before, after),
                is_rich=field.type in (Rich, Prose),
            )

    def _labels(self, names: tuple[str, ...], row: Any) -> tuple[str, ...]:
        return tuple(self.label(row, name) for name in names)

    def written(self, value: Any, row: Any) -> str:
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
                return "\n".join(self.written(one, row) for one in value)
            case Decimal() | int():
                return numbers.swedish(value)
            case date():
                return value.isoformat()
            case UUID():
                return self.named(value, row)
            case _:
                return self.written_part(value)


_fields_of = cache(msgspec.structs.fields)  # it works them out anew each time it is asked


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
