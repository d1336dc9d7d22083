"""The steps that a plan takes: to the parties, to its approval, to its decision, and on.

Each locks the plan's row, asks for the right again, and goes on only from exactly the content that
whoever takes the step has had before her. Which steps there are stands in samverkan/workflow/.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from msgspec.structs import replace

from plans.document import PlanDocument
from plans.models import Approval, Decision, Dispatch, Plan, SentDraft
from plans.notices import Notice, tell
from plans.services import decisions
from plans.services.facts import (
    PartyAnswer,
    Seen,
    answers_about,
    facts_of,
    main_parties,
)
from plans.services.findings import personal_data
from plans.services.loading import current_document
from plans.services.revision import copy_of
from plans.services.storing import from_document
from plans.tasks import prepare_files
from plans.vocabulary import PlanState
from samverkan.document import encode
from samverkan.documents.pdf import PdfUnavailable
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import Party
from samverkan.workflow import table
from samverkan.workflow.ask import demand_state, demand_step
from samverkan.workflow.table import Facts, Transition


class Stale(ValidationError):
    """The plan is not any more what whoever takes the step had before her. Nothing is done."""

    def __init__(self) -> None:
        super().__init__(
            "Planen har ändrats sedan du öppnade sidan, så inget är gjort. Läs vad som har ändrats "
            "och ta ställning igen."
        )


@dataclass(frozen=True)
class Standing:
    """A plan as it is this moment, and what the table of transitions asks about it."""

    plan: Plan
    document: PlanDocument
    seen: Seen
    answers: list[PartyAnswer]
    facts: Facts


def standing_of(plan: Plan, confirmed: Collection[str] | None = None) -> Standing:
    now = Plan.objects.with_heading().filter(pk=plan.pk).first()
    if now is None:
        raise Http404("Planen finns inte längre.")
    document = current_document(now)
    seen = Seen(now.version, document.content_hash())
    answers = answers_about(now, seen)
    siblings = Plan.objects.filter(period=now.period_id)
    return Standing(
        now, document, seen, answers, facts_of(now, document, answers, siblings, confirmed)
    )


def send(*, actor: Any, plan: Plan, seen: Seen, reply_by: date) -> Plan:
    """On consultation: each party is told what it has in the plan, and the draft is kept."""
    _demand_time_to_answer(reply_by)
    with _step(actor, plan, table.SEND, seen) as now:
        _set(now.plan, state=PlanState.CONSULTATION, reply_by=reply_by)
        parties = taking_part(now.plan)
        draft, _ = SentDraft.objects.get_or_create(
            plan=now.plan,
            sha256=seen.content_hash,
            defaults={"document": encode(now.document.plan_part())},
        )
        for party in parties:
            _dispatch(
                now,
                actor,
                Dispatch.Kind.CONSULTATION,
                party,
                note=f"Svar senast {reply_by}",
                draft=draft,
            )
        _record(Kind.PLAN_SENT, actor, now.plan, date=str(reply_by))
        tell(Notice.SENT, now.plan, by=actor, parties=parties)
    return now.plan


def withdraw(*, actor: Any, plan: Plan, seen: Seen, reason: str) -> Plan:
    """Back to a draft. Whoever was asked is told that the answer can wait."""
    _demand_a_reason(reason, "Skriv varför planen tas tillbaka.")
    with _step(actor, plan, table.WITHDRAW, seen) as now:
        _set(now.plan, state=PlanState.DRAFT, reply_by=None)
        parties = taking_part(now.plan)
        for party in parties:
            _dispatch(now, actor, Dispatch.Kind.WITHDRAWAL, party, note=reason)
        _record(Kind.PLAN_WITHDRAWN, actor, now.plan, reason=reason)
        tell(Notice.WITHDRAWN, now.plan, by=actor, parties=parties)
    return now.plan


def postpone(*, actor: Any, plan: Plan, seen: Seen, reply_by: date) -> Plan:
    """The parties get another date to answer by. What they have answered already stands."""
    _demand_time_to_answer(reply_by)
    with _step(actor, plan, table.POSTPONE, seen) as now:
        if reply_by == now.plan.reply_by:
            raise ValidationError({"reply_by": "Det är det datum som redan gäller."})
        _set(now.plan, reply_by=reply_by)
        parties = taking_part(now.plan)
        for party in parties:
            _dispatch(now, actor, Dispatch.Kind.POSTPONEMENT, party, note=f"Svar senast {reply_by}")
        _record(Kind.PLAN_POSTPONED, actor, now.plan, date=str(reply_by))
        tell(Notice.POSTPONED, now.plan, by=actor, parties=parties)
    return now.plan


def approve(*, actor: Any, plan: Plan, seen: Seen, party: Party) -> Approval:
    """The party's yes to exactly what its chef had before her, and to nothing else."""
    with _step(actor, plan, table.APPROVE, seen, party) as now:
        approval = _answer(now, actor, party, Approval.Answer.APPROVED)
        _dispatch(now, actor, Dispatch.Kind.APPROVAL, party)
        _record(Kind.PLAN_APPROVED, actor, now.plan, party=party.short_name)
        tell(Notice.APPROVED, now.plan, by=actor, parties=[party])
    return approval


def send_back(*, actor: Any, plan: Plan, seen: Seen, party: Party, reason: str) -> Approval:
    """Returned for change, with the reason. The plan stays on consultation."""
    _demand_a_reason(reason, "Skriv varför planen återsänds.")
    with _step(actor, plan, table.RETURN, seen, party) as now:
        answer = _answer(now, actor, party, Approval.Answer.RETURNED, reason)
        _dispatch(now, actor, Dispatch.Kind.RETURN, party, note=reason)
        _record(Kind.PLAN_RETURNED, actor, now.plan, party=party.short_name, reason=reason)
        tell(Notice.RETURNED, now.plan, by=actor, parties=[party])
    return answer


def decide(
    *,
    actor: Any,
    plan: Plan,
    seen: Seen,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    confirmed: Collection[str] = (),
) -> Decision:
    """Register the decision and freeze what it is about. From here the plan is in force.

    `confirmed` are the fingerprints of what looked like personal data and is said not to be.
    """
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "Beslutet registreras när det är fattat."})
    before = _held_against(actor, plan, table.DECIDE, seen, confirmed=confirmed)
    missing = [
        party.short_name
        for party in main_parties(before.plan)
        if not registry_numbers.get(party, "").strip()
    ]
    if missing:
        raise ValidationError(f"Skriv diarienumret hos {', '.join(missing)}.")
    try:
        frozen = decisions.prepare(  # it takes seconds, and holds no lock meanwhile
            before.document,
            approvals=decisions.approvals_of(before.plan, before.document.content_hash()),
            body=body,
            decided_on=decided_on,
            paragraph=paragraph,
            registry_numbers=registry_numbers,
        )
    except PdfUnavailable as fault:
        raise ValidationError(
            f"Planen kan inte göras till PDF just nu, så beslutet är inte registrerat: {fault}"
        ) from fault
    with _step(actor, plan, table.DECIDE, seen, confirmed=confirmed) as now:
        if now.document.plan_part() != frozen.document:
            raise Stale()
        decision = decisions.store(
            now.plan,
            frozen,
            registry_numbers=registry_numbers,
            by=actor,
            confirmed=[f for f in personal_data(now.document) if f.fingerprint in confirmed],
        )
        in_period = Plan.objects.filter(period=now.plan.period_id, in_force=True)
        in_period.update(in_force=False)
        _set(now.plan, state=PlanState.DECIDED, in_force=True)
        for party, number in registry_numbers.items():
            note = " ".join(filter(None, (body, str(decided_on), paragraph)))
            _dispatch(now, actor, Dispatch.Kind.DECISION, party, note=f"{note}. Dnr {number}")
        _record(Kind.PLAN_DECIDED, actor, now.plan, body=body, date=str(decided_on))
        tell(Notice.DECIDED, now.plan, by=actor, parties=taking_part(now.plan))
        transaction.on_commit(partial(prepare_files.enqueue, plan_id=now.plan.pk))
    return decision


def revise(
    *,
    actor: Any,
    plan: Plan,
    seen: Seen,
    reason: str,
    document: PlanDocument | None = None,
    by_command: bool = False,
) -> Plan:
    """A new draft of the same plan, or with what the document says instead. The one in force stays
    so until the next is decided. A command is run by whoever runs the installation."""
    _demand_a_reason(reason, "Skriv vad som behöver ändras.")
    with _step(actor, plan, table.REVISE, seen, by_command=by_command) as now:
        last = Plan.objects.filter(period=now.plan.period_id).aggregate(last=Max("revision"))
        revision = last["last"] + 1
        if document is None:
            new = copy_of(now.plan, revision=revision)
        else:
            new = from_document(replace(document, revision=revision), district=now.plan.district)
        _record(Kind.PLAN_REVISED, actor, new, reason=reason)
        tell(Notice.REVISED, new, by=actor, parties=main_parties(new))
    return new


def close(*, actor: Any, plan: Plan, seen: Seen) -> Plan:
    """The work by the plan is over. Its older revisions are closed with it."""
    with _step(actor, plan, table.CLOSE, seen) as now:
        decided = Plan.objects.filter(period=now.plan.period_id, state=PlanState.DECIDED)
        decided.update(state=PlanState.CLOSED, in_force=False)
        now.plan.state, now.plan.in_force = PlanState.CLOSED, False
        _record(Kind.PLAN_CLOSED, actor, now.plan)
    return now.plan


def taking_part(plan: Plan) -> list[Party]:
    """The main parties, and whoever else has a commitment in the plan."""
    main = main_parties(plan)
    others = Party.objects.filter(commitments__action__area__plan=plan)
    return main + list(others.exclude(pk__in=[party.pk for party in main]).distinct())


@contextmanager
def _step(
    actor: Any,
    plan: Plan,
    transition: Transition,
    seen: Seen,
    party: Party | None = None,
    confirmed: Collection[str] | None = None,
    *,
    by_command: bool = False,
) -> Iterator[Standing]:
    with transaction.atomic():
        Plan.objects.select_for_update().filter(pk=plan.pk).values("pk").first()
        yield _held_against(actor, plan, transition, seen, party, confirmed, by_command=by_command)


def _held_against(
    actor: Any,
    plan: Plan,
    transition: Transition,
    seen: Seen,
    party: Party | None = None,
    confirmed: Collection[str] | None = None,
    *,
    by_command: bool = False,
) -> Standing:
    """The plan as it is now; refused without the right, on other content, or on what is missing."""
    now = standing_of(plan, confirmed)
    if by_command:
        demand_state(transition, now.plan)
    else:
        demand_step(actor, transition, now.plan, party, now=True)
    if seen != now.seen:
        raise Stale()
    if missing := transition.missing(now.facts):
        raise ValidationError([*missing])
    return now


def _answer(
    now: Standing, actor: Any, party: Party, answer: Approval.Answer, reason: str = ""
) -> Approval:
    return Approval.objects.create(
        plan=now.plan,
        party=party,
        answer=answer,
        reason=reason,
        content_hash=now.seen.content_hash,
        plan_version=now.seen.version,
        by=actor,
    )


def _dispatch(
    now: Standing,
    actor: Any,
    kind: Dispatch.Kind,
    party: Party,
    note: str = "",
    draft: SentDraft | None = None,
) -> None:
    Dispatch.objects.create(
        plan=now.plan,
        kind=kind,
        party=party,
        party_name=party.short_name,
        by=actor,
        note=note,
        content_hash=now.seen.content_hash,
        draft=draft,
    )


def _set(plan: Plan, **fields: Any) -> None:
    Plan.objects.filter(pk=plan.pk).update(**fields)
    for name, value in fields.items():
        setattr(plan, name, value)


def _demand_a_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": sentence})


def _demand_time_to_answer(reply_by: date) -> None:
    if reply_by < timezone.localdate():
        raise ValidationError({"reply_by": "Det datumet har redan varit."})


def _record(kind: Kind, actor: Any, plan: Plan, **data: str) -> None:
    record(kind, actor=actor, district=plan.district, plan=str(plan), **data)
