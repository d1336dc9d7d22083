"""What has been changed in a plan, and who is in it now."""

from django.db import models

from plans.models.plan import Plan
from samverkan.collaboration import models as collaboration


class Change(collaboration.Change):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="changes")

    class Meta(collaboration.Change.Meta):
        verbose_name = "ändring"
        verbose_name_plural = "ändringar"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="change_number_once")
        ]
        indexes = [models.Index(fields=["plan", "row", "number"], name="change_of_row")]


class Presence(collaboration.Presence):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="presences")

    class Meta(collaboration.Presence.Meta):
        verbose_name = "närvaro"
        verbose_name_plural = "närvarande"
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="presence_once")]
