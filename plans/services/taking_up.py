"""What a lägesbild gives priority to comes into a plan, as a problem or as an action, and knows it.

It is one turn in the plan, with its area where that was not there: whoever did it takes it back in
one go, and the history tells it as any other.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from plans.document import ActionDoc, ProblemDoc
from plans.editable import KINDS
from plans.models import Action, Change, Plan, PriorityArea, Problem
from plans.services.areas import area_for
from plans.services.shape import SHAPE
from plans.vocabulary import Layout
from samverkan.access.table import Right
from samverkan.collaboration.structure import is_taken
from samverkan.collaboration.turns import Op, turn
from samverkan.constraints import sentence

LONGEST_NAME = Action._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class Wanted:
    """A priority, as whoever takes it up has it before her."""

    priority: UUID
    text: str
    area: PriorityArea
    is_internal: bool = False
    internal_reason: str = ""


class TakenUp(ValidationError):
    """It is in the plan already: in this row."""

    def __init__(self, row: Any):
        super().__init__(f"Prioriteringen finns redan i planen: ”{row}”.")
        self.row = row


def take_up(
    *, actor: Any, plan: Plan, kind: str, wanted: Wanted, row: UUID, once_more: bool = False
) -> list[Change]:
    """A new row, last in the area. The same `row` twice is one; the same priority twice is refused,
    unless somebody wants it `once_more`."""
    if kind not in ("problem", "action"):
        raise ValidationError("Välj om prioriteringen ska bli ett problem eller en åtgärd.")
    try:
        with turn(plan, actor, Right.EDIT_SHARED) as mine:
            if plan.changes.filter(op=Op.ADDED, row=row).exists():
                return []  # a second press of the same button
            if is_taken(plan, row):
                row = uuid4()
            if (there := taken_up_in(plan, wanted.priority)) and not once_more:
                raise TakenUp(there)
            area = area_for(mine, wanted.area)
            doc = _problem(wanted, row) if kind == "problem" else _action(plan, wanted, row)
            place = SHAPE.place_under(plan, KINDS[kind], (KINDS["area"], area), None)
            SHAPE.insert(mine, KINDS[kind], doc, place)
    except IntegrityError as error:
        raise ValidationError(sentence(KINDS[kind].model, error)) from error
    return mine.changes


def taken_up_in(plan: Plan, priority: UUID) -> Action | Problem | None:
    """What in the plan comes from the priority, the action before the problem."""
    of_plan = {"area__plan": plan, "priority": priority}
    return Action.objects.filter(**of_plan).first() or Problem.objects.filter(**of_plan).first()


def _problem(wanted: Wanted, row: UUID) -> ProblemDoc:
    return ProblemDoc(row, wanted.text, **_along(wanted))


def _action(plan: Plan, wanted: Wanted, row: UUID) -> ActionDoc:
    """In an activity table its words are the name, where there is room for them."""
    named = plan.layout == Layout.ACTIVITIES and len(wanted.text) <= LONGEST_NAME
    name, description = (wanted.text, "") if named else ("", wanted.text)
    return ActionDoc(row, name=name, description=description, **_along(wanted))


def _along(wanted: Wanted) -> dict[str, Any]:
    """What was left out of the public edition there is left out of it here too."""
    return {
        "priority": wanted.priority,
        "is_internal": wanted.is_internal,
        "internal_reason": wanted.internal_reason,
    }
