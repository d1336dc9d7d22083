"""A word of its own in each free text of a plan, to look for afterwards."""

from itertools import count
from typing import Any

import msgspec

from plans.document import AnswerDoc, OutcomeDoc, PlanDocument
from samverkan.document import Part

# Written between colleagues, whatever is marked.
ALWAYS_INTERNAL = {
    (AnswerDoc, "text"),
    (OutcomeDoc, "text"),
}
FREE_TEXTS = {
    *("overall_goal", "situation", "comment", "handled_note", "not_chosen_reason", "text"),
    *("internal_reason", "contact_role", "other_participants", "description", "undertaking"),
    *("working_group", "aim", "timing", "meeting_frequency", "convener", "responsible"),
    *("funding", "communication", "follow_up_plan", "questions", "label", "heading"),
}


def planted(document: PlanDocument) -> tuple[PlanDocument, set[str], set[str]]:
    """The same document with a word of its own in each free text; and which of them are internal."""
    number = count(100_000)
    hidden: set[str] = set()
    shown: set[str] = set()

    def plant(part: Part, is_hidden: bool) -> Part:
        is_hidden = is_hidden or getattr(part, "is_internal", False)
        values: dict[str, Any] = {}
        for name in part.__struct_fields__:
            value = getattr(part, name)
            is_inside = is_hidden or name in getattr(part, "internal_fields", ())
            if isinstance(value, tuple) and value and isinstance(value[0], Part):
                values[name] = tuple(plant(one, is_inside) for one in value)
            elif isinstance(value, Part):
                values[name] = plant(value, is_inside)
            elif name in FREE_TEXTS:
                word = f"ord{next(number)}"
                values[name] = f"<p>{word}</p>" if "<p>" in value else word
                always = (type(part), name) in ALWAYS_INTERNAL
                is_inside |= always or name in ("internal_reason", "questions")
                (hidden if is_inside else shown).add(word)
        return msgspec.structs.replace(part, **values)

    return plant(document, False), hidden, shown  # type: ignore[return-value]
