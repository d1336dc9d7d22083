"""The fields of a card: what is asked about an action in a round."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from plans.action_view import STATE_MARKS
from plans.cards import Card, GoalLine
from plans.editable import ANSWER, OUTCOME
from plans.measured import Meetings
from plans.models import FollowUp
from plans.vocabulary import ActionState
from samverkan import numbers
from samverkan.collaboration.editable import Editable, Field

register = template.Library()

# As a question to whoever answers, where the name of the field is not one.
_QUESTIONS = {
    "commitment_met": "Har vi mött vårt åtagande?",
    "text": "Vad har gjorts?",
    "continues_next_year": "Fortsätter nästa år?",
}
# Whether a party has done what it undertook is for the party to say.
_OF_PARTY = {"commitment_met"}
# Asked of all, but in the way of those whose action has no meetings.
_OF_MEETINGS = ("meetings_planned", "meetings_held")


@register.simple_tag(takes_context=True)
def answer_fields(context: Any, card: Card) -> str:
    said = card.typed | dict(context.get("typed") or {})
    faults = context.get("faults") or {}

    def fields(names: Iterable[str]) -> str:
        return "".join(
            _field(ANSWER, ANSWER.fields[name], said[name], card.key, faults.get(name, ""))
            for name in names
            if card.about.party or name not in _OF_PARTY
        )

    meets = card.understood.meetings or any(said[name] or name in faults for name in _OF_MEETINGS)
    return SafeString(
        fields(name for name in ANSWER.fields if name not in _OF_MEETINGS)
        + f'<details class="asked-more"{" open" if meets else ""}><summary>Möten</summary>'
        + fields(_OF_MEETINGS)
        + "</details>"
    )


@register.simple_tag
def outcome_fields(line: GoalLine, key: str) -> str:
    said = line.typed
    return SafeString(
        "".join(
            _field(OUTCOME, field, said[name], f"{key}-{line.goal.uuid}", "")
            for name, field in OUTCOME.fields.items()
        )
    )


@register.filter
def said_of(said: dict[UUID, list[Card]], action: UUID) -> list[Card]:
    return said.get(action, [])


@register.filter
def meetings_words(answer: FollowUp) -> str:
    held = answer.meetings_held
    return "" if held is None else Meetings(held, answer.meetings_planned).words


@register.filter
def late_words(typed: dict[str, str]) -> list[tuple[str, str]]:
    """Each field of a late answer that says something, as a reader sees it."""
    return [
        (field.label, dict(field.choices).get(typed[name], typed[name]))
        for name, field in ANSWER.fields.items()
        if typed.get(name)
    ]


@register.filter
def plain_number(value: Decimal | None) -> str:
    return numbers.swedish(value)


@register.filter
def state_mark(state: str) -> str:
    return STATE_MARKS[ActionState(state)]


def _field(kind: Editable, field: Field, value: str, key: str, fault: str) -> str:
    id_ = f"{kind.name}-{key}-{field.name}"
    words = escape(_QUESTIONS.get(field.name, field.label) if kind is ANSWER else field.label)
    told = f'<p class="fault" id="{id_}-fel">{escape(fault)}</p>' if fault else ""
    if field.control == "choice":
        return _chips(field, value, id_, words, told)
    about = f' aria-describedby="{id_}-fel" aria-invalid="true"' if fault else ""
    attributes = f'id="{id_}" name="{field.name}"{about}'
    typed = escape(value)
    control = (
        f'<textarea rows="2" class="form-control" {attributes}>\n{typed}</textarea>'
        if field.control == "text"
        else f'<input class="form-control" inputmode="decimal" autocomplete="off" {attributes} '
        f'value="{typed}">'
    )
    return (
        f'<div class="asked asked-{field.control}" data-field="{field.name}">'
        f'<label for="{id_}">{words}</label>{control}{told}</div>'
    )


def _chips(field: Field, value: str, id_: str, words: str, told: str) -> str:
    """One of a few: what a thumb hits, and arrows walk through."""
    chips = "".join(
        f'<label><input type="radio" name="{field.name}" value="{escape(choice)}"'
        f"{' checked' if choice == value else ''}><span>{_mark(field, choice)}{escape(label)}"
        "</span></label>"
        for choice, label in [*field.choices, ("", "Ej angivet")]
    )
    return (
        f'<fieldset class="asked chips" data-field="{field.name}" id="{id_}">'
        f"<legend>{words}</legend>{chips}{told}</fieldset>"
    )


def _mark(field: Field, choice: str) -> str:
    if field.name != "state" or not choice:
        return ""
    mark = STATE_MARKS[ActionState(choice)]
    return f'<span class="is-{choice}"><span class="shape" aria-hidden="true">{mark}</span></span> '
