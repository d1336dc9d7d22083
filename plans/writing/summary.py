"""The sammanställning alone: its table as CSV, its charts as SVG and PNG."""

import csv
from io import StringIO

from plans.charts import charts_of
from plans.document import PlanDocument
from plans.presentation import PlanView
from samverkan.documents.pictures import Drawing, Picture

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for one


def write_summary_svg(document: PlanDocument) -> bytes:
    return _picture(document).svg()


def write_summary_png(document: PlanDocument) -> bytes:
    return _picture(document).png()


def write_summary_csv(document: PlanDocument) -> bytes:
    """As Excel in Swedish opens it: semicolons, and a mark that says it is UTF-8."""
    plan = PlanView(document)
    parties = [] if plan.has_causes else plan.acting_parties
    taken = [f"Aktiviteter som {party.short_name} deltar i" for party in parties]
    rows: list[list[str | int]] = [
        ["Nummer", "Område", *plan.summary_columns.values(), *taken],
    ]
    for row in plan.summary:
        numbers = plan.summary_numbers(row.counts)
        taking_part = [number for _, number in row.parties] if parties else []
        rows.append([row.area.number, row.area.doc.title, *numbers, *taking_part])
    in_all = [total for _, _, total in plan.taking_part] if parties else []
    rows.append(["", "Hela planen", *plan.summary_numbers(plan.total), *in_all])
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str | int) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _picture(document: PlanDocument) -> Picture:
    plan = PlanView(document)
    charts = charts_of(plan)
    revision = f", revision {document.revision}" if document.revision > 1 else ""
    return Picture(
        title=f"Sammanställning {plan.period}, {document.district.name}",
        description=" ".join(chart.description for chart in charts) or "Planen har inga åtgärder.",
        drawings=tuple(Drawing(chart.title, chart.svg) for chart in charts)
        or (Drawing("Planen har inga åtgärder."),),
        source=f"Ur {plan.title} för {document.district.name}{revision}. "
        f"Kontrollsumma {document.content_hash()[:12]}.",
    )
