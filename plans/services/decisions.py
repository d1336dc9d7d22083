"""A decision freezes the plan part: its bytes, their hash, and the PDF that was decided on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from msgspec import DecodeError

from plans.document import PlanDocument, decode, encode
from plans.models import Confirmation, Decision, Plan, RegistryNumber
from plans.services.findings import Finding
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from plans.writing.pdf import write_pdf
from plans.writing.standing import Standing
from samverkan.documents.pdf import PdfUnavailable
from samverkan.organisation.models import Party, User


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
    needs_pdf: bool = True,
) -> Frozen:
    """The plan part with its PDF. PdfUnavailable, where it is needed and none can be made."""
    document = document.plan_part()
    standing = Standing(
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
    )
    try:
        return Frozen(document, standing, write_pdf(document, standing))
    except PdfUnavailable:
        if needs_pdf:
            raise
        return Frozen(document, standing, None)


@transaction.atomic
def store(
    plan: Plan,
    frozen: Frozen,
    *,
    registry_numbers: dict[Party, str],
    by: User | None,
    confirmed: Iterable[Finding] = (),
) -> Decision:
    standing = frozen.standing
    assert standing.decided_on
    decision = Decision.objects.create(
        plan=plan,
        body=standing.body,
        decided_on=standing.decided_on,
        paragraph=standing.paragraph,
        document=encode(frozen.document),
        sha256=standing.content_hash,
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
    frozen = prepare(
        to_document(plan),
        body=body,
        decided_on=decided_on,
        paragraph=paragraph,
        registry_numbers=registry_numbers,
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
    )


def registry_numbers_of(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Each authority by the name that it had then."""
    return tuple(
        (entry.party_name or entry.party.short_name, entry.number)
        for entry in decision.registry_numbers.select_related("party")
    )


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
