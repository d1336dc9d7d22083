"""Prioriterade områden: the city's catalogues, a district's own areas, and how old became new."""

from django.db import models
from django.db.models import Q

from samverkan.organisation.models import District, Municipality
from samverkan.swedish import in_order


class Catalogue(models.Model):
    """The city's list of areas from a given year."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="catalogues", verbose_name="kommun"
    )
    year = models.PositiveSmallIntegerField("från år")
    name = models.CharField("namn", max_length=100)

    class Meta:
        verbose_name = "områdeskatalog"
        verbose_name_plural = "områdeskataloger"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="catalogue_once_a_year")
        ]

    def __str__(self) -> str:
        return self.name


class PriorityArea(models.Model):
    """One area, from a catalogue or a district's own. Known by its row, never by its spelling."""

    catalogue = models.ForeignKey(
        Catalogue,
        models.PROTECT,
        related_name="areas",
        null=True,
        blank=True,
        verbose_name="katalog",
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="own_areas",
        null=True,
        blank=True,
        verbose_name="eget område i",
    )
    slug = models.SlugField("kortnamn", max_length=100)
    name = models.CharField("namn", max_length=200)
    description = models.TextField("beskrivning", blank=True)
    position = models.PositiveIntegerField("ordning", default=0)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="predecessors",
        blank=True,
        verbose_name="motsvaras av",
        help_text="De områden i en nyare katalog som detta har gått upp i.",
    )

    class Meta:
        verbose_name = "prioriterat område"
        verbose_name_plural = "prioriterade områden"
        ordering = ["catalogue", "position", in_order("name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(catalogue__isnull=False, district__isnull=True)
                | Q(catalogue__isnull=True, district__isnull=False),
                name="area_of_a_catalogue_or_own",
                violation_error_message="Ett område hör till en katalog eller är ett eget område.",
            ),
            models.UniqueConstraint(
                fields=["catalogue", "slug"],
                condition=Q(catalogue__isnull=False),
                name="area_slug_once_in_catalogue",
                violation_error_message="Katalogen har redan ett område med det kortnamnet.",
            ),
            models.UniqueConstraint(
                fields=["district", "slug"],
                condition=Q(district__isnull=False),
                name="area_slug_once_in_district",
                violation_error_message="Stadsdelsområdet har redan ett eget område med det kortnamnet.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaAlias(models.Model):
    """Another name or spelling that documents use for the area."""

    area = models.ForeignKey(
        PriorityArea, models.CASCADE, related_name="aliases", verbose_name="område"
    )
    name = models.CharField("annat namn", max_length=200)

    class Meta:
        verbose_name = "annat namn"
        verbose_name_plural = "andra namn"
        ordering = [in_order("name")]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name
