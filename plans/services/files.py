"""A plan as a file: what is made from it now, and what its decision froze."""

from django.utils import timezone

from plans.document import (
    DecisionDoc,
    Envelope,
    PlanDocument,
    RegistryNumberDoc,
    decode,
    write_json,
)
from plans.models import Decision, Plan
from plans.services.decisions import registry_numbers_of
from plans.services.loading import current_document
from plans.vocabulary import PlanState
from plans.writing.pdf import write_pdf
from plans.writing.standing import Standing

SETTLED = {PlanState.DECIDED, PlanState.CLOSED}


def as_pdf(plan: Plan) -> bytes:
    """The plan as it stands now, with its follow-ups so far."""
    document = current_document(plan)
    return write_pdf(document, standing_of(plan, document))


def as_json(plan: Plan) -> bytes:
    return write_json(Envelope(current_document(plan), _decision_doc(plan)))


def decided_pdf(plan: Plan) -> bytes | None:
    """The very bytes that the decision froze, where it could make any."""
    decision = decision_of(plan)
    return bytes(decision.pdf) if decision and decision.pdf is not None else None


def decided_json(plan: Plan) -> bytes | None:
    """The document that the decision froze, in the envelope of every file."""
    decision = decision_of(plan)
    if decision is None:
        return None
    return write_json(Envelope(decode(bytes(decision.document)), _decision_doc(plan)))


def file_name(plan: Plan, extension: str) -> str:
    revision = f", revision {plan.revision}" if plan.revision > 1 else ""
    return f"Åtgärdsplan {plan.period} {plan.district}{revision}.{extension}"


def standing_of(plan: Plan, document: PlanDocument) -> Standing:
    decision = decision_of(plan)
    return Standing(
        state=plan.get_state_display(),
        content_hash=document.content_hash(),
        printed_on=timezone.localdate(),
        is_decided=plan.state in SETTLED,
        decided_on=decision.decided_on if decision else None,
        body=decision.body if decision else "",
        paragraph=decision.paragraph if decision else "",
        registry_numbers=registry_numbers_of(decision) if decision else (),
    )


def decision_of(plan: Plan) -> Decision | None:
    return getattr(plan, "decision", None)


def _decision_doc(plan: Plan) -> DecisionDoc | None:
    decision = decision_of(plan)
    if decision is None:
        return None
    return DecisionDoc(
        body=decision.body,
        decided_on=decision.decided_on,
        sha256=decision.sha256,
        paragraph=decision.paragraph,
        registry_numbers=tuple(
            RegistryNumberDoc(entry.party.key, entry.number)
            for entry in decision.registry_numbers.select_related("party")
        ),
    )
