"""The report itself, one row per revision: a lägesbild or a status report."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Prefetch, Q

from lagesbild.vocabulary import ReportKind
from plans.models import Catalogue
from samverkan.collaboration.models import Work
from samverkan.collaboration.rows import NotPlaced, Row, once
from samverkan.organisation.models import District, Party


class ReportQuerySet(models.QuerySet):
    def with_heading(self) -> "ReportQuerySet":
        """What every page says about a report, and whether it covers more districts than its own."""
        return (
            self.select_related("district__municipality", "catalogue", "decision")
            .defer("decision__document", "decision__pdf")
            .prefetch_related(Prefetch("behind", Behind.objects.select_related("party")))
            .annotate(
                has_decided_pdf=ExpressionWrapper(
                    Q(decision__pdf__isnull=False), output_field=models.BooleanField()
                ),
                has_been_sent=Exists(
                    apps.get_model("lagesbild", "Dispatch").objects.filter(report=OuterRef("pk"))
                ),
                has_more_districts=Exists(
                    Report.covers.through.objects.filter(report=OuterRef("pk"))
                ),
            )
        )


class Report(Work):
    kind = models.CharField("slag", max_length=20, choices=ReportKind)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="reports", verbose_name="stadsdelsområde"
    )
    covers = models.ManyToManyField(
        District, related_name="covered_by", blank=True, verbose_name="omfattar också"
    )
    year = models.PositiveSmallIntegerField("år")
    revision = models.PositiveSmallIntegerField("revision", default=1)
    title = models.CharField("rubrik", max_length=200, blank=True)
    described_on = models.DateField("läget den dag", null=True, blank=True)
    instruction = models.TextField("instruktion till den som skriver", blank=True)  # prose
    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, related_name="reports", verbose_name="områdeskatalog"
    )
    parties = models.ManyToManyField(
        Party, through="Behind", related_name="reports", verbose_name="parter"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "lägesbild"
        verbose_name_plural = "lägesbilder"
        ordering = ["-year", "kind", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "year", "revision"],
                name="report_revision_once",
                violation_error_message="Det finns redan en sådan för det året.",
            ),
            models.UniqueConstraint(
                fields=["district", "kind", "year"],
                condition=Q(in_force=True),
                name="report_one_revision_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(state__in=["beslutad", "avslutad"]),
                name="report_in_force_is_decided",
            ),
        ]

    @property
    def noun(self) -> str:  # type: ignore[override]
        return self.get_kind_display().lower()

    @property
    def short_name(self) -> str:  # type: ignore[override]
        return f"{self.noun} {self.year}"

    def __str__(self) -> str:
        revision = f", revision {self.revision}" if self.revision > 1 else ""
        return f"{self.get_kind_display()} {self.year} för {self.district}{revision}"

    def is_main_party(self, party: Party) -> bool:
        known = getattr(self, f"is_behind_{party.pk}", None)  # where it came with the report
        if known is not None:
            return known
        return party.pk in {entry.party_id for entry in self.behind.all()}

    def takes_part(self, party: Party) -> bool:
        """Nobody has undertaken anything here: only those behind it take part."""
        return False


class Behind(models.Model):
    """A party that stands behind the report, and approves it; in the order in which it names them."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="behind")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="part")
    position = models.PositiveIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "part bakom lägesbilden"
        verbose_name_plural = "parter bakom lägesbilden"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "party"], name="report_party_once")
        ]

    def __str__(self) -> str:
        return str(self.party)


class Source(Row):
    """What the report rests on, as its list of sources has it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sources")
    name = models.CharField("källa", max_length=300)

    class Meta(Row.Meta):
        verbose_name = "källa"
        verbose_name_plural = "källor"
        constraints = [once("report", "report_source")]

    def __str__(self) -> str:
        return self.name


class Extra(NotPlaced):
    report = models.ForeignKey(Report, models.CASCADE, related_name="extras")

    class Meta(NotPlaced.Meta):
        constraints = [once("report", "report_extra")]
