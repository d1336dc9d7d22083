"""The forms of the plan wing."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils import timezone

from plans.filtering import Criteria
from plans.models import Agreement, AreaAlias, Catalogue, Plan, PriorityArea
from plans.presentation import PlanView
from plans.table import Column
from plans.vocabulary import ActionState, Layout, Since, TimingKind
from samverkan.forms import CleanCharField, CleanTextField, DateField, PageForm
from samverkan.organisation.models import District


class FilterForm(forms.Form):
    """What to show of the plan. Comes in the address, so that a view can be shared."""

    part = forms.ChoiceField(label="Part", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    tid = forms.ChoiceField(label="Tid", required=False)
    andring = forms.ChoiceField(required=False)
    q = forms.CharField(
        label="Ord i planen",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    is_kept = (
        False  # what is chosen is remembered, and sent; otherwise it only comes in the address
    )

    def __init__(self, data, *, plan: PlanView, earlier: str = ""):
        """`earlier` is the period of the plan that this one can be held against."""
        super().__init__(data)
        actions = plan.actions
        parties = [(party.key, party.short_name) for party in plan.acting_parties]
        states = set().union(*(action.states for action in actions))
        kinds = {action.doc.timing_kind for action in actions}
        self._offer("part", "Alla parter", parties)
        self._offer("status", "Alla lägen", ActionState.choices, states)
        self._offer("tid", "Alla tider", TimingKind.choices, kinds)
        since = [(value, f"{_SEVERAL[value]} sedan {earlier}") for value in Since]
        self._offer("andring", "Nya och gamla", since if earlier else [])
        self.fields["andring"].label = f"Sedan {earlier}"

    def _offer(self, name: str, all_: str, choices: list, found: set | None = None) -> None:
        """What is found in the plan can be chosen; and what the address already asks for."""
        offered = [
            (value, label[:1].upper() + label[1:])
            for value, label in choices
            if found is None or value in found or value == self.data.get(name)
        ]
        field: Any = self.fields[name]
        field.choices = [("", all_), *offered]
        field.widget.attrs["class"] = "form-select"

    @property
    def selects(self) -> list[forms.BoundField]:
        """Those that leave something to choose."""
        fields = [self["part"], self["status"], self["tid"], self["andring"]]
        return [field for field in fields if len(field.field.choices) > 1]  # type: ignore[attr-defined]

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
            since=chosen.get("andring", ""),
        )


_SEVERAL = {Since.NEW: "Nya", Since.CHANGED: "Ändrade", Since.SAME: "Oförändrade"}


class ShownForm(FilterForm):
    """The filter, with what else is chosen on a page that remembers it: columns, and an order."""

    sortera = forms.CharField(required=False)
    kol = forms.CharField(required=False)

    is_kept = True

    def __init__(self, data: QueryDict, *, offered: Sequence[Column], is_sorted=False, **kwargs):
        super().__init__(data, **kwargs)
        self.offered = [column for column in offered if not column.is_always]
        self.is_sorted = is_sorted
        asked = data.getlist("kol")
        self.columns = [
            column
            for column in offered
            if column.is_always or (column.name in asked if asked else column.is_usual)
        ]
        by = data.get("sortera", "")
        known = {column.name for column in offered} if is_sorted else set()
        self.order = by if by.removeprefix("-") in known and by != "nr" else ""

    @property
    def shown(self) -> set[str]:
        return {column.name for column in self.columns}

    @property
    def not_shown(self) -> list[Column]:
        return [column for column in self.offered if column.name not in self.shown]

    @property
    def is_asked(self) -> bool:
        """Whether the address says anything at all of what is to be shown."""
        return any(name in self.data for name in self.fields)

    def address(self, *, with_words: bool = True) -> str:
        """All that is chosen, as far as it makes sense here, as it stands in an address."""
        chosen = self.criteria
        said = [
            ("part", chosen.party),
            ("status", chosen.state),
            ("tid", chosen.timing),
            ("andring", chosen.since),
            ("q", chosen.text if with_words else ""),
            ("sortera", self.order),
        ]
        if self.shown != {one.name for one in [*self.columns, *self.offered] if one.is_usual}:
            said += [("kol", column.name) for column in self.columns]
        return urlencode([pair for pair in said if pair[1]])

    @property
    def orders(self) -> list[tuple[str, str]]:
        """What to sort by, where there are no headings to press."""
        ways = [("", "Planens ordning")]
        ways += [(one.name, one.label) for one in self.columns if one.name != "nr"]
        if self.order not in dict(ways):
            name = self.order.removeprefix("-")
            label = next(one.label for one in [*self.columns, *self.offered] if one.name == name)
            ways.append((self.order, f"{label}, omvänt" if self.order != name else label))
        return ways

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Each column shown, which way it sorts now, and what its heading sorts by when pressed."""
        found = []
        for column in self.columns:
            up = "" if column.name == "nr" else column.name
            ways = {up: "ascending", f"-{column.name}": "descending"}
            way = ways.get(self.order, "")
            found.append((column, way, f"-{column.name}" if way == "ascending" else up))
        return found

    @property
    def other_way(self) -> str:
        return self.order.removeprefix("-") if self.order[:1] == "-" else f"-{self.order or 'nr'}"


class PeriodForm(PageForm):
    """For which time a plan is: a year, or from one day to another."""

    YEAR, DATES = "ar", "datum"

    period = forms.ChoiceField(
        label="Planen gäller",
        choices=[(YEAR, "ett kalenderår"), (DATES, "en annan period")],
        widget=forms.RadioSelect,
        initial=YEAR,
    )
    year = forms.IntegerField(
        label="År",
        required=False,
        min_value=2000,
        max_value=2100,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Skriv ett år mellan 2000 och 2100."
        ),
    )
    start = DateField(
        label="Från och med",
        required=False,
        help_text="Datumen fylls i när planen gäller en annan period än ett kalenderår.",
    )
    end = DateField(label="Till och med", required=False)

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
            self.errors.pop("year", None)  # what stands there does not matter
            for name in ("start", "end"):
                if name in said and said[name] is None:
                    self.add_error(name, "Skriv båda datumen.")
        return said


class UploadForm(PeriodForm):
    """Läs in en plan: a file, and for which time it is to be read."""

    action = "Läs filen"

    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,  # the reader says so, in its own words
        help_text="Excel (.xlsx, .xlsm) eller Word (.docx), eller en fil som Samverkan har gjort: Excel, "
        "Word, PDF eller JSON. Högst 25 MB.",
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil."},
    )
    field_order = ("file", "period", "year", "start", "end")

    def __init__(self, *args: Any, address: str, **kwargs: Any):
        """`address` is where it is sent: a file that could not be read asks for another."""
        super().__init__(*args, **kwargs)
        self._address = address
        self.fields["year"].initial = timezone.localdate().year
        self.fields[
            "start"
        ].help_text = "Datumen fylls i när planen gäller en annan period än ett kalenderår."


class ExchangeForm(PageForm):
    """Läs in en utbytesfil: the file that a party has filled in."""

    action = "Läs filen"

    file = forms.FileField(
        label="Ifylld utbytesfil",
        allow_empty_file=True,  # the reader says so, in its own words
        help_text="Excel (.xlsx), som parten har sparat den. Högst 25 MB.",
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil."},
    )


class NewPlanForm(PeriodForm):
    """Ny plan: the period and the city's form; what is usual is filled in already."""

    action = "Skapa planen"

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
            # One that has no areas yet is no form to begin from.
            "catalogue": Catalogue.objects.filter(
                municipality=district.municipality_id, areas__isnull=False
            ).distinct(),
            "agreement": district.agreements.all(),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
            field.initial = queryset.first()
        taken = {start.year for start in district.periods.values_list("start", flat=True)}
        year = timezone.localdate().year
        self.fields["year"].initial = next(y for y in count(year) if y not in taken)

    @property
    def has_catalogue(self) -> bool:
        return self.fields["catalogue"].initial is not None

    @property
    def plan(self) -> dict[str, Any]:
        """What the service asks for."""
        asked = ("start", "end", "layout", "catalogue", "agreement", "annex_label")
        return {name: self.cleaned_data[name] for name in asked}


class NewCatalogueForm(PageForm):
    action = "Lägg upp katalogen"

    year = forms.IntegerField(label="Gäller från år", min_value=2000, max_value=2100)
    name = CleanCharField(
        label="Namn",
        max_length=Catalogue._meta.get_field("name").max_length,
        help_text="Till exempel Stadsövergripande prioriterade områden 2028.",
    )


class CatalogueForm(PageForm):
    action = "Spara namnet"

    name = CleanCharField(label="Namn", max_length=Catalogue._meta.get_field("name").max_length)


class NewAreaForm(PageForm):
    action = "Lägg till området"

    name = CleanCharField(
        label="Områdets namn", max_length=PriorityArea._meta.get_field("name").max_length
    )


class _Areas(forms.ModelMultipleChoiceField):
    def label_from_instance(self, area: Any) -> str:
        return f"{area} ({area.catalogue.year})"


class AreaForm(PageForm):
    name = CleanCharField(label="Namn", max_length=PriorityArea._meta.get_field("name").max_length)
    description = CleanTextField(label="Beskrivning", required=False)
    aliases = CleanTextField(
        label="Andra namn",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Andra namn och stavningar som dokument använder, ett på varje rad.",
    )
    predecessors = _Areas(
        label="Kommer ur",
        queryset=PriorityArea.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De äldre områden som har gått upp i detta, ett eller flera.",
    )
    successors = _Areas(
        label="Motsvaras av",
        queryset=PriorityArea.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De nyare områden som detta har gått upp i, ett eller flera.",
    )

    def __init__(self, data: Any, *, area: PriorityArea):
        initial = {
            "name": area.name,
            "description": area.description,
            "aliases": "\n".join(alias.name for alias in area.aliases.all()),
            "predecessors": [before.pk for before in area.predecessors.all()],
            "successors": [successor.pk for successor in area.successors.all()],
        }
        super().__init__(data, initial=initial)
        assert area.catalogue is not None
        of_city = PriorityArea.objects.filter(
            catalogue__municipality=area.catalogue.municipality_id
        ).select_related("catalogue")
        year = area.catalogue.year
        for name, areas in (
            ("predecessors", of_city.filter(catalogue__year__lt=year)),
            ("successors", of_city.filter(catalogue__year__gt=year)),
        ):
            field: Any = self.fields[name]
            field.queryset = areas
            if not areas:
                del self.fields[name]

    def clean_aliases(self) -> list[str]:
        aliases = [line.strip() for line in self.cleaned_data["aliases"].splitlines()]
        longest = AreaAlias._meta.get_field("name").max_length
        assert longest is not None
        for alias in aliases:
            if len(alias) > longest:
                raise forms.ValidationError(
                    f"Ett namn är högst {longest} tecken. Det här är längre: {alias[:40]}…"
                )
        return [alias for alias in aliases if alias]

    @property
    def area(self) -> dict[str, Any]:
        """What the service asks for."""
        return {"successors": [], "predecessors": []} | self.cleaned_data


class RolloverForm(NewPlanForm):
    """Nästa plan: as a new plan, with what the one before it suggests. It stands in a larger form."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, district=plan.district, **kwargs)
        start, end = next_period(plan.period.start, plan.period.end)
        is_a_year = (start.month, start.day) == (1, 1) and end == date(start.year, 12, 31)
        self.initial.update(
            {
                "period": self.YEAR if is_a_year else self.DATES,
                "year": start.year,
                "start": start,
                "end": end,
                "layout": plan.layout,
                "agreement": plan.agreement_id,
                "annex_label": plan.annex_label,
            }
        )
        field = self.fields["catalogue"]
        assert isinstance(field, forms.ModelChoiceField)
        assert field.queryset is not None
        field.queryset = field.queryset.filter(year__gte=plan.catalogue.year)
        newest = field.queryset.filter(year__lte=start.year).first()
        self.initial["catalogue"] = newest.pk if newest else plan.catalogue_id
        field.help_text = (
            "Områdena läggs in i den ordning som katalogen har. Egna områden kommer sist."
        )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True  # the larger form has it
        return helper


def next_period(start: date, end: date) -> tuple[date, date]:
    """As long a time, from the day after: in months where it is whole months, or else in days."""
    begins = end + timedelta(days=1)
    if start.day != 1 or begins.day != 1:
        return begins, begins + (end - start)
    months = (begins.year - start.year) * 12 + begins.month - start.month
    place = begins.year * 12 + begins.month - 1 + months
    return begins, date(place // 12, place % 12 + 1, 1) - timedelta(days=1)


class AddAreaForm(PageForm):
    """Lägg till ett område: one of the city's or the district's, or a new one of its own."""

    action = "Lägg till området"
    NEW = "nytt"

    area = forms.ChoiceField(label="Område", widget=forms.RadioSelect)
    name = CleanCharField(
        label="Det nya områdets namn",
        required=False,
        max_length=PriorityArea._meta.get_field("name").max_length,
        help_text="Fylls i när området är nytt. Det läggs till bland stadsdelsområdets egna områden.",
    )

    def __init__(self, *args: Any, city: Sequence[PriorityArea], own: Sequence[PriorityArea]):
        super().__init__(*args)
        field: Any = self.fields["area"]
        field.choices = [
            *((str(area.pk), area.name) for area in city),
            *((str(area.pk), f"{area.name} (eget område)") for area in own),
            (self.NEW, "Ett nytt eget område"),
        ]
        field.error_messages["required"] = "Välj ett område."
        if not city and not own:  # nothing to choose
            field.initial, field.widget = self.NEW, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("area") == self.NEW and "name" in said and not said["name"]:
            self.add_error("name", "Skriv vad området heter.")
        return said
