"""The cells that are written in. Made in Python: a large plan has thousands of them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from samverkan.collaboration.comments import open_words
from samverkan.collaboration.editable import Field

register = template.Library()


@register.simple_tag(takes_context=True)
def cell(context: Any, kind: str, doc: Any, name: str, label: str = "", hint: str = "") -> str:
    """One field of a row, in a control of its own that belongs to the row's form."""
    if _fields(context, kind)[name].is_many:  # a <label> is of one box
        return plan_cell(context, kind, doc, name, label, hint)
    words = escape(label or _fields(context, kind)[name].label)
    return _cell(
        context, kind, doc, name, f'<label for="f-{doc.uuid}-{name}">{words}</label>', hint
    )


@register.simple_tag(takes_context=True)
def plan_cell(context: Any, kind: str, doc: Any, name: str, label: str = "", hint: str = "") -> str:
    """The same on the page of the whole plan, where it has no <label>: for each form of a page
    Chromium looks through every label there is, and a long plan stood still for seconds."""
    words = escape(label or _fields(context, kind)[name].label)
    over = f'<span class="over" aria-hidden="true">{words}</span>'
    return _cell(context, kind, doc, name, over, hint, f' aria-label="{words}"')


def _cell(
    context: Any, kind: str, doc: Any, name: str, words: str, hint: str, more: str = ""
) -> str:
    writer, field = context["writer"], _fields(context, kind)[name]
    attributes = f'id="f-{doc.uuid}-{name}" name="{name}" form="form-{doc.uuid}"{more}'
    if not writer.may_write(kind, doc):
        attributes += " disabled" if field.control in _CHOSEN else " readonly"
    if hint:
        attributes += f' placeholder="{escape(hint)}"'
    value = _value(context, field, doc)
    return SafeString(
        f'<div class="cell cell-{field.control}" data-field="{name}">{words}'
        f"{_control(field, value, attributes, _offered(writer, field, doc, value))}</div>"
    )


def _offered(writer: Any, field: Field, doc: Any, value: str) -> list[tuple[str, str]]:
    """What there is to choose among, where that hangs on the district and on what else is written."""
    if field.points:
        return writer.areas_beside(doc)
    if field.control == "figure":
        return writer.figures
    if field.control != "indicator":
        return []
    known = writer.indicators
    unknown = value and value not in dict(known)
    return [*known, (value, "En indikator som inte finns här")] if unknown else known


def _fields(context: Any, kind: str) -> Mapping[str, Field]:
    return context["writer"].kinds[kind].fields


def _value(context: Any, field: Field, doc: Any) -> str:
    """As it stands; in a form that comes back, as it was typed."""
    typed = context.get("typed") or {}
    return typed.get(field.name, field.typed(field.plain(getattr(doc, field.name))))


_RICH_HELP = (
    '<p class="without-script quiet">Texten är skriven med HTML: &lt;p&gt;stycke&lt;/p&gt;, '
    "&lt;h3&gt;rubrik&lt;/h3&gt;, &lt;ul&gt;&lt;li&gt;punkt&lt;/li&gt;&lt;/ul&gt;, "
    '&lt;strong&gt;fet&lt;/strong&gt;, &lt;a href="https://…"&gt;länk&lt;/a&gt;.</p>'
)
_CHOSEN = {"choice", "area", "areas", "figure", "indicator", "fields", "tick"}


def _control(field: Field, value: str, attributes: str, offered: Iterable) -> str:
    typed = escape(value)
    # A browser does not send what is not ticked or chosen: the empty one before it speaks for that.
    nothing = f'<input type="hidden" {attributes.replace("id=", "data-for=")} value="">'
    match field.control:
        case "text":
            # The first line break of a textarea is not part of what it says.
            return f'<textarea rows="1" {attributes}>\n{typed}</textarea>'
        case "rich":
            return _rich("data-rich", attributes, typed)
        case "prose":
            return _rich("data-rich data-prose", attributes, typed)
        case "table":
            return f'<textarea rows="3" data-table wrap="off" {attributes}>\n{typed}</textarea>'
        case "choice":
            return _select(field.choices, {value}, attributes)
        case "fields":
            return nothing + _ticks(field.choices, set(value.split()), attributes)
        case "area" | "figure" | "indicator":
            return _select(offered, {value}, attributes)
        case "areas":
            return nothing + _ticks(offered, set(value.split()), attributes)
        case "tick":
            ticked = " checked" if value else ""
            return f'{nothing}<input type="checkbox" {attributes}{ticked}>'
        case "date":
            return f'<input type="date" {attributes} value="{typed}">'
        case "number":
            return f'<input type="text" inputmode="decimal" {attributes} value="{typed}">'
        case _:  # one line, which may be long
            return f'<textarea rows="1" data-line {attributes}>\n{typed}</textarea>'


def _rich(kind: str, attributes: str, typed: str) -> str:
    return f'<textarea rows="3" {kind} {attributes}>\n{typed}</textarea>{_RICH_HELP}'


def _select(choices: Iterable, chosen: set[str], attributes: str) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if str(value) in chosen else ""}>'
        f"{escape(label[:1].upper() + label[1:])}</option>"
        for value, label in choices
    )
    return f'<select {attributes}><option value="">–</option>{options}</select>'


def _ticks(choices: Iterable, chosen: set[str], attributes: str) -> str:
    """Several at once: a box for each, as a finger, a key and a browser without a script know them."""
    sent = " ".join(part for part in attributes.split(" ") if part.startswith(("name=", "form=")))
    boxes = "".join(
        f'<label><input type="checkbox" {sent} value="{escape(value)}"'
        f"{' checked' if str(value) in chosen else ''}> {escape(label[:1].upper() + label[1:])}</label>"
        for value, label in choices
    )
    return f"<fieldset data-group {attributes}>{boxes}</fieldset>"


@register.simple_tag(takes_context=True)
def tools(context: Any, kind: str, row: Any) -> str:
    """The form that the cells of a row belong to, and what else can be done with the row."""
    writer = context["writer"]
    more = drag = remove = ""
    if kind not in writer.shown_whole:
        # Beside an action or a figure it is on the way of Tab. Beside the others it would be one stop for each
        # of them, and Ctrl+Enter is the way there.
        way = "" if kind in writer.with_fields_of_their_own else ' tabindex="-1"'
        more = f'<a class="row-more" data-do="more" aria-expanded="false"{way} href="{writer.rows_address}{kind}/{row}/">Alla fält</a>'
    elif writer.may_arrange(kind):
        remove = remove_button(context, kind, row)
    if writer.may_arrange(kind):
        drag = '<span class="row-drag" data-drag draggable="true" title="Dra för att flytta raden" aria-hidden="true">⠿</span>'
    return SafeString(
        f'<form class="row-form" id="form-{row}" method="post" action="{writer.rows_address}{kind}/{row}/">'
        f"{_token(context)}"
        f'<input type="hidden" name="seen" value="{context["work"].version}">'
        '<button class="btn btn-secondary btn-sm without-script">Spara raden</button>'
        f"{more}{remove}{_talk_of_row(context, kind, row)}{drag}</form>"
    )


@register.simple_tag(takes_context=True)
def remove_button(context: Any, kind: str, row: Any) -> str:
    """For a hand and a finger; the keyboard has Ctrl+Delete, and need not stop here on its way."""
    address = f"{context['writer'].rows_address}{kind}/{row}/ta-bort/"
    return SafeString(
        f'<button class="row-remove" form="form-{row}" formaction="{address}" tabindex="-1">'
        "Ta bort raden</button>"
    )


@register.simple_tag(takes_context=True)
def new(context: Any, kind: str, under_kind: str, under: Any, name: str, label: str) -> str:
    """The empty row at the end of a list. It has its name already: the same button pressed twice
    makes one row."""
    writer = context["writer"]
    if not writer.writes_shared:
        return ""
    place, id_ = (f"{under_kind}:{under}" if under else ""), f"ny-{kind}-{under}"
    return SafeString(
        f'<form class="new new-{kind}" method="post" action="{writer.rows_address}{kind}/ny/" '
        f'data-do="add" data-kind="{kind}">{_token(context)}'
        f'<input type="hidden" name="under" value="{place}">'
        f'<input type="hidden" name="row" value="{uuid4()}">'
        f'<textarea id="{id_}" name="{name}" rows="1" aria-label="{label}" placeholder="+ {label}"></textarea>'
        '<button class="btn btn-secondary btn-sm without-script">Lägg till</button></form>'
    )


@register.simple_tag
def new_row() -> str:
    return str(uuid4())


def _talk_of_row(context: Any, kind: str, row: Any) -> str:
    """Among the tools of a row: how many threads are open about it, and the way to say more."""
    talk = context.get("talk")
    if talk is None or not talk.is_heard:
        return ""
    number = talk.open_of(row)
    words = open_words(number) if number else "Kommentera"
    return SafeString(
        f'<a class="row-talk" data-do="talk" data-row="{row}" data-open="{number or ""}" '
        f'href="{context["writer"].rows_address}{kind}/{row}/kommentarer/" title="{words}">'
        f'<span class="talk-words">{words}</span></a>'
    )


def _token(context: Any) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
