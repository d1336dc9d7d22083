"""Dates as they are written in tables and facts: 2025-01-20, and never broken over two lines.

In running text a date is written out, 20 januari 2025: `|date:"j F Y"`.
"""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

register = template.Library()

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@register.filter(expects_localtime=True)
def iso(day: date | None) -> SafeString | str:
    return format_html(_WHOLE, f"{day:%Y-%m-%d}") if day else ""


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """The clock is written 14.32, here as everywhere."""
    return format_html(_WHOLE, f"{localtime(at):%Y-%m-%d %H.%M}") if at else ""


@register.filter
def whole_dates(words: Any) -> SafeString:
    """Words with dates in them, however narrow the column."""
    marked = _DATE.sub(_WHOLE.format(r"\g<0>"), conditional_escape(words))
    return mark_safe(marked)  # noqa: S308 - the words are escaped


_WHOLE = '<span class="date">{}</span>'
