"""The forms of the plan wing."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from plans.filtering import Criteria
from plans.models import Agreement, Catalogue, Plan
from plans.presentation import PlanView
from plans.vocabulary import ActionState, Layout, TimingKind
from samverkan.forms import CleanCharField, DateField, PageForm
from samverkan.organisation.models import District


class FilterForm(forms.Form):
    """What to show of the plan. Comes in the address, so that a view can be shared."""

    part = forms.ChoiceField(label="Part", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alla"), *ActionState.choices]
    )
    tid = forms.ChoiceField(
        label="Tid", required=False, choices=[("", "Alla"), *TimingKind.choices]
    )
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


class NewPlanForm(PageForm):
    """Ny plan: the period and the city's form; what is usual is filled in already."""

    action = "Skapa planen"
    YEAR, DATES = "ar", "datum"

    period = forms.ChoiceField(
        label="Planen gäller",
        choices=[(YEAR, "ett kalenderår"), (DATES, "en annan period")],
        widget=forms.RadioSelect,
        initial=YEAR,
    )
    year = forms.IntegerField(label="År", required=False, min_value=2000, max_value=2100)
    start = DateField(label="Från och med", required=False)
    end = DateField(label="Till och med", required=False)
    layout = forms.ChoiceField(
        label="Form", choices=Layout, widget=forms.RadioSelect, initial=Layout.CAUSES
    )
    catalogue = forms.ModelChoiceField(
        label="Stadens områden",
        queryset=Catalogue.objects.none(),
        empty_label=None,
        help_text="Områdena i katalogen läggs in i planen, i stadens ordning.",
    )
    agreement = forms.ModelChoiceField(
        label="Samverkansöverenskommelse",
        queryset=Agreement.objects.none(),
        required=False,
        empty_label="Ingen överenskommelse",
        help_text="Dess parter blir planens huvudparter.",
    )
    annex_label = CleanCharField(
        label="Bilagebeteckning",
        required=False,
        max_length=Plan._meta.get_field("annex_label").max_length,
        help_text=Plan._meta.get_field("annex_label").help_text,
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = {
            "catalogue": Catalogue.objects.filter(municipality=district.municipality_id),
            "agreement": district.agreements.all(),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
            field.initial = queryset.first()
        self.fields["year"].initial = timezone.localdate().year

    def clean(self) -> dict[str, Any]:
        """The period as two dates, however it was said."""
        said = super().clean() or {}
        if said.get("period") == self.YEAR and "year" in said:
            if said["year"] is None:
                self.add_error("year", "Skriv vilket år planen gäller.")
            else:
                said["start"] = date(said["year"], 1, 1)
                said["end"] = date(said["year"], 12, 31)
        elif said.get("period") == self.DATES:
            for name in ("start", "end"):
                if name in said and said[name] is None:
                    self.add_error(name, "Skriv båda datumen.")
        return said

    @property
    def plan(self) -> dict[str, Any]:
        """What the service asks for."""
        asked = ("start", "end", "layout", "catalogue", "agreement", "annex_label")
        return {name: self.cleaned_data[name] for name in asked}
