"""The year's moments (årshjulet), where a district keeps another day than the usual one."""

from django.db import models

from plans.vocabulary import Moment
from samverkan.organisation.models import District


class YearDate(models.Model):
    district = models.ForeignKey(
        District, models.CASCADE, related_name="year_dates", verbose_name="stadsdelsområde"
    )
    year = models.PositiveSmallIntegerField("år")
    moment = models.CharField("moment", max_length=20, choices=Moment)
    day = models.DateField("senast")
    is_done = models.BooleanField("klart", default=False)

    class Meta:
        verbose_name = "dag i årshjulet"
        verbose_name_plural = "dagar i årshjulet"
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "year", "moment"], name="year_date_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.day}"
