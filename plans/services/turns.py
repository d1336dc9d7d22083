"""One at a time: whoever changes a plan has it to herself until her change stands whole.

A turn locks the plan's row, asks for the right again as the plan and the person now are, and gives
each change its number. Before the turn or after it, never between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from plans.models import Change, Plan
from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.organisation.models import Party

Op = Change.Op


class Turn:
    """What one person does to a plan in one go. `seen` is the version that she had before her."""

    def __init__(self, plan: Plan, actor: Any, *, undoes: int | None = None):
        self.plan = plan
        self.actor = actor
        self.changes: list[Change] = []
        self._undoes = undoes
        self._first = plan.version + 1

    def demand(self, right: Right, party: Party | None = None) -> None:
        demand(self.actor, right, self.plan, party)

    def record(
        self,
        op: str,
        kind: str,
        row: UUID,
        *,
        field: str = "",
        before: Any = None,
        after: Any = None,
    ) -> None:
        self.changes.append(
            Change(
                plan=self.plan,
                number=self._first + len(self.changes),
                turn=self._first,
                by=self.actor,
                op=op,
                kind=kind,
                row=row,
                field=field,
                before=before,
                after=after,
                undoes=self._undoes,
            )
        )

    def finish(self) -> None:
        if self.changes:
            Change.objects.bulk_create(self.changes)
            self.plan.version = self.changes[-1].number
            Plan.objects.filter(pk=self.plan.pk).update(version=self.plan.version)


@contextmanager
def turn(plan: Plan, actor: Any, right: Right, *, undoes: int | None = None) -> Iterator[Turn]:
    with transaction.atomic():
        now = Plan.objects.select_for_update().filter(pk=plan.pk).values("state", "version").first()
        if now is None:
            raise Http404("Planen finns inte längre.")
        plan.state, plan.version = now["state"], now["version"]
        demand_now(actor, right, plan)
        mine = Turn(plan, actor, undoes=undoes)
        yield mine
        mine.finish()
