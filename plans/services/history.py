"""Out of the history and into the plan again, as new changes: a text, or rows that were taken away."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from plans.editable import KINDS
from plans.models import Change, Plan
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Written, write
from samverkan.collaboration.turns import Op
from samverkan.collaboration.undoing import take_back


def restore(
    *, actor: Any, plan: Plan, kind: Editable, row: UUID, number: int, before: bool, seen: int
) -> Written:
    """Write again what stood in the field before (or after) the change. `seen` guards as always."""
    change = plan.changes.filter(
        number=number, op=Op.SET, kind=kind.name, row=row, field__in=kind.fields
    ).first()
    if change is None:
        raise Http404("Den texten finns inte i planens historik.")
    field = kind.fields[change.field]
    typed = {field.name: field.typed(change.before if before else change.after)}
    return write(actor=actor, work=plan, kind=kind, row=row, typed=typed, seen=seen)


def put_back(*, actor: Any, plan: Plan, number: int) -> list[Change]:
    """The rows that a turn took away stand where they stood: the samordnare sees to that."""
    with transaction.atomic():
        Plan.objects.select_for_update().filter(pk=plan.pk).first()
        plan.refresh_from_db(fields=["state", "version"])
        demand_now(actor, Right.DELETE_AND_MOVE, plan)
        removals = list(plan.changes.filter(turn=number, op=Op.REMOVED))
        if not removals:
            raise Http404("Den ändringen tog inte bort någon rad.")
        for removal in removals:
            kind = KINDS[removal.kind]
            there = kind.model._default_manager.filter(**{kind.to_work: plan.pk}, uuid=removal.row)
            if there.exists():
                raise ValidationError("Raden står redan i planen.")
        return take_back(actor, plan, number)
