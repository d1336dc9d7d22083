"""A decision freezes the plan part: its bytes, their hash, and the PDF that was decided on."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from plans.document import encode
from plans.models import Decision, Plan, RegistryNumber
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from plans.writing.pdf import write_pdf
from plans.writing.standing import Standing
from samverkan.documents.pdf import PdfUnavailable
from samverkan.organisation.models import Party, User


def freeze(
    plan: Plan,
    *,
    body: str,
    decided_on: date,
    paragraph: str,
    registry_numbers: dict[Party, str],
    by: User | None,
) -> Decision:
    document = to_document(plan).plan_part()
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
        pdf = write_pdf(document, standing)
    except PdfUnavailable:
        pdf = None  # the document is frozen all the same; it is what was decided
    with transaction.atomic():  # from here: a PDF takes seconds, and must hold no lock
        decision = Decision.objects.create(
            plan=plan,
            body=body,
            decided_on=decided_on,
            paragraph=paragraph,
            document=encode(document),
            sha256=document.content_hash(),
            pdf=pdf,
            registered_by=by,
        )
        RegistryNumber.objects.bulk_create(
            RegistryNumber(decision=decision, party=party, number=number)
            for party, number in registry_numbers.items()
        )
    return decision
