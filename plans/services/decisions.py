"""A decision freezes the plan part: its bytes, their hash, and the PDF that was decided on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from msgspec import DecodeError

from plans.document import DecisionDoc, PlanDocument, RegistryNumberDoc, decode
from plans.models import Approval, Confirmation, Decision, Plan, RegistryNumber
from plans.services.findings import Finding
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from plans.writing.pdf import write_pdf
from samverkan.document import encode
from samverkan.documents import standing
from samverkan.documents.pdf import PdfUnavailable
from samverkan.documents.standing import Standing
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import Role


@dataclass(frozen=True)
class Frozen:
    """What is to be decided, on paper: made before any lock is taken, for it takes seconds."""

    document: PlanDocument
    standing: Standing
    pdf: bytes | None


def prepare(
    document: PlanDocument,
    *,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    approvals: tuple[standing.Approval, ...] = (),
    needs_pdf: bool = True,
) -> Frozen:
    """The plan part with its PDF. PdfUnavailable, where it is needed and none can be made."""
    document = document.plan_part()
    about = Standing(
        state=PlanState.DECIDED.label,
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
        return Frozen(document, about, write_pdf(document, about, decision=decision))
    except PdfUnavailable:
        if needs_pdf:
            raise
        return Frozen(document, about, None)


@transaction.atomic
def store(
    plan: Plan,
    frozen: Frozen,
    *,
    registry_numbers: dict[Party, str],
    by: User | None,
    confirmed: Iterable[Finding] = (),
) -> Decision:
    about = frozen.standing
    assert about.decided_on
    decision = Decision.objects.create(
        plan=plan,
        body=about.body,
        decided_on=about.decided_on,
        paragraph=about.paragraph,
        document=encode(frozen.document),
        approvals=msgspec.to_builtins(about.approvals),
        sha256=about.content_hash,
        pdf=frozen.pdf,
        pdf_sha256=_hash(frozen.pdf) if frozen.pdf is not None else "",
        registered_by=by,
    )
    RegistryNumber.objects.bulk_create(
        RegistryNumber(decision=decision, party=party, number=number, party_name=party.short_name)
        for party, number in registry_numbers.items()
    )
    if by is not None:
        Confirmation.objects.bulk_create(
            Confirmation(
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
    plan: Plan,
    *,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    by: User | None,
) -> Decision:
    """A decision that was made elsewhere, long ago. One that is made here is registered by
    services/workflow.py, on what has been approved."""
    document = to_document(plan)
    frozen = prepare(
        document,
        body=body,
        decided_on=decided_on,
        paragraph=paragraph,
        registry_numbers=registry_numbers,
        approvals=approvals_of(plan, document.content_hash()),
        needs_pdf=False,  # the document is frozen all the same; it is what was decided
    )
    return store(plan, frozen, registry_numbers=registry_numbers, by=by)


def standing_of_decision(decision: Decision) -> Standing:
    """What the decision's own PDF says around the plan; for that PDF, made once more."""
    return Standing(
        state=PlanState.DECIDED.label,
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


def approvals_of(plan: Plan, content_hash: str) -> tuple[standing.Approval, ...]:
    """Each party's last word on exactly this content, where it was yes."""
    last = {
        answer.party_id: answer
        for answer in Approval.objects.filter(plan=plan, content_hash=content_hash)
        .select_related("party", "by")
        .order_by("at", "pk")
    }
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


def decision_doc(plan: Plan) -> DecisionDoc | None:
    decision = getattr(plan, "decision", None)
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


def registry_numbers_of(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Each authority by the name that it had then."""
    return tuple(
        (entry.party_name or entry.party.short_name, entry.number)
        for entry in _registered(decision)
    )


def _registered(decision: Decision) -> Iterable[RegistryNumber]:
    """Asked for once, whoever wants them."""
    numbers = Prefetch("registry_numbers", RegistryNumber.objects.select_related("party"))
    prefetch_related_objects([decision], numbers)
    return decision.registry_numbers.all()


def fault_of(decision: Decision) -> str:
    """What does not agree in a frozen decision, in a sentence; nothing, if all does."""
    content = bytes(decision.document)
    if _hash(content) != decision.sha256:
        return "dokumentet har inte den kontrollsumma som registrerades"
    try:
        document = decode(content)
    except DecodeError:
        return "dokumentet kan inte läsas"
    if document != document.plan_part():
        return "dokumentet är inte en plandel"
    if decision.pdf is None:
        return "" if not decision.pdf_sha256 else "PDF:en saknas"
    if decision.pdf_sha256 and _hash(bytes(decision.pdf)) != decision.pdf_sha256:
        return "PDF:en har inte den kontrollsumma som registrerades"
    return ""


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
