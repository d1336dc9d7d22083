"""The table that a chart is drawn from, and where in the chart each of its labels stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from samverkan.documents.charts.moments import Moment, moments_of, step_of
from samverkan.documents.charts.scale import Scale, scale_of
from samverkan.numbers import swedish
from samverkan.text import clean_line


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[Decimal | None]  # one for each label; none, where nothing was measured


@dataclass(frozen=True)
class Slot:
    """A place along the chart: a row of the table, or a time that the table does not have."""

    label: str
    row: int | None


@dataclass(frozen=True)
class Tabled:
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    beside: Sequence[Decimal] = ()  # values of other charts: several have one scale

    @cached_property
    def moments(self) -> list[Moment] | None:
        return moments_of(self.labels)

    @cached_property
    def slots(self) -> list[Slot]:
        """In the order of the table; if they are times in the order of time, with those missing."""
        if not self.moments:
            return [Slot(clean_line(label), row) for row, label in enumerate(self.labels)]
        step, parts = step_of(self.moments), self.moments[0].parts
        row_of = {moment.number: row for row, moment in enumerate(self.moments)}
        return [
            Slot(str(Moment(parts, number)), None)
            if (row := row_of.get(number)) is None
            else Slot(clean_line(self.labels[row]), row)
            for number in range(min(row_of), max(row_of) + 1, step)
        ]

    def value(self, slot: Slot, place: int) -> Decimal | None:
        return None if slot.row is None else self.series[place].values[slot.row]

    def values(self, slot: Slot) -> list[Decimal | None]:
        return [self.value(slot, place) for place in range(len(self.series))]

    @cached_property
    def measured(self) -> list[Decimal]:
        return [value for one in self.series for value in one.values if value is not None]

    @property
    def scale(self) -> Scale:
        return scale_of([*self.measured, *self.beside])

    @property
    def scale_of_sums(self) -> Scale:
        return scale_of([*map(self.sum_of, self.slots), *self.beside])

    def sum_of(self, slot: Slot) -> Decimal:
        return sum((value for value in self.values(slot) if value is not None), Decimal(0))

    @property
    def is_percent(self) -> bool:
        return is_percent(self.unit)


def is_percent(unit: str) -> bool:
    words = unit.strip().casefold()
    return words.startswith(("%", "procent")) and not words.startswith("procentenhet")


def said(value: Decimal, unit: str = "") -> str:
    """−1 234,5, and 48 % where the unit is percent: other units stand once, over the chart."""
    words = swedish(value).replace("-", "\u2212")
    return f"{words}\u00a0%" if is_percent(unit) else words
