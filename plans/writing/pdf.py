"""PlanDocument to PDF: what the templates walk through is the same as on the page."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.template.loader import render_to_string
from pypdfium2 import PdfDocument

from plans.charts import BARS_OF_A_PAGE, charts_of
from plans.document import Envelope, PlanDocument, write_json
from plans.picture import Beside, picture_of
from plans.presentation import PlanView
from plans.vocabulary import Layout
from plans.writing.one_page import ROOMS, Shown
from samverkan.document import DecisionDoc
from samverkan.documents import pdf
from samverkan.documents.archive import Flavour
from samverkan.documents.attachments import Attachment, Relationship
from samverkan.documents.standing import Standing
from samverkan.edition import Edition

STYLESHEETS = {
    Layout.CAUSES: ("css/paper.css", "css/paper-landscape.css"),
    Layout.ACTIVITIES: ("css/paper.css", "css/paper-portrait.css"),
}
OF_SHORT_FORMS = (*STYLESHEETS[Layout.ACTIVITIES], "css/paper-short.css")
OF_THE_PICTURE = (*OF_SHORT_FORMS, "css/paper-picture.css")


def write_pdf(
    document: PlanDocument,
    standing: Standing,
    *,
    decision: DecisionDoc | None = None,
    edition: Edition = Edition.INTERNAL,
    attachments: Sequence[Attachment] = (),
    flavour: Flavour = Flavour.WITH_FILES,
) -> bytes:
    """The plan as a PDF that carries its own data, and other files of it that the caller has.

    A PDF without files says the same, for an archive that takes none.
    """
    if flavour == Flavour.WITH_FILES:
        attachments = (_data(Envelope(document, decision, edition=edition), standing), *attachments)
    return pdf.render(
        to_html(document, standing),
        STYLESHEETS[document.layout],
        attachments=attachments,
        flavour=flavour,
    )


def _data(envelope: Envelope, standing: Standing) -> Attachment:
    return Attachment(
        name="åtgärdsplan.json",
        content=write_json(envelope),
        mime_type="application/json",
        description="Åtgärdsplanen som data, för att läsas in i Samverkan.",
        modified=datetime.combine(standing.printed_on, time(tzinfo=UTC)),
        relationship=Relationship.SOURCE,
    )


def write_party_pdf(document: PlanDocument, standing: Standing, party_key: str) -> bytes:
    """All that one of the document's parties has undertaken, and how it goes."""
    plan = PlanView(document)
    part = plan.undertakings_of(plan.parties[party_key])
    heading = f"{part.heading} {plan.period}"
    html = _html("plans/pdf/party.html", plan, standing, heading, part=part)
    return pdf.render(html, OF_SHORT_FORMS)


def write_promises_pdf(document: PlanDocument, standing: Standing) -> bytes:
    """What the parties promise the public, and what came of it."""
    plan = PlanView(document)
    heading = f"Medborgarlöften {plan.period}"
    return pdf.render(_html("plans/pdf/promises.html", plan, standing, heading), OF_SHORT_FORMS)


def write_picture_pdf(
    document: PlanDocument,
    standing: Standing,
    *,
    edition: Edition = Edition.INTERNAL,
    beside: Beside | None = None,
) -> bytes:
    """Läget on one page, whatever the plan: what there is no room for is counted."""
    picture = picture_of(document, beside=beside)
    plan = PlanView(document)
    made = b""
    for room in ROOMS:
        html = _html(
            "plans/pdf/picture.html",
            plan,
            standing,
            "Läget på en sida",
            picture=picture,
            shown=Shown(picture, room),
            is_public=edition == Edition.PUBLIC,
        )
        made = pdf.render(html, OF_THE_PICTURE)
        if len(PdfDocument(made)) == 1:
            break
    return made


def to_html(document: PlanDocument, standing: Standing) -> str:
    plan = PlanView(document)
    return _html(
        "plans/pdf/plan.html",
        plan,
        standing,
        plan.title,
        followed_up=any(action.common_answers for action in plan.actions),
        charts=charts_of(plan, BARS_OF_A_PAGE),
        taking_part=[] if plan.has_causes else plan.taking_part,
        agreement=document.agreement,
        signatories=plan.signatories,
    )


def _html(template: str, plan: PlanView, standing: Standing, heading: str, **more: Any) -> str:
    common = {"document": plan.document, "plan": plan, "standing": standing, "heading": heading}
    return render_to_string(template, common | more)
