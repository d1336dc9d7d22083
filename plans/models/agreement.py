"""The samverkansöverenskommelse that a plan rests on: its parties are the plan's main parties.

There are two levels: one between the city and the police region, and those under it, between a district
and its police. Only these have districts, and plans that rest on them.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plans.models.area import PriorityArea
from plans.vocabulary import AgreementLevel, GroupKind, PlanState, ReviewOccasion
from samverkan.collaboration.rows import Row, once
from samverkan.organisation.models import District, Municipality, Party


class Agreement(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="agreements", verbose_name="kommun"
    )
    districts = models.ManyToManyField(
        District, related_name="agreements", blank=True, verbose_name="stadsdelsområden"
    )
    level = models.CharField(
        "nivå", max_length=20, choices=AgreementLevel, default=AgreementLevel.LOCAL
    )
    above = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="below",
        null=True,
        blank=True,
        verbose_name="vilar på",
        help_text="Överenskommelsen mellan staden och polisregionen.",
    )
    areas = models.ManyToManyField(
        PriorityArea, related_name="agreements", blank=True, verbose_name="prioriterade områden"
    )
    title = models.CharField("rubrik", max_length=200)
    period_start = models.DateField("gäller från")
    period_end = models.DateField(
        "gäller till och med", null=True, blank=True, help_text="Tomt om den gäller tills vidare."
    )
    signed_on = models.DateField("undertecknad", null=True, blank=True)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)
    next_review = models.DateField("nästa översyn", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "samverkansöverenskommelse"
        verbose_name_plural = "samverkansöverenskommelser"
        ordering = ["-period_start", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__isnull=True) | Q(period_end__gte=F("period_start")),
                name="agreement_ends_after_it_begins",
                violation_error_message="Överenskommelsen kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=Q(level="lokal") | Q(above__isnull=True),
                name="agreement_of_the_city_rests_on_none",
                violation_error_message="Bara en lokal överenskommelse vilar på en annan.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    word_for_it = "Överenskommelsen"

    @property
    def is_local(self) -> bool:
        return self.level == AgreementLevel.LOCAL

    @property
    def parties_are_fixed(self) -> bool:
        """Those who have agreed on what is decided stay its main parties."""
        return self.plans.filter(state__in=[PlanState.DECIDED, PlanState.CLOSED]).exists()


class AgreementParty(Row):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="agreements", verbose_name="part")
    signatory = models.CharField(
        "undertecknas av", max_length=150, blank=True, help_text="En roll, inte en person."
    )
    registry_number = models.CharField("partens diarienummer", max_length=60, blank=True)

    class Meta(Row.Meta):
        verbose_name = "avtalspart"
        verbose_name_plural = "avtalsparter"
        constraints = [
            once("agreement", "agreementparty"),
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="agreement_party_once",
                violation_error_message="Parten finns redan i överenskommelsen.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class AgreementGroup(Row):
    """Who meets, about what: a styrgrupp, a beredningsgrupp, an arbetsgrupp. Its members are roles."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="groups")
    kind = models.CharField("slag", max_length=20, choices=GroupKind, default=GroupKind.WORKING)
    name = models.CharField("namn", max_length=150, blank=True)
    task = models.TextField("uppgift", blank=True)
    members = models.TextField("ledamöter", blank=True)
    meetings = models.CharField("möts", max_length=200, blank=True)

    class Meta(Row.Meta):
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        constraints = [once("agreement", "agreement_group")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class AgreementSection(Row):
    """What is agreed, in words: its purpose, how often one meets."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="sections")
    heading = models.CharField("rubrik", max_length=200)
    text = models.TextField("text", blank=True)

    class Meta(Row.Meta):
        verbose_name = "avsnitt i överenskommelsen"
        verbose_name_plural = "avsnitt i överenskommelsen"
        constraints = [once("agreement", "agreement_section")]

    def __str__(self) -> str:
        return self.heading


class ReviewReminder(models.Model):
    """That somebody has been told of a review: once, whoever runs the command. Another day, and it is
    another review."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="review_reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField("översynens dag")
    occasion = models.CharField("tillfälle", max_length=20, choices=ReviewOccasion)
    at = models.DateTimeField("när", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "påminnelse om översyn"
        verbose_name_plural = "påminnelser om översyn"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "user", "day", "occasion"], name="review_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.day}"
