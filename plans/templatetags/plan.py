import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from plans.presentation import PLAN_MARKS

register = template.Library()


@register.filter
def mark(state: str) -> str:
    """The shape that stands beside the word for a plan's state."""
    return PLAN_MARKS[state]  # type: ignore[index]  # a string is as good as its member


_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@register.filter
def whole_dates(words: str) -> SafeString:
    """Dates that are not broken over two lines, however narrow the column."""
    marked = _DATE.sub(r'<span class="date">\g<0></span>', escape(words))
    return mark_safe(marked)  # noqa: S308 - the words are escaped
