"""How it goes with an action in a round, drawn from what is answered about it.

The rule, which docs/anvandare/laget.md tells the reader too:

1. The state is that of the common answer. Where that has none it is drawn from the parties: the one
   that needs the most wins (`_WORST_FIRST`), so that nobody's trouble is hidden by another's success.
   What rests, or was never needed, is so only where no party says anything else.
2. A pause and a need that never arose are no failures. Nor is "delvis genomförd": it has a bit left.
3. A decision is needed where an action was not carried out; where a party says that it has not met its
   undertaking, unless the action is done, ended, resting or unneeded all the same; where nothing has
   been begun although the date for it has passed; and where the plan's time is out for what is only
   partly done and nobody has said that it goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from plans.document import ActionDoc, AnswerDoc
from plans.vocabulary import ActionState, Met, TimingKind


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
_DATED = {None, TimingKind.DATE, TimingKind.PERIOD}  # what recurs or goes on is never late


@dataclass(frozen=True)
class Going:
    """How it goes with one action, and whose answer says so."""

    group: Group
    state: ActionState | None = None
    said_by: AnswerDoc | None = None
    why: str = ""  # beside the state, where that does not say it all
    goes_on: bool | None = None  # next year


def going(
    action: ActionDoc,
    answers: Sequence[AnswerDoc],
    *,
    reporting_date: date,
    period_end: date,
) -> Going:
    """`answers` are those about the action in one round; see the rule above."""
    common = next((answer for answer in answers if answer.party is None), None)
    said = common if common and common.state else _neediest(answers) or common
    goes_on = _goes_on(common, answers)
    state = said.state if said else None
    group = _GROUP_OF[state] if state else Group.UNKNOWN

    def decide(by: AnswerDoc | None, why: str = "") -> Going:
        return Going(Group.DECISION, state, by, why, goes_on)

    broken = next((answer for answer in answers if answer.commitment_met == Met.NO), None)
    if state == ActionState.NOT_DONE:
        return decide(said)
    if broken and state not in _SETTLED:
        return decide(broken, "åtagandet är inte uppfyllt")
    if state == ActionState.NOT_STARTED:
        if action.starts_on and action.starts_on > reporting_date:
            return Going(Group.PLANNED, state, said, "ska börja senare", goes_on)
        if action.timing_kind in _DATED and action.ends_on and action.ends_on <= reporting_date:
            return decide(said, f"skulle vara klar {action.ends_on}")
    if state == ActionState.PARTLY_DONE and reporting_date >= period_end and not goes_on:
        return decide(
            said,
            "ska inte fortsätta" if goes_on is False else "det är inte sagt om den fortsätter",
        )
    return Going(group, state, said, "", goes_on)


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
