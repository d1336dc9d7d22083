"""En åtgärds tråd: the same action in one plan after the other."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plans.access import DistrictPlans, get_district
from plans.models import Action
from plans.origins import Origins
from plans.thread import developments, years
from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, action: UUID) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    here = DistrictPlans(request.user, place)
    readable = [*here.readable]
    for before in place.predecessors.select_related("municipality"):
        readable += DistrictPlans(request.user, before).readable
    worked_with = [plan for plan in readable if may(request.user, Right.READ_HISTORY, plan)]
    thread = years(action, readable, worked_with)
    if not thread:
        hidden = Action.objects.filter(area__plan__in=here.all, uuid=action).first()
        if hidden is None:
            raise Http404(f"Det finns ingen sådan åtgärd i {place}.")
        # It is her own district: she is told why.
        plan = next(plan for plan in here.all if plan.pk == hidden.area.plan_id)
        demand(request.user, Right.READ, plan)
    last = thread[-1]
    stages = [stage for year in thread for stage in year.stages]
    return render(
        request,
        "plans/thread.html",
        {
            "frame": Frame(request, place, last.plan.year, here.readable),
            "title": last.stages[0].action.title,
            "years": thread,
            "developments": developments(thread),
            "origins": Origins(
                request.user, place, [stage.action.doc.priority for stage in stages]
            ),
            "is_cut": any(stage.action.doc.predecessor for stage in thread[0].stages),
            "district": place,
        },
    )
