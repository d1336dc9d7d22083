"""A series of values through time, as the register has it or as it comes in; and what differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal
from uuid import UUID

from samverkan.documents.charts.moments import Moment, moment_of
from samverkan.documents.charts.tabled import said

LONGEST_LABEL = 60


def begins_of(moment: Moment) -> int:
    """In months, so that years and parts of years stand in one order."""
    return moment.number * 12 // moment.parts


@dataclass(frozen=True)
class Measured:
    """A value with its time, as that is written. None: nothing was measured then."""

    label: str
    moment: Moment
    value: Decimal | None

    @property
    def begins(self) -> int:
        return begins_of(self.moment)


@dataclass(frozen=True)
class Kept:
    """An indicator with its values, the earliest first."""

    uuid: UUID
    name: str
    unit: str = ""
    source: str = ""
    is_internal: bool = False
    values: Sequence[Measured] = ()
    is_before: bool = False  # of a district that has become this one: read here, written there

    @property
    def in_unit(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @cached_property
    def at(self) -> Mapping[Moment, Measured]:
        return {one.moment: one for one in self.values}

    @cached_property
    def measured(self) -> Sequence[Measured]:
        """Those that are numbers."""
        return [one for one in self.values if one.value is not None]

    @property
    def latest(self) -> Measured | None:
        return self.measured[-1] if self.measured else None

    @property
    def newest(self) -> str:
        """ "60 % (2023)"."""
        latest = self.latest
        if latest is None or latest.value is None:
            return ""
        return f"{self.said(latest.value)} ({latest.label})"

    def said(self, value: Decimal) -> str:
        return said(value, self.unit)


@dataclass(frozen=True)
class Coming:
    """Values for an indicator that there is, or (no UUID) for a new one."""

    name: str
    values: Sequence[Measured]
    uuid: UUID | None = None
    unit: str = ""
    source: str = ""
    is_internal: bool = False  # where it is a new one


State = Literal["new", "changed", "same"]


@dataclass(frozen=True)
class Step:
    """What becomes of one value."""

    label: str
    moment: Moment
    after: Decimal | None
    state: State
    before: Decimal | None = None
    label_before: str = ""


@dataclass(frozen=True)
class Steps:
    """What becomes of the values of an indicator."""

    coming: Coming
    steps: Sequence[Step] = field(default_factory=list)

    def _in(self, state: State) -> list[Step]:
        return [step for step in self.steps if step.state == state]

    @property
    def new(self) -> list[Step]:
        return self._in("new")

    @property
    def changed(self) -> list[Step]:
        return self._in("changed")

    @property
    def same(self) -> list[Step]:
        return self._in("same")


def steps_of(coming: Coming, kept: Kept | None) -> Steps:
    """What is not said is left as it is: nothing is ever taken away by what comes in."""
    at = kept.at if kept else {}
    return Steps(coming, [_step(one, at.get(one.moment)) for one in coming.values])


def _step(one: Measured, there: Measured | None) -> Step:
    if there is None:
        return Step(one.label, one.moment, one.value, "new")
    state: State = "same" if one.value == there.value else "changed"
    # The words of a value that stays stay too: "2023*" says no more than "2023".
    label = there.label if state == "same" else one.label
    return Step(label, one.moment, one.value, state, there.value, there.label)


def measured(labels: Iterable[str], values: Iterable[Decimal | None]) -> list[Measured]:
    """The values of a table whose labels are times; those that are not measured say nothing."""
    found = []
    for label, value in zip(labels, values, strict=True):
        moment = moment_of(label)
        if moment is not None and value is not None:
            found.append(Measured(label, moment, value))
    return found


def counted(steps: Iterable[Steps]) -> str:
    """ "8 nya och 2 ändrade värden", as it stands on a button and in the journal."""
    steps = list(steps)
    new = sum(len(one.new) for one in steps)
    changed = sum(len(one.changed) for one in steps)
    words = [
        f"{number} {one if number == 1 else several}"
        for number, one, several in ((new, "nytt", "nya"), (changed, "ändrat", "ändrade"))
        if number
    ]
    if not words:
        return ""
    return f"{' och '.join(words)} {'värde' if changed == 1 or (new == 1 and not changed) else 'värden'}"
