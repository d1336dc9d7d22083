"""What is particular to a plan on its way to being decided (samverkan/workflow/wings.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from msgspec.structs import replace

from plans import quality
from plans.addresses import address_of
from plans.counting import count_plan
from plans.document import PlanDocument, decode
from plans.models import Approval, Commitment, Decision, Plan, SentDraft
from plans.services.loading import current_document
from plans.services.revision import copy_of
from plans.services.storing import from_document
from plans.tasks import prepare_files
from plans.writing.pdf import write_pdf
from samverkan.document import DecisionDoc
from samverkan.documents.standing import Standing
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.workflow.findings import Finding, findings_in
from samverkan.workflow.wings import Wing


class PlanWing(Wing):
    approval = Approval
    decision = Decision
    sent_draft = SentDraft
    has_parts = True
    is_followed_up = True

    def with_heading(self) -> QuerySet:
        return Plan.objects.with_heading()

    def in_district(self, district: District) -> QuerySet:
        return Plan.objects.filter(period__district=district)

    def in_common(self, work: Plan) -> dict[str, Any]:
        return {"period": work.period_id}

    def address(
        self, work: Plan, page: str = "", among: Iterable[Plan] | None = None, **show: str
    ) -> str:
        if among is None:
            among = self.in_district(work.district).select_related("period__district")
        return address_of(work, among, f"plan-{page}" if page else "plan", **show)

    def document(self, work: Plan) -> PlanDocument:
        return current_document(work)

    def part_of(self, document: PlanDocument) -> PlanDocument:
        return document.plan_part()

    def read(self, content: bytes) -> PlanDocument:
        return decode(content)

    def write_pdf(
        self, work: Plan, document: PlanDocument, standing: Standing, decision: DecisionDoc
    ) -> bytes:
        return write_pdf(document, standing, decision=decision)

    def findings(self, document: PlanDocument) -> list[Finding]:
        """The follow-ups are no part of it."""
        return findings_in(quality.personal_data(document.plan_part()))

    def counted(self, document: PlanDocument) -> str:
        number = count_plan(document).actions
        return f"{number} {'åtgärd' if number == 1 else 'åtgärder'}"

    def main_parties(self, work: Plan) -> list[Party]:
        """Those of the agreement; without one, the district's own administration and police."""
        if work.agreement:
            return [entry.party for entry in work.agreement.parties.all()]
        return list(work.district.parties.exclude(kind=PartyKind.PARTNER))

    def taking_part(self, work: Plan) -> list[Party]:
        main = self.main_parties(work)
        others = Party.objects.filter(commitments__action__area__plan=work)
        return main + list(others.exclude(pk__in=[party.pk for party in main]).distinct())

    def share_of(self, work: Plan, parties: list[Party]) -> str:
        own = Commitment.objects.filter(action__area__plan=work, party__in=parties)
        match own.values("action").distinct().count():
            case 0:
                return ""
            case number:
                return (
                    f"Er part har åtaganden i {number} {'åtgärd' if number == 1 else 'åtgärder'}."
                )

    def open_rounds(self, document: PlanDocument) -> tuple[str, ...]:
        return tuple(one.name for one in document.rounds if one.opened_at and not one.closed_at)

    def new_revision(self, work: Plan, number: int, document: PlanDocument | None = None) -> Plan:
        if document is None:
            return copy_of(work, revision=number)
        return from_document(replace(document, revision=number), district=work.district)

    def has_been_decided(self, work: Plan) -> None:
        prepare_files.enqueue(plan_id=work.pk)


PLANS = PlanWing()
