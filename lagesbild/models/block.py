"""The pieces of a section: words and figures, in the order in which they stand."""

from django.db import models

from lagesbild.models.section import Section
from lagesbild.vocabulary import BlockForm
from samverkan.collaboration.rows import Marked, Row, once
from samverkan.organisation.models import District


class Figure(Row, Marked):
    """What a piece says when it is a figure. Its table and its image are as the document has them."""

    form = models.CharField("form", max_length=20, choices=BlockForm, default=BlockForm.TEXT)
    caption = models.TextField("figurtext", blank=True)
    source = models.CharField("källa", max_length=300, blank=True)
    unit = models.CharField("enhet", max_length=60, blank=True)
    description = models.TextField("beskrivning av vad figuren visar", blank=True)
    table = models.JSONField("siffror", null=True, blank=True)
    image = models.JSONField("bild", null=True, blank=True)
    is_numbered = models.BooleanField("numreras", default=True)
    shows_table = models.BooleanField("visa siffrorna under", default=False)

    class Meta(Row.Meta):
        abstract = True


class Block(Figure):
    section = models.ForeignKey(Section, models.CASCADE, related_name="blocks")
    text = models.TextField("text", blank=True)  # prose

    class Meta(Row.Meta):
        verbose_name = "stycke"
        verbose_name_plural = "stycken"
        constraints = [once("section", "report_block")]

    def __str__(self) -> str:
        return self.caption or self.get_form_display()


class FigurePart(Figure):
    """One of several that are one figure: 3a, 3b."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="parts")

    class Meta(Row.Meta):
        verbose_name = "del av figur"
        verbose_name_plural = "delar av figur"
        constraints = [once("block", "report_part")]

    def __str__(self) -> str:
        return self.caption or self.get_form_display()


class StoredImage(models.Model):
    """The bytes of an image, known by their SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("innehåll")
    media_type = models.CharField("slag", max_length=20)
    width = models.PositiveIntegerField("bredd")
    height = models.PositiveIntegerField("höjd")

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return self.sha256[:12]


class Image(StoredImage):
    """Once for each district that has it."""

    district = models.ForeignKey(District, models.PROTECT, related_name="images")

    class Meta(StoredImage.Meta):
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        constraints = [models.UniqueConstraint(fields=["district", "sha256"], name="image_once")]
