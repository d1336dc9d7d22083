"""The forms of the register."""

from typing import Any

from django import forms

from samverkan.documents.charts.moments import moment_of
from samverkan.forms import CleanCharField, CleanTextField, NumberField, PageForm
from samverkan.indicators.models import DECIMALS, MOST_DIGITS, Indicator
from samverkan.indicators.series import LONGEST_LABEL, Measured
from samverkan.numbers import plain


def _room(name: str) -> int:
    field: Any = Indicator._meta.get_field(name)
    return field.max_length


class IndicatorForm(PageForm):
    """What an indicator is called, and what is said about it."""

    name = CleanCharField(
        label="Namn",
        max_length=_room("name"),
        help_text="Så som den kallas i staden och år från år, till exempel ”Trygga sena kvällar”.",
        error_messages={"required": "Ge indikatorn ett namn."},
    )
    unit = CleanCharField(
        label="Enhet",
        required=False,
        max_length=_room("unit"),
        help_text="procent, anmälda brott …",
    )
    source = CleanCharField(label="Källa", required=False, max_length=_room("source"))
    description = CleanTextField(
        label="Vad den mäter",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vilka som frågas, vilken plats det gäller, vad som räknas.",
    )
    is_internal = forms.BooleanField(
        label="Internt: visas bara för dem som arbetar i stadsdelsområdet", required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewIndicatorForm(IndicatorForm):
    action = "Lägg upp indikatorn"


class ValueForm(PageForm):
    """One value, put in or put right by hand."""

    label = CleanCharField(
        label="Tid",
        max_length=LONGEST_LABEL,
        help_text="Ett år eller en del av ett: 2024, VT 2024, T1 2024, Kv 2 2024, mars 2024.",
        error_messages={"required": "Skriv vilken tid värdet gäller."},
    )
    value = NumberField(
        label="Värde",
        required=False,
        max_digits=MOST_DIGITS,
        decimal_places=DECIMALS,
        help_text="Lämnas det tomt står det att uppgift saknas.",
    )

    def clean_label(self) -> str:
        label = self.cleaned_data["label"]
        if moment_of(label) is None:
            raise forms.ValidationError(
                f"”{label}” är ingen tid som kan jämföras. Skriv till exempel 2024 eller Kv 2 2024."
            )
        return label

    @property
    def measured(self) -> Measured:
        moment = moment_of(self.cleaned_data["label"])
        assert moment is not None
        return Measured(self.cleaned_data["label"], moment, plain(self.cleaned_data["value"]))
