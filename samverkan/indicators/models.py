"""The register: indicators, their values, and every change of a value with what it was before."""

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from samverkan.documents.charts.moments import Moment
from samverkan.numbers import swedish
from samverkan.organisation.models import District
from samverkan.swedish import in_order

MOST_DIGITS, DECIMALS = 14, 4
LONGEST_NAME = 300


class Indicator(models.Model):
    # What figures and goals know it by, in whatever file they are carried.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="indicators", verbose_name="stadsdelsområde"
    )
    name = models.CharField("namn", max_length=LONGEST_NAME)
    unit = models.CharField("enhet", max_length=60, blank=True)
    description = models.TextField("vad den mäter", blank=True)
    source = models.CharField("källa", max_length=300, blank=True)
    is_internal = models.BooleanField("internt", default=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = [in_order("name")]
        constraints = [
            models.UniqueConstraint(
                "district",
                Lower("name"),
                name="indicator_name_once",
                violation_error_message="Det finns redan en indikator med det namnet.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_unit(self) -> str:
        """ "Trygga sena kvällar (procent)", as it is chosen among others."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


class Value(models.Model):
    """What was measured a year, or in a part of one. None: nothing was, or it was taken back."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    label = models.CharField("period", max_length=60)  # as written: "2023 (till november)"
    # The time that it says (charts/moments.py): in the order of what begins first.
    begins = models.IntegerField("börjar")  # months
    parts = models.PositiveSmallIntegerField("delar av året", default=1)
    value = models.DecimalField(
        "värde", max_digits=MOST_DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )

    class Meta:
        verbose_name = "värde"
        verbose_name_plural = "värden"
        ordering = ["begins", "-parts"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "begins", "parts"],
                name="indicator_value_once",
                violation_error_message="Indikatorn har redan ett värde för den tiden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.label}: {swedish(self.value) or 'uppgift saknas'}"

    @property
    def moment(self) -> Moment:
        return Moment(self.parts, self.begins * self.parts // 12)


class Reading(models.Model):
    """The values that came in at one press, or the press that took them back."""

    district = models.ForeignKey(District, models.PROTECT, related_name="readings")
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="vem",
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name="ångrar"
    )

    class Meta:
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H.%M}"

    @property
    def who(self) -> str:
        return self.by.name if self.by else "Systemet"

    @cached_property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")


class Change(models.Model):
    """One value that a reading changed: never altered, so that it can be told and taken back."""

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="changes")
    indicator = models.ForeignKey(
        Indicator, models.SET_NULL, null=True, related_name="changes", verbose_name="indikator"
    )
    name = models.CharField("indikatorns namn", max_length=300)
    label = models.CharField("period", max_length=60)
    begins = models.IntegerField("börjar")
    parts = models.PositiveSmallIntegerField("delar av året", default=1)
    # What the period was called before; nothing, where the register did not have it.
    label_before = models.CharField("perioden före", max_length=60, blank=True)
    before = models.DecimalField("före", max_digits=MOST_DIGITS, decimal_places=DECIMALS, null=True)
    after = models.DecimalField("efter", max_digits=MOST_DIGITS, decimal_places=DECIMALS, null=True)

    class Meta:
        verbose_name = "ändrat värde"
        verbose_name_plural = "ändrade värden"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.label}: {self.before} → {self.after}"
