"""How the time of an action was understood: shown, put right, and given back to the words."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plans.access import DistrictPlans, get_plan
from plans.addresses import address_of
from plans.models import Understanding
from plans.round_forms import UnderstoodForm
from plans.rounds.asking import named_for
from plans.rounds.times import time_of
from plans.services import understanding as services
from plans.services.understanding import PutRight
from plans.timing.saying import rounds_said
from samverkan.access.table import Right
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, pk: int, action: UUID) -> HttpResponse:
    plan = get_plan(request.user, Right.OPEN_ROUNDS, district, pk)
    row = services.action_of(plan, action)
    put_right = Understanding.objects.filter(period=plan.period, action=action).first()
    if request.method == "POST" and "ta-bort" in request.POST:
        services.take_back(actor=request.user, plan=plan, action=action)
        messages.success(request, "Rättelsen är borttagen. Tiden förstås som den är skriven.")
        return redirect(request.path)
    rounds = named_for(row.follow_up_plan, put_right.rounds if put_right else None)
    form = UnderstoodForm(request.POST or None, initial=UnderstoodForm.of(put_right, rounds))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.pop("rounds")
        said = PutRight(**form.cleaned_data, rounds=services.otherwise_than_said(row, chosen))
        try:
            understood = services.put_right(actor=request.user, plan=plan, action=action, said=said)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            words = understood.words or "Ingen tid är angiven"
            messages.success(request, f"Sparat. Tiden förstås så här: {words}.")
            return redirect(request.path)
    readable = DistrictPlans(request.user, plan.district).readable
    return render(
        request,
        "plans/understood.html",
        {
            "frame": Frame(request, plan.district, plan.year, readable),
            "plan": plan,
            "plan_url": address_of(plan, readable),
            "action": row,
            "put_right": put_right,
            "as_written": time_of(row, plan.period).words,
            "now": time_of(row, plan.period, put_right).words,
            "rounds": rounds_said(rounds),
            "form": form,
        },
    )
