"""What the templates of documents need beside Django's own filters."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from samverkan import numbers
from samverkan.documents import pdf
from samverkan.text import clean_rich

register = template.Library()

_HEADING = re.compile(r"<(/?)h([34])>")


register.filter("number", numbers.swedish)


@register.filter
def rich(html: str, under: int) -> SafeString:
    """Rich text under a heading of that level: its own headings follow with no level skipped."""
    return headed(mark_safe(clean_rich(html)), under)  # noqa: S308 - nh3 has cleaned it


DEEPEST = 6  # what HTML has


@register.filter
def headed(html: SafeString, under: int) -> SafeString:
    """The same, of a text that is clean."""
    levels: dict[str, int] = {}

    def shift(heading: re.Match) -> str:
        closing, level = heading.groups()
        deeper = level == "4" and "3" in levels
        levels.setdefault(level, min(under + 1 + deeper, DEEPEST))
        return f"<{closing}h{levels[level]}>"

    return mark_safe(_HEADING.sub(shift, html))  # noqa: S308 - as safe as it was


@register.filter
def picture(name: str) -> str:
    """Where the setter finds one of the pictures that it is given."""
    return f"{pdf.PICTURES}{name}"


@register.filter
def ticked(is_ticked: bool) -> SafeString:
    """A box of a form, that says what it is to those who do not see it."""
    said, cross = ("Ja", '<path d="M3 3 9 9M9 3 3 9"/>') if is_ticked else ("Nej", "")
    return mark_safe(  # noqa: S308 - nobody's words
        f'<svg xmlns="http://www.w3.org/2000/svg" class="box" width="12" height="12" '
        f'viewBox="0 0 12 12" fill="none" stroke="#1b1f23" stroke-width="1.2"><title>{said}</title>'
        f'<path d="M1 1H11V11H1Z"/>{cross}</svg>'
    )
