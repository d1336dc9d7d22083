"""Where a text goes, once it is known what it is: into the area, the action, a goal, an åtagande."""

import re
from datetime import date, timedelta

from plans.reading.draft import ActionDraft, AreaDraft, Draft, put, said_in, words_for
from plans.reading.labels import (
    CONVENER,
    DESCRIPTION,
    NUMBER,
    TIMING,
    Found,
    Meaning,
    Setting,
    find,
)
from plans.reading.list_marks import items
from plans.reading.source import At, Cell
from plans.reading.words import folded
from plans.rows import RowKind
from plans.vocabulary import ActionState
from samverkan.reading.outcome import Sureness

# A name is short, and no sentence: "Platssamverkan Klara: …", or a line of its own.
_LONGEST_NAME, _MOST_WORDS = 100, 12
_NAMED = re.compile(rf"^([^:\n.!?]{{2,{_LONGEST_NAME}}}):\s*(\S.*)$", re.DOTALL)
_NUMBERING = re.compile(r"^\W*(?:\d+\W*)+[a-zA-Z]?\W*$")

_FIRST_DAY, _LAST_DAY = 36526, 73050  # the years from 2000 to 2099, as Excel counts days
_STATES = {folded(state.label): state for state in ActionState} | {
    folded(words): state
    for words, state in (
        ("klar", ActionState.DONE),
        ("klart", ActionState.DONE),
        ("utförd", ActionState.DONE),
        ("pågående", ActionState.IN_PROGRESS),
        ("påbörjad", ActionState.IN_PROGRESS),
        ("fortlöper enligt plan", ActionState.ON_PLAN),
        ("går enligt plan", ActionState.ON_PLAN),
        ("delvis", ActionState.PARTLY_DONE),
        ("inte påbörjad", ActionState.NOT_STARTED),
        ("inte genomförd", ActionState.NOT_DONE),
        ("paus", ActionState.PAUSED),
    )
}


def place(
    draft: Draft,
    area: AreaDraft,
    action: ActionDraft | None,
    found: Found,
    cell: Cell,
    at: At,
    *,
    said: str = "",
    question: str = "",
) -> list[str]:
    """Put the cell where its label says: the texts it is put among, so that it can go on there.
    `said` is the label, as the file has it."""
    meaning, sureness, text = found.meaning, found.sureness, cell.text
    if why := draft.refusal_of(meaning):
        draft.keep(at, said or words_for(meaning), text, question, why=why)
        return []
    match meaning.row:
        case RowKind.AREA:
            put(area.said, meaning.field, text)
            draft.note(at, words_for(meaning), sureness, row=area.uuid, question=question)
            return area.said[meaning.field]
        case NUMBER.row:
            if _NUMBERING.match(text):
                draft.form(at, "Löpnummer")
            else:
                draft.keep(at, said or "Nummer", text, question)
            return []
    if action is None:
        draft.keep(at, said or words_for(meaning), text, question)
        return []
    texts: list[str] = []
    match meaning.row:
        case RowKind.ACTION:
            texts = _place_in_action(action, meaning, cell)
        case RowKind.GOAL:
            action.goals += items(text)
            texts = action.goals
        case RowKind.ANSWER:
            if meaning.field == "state":
                if (state := _STATES.get(folded(text))) is None:
                    draft.keep(at, said or words_for(meaning), text, question)
                    return []
                action.state = state
                if folded(text) != folded(state.label):
                    action.result.append(text)
            else:
                action.result.append(text)
                action.state = action.state or _STATES.get(folded(text))
                texts = action.result
        case RowKind.COMMITMENT:
            commitment, how_sure, about = draft.commitment(action, meaning.party, at)
            text = _pointed_to(action, text) if meaning.field == "contact_role" else text
            put(commitment.said, meaning.field, text)
            became = f"{words_for(meaning)} ({draft.name_of(commitment.party)})"
            sureness = max(sureness, how_sure, key=_doubt)
            draft.note(at, became, sureness, row=commitment.uuid, question=question or about)
            return commitment.said[meaning.field]
    draft.note(at, words_for(meaning), sureness, row=action.uuid, question=question)
    return texts


def _place_in_action(action: ActionDraft, meaning: Meaning, cell: Cell) -> list[str]:
    text = cell.text
    if meaning == DESCRIPTION and not action.is_named:
        name, description = named(text)
        if name:
            put(action.said, "name", name)
        if description:
            put(action.said, "description", description)
        return action.said["description" if description else "name"]
    if meaning == TIMING and (day := cell.date or _day_of_excel(text)):
        action.ends_on, text = day, text if cell.date else day.isoformat()
    put(action.said, meaning.field, text)
    return action.said[meaning.field]


def _day_of_excel(text: str) -> date | None:
    """A date that has lost its form is a number of days: 45747 is the last of March 2025."""
    if not text.isdecimal() or not _FIRST_DAY <= int(text) <= _LAST_DAY:
        return None
    return date(1899, 12, 30) + timedelta(days=int(text))


def named(text: str) -> tuple[str, str]:
    """The name that an action is set off with, by a colon or on a line of its own; and the rest."""
    if found := _NAMED.match(text):
        name, rest = found.groups()
        if len(name.split()) <= _MOST_WORDS and "//" not in rest[:2]:
            return name.strip(), rest.strip()
    first, _, rest = text.partition("\n")
    is_short = len(first) <= _LONGEST_NAME and len(first.split()) <= _MOST_WORDS
    is_name = is_short and not first.startswith("- ")
    if rest.strip() and is_name and not first.rstrip().endswith((".", ",", ";", "-")):
        return first.strip().rstrip(":"), rest.strip()
    return "", text


def _pointed_to(action: ActionDraft, text: str) -> str:
    """ "Samman kallande" where a contact belongs points to the row above that says who that is."""
    pointed = find(text, Setting.ACTIVITY, {})
    convener = said_in(action.said, "convener")
    if pointed and pointed.meaning == CONVENER and convener:
        return f"{convener} (sammankallande)"
    return text


def _doubt(sureness: Sureness) -> int:
    return list(Sureness).index(sureness)
