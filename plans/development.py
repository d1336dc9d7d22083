"""How a goal has developed over rounds and years, through the plans that an action has been carried in.

A goal of the next plan goes on where that of the plan before ended, if both count the same thing in
words that are about the same.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from django.utils.safestring import SafeString, mark_safe

from plans.document import GoalDoc, OutcomeDoc, RoundDoc
from samverkan.documents import charts
from samverkan.numbers import swedish
from samverkan.text import same_words

ALIKE = 0.6  # of the letters of two texts, once what is counted has been taken out of them
MOST_POINTS = 8  # as many as a phone has room for, with a number over each
_FIGURES = re.compile(r"\d+")


@dataclass
class Series:
    """A goal, under the words it has in its last plan."""

    goal: GoalDoc
    points: list[tuple[RoundDoc, Decimal | None, Decimal | None]] = field(default_factory=list)

    @property
    def is_worth_drawing(self) -> bool:
        """One number alone is no development; it stands in words already."""
        return sum(value is not None for _, value, _ in self.points) > 1

    @property
    def description(self) -> str:
        """What it shows, in words."""
        said = [
            f"{round_.name}: {'inget utfall' if value is None else swedish(value)}"
            + (f" (målvärde {swedish(target)})" if target is not None else "")
            for round_, value, target in self._shown
        ]
        return f"Utveckling. {self.goal.text} {'; '.join(said)}."

    @property
    def svg(self) -> SafeString:
        points = [
            charts.Point(_in_short(round_), value, target) for round_, value, target in self._shown
        ]
        svg = charts.line(self.description, points)
        return mark_safe(svg)  # noqa: S308 - charts escapes every word

    @property
    def first_left_out(self) -> int:
        return max(len(self.points) - MOST_POINTS, 0)

    @property
    def _shown(self) -> list[tuple[RoundDoc, Decimal | None, Decimal | None]]:
        return self.points[-MOST_POINTS:]


# A period's rounds, and its goals with what came of them.
Stage = tuple[Sequence[RoundDoc], Iterable[tuple[GoalDoc, Sequence[tuple[RoundDoc, OutcomeDoc]]]]]


def series_of(stages: Iterable[Stage]) -> list[Series]:
    """The earliest stage first."""
    found: list[Series] = []
    for rounds, goals in stages:
        taken: list[Series] = []
        for goal, outcomes in goals:
            one = next(
                (s for s in found if s not in taken and is_same(s.goal, goal)), None
            ) or Series(goal)
            if one not in found:
                found.append(one)
            taken.append(one)
            one.goal = goal
            value_in = {round_.uuid: outcome.value for round_, outcome in outcomes}
            one.points += [(r, value_in.get(r.uuid), goal.target) for r in rounds]
    return [one for one in found if one.is_worth_drawing]


def is_same(before: GoalDoc, after: GoalDoc) -> bool:
    """ "Tio vandringar" one year and "Minst 12 vandringar per år" the next are one goal."""
    if same_words(before.unit) != same_words(after.unit):
        return False
    one, other = (_FIGURES.sub("", same_words(goal.text)) for goal in (before, after))
    return one == other or SequenceMatcher(None, one, other).ratio() >= ALIKE


def _in_short(round_: RoundDoc) -> str:
    """Under the point, on two lines: "T1" and the year."""
    short = {"T1": "T1", "T2": "T2", "VB": "Helår", "arlig": "År"}.get(round_.kind.value)
    if short is None:
        return f"{round_.reporting_date:%-d/%-m}\n{round_.reporting_date.year}"
    return f"{short}\n{round_.reporting_date.year}"
