"""The samverkansöverenskommelse that a plan rests on: its parties are the plan's main parties."""

import uuid

from django.db import models
from django.db.models import F, Q

from plans.vocabulary import PlanState
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
            )
        ]

    def __str__(self) -> str:
        return self.title

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
