from django.conf import settings
from django.db import models
from django.utils import timezone


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
