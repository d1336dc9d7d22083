"""Where a row can be moved, for whoever does not drag it there: a list to choose in."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    under: str  # "cause:<uuid>"; nothing is outermost
    label: str
    is_here: bool


@dataclass(frozen=True)
class Spots:
    title: str  # of the part that they all stand in; nothing where they need none
    spots: Sequence[Spot]
