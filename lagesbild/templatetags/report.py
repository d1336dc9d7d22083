"""What the pages of a report need beside what paper needs."""

from django import template
from django.utils.safestring import SafeString

from lagesbild.charts import svg_of
from lagesbild.presentation import FigureView

register = template.Library()

PHONE = 320  # pixels: a chart that is drawn for it, and not made smaller than can be read


@register.filter
def for_phone(figure: FigureView) -> SafeString:
    return svg_of(figure.doc, width=PHONE)
