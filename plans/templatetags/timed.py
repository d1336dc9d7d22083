"""How a time was understood, beside its words."""

from typing import Any

from django import template
from django.utils.html import format_html

from plans.action_view import ActionView
from plans.cards import Card
from plans.timed import Timed, words_of

register = template.Library()


@register.inclusion_tag("plans/parts/understood.html", takes_context=True)
def understood(context: Any, action: ActionView) -> dict[str, Any]:
    """Nothing where the page does not know, as where a file is about to be read in."""
    timed: Timed | None = context.get("timed")
    return {"said": timed.of(action) if timed else None}


@register.simple_tag(takes_context=True)
def way_to_put_right(context: Any, action: ActionView) -> str:
    """Where it is said how the time is understood, and which rounds ask."""
    timed: Timed | None = context.get("timed")
    url = timed.url_of(action.doc.uuid) if timed else ""
    if not url:
        return ""
    words = "Rätta hur tiden förstås, och när åtgärden följs upp"
    return format_html('<p class="small not-on-paper"><a href="{}">{}</a></p>', url, words)


@register.filter
def understood_words(card: Card) -> str:
    return words_of(card.action, card.understood, card.put_right)
