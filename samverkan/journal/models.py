"""What happened: an append-only log. Neither row nor queryset can change or delete an entry."""

from django.conf import settings
from django.db import models


class AppendOnly(TypeError):
    """Somebody tried to alter what has been written."""


class EntryQuerySet(models.QuerySet):
    def update(self, **_):
        raise AppendOnly("Journalen kan inte ändras.")

    def delete(self):
        raise AppendOnly("Journalen kan inte ändras.")


class Entry(models.Model):
    at = models.DateTimeField("när", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="vem",
    )
    kind = models.CharField("händelse", max_length=50)
    district = models.ForeignKey(
        "organisation.District",
        models.PROTECT,
        null=True,
        related_name="journal",
        verbose_name="stadsdelsområde",
    )
    data = models.JSONField("uppgifter", default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["district", "-at"], name="entry_district_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H.%M} {self.kind}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly("Journalen kan inte ändras.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("Journalen kan inte ändras.")
