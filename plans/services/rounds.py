"""A follow-up round: opened, changed, closed and frozen, opened again with a reason."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from plans.models import (
    Action,
    CityRound,
    FollowUpRound,
    LateAnswer,
    Plan,
    RoundSnapshot,
    Understanding,
)
from plans.rounds.asking import asks_for
from plans.rounds.snapshot import frozen, snapshot_of
from plans.services import answering
from plans.services.loading import current_document
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.constraints import sentence
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import Municipality, Party


@dataclass(frozen=True)
class Words:
    """What a round is about and when it is to be answered."""

    kind: str
    name: str
    reporting_date: date
    due_date: date
    questions: str = ""


def open_round(
    *,
    actor: Any,
    plan: Plan,
    words: Words,
    parties: Iterable[Party] = (),
    city_round: CityRound | None = None,
) -> FollowUpRound:
    try:
        with transaction.atomic():
            Plan.objects.select_for_update().get(pk=plan.pk)
            if city_round:
                demand_now(actor, Right.OPEN_CITY_ROUNDS, city_round.municipality)
            else:
                demand_now(actor, Right.OPEN_ROUNDS, plan)
            round_ = FollowUpRound.objects.create(
                period=plan.period,
                city_round=city_round,
                opened_at=timezone.now(),
                **vars(words),
            )
            round_.parties.set(parties)
            _record(Kind.ROUND_OPENED, actor, plan, round_, date=f"{round_.due_date}")
            if city_round is None:
                _tell_of_opened()
    except IntegrityError as error:
        raise ValidationError(sentence(FollowUpRound, error)) from error
    return round_


@dataclass(frozen=True)
class Opened:
    """A round in all of a city's plans: where it is open now, and where it is not, and why."""

    round: CityRound
    rounds: list[FollowUpRound]
    without: list[tuple[Plan, str]]


def open_city_round(
    *, actor: Any, city: Municipality, words: Words, plans: Iterable[Plan]
) -> Opened:
    try:
        with transaction.atomic():
            demand_now(actor, Right.OPEN_CITY_ROUNDS, city)
            city_round = CityRound.objects.create(municipality=city, opened_by=actor, **vars(words))
    except IntegrityError as error:
        raise ValidationError(sentence(CityRound, error)) from error
    rounds, without = [], []
    for plan in plans:
        try:
            rounds.append(open_round(actor=actor, plan=plan, words=words, city_round=city_round))
        except ValidationError as refusal:
            without.append((plan, " ".join(refusal.messages)))
    _tell_of_opened()  # when all are open: one letter to whoever answers in several
    return Opened(city_round, rounds, without)


def change_round(
    *, actor: Any, plan: Plan, round_: FollowUpRound, words: Words, parties: Iterable[Party]
) -> None:
    try:
        with transaction.atomic():
            _lock(actor, plan, round_)
            if not round_.is_open:
                raise ValidationError("Uppföljningen är stängd. Öppna den igen för att ändra den.")
            FollowUpRound.objects.filter(pk=round_.pk).update(**vars(words))
            round_.parties.set(parties)
            _record(Kind.ROUND_CHANGED, actor, plan, round_, date=f"{words.due_date}")
    except IntegrityError as error:
        raise ValidationError(sentence(FollowUpRound, error)) from error


def close_round(*, actor: Any, plan: Plan, round_: FollowUpRound) -> RoundSnapshot:
    """Locked, and frozen as it stands: what the plan says by its hash, and every answer."""
    with transaction.atomic():
        _lock(actor, plan, round_)
        if not round_.is_open:
            raise ValidationError("Uppföljningen är redan stängd.")
        round_.closed_at = timezone.now()
        round_.save(update_fields=["closed_at"])
        now = Plan.objects.with_heading().get(pk=plan.pk)
        if not now.in_force:  # another revision was decided while she pressed the button
            raise ValidationError("En nyare revision av planen gäller. Stäng uppföljningen där.")
        document = current_document(now)
        content, sha256 = frozen(snapshot_of(document, round_.uuid, asked_of(now, round_)))
        snapshot = RoundSnapshot.objects.create(
            round=round_,
            plan=now,
            plan_hash=document.content_hash(),
            document=content,
            sha256=sha256,
            closed_by=actor,
        )
        _record(Kind.ROUND_CLOSED, actor, plan, round_)
    return snapshot


def reopen_round(*, actor: Any, plan: Plan, round_: FollowUpRound, reason: str) -> None:
    """What was frozen when it closed stays; a new one is frozen when it closes again."""
    if not reason.strip():
        raise ValidationError({"reason": "Skriv varför uppföljningen öppnas igen."})
    with transaction.atomic():
        _lock(actor, plan, round_)
        if round_.is_open:
            raise ValidationError("Uppföljningen är redan öppen.")
        FollowUpRound.objects.filter(pk=round_.pk).update(
            closed_at=None,
            opened_at=F("opened_at") if round_.opened_at else timezone.now(),
            reopened_because=reason,
            reopened_at=timezone.now(),
            reopened_by=actor,
        )
        round_.closed_at, round_.reopened_because = None, reason
        _record(Kind.ROUND_REOPENED, actor, plan, round_, reason=reason)


def let_in(*, actor: Any, plan: Plan, late: LateAnswer) -> list[str]:
    """A late answer goes in. A round that is closed opens for it and closes again, frozen anew. What it
    says otherwise than what stands there by now is left: which fields those are."""
    with transaction.atomic():
        who = late.party.short_name if late.party else "samordnaren"
        _lock(actor, plan, late.round)
        if not LateAnswer.objects.filter(pk=late.pk, settled_at=None).exists():
            raise ValidationError("Det svaret är redan avgjort.")
        was_closed = not late.round.is_open
        if was_closed:
            reason = f"Ett svar från {who} kom in sent."
            reopen_round(actor=actor, plan=plan, round_=late.round, reason=reason)
        written = answering.let_in(actor=actor, plan=plan, late=late)
        if was_closed:
            close_round(actor=actor, plan=plan, round_=late.round)
        _record(Kind.ANSWER_LET_IN, actor, plan, late.round, party=who)
    return [conflict.field.label.lower() for conflict in written.conflicts]


def fault_of_snapshot(snapshot: RoundSnapshot) -> str:
    """What does not agree in what was frozen; nothing where all does."""
    if hashlib.sha256(bytes(snapshot.document)).hexdigest() != snapshot.sha256:
        return "den frysta uppföljningen har inte den kontrollsumma som den frystes med"
    return ""


def asked_of(plan: Plan, round_: FollowUpRound) -> set[UUID]:
    """The actions of the plan that the round asks for."""
    put_right = dict(
        Understanding.objects.filter(period=plan.period_id).values_list("action", "rounds")
    )
    return {
        uuid
        for uuid, follow_up_plan in Action.objects.filter(area__plan=plan).values_list(
            "uuid", "follow_up_plan"
        )
        if asks_for(round_.kind, follow_up_plan, put_right.get(uuid))
    }


def _tell_of_opened() -> None:
    from plans.letters import tell_of_opened  # which uses this

    transaction.on_commit(tell_of_opened.enqueue)


def _lock(actor: Any, plan: Plan, round_: FollowUpRound) -> None:
    locked = FollowUpRound.objects.select_for_update().values_list("version", "closed_at")
    round_.version, round_.closed_at = locked.get(pk=round_.pk)
    demand_now(actor, Right.OPEN_ROUNDS, plan)


def _record(kind: Kind, actor: Any, plan: Plan, round_: FollowUpRound, **more: str) -> None:
    record(kind, actor=actor, district=plan.district, plan=str(plan), round=round_.name, **more)
