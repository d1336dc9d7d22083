"""Rows that are added, taken away and moved, by whoever may, in a turn of her own."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import find, read
from samverkan.collaboration.models import Change
from samverkan.collaboration.shape import Under
from samverkan.collaboration.turns import Op, Turn, turn
from samverkan.collaboration.wings import wing_of
from samverkan.constraints import sentence
from samverkan.document import as_part, as_plain
from samverkan.organisation.models import Party


class Stale(Exception):
    """Somebody has changed what was to be taken away, after it was last seen."""

    def __init__(self, change: Change):
        super().__init__(str(change))
        self.change = change


def add(
    *,
    actor: Any,
    work: Any,
    kind: Editable,
    under: Under | None,
    typed: Mapping[str, Any],
    row: UUID | None = None,
    after: UUID | None = None,
    party: Party | None = None,
) -> list[Any]:
    """A new row under what it hangs on: after another, or last. The same row once more is none."""
    shape = wing_of(work).shape
    _demand_a_place(kind)
    shape.demand_new(kind)
    row = row or uuid4()
    typed = dict.fromkeys(kind.needed, "") | dict(typed)  # what is not said is refused, not missed
    values = {name: kind.fields[name].plain(value) for name, value in read(kind, typed).items()}
    doc = {"uuid": str(row)} | {name: value for name, value in values.items() if value != ""}
    try:
        with turn(work, actor, kind.right) as mine:
            if kind.names_party:
                if party is None:
                    raise ValidationError("Välj vilken part det gäller.")
                if kind.by_party:
                    mine.demand(kind.right, party)
                doc["party"] = party.key
            if _is_there(work, kind, doc):
                return []  # a second press of the same button
            place = shape.place_under(work, kind, under, after)
            shape.insert(mine, kind, as_part(doc, kind.doc), place)
    except IntegrityError as error:
        raise ValidationError(sentence(kind.model, error)) from error
    return mine.changes


def _is_there(work: Any, kind: Editable, doc: dict[str, Any]) -> bool:
    """Whether the row was added just so. Under its name but with other words it is another row,
    typed in a form that had been sent before: it gets a name of its own, which tells it again."""
    while (added := work.changes.filter(op=Op.ADDED, row=doc["uuid"]).first()) or is_taken(
        work, doc["uuid"]
    ):
        words = as_plain(as_part(doc, kind.doc))
        if added and all(added.after["doc"].get(name) == words[name] for name in doc):
            return True
        doc["uuid"] = str(uuid5(UUID(doc["uuid"]), str(sorted(doc.items()))))
    return False


def is_taken(work: Any, row: UUID | str) -> bool:
    """Whether something in it is known by that UUID, however it came there: two by the same make a
    document that cannot be read."""
    first, *others = (
        kind.model._default_manager.filter(**{kind.to_work: work.pk}, uuid=row)
        .order_by()
        .values_list("uuid")
        for kind in wing_of(work).kinds.values()
    )
    return bool(first.union(*others).exists())


def remove(*, actor: Any, work: Any, kind: Editable, row: UUID, seen: int) -> list[Any]:
    """Take the row away with all that hangs on it. It can be put back (undoing.py)."""
    shape = wing_of(work).shape
    _demand_a_place(kind)
    with turn(work, actor, kind.right) as mine:
        found = find(work, kind, row)
        branch = shape.branch_of(kind, found)
        rows = shape.contents(branch)
        demand_hers(mine, rows)
        told = shape.told_by(work, kind, found, rows)
        theirs = told.filter(number__gt=seen).exclude(by=actor)
        if changed := theirs.select_related("by").last():
            raise Stale(changed)
        for branch_kind, found in branch:
            shape.take_away(mine, branch_kind, found)
    return mine.changes


def move(
    *,
    actor: Any,
    work: Any,
    kind: Editable,
    row: UUID,
    under: Under | None,
    after: UUID | None = None,
    first: bool = False,
) -> list[Any]:
    """To another place in its list, or under something else."""
    shape = wing_of(work).shape
    _demand_a_place(kind)
    with turn(work, actor, kind.right) as mine:
        found = find(work, kind, row)
        demand_hers(mine, shape.contents(shape.branch_of(kind, found)))
        place = shape.place_under(work, kind, under, after, moving=row, first=first)
        shape.put_in_place(mine, kind, found, place)
    return mine.changes


def _demand_a_place(kind: Editable) -> None:
    if not kind.container:
        raise ValidationError("Det kan varken läggas till, flyttas eller tas bort här.")


def demand_hers(turn: Turn, rows: Iterable[UUID]) -> None:
    """The samordnare deletes and moves everything; others what they have written all by
    themselves."""
    rows = list(rows)
    if may(turn.actor, Right.DELETE_AND_MOVE, turn.work):
        return
    changes = list(turn.work.changes.filter(row__in=rows).values_list("row", "op", "by"))
    added = {row for row, op, by in changes if op == Op.ADDED}
    if not added.issuperset(rows):
        added |= wing_of(turn.work).shape.added_within(turn)
    if not added.issuperset(rows) or any(by != turn.actor.pk for _, _, by in changes):
        raise PermissionDenied(
            "Bara samordnaren tar bort och flyttar det som någon annan har skrivit i."
        )
