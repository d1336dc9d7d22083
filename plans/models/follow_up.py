"""Uppföljning: rounds of a plan period, and what each party answers about each action.

Answers know their action by its UUID, which is the same in every revision: a revision in June
does not orphan what was written in April.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models.plan import Period
from plans.vocabulary import ActionState, Met, RoundKind
from samverkan.organisation.models import Party


class FollowUpRound(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    period = models.ForeignKey(Period, models.PROTECT, related_name="rounds")
    kind = models.CharField("slag", max_length=10, choices=RoundKind)
    name = models.CharField("namn", max_length=100)
    reporting_date = models.DateField("avser läget den")
    due_date = models.DateField("svar senast")
    questions = models.TextField("frågor", blank=True)
    opened_at = models.DateTimeField("öppnad", null=True, blank=True)
    closed_at = models.DateTimeField("stängd", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "uppföljningsomgång"
        verbose_name_plural = "uppföljningsomgångar"
        ordering = ["reporting_date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "name"], name="round_name_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="round_was_open_before_it_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class FollowUp(models.Model):
    """An answer in a round about an action: a party's own, or (no party) the common one."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="follow_ups")
    action = models.UUIDField("åtgärd", db_index=True)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        related_name="follow_ups",
        null=True,
        blank=True,
        verbose_name="part",
    )
    text = models.TextField("vad har gjorts", blank=True)
    state = models.CharField("status", max_length=20, choices=ActionState, blank=True)
    commitment_met = models.CharField("har åtagandet mötts", max_length=20, choices=Met, blank=True)
    continues_next_year = models.BooleanField("fortsätter nästa år", null=True, blank=True)
    meetings_planned = models.PositiveSmallIntegerField("planerade möten", null=True, blank=True)
    meetings_held = models.PositiveSmallIntegerField("hållna möten", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    written_at = models.DateTimeField("skriven", auto_now=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "action", "party"],
                condition=Q(party__isnull=False),
                name="follow_up_once_per_party",
            ),
            models.UniqueConstraint(
                fields=["round", "action"],
                condition=Q(party__isnull=True),
                name="follow_up_common_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Outcome(models.Model):
    """How far a goal had come at a round. No outcome is no figure, never a zero."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="outcomes")
    goal = models.UUIDField("mål", db_index=True)
    value = models.DecimalField("utfall", max_digits=14, decimal_places=4, null=True)
    text = models.TextField("utfall i ord", blank=True)

    class Meta:
        verbose_name = "utfall"
        verbose_name_plural = "utfall"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "goal"], name="outcome_once")]

    def __str__(self) -> str:
        return self.text or str(self.value)
