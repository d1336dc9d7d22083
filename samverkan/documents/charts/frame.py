"""What stands around columns and lines: the unit over them, few round numbers beside, names below."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from samverkan.documents.charts.drawing import INK
from samverkan.documents.charts.letters import lines_of, longest_word, width_of
from samverkan.documents.charts.scale import Scale
from samverkan.documents.charts.tabled import Slot, Tabled, said
from samverkan.documents.charts.words import LINE, TALL, word_at, words_at

MOST_LINES = 3  # of a name under its column
_SMALL_GAP = 6
NARROW = 480  # a phone
FLAT = 40  # as high as a chart of noughts is


@dataclass(frozen=True)
class Frame:
    """From `top` downwards, in a drawing so many pixels wide."""

    tabled: Tabled
    scale: Scale
    top: float
    room: float  # across, for numbers and slots
    widest_slot: float
    tall: float

    @cached_property
    def left(self) -> float:
        return max(width_of(said(tick, self.tabled.unit)) for tick in self.scale.ticks) + 8

    @cached_property
    def slot_width(self) -> float:
        names = max(width_of(slot.label) for slot in self.tabled.slots) + 12
        widest = max(self.widest_slot, min(names, 130))
        return min((self.room - self.left - 2) / len(self.tabled.slots), widest)

    @property
    def right(self) -> float:
        return self.left + self.slot_width * len(self.tabled.slots)

    @property
    def bottom(self) -> float:
        return self.top + self.tall

    def x(self, place: int) -> float:
        return self.left + self.slot_width * (place + 0.5)

    def y(self, value: object) -> float:
        return self.bottom - self.tall * self.scale.part(value)  # type: ignore[arg-type]

    @cached_property
    def every(self) -> int | None:
        """How many names there is one for: all names have to be read, but of times some are enough.
        None, where they have no room."""
        slots = self.tabled.slots
        for every in range(1, len(slots) + 1 if self.tabled.moments else 2):
            room = self.slot_width * every - _SMALL_GAP
            if all(
                _has_room(slot.label, room) for slot in slots[(len(slots) - 1) % every :: every]
            ):
                return every
        return None

    def grid(self) -> list[str]:
        """The round numbers, each with its line; the line of nought is what all stands on."""
        parts = []
        for tick in self.scale.ticks:
            y = self.y(tick)
            role, colour = ("axis", INK) if tick == 0 else ("grid", "#d5dce0")
            parts.append(
                f'<line class="{role}" x1="{self.left:.1f}" y1="{y:.1f}" x2="{self.right:.1f}" '
                f'y2="{y:.1f}" stroke="{colour}" stroke-width="0.75"/>'
            )
            words = said(tick, self.tabled.unit)
            parts.append(word_at(self.left - 8, y + TALL / 2, words, "quiet", "end"))
        return parts

    def names(self, below: float = 0) -> tuple[list[str], float]:
        """The names under the slots, and where they end."""
        every = self.every or 1
        slots: Sequence[Slot] = self.tabled.slots
        parts, most = [], 1
        for place in range((len(slots) - 1) % every, len(slots), every):
            slot = slots[place]
            lines = lines_of(slot.label, self.slot_width * every - _SMALL_GAP)
            role = "quiet" if slot.row is None else "name"
            y = self.bottom + below + LINE
            parts += words_at(self._within(place, lines), y, lines, role, "middle")
            most = max(most, len(lines))
        return parts, self.bottom + below + LINE * most + 5

    def _within(self, place: int, lines: Sequence[str]) -> float:
        """Under the middle of its slot, or where it does not reach outside the drawing."""
        half = max(width_of(line) for line in lines) / 2
        return max(min(self.x(place), self.room - half), half)


def _has_room(label: str, room: float) -> bool:
    return longest_word(label) <= room and len(lines_of(label, room)) <= MOST_LINES


def heading_of(tabled: Tabled, width: float) -> tuple[list[str], float]:
    """What the numbers count, and where it ends."""
    counted = "" if tabled.is_percent else tabled.unit.strip()
    if len(tabled.series) == 1:
        name = tabled.series[0].name.strip()
        counted = ", ".join(dict.fromkeys(words for words in (name, counted) if words))
    if not counted:
        return [], 0
    lines = lines_of(counted, width)
    return words_at(0, 12, lines, "quiet"), LINE * len(lines)


def note_of_gaps(y: float, words: str) -> tuple[list[str], float]:
    return [word_at(0, y + 12, words, "quiet")], y + LINE + 2
