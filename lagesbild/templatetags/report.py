"""What the pages of a report need beside what paper needs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from lagesbild.before import Before, Last
from lagesbild.charts import on_screen
from lagesbild.document import BlockDoc, ImageDoc, SectionDoc
from lagesbild.kept import Register, Tie
from lagesbild.presentation import FigureView
from lagesbild.ties import Fate, Ties
from lagesbild.vocabulary import SectionForm

register = template.Library()


@register.filter
def chart(figure: FigureView) -> SafeString:
    """As a page has it; nothing, where there is none that can be drawn."""
    return on_screen(figure.doc, whole=figure.whole)


@register.simple_tag(takes_context=True)
def image_address(context: Any, image: ImageDoc) -> str:
    """Of the report that it stands in; or of the file that it came in, where that is only looked at."""
    if report := context.get("report"):
        return reverse("report-image", args=[report.district.slug, report.pk, image.sha256])
    upload = context["upload"]
    return reverse("report-import-image", args=[upload.district.slug, upload.pk, image.sha256])


@register.simple_tag
def figure_of(figures: Mapping[UUID, FigureView], doc: BlockDoc) -> FigureView | None:
    """The piece as a figure, with the number that it has; none where it is words."""
    return figures.get(doc.uuid)


@register.simple_tag
def fates_of(ties: Ties, priority: UUID) -> list[Fate]:
    return ties.fates(priority)


@register.filter
def leaves_out(ties: Ties, priority: UUID) -> bool:
    return ties.is_left_out(priority)


@register.simple_tag
def action_url(ties: Ties | None, action: UUID | None) -> str:
    """Where the action that a result comes from is read; nothing where she cannot read it."""
    return ties.action_url(action) if ties else ""


@register.simple_tag
def tie_of(figure: FigureView, kept: Register) -> Tie | None:
    """The figure beside the register; none where it has no numbers."""
    return Tie(figure.doc.table, kept) if figure.doc.table else None


@register.simple_tag
def last_of(before: Before, area: SectionDoc) -> Last:
    """What was said of the area the last time that the district was told of."""
    return before.of(area) if area.form == SectionForm.AREA else Last()
