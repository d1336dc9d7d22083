"""Whether a goal is met, and how many of the planned meetings were held: as far as it can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices

from plans.document import AnswerDoc, GoalDoc, RoundDoc
from plans.going import Going, Group
from samverkan.numbers import swedish


class Reached(TextChoices):
    MET = "uppfyllt", "Uppfyllt"
    NOT_MET = "inte_uppfyllt", "Inte uppfyllt"
    NOT_YET = "inte_an", "Inte uppfyllt än"
    NOT_NEEDED = "vilar", "Inte aktuellt"
    NOT_MEASURED = "inte_matt", "Inte mätt"
    NO_TARGET = "inget_malvarde", "Inget målvärde"


# Those whose outcome can be held against a target.
COMPARED = (Reached.MET, Reached.NOT_YET, Reached.NOT_MET)


@dataclass(frozen=True)
class Measured:
    goal: GoalDoc
    reached: Reached
    value: Decimal | None = None
    text: str = ""
    round: RoundDoc | None = None  # in which it was measured last

    @property
    def words(self) -> str:
        """ "10 av 11 möten"; where there is no target, that: never nought per cent."""
        goal, value = self.goal, self.value
        unit = f" {goal.unit}" if goal.unit else ""
        if value is None:
            return self.text or self.reached.label.lower()
        if goal.target is None:
            return f"{swedish(value)}{unit}, inget målvärde"
        if less_is_better(goal):
            return f"{swedish(value)} mot högst {swedish(goal.target)}{unit}"
        least = "minst " if value > goal.target else ""
        return f"{swedish(value)} av {least}{swedish(goal.target)}{unit}"


def less_is_better(goal: GoalDoc) -> bool:
    """A target below where one began says that the number is to fall."""
    return goal.target is not None and goal.baseline is not None and goal.target < goal.baseline


def measure(
    goal: GoalDoc, rounds: Sequence[RoundDoc], going: Going | None, *, period_end: date
) -> Measured:
    """By the last outcome of the rounds so far; the last of the rounds is the one that is shown."""
    value, text, said_in = None, "", None
    for round_ in rounds:
        for outcome in round_.outcomes:
            if outcome.goal == goal.uuid and (outcome.value is not None or outcome.text):
                value, text, said_in = outcome.value, outcome.text, round_

    def found(reached: Reached) -> Measured:
        return Measured(goal, reached, value, text, said_in)

    if goal.target is None:
        return found(Reached.NO_TARGET)
    if value is not None and _is_met(goal, value):
        return found(Reached.MET)
    if going and going.group in (Group.RESTING, Group.NO_NEED):
        return found(Reached.NOT_NEEDED)
    if value is None:
        return found(Reached.NOT_MEASURED)
    by = goal.target_date or period_end
    return found(Reached.NOT_YET if rounds[-1].reporting_date < by else Reached.NOT_MET)


def _is_met(goal: GoalDoc, value: Decimal) -> bool:
    assert goal.target is not None
    return value <= goal.target if less_is_better(goal) else value >= goal.target


@dataclass(frozen=True)
class Meetings:
    held: int
    planned: int | None
    rests: str = ""  # "inget behov" where none had to be held

    @property
    def is_short(self) -> bool:
        return self.planned is not None and self.held < self.planned and not self.rests

    @property
    def words(self) -> str:
        if self.planned is None:
            return f"{self.held} möten" if self.held != 1 else "1 möte"
        if self.held > self.planned:
            return f"{self.held} möten, {self.planned} planerade"
        rests = f", {self.rests}" if self.rests else ""
        return f"{self.held} av {self.planned} {'möte' if self.planned == 1 else 'möten'}{rests}"


def meetings(
    answers: Sequence[AnswerDoc], planned_in_all: int | None, going: Going
) -> Meetings | None:
    """As the common answer counts them or, where it does not, the first party that does."""
    said = [answer for answer in answers if answer.meetings_held is not None]
    if not said:
        return None
    answer = next((one for one in said if one.party is None), said[0])
    planned = answer.meetings_planned
    if planned is None:
        planned = planned_in_all
    rests = going.group.label.lower() if going.group in (Group.NO_NEED, Group.RESTING) else ""
    assert answer.meetings_held is not None
    return Meetings(answer.meetings_held, planned, rests)
