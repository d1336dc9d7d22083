"""A plan as a file: what is made from it now, and what its decision froze."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import msgspec
from django.conf import settings
from django.utils import timezone

from plans.document import (
    DecisionDoc,
    Envelope,
    PlanDocument,
    RegistryNumberDoc,
    decode,
    encode,
    write_json,
)
from plans.edition import edited
from plans.models import Decision, Plan
from plans.services.decisions import registry_numbers_of
from plans.services.loading import current_document
from plans.vocabulary import Edition, PlanState
from plans.writing.pdf import write_pdf
from plans.writing.standing import Standing
from samverkan.documents import store
from samverkan.documents.layout import layout_of

SETTLED = {PlanState.DECIDED, PlanState.CLOSED}


@dataclass(frozen=True)
class Kind:
    """A file that can be made of a plan."""

    name: str  # in the address: "atgardsplan.pdf"
    title: str
    label: str
    write: Callable[[Envelope, Standing], bytes]
    takes_time: bool = False

    @property
    def address(self) -> str:
        """As the addresses call it: "plan-pdf"."""
        first, _, extension = self.name.partition(".")
        return f"plan-{extension}" if first == "atgardsplan" else f"plan-{first}-{extension}"

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2]


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "atgardsplan.pdf",
            "Åtgärdsplan",
            "PDF",
            lambda envelope, standing: write_pdf(envelope.document, standing),
            takes_time=True,
        ),
        Kind(
            "atgardsplan.json",
            "Åtgärdsplan",
            "JSON",
            lambda envelope, standing: write_json(envelope),
        ),
    )
}

# What is made beforehand, when a plan has been left alone and when it has been decided.
PREPARED = [(kind, edition) for kind in KINDS.values() if kind.takes_time for edition in Edition]


@dataclass(frozen=True)
class Wanted:
    """A file of a plan as the plan stands now, with its follow-ups so far."""

    plan: Plan
    kind: Kind
    edition: Edition = Edition.INTERNAL

    @cached_property
    def _document(self) -> PlanDocument:
        return edited(current_document(self.plan), self.edition)

    @cached_property
    def _standing(self) -> Standing:
        return standing_of(self.plan, self._document)

    @property
    def key(self) -> str:
        """Of all that it says. The day that it happens to be made is not a part of that."""
        standing = replace(self._standing, printed_on=date.min)
        return store.key_of(
            self.kind.name.encode(),
            self.edition.encode(),
            encode(self._document),
            msgspec.json.encode(standing),
            _layout(),
        )

    @property
    def subject(self) -> str:
        return f"plan/{self.plan.pk}/{self.kind.name}/{self.edition}"

    @property
    def file_name(self) -> str:
        plan = self.plan
        revision = f", revision {plan.revision}" if plan.revision > 1 else ""
        edition = ", publik utgåva" if self.edition == Edition.PUBLIC else ""
        return (
            f"{self.kind.title} {plan.period} {plan.district}{revision}{edition}"
            f".{self.kind.extension}"
        )

    def make(self) -> bytes:
        envelope = Envelope(self._document, _decision_doc(self.plan), edition=self.edition)
        return self.kind.write(envelope, self._standing)


def _layout() -> bytes:
    base = settings.BASE_DIR
    return layout_of(
        base / "plans",
        base / "samverkan" / "documents",
        base / "templates" / "plans" / "pdf",
        base / "static" / "css",
    )


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
