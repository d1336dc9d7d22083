"""To whom a link to answer by is sent, and until when it is good."""

from collections.abc import Iterable
from typing import Any

from django import forms

from plans.services.links import LONGEST
from samverkan.forms import CleanEmailField, DateField, PageForm
from samverkan.organisation.models import Party


class LinkForm(PageForm):
    action = "Skicka länken"

    party = forms.ModelChoiceField(
        Party.objects.none(),
        label="Part",
        empty_label=None,
        error_messages={"required": "Välj vilken part som ska svara."},
    )
    email = CleanEmailField(
        label="E-postadress",
        max_length=254,
        help_text="Till en person. Den som har länken kan svara åt parten i den här uppföljningen.",
        error_messages={
            "required": "Skriv adressen som länken ska till.",
            "invalid": "Skriv en hel e-postadress, till exempel namn@polisen.se.",
        },
    )
    last_day = DateField(
        label="Gäller till och med",
        help_text=f"Högst {LONGEST.days} dagar.",
        error_messages={"required": "Välj när länken ska sluta gälla."},
    )

    def __init__(self, data: Any, *, parties: Iterable[Party], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["party"].queryset = Party.objects.filter(  # type: ignore[attr-defined]
            pk__in=[party.pk for party in parties]
        )
