"""Comments where something is written and read: how many, and the way to them."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from samverkan.collaboration.comments import Talk, Thread, address_of, split_at_mentions
from samverkan.collaboration.models import Comment

register = template.Library()


@register.simple_tag(takes_context=True)
def talk_of(context: Any, kind: str, doc: Any, *within: Iterable[Any]) -> str:
    """Where it is read: how much is said about the row and about what hangs on it, and the way there."""
    talk: Talk | None = context.get("talk")
    rows = [doc.uuid, *(part.uuid for parts in within for part in parts)]
    number = talk.said_of(rows) if talk else 0
    if talk is None or not number:
        return ""
    words = "1 kommentar" if number == 1 else f"{number} kommentarer"
    return format_html(
        '<p class="said not-on-paper small"><a href="{}">{}</a></p>',
        address_of(talk.work, kind, doc.uuid),
        words,
    )


@register.filter
def said(comment: Comment) -> str:
    """The words, with those who are named marked."""
    pieces = split_at_mentions(comment.text, comment.mentions.all())
    return SafeString(
        "".join(
            f'<b class="mention">{escape(piece)}</b>' if place % 2 else escape(piece)
            for place, piece in enumerate(pieces)
        )
    )


@register.simple_tag(takes_context=True)
def may_change(context: Any, thread: Thread, comment: Comment) -> bool:
    return context["takes_more"] and thread.may_be_changed_by(context["request"].user, comment)


@register.simple_tag(takes_context=True)
def typed_in(context: Any, form: str, otherwise: str = "") -> str:
    """What a form that comes back holds."""
    return (context.get("typed") or {}).get(form, otherwise)
