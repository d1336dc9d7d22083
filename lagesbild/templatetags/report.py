"""What the pages of a report need beside what paper needs."""

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.utils.safestring import SafeString

from lagesbild.before import Before, Last
from lagesbild.charts import on_screen
from lagesbild.document import BlockDoc, SectionDoc
from lagesbild.presentation import FigureView
from lagesbild.vocabulary import SectionForm

register = template.Library()


@register.filter
def chart(figure: FigureView) -> SafeString:
    """As a page has it; nothing, where there is none that can be drawn."""
    return on_screen(figure.doc, whole=figure.whole)


@register.simple_tag
def figure_of(figures: Mapping[UUID, FigureView], doc: BlockDoc) -> FigureView | None:
    """The piece as a figure, with the number that it has; none where it is words."""
    return figures.get(doc.uuid)


@register.simple_tag
def last_of(before: Before, area: SectionDoc) -> Last:
    """What was said of the area the last time that the district was told of."""
    return before.of(area) if area.form == SectionForm.AREA else Last()
