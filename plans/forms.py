"""The forms of the plan wing."""

from typing import Any

from django import forms

from plans.filtering import Criteria
from plans.presentation import PlanView
from plans.vocabulary import ActionState, TimingKind


class FilterForm(forms.Form):
    """What to show of the plan. Comes in the address, so that a view can be shared."""

    part = forms.ChoiceField(label="Part", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    tid = forms.ChoiceField(label="Tid", required=False)
    q = forms.CharField(
        label="Ord i planen",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, data, *, plan: PlanView):
        super().__init__(data)
        parties = [(party.key, party.short_name) for party in plan.acting_parties]
        part: Any = self.fields["part"]
        part.choices = [("", "Alla"), *parties]

    @property
    def criteria(self) -> Criteria:
        """What the address asks for. What makes no sense in it is passed over."""
        self.is_valid()
        chosen = self.cleaned_data
        return Criteria(
            party=chosen.get("part", ""),
            state=chosen.get("status", ""),
            timing=chosen.get("tid", ""),
            text=chosen.get("q", ""),
        )
