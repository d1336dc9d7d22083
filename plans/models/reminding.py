"""Who wants to be reminded of what, and what has been sent; and each person's calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.follow_up import AnswerLink, FollowUpRound
from plans.vocabulary import Occasion


class ReminderChoice(models.Model):
    """Who has chosen nothing is reminded of everything."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_choice"
    )
    occasions = models.JSONField("påminnelser", default=list)

    class Meta:
        verbose_name = "val av påminnelser"
        verbose_name_plural = "val av påminnelser"

    def __str__(self) -> str:
        return str(self.user)


class Reminder(models.Model):
    """That somebody has been told of a round on an occasion: once, whoever runs the command."""

    round = models.ForeignKey(FollowUpRound, models.CASCADE, related_name="reminders")
    occasion = models.CharField("tillfälle", max_length=20, choices=Occasion)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name="till"
    )
    link = models.ForeignKey(AnswerLink, models.CASCADE, null=True, related_name="reminders")
    at = models.DateTimeField("när", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "occasion", "user"],
                condition=Q(user__isnull=False),
                name="reminder_once_per_user",
            ),
            models.UniqueConstraint(
                fields=["occasion", "link"],
                condition=Q(link__isnull=False),
                name="reminder_once_per_link",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, link__isnull=True)
                | Q(user__isnull=True, link__isnull=False),
                name="reminder_is_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.get_occasion_display()}"


class CalendarAddress(models.Model):
    """That a user has a calendar to subscribe to. Its address is signed, like that of a link."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_addresses"
    )
    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_address_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
