"""A plan that has been followed up: each of its actions has an answer, and so has each party in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import cycle

from msgspec.structs import replace

from plans.document import AnswerDoc, OutcomeDoc, PlanDocument, RoundDoc
from plans.vocabulary import ActionState, RoundKind
from tests.formats.samples import uid

EVERY_STATE = tuple(ActionState)


def followed_up(
    document: PlanDocument, states=EVERY_STATE, *, text: str = "Så här har det gått hittills."
) -> PlanDocument:
    """In a round for the whole year. Two rounds before it have nothing in them."""
    states = cycle(states)
    actions = [action for area in document.areas for action in area.actions]
    answers = [
        answer
        for action in actions
        for answer in (
            AnswerDoc(action.uuid, text=text, state=next(states), meetings_held=1),
            *(
                AnswerDoc(action.uuid, one.party, text="Vi har deltagit.")
                for one in action.commitments[:1]
            ),
        )
    ]
    outcomes = [OutcomeDoc(goal.uuid, Decimal(7)) for action in actions for goal in action.goals]
    start = document.period_start
    rounds = [
        RoundDoc(
            uid(f"{start} {kind}"),
            kind,
            f"{kind} {start.year}",
            date(start.year, month, 28),
            date(start.year + month // 12, month % 12 + 1, 15),
            opened_at=datetime(start.year, month, 1, tzinfo=UTC),
        )
        for kind, month in ((RoundKind.T1, 4), (RoundKind.T2, 8), (RoundKind.OWN, 12))
    ]
    last = replace(rounds[-1], answers=tuple(answers), outcomes=tuple(outcomes))
    return replace(document, rounds=(*rounds[:-1], last))
