"""A file that is, or is to be, a report, with the images that were in it."""

from django.db import models
from django.db.models import Q

from lagesbild.models.block import StoredImage
from lagesbild.models.report import Report
from lagesbild.vocabulary import ReportKind
from samverkan.organisation.models import District
from samverkan.reading.models import SentFile


class Upload(SentFile):
    class Use(models.TextChoices):
        """What was done with the file."""

        NONE = "", "inte inläst än"
        NEW = "ny", "ett nytt utkast"
        MERGED = "ifyllt", "ifyllt i utkastet"
        REPLACED = "ersatt", "utkastets innehåll ersatt"
        REVISION = "revision", "en ny revision"

    district = models.ForeignKey(
        District, models.PROTECT, related_name="report_uploads", verbose_name="stadsdelsområde"
    )
    # What it was asked to be read as.
    kind = models.CharField("slag", max_length=20, choices=ReportKind)
    year = models.PositiveSmallIntegerField("år")

    use = models.CharField("vad som gjordes", max_length=10, choices=Use, blank=True)
    report = models.ForeignKey(
        Report, models.SET_NULL, related_name="uploads", null=True, verbose_name="lägesbild"
    )
    report_name = models.CharField("till vilken lägesbild", max_length=300, blank=True)

    class Meta(SentFile.Meta):
        verbose_name = "inläst lägesbild"
        verbose_name_plural = "inlästa lägesbilder"
        constraints = [
            models.CheckConstraint(
                condition=Q(use="", used_at=None) | (~Q(use="") & Q(used_at__isnull=False)),
                name="report_upload_is_used_at_a_time",
            )
        ]

    @property
    def became(self) -> str:
        """What it was read in as, by its name then."""
        return self.report_name


class UploadedImage(StoredImage):
    """Out of a file: shown beside it, and not yet the district's."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="images")
    original = models.CharField("SHA-256 i filen", max_length=64)
    remark = models.TextField("vad den som skickade den ska veta", blank=True)

    class Meta(StoredImage.Meta):
        verbose_name = "bild ur en inläst fil"
        verbose_name_plural = "bilder ur inlästa filer"
        constraints = [
            models.UniqueConstraint(fields=["upload", "original"], name="uploaded_image_once")
        ]
