"""How a time was understood, beside its words."""

from typing import Any

from django import template

from plans.action_view import ActionView
from plans.cards import Card
from plans.timed import Timed, words_of

register = template.Library()


@register.inclusion_tag("plans/parts/understood.html", takes_context=True)
def understood(context: Any, action: ActionView) -> dict[str, Any]:
    """Nothing where the page does not know, as where a file is about to be read in."""
    timed: Timed | None = context.get("timed")
    return {"said": timed.of(action) if timed else None}


@register.filter
def understood_words(card: Card) -> str:
    return words_of(card.action, card.understood, card.put_right)
