"""What is particular to a report on its way to being decided (samverkan/workflow/wings.py)."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lagesbild import quality
from lagesbild.addresses import address_of
from lagesbild.document import ReportDocument, blocks_of, decode, sections_of
from lagesbild.models import Approval, Decision, Report, SentDraft
from lagesbild.services.earlier import earlier_of
from lagesbild.services.files import PREPARED, frozen_json
from lagesbild.services.loading import current_document, images_of
from lagesbild.services.revision import copy_of
from lagesbild.tasks import make_report_file
from lagesbild.vocabulary import ReportKind
from lagesbild.writing.pdf import write_pdf
from samverkan.document import DecisionDoc
from samverkan.documents.standing import Standing
from samverkan.edition import Edition
from samverkan.organisation.models import District, Party
from samverkan.workflow.findings import Finding, findings_in
from samverkan.workflow.wings import Wing


class ReportWing(Wing):
    approval = Approval
    decision = Decision
    sent_draft = SentDraft

    def with_heading(self) -> QuerySet:
        return Report.objects.with_heading()

    def in_district(self, district: District) -> QuerySet:
        return Report.objects.filter(district=district)

    def in_common(self, work: Report) -> dict[str, Any]:
        return {"district": work.district_id, "kind": work.kind, "year": work.year}

    def address(
        self, work: Report, page: str = "", among: Iterable[Report] | None = None, **show: str
    ) -> str:
        if page:
            return reverse(f"report-{page}", args=[work.district.slug, work.pk])
        if among is None:
            among = self.revisions(work)
        return address_of(work, among, **show)

    def document(self, work: Report) -> ReportDocument:
        return current_document(work)

    def read(self, content: bytes) -> ReportDocument:
        return decode(content)

    def write_pdf(
        self, work: Report, document: ReportDocument, standing: Standing, decision: DecisionDoc
    ) -> bytes:
        return write_pdf(
            document,
            standing,
            images_of(work, document),
            earlier=earlier_of(work, for_all=True),
            decision=decision,
        )

    def findings(self, document: ReportDocument) -> list[Finding]:
        return findings_in(quality.personal_data(document))

    def counted(self, document: ReportDocument) -> str:
        sections = [section for section, _ in sections_of(document)]
        figures = sum(block.is_figure for section in sections for block in section.blocks)
        return f"{len(sections)} avsnitt" + (
            f" och {figures} {'figur' if figures == 1 else 'figurer'}" if figures else ""
        )

    def fault_beside(self, work: Report, document: ReportDocument) -> str:
        images = images_of(work, document)
        for block in blocks_of(document):
            if block.image:
                content = images.get(block.image.sha256, b"")
                if hashlib.sha256(content).hexdigest() != block.image.sha256:
                    return "en bild i dokumentet saknas, eller är inte den som det nämner"
        return ""

    def file_of(self, work: Report, content: bytes) -> bytes:
        return frozen_json(work, content)

    def main_parties(self, work: Report) -> list[Party]:
        """Those who stand behind it."""
        return [entry.party for entry in work.behind.all()]

    def new_revision(
        self, work: Report, number: int, document: ReportDocument | None = None
    ) -> Report:
        assert document is None  # no file is read into a revision of a report
        return copy_of(work, revision=number)

    def has_been_decided(self, work: Report) -> None:
        for edition in Edition:
            name = PREPARED[ReportKind(work.kind)].name
            make_report_file.enqueue(report_id=work.pk, name=name, edition=edition.value)


REPORTS = ReportWing()
