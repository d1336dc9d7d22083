"""What the pages of a report need beside what paper needs."""

from django import template
from django.utils.safestring import SafeString

from lagesbild.charts import on_screen
from lagesbild.presentation import FigureView

register = template.Library()


@register.filter
def chart(figure: FigureView) -> SafeString:
    """As a page has it; nothing, where there is none that can be drawn."""
    return on_screen(figure.doc, whole=figure.whole)
