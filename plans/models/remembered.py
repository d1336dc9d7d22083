"""What somebody chose to see of a plan when she was last on such a page."""

from django.conf import settings
from django.db import models


class Remembered(models.Model):
    """Hers alone, and for every plan: it is how she works, not what a plan says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.SlugField("sida", max_length=40)
    query = models.TextField("val", help_text="Som det står i adressen.")

    class Meta:
        verbose_name = "sparat urval"
        verbose_name_plural = "sparade urval"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="remembered_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.page}"
