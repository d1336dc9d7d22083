"""Sammanställningen: how many problems, causes, actions. Computed from the document, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.document import AreaDoc, PlanDocument
from samverkan.text import same_words


@dataclass(frozen=True)
class Counts:
    problems: int = 0
    causes: int = 0
    actions: int = 0
    goals: int = 0
    commitments: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.problems + other.problems,
            self.causes + other.causes,
            self.actions + other.actions,
            self.goals + other.goals,
            self.commitments + other.commitments,
        )


def count_area(area: AreaDoc) -> Counts:
    """A problem written on several rows is one; the same cause under two problems is two."""
    problems = {same_words(problem.text) for problem in area.problems}
    causes = {
        (same_words(problem.text), same_words(cause.text))
        for problem in area.problems
        for cause in problem.causes
    }
    return Counts(
        problems=len(problems),
        causes=len(causes),
        actions=len(area.actions),
        goals=sum(len(action.goals) for action in area.actions),
        commitments=sum(
            bool(commitment.text) for action in area.actions for commitment in action.commitments
        ),
    )


def count_plan(document: PlanDocument) -> Counts:
    return sum((count_area(area) for area in document.areas), start=Counts())


def count_commitments_by_party(area: AreaDoc, parties: Iterable[str]) -> list[int]:
    """How many actions each party has a part in, in the order of the parties."""
    return [
        sum(
            commitment.party == party
            for action in area.actions
            for commitment in action.commitments
        )
        for party in parties
    ]
