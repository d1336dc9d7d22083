"""Follow-ups out of a file, into the rounds of the period: nobody's answer is written over."""

from collections.abc import Iterable, Mapping
from typing import TypeVar
from uuid import uuid4

from plans.document import AnswerDoc, ExtraDoc, PlanDocument, RoundDoc
from plans.models import FollowUp, FollowUpRound, Outcome, Period
from plans.services.storing import close_as_written, free_uuid
from samverkan.collaboration.shape import row_of
from samverkan.organisation.models import Party
from samverkan.text import same_words

OUT_OF_FILE = "{}, ur fil"

Round = TypeVar("Round", RoundDoc, FollowUpRound)


def put_in(
    period: Period, rounds: Iterable[RoundDoc], parties: Mapping[str, Party]
) -> dict[str, list[int]]:
    """Into the round of that name, while it is open; else into a new one. What came in, by key."""
    came: dict[str, list[int]] = {"rounds": [], "answers": [], "outcomes": []}
    known = list(period.rounds.all())
    for doc in rounds:
        round_ = _of(doc, known)
        if round_ is None or (round_.closed_at and _says_more(doc, round_, parties)):
            round_ = _new_round(doc, period, known)
            came["rounds"].append(round_.pk)
        if round_.pk not in came["rounds"] and round_.closed_at:
            continue
        answers, outcomes = _new_answers(doc, round_, parties)
        came["answers"] += [row.pk for row in FollowUp.objects.bulk_create(answers)]
        came["outcomes"] += [row.pk for row in Outcome.objects.bulk_create(outcomes)]
        if round_.pk in came["rounds"]:
            close_as_written(round_, doc)
    return came


def left_out(plan: PlanDocument, rounds: Iterable[RoundDoc]) -> list[ExtraDoc]:
    """What the file answers and somebody has answered otherwise already: kept, and not lost."""
    titles = {a.uuid: a.name or a.description for area in plan.areas for a in area.actions}
    open_rounds = [round_ for round_ in plan.rounds if not round_.closed_at]
    found = []
    for doc in rounds:
        round_ = _of(doc, open_rounds)
        stands = {(a.action, a.party): a for a in round_.answers} if round_ else {}
        for answer in doc.answers:
            other = stands.get((answer.action, answer.party))
            if other and answer.text and same_words(other.text) != same_words(answer.text):
                where = f"Uppföljning {doc.name}, {titles[answer.action]}"
                found.append(ExtraDoc(where[:300], "Uppföljning", answer.text, uuid=uuid4()))
    return found


def take_out(came: Mapping[str, list[int]]) -> bool:
    """What a file brought goes again. Whether nobody has written in it since."""
    answers = FollowUp.objects.filter(pk__in=came.get("answers", []))
    rounds = FollowUpRound.objects.filter(pk__in=came.get("rounds", []))
    if answers.filter(version__gt=1).exists() or rounds.filter(version__gt=1).exists():
        return False
    rounds.update(closed_at=None)  # a closed round lets nothing go
    answers.delete()
    Outcome.objects.filter(pk__in=came.get("outcomes", [])).delete()
    if FollowUp.objects.filter(round__in=rounds).exists():
        return False
    rounds.delete()
    return True


def _of(doc: RoundDoc, known: Iterable[Round]) -> Round | None:
    """The same round, or else one of the same name."""
    alike = [one for one in known if doc.uuid == one.uuid or doc.name == one.name]
    return min(alike, key=lambda one: one.uuid != doc.uuid, default=None)


def _new_round(doc: RoundDoc, period: Period, known: list[FollowUpRound]) -> FollowUpRound:
    names = {one.name for one in known}
    name = doc.name
    while name in names:
        name = OUT_OF_FILE.format(name)[-100:]
    uuid = free_uuid(FollowUpRound, doc.uuid)
    round_ = row_of(FollowUpRound, doc, uuid=uuid, name=name, period=period, closed_at=None)
    round_.save()
    known.append(round_)
    return round_


def _says_more(doc: RoundDoc, round_: FollowUpRound, parties: Mapping[str, Party]) -> bool:
    """Whether something is answered that the closed round does not have word for word."""
    said = {(a.action, a.party_id): a.text for a in round_.follow_ups.all()}
    return any(
        same_words(said.get((answer.action, _party(answer, parties)), ""))
        != same_words(answer.text)
        for answer in doc.answers
    )


def _new_answers(
    doc: RoundDoc, round_: FollowUpRound, parties: Mapping[str, Party]
) -> tuple[list[FollowUp], list[Outcome]]:
    answered = set(round_.follow_ups.values_list("action", "party"))
    measured = set(round_.outcomes.values_list("goal", flat=True))
    return [
        row_of(
            FollowUp, answer, round=round_, party=parties[answer.party] if answer.party else None
        )
        for answer in doc.answers
        if (answer.action, _party(answer, parties)) not in answered
    ], [
        row_of(Outcome, outcome, round=round_)
        for outcome in doc.outcomes
        if outcome.goal not in measured
    ]


def _party(answer: AnswerDoc, parties: Mapping[str, Party]) -> int | None:
    return parties[answer.party].pk if answer.party else None
