"""Approvals and the decision. What was approved and decided is never altered afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.plan import Plan
from samverkan.organisation.models import Party


class Approval(models.Model):
    """One party's yes to exactly this content, or its return of the plan with a reason."""

    class Answer(models.TextChoices):
        APPROVED = "godkand", "Godkänd"
        RETURNED = "ater", "Återsänd"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="approvals", verbose_name="part")
    answer = models.CharField("svar", max_length=10, choices=Answer)
    reason = models.TextField("skäl", blank=True)
    content_hash = models.CharField("innehållets kontrollsumma", max_length=64)
    # The plan's version when the answer was given: a later one voids it.
    plan_version = models.PositiveIntegerField("planens version", default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "godkännande"
        verbose_name_plural = "godkännanden"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="godkand") | ~Q(reason=""),
                name="approval_return_has_a_reason",
                violation_error_message="Skriv varför planen återsänds.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_answer_display()}"


class Decision(models.Model):
    """The registered decision with the frozen document: its JSON, its hash and its PDF."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="decision")
    body = models.CharField("beslutande organ", max_length=200)
    decided_on = models.DateField("beslutsdatum")
    paragraph = models.CharField("paragraf", max_length=60, blank=True)
    document = models.BinaryField("dokument (JSON)")
    sha256 = models.CharField("SHA-256", max_length=64)
    pdf = models.BinaryField("dokument (PDF)", null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    registered_at = models.DateTimeField("registrerat", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["-decided_on"]

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"


class RegistryNumber(models.Model):
    """The decision's diarienummer at one of the authorities."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="registry_numbers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="part")
    number = models.CharField("diarienummer", max_length=60)

    class Meta:
        verbose_name = "diarienummer"
        verbose_name_plural = "diarienummer"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "party"], name="registry_number_once")
        ]

    def __str__(self) -> str:
        return self.number
