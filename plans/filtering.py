"""Showing some of a plan: one party's part, what stands in a state, a kind of time, a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from uuid import UUID

from plans.action_view import ACTION_DETAILS, ActionView
from plans.presentation import AreaView, CauseGroup, ProblemGroup
from plans.since import Change


@dataclass(frozen=True)
class Criteria:
    party: str = ""
    state: str = ""
    timing: str = ""
    text: str = ""
    since: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def sought(self) -> list[str]:
        """The words to look for, each by itself."""
        return self.text.casefold().split()

    def matches(self, action: ActionView, words: str, change: Change | None = None) -> bool:
        return (
            (not self.party or self.party in action.parties)
            and (not self.state or self.state in action.states)
            and (not self.timing or self.timing == action.doc.timing_kind)
            and (not self.since or bool(change and self.since == change.since))
            and all(word in words for word in self.sought)
        )

    def found_in(self, words: str) -> bool:
        return any(word in words for word in self.sought)


def narrow(
    areas: list[AreaView], criteria: Criteria, changes: Mapping[UUID, Change] | None = None
) -> list[AreaView]:
    """The areas with the actions that match. An area without any is left out."""
    changes = changes or {}
    if not criteria:
        return areas
    narrowed = []
    for area in areas:
        actions = [
            replace(action, is_open=criteria.found_in(folded))
            for problem in area.chain
            for cause in problem.causes
            for action in cause.actions
            for folded in [_text(_folded_words(action))]
            if criteria.matches(
                action,
                _text(_words(area, problem, cause, action)) + folded,
                changes.get(action.doc.uuid),
            )
        ]
        if actions:
            narrowed.append(replace(area, actions=actions, is_narrowed=True))
    return narrowed


def _text(words: Iterator[str]) -> str:
    return "".join(f"{word}\n" for word in words).casefold()


def _words(
    area: AreaView, problem: ProblemGroup, cause: CauseGroup, action: ActionView
) -> Iterator[str]:
    """What is written about the action where all see it, and about what it hangs on."""
    yield area.doc.title
    if problem.problem:
        yield problem.problem.text
    if cause.cause:
        yield cause.cause.text
    for name in action.doc.__struct_fields__:
        value = getattr(action.doc, name)
        if isinstance(value, str) and not isinstance(value, Enum) and name not in ACTION_DETAILS:
            yield value
    for goal in action.goals:
        yield goal.doc.text
    if action.latest_answer:
        yield action.latest_answer.doc.text


def _folded_words(action: ActionView) -> Iterator[str]:
    """What is written in what can be folded: Mer om åtgärden."""
    for line in action.details:
        yield line.value
    for commitment in action.commitments:
        yield commitment.party.short_name
        yield from (line.value for line in commitment.lines)
    for _, answers in action.rounds_below:
        for answer in answers:
            yield answer.doc.text


@dataclass(frozen=True)
class Hidden:
    """What a filter leaves out of a plan that is shown whole: rows, and how many actions of an area."""

    rows: frozenset[UUID] = frozenset()
    actions: Mapping[UUID, int] = field(default_factory=dict)


def hidden(areas: list[AreaView], narrowed: list[AreaView]) -> Hidden:
    shown = {uuid for area in narrowed for uuid in _rows(area)}
    left_out = {
        area.doc.uuid: sum(action.doc.uuid not in shown for action in area.actions)
        for area in areas
    }
    every = {uuid for area in areas for uuid in _rows(area)}
    return Hidden(frozenset(every - shown), left_out)


def _rows(area: AreaView) -> Iterator[UUID]:
    yield area.doc.uuid
    for problem in area.chain:
        if problem.problem:
            yield problem.problem.uuid
        for cause in problem.causes:
            if cause.cause:
                yield cause.cause.uuid
            yield from (action.doc.uuid for action in cause.actions)
