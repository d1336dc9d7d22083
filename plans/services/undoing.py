"""Taking back one's own last turn, and making it again."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet

from plans.editable import KINDS
from plans.models import Change, Plan
from plans.services.editing import Gone, current, find, put
from plans.services.structure import (
    branch_of,
    demand_hers,
    insert,
    put_in_place,
    take_away,
    with_contents,
)
from plans.services.turns import Op, Turn, turn
from samverkan.access.table import Right
from samverkan.document import as_part


def undo(*, actor: Any, plan: Plan) -> list[Change]:
    """My last turn that nobody has built on since, taken back."""
    done, _ = stacks(plan, actor)
    if not done:
        raise ValidationError("Det finns inget att ångra.")
    if _is_of_a_file(plan, done[-1]):
        raise ValidationError(
            "Det sista du gjorde var att läsa in en fil. Det ångras på sidan Läs in en plan."
        )
    refusal = None
    for number in reversed(done):
        try:
            return take_back(actor, plan, number)
        except ValidationError as fault:
            refusal = refusal or fault
    raise refusal or AssertionError


def redo(*, actor: Any, plan: Plan) -> list[Change]:
    """What I last took back, made again. Once I have done something else there is nothing."""
    _, undone = stacks(plan, actor)
    if not undone:
        raise ValidationError("Det finns inget att göra om.")
    return take_back(actor, plan, undone[-1])


def stacks(plan: Plan, actor: Any) -> tuple[list[int], list[int]]:
    """My turns that can be taken back, and those that took back and can be taken back in turn."""
    done: list[int] = []
    undone: list[int] = []
    turns = plan.changes.filter(by=actor).order_by("turn").values_list("turn", "undoes").distinct()
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


def take_back(actor: Any, plan: Plan, number: int) -> list[Change]:
    if _is_of_a_file(plan, number):
        raise ValidationError(
            "Den ändringen är en fil som lästes in eller togs tillbaka, hel. Det görs på sidan "
            "Läs in en plan."
        )
    changes = list(plan.changes.filter(turn=number).order_by("-number"))
    rights = {KINDS[change.kind].right for change in changes}
    strictest = next(right for right in _FROM_THE_STRICTEST if right in rights)
    try:
        with turn(plan, actor, strictest, undoes=number) as mine:
            for change in changes:
                _take_back(mine, change)
    except (Gone, IntegrityError) as fault:
        raise ValidationError(
            "Det går inte att ångra: det som ändrades hör ihop med något som har tagits bort."
        ) from fault
    return mine.changes


_FROM_THE_STRICTEST = (Right.EDIT_AGREEMENT, Right.EDIT_SHARED, Right.EDIT_OWN)


def _is_of_a_file(plan: Plan, number: int) -> bool:
    """A file goes in whole, and out again whole (services/importing.py)."""
    turn = plan.changes.filter(turn=number)
    return plan.uploads.filter(
        turn__in=[number, *turn.values_list("undoes", flat=True)[:1]]
    ).exists()


def _take_back(turn: Turn, change: Change) -> None:
    kind = KINDS[change.kind]
    before: Any = change.before
    if change.op == Op.REMOVED:
        doc = as_part(before["doc"], kind.doc)
        insert(turn, kind, doc, before["place"])
        return
    found = find(turn.plan, kind, change.row)
    if kind.by_party:
        turn.demand(Right.EDIT_OWN, found.party)
    match change.op:
        case Op.SET:
            field = kind.fields[change.field]
            # The same words may be somebody else's by now.
            theirs = _later(turn, change).filter(field=change.field)
            if current(found, field) != change.after or theirs.exists():
                raise _built_on(turn.plan, change)
            put(turn, kind, found, {field.name: field.read(field.typed(change.before))})
        case Op.ADDED:
            rows = with_contents(branch_of(kind, found))
            later = turn.plan.changes.filter(row__in=rows, number__gt=change.turn)
            if later.exclude(by=turn.actor).exists():
                raise _built_on(turn.plan, change)
            _demand_hers(turn, change, rows)
            for branch_kind, row in branch_of(kind, found):
                take_away(turn, branch_kind, row)
        case Op.MOVED:
            if _later(turn, change).filter(op=Op.MOVED).exists():
                raise _built_on(turn.plan, change)
            _demand_hers(turn, change, with_contents(branch_of(kind, found)))
            put_in_place(turn, kind, found, before)


def _demand_hers(turn: Turn, change: Change, rows: list[UUID]) -> None:
    try:
        demand_hers(turn, rows)
    except PermissionDenied as fault:
        raise _built_on(turn.plan, change) from fault


def _later(turn: Turn, change: Change) -> QuerySet[Change]:
    """What others have done to the row since."""
    later = turn.plan.changes.filter(row=change.row, number__gt=change.number)
    return later.exclude(by=turn.actor)


def _built_on(plan: Plan, change: Change) -> ValidationError:
    later = (
        plan.changes.filter(row=change.row, number__gt=change.number).select_related("by").last()
    )
    who = later.by.name if later and later.by else "någon annan"
    return ValidationError(f"Det går inte att ångra: {who} har ändrat samma sak sedan dess.")
