"""Påminnelser: what one wants to be reminded of; and the samordnare's own reminding."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from plans.access import get_round
from plans.services.reminding import choose, chosen_by, remind_now
from plans.vocabulary import Occasion
from samverkan.access.table import Right
from samverkan.forms import PageForm


class RemindersForm(PageForm):
    action = "Spara valet"

    occasions = forms.MultipleChoiceField(
        label="Skicka mejl till mig",
        choices=Occasion,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Utan något val skickas inga påminnelser. Det som väntar står ändå på startsidan.",
    )


def page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = RemindersForm(
        request.POST if request.method == "POST" else None,
        initial={"occasions": chosen_by(user)},
    )
    if form.is_valid():
        choose(user, form.cleaned_data["occasions"])
        messages.success(request, "Valet är sparat.")
        return redirect("reminders")
    return render(request, "plans/reminders.html", {"form": form})


@require_POST
def now(request: HttpRequest, district: str, pk: int, round_: int) -> HttpResponse:
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    try:
        asked = remind_now(actor=request.user, plan=plan, round_=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if asked:
            whom = "1 person" if asked == 1 else f"{asked} personer"
            messages.success(request, f"En påminnelse är på väg till {whom}.")
        else:
            messages.info(
                request, "Det finns ingen att påminna: bjud in parterna, eller skicka länkar."
            )
    return redirect("round", district, plan.pk, found.pk)
