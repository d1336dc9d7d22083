"""How a plan is laid out for reading: numbered, grouped, labelled. The page and the paper share it.

Nothing here knows of HTML or of the database; it turns a PlanDocument into what a template walks
through, so that the same plan reads the same on screen and on paper.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from plans.action_view import ActionView, AnswerView, AreaRef, CommitmentView, GoalView
from plans.counting import Counts, count_area, count_commitments_by_party, count_plan
from plans.document import (
    ActionDoc,
    AreaDoc,
    CauseDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SignatoryDoc,
)
from plans.vocabulary import Layout, PlanState
from samverkan import period
from samverkan.indicators.series import Kept
from samverkan.swedish import genitive

PLAN_MARKS = {
    PlanState.DRAFT: "○",
    PlanState.CONSULTATION: "◐",
    PlanState.DECIDED: "●",
    PlanState.CLOSED: "■",
}
# What the parts of a plan are called, on the page and on paper.
HEADINGS = {
    "goals": "Operativa mål",
    "summary": "Sammanställning",
    "parties": "Parter",
    "parties_and_agreement": "Parter och överenskommelse",
    "rounds": "Uppföljningar",
    "extras": "Övrigt ur källan",
    "about_extras": "Det som stod i filen som planen lästes in från och som inte har någon egen "
    "plats i planen.",
    "place_in_source": "Plats i källan",
    "about": "Om planen",
}
# What only paper gathers in parts of their own.
HEADINGS_ON_PAPER = {"undertakings": "Parternas åtaganden", "approvals": "Godkännanden"}


@dataclass(frozen=True)
class Undertaking:
    """What one party has to do with an action."""

    party: PartyDoc
    action: ActionView
    commitment: CommitmentView | None
    is_responsible: bool  # named so by the action's own words

    @property
    def answers(self) -> list[AnswerView]:
        """How it goes, as said by all together and by the party."""
        return [answer for answer in self.action.answers if answer.party in (None, self.party)]


@dataclass(frozen=True)
class PartyUndertakings:
    party: PartyDoc
    areas: Sequence[tuple["AreaView", Sequence[Undertaking]]]

    @property
    def heading(self) -> str:
        return f"{genitive(self.party.short_name)} åtaganden"

    @property
    def all(self) -> list[Undertaking]:
        return [undertaking for _, undertakings in self.areas for undertaking in undertakings]


@dataclass(frozen=True)
class CauseGroup:
    cause: CauseDoc | None
    actions: Sequence[ActionView]


@dataclass(frozen=True)
class ProblemGroup:
    problem: ProblemDoc | None
    causes: Sequence[CauseGroup]


@dataclass(frozen=True)
class AreaView:
    doc: AreaDoc
    number: int
    actions: Sequence[ActionView]
    handled_in: AreaRef | None
    served_by: Sequence[ActionView]  # actions of other areas that also serve this one
    is_narrowed: bool = False  # shows only some of its actions: what they hang on, and no more

    @property
    def anchor(self) -> str:
        return f"omrade-{self.number}"

    @property
    def counts(self) -> Counts:
        return count_area(self.doc)

    @property
    def is_empty(self) -> bool:
        return not self.doc.problems and not self.doc.actions

    @cached_property
    def chain(self) -> list[ProblemGroup]:
        """Problem -> orsak -> åtgärd: each problem and each cause once, with what hangs on it."""
        of_cause, of_problem, loose = defaultdict(list), defaultdict(list), []
        for action in self.actions:
            if action.doc.cause:
                of_cause[action.doc.cause].append(action)
            elif action.doc.problem:
                of_problem[action.doc.problem].append(action)
            else:
                loose.append(action)
        groups = []
        for problem in self.doc.problems:
            causes = [CauseGroup(cause, of_cause[cause.uuid]) for cause in problem.causes]
            if of_problem[problem.uuid] or not causes:
                causes.append(CauseGroup(None, of_problem[problem.uuid]))
            if self.is_narrowed:
                causes = [group for group in causes if group.actions]
            if causes:
                groups.append(ProblemGroup(problem, causes))
        if loose:
            groups.append(ProblemGroup(None, [CauseGroup(None, loose)]))
        return groups


@dataclass(frozen=True)
class SummaryRow:
    area: AreaView
    counts: Counts
    parties: Sequence[tuple[PartyDoc, int]]  # in how many actions each of them has a part


class PlanView:
    """The whole plan, ready to be walked through by a template."""

    def __init__(self, document: PlanDocument, register: Mapping[UUID, Kept] | None = None):
        """With the indicators that goals are set by, where what is in them is to be shown."""
        self.document = document
        self._register = register or {}
        self.parties = {party.key: party for party in document.parties}
        self._area_refs = {
            area.uuid: AreaRef(number, area.title)
            for number, area in enumerate(document.areas, start=1)
        }
        self._answers: dict[UUID, list[AnswerView]] = defaultdict(list)
        self._outcomes: dict[UUID, list[tuple[RoundDoc, OutcomeDoc]]] = defaultdict(list)
        for round_ in document.rounds:
            for answer in round_.answers:
                party = self.parties[answer.party] if answer.party else None
                self._answers[answer.action].append(AnswerView(answer, round_, party))
            for outcome in round_.outcomes:
                self._outcomes[outcome.goal].append((round_, outcome))

    @property
    def period(self) -> str:
        return period.words(self.document.period_start, self.document.period_end)

    @property
    def title(self) -> str:
        return f"Åtgärdsplan {self.period}"

    @property
    def headings(self) -> dict[str, str]:
        named = "parties_and_agreement" if self.document.agreement else "parties"
        return HEADINGS | HEADINGS_ON_PAPER | {"parties": HEADINGS[named]}

    @property
    def has_causes(self) -> bool:
        return self.document.layout == Layout.CAUSES

    @cached_property
    def areas(self) -> list[AreaView]:
        actions = {
            area.uuid: [
                self._action(action, f"{number}.{place}")
                for place, action in enumerate(area.actions, start=1)
            ]
            for number, area in enumerate(self.document.areas, start=1)
        }
        serving = defaultdict(list)
        for views in actions.values():
            for view in views:
                for area in view.doc.also_serves:
                    serving[area].append(view)
        return [
            AreaView(
                doc=area,
                number=number,
                actions=actions[area.uuid],
                handled_in=self._area_refs[area.handled_in] if area.handled_in else None,
                served_by=serving[area.uuid],
            )
            for number, area in enumerate(self.document.areas, start=1)
        ]

    @property
    def actions(self) -> list[ActionView]:
        return [action for area in self.areas for action in area.actions]

    @property
    def acting_parties(self) -> list[PartyDoc]:
        """Those with a part in some action, in the document's order."""
        acting = {key for action in self.actions for key in action.parties}
        return [party for party in self.document.parties if party.key in acting]

    @property
    def promises(self) -> list[tuple[AreaView, list[ActionView]]]:
        """What is promised the public, area by area."""
        found = [
            (area, [action for action in area.actions if action.doc.promise]) for area in self.areas
        ]
        return [(area, actions) for area, actions in found if actions]

    @cached_property
    def undertakings(self) -> list[PartyUndertakings]:
        """Party by party: the actions in which it has a part, or for which it answers."""
        each = [self.undertakings_of(party) for party in self.document.parties]
        return [part for part in each if part.areas]

    def undertakings_of(self, party: PartyDoc) -> PartyUndertakings:
        areas = []
        for area in self.areas:
            found = []
            for action in area.actions:
                own = [view for view in action.commitments if view.party.key == party.key]
                is_responsible = _names(action.doc.responsible, party)
                if own or is_responsible:
                    found.append(
                        Undertaking(party, action, own[0] if own else None, is_responsible)
                    )
            if found:
                areas.append((area, found))
        return PartyUndertakings(party, areas)

    @property
    def main_parties(self) -> list[PartyDoc]:
        agreement = self.document.agreement
        return [self.parties[entry.party] for entry in agreement.parties] if agreement else []

    @property
    def signatories(self) -> list[tuple[PartyDoc, SignatoryDoc]]:
        agreement = self.document.agreement
        entries = agreement.parties if agreement else ()
        return [(self.parties[entry.party], entry) for entry in entries]

    @cached_property
    def summary(self) -> list[SummaryRow]:
        parties = self.acting_parties
        keys = [party.key for party in parties]
        return [
            SummaryRow(
                area,
                area.counts,
                list(zip(parties, count_commitments_by_party(area.doc, keys), strict=True)),
            )
            for area in self.areas
        ]

    @property
    def summary_columns(self) -> dict[str, str]:
        """What the sammanställning counts, and what it calls it."""
        actions = {"actions": "Åtgärder" if self.has_causes else "Aktiviteter"}
        causes = {"problems": "Problem", "causes": "Orsaker"} if self.has_causes else {}
        return causes | actions | {"goals": "Mål", "commitments": "Åtaganden"}

    def summary_numbers(self, counts: Counts) -> list[int]:
        return [getattr(counts, field) for field in self.summary_columns]

    @property
    def taking_part(self) -> list[tuple[PartyDoc, Sequence[int], int]]:
        """For each party the number of actions that it has a part in: by area, and in all."""
        found: list[tuple[PartyDoc, Sequence[int], int]] = []
        for column in zip(*(row.parties for row in self.summary), strict=True):
            numbers = [number for _, number in column]
            found.append((column[0][0], numbers, sum(numbers)))
        return found

    @property
    def total(self) -> Counts:
        return count_plan(self.document)

    def _action(self, action: ActionDoc, number: str) -> ActionView:
        return ActionView(
            doc=action,
            number=number,
            goals=[
                GoalView(
                    goal,
                    self._outcomes[goal.uuid],
                    self._register.get(goal.indicator) if goal.indicator else None,
                )
                for goal in action.goals
            ],
            commitments=[
                CommitmentView(commitment, self.parties[commitment.party])
                for commitment in action.commitments
            ],
            answers=self._answers[action.uuid],
            also_serves=[self._area_refs[area] for area in action.also_serves],
        )


def _names(words: str, party: PartyDoc) -> bool:
    """Whether the words name the party as it is called: whole words, in any case."""
    names = "|".join(re.escape(name) for name in (party.short_name, party.name))
    return bool(re.search(rf"(?<!\w)(?:{names})(?!\w)", words, re.IGNORECASE))
