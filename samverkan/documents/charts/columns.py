"""Columns that stand on nought, beside or upon each other."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from samverkan.documents.charts.drawing import mark_of, svg_of_width
from samverkan.documents.charts.frame import FLAT, NARROW, Frame, heading_of, note_of_gaps
from samverkan.documents.charts.letters import width_of
from samverkan.documents.charts.looks import FILLS, box, keys_of_fills, number_on, patterns
from samverkan.documents.charts.tabled import Slot, Tabled, said
from samverkan.documents.charts.words import TALL, word_at

NARROWEST, WIDEST = 5, 56  # a column, in pixels
GAP = "\u2013"  # in the place of a value that there is none of
GAP_SAID = f"{GAP} uppgift saknas"


@dataclass(frozen=True)
class Columns:
    description: str
    tabled: Tabled
    width: int
    is_stacked: bool

    @property
    def fit(self) -> bool:
        """Whether each column can be seen, and each name read."""
        return self._bar >= NARROWEST and self._frame.every is not None

    @property
    def svg(self) -> str:
        frame = self._frame
        parts = [*self._heading[0], *self._shifted_keys(), *frame.grid()]
        for place, slot in enumerate(self.tabled.slots):
            if slot.row is None:
                parts.append(self._gap(frame.x(place)))
            else:
                drawn = self._pile if self.is_stacked else self._group
                parts += drawn(slot, frame.x(place))
        names, height = frame.names(below=12 if frame.scale.least < 0 and self._are_said else 0)
        parts += names
        if any(value is None for slot in self.tabled.slots for value in self.tabled.values(slot)):
            note, height = note_of_gaps(height, GAP_SAID)
            parts += note
        used = patterns(FILLS[: len(self.tabled.series)], self._mark)
        return svg_of_width(self.description, self.width, round(height), used, parts)

    # What is drawn ---

    def _group(self, slot: Slot, middle: float) -> list[str]:
        parts = []
        left = middle - self._pitch * len(self.tabled.series) / 2
        for place, value in enumerate(self.tabled.values(slot)):
            x = left + self._pitch * place + (self._pitch - self._bar) / 2
            if value is None:
                parts += [self._gap(x + self._bar / 2)] if self._pitch > TALL else []
                continue
            parts += self._column(x, Decimal(0), value, place)
            if self._are_said:
                y = self._frame.y(value) + (TALL + 4 if value < 0 else -4)
                words = said(value, self._unit)
                parts.append(word_at(x + self._bar / 2, y, words, "number", "middle"))
        return parts

    def _pile(self, slot: Slot, middle: float) -> list[str]:
        parts, foot, x = [], Decimal(0), middle - self._bar / 2
        values = self.tabled.values(slot)
        for place, value in enumerate(values):
            if value:
                parts += self._column(x, foot, foot + value, place)
                parts += self._inside(middle, foot, value, place)
                foot += value
        if None in values:
            parts.append(self._gap(middle, foot))
        elif self._are_said:
            words = said(foot, self._unit)
            parts.append(word_at(middle, self._frame.y(foot) - 4, words, "number", "middle"))
        return parts

    def _column(self, x: float, foot: Decimal, value: Decimal, place: int) -> list[str]:
        if value == foot:
            return []
        one, other = sorted((self._frame.y(foot), self._frame.y(value)))
        return [box(x, one, self._bar, other - one, FILLS[place], self._mark, "bar")]

    def _inside(self, middle: float, foot: Decimal, value: Decimal, place: int) -> list[str]:
        """The number of a part, where there is room for it."""
        words, look = said(value, self._unit), FILLS[place]
        one, other = self._frame.y(foot + value), self._frame.y(foot)
        has_room = other - one >= TALL + 7 and width_of(words) <= self._bar - 6
        if len(self.tabled.series) == 1 or not has_room:
            return []
        return number_on(look, middle, (one + other) / 2, words)

    def _gap(self, x: float, above: Decimal = Decimal(0)) -> str:
        return word_at(x, self._frame.y(above) - 4, GAP, "quiet gap", "middle")

    def _shifted_keys(self) -> list[str]:
        drawn, _ = self._keys
        if not drawn:
            return []
        return [f'<g transform="translate(0 {self._heading[1]:g})">', *drawn, "</g>"]

    # How large it is ---

    @cached_property
    def _heading(self) -> tuple[list[str], float]:
        return heading_of(self.tabled, self.width)

    @cached_property
    def _keys(self) -> tuple[list[str], float]:
        names = [series.name for series in self.tabled.series]
        return keys_of_fills(names, self.width, self._mark)

    @cached_property
    def _frame(self) -> Frame:
        abreast = 1 if self.is_stacked else len(self.tabled.series)
        scale = self.tabled.scale_of_sums if self.is_stacked else self.tabled.scale
        tall = 170 if self.width < NARROW else 200
        return Frame(
            self.tabled,
            scale,
            top=self._heading[1] + self._keys[1] + 20,
            room=self.width,
            widest_slot=(WIDEST if abreast == 1 else 40) * abreast + 28,
            tall=FLAT if len(scale.ticks) == 1 else tall,
        )

    @cached_property
    def _pitch(self) -> float:
        """From one column of a group to the next."""
        abreast = 1 if self.is_stacked else len(self.tabled.series)
        return min(self._frame.slot_width * (0.72 if abreast == 1 else 0.84) / abreast, WIDEST)

    @cached_property
    def _bar(self) -> float:
        is_alone = self.is_stacked or len(self.tabled.series) == 1
        return self._pitch if is_alone else self._pitch - (2 if self._pitch > 10 else 0)

    @cached_property
    def _said(self) -> tuple[bool, str]:
        """Whether the numbers have room at their columns, and with what unit."""
        if self.is_stacked:
            numbers = [self.tabled.sum_of(slot) for slot in self.tabled.slots]
        else:
            numbers = self.tabled.measured
        is_alone = self.is_stacked or len(self.tabled.series) == 1
        room = self._frame.slot_width - 4 if is_alone else self._pitch - 1
        for unit in dict.fromkeys((self.tabled.unit, "")):
            if all(width_of(said(number, unit)) <= room for number in numbers):
                return True, unit
        return False, ""

    @property
    def _are_said(self) -> bool:
        return self._said[0]

    @property
    def _unit(self) -> str:
        return self._said[1]

    @cached_property
    def _mark(self) -> str:
        return mark_of(self.description, self.tabled, self.width, self.is_stacked)
