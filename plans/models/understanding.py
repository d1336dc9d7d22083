"""What the words of a plan mean, where somebody has put right how they were understood.

A decided plan's words stand as they were decided. That they were misread is no reason for a new
revision, so what is put right stands beside them, and is no part of the document.
"""

from django.conf import settings
from django.db import models

from plans.models.plan import Period
from plans.vocabulary import TimingKind


class Understanding(models.Model):
    period = models.ForeignKey(Period, models.CASCADE, related_name="understandings")
    action = models.UUIDField("åtgärd")
    timing_kind = models.CharField("slags tid", max_length=20, choices=TimingKind, blank=True)
    starts_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("klart senast", null=True, blank=True)
    # In words that are understood: "sista tisdagen i månaden utom juli".
    meetings = models.CharField("möten", max_length=200, blank=True)
    # The kinds of round that ask for the action. None: as its plan for follow-up says.
    rounds = models.JSONField("följs upp i", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", auto_now=True)

    class Meta:
        verbose_name = "rättad tolkning"
        verbose_name_plural = "rättade tolkningar"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "action"], name="understanding_once")
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.action}"
