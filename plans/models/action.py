"""The chain: problem, orsak, åtgärd, operativt mål, and each party's åtagande."""

from django.db import models
from django.db.models import Q

from plans.models.plan import PlanArea
from plans.vocabulary import TimingKind
from samverkan.collaboration.rows import Marked, MarkedByField, Row, once
from samverkan.organisation.models import Party


def of_a_report() -> models.UUIDField:
    """The priority in a lägesbild that the row was made of. Not a key: that is another's document,
    and what is in it may be taken away."""
    return models.UUIDField("prioritering i lägesbilden", null=True, blank=True, editable=False)


class Problem(Row, Marked):
    area = models.ForeignKey(PlanArea, models.CASCADE, related_name="problems")
    text = models.TextField("problem")
    priority = of_a_report()

    class Meta(Row.Meta):
        verbose_name = "problem"
        verbose_name_plural = "problem"
        indexes = [models.Index(fields=["priority"], name="problem_priority")]
        constraints = [once("area", "problem")]

    def __str__(self) -> str:
        return self.text


class Cause(Row, Marked):
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="causes")
    text = models.TextField("orsak")

    class Meta(Row.Meta):
        verbose_name = "orsak"
        verbose_name_plural = "orsaker"
        constraints = [once("problem", "cause")]

    def __str__(self) -> str:
        return self.text


class Action(Row, MarkedByField):
    """An åtgärd (G3) or aktivitet (G1, G2): the same thing, written in different forms."""

    area = models.ForeignKey(PlanArea, models.CASCADE, related_name="actions")
    # At most one of the two: the cause knows its problem.
    problem = models.ForeignKey(
        Problem, models.SET_NULL, related_name="actions", null=True, blank=True
    )
    cause = models.ForeignKey(Cause, models.SET_NULL, related_name="actions", null=True, blank=True)
    also_serves = models.ManyToManyField(
        PlanArea, related_name="served_by", blank=True, verbose_name="bidrar även till"
    )

    name = models.CharField("namn", max_length=300, blank=True)
    description = models.TextField("åtgärd", blank=True)
    undertaking = models.TextField("samverkansåtagande", blank=True)
    working_group = models.TextField("arbetsgrupp", blank=True)
    aim = models.TextField("mål och syfte", blank=True)

    timing = models.TextField("tid", blank=True)  # as written; the three below as understood
    timing_kind = models.CharField("slags tid", max_length=20, choices=TimingKind, blank=True)
    starts_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("klart senast", null=True, blank=True)
    meeting_frequency = models.TextField("mötesfrekvens", blank=True)
    meetings_planned = models.PositiveSmallIntegerField("planerade möten", null=True, blank=True)

    convener = models.TextField("sammankallande", blank=True)
    responsible = models.TextField("ansvar", blank=True)
    other_participants = models.TextField("övriga deltagare", blank=True)
    funding = models.TextField("finansiering", blank=True)
    communication = models.TextField("kommunikation", blank=True)
    follow_up_plan = models.TextField("plan för uppföljning", blank=True)
    promise = models.TextField("medborgarlöfte", blank=True)  # to the public, in its words

    # The action in an earlier plan that this one was carried over from.
    predecessor = models.UUIDField("föregångare", null=True, blank=True, editable=False)
    priority = of_a_report()

    class Meta(Row.Meta):
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        indexes = [
            models.Index(fields=["uuid"], name="action_uuid"),
            models.Index(fields=["priority"], name="action_priority"),
        ]
        constraints = [
            once("area", "action"),
            models.CheckConstraint(
                condition=Q(problem__isnull=True) | Q(cause__isnull=True),
                name="action_hangs_on_cause_or_problem",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(description=""),
                name="action_says_something",
                violation_error_message="En åtgärd behöver ett namn eller en beskrivning.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.description


class Goal(Row):
    """An operativt mål. Unit, baseline and target make it measurable, and may be missing."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="goals")
    text = models.TextField("operativt mål")
    unit = models.CharField("enhet", max_length=60, blank=True)
    baseline = models.DecimalField("utgångsläge", max_digits=14, decimal_places=4, null=True)
    target = models.DecimalField("målvärde", max_digits=14, decimal_places=4, null=True)
    target_date = models.DateField("måldatum", null=True, blank=True)
    # In the district's register (samverkan/indicators/), which outlives the plan.
    indicator = models.UUIDField("indikator", null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = "operativt mål"
        verbose_name_plural = "operativa mål"
        constraints = [once("action", "goal")]

    def __str__(self) -> str:
        return self.text


class Commitment(Row, MarkedByField):
    """What one party takes upon itself in an action, and through which roles (never persons)."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="commitments")
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="commitments", verbose_name="part"
    )
    contact_role = models.TextField("kontakt", blank=True)
    other_participants = models.TextField("övriga deltagare", blank=True)
    text = models.TextField("åtagande", blank=True)

    class Meta(Row.Meta):
        verbose_name = "åtagande"
        verbose_name_plural = "åtaganden"
        constraints = [
            once("action", "commitment"),
            models.UniqueConstraint(
                fields=["action", "party"],
                name="commitment_once_per_party",
                violation_error_message="Parten har redan ett åtagande i åtgärden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.text}"
