"""What of the picture there is room for on one page; the rest is counted, and stands in the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from plans.measured import Measured, Meetings
from plans.picture import AreaRow, Item, PartyRow, Picture
from samverkan.text import shortened

Row = TypeVar("Row")


@dataclass(frozen=True)
class Room:
    """How many rows of each part, and how many letters of a reason."""

    needing: int
    areas: int
    parties: int
    results: int  # goals and meetings, of each
    reason: int


# The most first: the first that fits is taken. The last fits whatever the plan.
ROOMS = (
    Room(needing=6, areas=10, parties=8, results=5, reason=170),
    Room(needing=5, areas=10, parties=6, results=4, reason=140),
    Room(needing=5, areas=8, parties=5, results=3, reason=140),
    Room(needing=4, areas=8, parties=4, results=2, reason=140),
    Room(needing=3, areas=6, parties=4, results=2, reason=140),
    Room(needing=3, areas=6, parties=3, results=1, reason=70),
    Room(needing=3, areas=5, parties=3, results=1, reason=0),
    Room(needing=2, areas=3, parties=2, results=1, reason=0),
    Room(needing=1, areas=1, parties=1, results=1, reason=0),
)


@dataclass(frozen=True)
class Some(Generic[Row]):
    rows: Sequence[Row]
    left: int

    @classmethod
    def of(cls, rows: Sequence[Row], most: int) -> "Some[Row]":
        return cls(rows[:most], max(len(rows) - most, 0))


@dataclass(frozen=True)
class Shown:
    picture: Picture
    room: Room

    @property
    def needing(self) -> Some[tuple[Item, str]]:
        rows = [
            (item, shortened(item.reason, self.room.reason) if self.room.reason else "")
            for item in self.picture.needing
        ]
        return Some.of(rows, self.room.needing)

    @property
    def areas(self) -> Some[AreaRow]:
        return Some.of(self.picture.areas, self.room.areas)

    @property
    def parties(self) -> Some[PartyRow]:
        """Those that it is waited for, first."""
        rows = sorted(self.picture.parties, key=lambda row: not row.left)
        return Some.of(rows, self.room.parties)

    @property
    def goals(self) -> Some[tuple[Item, Measured]]:
        return Some.of(self.picture.compared_goals, self.room.results)

    @property
    def meetings(self) -> Some[tuple[Item, Meetings]]:
        return Some.of(self.picture.meetings, self.room.results)
