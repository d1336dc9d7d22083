"""The steps that a plan or a report takes: to the parties, to its approval, to its decision, and on.

Each locks its row, asks for the right again, and goes on only from exactly the content that whoever
takes the step has had before her. Which steps there are stands in table.py.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samverkan.document import encode
from samverkan.documents.pdf import PdfUnavailable
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import Party
from samverkan.workflow import decisions, table
from samverkan.workflow.ask import demand_state, demand_step
from samverkan.workflow.facts import Seen, Standing, standing_of
from samverkan.workflow.models import Approval, Dispatch
from samverkan.workflow.notices import Notice, tell
from samverkan.workflow.table import Transition
from samverkan.workflow.vocabulary import State
from samverkan.workflow.wings import wing_of


class Stale(ValidationError):
    """It is not any more what whoever takes the step had before her. Nothing is done."""

    def __init__(self, work: Any) -> None:
        super().__init__(
            f"{work.word_for_it} har ändrats sedan du öppnade sidan, så inget är gjort. Läs vad som "
            "har ändrats och ta ställning igen."
        )


def send(*, actor: Any, work: Any, seen: Seen, reply_by: date) -> Any:
    """On consultation: each party is told what it has in it, and the draft is kept."""
    _demand_time_to_answer(reply_by)
    with _step(actor, work, table.SEND, seen) as now:
        _set(now.work, state=State.CONSULTATION, reply_by=reply_by)
        wing = wing_of(now.work)
        draft, _ = now.work.sent_drafts.get_or_create(
            sha256=seen.content_hash,
            defaults={"document": encode(wing.part_of(now.document))},
        )
        parties = wing.taking_part(now.work)
        for party in parties:
            note = f"Svar senast {reply_by}"
            _dispatch(now, actor, Dispatch.Kind.CONSULTATION, party, note=note, draft=draft)
        _record("SENT", actor, now.work, date=str(reply_by))
        tell(Notice.SENT, now.work, by=actor, parties=parties)
    return now.work


def withdraw(*, actor: Any, work: Any, seen: Seen, reason: str) -> Any:
    """Back to a draft. Whoever was asked is told that the answer can wait."""
    _demand_a_reason(reason, f"Skriv varför {work.word_for_it.lower()} tas tillbaka.")
    with _step(actor, work, table.WITHDRAW, seen) as now:
        _set(now.work, state=State.DRAFT, reply_by=None)
        parties = wing_of(now.work).taking_part(now.work)
        for party in parties:
            _dispatch(now, actor, Dispatch.Kind.WITHDRAWAL, party, note=reason)
        _record("WITHDRAWN", actor, now.work, reason=reason)
        tell(Notice.WITHDRAWN, now.work, by=actor, parties=parties)
    return now.work


def postpone(*, actor: Any, work: Any, seen: Seen, reply_by: date) -> Any:
    """The parties get another date to answer by. What they have answered already stands."""
    _demand_time_to_answer(reply_by)
    with _step(actor, work, table.POSTPONE, seen) as now:
        if reply_by == now.work.reply_by:
            raise ValidationError({"reply_by": "Det är det datum som redan gäller."})
        _set(now.work, reply_by=reply_by)
        parties = wing_of(now.work).taking_part(now.work)
        for party in parties:
            _dispatch(now, actor, Dispatch.Kind.POSTPONEMENT, party, note=f"Svar senast {reply_by}")
        _record("POSTPONED", actor, now.work, date=str(reply_by))
        tell(Notice.POSTPONED, now.work, by=actor, parties=parties)
    return now.work


def approve(*, actor: Any, work: Any, seen: Seen, party: Party) -> Any:
    """The party's yes to exactly what its chef had before her, and to nothing else."""
    with _step(actor, work, table.APPROVE, seen, party) as now:
        approval = _answer(now, actor, party, Approval.Answer.APPROVED)
        _dispatch(now, actor, Dispatch.Kind.APPROVAL, party)
        _record("APPROVED", actor, now.work, party=party.short_name)
        tell(Notice.APPROVED, now.work, by=actor, parties=[party])
    return approval


def send_back(*, actor: Any, work: Any, seen: Seen, party: Party, reason: str) -> Any:
    """Returned for change, with the reason. It stays on consultation."""
    _demand_a_reason(reason, f"Skriv varför {work.word_for_it.lower()} återsänds.")
    with _step(actor, work, table.RETURN, seen, party) as now:
        answer = _answer(now, actor, party, Approval.Answer.RETURNED, reason)
        _dispatch(now, actor, Dispatch.Kind.RETURN, party, note=reason)
        _record("RETURNED", actor, now.work, party=party.short_name, reason=reason)
        tell(Notice.RETURNED, now.work, by=actor, parties=[party])
    return answer


def decide(
    *,
    actor: Any,
    work: Any,
    seen: Seen,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    confirmed: Collection[str] = (),
) -> Any:
    """Register the decision and freeze what it is about. From here it is in force.

    `confirmed` are the fingerprints of what looked like personal data and is said not to be.
    """
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "Beslutet registreras när det är fattat."})
    before = _held_against(actor, work, table.DECIDE, seen, confirmed=confirmed)
    wing = wing_of(work)
    missing = [
        party.short_name
        for party in wing.main_parties(before.work)
        if not registry_numbers.get(party, "").strip()
    ]
    if missing:
        raise ValidationError(f"Skriv diarienumret hos {', '.join(missing)}.")
    try:
        frozen = decisions.prepare(  # it takes seconds, and holds no lock meanwhile
            before.work,
            before.document,
            approvals=decisions.approvals_of(before.work, before.document.content_hash()),
            body=body,
            decided_on=decided_on,
            paragraph=paragraph,
            registry_numbers=registry_numbers,
        )
    except PdfUnavailable as fault:
        raise ValidationError(
            f"{work.word_for_it} kan inte göras till PDF just nu, så beslutet är inte registrerat: "
            f"{fault}"
        ) from fault
    with _step(actor, work, table.DECIDE, seen, confirmed=confirmed) as now:
        if wing.part_of(now.document) != frozen.document:
            raise Stale(now.work)
        decision = decisions.store(
            now.work,
            frozen,
            registry_numbers=registry_numbers,
            by=actor,
            confirmed=[f for f in wing.findings(now.document) if f.fingerprint in confirmed],
        )
        wing.revisions(now.work).filter(in_force=True).update(in_force=False)
        _set(now.work, state=State.DECIDED, in_force=True)
        for party, number in registry_numbers.items():
            note = " ".join(filter(None, (body, str(decided_on), paragraph)))
            _dispatch(now, actor, Dispatch.Kind.DECISION, party, note=f"{note}. Dnr {number}")
        _record("DECIDED", actor, now.work, body=body, date=str(decided_on))
        tell(Notice.DECIDED, now.work, by=actor, parties=wing.taking_part(now.work))
        transaction.on_commit(partial(wing.has_been_decided, now.work))
    return decision


def revise(
    *,
    actor: Any,
    work: Any,
    seen: Seen,
    reason: str,
    document: Any = None,
    by_command: bool = False,
) -> Any:
    """A new draft of the same, or with what the document says instead. The one in force stays so
    until the next is decided. A command is run by whoever runs the installation."""
    _demand_a_reason(reason, "Skriv vad som behöver ändras.")
    with _step(actor, work, table.REVISE, seen, by_command=by_command) as now:
        wing = wing_of(now.work)
        last = wing.revisions(now.work).aggregate(last=Max("revision"))["last"]
        new = wing.new_revision(now.work, last + 1, document)
        _record("REVISED", actor, new, reason=reason)
        tell(Notice.REVISED, new, by=actor, parties=wing.main_parties(new))
    return new


def close(*, actor: Any, work: Any, seen: Seen) -> Any:
    """It is no longer worked by. Its older revisions are closed with it."""
    with _step(actor, work, table.CLOSE, seen) as now:
        decided = wing_of(now.work).revisions(now.work).filter(state=State.DECIDED)
        decided.update(state=State.CLOSED, in_force=False)
        now.work.state, now.work.in_force = State.CLOSED, False
        _record("CLOSED", actor, now.work)
    return now.work


@contextmanager
def _step(
    actor: Any,
    work: Any,
    transition: Transition,
    seen: Seen,
    party: Party | None = None,
    confirmed: Collection[str] | None = None,
    *,
    by_command: bool = False,
) -> Iterator[Standing]:
    with transaction.atomic():
        type(work)._default_manager.select_for_update().filter(pk=work.pk).values("pk").first()
        yield _held_against(actor, work, transition, seen, party, confirmed, by_command=by_command)


def _held_against(
    actor: Any,
    work: Any,
    transition: Transition,
    seen: Seen,
    party: Party | None = None,
    confirmed: Collection[str] | None = None,
    *,
    by_command: bool = False,
) -> Standing:
    """It as it is now; refused without the right, on other content, or on what is missing."""
    now = standing_of(work, confirmed)
    if by_command:
        demand_state(transition, now.work)
    else:
        demand_step(actor, transition, now.work, party, now=True)
    if seen != now.seen:
        raise Stale(now.work)
    if missing := transition.missing(now.facts):
        raise ValidationError([*missing])
    return now


def _answer(
    now: Standing, actor: Any, party: Party, answer: Approval.Answer, reason: str = ""
) -> Any:
    return now.work.approvals.create(
        party=party,
        answer=answer,
        reason=reason,
        content_hash=now.seen.content_hash,
        version=now.seen.version,
        by=actor,
    )


def _dispatch(
    now: Standing,
    actor: Any,
    kind: Dispatch.Kind,
    party: Party,
    note: str = "",
    draft: Any = None,
) -> None:
    now.work.dispatches.create(
        kind=kind,
        party=party,
        party_name=party.short_name,
        by=actor,
        note=note,
        content_hash=now.seen.content_hash,
        draft=draft,
    )


def _set(work: Any, **fields: Any) -> None:
    type(work)._default_manager.filter(pk=work.pk).update(**fields)
    for name, value in fields.items():
        setattr(work, name, value)


def _demand_a_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": sentence})


def _demand_time_to_answer(reply_by: date) -> None:
    if reply_by < timezone.localdate():
        raise ValidationError({"reply_by": "Det datumet har redan varit."})


def _record(event: str, actor: Any, work: Any, **data: str) -> None:
    kind = Kind.of(wing_of(work).name, event)
    record(kind, actor=actor, district=work.district, **{wing_of(work).name: str(work)}, **data)
