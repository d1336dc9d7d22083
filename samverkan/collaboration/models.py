import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from samverkan.workflow.vocabulary import State


class Work(models.Model):
    """What several write together, and somebody decides on: a plan, a report."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    state = models.CharField("status", max_length=20, choices=State, default=State.DRAFT)
    reply_by = models.DateField("svar senast", null=True, blank=True)
    in_force = models.BooleanField("gäller", default=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)
    # Raised by everything that is done to a comment, so that a poll knows without asking for them.
    comments_version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    changed_at = models.DateTimeField("senast ändrad", null=True, editable=False)

    class Meta:
        abstract = True

    noun: str  # "plan"
    short_name: str  # "åtgärdsplan 2025", where it is known of which district

    @property
    def word_for_it(self) -> str:
        """ "Planen", as a sentence begins."""
        return f"{self.noun.capitalize()}en"

    @property
    def state_words(self) -> str:
        return self.get_state_display().lower()


class Change(models.Model):
    """One change to one row, as it was made: never altered, so that history, undo and the screens
    of the others can all be read from it."""

    class Op(models.TextChoices):
        SET = "set", "ändrade"
        ADDED = "added", "lade till"
        REMOVED = "removed", "tog bort"
        MOVED = "moved", "flyttade"

    # Counts up within what is worked in, without gaps; `turn` is the first of those made together.
    number = models.PositiveIntegerField("nummer")
    turn = models.PositiveIntegerField("tur")
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="vem",
    )
    op = models.CharField("vad", max_length=10, choices=Op)
    kind = models.CharField("slags rad", max_length=20)
    row = models.UUIDField("rad")
    field = models.CharField("fält", max_length=40, blank=True)
    before = models.JSONField("före", null=True)
    after = models.JSONField("efter", null=True)
    # The first change of the turn that this one takes back.
    undoes = models.PositiveIntegerField("ångrar", null=True)

    class Meta:
        abstract = True
        ordering = ["number"]

    @property
    def who(self) -> str:
        return self.by.name if self.by else "Systemet"

    def __str__(self) -> str:
        return f"{self.number} {self.op} {self.kind} {self.field}"


class Presence(models.Model):
    """Who is in it now, and in which field. A row that has not been renewed is somebody who left."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField("sedd")
    place = models.CharField("fält", max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ["user"]

    def __str__(self) -> str:
        return f"{self.user}: {self.place}"


class Comment(models.Model):
    """What somebody says about a row, or about one of its fields, to those she works with. It stays
    in here: no document, file or paper has it. An answer has what it answers as its parent."""

    # Known before it is stored, so that the same button pressed twice says it once.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("slags rad", max_length=20)
    row = models.UUIDField("rad")
    field = models.CharField("fält", max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answers", verbose_name="svar på"
    )
    text = models.TextField("text")  # nothing, once it has been taken back
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem"
    )
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    edited_at = models.DateTimeField("ändrad", null=True)
    taken_back_at = models.DateTimeField("borttagen", null=True)
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name="nämnda"
    )
    # Of the first in a thread, for the whole of it.
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="klar av",
    )
    resolved_at = models.DateTimeField("klar", null=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    @property
    def work(self) -> Any:
        """What it is said in."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """As a piece of a name on a page."""
        return str(self.pk)

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:40]}"
