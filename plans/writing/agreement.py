"""AgreementDocument to PDF, to be signed, and to Word."""

from datetime import UTC, datetime, time

from django.template.loader import render_to_string

from plans.agreement import AgreementDocument, GroupDoc, write_json
from samverkan.documents import pdf
from samverkan.documents.attachments import Attachment, Relationship
from samverkan.documents.docx import Margins, Paper
from samverkan.documents.standing import Standing
from samverkan.documents.wordml import paragraph

STYLESHEETS = (
    "css/paper.css",
    "css/paper-portrait.css",
    "css/paper-short.css",
    "css/paper-agreement.css",
)
LINES = ("Ort och datum", "Underskrift", "Namnförtydligande")
A_LINE = "_" * 50


def write_pdf(document: AgreementDocument, standing: Standing) -> bytes:
    data = Attachment(
        name="overenskommelse.json",
        content=write_json(document),
        mime_type="application/json",
        description="Överenskommelsen som data.",
        modified=datetime.combine(standing.printed_on, time(tzinfo=UTC)),
        relationship=Relationship.SOURCE,
    )
    words = {
        "document": document,
        "standing": standing,
        "heading": document.title,
        "lines": LINES,
    }
    html = render_to_string("plans/agreement/pdf/agreement.html", words)
    return pdf.render(html, STYLESHEETS, attachments=(data,))


def write_docx(document: AgreementDocument, standing: Standing) -> bytes:
    """The words, to go on with in Word until it is signed; the numbers and the rest are in the PDF."""
    paper = Paper(
        title=document.title,
        author=document.municipality,
        made_on=standing.printed_on,
        margins=Margins(document.title, standing.in_short, f"Kontrollsumma {standing.short_hash}"),
    )
    paper.add(paragraph(document.title, "Title"))
    for heading, lines in _in_words(document):
        paper.add(paper.heading(heading, 1))
        paper.add(*(paragraph(line) for line in lines))
    paper.add(paper.heading("Underskrifter", 1))
    for entry, party in document.signing:
        paper.add(paper.heading(f"För {party.name}", 2))
        for line in LINES:
            role = f", {entry.signatory}" if line == LINES[-1] and entry.signatory else ""
            paper.add(paragraph(A_LINE), paragraph(f"{line}{role}"))
    return paper.save()


def _in_words(document: AgreementDocument) -> list[tuple[str, list[str]]]:
    found = [("Parter och tid", [party.name for _, party in document.signing] + _facts(document))]
    found += [(section.heading, section.text.splitlines()) for section in document.sections]
    if document.areas:
        found.append(("Prioriterade områden", [area.name for area in document.areas]))
    if document.groups:
        lines = [_sentences(group) for group in document.groups]
        found.append(("Organisation", lines))
    return found


def _sentences(group: GroupDoc) -> str:
    said = filter(None, [group.title, group.task, group.members, group.meetings])
    return " ".join(f"{one.strip().rstrip('.')}." for one in said)


def _facts(document: AgreementDocument) -> list[str]:
    start, end = document.period_start, document.period_end
    return [
        f"Gäller {start} – {end}" if end else f"Gäller från {start} tills vidare",
        *([f"Nästa översyn: {document.next_review}"] if document.next_review else []),
        *([f"Diarienummer: {document.registry_number}"] if document.registry_number else []),
        *([f"Vilar på: {document.above.title}"] if document.above else []),
    ]
