"""The forms by which a samordnare says who is a member, and as what."""

from typing import Any

from django import forms

from samverkan.forms import CleanCharField, CleanEmailField, PageForm
from samverkan.members.rules import (
    GIVEN_ROLES,
    MAY,
    in_words,
    main_parties_of,
    other_roles,
    parties_of,
)
from samverkan.organisation.models import District, Membership, Party, User
from samverkan.text import list_of


class PartyField(forms.ModelChoiceField):
    """The parties of a district, with a word at those that may have a redaktör and a chef."""

    main: frozenset[int] = frozenset()

    def label_from_instance(self, party: Any) -> str:
        return f"{party} (huvudpart)" if party.pk in self.main else str(party)


class MemberForm(PageForm):
    action = "Spara ändringarna"

    name = CleanCharField(label="Namn", max_length=User._meta.get_field("name").max_length)
    role = forms.ChoiceField(
        label="Roll",
        choices=[(role.value, f"{role.label}: {MAY[role]}") for role in GIVEN_ROLES],
        widget=forms.RadioSelect,
    )
    party = PartyField(
        label="Part",
        queryset=Party.objects.none(),
        required=False,
        empty_label="Ingen part (läsare)",
        help_text="Den som personen skriver eller godkänner för.",
    )

    def __init__(self, *args: Any, district: District, name_is_locked: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        party = self.fields["party"]
        assert isinstance(party, PartyField)
        party.main = frozenset(main_parties_of(district).values_list("pk", flat=True))
        party.queryset = parties_of(district)
        if name_is_locked:
            self.fields["name"].disabled = True
            self.fields[
                "name"
            ].help_text = "Personen är med även på andra håll. Namnet ändras av systemförvaltaren."


class InvitationForm(MemberForm):
    action = "Bjud in"
    field_order = ["email", "name", "role", "party"]

    email = CleanEmailField(
        label="E-postadress",
        max_length=254,
        help_text="Adressen i tjänsten. Dit skickas inbjudan, och med den loggar personen in.",
    )
    # Which other roles the samordnare has been told of, and wants to add to.
    knows_of = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, district: District, **kwargs: Any):
        super().__init__(*args, district=district, **kwargs)
        self.district = district

    def clean(self) -> dict[str, Any]:
        """Ask once more before somebody gets a second role: often she was to change the first."""
        said = super().clean() or {}
        knows_of = said.pop("knows_of", "")
        if not self.errors:
            others = other_roles(self.district, said)
            known = ",".join(str(membership.pk) for membership in others)
            if others and knows_of != known:
                self._ask(others, known)
        return said

    def _ask(self, others: list[Membership], known: str) -> None:
        person = others[0].user
        self.fault = "Personen har redan en roll här"
        self.action = "Ge även den här rollen"
        self.data = {**self.data.dict(), "knows_of": known}  # type: ignore[attr-defined]
        self.add_error(
            None,
            f"{person} är redan {list_of(in_words(m) for m in others)} i {self.district}. "
            f"Välj ”{self.action}” om personen ska ha båda. "
            "Ska den nya rollen gälla i stället för den gamla, gå till medlemmarna och välj Ändra.",
        )
