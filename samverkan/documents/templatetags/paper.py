"""What the templates of documents need beside Django's own filters."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from samverkan import numbers
from samverkan.text import clean_rich

register = template.Library()

_HEADING = re.compile(r"<(/?)h([34])>")


register.filter("number", numbers.swedish)


@register.filter
def rich(html: str, under: int) -> SafeString:
    """Rich text under a heading of that level: its own headings follow with no level skipped."""
    levels: dict[str, int] = {}

    def shift(heading: re.Match) -> str:
        closing, level = heading.groups()
        deeper = level == "4" and "3" in levels
        levels.setdefault(level, under + 1 + deeper)
        return f"<{closing}h{levels[level]}>"

    return mark_safe(_HEADING.sub(shift, clean_rich(html)))  # noqa: S308 - nh3 has cleaned it
