from django import template

from plans.presentation import PLAN_MARKS

register = template.Library()


@register.filter
def mark(state: str) -> str:
    """The shape that stands beside the word for a plan's state."""
    return PLAN_MARKS[state]  # type: ignore[index]  # a string is as good as its member
