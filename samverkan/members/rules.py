"""Which roles a samordnare gives, and for which party each of them may act."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from samverkan.organisation.models import District, Membership, Party, User
from samverkan.organisation.vocabulary import CITY_ROLES, PARTY_ROLES, PartyKind, Role

# In the order in which they are offered. The roles of the whole city are the administrator's.
GIVEN_ROLES = [role for role in Role if role not in CITY_ROLES]

MAY = {
    Role.COORDINATOR: "sköter planen, medlemmarna och besluten",
    Role.EDITOR: "skriver analys, åtgärder och uppföljning för en huvudpart",
    Role.CONTRIBUTOR: "skriver sin egen parts åtaganden och uppföljning",
    Role.MANAGER: "läser, och godkänner planen för en huvudpart",
    Role.READER: "läser det som är beslutat",
}

_ACTING = {
    Role.COORDINATOR: "samordnaren",
    Role.EDITOR: "redaktören",
    Role.CONTRIBUTOR: "bidragsgivaren",
    Role.MANAGER: "chefen",
}


def parties_of(district: District) -> QuerySet[Party]:
    """The parties that somebody in the district may act for: its own, and those of the city."""
    return Party.objects.filter(
        Q(district=district) | Q(district=None, municipality=district.municipality_id)
    )


def main_parties_of(district: District) -> QuerySet[Party]:
    """Its administration and police, and whoever else has signed an agreement for the district."""
    signed = Q(agreements__agreement__districts=district)
    own = Q(district=district) & ~Q(kind=PartyKind.PARTNER)
    return parties_of(district).filter(own | signed).distinct()


def in_words(membership: Membership) -> str:
    """ "redaktör för Polisen", as it stands in a sentence."""
    role = membership.get_role_display().lower()
    return f"{role} för {membership.party.short_name}" if membership.party else role


def other_roles(district: District, given: dict[str, Any]) -> list[Membership]:
    """What else the person with the address is in the district; nothing, if she is just that already."""
    email = User.objects.normalize_email(given["email"])
    memberships = district.memberships.filter(is_active=True, user__email__iexact=email)
    there = list(memberships.select_related("user", "party"))
    same = [m for m in there if (m.role, m.party) == (given["role"], given["party"])]
    return [] if same else there


def check(role: str, party: Party | None, district: District) -> None:
    """Refuse, in a sentence, a role that is not the samordnare's to give or a party not fit for it."""
    if role not in GIVEN_ROLES:
        raise ValidationError({"role": "Den rollen ges av systemförvaltaren."})
    role = Role(role)
    if role not in PARTY_ROLES:
        if party is not None:
            raise ValidationError(
                {"party": "En läsare företräder ingen part. Välj ”Ingen part” i stället."}
            )
        return
    if party is None:
        raise ValidationError({"party": f"Välj vilken part {_ACTING[role]} företräder."})
    if not parties_of(district).filter(pk=party.pk).exists():
        raise ValidationError({"party": f"{party} är inte en part i {district}."})
    if role != Role.CONTRIBUTOR and not main_parties_of(district).filter(pk=party.pk).exists():
        raise ValidationError(
            {
                "party": f"{party} är inte huvudpart i {district}. "
                "Den som skriver för en partner är bidragsgivare."
            }
        )
