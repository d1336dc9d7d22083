"""The tree of sections. A section of a prioritised area holds the form that is filled in about it."""

from django.db import models
from django.db.models import Q

from lagesbild.models.report import Report
from lagesbild.vocabulary import Direction, Ground, SectionForm
from plans.models import PriorityArea
from plans.vocabulary import HandledAs
from samverkan.collaboration.rows import Marked, Row, once


class Section(Row, Marked):
    report = models.ForeignKey(Report, models.CASCADE, related_name="all_sections")
    parent = models.ForeignKey(
        "self", models.CASCADE, related_name="sections", null=True, blank=True, verbose_name="under"
    )
    heading = models.CharField("rubrik", max_length=200)
    form = models.CharField(
        "slags avsnitt", max_length=20, choices=SectionForm, default=SectionForm.TEXT
    )

    # Of a prioritised area
    area = models.ForeignKey(
        PriorityArea,
        models.PROTECT,
        related_name="in_reports",
        null=True,
        blank=True,
        verbose_name="område",
    )
    description = models.TextField("beskrivning av området", blank=True)  # prose
    working_together = models.TextField("vilka som samverkar", blank=True)
    special_measures = models.BooleanField(
        "pågår eller behövs särskilda åtgärder (tas in i åtgärdsplanen)", default=False
    )
    line_work = models.BooleanField("arbete sker i linjeverksamhet", default=False)
    handled_as = models.CharField("hanteras", max_length=20, choices=HandledAs, blank=True)
    handled_in = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="handles",
        null=True,
        blank=True,
        verbose_name="hanteras inom området",
    )
    handled_note = models.TextField("var det hanteras", blank=True)
    not_chosen_reason = models.TextField("varför området inte valdes", blank=True)

    class Meta(Row.Meta):
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        constraints = [
            once("report", "report_section"),
            models.UniqueConstraint(
                fields=["report", "area"],
                name="report_area_once",
                violation_error_message="Området finns redan.",
            ),
            models.CheckConstraint(
                condition=Q(form="omrade", area__isnull=False)
                | Q(~Q(form="omrade"), area__isnull=True),
                name="report_section_of_an_area_names_it",
            ),
            models.CheckConstraint(
                condition=Q(handled_in__isnull=True) | Q(handled_as="omrade"),
                name="report_section_points_only_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def is_of_own_area(self) -> bool:
        """Of one that is the district's own, and not the city's."""
        return self.area is not None and self.area.district_id is not None


class _OfArea(Row):
    """A line in one of an area's lists."""

    text = models.TextField("text")

    class Meta(Row.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text[:60]


class Aim(_OfArea):
    section = models.ForeignKey(Section, models.CASCADE, related_name="aims")

    class Meta(Row.Meta):
        verbose_name = "mål för samverkan"
        verbose_name_plural = "mål för samverkan"
        constraints = [once("section", "report_aim")]


class Result(_OfArea, Marked):
    section = models.ForeignKey(Section, models.CASCADE, related_name="results")
    # The action whose follow-up says so; not a key, for the plan may be another district's.
    action = models.UUIDField("åtgärd", null=True, blank=True, editable=False)

    class Meta(Row.Meta):
        verbose_name = "resultat"
        verbose_name_plural = "resultat av arbetet"
        constraints = [once("section", "report_result")]


class Priority(_OfArea, Marked):
    section = models.ForeignKey(Section, models.CASCADE, related_name="priorities")
    figure = models.UUIDField("figur", null=True, blank=True, editable=False)

    class Meta(Row.Meta):
        verbose_name = "prioritering"
        verbose_name_plural = "prioriteringar och åtgärder"
        constraints = [once("section", "report_priority")]


class Deviation(Row, Marked):
    """How the area has changed since the report before."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="deviations")
    direction = models.CharField("förändring", max_length=20, choices=Direction)
    text = models.TextField("hur det märks", blank=True)
    grounds = models.JSONField("bygger på", choices=Ground, default=list, blank=True)
    consulted = models.CharField("i samråd med", max_length=300, blank=True)
    consulted_on = models.DateField("samrått den", null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = "avvikelse"
        verbose_name_plural = "avvikelser"
        constraints = [once("section", "report_deviation")]

    def __str__(self) -> str:
        return self.get_direction_display()
