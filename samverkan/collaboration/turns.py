"""One at a time: whoever changes what several work in has it to herself until her change stands whole.

A turn locks its row, asks for the right again as it and the person now are, and gives each change
its number, and all of them the number of the first. Before the turn or after it, never between.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.collaboration.models import Change
from samverkan.collaboration.wings import wing_of
from samverkan.organisation.models import Party

Op = Change.Op
Kept = TypeVar("Kept", bound=Change)


class Recorded(Generic[Kept]):
    """What one person does in one go: each change as it is to be kept."""

    def __init__(self, first: int, make: Callable[..., Kept], *, undoes: int | None = None):
        """`make` knows what is worked in, and by whom."""
        self.changes: list[Kept] = []
        self._first = first
        self._make = make
        self._undoes = undoes

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
            self._make(
                number=self._first + len(self.changes),
                turn=self._first,
                op=op,
                kind=kind,
                row=row,
                field=field,
                before=before,
                after=after,
                undoes=self._undoes,
            )
        )


class Turn(Recorded[Any]):
    """What one person does to a plan, or to a report, in one go."""

    def __init__(
        self, work: Any, actor: Any, changed_at: datetime | None, *, undoes: int | None = None
    ):
        changes = work.changes
        make = partial(changes.model, **{changes.field.name: work}, by=actor)
        super().__init__(work.version + 1, make, undoes=undoes)
        self.work = work
        self.actor = actor
        self.changed_at = changed_at  # the last time before this

    def demand(self, right: Right, party: Party | None = None) -> None:
        demand(self.actor, right, self.work, party)

    def finish(self) -> None:
        if self.changes:
            type(self.changes[0])._default_manager.bulk_create(self.changes)
            self.work.version = self.changes[-1].number
            now = timezone.now()
            written = {"version": self.work.version, "changed_at": now}
            type(self.work)._default_manager.filter(pk=self.work.pk).update(**written)
            self.led_to(now)

    def led_to(self, now: datetime) -> None:
        """What follows from it, besides that it has been changed."""

    @staticmethod
    def lock_more(work: Any, right: Right | None) -> None:
        """What must be held too, and before its own row, where a change reaches further."""


@contextmanager
def turn(work: Any, actor: Any, right: Right | None, *, undoes: int | None = None) -> Iterator[Any]:
    """No right is asked for where a command does it: whoever runs the installation has started it."""
    kind = wing_of(work).turn
    with transaction.atomic():
        kind.lock_more(work, right)
        rows = type(work)._default_manager.select_for_update()
        try:
            found = rows.values_list("state", "version", "changed_at").get(pk=work.pk)
        except type(work).DoesNotExist:
            raise Http404(f"{work.word_for_it} finns inte längre.") from None
        work.state, work.version, changed_at = found
        if right is not None:
            demand_now(actor, right, work)
        mine = kind(work, actor, changed_at, undoes=undoes)
        yield mine
        mine.finish()
