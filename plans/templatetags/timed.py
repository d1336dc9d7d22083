"""How a time was understood, beside its words."""

from typing import Any

from django import template
from django.utils.html import format_html

from plans.action_view import ActionView
from plans.cards import Card
from plans.document import ActionDoc
from plans.timed import Timed, while_writing, words_of

register = template.Library()


@register.inclusion_tag("plans/parts/understood.html", takes_context=True)
def understood(context: Any, action: ActionView) -> dict[str, Any]:
    """Nothing where the page does not know, as where a file is about to be read in."""
    timed: Timed | None = context.get("timed")
    return {"said": timed.of(action) if timed else None}


@register.simple_tag(takes_context=True)
def understood_while_writing(context: Any, doc: ActionDoc) -> str:
    """A line of its own under the cell, which the script fills anew when the words are saved."""
    words = while_writing(doc, context["plan"].period)
    line = '<p class="understood small quiet" id="forstatt-{}">{}</p>'
    return format_html(line, doc.uuid, words)


@register.filter
def understood_words(card: Card) -> str:
    return words_of(card.action, card.understood, card.put_right)
