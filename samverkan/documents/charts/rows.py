"""Bars that lie down: for long names, and for more bars than can stand beside each other."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from samverkan.documents.charts.columns import GAP, GAP_SAID
from samverkan.documents.charts.drawing import INK, mark_of, svg_of_width
from samverkan.documents.charts.frame import NARROW, heading_of, note_of_gaps
from samverkan.documents.charts.letters import lines_of, width_of
from samverkan.documents.charts.looks import FILLS, box, keys_of_fills, number_on, patterns
from samverkan.documents.charts.scale import Scale
from samverkan.documents.charts.tabled import Slot, Tabled, said
from samverkan.documents.charts.words import LINE, word_at, words_at

BAR, PITCH = 14, 16  # a bar, and from one to the next
BETWEEN = 9  # groups
BESIDE = 6  # from a bar to its number


@dataclass(frozen=True)
class Rows:
    description: str
    tabled: Tabled
    width: int
    is_stacked: bool

    @property
    def svg(self) -> str:
        heading, top = heading_of(self.tabled, self.width)
        drawn, height = self._keys
        parts = [*heading, f'<g transform="translate(0 {top:g})">', *drawn, "</g>"]
        parts = parts if drawn else heading
        start = y = top + height + (6 if top + height else 0)
        bars: list[str] = []
        for slot in self.tabled.slots:
            role = "quiet" if slot.row is None else "name"
            lines = lines_of(slot.label, self._names)
            bars += words_at(0, y + 11.5, lines, role)
            at = y + LINE * len(lines) + 3 if self._is_narrow else y
            bars += self._bars(slot, at)
            ends = at + PITCH * (1 if slot.row is None or self.is_stacked else len(self._places))
            y = max(ends, y + LINE * len(lines)) + BETWEEN
        axis = (
            f'<line class="axis" x1="{self._x(Decimal(0)):.1f}" y1="{start - 2:.1f}" '
            f'x2="{self._x(Decimal(0)):.1f}" y2="{y - BETWEEN + 2:.1f}" stroke="{INK}" '
            'stroke-width="0.75"/>'
        )
        parts += [*([] if self._is_narrow else [axis]), *bars]
        if any(value is None for slot in self.tabled.slots for value in self.tabled.values(slot)):
            note, y = note_of_gaps(y - 2, GAP_SAID)
            parts += note
        used = patterns(FILLS[: len(self._places)], self._mark)
        return svg_of_width(self.description, self.width, round(y), used, parts)

    def _bars(self, slot: Slot, y: float) -> list[str]:
        values = self.tabled.values(slot)
        if self.is_stacked:
            return self._pile(values, y)
        if slot.row is None:
            return [self._number(Decimal(0), y, GAP, "quiet gap")]
        parts = []
        for place, value in enumerate(values):
            at = y + PITCH * place
            if value is None:
                parts.append(self._number(Decimal(0), at, GAP, "quiet gap"))
                continue
            parts += self._bar(Decimal(0), value, at, place)
            parts.append(self._number(value, at, said(value, self.tabled.unit), "number"))
        return parts

    def _pile(self, values: list[Decimal | None], y: float) -> list[str]:
        parts, foot = [], Decimal(0)
        for place, value in enumerate(values):
            if value:
                parts += self._bar(foot, foot + value, y, place)
                parts += self._inside(foot, value, y, place)
                foot += value
        words, role = (
            (GAP, "quiet gap") if None in values else (said(foot, self.tabled.unit), "number")
        )
        return [*parts, self._number(foot, y, words, role)]

    def _bar(self, foot: Decimal, value: Decimal, y: float, place: int) -> list[str]:
        if value == foot:
            return []
        one, other = sorted((self._x(foot), self._x(value)))
        return [box(one, y, other - one, BAR, FILLS[place], self._mark, "bar")]

    def _inside(self, foot: Decimal, value: Decimal, y: float, place: int) -> list[str]:
        words, look = said(value), FILLS[place]
        one, other = self._x(foot), self._x(foot + value)
        if len(self._places) == 1 or width_of(words) > other - one - 6:
            return []
        return number_on(look, (one + other) / 2, y + BAR / 2, words)

    def _number(self, value: Decimal, y: float, words: str, role: str) -> str:
        x = self._x(value)
        if value < 0:
            return word_at(x - BESIDE, y + 11.5, words, role, "end")
        return word_at(x + BESIDE, y + 11.5, words, role)

    # How large it is ---

    @property
    def _places(self) -> range:
        return range(len(self.tabled.series))

    @property
    def _is_narrow(self) -> bool:
        return self.width < NARROW

    @cached_property
    def _scale(self) -> Scale:
        return self.tabled.scale_of_sums if self.is_stacked else self.tabled.scale

    @cached_property
    def _names(self) -> float:
        """How much room they have: over the bars on a phone, else beside them."""
        if self._is_narrow:
            return self.width
        widest = max(width_of(slot.label) for slot in self.tabled.slots)
        return min(widest, self.width * 0.4)

    @cached_property
    def _ends(self) -> tuple[float, float]:
        """From the least to the most, across: beyond it stand the numbers."""
        numbers = self.tabled.measured
        if self.is_stacked:
            numbers = [self.tabled.sum_of(slot) for slot in self.tabled.slots]
        beyond = max(width_of(said(number, self.tabled.unit)) for number in numbers) + BESIDE + 2
        left = 0.5 if self._is_narrow else self._names + 12
        return left + (beyond if self._scale.least < 0 else 0), self.width - beyond

    def _x(self, value: Decimal) -> float:
        left, right = self._ends
        return left + (right - left) * self._scale.part(value)

    @cached_property
    def _keys(self) -> tuple[list[str], float]:
        names = [series.name for series in self.tabled.series]
        return keys_of_fills(names, self.width, self._mark)

    @cached_property
    def _mark(self) -> str:
        return mark_of(self.description, self.tabled, self.width, self.is_stacked)
