"""Which priority in a lägesbild something in a plan comes from."""

from typing import Any

from django import template

from plans.document import ActionDoc, ProblemDoc
from plans.origins import Origin

register = template.Library()


@register.simple_tag(takes_context=True)
def origin_of(context: Any, doc: ProblemDoc | ActionDoc) -> Origin | None:
    """None also where the page does not know, as where a file is about to be read in."""
    origins = context.get("origins")
    return origins.of(doc) if origins else None
