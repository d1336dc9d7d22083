"""Where a plan came from: the one before it, and what became of each of its actions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.plan import Plan
from plans.vocabulary import Carry


class Rollover(models.Model):
    # A plan is only removed while nothing is in it: then there is nothing to remember either.
    before = models.ForeignKey(Plan, models.CASCADE, related_name="rollovers")
    after = models.OneToOneField(Plan, models.CASCADE, related_name="rollover")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    # Rows of the new plan that somebody should look at: [{"kind", "row", "sentence"}].
    to_review = models.JSONField("att se över", default=list)

    class Meta:
        verbose_name = "fortsättning"
        verbose_name_plural = "fortsättningar"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Carried(models.Model):
    """What became of one action of the plan before, and why."""

    rollover = models.ForeignKey(Rollover, models.CASCADE, related_name="carried")
    action = models.UUIDField("åtgärd", db_index=True)
    carry = models.CharField("vad som hände", max_length=10, choices=Carry)
    reason = models.TextField("skäl", blank=True)

    class Meta:
        verbose_name = "åtgärdens fortsättning"
        verbose_name_plural = "åtgärdernas fortsättning"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["rollover", "action"], name="carried_once"),
            models.CheckConstraint(
                condition=~Q(carry="avsluta") | ~Q(reason=""),
                name="carried_closed_with_a_reason",
                violation_error_message="Skriv varför åtgärden avslutas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_carry_display()}"
