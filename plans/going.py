"""How it goes with an action in a round, drawn from what is answered about it.

The rule, which docs/anvandare/laget.md tells the reader too:

1. The state is that of the common answer. Where that has none it is drawn from the parties: the one
   that needs the most wins (`_WORST_FIRST`), so that nobody's trouble is hidden by another's success.
   What rests, or was never needed, is so only where no party says anything else.
2. A pause and a need that never arose are no failures. Nor is "delvis genomförd": it has a bit left.
3. A decision is needed where an action was not carried out; where a party says that it has not met its
   undertaking, unless the action is done, ended, resting or unneeded all the same; where nothing has
   been begun although the day for it has passed; and where the plan's time is out for what is not
   carried out or only partly, has an end, and is not said to go on.
4. What is under way when its day has passed has a bit left. What has no end is never late, and what
   is to begin later goes as planned (plans/timing/).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from plans.document import AnswerDoc
from plans.timing.standing import standing
from plans.timing.understanding import Understood
from plans.vocabulary import ActionState, Met


class Group(TextChoices):
    """How it goes, in the few words that a chef reads."""

    PLANNED = "som_planerat", "Går som planerat"
    BEHIND = "en_bit_kvar", "En bit kvar"
    DECISION = "behover_beslut", "Behöver beslut"
    RESTING = "vilar", "Vilar"
    NO_NEED = "inget_behov", "Inget behov"
    UNKNOWN = "inget_lage", "Inget läge angivet"


_GROUP_OF = {
    ActionState.NOT_STARTED: Group.BEHIND,
    ActionState.IN_PROGRESS: Group.PLANNED,
    ActionState.ON_PLAN: Group.PLANNED,
    ActionState.PARTLY_DONE: Group.BEHIND,
    ActionState.DONE: Group.PLANNED,
    ActionState.NOT_DONE: Group.DECISION,
    ActionState.PAUSED: Group.RESTING,
    ActionState.NO_NEED: Group.NO_NEED,
    ActionState.ENDED: Group.PLANNED,
}
_WORST_FIRST = (
    ActionState.NOT_DONE,
    ActionState.PARTLY_DONE,
    ActionState.NOT_STARTED,
    ActionState.IN_PROGRESS,
    ActionState.ON_PLAN,
    ActionState.DONE,
    ActionState.ENDED,
    ActionState.PAUSED,
    ActionState.NO_NEED,
)
_SETTLED = {ActionState.DONE, ActionState.ENDED, ActionState.PAUSED, ActionState.NO_NEED}
_UNFINISHED = {ActionState.NOT_STARTED, ActionState.PARTLY_DONE}


@dataclass(frozen=True)
class Going:
    """How it goes with one action, and whose answer says so."""

    group: Group
    state: ActionState | None = None
    said_by: AnswerDoc | None = None
    why: str = ""  # beside the state, where that does not say it all
    goes_on: bool | None = None  # next year


def going(answers: Sequence[AnswerDoc], time: Understood, *, at: date, period_end: date) -> Going:
    """`answers` are those about an action in a round that describes that day; see the rule above."""
    common, said = _common(answers), says_how(answers)
    goes_on = _goes_on(common, answers)
    state = said.state if said else None

    def found(group: Group, why: str = "", by: AnswerDoc | None = said) -> Going:
        return Going(group, state, by, why, goes_on)

    if state is None:
        return found(Group.UNKNOWN)
    broken = next((answer for answer in answers if answer.commitment_met == Met.NO), None)
    if broken and state not in _SETTLED | {ActionState.NOT_DONE}:
        return found(Group.DECISION, "åtagandet är inte uppfyllt", broken)
    if state in _UNFINISHED | {ActionState.IN_PROGRESS} and standing(time, state, at).is_late:
        group = Group.DECISION if state == ActionState.NOT_STARTED else Group.BEHIND
        return found(group, f"skulle ha varit klar {time.ends_on}")
    if state == ActionState.NOT_STARTED and time.starts_on and time.starts_on > at:
        return found(Group.PLANNED, "ska börja senare")
    if state in _UNFINISHED and at >= period_end and not time.is_endless and not goes_on:
        unsaid = "det är inte sagt om den fortsätter"
        return found(Group.DECISION, "ska inte fortsätta" if goes_on is False else unsaid)
    return found(_GROUP_OF[state])


def says_how(answers: Sequence[AnswerDoc]) -> AnswerDoc | None:
    """Of the answers about an action in a round, the one that says how it stands: the first rule."""
    common = _common(answers)
    return common if common and common.state else _neediest(answers) or common


def _common(answers: Sequence[AnswerDoc]) -> AnswerDoc | None:
    return next((answer for answer in answers if answer.party is None), None)


def _neediest(answers: Sequence[AnswerDoc]) -> AnswerDoc | None:
    for state in _WORST_FIRST:
        for answer in answers:
            if answer.state == state:
                return answer
    return None


def _goes_on(common: AnswerDoc | None, answers: Sequence[AnswerDoc]) -> bool | None:
    if common and common.continues_next_year is not None:
        return common.continues_next_year
    said = [a.continues_next_year for a in answers if a.continues_next_year is not None]
    return any(said) if said else None
