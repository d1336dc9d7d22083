"""The cells that a plan is written in. Made in Python: a large plan has thousands of them."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from plans.editable import KINDS, Field

register = template.Library()


@register.simple_tag(takes_context=True)
def cell(context: Any, kind: str, doc: Any, name: str, label: str = "", hint: str = "") -> str:
    """One field of a row, in a control of its own that belongs to the row's form."""
    writer, field = context["writer"], KINDS[kind].fields[name]
    attributes = f'id="f-{doc.uuid}-{name}" name="{name}" form="form-{doc.uuid}"'
    if not writer.may_write(kind, doc):
        attributes += " disabled" if field.control in _CHOSEN else " readonly"
    if hint:
        attributes += f' placeholder="{escape(hint)}"'
    return SafeString(
        f'<div class="cell cell-{field.control}" data-field="{name}">'
        f'<label for="f-{doc.uuid}-{name}">{escape(label or field.label)}</label>'
        f"{_control(field, _value(context, field, doc), attributes, writer.areas)}</div>"
    )


def _value(context: Any, field: Field, doc: Any) -> str:
    """As it stands; in a form that comes back, as it was typed."""
    typed = context.get("typed") or {}
    return typed.get(field.name, field.typed(field.plain(getattr(doc, field.name))))


_CHOSEN = {"choice", "area", "areas", "tick"}


def _control(field: Field, value: str, attributes: str, areas: Iterable) -> str:
    typed = escape(value)
    # A browser does not send what is not ticked or chosen: the empty one before it speaks for that.
    nothing = f'<input type="hidden" {attributes.replace("id=", "data-for=")} value="">'
    match field.control:
        case "text":
            # The first line break of a textarea is not part of what it says.
            return f'<textarea rows="1" {attributes}>\n{typed}</textarea>'
        case "rich":
            return f'<textarea rows="3" data-rich {attributes}>\n{typed}</textarea>'
        case "choice":
            return _select(field.column.choices, {value}, attributes)
        case "area":
            return _select(areas, {value}, attributes)
        case "areas":
            return nothing + _select(areas, set(value.split()), f"{attributes} multiple")
        case "tick":
            ticked = " checked" if value else ""
            return f'{nothing}<input type="checkbox" {attributes}{ticked}>'
        case "date":
            return f'<input type="date" {attributes} value="{typed}">'
        case "number":
            return f'<input type="text" inputmode="decimal" {attributes} value="{typed}">'
        case _:  # one line, which may be long
            return f'<textarea rows="1" data-line {attributes}>\n{typed}</textarea>'


def _select(choices: Iterable, chosen: set[str], attributes: str) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if str(value) in chosen else ""}>'
        f"{escape(label[:1].upper() + label[1:])}</option>"
        for value, label in choices
    )
    empty = "" if "multiple" in attributes else '<option value="">–</option>'
    return f"<select {attributes}>{empty}{options}</select>"


@register.simple_tag
def new_row() -> str:
    """The name of a row to come: the same button pressed twice makes one row."""
    return str(uuid4())
