import re
from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from plans.charts import bar_of, bar_on_paper
from plans.labels import internal_fields
from plans.presentation import PLAN_MARKS

register = template.Library()


@register.filter
def mark(state: str) -> str:
    """The shape that stands beside the word for a plan's state."""
    return PLAN_MARKS[state]  # type: ignore[index]  # a string is as good as its member


register.filter("internal_fields", internal_fields)
register.filter("bar", bar_of)
register.filter("bar_on_paper", bar_on_paper)


@register.filter
def marked(text: str, sought: Sequence[str]) -> SafeString:
    """The text, with the words that somebody looks for marked in it."""
    if not sought:
        return SafeString(escape(text))
    either = "|".join(re.escape(word) for word in sorted(sought, key=len, reverse=True))
    between, *found = re.split(f"({either})", text, flags=re.IGNORECASE)
    pairs = zip(found[::2], found[1::2], strict=True)
    return escape(between) + format_html_join("", "<mark>{}</mark>{}", pairs)
