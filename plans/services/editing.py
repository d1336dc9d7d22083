"""Writing in a plan: what a row says, field by field. Nobody's words are overwritten.

Who writes says which version of the plan she had before her. A field that nobody has changed since
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

from plans.editable import Editable, Field
from plans.models import Change, FollowUpRound, Plan, PlanArea
from plans.services.turns import Op, turn
from plans.vocabulary import HandledAs
from samverkan.constraints import sentence
from samverkan.difference import Piece, rich_words, words


class Gone(Exception):
    """The row is not in the plan any more; who took it away, where that is known."""

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
    """A turn, of a plan or of a round: each change that is made in it is told to it."""

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
    changes: Sequence[Any] = ()  # as the plan keeps them, or the round
    conflicts: list[Conflict] = field(default_factory=list)


def write(
    *, actor: Any, plan: Plan, kind: Editable, row: UUID, typed: Mapping[str, Any], seen: int
) -> Written:
    """Write what was typed in these fields. What another changed meanwhile is left, and told."""
    values = read(kind, typed)
    try:
        with turn(plan, actor, kind.right) as mine:
            found = find(plan, kind, row)
            if kind.by_party:
                mine.demand(kind.right, found.party)
            wanted = {
                name: value
                for name, value in values.items()
                if kind.fields[name].plain(value) != current(found, kind.fields[name])
            }
            conflicts = conflicts_of(plan, kind, found, wanted, seen)
            put(mine, kind, found, {n: v for n, v in wanted.items() if n not in conflicts})
    except IntegrityError as error:
        raise ValidationError(sentence(kind.model, error)) from error
    return Written(mine.changes, [conflict for conflict in conflicts.values() if conflict])


def find(plan: Plan, kind: Editable, row: UUID) -> Any:
    found = kind.model._default_manager.filter(**{kind.to_plan: plan.pk}, uuid=row)
    if kind.by_party:
        found = found.select_related("party")
    try:
        return found.get()
    except ObjectDoesNotExist:
        raise gone_from(plan, kind, row) from None


def gone_from(plan: Plan, kind: Editable, row: UUID) -> Gone:
    removals = plan.changes.filter(kind=kind.name, row=row, op=Op.REMOVED).select_related("by")
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
            own = found if kind.name == "area" else found.area
            areas = _areas(own.plan, value)
            if own in areas:
                raise ValidationError("Välj ett annat område än det egna.")
            if field.is_many:
                getattr(found, name).set(areas)
            else:
                columns[name] = areas[0] if areas else None
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
    # An area is handled in another one, or in some other way: never both.
    if values.get("handled_in"):
        values["handled_as"] = HandledAs.AREA.value
    elif values.get("handled_as", HandledAs.AREA) != HandledAs.AREA:
        values["handled_in"] = []
    elif "handled_in" in values and values.get("handled_as") == HandledAs.AREA:
        raise ValidationError({"handled_in": "Välj vilket område det hanteras i."})
    return values


def conflicts_of(
    written_in: Plan | FollowUpRound,
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


def _areas(plan: Plan, uuids: list[str]) -> list[PlanArea]:
    areas = list(plan.areas.filter(uuid__in=uuids))
    if len(areas) < len(set(uuids)):
        raise ValidationError("Området finns inte i planen längre.")
    return areas
