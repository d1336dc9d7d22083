"""A goal takes its baseline from the indicator that it is set by."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from plans.access import get_plan
from plans.editable import KINDS
from plans.models import Goal
from plans.views.writing import DESK
from samverkan.access.table import Right
from samverkan.collaboration.desk import seen_by
from samverkan.collaboration.editing import Gone, write
from samverkan.indicators.register import kept_among


@require_POST
def read_indicator(request: HttpRequest, district: str, pk: int, goal: UUID) -> HttpResponse:
    """Where it begins is where the indicator stands: its latest value, in its unit. What is to be
    reached is for a person to say."""
    plan = get_plan(request.user, Right.EDIT_SHARED, district, pk)
    found = Goal.objects.filter(action__area__plan=plan, uuid=goal).first()
    if found is None:
        raise Http404("Målet finns inte längre.")
    kept = kept_among(request.user, plan.district, {found.indicator}).get(found.indicator or goal)
    home = f"{DESK.home(plan)}#rad-{goal}"
    if kept is None or kept.latest is None:
        messages.error(request, "Målet har ingen indikator med värden att läsa ur.")
        return redirect(home)
    typed = {"baseline": f"{kept.latest.value:f}", "unit": kept.unit}
    try:
        written = write(
            actor=request.user,
            work=plan,
            kind=KINDS["goal"],
            row=goal,
            typed=typed,
            seen=seen_by(request),
        )
    except Gone:
        raise Http404("Målet finns inte längre.") from None
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(home)
    if written.conflicts:
        by = written.conflicts[0].by
        messages.error(request, f"{by} ändrade målet medan du tittade. Läs vad som står där nu.")
    else:
        messages.success(request, f"Utgångsläget är läst ur {kept.name}: {kept.newest}.")
    return redirect(home)
