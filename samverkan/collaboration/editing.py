"""Writing together: what a row says, field by field. Nobody's words are overwritten.

Who writes says which version of the whole she had before her. A field that nobody has changed since
is written; one that another has changed is given back with both texts, for her to choose between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError
from django.db.models import F

from samverkan.collaboration.editable import Editable, Field
from samverkan.collaboration.models import Change
from samverkan.collaboration.turns import Op, turn
from samverkan.constraints import sentence
from samverkan.difference import Piece, rich_words, words


class Gone(Exception):
    """The row is not there any more; who took it away, where that is known."""

    def __init__(self, kind: Editable, row: UUID, removal: Change | None):
        super().__init__(f"{kind.word} {row}")
        self.kind, self.row, self.removal = kind, row, removal


@dataclass(frozen=True)
class Conflict:
    """Two wrote in the same field: what stands there now, and what was to be written instead."""

    field: Field
    theirs: Any
    mine: Any
    by: str
    at: datetime

    @property
    def mine_typed(self) -> str:
        return self.field.typed(self.mine)

    @property
    def pieces(self) -> list[Piece]:
        """What differs between the two, in words."""
        compared = rich_words if self.field.is_rich else words
        return compared(self.field.typed(self.theirs), self.mine_typed)


class Recording(Protocol):
    """A turn, of a plan, of a report or of a round: each change that is made in it is told to it."""

    def record(
        self,
        op: str,
        kind: str,
        row: UUID,
        *,
        field: str = "",
        before: Any = None,
        after: Any = None,
    ) -> None: ...


@dataclass
class Written:
    changes: Sequence[Any] = ()  # as what was written in keeps them
    conflicts: list[Conflict] = field(default_factory=list)


def write(
    *, actor: Any, work: Any, kind: Editable, row: UUID, typed: Mapping[str, Any], seen: int
) -> Written:
    """Write what was typed in these fields. What another changed meanwhile is left, and told."""
    values = read(kind, typed)
    try:
        with turn(work, actor, kind.right) as mine:
            found = find(work, kind, row)
            if kind.by_party:
                mine.demand(kind.right, found.party)
            stood = {name: current(found, kind.fields[name]) for name in values}
            kept = {name: kind.fields[name].kept(values[name], stood[name]) for name in values}
            wanted = {
                name: value
                for name, value in kept.items()
                if kind.fields[name].plain(value) != stood[name]
            }
            conflicts = conflicts_of(work, kind, found, wanted, seen)
            put(mine, kind, found, {n: v for n, v in wanted.items() if n not in conflicts})
    except IntegrityError as error:
        raise ValidationError(sentence(kind.model, error)) from error
    return Written(mine.changes, [conflict for conflict in conflicts.values() if conflict])


def find(work: Any, kind: Editable, row: UUID) -> Any:
    found = kind.model._default_manager.filter(**{kind.to_work: work.pk}, uuid=row)
    if kind.by_party:
        found = found.select_related("party")
    try:
        return found.get()
    except ObjectDoesNotExist:
        raise gone_from(work, kind, row) from None


def gone_from(work: Any, kind: Editable, row: UUID) -> Gone:
    removals = work.changes.filter(kind=kind.name, row=row, op=Op.REMOVED).select_related("by")
    return Gone(kind, row, removals.last())


def current(found: Any, field: Field) -> Any:
    """What stands in the field, as JSON."""
    value = getattr(found, field.name)
    if field.points and field.is_many:
        return [
            str(uuid) for uuid in value.order_by("position", "pk").values_list("uuid", flat=True)
        ]
    if field.points:
        return [str(value.uuid)] if value else []
    return field.plain(value)


def put(turn: Recording, kind: Editable, found: Any, values: Mapping[str, Any]) -> None:
    """Write the values, which are known to differ from what stands there."""
    if not values:
        return
    columns: dict[str, Any] = {}
    for name, value in values.items():
        field = kind.fields[name]
        turn.record(
            Op.SET,
            kind.name,
            found.uuid,
            field=name,
            before=current(found, field),
            after=field.plain(value),
        )
        if field.points:
            rows = kind.pointed_at(found, value)
            if field.is_many:
                getattr(found, name).set(rows)
            else:
                columns[name] = rows[0] if rows else None
        else:
            columns[name] = value
    # The turn keeps others out; the version keeps out whoever has come past it.
    updated = kind.model._default_manager.filter(pk=found.pk, version=found.version).update(
        **columns, version=F("version") + 1
    )
    if not updated:
        raise IntegrityError("the row was changed outside a turn")


def read(kind: Editable, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Each field as what it can hold; ValidationError with a sentence for each that cannot be."""
    values, faults = {}, {}
    for name, raw in typed.items():
        try:
            values[name] = kind.fields[name].read(raw)
        except ValidationError as fault:
            faults[name] = fault
    if faults:
        raise ValidationError(faults)
    return kind.settled(values)


def conflicts_of(
    written_in: Any,
    kind: Editable,
    found: Any,
    wanted: Mapping[str, Any],
    seen: int,
) -> dict[str, Conflict | None]:
    """The fields that have been changed since `seen`. None where what comes is what stood there
    then: the field followed along in a form, and nobody wrote in it."""
    if seen >= written_in.version or not wanted:
        return {}
    since = written_in.changes.filter(
        op=Op.SET, kind=kind.name, row=found.uuid, field__in=wanted, number__gt=seen
    )
    conflicts: dict[str, Conflict | None] = {}
    stood: dict[str, Any] = {}
    for change in since.select_related("by").order_by("number"):
        name = change.field
        stood.setdefault(name, change.before)
        mine = kind.fields[name].plain(wanted[name])
        conflicts[name] = (
            None
            if mine == stood[name]
            else Conflict(
                field=kind.fields[name],
                theirs=change.after,
                mine=mine,
                by=change.who,
                at=change.at,
            )
        )
    return conflicts
