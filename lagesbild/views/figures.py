"""Numbers pasted into a figure, looked at first; and images sent to a report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from lagesbild import tables
from lagesbild.access import get_report
from lagesbild.editable import KINDS
from lagesbild.presentation import FigureView
from lagesbild.services.images import add_image
from lagesbild.views.writing import DESK
from samverkan.access.table import Right
from samverkan.collaboration.desk import seen_by, uuid_of
from samverkan.collaboration.editing import Gone, write
from samverkan.images import NotAnImage


def numbers(request: HttpRequest, district: str, pk: int, kind: str, row: UUID) -> HttpResponse:
    """What is pasted, as it is understood: asked about where it may be meant in two ways, drawn, and
    then taken in."""
    report = get_report(request.user, Right.EDIT_SHARED, district, pk)
    if kind not in ("block", "part"):
        raise Http404("Bara en figur har siffror.")
    context = DESK.context(request, report)
    figure = context["figures"].get(row)
    if figure is None:
        raise Http404("Figuren finns inte längre.")
    asked = request.POST
    text = asked.get("text", "")
    context |= {"figure": figure, "kind": kind, "row": row, "text": text, "seen": report.version}
    if request.method != "POST":
        return render(request, "lagesbild/write/paste.html", context)
    try:
        understood = tables.read(text, _answers(asked))
    except tables.NotATable as fault:
        context["fault"] = str(fault)
        return render(request, "lagesbild/write/paste.html", context, status=422)
    if "anvand" in asked:
        typed = {"table": tables.as_text(understood.table)}
        for name, said in (("unit", understood.unit), ("source", understood.source)):
            if said and not getattr(figure.doc, name):
                typed[name] = said
        if understood.title and not figure.doc.caption:
            typed["caption"] = understood.title
        try:
            written = write(
                actor=request.user,
                work=report,
                kind=KINDS[kind],
                row=row,
                typed=typed,
                seen=seen_by(request),
            )
        except Gone:
            raise Http404("Figuren finns inte längre.") from None
        if written.conflicts:
            conflict = written.conflicts[0]
            context["fault"] = (
                f"{conflict.by} ändrade siffrorna medan du tittade. Läs vad som står där nu, och "
                "använd dina om de ska gälla."
            )
        else:
            messages.success(request, "Siffrorna är inlagda.")
            return redirect(f"{DESK.home(report)}#rad-{row}")
    doc = replace(
        figure.doc, table=understood.table, unit=figure.doc.unit or understood.unit, parts=()
    )
    context |= {
        "understood": understood,
        "preview": FigureView(doc, figure.number, figure.anchor),
    }
    return render(request, "lagesbild/write/paste.html", context)


def _answers(asked: Any) -> dict[str, str]:
    """What has been answered, by the question."""
    return {name.removeprefix("svar-"): asked[name] for name in asked if name.startswith("svar-")}


@require_POST
def new_image(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    report = get_report(request.user, Right.EDIT_SHARED, district, pk)
    file, under = request.FILES.get("file"), uuid_of(request.POST.get("under"))
    home = DESK.home(report)
    if file is None or under is None:
        messages.error(request, "Välj en bild att skicka.")
        return redirect(home)
    try:
        changes, remark = add_image(
            actor=request.user,
            report=report,
            section=under,
            file=file,
            description=request.POST.get("description", ""),
        )
    except (NotAnImage, ValidationError, Gone) as fault:
        words = fault.messages if isinstance(fault, ValidationError) else [str(fault)]
        messages.error(request, " ".join(words))
        return redirect(f"{home}#rad-{under}")
    if remark:
        messages.info(request, remark)
    return redirect(f"{home}#rad-{changes[-1].row}")
