"""ReportDocument to PDF: what the templates walk through is the same as on the page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time

from django.template.loader import render_to_string

from lagesbild.document import ReportDocument, write_json
from lagesbild.edition import edited, envelope_of
from lagesbild.presentation import ReportView
from samverkan.document import DecisionDoc
from samverkan.documents import pdf
from samverkan.documents.archive import Flavour
from samverkan.documents.attachments import Attachment, Relationship
from samverkan.documents.standing import Standing
from samverkan.edition import Edition

STYLESHEETS = ("css/paper.css", "css/paper-portrait.css", "css/paper-report.css")
OF_STATUS_REPORTS = (*STYLESHEETS, "css/paper-short.css", "css/paper-status.css")


def write_pdf(
    document: ReportDocument,
    standing: Standing,
    images: Mapping[str, bytes],
    *,
    earlier: Iterable[ReportDocument] = (),
    decision: DecisionDoc | None = None,
    edition: Edition = Edition.INTERNAL,
    attachments: Sequence[Attachment] = (),
    flavour: Flavour = Flavour.WITH_FILES,
) -> bytes:
    """The report as a PDF that carries its own data, and other files of it that the caller has.

    `images` are the bytes of its images by their SHA-256, `earlier` the reports of other years.
    """
    envelope = envelope_of(document, images, decision, edition)
    earlier = [edited(one, edition) for one in earlier]
    view = ReportView(envelope.document, earlier)
    if flavour == Flavour.WITH_FILES:
        data = _data(view, write_json(envelope), standing)
        attachments = (data, *attachments)
    return pdf.render(
        to_html(view, standing),
        OF_STATUS_REPORTS if view.is_status else STYLESHEETS,
        attachments=attachments,
        flavour=flavour,
        pictures=envelope.images,
    )


def to_html(view: ReportView, standing: Standing) -> str:
    template = "status" if view.is_status else "report"
    return render_to_string(
        f"lagesbild/pdf/{template}.html",
        {
            "document": view.document,
            "report": view,
            "standing": standing,
            "heading": view.title,
        },
    )


def _data(view: ReportView, content: bytes, standing: Standing) -> Attachment:
    return Attachment(
        name=f"{view.kind.lower()}.json",
        content=content,
        mime_type="application/json",
        description=f"{view.kind}en som data, för att läsas in i Samverkan.",
        modified=datetime.combine(standing.printed_on, time(tzinfo=UTC)),
        relationship=Relationship.SOURCE,
    )
