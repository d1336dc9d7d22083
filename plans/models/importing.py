"""A file that somebody has read in, or is about to: kept as it came, with what it was read as."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.plan import Plan
from samverkan.organisation.models import District


class Upload(models.Model):
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
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="vem"
    )
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    name = models.CharField("filens namn", max_length=255)
    content = models.BinaryField("fil")
    size = models.PositiveIntegerField("storlek")
    sha256 = models.CharField("SHA-256", max_length=64)
    # For which time it was asked to be read.
    start = models.DateField("från")
    end = models.DateField("till och med")

    answers = models.JSONField("svar", default=dict)
    begun_at = models.DateTimeField(null=True, editable=False)  # somebody has been reading it since
    reading = models.BinaryField("det den lästes som", null=True)
    refusal = models.TextField("varför den inte kunde läsas", blank=True)

    use = models.CharField("vad som gjordes", max_length=10, choices=Use, blank=True)
    used_at = models.DateTimeField("inläst", null=True)
    plan = models.ForeignKey(
        Plan, models.SET_NULL, related_name="uploads", null=True, verbose_name="åtgärdsplan"
    )
    plan_name = models.CharField("till vilken plan", max_length=300, blank=True)
    turn = models.PositiveIntegerField("tur", null=True)
    # What came into the rounds of the period, which the turns of a plan do not tell of.
    answered = models.JSONField("uppföljning ur filen", default=dict)
    taken_back_at = models.DateTimeField("ångrad", null=True)

    class Meta:
        verbose_name = "inläst fil"
        verbose_name_plural = "inlästa filer"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(use="", used_at=None) | (~Q(use="") & Q(used_at__isnull=False)),
                name="upload_is_used_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_read(self) -> bool:
        return self.reading is not None or bool(self.refusal)

    @property
    def stands(self) -> bool:
        """It has been read in, and that has not been taken back."""
        return bool(self.use) and self.taken_back_at is None


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
