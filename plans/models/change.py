"""What has been changed in a plan, what is said about it, and who is in it now."""

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


class Comment(collaboration.Comment):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments")

    class Meta(collaboration.Comment.Meta):
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        indexes = [models.Index(fields=["plan", "row"], name="comment_of_row")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | models.Q(resolved_at__isnull=True),
                name="comment_whole_thread_is_resolved",
            )
        ]

    @property
    def work(self) -> Plan:
        return self.plan
