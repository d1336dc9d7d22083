"""Who: municipalities, districts and their police, parties, and who is a member where."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from samverkan.organisation.vocabulary import (
    CITY_ROLES,
    PARTY_ROLES,
    DistrictKind,
    PartyKind,
    Role,
    not_reserved,
)
from samverkan.swedish import in_order


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Without a password the person sets one through the link in the invitation."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who logs in, known by e-mail address. What she may do stands in her memberships."""

    name = models.CharField("namn", max_length=150)
    email = models.EmailField("e-postadress", unique=True)
    is_active = models.BooleanField("aktiv", default=True)
    # The first administrator of an installation, before there are any memberships.
    is_superuser = models.BooleanField("installatör", default=False)
    date_joined = models.DateTimeField("tillagd", default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = [in_order("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_whatever_case",
                violation_error_message="Adressen används redan.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def standing(self) -> list["Membership"]:
        """The memberships that count now, asked for once in a request."""
        places = self._now.select_related("municipality", "district__municipality", "party")
        return list(places.order_by("role"))

    def look_again(self) -> None:
        """What was asked for once may have changed since: then it is asked for anew."""
        counts = ("pk", "role", "municipality_id", "district_id", "party_id")
        known = {tuple(getattr(m, name) for name in counts) for m in self.standing}
        if known == set(self._now.order_by().values_list(*counts)):
            return  # as it nearly always is; this question is a light one
        for name in ("standing", "predecessors"):
            self.__dict__.pop(name, None)

    @property
    def _now(self) -> models.QuerySet["Membership"]:
        return self.memberships.filter(is_active=True, user__is_active=True)

    @cached_property
    def predecessors(self) -> set[int]:
        """The districts that have become those where the user is now; asked for once, like standing."""
        found: set[int] = set()
        after = {m.district_id for m in self.standing if m.district_id}
        while after:
            before = District.objects.filter(successors__in=after).values_list("pk", flat=True)
            after = set(before) - found
            found |= after
        return found


class Municipality(models.Model):
    """The city or kommun that an installation serves; it keeps the lists that its districts share."""

    name = models.CharField("namn", max_length=100)
    slug = models.SlugField("kortnamn i adressen", unique=True)

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = [in_order("name")]

    def __str__(self) -> str:
        return self.name


class PoliceArea(models.Model):
    """A lokalpolisområde. It may serve several districts, and a district may have two."""

    name = models.CharField("namn", max_length=100, unique=True)

    class Meta:
        verbose_name = "lokalpolisområde"
        verbose_name_plural = "lokalpolisområden"
        ordering = [in_order("name")]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A stadsdelsområde, or a kommun that is not divided, with the police that serve it."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="districts", verbose_name="kommun"
    )
    kind = models.CharField(
        "slag", max_length=20, choices=DistrictKind, default=DistrictKind.CITY_DISTRICT
    )
    name = models.CharField("namn", max_length=100)
    slug = models.SlugField("kortnamn i adressen", unique=True, validators=[not_reserved])
    police_areas = models.ManyToManyField(
        PoliceArea, related_name="districts", verbose_name="lokalpolisområden"
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="successors",
        blank=True,
        verbose_name="föregångare",
        help_text="De områden som gick upp i detta. Deras planer hittas härifrån.",
    )
    valid_from = models.DateField("gäller från", null=True, blank=True)
    valid_to = models.DateField("gäller till och med", null=True, blank=True)

    class Meta:
        verbose_name = "stadsdelsområde"
        verbose_name_plural = "stadsdelsområden"
        ordering = [in_order("name")]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="district_name_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="district_ends_after_it_begins",
                violation_error_message="Området kan inte upphöra innan det börjar gälla.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_main_party(self, party: "Party") -> bool:
        """Its administration and its police are; others where an agreement says so."""
        if party.district_id == self.pk and party.kind != PartyKind.PARTNER:
            return True
        return party.agreements.filter(agreement__districts=self.pk).exists()

    def has_ended(self, today: date) -> bool:
        return self.valid_to is not None and self.valid_to < today


class Party(models.Model):
    """An organisation that takes part: of one district, or (no district) of the whole city."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="parties", verbose_name="kommun"
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="parties",
        null=True,
        blank=True,
        verbose_name="stadsdelsområde",
        help_text="Tomt om parten finns för hela staden.",
    )
    kind = models.CharField("slag", max_length=30, choices=PartyKind)
    name = models.CharField("namn", max_length=150)
    short_name = models.CharField(
        "namn i planen", max_length=60, help_text="Så som parten skrivs i planen, t.ex. Polisen."
    )
    slug = models.SlugField("kortnamn", max_length=80)
    police_area = models.ForeignKey(
        PoliceArea,
        models.PROTECT,
        related_name="parties",
        null=True,
        blank=True,
        verbose_name="lokalpolisområde",
    )

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = [in_order("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "slug"],
                condition=Q(district__isnull=False),
                name="party_slug_once_in_district",
                violation_error_message="Området har redan en part med det kortnamnet.",
            ),
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                condition=Q(district__isnull=True),
                name="party_slug_once_in_city",
                violation_error_message="Staden har redan en part med det kortnamnet.",
            ),
            models.CheckConstraint(
                condition=Q(police_area__isnull=True) | Q(kind="polis"),
                name="party_police_area_is_for_police",
                violation_error_message="Bara polisen har ett lokalpolisområde.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What a plan document knows the party by; the city's own parties are marked as such."""
        return self.slug if self.district_id else f"stad/{self.slug}"


class Membership(models.Model):
    """That a person has a role: for a party in a district, or for the city. Never deleted; ended."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name="användare"
    )
    role = models.CharField("roll", max_length=20, choices=Role)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="memberships", verbose_name="kommun"
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name="stadsdelsområde",
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name="part",
    )
    is_active = models.BooleanField("aktiv", default=True)

    class Meta:
        verbose_name = "medlemskap"
        verbose_name_plural = "medlemskap"
        ordering = [in_order("user__name"), "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "district", "party", "role"],
                condition=Q(party__isnull=False),
                name="membership_once_for_party",
                violation_error_message="Personen har redan den rollen här.",
            ),
            models.UniqueConstraint(
                fields=["user", "district", "role"],
                condition=Q(party__isnull=True, district__isnull=False),
                name="membership_once_in_district",
                violation_error_message="Personen har redan den rollen här.",
            ),
            models.UniqueConstraint(
                fields=["user", "municipality", "role"],
                condition=Q(district__isnull=True),
                name="membership_once_in_city",
                violation_error_message="Personen har redan den rollen här.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(CITY_ROLES), district__isnull=True)
                | (~Q(role__in=sorted(CITY_ROLES)) & Q(district__isnull=False)),
                name="membership_city_roles_have_no_district",
                violation_error_message=(
                    "Stadsledning och systemförvaltare gäller hela staden; "
                    "övriga roller gäller ett stadsdelsområde."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(PARTY_ROLES), party__isnull=False)
                | (~Q(role__in=sorted(PARTY_ROLES)) & Q(party__isnull=True)),
                name="membership_party_where_the_role_acts_for_one",
                violation_error_message=(
                    "Samordnare, redaktör, bidragsgivare och chef företräder en part; "
                    "övriga roller gör det inte."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def clean(self) -> None:
        """What spans tables: the district is of the city, and the party of the district."""
        district, party = self.district, self.party
        if district and district.municipality_id != self.municipality_id:
            raise ValidationError({"district": f"{district} ligger inte i den kommunen."})
        if party and (
            party.municipality_id != self.municipality_id
            or party.district_id not in (None, self.district_id)
        ):
            raise ValidationError({"party": f"{party} är inte en part i {district}."})
