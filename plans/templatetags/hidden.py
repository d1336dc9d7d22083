from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def hidden_in(context: Any, area: Any) -> dict[str, Any]:
    """How many of the area's actions the filter leaves out, and whether there is something to say."""
    left_out = context.get("hidden")
    actions = left_out.actions.get(area.doc.uuid, 0) if left_out else 0
    is_empty = left_out is not None and area.doc.uuid in left_out.rows
    return {"actions": actions, "says": bool(actions or is_empty)}
