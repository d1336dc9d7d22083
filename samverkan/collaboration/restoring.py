"""Out of the history and back in again, as new changes: a text, or rows that were taken away."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Written, write
from samverkan.collaboration.turns import Op
from samverkan.collaboration.undoing import take_back
from samverkan.collaboration.wings import wing_of


def restore(
    *, actor: Any, work: Any, kind: Editable, row: UUID, number: int, before: bool, seen: int
) -> Written:
    """Write again what stood in the field before (or after) the change. `seen` guards as always."""
    change = work.changes.filter(
        number=number, op=Op.SET, kind=kind.name, row=row, field__in=kind.fields
    ).first()
    if change is None:
        raise Http404("Den texten finns inte i historiken.")
    field = kind.fields[change.field]
    typed = {field.name: field.typed(change.before if before else change.after)}
    return write(actor=actor, work=work, kind=kind, row=row, typed=typed, seen=seen)


def put_back(*, actor: Any, work: Any, number: int) -> list[Any]:
    """The rows that a turn took away stand where they stood: the samordnare sees to that."""
    with transaction.atomic():
        type(work)._default_manager.select_for_update().filter(pk=work.pk).first()
        work.refresh_from_db(fields=["state", "version"])
        demand_now(actor, Right.DELETE_AND_MOVE, work)
        removals = list(work.changes.filter(turn=number, op=Op.REMOVED))
        if not removals:
            raise Http404("Den ändringen tog inte bort någon rad.")
        for removal in removals:
            kind = wing_of(work).kinds[removal.kind]
            there = kind.model._default_manager.filter(**{kind.to_work: work.pk}, uuid=removal.row)
            if there.exists():
                raise ValidationError("Raden står där redan.")
        return take_back(actor, work, number)
