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


class Comment(collaboration.Comment):
    report = models.ForeignKey(Report, models.PROTECT, related_name="comments")

    class Meta(collaboration.Comment.Meta):
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        indexes = [models.Index(fields=["report", "row"], name="report_comment_of_row")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | models.Q(resolved_at__isnull=True),
                name="report_comment_whole_thread_is_resolved",
            )
        ]

    @property
    def work(self) -> Report:
        return self.report
