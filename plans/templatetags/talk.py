"""Comments where the plan is written and read: how many, and the way to them."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from plans.comments import Talk, Thread, split_at_mentions
from plans.document import ActionDoc
from plans.models import Comment, Plan

register = template.Library()


@register.simple_tag(takes_context=True)
def talk_of_action(context: Any, action: ActionDoc) -> str:
    """Where the plan is read: how much is said about the action, and the way there."""
    talk: Talk | None = context.get("talk")
    number = talk.said_of(action) if talk else 0
    if talk is None or not number:
        return ""
    words = "1 kommentar" if number == 1 else f"{number} kommentarer"
    return format_html(
        '<p class="said not-on-paper small"><a href="{}">{}</a></p>',
        _address(talk.plan, "action", action.uuid),
        words,
    )


def _address(plan: Plan, kind: str, row: UUID) -> str:
    return reverse("row-comments", args=[plan.district.slug, plan.pk, kind, row])


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
