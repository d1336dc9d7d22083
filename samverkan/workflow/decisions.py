"""A decision freezes what was decided: its bytes, their hash, and the PDF that was decided on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from msgspec import DecodeError

from samverkan.document import DecisionDoc, RegistryNumberDoc, encode
from samverkan.documents import standing
from samverkan.documents.pdf import PdfUnavailable
from samverkan.documents.standing import Standing
from samverkan.edition import Edition
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.findings import Finding
from samverkan.workflow.models import Approval, Decision, SentDraft
from samverkan.workflow.vocabulary import UNDER_WAY, State
from samverkan.workflow.wings import wing_of


@dataclass(frozen=True)
class Frozen:
    """What is to be decided, on paper: made before any lock is taken, for it takes seconds."""

    document: Any
    standing: Standing
    pdf: bytes | None


def prepare(
    work: Any,
    document: Any,
    *,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    approvals: tuple[standing.Approval, ...] = (),
    needs_pdf: bool = True,
) -> Frozen:
    """What is decided of the document, with its PDF. PdfUnavailable, where it is needed and none can
    be made."""
    wing = wing_of(work)
    document = wing.part_of(document)
    about = Standing(
        state=State.DECIDED.label,
        content_hash=document.content_hash(),
        printed_on=timezone.localdate(),
        is_decided=True,
        decided_on=decided_on,
        body=body,
        paragraph=paragraph,
        registry_numbers=tuple(
            (party.short_name, number) for party, number in registry_numbers.items()
        ),
        approvals=approvals,
    )
    decision = DecisionDoc(
        body=body,
        decided_on=decided_on,
        sha256=about.content_hash,
        paragraph=paragraph,
        registry_numbers=tuple(
            RegistryNumberDoc(party.key, number) for party, number in registry_numbers.items()
        ),
    )
    try:
        return Frozen(document, about, wing.write_pdf(work, document, about, decision))
    except PdfUnavailable:
        if needs_pdf:
            raise
        return Frozen(document, about, None)


@transaction.atomic
def store(
    work: Any,
    frozen: Frozen,
    *,
    registry_numbers: dict[Party, str],
    by: User | None,
    confirmed: Iterable[Finding] = (),
) -> Any:
    about, wing = frozen.standing, wing_of(work)
    assert about.decided_on
    decision: Any = wing.decision(
        body=about.body,
        decided_on=about.decided_on,
        paragraph=about.paragraph,
        document=encode(frozen.document),
        approvals=msgspec.to_builtins(about.approvals),
        sha256=about.content_hash,
        pdf=frozen.pdf,
        pdf_sha256=_hash(frozen.pdf) if frozen.pdf is not None else "",
        registered_by=by,
        **{wing.name: work},
    )
    decision.save(force_insert=True)
    numbers, confirmations = decision.registry_numbers, decision.confirmations
    numbers.bulk_create(
        numbers.model(decision=decision, party=party, number=number, party_name=party.short_name)
        for party, number in registry_numbers.items()
    )
    if by is not None:
        confirmations.bulk_create(
            confirmations.model(
                decision=decision,
                kind=finding.kind,
                row=finding.row,
                field=finding.field,
                fingerprint=finding.fingerprint,
                by=by,
            )
            for finding in confirmed
        )
    return decision


def freeze(
    work: Any,
    *,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    by: User | None,
) -> Any:
    """A decision that was made elsewhere, long ago. One that is made here is registered by
    steps.decide, on what has been approved."""
    document = wing_of(work).document(work)
    frozen = prepare(
        work,
        document,
        body=body,
        decided_on=decided_on,
        paragraph=paragraph,
        registry_numbers=registry_numbers,
        approvals=approvals_of(work, document.content_hash()),
        needs_pdf=False,  # the document is frozen all the same; it is what was decided
    )
    return store(work, frozen, registry_numbers=registry_numbers, by=by)


def decision_of(work: Any) -> Any:
    """None, where there is none yet."""
    return getattr(work, "decision", None)


def standing_now(
    work: Any, *, content_hash: str, whole_hash: str, edition: Edition = Edition.INTERNAL
) -> Standing:
    """What a file that is made today says around it: around all of it, or around an edition of it."""
    decision = decision_of(work)
    return Standing(
        state=work.get_state_display(),
        content_hash=content_hash,
        printed_on=timezone.localdate(),
        is_decided=work.state not in UNDER_WAY,
        decided_on=decision.decided_on if decision else None,
        body=decision.body if decision else "",
        paragraph=decision.paragraph if decision else "",
        registry_numbers=registry_numbers_of(decision) if decision else (),
        approvals=frozen_approvals(decision) if decision else approvals_of(work, whole_hash),
        edition=edition.label if edition == Edition.PUBLIC else "",
    )


def standing_of_decision(decision: Decision) -> Standing:
    """What the decision's own PDF says around it; for that PDF, made once more."""
    return Standing(
        state=State.DECIDED.label,
        content_hash=decision.sha256,
        printed_on=timezone.localdate(decision.registered_at),
        is_decided=True,
        decided_on=decision.decided_on,
        body=decision.body,
        paragraph=decision.paragraph,
        registry_numbers=registry_numbers_of(decision),
        approvals=frozen_approvals(decision),
    )


def frozen_approvals(decision: Decision) -> tuple[standing.Approval, ...]:
    """As they were called when it was decided."""
    return msgspec.convert(decision.approvals, tuple[standing.Approval, ...])


def approvals_of(work: Any, content_hash: str) -> tuple[standing.Approval, ...]:
    """Each party's last word on exactly this content, where it was yes."""
    answers = work.approvals.filter(content_hash=content_hash).select_related("party", "by")
    last = {answer.party_id: answer for answer in answers.order_by("at", "pk")}
    return tuple(
        standing.Approval(
            party=answer.party.short_name,
            person=answer.by.name,
            role=Role.MANAGER.label,
            given_on=timezone.localdate(answer.at),
            content_hash=content_hash,
        )
        for answer in last.values()
        if answer.answer == Approval.Answer.APPROVED
    )


def decision_doc(work: Any) -> DecisionDoc | None:
    decision = decision_of(work)
    if decision is None:
        return None
    return DecisionDoc(
        body=decision.body,
        decided_on=decision.decided_on,
        sha256=decision.sha256,
        paragraph=decision.paragraph,
        registry_numbers=tuple(
            RegistryNumberDoc(entry.party.key, entry.number) for entry in _registered(decision)
        ),
    )


def decided_pdf(work: Any) -> bytes | None:
    """The very bytes that the decision froze, where it could make any."""
    decision = decision_of(work)
    return bytes(decision.pdf) if decision and decision.pdf is not None else None


def registry_numbers_of(decision: Any) -> tuple[tuple[str, str], ...]:
    """Each authority by the name that it had then."""
    return tuple(
        (entry.party_name or entry.party.short_name, entry.number)
        for entry in _registered(decision)
    )


def _registered(decision: Any) -> Iterable[Any]:
    """Asked for once, whoever wants them."""
    numbers = decision.registry_numbers.model.objects.select_related("party")
    prefetch_related_objects([decision], Prefetch("registry_numbers", numbers))
    return decision.registry_numbers.all()


def fault_of(decision: Decision) -> str:
    """What does not agree in a frozen decision, in a sentence; nothing, if all does."""
    if fault := fault_of_document(decision.work, decision):
        return fault
    if decision.pdf is None:
        return "" if not decision.pdf_sha256 else "PDF:en saknas"
    if decision.pdf_sha256 and _hash(bytes(decision.pdf)) != decision.pdf_sha256:
        return "PDF:en har inte den kontrollsumma som registrerades"
    return ""


def fault_of_document(work: Any, frozen: Decision | SentDraft) -> str:
    """As `fault_of`, in the document alone: that of a decision, or of a draft that was sent."""
    wing, content = wing_of(work), bytes(frozen.document)
    if _hash(content) != frozen.sha256:
        return "dokumentet har inte den kontrollsumma som registrerades"
    try:
        document = wing.read(content)
    except DecodeError:
        return "dokumentet kan inte läsas"
    if document != wing.part_of(document):
        return "dokumentet är mer än det som beslutas"
    return wing.fault_beside(work, document)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
