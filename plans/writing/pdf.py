"""PlanDocument to PDF: what the templates walk through is the same as on the page."""

from django.template.loader import render_to_string

from plans.charts import BARS_OF_A_PAGE, charts_of
from plans.document import PlanDocument
from plans.presentation import PlanView
from plans.vocabulary import Layout
from plans.writing.standing import Standing
from samverkan.documents import pdf

STYLESHEETS = {
    Layout.CAUSES: ("css/paper.css", "css/paper-landscape.css"),
    Layout.ACTIVITIES: ("css/paper.css", "css/paper-portrait.css"),
}


def write_pdf(document: PlanDocument, standing: Standing) -> bytes:
    return pdf.render(to_html(document, standing), STYLESHEETS[document.layout])


def to_html(document: PlanDocument, standing: Standing) -> str:
    plan = PlanView(document)
    return render_to_string(
        "plans/pdf/plan.html",
        {
            "document": document,
            "plan": plan,
            "heading": plan.title,
            "standing": standing,
            "followed_up": any(action.common_answers for action in plan.actions),
            "charts": charts_of(plan, BARS_OF_A_PAGE),
            "taking_part": [] if plan.has_causes else plan.taking_part,
            "agreement": document.agreement,
            "signatories": plan.signatories,
        },
    )
