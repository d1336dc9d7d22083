"""The plan itself, one row per revision, with its front matter and its areas."""

from collections.abc import Collection
from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plans.models.agreement import Agreement, AgreementParty
from plans.models.area import Catalogue, PriorityArea
from plans.vocabulary import HandledAs, Layout
from samverkan.collaboration.models import Work
from samverkan.collaboration.rows import MarkedByField, NotPlaced, Row, once
from samverkan.indicators.models import Indicator
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.period import words


class Period(models.Model):
    """The time that a plan covers in a district. Its revisions and its follow-up rounds meet here."""

    district = models.ForeignKey(
        District, models.PROTECT, related_name="periods", verbose_name="stadsdelsområde"
    )
    start = models.DateField("från")
    end = models.DateField("till och med")

    class Meta:
        verbose_name = "planperiod"
        verbose_name_plural = "planperioder"
        ordering = ["-start", "-end"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "start", "end"],
                name="period_once",
                violation_error_message="Det finns redan en plan för den perioden.",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="period_ends_after_it_begins",
                violation_error_message="Perioden kan inte sluta innan den börjar.",
            ),
        ]

    def __str__(self) -> str:
        return words(self.start, self.end)

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day. A period does not overlap itself."""
        return self.pk != other.pk and self.start <= other.end and other.start <= self.end


class PlanQuerySet(models.QuerySet):
    def with_heading(self) -> "PlanQuerySet":
        """What every page says about a plan, in two queries however many plans there are."""
        return (
            self.select_related(
                "period__district__municipality", "catalogue", "agreement", "decision"
            )
            .defer("decision__document", "decision__pdf")
            .annotate(
                has_decided_pdf=models.ExpressionWrapper(
                    Q(decision__pdf__isnull=False), output_field=models.BooleanField()
                ),
                is_continued=models.Exists(
                    apps.get_model("plans", "Rollover").objects.filter(after=models.OuterRef("pk"))
                ),
                follows_another=models.Exists(
                    District.predecessors.through.objects.filter(
                        from_district=models.OuterRef("period__district")
                    )
                ),
                is_put_right=models.Exists(
                    apps.get_model("plans", "Understanding").objects.filter(
                        period=models.OuterRef("period")
                    )
                ),
                has_indicators=models.Exists(
                    Indicator.objects.filter(district=models.OuterRef("period__district"))
                ),
                has_been_sent=models.Exists(
                    apps.get_model("plans", "Dispatch").objects.filter(plan=models.OuterRef("pk"))
                ),
            )
            .prefetch_related(
                models.Prefetch(
                    "agreement__parties", AgreementParty.objects.select_related("party")
                )
            )
        )

    def told_apart(self) -> "PlanQuerySet":
        """No more than which plan is which, and what decides who may read it."""
        return self.select_related("period").only(
            *("revision", "state", "in_force", "layout", "agreement_id", "paper_version"),
            "period",
        )

    def for_parties(self, parties: Collection[int | None]) -> "PlanQuerySet":
        """Know already, for each of these parties, how it takes part in the plan."""
        commitment = apps.get_model("plans", "Commitment")
        return self.for_main_parties(parties).annotate(
            **{
                f"takes_part_{party}": models.Exists(
                    commitment.objects.filter(party=party, action__area__plan=models.OuterRef("pk"))
                )
                for party in parties
            },
        )

    def for_main_parties(self, parties: Collection[int | None]) -> "PlanQuerySet":
        """Know already which of these are main parties; of the others it is asked when it matters."""
        return self.annotate(
            **{
                f"has_agreed_{party}": models.Exists(
                    AgreementParty.objects.filter(
                        party=party, agreement=models.OuterRef("agreement_id")
                    )
                )
                for party in parties
            },
        )


class Plan(Work):
    period = models.ForeignKey(Period, models.PROTECT, related_name="plans", verbose_name="period")
    revision = models.PositiveSmallIntegerField("revision", default=1)
    layout = models.CharField("form", max_length=20, choices=Layout, default=Layout.CAUSES)
    annex_label = models.CharField(
        "bilagebeteckning", max_length=60, blank=True, help_text="Till exempel Bilaga 2."
    )
    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, related_name="plans", verbose_name="områdeskatalog"
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        related_name="plans",
        null=True,
        blank=True,
        verbose_name="samverkansöverenskommelse",
    )
    # Raised by the database with all that a file of the plan says (plans/models/paper.py).
    paper_version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "åtgärdsplan"
        verbose_name_plural = "åtgärdsplaner"
        ordering = ["-period__start", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["period", "revision"], name="plan_revision_once"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(in_force=True), name="plan_one_revision_in_force"
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(state__in=["beslutad", "avslutad"]),
                name="plan_in_force_is_decided",
            ),
        ]

    noun = "plan"

    def __str__(self) -> str:
        revision = f", revision {self.revision}" if self.revision > 1 else ""
        return f"Åtgärdsplan {self.period} för {self.period.district}{revision}"

    @property
    def short_name(self) -> str:  # type: ignore[override]
        return f"åtgärdsplan {self.period}"

    @property
    def district(self) -> District:
        return self.period.district

    @property
    def is_past(self) -> bool:
        """Its period is over. It may be in force all the same: nothing has been decided since."""
        return self.period.end < timezone.localdate()

    def is_main_party(self, party: Party) -> bool:
        """A party of the agreement; without one, the district's own administration and police."""
        if self.agreement_id:
            known = getattr(self, f"has_agreed_{party.pk}", None)
            if known is not None:
                return known
            assert self.agreement is not None
            return party.pk in {entry.party_id for entry in self.agreement.parties.all()}
        return party.district_id == self.district.pk and party.kind != PartyKind.PARTNER

    def takes_part(self, party: Party) -> bool:
        """Whether the party has a commitment in the plan (see PlanQuerySet.for_parties)."""
        name = f"takes_part_{party.pk}"
        if not hasattr(self, name):
            setattr(self, name, self.areas.filter(actions__commitments__party=party).exists())
        return getattr(self, name)

    @property
    def year(self) -> int:
        return self.period.start.year


class Section(Row):
    """A piece of the front matter: Bakgrund, Kommunikation, Beskrivning och disposition …"""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    heading = models.CharField("rubrik", max_length=200)
    text = models.TextField("text", blank=True)  # rich

    class Meta(Row.Meta):
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        constraints = [once("plan", "section")]

    def __str__(self) -> str:
        return self.heading


class PlanArea(Row, MarkedByField):
    """A prioritised area in a plan. It may be empty, or be handled elsewhere: both are valid."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="areas")
    area = models.ForeignKey(
        PriorityArea, models.PROTECT, related_name="in_plans", verbose_name="område"
    )
    title = models.CharField("rubrik i planen", max_length=200)
    overall_goal = models.TextField("övergripande mål och syfte", blank=True)
    situation = models.TextField("lägesbild", blank=True)  # rich
    comment = models.TextField("kommentar", blank=True)
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
        verbose_name = "område i plan"
        verbose_name_plural = "områden i plan"
        constraints = [
            once("plan", "planarea"),
            models.UniqueConstraint(
                fields=["plan", "area"],
                name="planarea_once",
                violation_error_message="Området finns redan i planen.",
            ),
            models.CheckConstraint(
                condition=Q(handled_in__isnull=True) | Q(handled_as="omrade"),
                name="planarea_points_to_an_area_only_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Extra(NotPlaced):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="extras")

    class Meta(NotPlaced.Meta):
        constraints = [once("plan", "extra")]
