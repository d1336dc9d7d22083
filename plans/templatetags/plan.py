import re
from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from plans.document import Part
from plans.labels import label
from plans.presentation import PLAN_MARKS
from plans.rows import kind_of
from samverkan.text import list_of

register = template.Library()


@register.filter
def mark(state: str) -> str:
    """The shape that stands beside the word for a plan's state."""
    return PLAN_MARKS[state]  # type: ignore[index]  # a string is as good as its member


@register.filter
def internal_fields(part: Part) -> str:
    """What of the row is in the internal edition only: "Kontakt och finansiering"."""
    row = kind_of(type(part))
    names = [label(row, name) for name in getattr(part, "internal_fields", ())]
    return list_of([*names[:1], *(name.lower() for name in names[1:])])


@register.filter
def marked(text: str, sought: Sequence[str]) -> SafeString:
    """The text, with the words that somebody looks for marked in it."""
    if not sought:
        return SafeString(escape(text))
    either = "|".join(re.escape(word) for word in sorted(sought, key=len, reverse=True))
    between, *found = re.split(f"({either})", text, flags=re.IGNORECASE)
    pairs = zip(found[::2], found[1::2], strict=True)
    return escape(between) + format_html_join("", "<mark>{}</mark>{}", pairs)
