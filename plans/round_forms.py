"""The forms by which a follow-up round is opened, changed and opened again."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Protocol

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.models import FollowUpRound, Understanding
from plans.services.rounds import Words
from plans.vocabulary import RoundKind, TimingKind
from plans.year import TIME_TO_ANSWER, State, Step, usual_day
from samverkan.forms import CleanCharField, CleanTextField, DateField, PageForm
from samverkan.organisation.models import Party

_TERTIALS = (RoundKind.T1, RoundKind.T2, RoundKind.VB)
_LONGEST = timedelta(366)  # from what the answers describe until the last of them


class Span(Protocol):
    start: date
    end: date


def usual(kind: RoundKind, day: date) -> dict[str, Any]:
    """What a round of the kind is called and when, where nobody says otherwise."""
    label = kind.label if kind in _TERTIALS else "Uppföljning"
    return {
        "kind": kind,
        "name": f"{label} {day.year}",
        "reporting_date": day,
        "due_date": max(day, timezone.localdate()) + TIME_TO_ANSWER,
    }


def next_round(
    periods: Collection[tuple[Span, Collection[tuple[str, int]]]],
    today: date,
    kind: RoundKind | None = None,
) -> tuple[RoundKind, date]:
    """The round that is nearest in time, and the day it describes: one on which there is a plan, and for
    which that plan has no round yet (each period with what it has, by kind and year). Of the kind that
    was chosen, where one was."""
    kinds = (kind,) if kind else _TERTIALS
    days = [
        (day, one, (one, day.year) in there)
        for period, there in periods
        for year in range(period.start.year, period.end.year + 1)
        for one in kinds
        if period.start <= (day := usual_day(one, year)) <= period.end
        and not _is_long_ago(day, today)
    ]
    left = [found for found in days if not found[2]]
    if left or (kind and days):
        day, one, _ = min(left or days, key=lambda found: abs(found[0] - today))
        return one, day
    ends = [period.end for period, _ in periods if not _is_long_ago(period.end, today)]
    if kind or not ends:
        one = kind or RoundKind.OWN
        return one, usual_day(one, today.year)
    return RoundKind.OWN, min(ends, key=lambda end: abs(end - today))


def _is_long_ago(day: date, today: date) -> bool:
    """So long that nobody has time to answer within what a round may take."""
    return today + TIME_TO_ANSWER - day > _LONGEST


class RoundForm(PageForm):
    kind = forms.ChoiceField(choices=RoundKind, widget=forms.HiddenInput)
    name = CleanCharField(
        label="Namn",
        max_length=100,
        error_messages={"required": "Ge uppföljningen ett namn, till exempel Tertial 1 2026."},
    )
    reporting_date = DateField(
        label="Avser läget den",
        error_messages={"required": "Välj vilken dag som svaren ska beskriva."},
    )
    due_date = DateField(
        label="Svar senast",
        help_text="Den dagen står i påminnelserna. Ett svar efter den är sent.",
        error_messages={"required": "Välj när svaren ska vara inne."},
    )
    is_new = True

    questions = CleanTextField(
        label="Frågor till parterna",
        required=False,
        max_length=4000,
        help_text="Står överst där parterna svarar. Kan lämnas tom.",
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        first, last = said.get("reporting_date"), said.get("due_date")
        if first and last and last - first > _LONGEST:
            raise ValidationError(
                {"due_date": "Svaren kan inte vänta mer än ett år på dagen som de beskriver."}
            )
        return said

    def clean_due_date(self) -> date:
        """Who is asked today cannot have answered yesterday."""
        last = self.cleaned_data["due_date"]
        if self.is_new and last < timezone.localdate():
            raise ValidationError("Den dagen har redan passerat. Välj i dag eller en senare dag.")
        return last

    @property
    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})


class PlanRoundForm(RoundForm):
    """In one plan: there one chooses who is to answer."""

    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label="Vilka svarar",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Utan val: alla parter som har ett åtagande i en åtgärd som ska följas upp.",
    )

    def __init__(self, data: Any, *, parties: Iterable[Party], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["parties"].queryset = Party.objects.filter(  # type: ignore[attr-defined]
            pk__in=[party.pk for party in parties]
        )


class OpenRoundForm(PlanRoundForm):
    action = "Öppna uppföljningen"


class ChangeRoundForm(PlanRoundForm):
    action = "Spara"
    is_new = False

    @staticmethod
    def of(round_: FollowUpRound) -> dict[str, Any]:
        return {name: getattr(round_, name) for name in Words.__dataclass_fields__} | {
            "parties": list(round_.parties.all())
        }


class CityRoundForm(RoundForm):
    """In which plans it opens stands over the button."""

    action = "Öppna i alla planer"

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout.insert(-1, HTML('{% include "plans/rounds/reach.html" %}'))
        return helper


class ReopenForm(PageForm):
    action = "Öppna igen"
    reason = CleanTextField(
        label="Varför öppnas den igen?",
        max_length=4000,
        error_messages={"required": "Skriv varför uppföljningen öppnas igen."},
    )


class MomentForm(PageForm):
    """Årshjulet: when one of its moments is to be done, or that it is."""

    day = DateField(
        label="Senast den",
        error_messages={"required": "Välj en dag."},
    )
    is_done = forms.BooleanField(label="Det är klart", required=False)

    def __init__(self, data: Any, *, step: Step, year: int):
        day = step.day or usual_day(step.moment or "", year)
        initial = {"day": day, "is_done": step.state == State.DONE}
        super().__init__(data, initial=initial)
        if not step.may_be_marked:
            del self.fields["is_done"]


class UnderstoodForm(PageForm):
    """How the time of an action is to be understood, where its words are understood otherwise."""

    timing_kind = forms.ChoiceField(
        label="Slags tid", choices=[("", "Som det är skrivet"), *TimingKind.choices], required=False
    )
    starts_on = DateField(label="Börjar", required=False)
    ends_on = DateField(label="Klart senast, eller slutar", required=False)
    meetings = CleanCharField(
        label="Möten",
        required=False,
        max_length=200,
        help_text="Till exempel ”2 gånger per termin” eller ”sista tisdagen i månaden utom juli”.",
    )
    rounds = forms.MultipleChoiceField(
        label="Vilka uppföljningar frågar",
        required=False,
        choices=[one for one in RoundKind.choices if one[0] != RoundKind.OWN],
        widget=forms.CheckboxSelectMultiple,
        help_text="En egen uppföljning frågar alltid om alla åtgärder.",
    )

    @staticmethod
    def of(put_right: Understanding | None, rounds: Iterable[str]) -> dict[str, Any]:
        names = ("timing_kind", "starts_on", "ends_on", "meetings")
        said = {name: getattr(put_right, name) for name in names} if put_right else {}
        return said | {"rounds": list(rounds)}


class MinutesForm(PageForm):
    """The protokoll of a meeting: where it is, or the file."""

    action = "Lägg till protokollet"

    held_on = DateField(
        label="Mötet hölls den", error_messages={"required": "Välj vilken dag mötet hölls."}
    )
    title = CleanCharField(label="Rubrik", required=False, max_length=200)
    url = CleanCharField(
        label="Länk till protokollet",
        required=False,
        max_length=500,
        help_text="Hela adressen, till exempel https://…",
    )
    file = forms.FileField(
        label="Eller en fil",
        required=False,
        allow_empty_file=True,  # whoever reads it says so, in one sentence
        help_text="PDF, Word (.docx) eller OpenDocument (.odt). Högst 10 MB.",
    )
