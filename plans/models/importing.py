"""A file that is, or is to be, a plan; and what the district has said that its words mean."""

from django.db import models
from django.db.models import Q

from plans.models.plan import Plan
from samverkan.organisation.models import District
from samverkan.reading.models import SentFile


class Upload(SentFile):
    class Use(models.TextChoices):
        """What was done with the file."""

        NONE = "", "inte inläst än"
        NEW = "ny", "en ny plan"
        MERGED = "ifyllt", "ifyllt i utkastet"
        REPLACED = "ersatt", "utkastets innehåll ersatt"
        REVISION = "revision", "en ny revision"

    district = models.ForeignKey(
        District, models.PROTECT, related_name="uploads", verbose_name="stadsdelsområde"
    )
    # For which time it was asked to be read.
    start = models.DateField("från")
    end = models.DateField("till och med")

    use = models.CharField("vad som gjordes", max_length=10, choices=Use, blank=True)
    plan = models.ForeignKey(
        Plan, models.SET_NULL, related_name="uploads", null=True, verbose_name="åtgärdsplan"
    )
    plan_name = models.CharField("till vilken plan", max_length=300, blank=True)
    # What came into the rounds of the period, which the turns of a plan do not tell of.
    answered = models.JSONField("uppföljning ur filen", default=dict)

    class Meta(SentFile.Meta):
        verbose_name = "inläst fil"
        verbose_name_plural = "inlästa filer"
        constraints = [
            models.CheckConstraint(
                condition=Q(use="", used_at=None) | (~Q(use="") & Q(used_at__isnull=False)),
                name="upload_is_used_at_a_time",
            )
        ]

    @property
    def became(self) -> str:
        """What it was read in as, by its name then."""
        return self.plan_name


class RememberedAnswer(models.Model):
    """What the district's words mean, as somebody has said of an earlier file."""

    district = models.ForeignKey(District, models.CASCADE, related_name="remembered_answers")
    question = models.CharField("fråga", max_length=500)
    answer = models.CharField("svar", max_length=500)

    class Meta:
        verbose_name = "sparat svar om en fil"
        verbose_name_plural = "sparade svar om filer"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "question"], name="answer_remembered_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
