"""A file that somebody has read in, or is about to: kept as it came, with what it was read as."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SentFile(models.Model):
    """A wing says for what it was sent, and what was done with it: `use`, empty until something is."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="vem"
    )
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    name = models.CharField("filens namn", max_length=255)
    content = models.BinaryField("fil")
    size = models.PositiveIntegerField("storlek")
    sha256 = models.CharField("SHA-256", max_length=64)

    answers = models.JSONField("svar", default=dict)
    begun_at = models.DateTimeField(null=True, editable=False)  # somebody has been reading it since
    reading = models.BinaryField("det den lästes som", null=True)
    refusal = models.TextField("varför den inte kunde läsas", blank=True)

    used_at = models.DateTimeField("inläst", null=True)
    turn = models.PositiveIntegerField("tur", null=True)
    taken_back_at = models.DateTimeField("ångrad", null=True)

    use: str

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_read(self) -> bool:
        return self.reading is not None or bool(self.refusal)

    @property
    def stands(self) -> bool:
        """It has been read in, and that has not been taken back."""
        return bool(self.use) and self.taken_back_at is None
