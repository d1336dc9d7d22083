"""Kinds and roles: the words that the organisation may use where it has a choice."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices


class DistrictKind(TextChoices):
    CITY_DISTRICT = "stadsdelsomrade", "stadsdelsområde"
    MUNICIPALITY = "kommun", "kommun"


class PartyKind(TextChoices):
    ADMINISTRATION = "stadsdelsforvaltning", "stadsdelsförvaltning eller kommun"
    POLICE = "polis", "polis"
    PARTNER = "partner", "partner"


class Role(TextChoices):
    COORDINATOR = "samordnare", "Samordnare"
    EDITOR = "redaktor", "Redaktör"
    CONTRIBUTOR = "bidragsgivare", "Bidragsgivare"
    MANAGER = "chef", "Chef"
    READER = "lasare", "Läsare"
    CITY = "stadsledning", "Stadsledning"
    ADMINISTRATOR = "systemforvaltare", "Systemförvaltare"


# A city role reaches every district of its municipality; the others stand in one district.
CITY_ROLES = {Role.CITY, Role.ADMINISTRATOR}
# These act for a party: its fields, its follow-up, its approval.
PARTY_ROLES = {Role.COORDINATOR, Role.EDITOR, Role.CONTRIBUTOR, Role.MANAGER}

# What the first part of an address means already; a district cannot be called so in its address.
RESERVED = {
    *("admin", "halsa", "kalender", "konto", "mina-ataganden", "overenskommelse", "paminnelser"),
    *("stad", "static", "svara", "tillganglighet", "utseende"),
}


def not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(
            f"Adressen /{slug}/ används redan till annat. Välj ett annat kortnamn."
        )
