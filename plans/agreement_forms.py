"""What is filled in about an agreement: itself, and the rows of its three lists, in one go."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.forms import BaseFormSet, formset_factory

from plans.agreement import AgreedDoc, AgreementDocument, GroupDoc
from plans.document import SignatoryDoc
from plans.models import Agreement, PriorityArea
from plans.services.agreements import Said
from plans.vocabulary import AgreementLevel, GroupKind
from samverkan.forms import CleanCharField, CleanTextField, DateField
from samverkan.organisation.models import District, Municipality, Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key

A_DATE = {"required": "Skriv ett datum.", "invalid": "Skriv ett datum, till exempel 2026-01-31."}
USUAL_SECTIONS = ("Syfte", "Hur vi samverkar och hur ofta vi möts")
USUAL_GROUPS = (GroupKind.STEERING, GroupKind.PREPARING)


class AgreementForm(forms.Form):
    title = CleanCharField(
        label="Rubrik", max_length=200, error_messages={"required": "Skriv en rubrik."}
    )
    above = forms.ModelChoiceField(
        label="Vilar på",
        queryset=Agreement.objects.none(),
        required=False,
        empty_label="Ingen annan överenskommelse",
        help_text="Överenskommelsen mellan staden och polisregionen, om det finns en.",
    )
    period_start = DateField(label="Gäller från och med", error_messages=A_DATE)
    period_end = DateField(
        label="Gäller till och med",
        required=False,
        error_messages=A_DATE,
        help_text="Lämna tomt om den gäller tills vidare.",
    )
    next_review = DateField(
        label="Nästa översyn",
        required=False,
        error_messages=A_DATE,
        help_text="Ni får en påminnelse en månad före, och när dagen har passerat.",
    )
    signed_on = DateField(label="Undertecknad den", required=False, error_messages=A_DATE)
    registry_number = CleanCharField(label="Diarienummer", required=False, max_length=60)
    areas = forms.ModelMultipleChoiceField(
        label="Prioriterade områden",
        queryset=PriorityArea.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, end = said.get("period_start"), said.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "Överenskommelsen kan inte sluta innan den börjar.")
        return said


class PartyRow(forms.Form):
    party = forms.ModelChoiceField(
        label="Part",
        queryset=Party.objects.none(),
        empty_label="Välj en part",
        error_messages={"required": "Välj en part, eller töm raden."},
    )
    signatory = CleanCharField(
        label="Undertecknas av",
        required=False,
        max_length=150,
        help_text="En roll, inte en person.",
    )
    registry_number = CleanCharField(label="Partens diarienummer", required=False, max_length=60)


class GroupRow(forms.Form):
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Slag", choices=GroupKind, initial=GroupKind.WORKING)
    name = CleanCharField(label="Namn", required=False, max_length=150)
    task = CleanTextField(label="Uppgift", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    members = CleanTextField(
        label="Ledamöter",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Roller, inte personer.",
    )
    meetings = CleanCharField(label="Möts", required=False, max_length=200)


class SectionRow(forms.Form):
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    heading = CleanCharField(
        label="Rubrik",
        max_length=200,
        error_messages={"required": "Skriv en rubrik till avsnittet."},
    )
    text = CleanTextField(label="Text", required=False, widget=forms.Textarea(attrs={"rows": 4}))


class AgreementForms:
    """The form of an agreement with its lists, as it stands and as it comes back."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        city: Municipality,
        districts: Sequence[District],
        agreement: Agreement | None = None,
        document: AgreementDocument | None = None,
        suggested: Iterable[int] = (),
    ) -> None:
        self.city, self.districts = city, districts
        self.agreement = agreement
        self._document = document
        self._suggested = list(suggested)
        self.main = AgreementForm(data, initial=_stands(agreement, self._suggested))
        areas: Any = self.main.fields["areas"]
        areas.queryset = self._areas
        areas.label_from_instance = _name_of
        above: Any = self.main.fields["above"]
        above.queryset = Agreement.objects.filter(municipality=city, level=AgreementLevel.CITY)
        if not districts or not above.queryset:
            del self.main.fields["above"]
        self.parties = self._set(PartyRow, data, "part", self._parties_as_they_stand)
        for row in self.parties:
            row.fields["party"].queryset = self.known
            row.fields["party"].disabled = self.parties_are_fixed
        self.groups = self._set(GroupRow, data, "grupp", _groups(document))
        self.sections = self._set(SectionRow, data, "avsnitt", _sections(document))

    @cached_property
    def parties_are_fixed(self) -> bool:
        return bool(self.agreement and self.agreement.parties_are_fixed)

    @cached_property
    def known(self) -> QuerySet[Party]:
        """Those who can agree: of its districts, and of the whole city."""
        here = Q(district__in=self.districts) | Q(district=None)
        return Party.objects.filter(here, municipality=self.city)

    @property
    def _areas(self) -> QuerySet[PriorityArea]:
        """The city's latest, the districts' own, and whichever have been chosen."""
        latest = self.city.catalogues.order_by("-year").first()
        offered = Q(catalogue=latest) if latest else Q(pk__in=[])
        offered |= Q(district__in=self.districts)
        offered |= Q(pk__in=self._suggested, catalogue__municipality=self.city)
        if self.agreement:
            offered |= Q(agreements=self.agreement)
        found = PriorityArea.objects.filter(offered).select_related("catalogue", "district")
        return found.distinct()

    @property
    def _parties_as_they_stand(self) -> list[dict[str, Any]]:
        if self.agreement:
            return [
                {
                    "party": entry.party,
                    "signatory": entry.signatory,
                    "registry_number": entry.registry_number,
                }
                for entry in self.agreement.parties.all()
            ]
        usual = [PartyKind.ADMINISTRATION, PartyKind.POLICE]
        found = [party for party in self.known if party.kind in usual]
        found = [party for party in found if party.district_id or not self.districts]
        found.sort(key=lambda party: (usual.index(PartyKind(party.kind)), sort_key(party.name)))
        return [{"party": party} for party in found]

    def _set(
        self, row: type[forms.Form], data: Any, prefix: str, initial: list[dict[str, Any]]
    ) -> BaseFormSet:
        is_fixed = row == PartyRow and self.parties_are_fixed
        made = formset_factory(row, extra=0 if is_fixed else 1, can_delete=not is_fixed)
        return made(data, prefix=prefix, initial=initial)

    @property
    def lists(self) -> list[BaseFormSet]:
        return [self.parties, self.groups, self.sections]

    def is_valid(self) -> bool:
        found = [self.main.is_valid(), *(one.is_valid() for one in self.lists)]
        if not all(found):
            return False
        named = [row["party"] for row in _kept(self.parties)]
        if len(named) < 2:
            self.main.add_error(None, "En överenskommelse har minst två parter.")
        if len(set(named)) < len(named):
            self.main.add_error(None, "Samma part står två gånger.")
        return not self.main.errors

    @property
    def faults(self) -> list[str]:
        """What is wrong, in sentences, wherever it stands."""
        forms_ = [self.main, *(row for one in self.lists for row in one.forms)]
        sets = [str(words) for one in self.lists for words in one.non_form_errors()]
        return sets + [
            str(words) for form in forms_ for found in form.errors.values() for words in found
        ]

    @property
    def said(self) -> Said:
        main = dict(self.main.cleaned_data)
        areas, above = main.pop("areas"), main.pop("above", None)
        there = self._document
        return Said(
            fields=main,
            signatories=[self._signatory(row) for row in _kept(self.parties)],
            above=above,
            areas=list(areas),
            groups=[
                GroupDoc(
                    _named(row["uuid"], there.groups if there else ()),
                    GroupKind(row["kind"]),
                    row["name"],
                    row["task"],
                    row["members"],
                    row["meetings"],
                )
                for row in _kept(self.groups)
                if any(row[name] for name in ("name", "task", "members", "meetings"))
            ],
            sections=[
                AgreedDoc(
                    _named(row["uuid"], there.sections if there else ()),
                    row["heading"],
                    row["text"],
                )
                for row in _kept(self.sections)
                if row["text"]
            ],
        )

    def _signatory(self, row: Mapping[str, Any]) -> tuple[Party, SignatoryDoc]:
        """A party is the same row on whichever line it is chosen: what hangs on it is its own."""
        party: Party = row["party"]
        entries = self.agreement.parties.all() if self.agreement else ()
        uuid = next((one.uuid for one in entries if one.party_id == party.pk), None) or uuid4()
        return party, SignatoryDoc(party.key, row["signatory"], row["registry_number"], uuid)


def _stands(agreement: Agreement | None, suggested: Iterable[int]) -> dict[str, Any]:
    if agreement is None:
        return {"areas": list(suggested)}
    names = [name for name in AgreementForm.base_fields if name != "areas"]
    chosen = {area.pk for area in agreement.areas.all()} | set(suggested)
    return {name: getattr(agreement, name) for name in names} | {"areas": list(chosen)}


def _groups(document: AgreementDocument | None) -> list[dict[str, Any]]:
    if document is None:
        return [{"kind": kind} for kind in USUAL_GROUPS]
    return [
        {name: getattr(group, name) for name in group.__struct_fields__}
        for group in document.groups
    ]


def _sections(document: AgreementDocument | None) -> list[dict[str, Any]]:
    if document is None:
        return [{"heading": heading} for heading in USUAL_SECTIONS]
    return [
        {name: getattr(section, name) for name in section.__struct_fields__}
        for section in document.sections
    ]


def _named(uuid: UUID | None, rows: Iterable[GroupDoc | AgreedDoc]) -> UUID:
    """A row that is there goes on; a new one is named here, and never as another is."""
    return uuid if uuid and any(row.uuid == uuid for row in rows) else uuid4()


def _kept(rows: BaseFormSet) -> list[dict[str, Any]]:
    """Those that say something, and are not to go."""
    return [
        row.cleaned_data
        for row in rows.forms
        if row.cleaned_data and not row.cleaned_data.get("DELETE")
        if row.has_changed() or row.initial
    ]


def _name_of(area: PriorityArea) -> str:
    return f"{area.name} (eget område i {area.district})" if area.district else area.name
