from collections.abc import Mapping
from uuid import UUID

from django import template

from lagesbild.document import BlockDoc
from lagesbild.presentation import FigureView

register = template.Library()


@register.simple_tag
def figure_of(figures: Mapping[UUID, FigureView], doc: BlockDoc) -> FigureView | None:
    """The piece as a figure, with the number that it has; none where it is words."""
    return figures.get(doc.uuid)
