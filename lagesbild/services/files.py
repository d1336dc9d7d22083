"""A report as a file: what is made from it now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import msgspec
from django.conf import settings

from lagesbild.addresses import address_of
from lagesbild.document import ReportDocument, decode
from lagesbild.edition import edited
from lagesbild.models import Report
from lagesbild.services.earlier import earlier_of
from lagesbild.services.loading import current_document, images_of
from lagesbild.vocabulary import ReportKind
from lagesbild.writing.docx import write_docx
from lagesbild.writing.json import write_json
from lagesbild.writing.pdf import write_pdf
from samverkan.document import DecisionDoc, encode
from samverkan.documents import store
from samverkan.documents.layout import layout_of
from samverkan.documents.standing import Standing
from samverkan.edition import Edition
from samverkan.workflow.decisions import decision_doc, decision_of, standing_now


@dataclass(frozen=True)
class Paper:
    """What a file is made of."""

    document: ReportDocument  # the whole: the writers make the edition out of it
    standing: Standing
    edition: Edition
    images: dict[str, bytes] = field(default_factory=dict)
    earlier: Sequence[ReportDocument] = ()
    decision: DecisionDoc | None = None


@dataclass(frozen=True)
class Kind:
    """A file that can be made of a report."""

    of: ReportKind
    extension: str
    label: str
    write: Callable[[Paper], bytes]
    takes_time: bool = False

    @property
    def name(self) -> str:
        """In the address: "lagesbild.pdf"."""
        return f"{self.of.value}.{self.extension}"

    @property
    def address(self) -> str:
        """As the addresses call it: "report-pdf"."""
        first = "report" if self.of == ReportKind.PICTURE else "status-report"
        return f"{first}-{self.extension}"

    @property
    def is_shown(self) -> bool:
        """A browser shows a PDF, and is asked to keep the rest."""
        return self.extension == "pdf"


def _pdf(paper: Paper) -> bytes:
    return write_pdf(
        paper.document,
        paper.standing,
        paper.images,
        earlier=paper.earlier,
        decision=paper.decision,
        edition=paper.edition,
    )


def _json(paper: Paper) -> bytes:
    return write_json(paper.document, paper.images, decision=paper.decision, edition=paper.edition)


def _docx(paper: Paper) -> bytes:
    return write_docx(
        paper.document,
        paper.standing,
        paper.images,
        earlier=paper.earlier,
        decision=paper.decision,
        edition=paper.edition,
    )


KINDS = {
    kind.name: kind
    for of in ReportKind
    for kind in (
        Kind(of, "pdf", "PDF", _pdf, takes_time=True),
        Kind(of, "docx", "Word", _docx, takes_time=True),
        Kind(of, "json", "JSON", _json),
    )
}

# What is made beforehand, when a report has been decided.
PREPARED = {kind.of: kind for kind in KINDS.values() if kind.is_shown}


@dataclass(frozen=True)
class Wanted:
    """A file of a report as the report stands now."""

    report: Report
    kind: Kind
    edition: Edition = Edition.INTERNAL

    @cached_property
    def _paper(self) -> Paper:
        report = Report.objects.with_heading().get(pk=self.report.pk)
        whole = current_document(report)
        return Paper(
            whole,
            standing_of(report, whole, self.edition),
            self.edition,
            images_of(report, whole),
            earlier_of(report),
            decision_doc(report),
        )

    @property
    def key(self) -> str:
        """Of all that it says. The day that it happens to be made is not a part of that."""
        paper = self._paper
        return store.key_of(
            self.kind.name.encode(),
            self.edition.encode(),
            encode(paper.document),
            *(encode(one) for one in paper.earlier),
            encode(paper.decision) if paper.decision else b"",
            msgspec.json.encode(replace(paper.standing, printed_on=date.min)),
            _layout(),
        )

    version = ""  # the document itself is quick to read

    @property
    def subject(self) -> str:
        return f"report/{self.report.pk}/{self.kind.name}/{self.edition}"

    @property
    def title(self) -> str:
        return str(self.kind.of.label)

    @property
    def file_name(self) -> str:
        report = self.report
        revision = f", revision {report.revision}" if report.revision > 1 else ""
        edition = ", publik utgåva" if self.edition == Edition.PUBLIC else ""
        return (
            f"{self.title} {report.year} {report.district}{revision}{edition}.{self.kind.extension}"
        )

    def make(self) -> bytes:
        return self.kind.write(self._paper)


@dataclass(frozen=True)
class Form:
    label: str  # "PDF"
    edition: Edition
    url: str


def offers(report: Report, among: Sequence[Report]) -> list[Form]:
    """Every file of the report, in both editions, and where it is to be had."""
    return [
        Form(
            kind.label,
            edition,
            address_of(
                report,
                among,
                kind.address,
                **({"utgava": "publik"} if edition == Edition.PUBLIC else {}),
            ),
        )
        for edition in Edition
        for kind in KINDS.values()
        if kind.of == report.kind
    ]


def standing_of(report: Report, whole: ReportDocument, edition: Edition) -> Standing:
    return standing_now(
        report,
        content_hash=edited(whole, edition).content_hash(),
        whole_hash=whole.content_hash(),
        edition=edition,
    )


def decided_json(report: Report) -> bytes | None:
    """The document that the decision froze."""
    decision = decision_of(report)
    if decision is None:
        return None
    return frozen_json(report, bytes(decision.document), decision_doc(report))


def frozen_json(report: Report, content: bytes, decision: DecisionDoc | None = None) -> bytes:
    """A document of the report that was frozen, in the envelope of every file, with its images."""
    document = decode(content)
    return write_json(document, images_of(report, document), decision=decision)


def _layout() -> bytes:
    base = settings.BASE_DIR
    return layout_of(
        base / "lagesbild",
        base / "plans",
        base / "samverkan",
        base / "templates" / "lagesbild" / "pdf",
        base / "templates" / "documents",
        base / "static" / "css",
    )
