"""Which actions a round asks for: those whose plan for follow-up names it."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from plans.timing.rounds import rounds_named
from plans.vocabulary import RoundKind


class Planned(Protocol):
    uuid: UUID
    follow_up_plan: str


def named_for(follow_up_plan: str, put_right: Collection[str] | None = None) -> list[RoundKind]:
    """In which rounds it is followed up: as somebody has put it right, or as the words say. Where
    neither says anything every round asks."""
    if put_right is not None:
        return [kind for kind in RoundKind if kind in put_right]
    named = rounds_named(follow_up_plan)
    return [kind for kind in RoundKind if named is None or kind in named]


def asks_for(kind: str, follow_up_plan: str, put_right: Collection[str] | None = None) -> bool:
    """A round of one's own asks for everything: no plan for follow-up knew of it."""
    return kind == RoundKind.OWN or kind in named_for(follow_up_plan, put_right)
