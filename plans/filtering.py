"""Showing some of a plan: one party's part, what stands in a state, a kind of time, a word."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from plans.presentation import ActionView, AreaView, CauseGroup, ProblemGroup


@dataclass(frozen=True)
class Criteria:
    party: str = ""
    state: str = ""
    timing: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def matches(self, action: ActionView, words: str) -> bool:
        return (
            (not self.party or self.party in action.parties)
            and (not self.state or self.state == action.state)
            and (not self.timing or self.timing == action.doc.timing_kind)
            and all(word in words for word in self.text.casefold().split())
        )


def narrow(areas: list[AreaView], criteria: Criteria) -> list[AreaView]:
    """The areas with the actions that match. An area without any is left out."""
    if not criteria:
        return areas
    narrowed = []
    for area in areas:
        actions = [
            action
            for problem in area.chain
            for cause in problem.causes
            for action in cause.actions
            if criteria.matches(action, " ".join(_words(area, problem, cause, action)).casefold())
        ]
        if actions:
            narrowed.append(replace(area, actions=actions, is_narrowed=True))
    return narrowed


def _words(
    area: AreaView, problem: ProblemGroup, cause: CauseGroup, action: ActionView
) -> Iterator[str]:
    """All that is written about the action, and what it hangs on."""
    yield area.doc.title
    if problem.problem:
        yield problem.problem.text
    if cause.cause:
        yield cause.cause.text
    for name in action.doc.__struct_fields__:
        if isinstance(value := getattr(action.doc, name), str):
            yield value
    for goal in action.goals:
        yield goal.doc.text
    for commitment in action.commitments:
        yield commitment.party.short_name
        yield from (line.value for line in commitment.lines)
    for answer in action.answers:
        yield answer.doc.text
