"""Rows that were pasted become rows of the plan: all of them, or none."""

from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.core.exceptions import ValidationError

from plans.document import ActionDoc, CauseDoc, GoalDoc, ProblemDoc
from plans.editable import KINDS
from plans.models import Change, Plan
from plans.reading.pasted import Pasted
from plans.services.editing import find, read
from plans.services.structure import Under, insert, place_under
from plans.services.turns import Op, turn
from samverkan.access.table import Right

ACTION, CAUSE, PROBLEM = KINDS["action"], KINDS["cause"], KINDS["problem"]


def paste(
    *, actor: Any, plan: Plan, under: Under, rows: Sequence[Pasted], press: str = ""
) -> list[Change]:
    """The actions last under what they were pasted in. Where the rows name problems and orsaker of
    their own, those come last in the area, each once, with their actions under them. The same press
    once more puts in nothing."""
    _check(rows)
    press, made = press or str(uuid4()), count()

    def new() -> UUID:
        return _named(press, next(made))

    with turn(plan, actor, Right.EDIT_SHARED) as mine:
        if plan.changes.filter(op=Op.ADDED, row=_named(press, 0)).exists():
            return []
        area = _area_of(plan, under)
        there: dict[tuple, Under] = {}
        for row in rows:
            owner = under
            if row.problem:
                owner = there.get((row.problem,)) or (PROBLEM, new())
                if (row.problem,) not in there:
                    doc = ProblemDoc(uuid=owner[1], text=row.problem)
                    insert(mine, PROBLEM, doc, place_under(plan, PROBLEM, area, None))
                    there[row.problem,] = owner
            if row.cause and owner[0] in (PROBLEM, CAUSE):
                above = owner if owner[0] == PROBLEM else _problem_of(plan, owner)
                key = (row.problem, row.cause)
                owner = there.get(key) or (CAUSE, new())
                if key not in there:
                    doc_ = CauseDoc(uuid=owner[1], text=row.cause)
                    insert(mine, CAUSE, doc_, place_under(plan, CAUSE, above, None))
                    there[key] = owner
            if row.is_action:
                action = ActionDoc(
                    uuid=new(),
                    name=row.name,
                    description=row.description,
                    timing=row.timing,
                    responsible=row.responsible,
                    follow_up_plan=row.follow_up_plan,
                    goals=tuple(GoalDoc(uuid=new(), text=goal) for goal in row.goals),
                )
                insert(mine, ACTION, action, place_under(plan, ACTION, owner, None))
    return mine.changes


def _named(press: str, number: int) -> UUID:
    """What the rows are called is known from the press, so that it is known when it comes again."""
    return uuid5(NAMESPACE_OID, f"{press} {number}")


def _check(rows: Sequence[Pasted]) -> None:
    """Each text as its field would take it, before anything is written."""
    for number, row in enumerate(rows, start=1):
        typed = {
            name: getattr(row, name)
            for name in ("name", "description", "timing", "responsible", "follow_up_plan")
            if getattr(row, name)
        }
        try:
            read(ACTION, typed)
        except ValidationError as fault:
            raise ValidationError(f"Rad {number}: {' '.join(fault.messages)}") from fault
        if not row.is_action and (row.timing or row.responsible or row.goals):
            raise ValidationError(
                f"Rad {number} har tid, ansvar eller mål men ingen åtgärd. Välj vilken kolumn som "
                "är åtgärden, eller ta bort raden."
            )


def _area_of(plan: Plan, under: Under) -> Under:
    kind, uuid = under
    found = find(plan, kind, uuid)
    match kind.name:
        case "cause":
            found = found.problem.area
        case "problem":
            found = found.area
    return KINDS["area"], found.uuid


def _problem_of(plan: Plan, cause: Under) -> Under:
    return PROBLEM, find(plan, *cause).problem.uuid
