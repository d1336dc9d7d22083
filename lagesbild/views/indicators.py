"""The series of a report's figures and the district's indicators: tied, filled, drawn from nothing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lagesbild.access import get_report
from lagesbild.document import SeriesDoc
from lagesbild.editable import KINDS
from lagesbild.models import Report
from lagesbild.services import keeping
from lagesbild.services.keeping import Chosen
from lagesbild.views.writing import DESK
from lagesbild.vocabulary import BlockForm
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.desk import seen_by, uuid_of
from samverkan.collaboration.editing import Gone, find
from samverkan.indicators.register import indicators_of, measured_before, register
from samverkan.text import clean_line

NEW = "ny"


def keep(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    """Which indicator each series of a figure is: chosen, or made of it."""
    report, context = _figure(request, district, pk, kind, row)
    table = context["figure"].doc.table
    may_keep = may(request.user, Right.KEEP_INDICATORS, report.district)
    context |= {
        "series": [
            {"place": place, "name": series.name, "chosen": _chosen_now(request, place, series)}
            for place, series in enumerate(table.series if table else ())
        ],
        "can_be_kept": keeping.can_be_kept(table),
        "indicators": indicators_of(request.user, report.district),
        "before": measured_before(request.user, report.district),
        "may_keep": may_keep,
        "is_internal": keeping.is_internal(find(report, KINDS[kind], row)),
        "new": NEW,
        "seen": report.version,
    }
    if request.method != "POST" or table is None:
        return render(request, "lagesbild/write/keep.html", context)
    chosen = [_chosen(request, place, bool(may_keep)) for place in range(len(table.series))]
    try:
        keeping.keep(
            actor=request.user,
            report=report,
            kind=kind,
            row=row,
            chosen=chosen,
            seen=seen_by(request),
            gives=bool(may_keep),
        )
    except Gone:
        raise Http404("Figuren finns inte längre.") from None
    except ValidationError as refusal:
        context["fault"] = " ".join(refusal.messages)
        return render(request, "lagesbild/write/keep.html", context, status=422)
    messages.success(request, "Valet är sparat.")
    return redirect(f"{DESK.home(report)}#rad-{row}")


def _figure(
    request: HttpRequest, district: str, pk: int, kind: str, row: UUID
) -> tuple[Report, dict[str, Any]]:
    report = get_report(request.user, Right.EDIT_SHARED, district, pk)
    if kind not in ("block", "part"):
        raise Http404("Bara en figur har siffror.")
    context = DESK.context(request, report)
    figure = context["figures"].get(row)
    if figure is None:
        raise Http404("Figuren finns inte längre.")
    return report, context | {"figure": figure, "kind": kind, "row": row}


def _chosen_now(request: HttpRequest, place: int, series: SeriesDoc) -> str:
    """As it was answered; or else as it is."""
    return request.POST.get(f"serie-{place}", str(series.indicator or ""))


def _chosen(request: HttpRequest, place: int, may_keep: bool) -> Chosen:
    said = request.POST.get(f"serie-{place}", "")
    if said == NEW and may_keep:
        name = clean_line(request.POST.get(f"namn-{place}", ""))[:300]
        return Chosen(new_name=name)
    return Chosen(uuid_of(said))


@require_POST
def fetch(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    """The register's values into the figure: a turn, that can be undone."""
    report, _ = _figure(request, district, pk, kind, row)
    try:
        changes = keeping.fetch(actor=request.user, report=report, kind=kind, row=row)
    except Gone:
        raise Http404("Figuren finns inte längre.") from None
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = (
            "Registrets värden är hämtade." if changes else "Figuren hade redan registrets värden."
        )
        if any(change.field == "is_internal" for change in changes):
            said += " Figuren är intern nu, för det är en av dess indikatorer."
        messages.success(request, said)
    return redirect(f"{DESK.home(report)}#rad-{row}")


def compose(request: HttpRequest, district: str, pk: int, section: UUID) -> HttpResponse:
    """A figure out of chosen indicators."""
    report = get_report(request.user, Right.EDIT_SHARED, district, pk)
    context = DESK.context(request, report)
    if not report.all_sections.filter(uuid=section).exists():
        raise Http404("Avsnittet finns inte längre.")
    found = [
        *register(request.user, report.district),
        *measured_before(request.user, report.district),
    ]
    asked = request.POST.getlist("indikator")
    context |= {
        "section": section,
        "indicators": found,
        "asked": asked,
        "forms": [one for one in BlockForm if one not in (BlockForm.TEXT, BlockForm.IMAGE)],
        "form": request.POST.get("form", BlockForm.LINE),
        "caption": request.POST.get("caption", ""),
    }
    if request.method != "POST":
        return render(request, "lagesbild/write/compose.html", context)
    try:
        changes = keeping.compose(
            actor=request.user,
            report=report,
            section=section,
            indicators=[one for one in found if str(one.uuid) in asked],
            form=context["form"],
            caption=clean_line(context["caption"]),
        )
    except (ValidationError, Gone) as fault:
        words = fault.messages if isinstance(fault, ValidationError) else ["Avsnittet finns inte."]
        context["fault"] = " ".join(words)
        return render(request, "lagesbild/write/compose.html", context, status=422)
    messages.success(request, "Figuren är inlagd.")
    return redirect(f"{DESK.home(report)}#rad-{changes[-1].row}")
