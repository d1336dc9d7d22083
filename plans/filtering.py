"""Showing some of a plan: one party's part, what stands in a state, a kind of time, a word."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import Enum

from plans.presentation import ACTION_DETAILS, ActionView, AreaView, CauseGroup, ProblemGroup


@dataclass(frozen=True)
class Criteria:
    party: str = ""
    state: str = ""
    timing: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def sought(self) -> list[str]:
        """The words to look for, each by itself."""
        return self.text.casefold().split()

    def matches(self, action: ActionView, words: str) -> bool:
        return (
            (not self.party or self.party in action.parties)
            and (not self.state or self.state in action.states)
            and (not self.timing or self.timing == action.doc.timing_kind)
            and all(word in words for word in self.sought)
        )

    def found_in(self, words: str) -> bool:
        return any(word in words for word in self.sought)


def narrow(areas: list[AreaView], criteria: Criteria) -> list[AreaView]:
    """The areas with the actions that match. An area without any is left out."""
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
            if criteria.matches(action, _text(_words(area, problem, cause, action)) + folded)
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
