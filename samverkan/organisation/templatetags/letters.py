"""What a name becomes in a letter: whatever it holds, it begins no line of its own."""

from typing import Any

from django import template

from samverkan.text import clean_line

register = template.Library()


@register.filter
def one_line(name: Any) -> str:
    return clean_line(str(name))
