"""PlanDocument to PDF: what the templates walk through is the same as on the page."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.template.loader import render_to_string

from plans.charts import charts_of
from plans.document import DecisionDoc, Envelope, PlanDocument, write_json
from plans.presentation import PlanView
from plans.vocabulary import Layout
from plans.writing.standing import Standing
from samverkan.documents import pdf
from samverkan.documents.archive import Flavour
from samverkan.documents.attachments import Attachment, Relationship

STYLESHEETS = {
    Layout.CAUSES: ("css/paper.css", "css/paper-landscape.css"),
    Layout.ACTIVITIES: ("css/paper.css", "css/paper-portrait.css"),
}


def write_pdf(
    document: PlanDocument,
    standing: Standing,
    *,
    decision: DecisionDoc | None = None,
    attachments: Sequence[Attachment] = (),
    flavour: Flavour = Flavour.WITH_FILES,
) -> bytes:
    """The plan as a PDF that carries its own data, and other files of it that the caller has.

    A PDF without files says the same, for an archive that takes none.
    """
    if flavour == Flavour.WITH_FILES:
        attachments = (_data(Envelope(document, decision), standing), *attachments)
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


def to_html(document: PlanDocument, standing: Standing) -> str:
    plan = PlanView(document)
    return render_to_string(
        "plans/pdf/plan.html",
        {
            "document": document,
            "plan": plan,
            "standing": standing,
            "followed_up": any(action.common_answers for action in plan.actions),
            "charts": charts_of(plan),
            "taking_part": [] if plan.has_causes else plan.taking_part,
            "agreement": document.agreement,
            "signatories": plan.signatories,
        },
    )
