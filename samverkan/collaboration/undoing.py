"""Taking back one's own last turn, and making it again."""

import json
import re
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet

from samverkan.access.table import Right
from samverkan.collaboration.editing import Gone, current, find, put
from samverkan.collaboration.structure import demand_hers
from samverkan.collaboration.turns import Op, Turn, turn
from samverkan.collaboration.wings import wing_of
from samverkan.document import as_part


def undo(*, actor: Any, work: Any) -> list[Any]:
    """My last turn that nobody has built on since, taken back."""
    done, _ = stacks(work, actor)
    if not done:
        raise ValidationError("Det finns inget att ångra.")
    wing_of(work).shape.demand_undoable(work, done[-1], last=True)
    refusal = None
    for number in reversed(done):
        try:
            return take_back(actor, work, number)
        except ValidationError as fault:
            refusal = refusal or fault
    raise refusal or AssertionError


def redo(*, actor: Any, work: Any) -> list[Any]:
    """What I last took back, made again. Once I have done something else there is nothing."""
    _, undone = stacks(work, actor)
    if not undone:
        raise ValidationError("Det finns inget att göra om.")
    return take_back(actor, work, undone[-1])


def stacks(work: Any, actor: Any) -> tuple[list[int], list[int]]:
    """My turns that can be taken back, and those that took back and can be taken back in turn."""
    done: list[int] = []
    undone: list[int] = []
    turns = work.changes.filter(by=actor).order_by("turn").values_list("turn", "undoes").distinct()
    for number, undoes in turns:
        if undoes is None:
            done.append(number)
            undone.clear()
        elif undoes in done:
            done.remove(undoes)
            undone.append(number)
        elif undoes in undone:
            undone.remove(undoes)
            done.append(number)
    return done, undone


def take_back(actor: Any, work: Any, number: int) -> list[Any]:
    wing_of(work).shape.demand_undoable(work, number)
    kinds = wing_of(work).kinds
    changes = list(work.changes.filter(turn=number).order_by("-number"))
    rights = {kinds[change.kind].right for change in changes}
    strictest = next(right for right in _FROM_THE_STRICTEST if right in rights)
    try:
        with turn(work, actor, strictest, undoes=number) as mine:
            for change in changes:
                _take_back(mine, change)
    except (Gone, IntegrityError) as fault:
        raise ValidationError(
            "Det går inte att ångra: det som ändrades hör ihop med något som har tagits bort."
        ) from fault
    return mine.changes


_FROM_THE_STRICTEST = (Right.EDIT_AGREEMENT, Right.EDIT_SHARED, Right.EDIT_OWN)


def _take_back(turn: Turn, change: Any) -> None:
    wing = wing_of(turn.work)
    kind, shape = wing.kinds[change.kind], wing.shape
    before: Any = change.before
    if change.op == Op.REMOVED:
        doc = as_part(before["doc"], kind.doc)
        shape.insert(turn, kind, doc, before["place"])
        return
    found = find(turn.work, kind, change.row)
    if kind.by_party:
        turn.demand(Right.EDIT_OWN, found.party)
    match change.op:
        case Op.SET:
            field = kind.fields[change.field]
            # The same words may be somebody else's by now.
            theirs = _later(turn, change).filter(field=change.field)
            if current(found, field) != change.after or theirs.exists():
                raise _built_on(turn.work, change)
            put(turn, kind, found, {field.name: field.restored(change.before)})
        case Op.ADDED:
            rows = shape.contents(shape.branch_of(kind, found))
            later = turn.work.changes.filter(row__in=rows, number__gt=change.turn)
            if later.exclude(by=turn.actor).exists():
                raise _built_on(turn.work, change)
            _demand_hers(turn, change, rows)
            for branch_kind, row in shape.branch_of(kind, found):
                shape.take_away(turn, branch_kind, row)
        case Op.MOVED:
            if _later(turn, change).filter(op=Op.MOVED).exists():
                raise _built_on(turn.work, change)
            _demand_hers(turn, change, shape.contents(shape.branch_of(kind, found)))
            shape.put_in_place(turn, kind, found, before)


def _demand_hers(turn: Turn, change: Any, rows: list[UUID]) -> None:
    try:
        demand_hers(turn, rows)
    except PermissionDenied as fault:
        raise _built_on(turn.work, change) from fault


def _later(turn: Turn, change: Any) -> QuerySet:
    """What others have done to the row since."""
    later = turn.work.changes.filter(row=change.row, number__gt=change.number)
    return later.exclude(by=turn.actor)


def _built_on(work: Any, change: Any) -> ValidationError:
    later = (
        work.changes.filter(row=change.row, number__gt=change.number).select_related("by").last()
    )
    who = later.by.name if later and later.by else "någon annan"
    return ValidationError(f"Det går inte att ångra: {who} har ändrat samma sak sedan dess.")


def on_top(
    changes: Iterable[Any], later: Iterable[Any], *, whole: str, within: Collection[str] = ()
) -> list[Any]:
    """What has been done since to the rows of these changes, or hangs on them. `whole` is what the
    history calls the document itself; `within` are the lists that come with the row they are in."""
    rows = {str(change.row) for change in changes if change.kind != whole}
    fields = {change.field for change in changes if change.kind == whole}
    for change in changes:
        doc = change.after["doc"] if change.op == Op.ADDED else {}
        rows |= {part["uuid"] for name in within for part in doc.get(name, ())}
    return [
        change
        for change in later
        if (change.kind == whole and change.field in fields)
        or str(change.row) in rows
        or rows.intersection(_UUID.findall(json.dumps([change.before, change.after])))
    ]


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
