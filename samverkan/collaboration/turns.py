"""What one person does in one go: each change gets its number, and all of them the number of the first."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from samverkan.collaboration.models import Change

Kept = TypeVar("Kept", bound=Change)


class Recorded(Generic[Kept]):
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
