"""PlanDocument to PDF: what the templates walk through is the same as on the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from plans.document import PartyDoc, PlanDocument
from plans.presentation import PlanView
from plans.vocabulary import Layout
from plans.writing.standing import Standing
from samverkan.documents import charts, pdf

STYLESHEETS = {
    Layout.CAUSES: ("css/paper.css", "css/paper-landscape.css"),
    Layout.ACTIVITIES: ("css/paper.css", "css/paper-portrait.css"),
}


def write_pdf(document: PlanDocument, standing: Standing) -> bytes:
    return pdf.render(to_html(document, standing), STYLESHEETS[document.layout])


def to_html(document: PlanDocument, standing: Standing) -> str:
    plan = PlanView(document)
    agreement = document.agreement
    return render_to_string(
        "plans/pdf/plan.html",
        {
            "document": document,
            "plan": plan,
            "standing": standing,
            "followed_up": any(action.common_answers for action in plan.actions),
            "charts": _charts(plan),
            "taking_part": [] if plan.has_causes else _taking_part(plan),
            "agreement": agreement,
            "signatories": [(plan.parties[entry.party], entry) for entry in agreement.parties]
            if agreement
            else [],
        },
    )


@dataclass(frozen=True)
class Chart:
    title: str
    svg: SafeString


def _charts(plan: PlanView) -> list[Chart]:
    """Problems, causes and actions for each area; where a plan has only activities, those."""
    if not plan.actions:
        return []
    series = ["Problem", "Orsaker", "Åtgärder"] if plan.has_causes else ["Aktiviteter"]
    by_area = [
        charts.Group(
            f"{row.area.number} {row.area.doc.title}",
            [row.counts.problems, row.counts.causes, row.counts.actions][-len(series) :],
        )
        for row in plan.summary
    ]
    made = [_chart(f"{_listed(series)} per område", series, by_area)]
    if not plan.has_causes and plan.acting_parties:
        by_party = [
            charts.Group(party.short_name, [total]) for party, _, total in _taking_part(plan)
        ]
        made.append(_chart("Aktiviteter som varje part deltar i", ["Aktiviteter"], by_party))
    return made


def _taking_part(plan: PlanView) -> list[tuple[PartyDoc, Sequence[int], int]]:
    """For each party the number of activities that it has a part in, in each area and in all."""
    numbers = zip(*(row.by_party for row in plan.summary), strict=True)
    return [(party, own, sum(own)) for party, own in zip(plan.acting_parties, numbers, strict=True)]


def _chart(title: str, series: list[str], groups: list[charts.Group]) -> Chart:
    said = "; ".join(
        f"{group.label}: {', '.join(str(value) for value in group.values)}" for group in groups
    )
    svg = charts.bars(f"Stapeldiagram. {title}. {said}.", series, groups)
    return Chart(title, mark_safe(svg))  # noqa: S308 - charts escapes every word


def _listed(words: list[str]) -> str:
    first, *rest = words
    words = [first, *(word.lower() for word in rest)]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if rest else first
