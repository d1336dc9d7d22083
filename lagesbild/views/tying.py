"""From a report to the plan and back: a priority is taken up, and results come out of the follow-ups."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from lagesbild.access import get_area_section, get_plan_after, get_priority, get_report
from lagesbild.addresses import address_of
from lagesbild.models import Priority, Section
from lagesbild.services.results import offered, take_results
from lagesbild.views.writing import DESK
from plans.access import DistrictPlans
from plans.addresses import address_of as address_of_plan
from plans.models import Plan
from plans.services.taking_up import TakenUp, Wanted
from plans.services.taking_up import take_up as take_up_in
from samverkan.access.table import Right
from samverkan.collaboration.desk import uuid_of

BECOMES = {"atgard": "action", "problem": "problem"}
NOW = {"action": "en åtgärd", "problem": "ett problem"}


@require_POST
def take_up(request: HttpRequest, district: str, pk: int, row: UUID, plan: int) -> HttpResponse:
    """A priority becomes a row of the plan that follows."""
    report = get_report(request.user, Right.READ, district, pk)
    priority = get_priority(report, row)
    target = get_plan_after(request.user, Right.EDIT_SHARED, report, plan)
    kind = BECOMES.get(request.POST.get("som", ""), "")
    home = f"{address_of_plan(target, [], 'plan-write', **_which(target))}#rad-"
    try:
        changes = take_up_in(
            actor=request.user,
            plan=target,
            kind=kind,
            wanted=_wanted(priority),
            row=uuid_of(request.POST.get("rad")) or uuid4(),
            once_more="igen" in request.POST,
        )
    except TakenUp as there:
        words = 'Prioriteringen finns redan i planen för {}: <a href="{}{}">{}</a>.'
        said = format_html(words, target.period, home, there.row.uuid, there.row)
        messages.warning(request, said)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if changes:
            words = (
                "Prioriteringen är nu {} i planen för {}. "
                '<a href="{}{}">Skriv vidare i planen</a>, eller ångra där.'
            )
            said = format_html(words, NOW[kind], target.period, home, changes[-1].row)
            messages.success(request, said)
    if request.POST.get("fran") == "skriv":
        return redirect(f"{DESK.home(report)}#rad-{row}")
    return redirect(f"{address_of(report, revision=str(report.revision))}#prioritering-{row}")


def _which(plan: Plan) -> dict[str, str]:
    return {"period": str(plan.period_id), "revision": str(plan.revision)}


def _wanted(priority: Priority) -> Wanted:
    """With what marks it, or what it stands in, as internal."""
    section = priority.section
    assert section.area is not None
    marked: Priority | Section | None = priority
    above: Section | None = section
    while marked and not marked.is_internal:
        marked, above = above, above.parent if above else None
    return Wanted(
        priority.uuid,
        priority.text,
        section.area,
        is_internal=marked is not None,
        internal_reason=marked.internal_reason if marked else "",
    )


def results(request: HttpRequest, district: str, pk: int, row: UUID) -> HttpResponse:
    """What the year's follow-ups say of an area, and which of it that becomes its results."""
    report = get_report(request.user, Right.EDIT_SHARED, district, pk)
    section = get_area_section(report, row)
    section.report = report
    plans = DistrictPlans(request.user, report.district, lightly=True).readable
    found = offered(request.user, section, plans)
    home = DESK.home(report)
    fault = ""
    if request.method == "POST":
        asked = set(request.POST.getlist("resultat"))
        chosen = [offer for of in found for offer in of.offers if offer.key in asked]
        if not chosen:
            fault = "Kryssa för det som ska bli resultat."
        else:
            try:
                changes = take_results(actor=request.user, section=section, offers=chosen)
            except ValidationError as refusal:
                fault = " ".join(refusal.messages)
            else:
                number = len(changes)
                messages.success(
                    request,
                    f"{number} resultat hämtade ur uppföljningen. Läs igenom dem."
                    if number
                    else "Resultaten fanns redan i lägesbilden.",
                )
                return redirect(f"{home}#rad-{changes[-1].row if changes else row}")
    context = {
        "frame": DESK.frame(request, report),
        "report": report,
        "section": section,
        "found": found,
        "fault": fault,
        "back": f"{home}#rad-{row}",
    }
    return render(request, "lagesbild/results.html", context, status=422 if fault else 200)
