"""Uppföljning: rounds of a plan period, and what each party answers about each action.

Answers know their action by its UUID, which is the same in every revision: a revision in June
does not orphan what was written in April.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.plan import Period, Plan
from plans.vocabulary import ActionState, Met, RoundKind
from samverkan.collaboration import models as collaboration
from samverkan.organisation.models import Municipality, Party


class Asked(models.Model):
    """What a round is about, and when it is to be answered."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField("slag", max_length=10, choices=RoundKind)
    name = models.CharField("namn", max_length=100)
    reporting_date = models.DateField("avser läget den")
    due_date = models.DateField("svar senast")
    questions = models.TextField("frågor", blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class CityRound(Asked):
    """A round that the city opened, at once in each of its plans."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="rounds", verbose_name="stad"
    )
    opened_at = models.DateTimeField("öppnad", default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="öppnad av"
    )

    class Meta:
        verbose_name = "stadens uppföljningsomgång"
        verbose_name_plural = "stadens uppföljningsomgångar"
        ordering = ["-reporting_date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="city_round_name_once",
                violation_error_message="Staden har redan en uppföljning som heter så.",
            )
        ]


class FollowUpRound(Asked):
    period = models.ForeignKey(Period, models.PROTECT, related_name="rounds")
    city_round = models.ForeignKey(
        CityRound, models.PROTECT, related_name="rounds", null=True, blank=True
    )
    # Those that are to answer; none named: every party that has a commitment.
    parties = models.ManyToManyField(Party, related_name="+", blank=True, verbose_name="parter")
    opened_at = models.DateTimeField("öppnad", null=True, blank=True)
    closed_at = models.DateTimeField("stängd", null=True, blank=True)
    reopened_because = models.TextField("öppnad igen för att", blank=True)
    reopened_at = models.DateTimeField("öppnad igen", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="öppnad igen av",
    )
    # Counts what is written in it: the number of the last change, as of a plan.
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "uppföljningsomgång"
        verbose_name_plural = "uppföljningsomgångar"
        ordering = ["reporting_date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "name"],
                name="round_name_once",
                violation_error_message="Planen har redan en uppföljning som heter så.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="round_was_open_before_it_closed",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class AnswerLink(models.Model):
    """A way in to one round for one party, for somebody who does not log in.

    The address is signed with this row's number and the installation's key: whoever has read the
    database has no addresses.
    """

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="links")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="part")
    email = models.EmailField("e-postadress")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("gäller till och med")
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)
    used_at = models.DateTimeField("senast använd", null=True, blank=True)

    class Meta:
        verbose_name = "svarslänk"
        verbose_name_plural = "svarslänkar"
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.party}: {self.email}"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and timezone.now() <= self.expires_at


class FollowUp(models.Model):
    """An answer in a round about an action: a party's own, or (no party) the common one."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
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
    # Written by the samordnare for the party, which has not said yet that it is so.
    is_draft = models.BooleanField("utkast", default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    written_through = models.ForeignKey(
        AnswerLink, models.PROTECT, related_name="+", null=True, blank=True
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
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(party__isnull=False),
                name="follow_up_draft_is_for_a_party",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Outcome(models.Model):
    """How far a goal had come at a round. No outcome is no figure, never a zero."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="outcomes")
    goal = models.UUIDField("mål", db_index=True)
    value = models.DecimalField("utfall", max_digits=14, decimal_places=4, null=True)
    text = models.TextField("utfall i ord", blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "utfall"
        verbose_name_plural = "utfall"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "goal"], name="outcome_once")]

    def __str__(self) -> str:
        return self.text or str(self.value)


class AnswerChange(collaboration.Change):
    """What has been written in a round, by whom: conflicts are found by it, and nothing is lost."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="changes")
    through = models.ForeignKey(AnswerLink, models.PROTECT, related_name="+", null=True)

    class Meta(collaboration.Change.Meta):
        verbose_name = "ändring i uppföljningen"
        verbose_name_plural = "ändringar i uppföljningen"
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="answer_change_number_once")
        ]
        indexes = [models.Index(fields=["round", "row", "number"], name="answer_change_of_row")]

    @property
    def who(self) -> str:
        return f"{self.through.party.short_name}, genom länk" if self.through else super().who


class LateAnswer(models.Model):
    """What somebody had written when the round closed. The samordnare lets it in, or does not."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="late_answers")
    action = models.UUIDField("åtgärd")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True)
    typed = models.JSONField("det som skrevs")  # by field, as it was typed
    seen = models.PositiveIntegerField("såg version", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    through = models.ForeignKey(AnswerLink, models.PROTECT, related_name="+", null=True)
    # In a file that the party had filled in, which somebody read in for it.
    on_file = models.BooleanField("i en utbytesfil", default=False)
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    settled_at = models.DateTimeField("avgjord", null=True)
    was_let_in = models.BooleanField("insläppt", default=False)

    class Meta:
        verbose_name = "sent svar"
        verbose_name_plural = "sena svar"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.round}: {self.at:%Y-%m-%d %H.%M}"


class Minutes(models.Model):
    """The protokoll of a meeting in an action: where it is kept, or the file itself."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="minutes")
    action = models.UUIDField("åtgärd", db_index=True)
    held_on = models.DateField("möte den")
    title = models.CharField("rubrik", max_length=200, blank=True)
    url = models.URLField("länk", max_length=500, blank=True)
    file_name = models.CharField("fil", max_length=200, blank=True)
    content_type = models.CharField("filtyp", max_length=100, blank=True)
    content = models.BinaryField("innehåll", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "protokoll"
        verbose_name_plural = "protokoll"
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & Q(content__isnull=False))
                | (~Q(url="") & Q(content__isnull=True)),
                name="minutes_are_a_link_or_a_file",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.file_name or self.url


class RoundSnapshot(models.Model):
    """A round as it was when it was closed: its answers, by what plan. Never altered."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="snapshots")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    plan_hash = models.CharField("planens kontrollsumma", max_length=64)
    document = models.BinaryField("dokument (JSON)")
    sha256 = models.CharField("SHA-256", max_length=64)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    closed_at = models.DateTimeField("stängd", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "fryst uppföljning"
        verbose_name_plural = "frysta uppföljningar"
        ordering = ["closed_at", "id"]

    def __str__(self) -> str:
        return f"{self.round}: {self.sha256[:12]}"
