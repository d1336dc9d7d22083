"""What has been changed in a report, what is said about it, and who is in it now."""

from django.db import models

from lagesbild.models.report import Report
from samverkan.collaboration import models as collaboration


class Change(collaboration.Change):
    report = models.ForeignKey(Report, models.PROTECT, related_name="changes")

    class Meta(collaboration.Change.Meta):
        verbose_name = "ändring"
        verbose_name_plural = "ändringar"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_change_number_once")
        ]
        indexes = [models.Index(fields=["report", "row", "number"], name="report_change_of_row")]


class Presence(collaboration.Presence):
    report = models.ForeignKey(Report, models.CASCADE, related_name="presences")

    class Meta(collaboration.Presence.Meta):
        verbose_name = "närvaro"
        verbose_name_plural = "närvarande"
        constraints = [
            models.UniqueConstraint(fields=["report", "user"], name="report_presence_once")
        ]
