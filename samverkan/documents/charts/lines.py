"""Lines through time, each with its name at its end. From one time to the next, never across a gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from samverkan.documents.charts.drawing import svg_of_width
from samverkan.documents.charts.frame import (
    FLAT,
    MOST_LINES,
    NARROW,
    Frame,
    heading_of,
    note_of_gaps,
)
from samverkan.documents.charts.letters import lines_of, width_of
from samverkan.documents.charts.looks import PENS, keys
from samverkan.documents.charts.tabled import Tabled, said
from samverkan.documents.charts.words import LINE, TALL, word_at, words_at

GAPS_SAID = "Linjen är bruten där uppgift saknas."
_SAMPLE = 14  # the point before a name that no line leads to
_MOST_WITH_NUMBERS = 2  # lines, where each point can say its value


@dataclass(frozen=True)
class Lines:
    description: str
    tabled: Tabled
    width: int

    @property
    def svg(self) -> str:
        heading, top = self._heading
        parts = list(heading)
        if not self._are_at_ends:
            parts += [f'<g transform="translate(0 {top:g})">', *self._keys[0], "</g>"]
        parts += self._frame.grid()
        for place in range(len(self.tabled.series)):
            parts += self._line(place)
        parts += self._numbers()
        if self._are_at_ends:
            parts += self._ends()
        names, height = self._frame.names(below=18 if self._frame.scale.least < 0 else 0)
        parts += names
        if any(value is None for slot in self.tabled.slots for value in self.tabled.values(slot)):
            note, height = note_of_gaps(height, GAPS_SAID)
            parts += note
        return svg_of_width(self.description, self.width, round(height), "", parts)

    # What is drawn ---

    def _line(self, place: int) -> list[str]:
        pen, points = PENS[place], self._points(place)
        strokes = [pen.line(*one, *other) for one, other in pairwise(points) if one and other]
        return strokes + [pen.point(*point) for point in points if point]

    def _points(self, place: int) -> list[tuple[float, float] | None]:
        values = [self.tabled.value(slot, place) for slot in self.tabled.slots]
        return [
            None if value is None else (self._frame.x(at), self._frame.y(value))
            for at, value in enumerate(values)
        ]

    def _numbers(self) -> Iterator[str]:
        """At the points. The higher of two lines says its values above, the lower below."""
        if len(self.tabled.series) > _MOST_WITH_NUMBERS:
            return
        for place in range(len(self.tabled.series)):
            for at in self._said_at(place):
                value = self.tabled.value(self.tabled.slots[at], place)
                assert value is not None
                above = self._is_above(at, place)
                y = self._frame.y(value) + (-9 if above else TALL + 9)
                words = said(value, self._unit)
                yield word_at(self._frame.x(at), y, words, "number", "middle")

    def _said_at(self, place: int) -> list[int]:
        """All of them, or where there is no room the ends, the highest and the lowest."""
        values = {
            at: value
            for at, slot in enumerate(self.tabled.slots)
            if (value := self.tabled.value(slot, place)) is not None
        }
        if not values or self._frame.slot_width >= self._widest_number:
            return list(values)
        highest, lowest = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
        chosen: list[int] = []
        for at in (min(values), max(values), highest, lowest):
            apart = [abs(at - other) * self._frame.slot_width for other in chosen]
            if min(apart, default=self._widest_number) >= self._widest_number:
                chosen.append(at)
        return chosen

    def _is_above(self, at: int, place: int) -> bool:
        value = self.tabled.value(self.tabled.slots[at], place)
        assert value is not None
        if self._frame.scale.least == 0 and self._frame.y(value) > self._frame.bottom - TALL:
            return True  # below are the times
        for other in range(len(self.tabled.series)):
            beside = self.tabled.value(self.tabled.slots[at], other)
            if other != place and beside is not None:
                return (value, other) > (beside, place)
        slots = (*self.tabled.slots[max(at - 1, 0) : at], *self.tabled.slots[at + 1 : at + 2])
        near = [n for slot in slots if (n := self.tabled.value(slot, place)) is not None]
        return any(number <= value for number in near) or not near  # in a valley it stands below

    def _ends(self) -> Iterator[str]:
        """The names, each where its line ends or as near as there is room."""
        x = self._frame.right + 2
        for place, y in self._heights_of_names():
            end = self._points(place)[-1]
            if end:
                yield (
                    f'<line class="leader" x1="{end[0] + 7:.1f}" y1="{end[1]:.1f}" x2="{x:.1f}" '
                    f'y2="{y:.1f}" stroke="#7b888f" stroke-width="0.75"/>'
                )
            else:
                yield PENS[place].point(x + 4, y, "sample")
            before = 4 if end else _SAMPLE
            yield from words_at(x + before, y + TALL / 2 - 0.5, self._names[place], "key")

    def _heights_of_names(self) -> list[tuple[int, float]]:
        """From above, of their first lines: no name on another, and none below the drawing."""
        order = sorted(range(len(self._names)), key=self._end)
        heights: list[float] = []
        free = 0.0
        for place in order:
            heights.append(max(self._end(place), free))
            free = heights[-1] + self._tall(place)
        floor = self._frame.bottom + LINE
        for at, place in reversed(list(enumerate(order))):
            heights[at] = min(heights[at], floor - self._tall(place))
            floor = heights[at]
        return list(zip(order, heights, strict=True))

    def _end(self, place: int) -> float:
        measured = [point for point in self._points(place) if point]
        return measured[-1][1] if measured else self._frame.bottom

    def _tall(self, place: int) -> float:
        return LINE * len(self._names[place])

    # How large it is ---

    @cached_property
    def _names(self) -> list[tuple[str, ...]]:
        room = self.width * (0.32 if self.width < NARROW else 0.3) - _SAMPLE
        return [lines_of(self._name(place), room) for place in range(len(self.tabled.series))]

    def _name(self, place: int) -> str:
        """After its last value, where that is not said at its point."""
        name = self.tabled.series[place].name
        last = self.tabled.value(self.tabled.slots[-1], place)
        if len(self.tabled.series) <= _MOST_WITH_NUMBERS or last is None:
            return name
        return f"{said(last, self.tabled.unit)} {name}"

    @cached_property
    def _are_at_ends(self) -> bool:
        if len(self._names) == 1:
            return False
        has_room = sum(map(self._tall, range(len(self._names)))) <= self._height + LINE
        return has_room and all(len(lines) <= MOST_LINES for lines in self._names)

    @cached_property
    def _keys(self) -> tuple[list[str], float]:
        if len(self._names) == 1 or self._are_at_ends:
            return [], 0
        names = [self._name(place) for place in range(len(self._names))]

        def sample(place: int, x: float, middle: float) -> str:
            pen = PENS[place]
            return pen.line(x, middle, x + 28, middle, "sample") + pen.point(
                x + 14, middle, "sample"
            )

        return keys(names, self.width, sample, 28)

    @cached_property
    def _heading(self) -> tuple[list[str], float]:
        return heading_of(self.tabled, self.width)

    @property
    def _height(self) -> float:
        if len(self.tabled.scale.ticks) == 1:
            return FLAT
        return 190 if self.width < NARROW else 230

    @cached_property
    def _frame(self) -> Frame:
        beside = 0.0
        if self._are_at_ends:
            widest = max(width_of(line) for lines in self._names for line in lines)
            beside = _SAMPLE + 2 + widest
        return Frame(
            self.tabled,
            self.tabled.scale,
            top=self._heading[1] + self._keys[1] + 22,
            room=self.width - beside,
            widest_slot=130,
            tall=self._height,
        )

    @cached_property
    def _unit(self) -> str:
        """Where it has no room at the points it stands beside the scale alone."""
        widest = max((width_of(said(n, self.tabled.unit)) for n in self.tabled.measured), default=0)
        return self.tabled.unit if widest + 4 <= self._frame.slot_width else ""

    @cached_property
    def _widest_number(self) -> float:
        return max((width_of(said(n, self._unit)) for n in self.tabled.measured), default=0) + 4
