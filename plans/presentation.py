"""How a plan is laid out for reading: numbered, grouped, labelled. The page and the paper share it.

Nothing here knows of HTML or of the database; it turns a PlanDocument into what a template walks
through, so that the same plan reads the same on screen and on paper.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from plans.counting import Counts, count_area, count_commitments_by_party, count_plan
from plans.document import (
    ActionDoc,
    AnswerDoc,
    AreaDoc,
    CauseDoc,
    CommitmentDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SignatoryDoc,
)
from plans.vocabulary import ActionState, Layout, PlanState, TimingKind
from samverkan import numbers, period
from samverkan.swedish import genitive

# The shape that stands beside the word for a state, so that colour never says it alone.
STATE_MARKS = {
    ActionState.NOT_STARTED: "○",
    ActionState.IN_PROGRESS: "◔",
    ActionState.ON_PLAN: "◕",
    ActionState.PARTLY_DONE: "◐",
    ActionState.DONE: "●",
    ActionState.NOT_DONE: "✕",
    ActionState.PAUSED: "‖",
    ActionState.NO_NEED: "–",
    ActionState.ENDED: "■",
}

PLAN_MARKS = {
    PlanState.DRAFT: "○",
    PlanState.CONSULTATION: "◐",
    PlanState.DECIDED: "●",
    PlanState.CLOSED: "■",
}

# What an action says besides its name, description, goals, time and responsible, and under which
# label, in the order of the forms. A new text field of the action is shown by standing here.
ACTION_DETAILS = {
    "undertaking": "Samverkansåtagande",
    "working_group": "Arbetsgrupp",
    "aim": "Mål och syfte",
    "meeting_frequency": "Mötesfrekvens",
    "convener": "Sammankallande",
    "other_participants": "Övriga deltagare",
    "funding": "Finansiering",
    "communication": "Kommunikation",
    "follow_up_plan": "Plan för uppföljning",
    "promise": "Medborgarlöfte",
}
# In the activity table these stand in this order, after the name and the description.
ACTIVITY_ROWS = {
    "working_group": "Arbetsgrupp",
    "aim": "Mål och syfte",
    "timing": "Löptid",
    "meeting_frequency": "Mötesfrekvens",
    "convener": "Sammankallande",
    "responsible": "Ansvar",
}
ACTIVITY_ROWS_AFTER_PARTIES = {
    "other_participants": "Övriga deltagare",
    "funding": "Finansiering",
    "communication": "Kommunikation",
    "follow_up_plan": "Plan för uppföljning",
    "promise": "Medborgarlöfte",
}
COMMITMENT_ROWS = {
    "contact_role": "Kontakt",
    "other_participants": "Övriga deltagare",
    "text": "Åtagande",
}


# What the parts of a plan are called, on the page and on paper.
HEADINGS = {
    "goals": "Operativa mål",
    "summary": "Sammanställning",
    "parties": "Parter",
    "parties_and_agreement": "Parter och överenskommelse",
    "rounds": "Uppföljningsomgångar",
    "extras": "Övrigt ur källan",
    "about_extras": "Det som stod i filen som planen lästes in från och som inte har någon egen "
    "plats i planen.",
    "place_in_source": "Plats i källan",
    "about": "Om planen",
}
# What only paper gathers in parts of their own.
HEADINGS_ON_PAPER = {"undertakings": "Parternas åtaganden", "approvals": "Godkännanden"}


@dataclass(frozen=True)
class Line:
    label: str
    value: str
    field: str = ""  # of the part that says it, where it says that and no more


@dataclass(frozen=True)
class AreaRef:
    """Another area, named and pointed to."""

    number: int
    title: str

    @property
    def anchor(self) -> str:
        return f"omrade-{self.number}"


@dataclass(frozen=True)
class GoalView:
    doc: GoalDoc
    outcomes: Sequence[tuple[RoundDoc, OutcomeDoc]]

    @property
    def measures(self) -> list[Line]:
        doc = self.doc
        lines = [
            Line("Mått", doc.unit, "unit"),
            Line("Utgångsläge", numbers.swedish(doc.baseline), "baseline"),
            Line("Målvärde", numbers.swedish(doc.target), "target"),
            Line("Senast", str(doc.target_date or ""), "target_date"),
        ]
        return [line for line in lines if line.value]

    @property
    def results(self) -> list[Line]:
        """What came of it in each round. The unit stands apart: it is written for any number."""
        return [
            Line(f"Utfall {round_.name}", " ".join(filter(None, self._result(outcome))))
            for round_, outcome in self.outcomes
        ]

    def _result(self, outcome: OutcomeDoc) -> list[str]:
        if outcome.value is None:
            return [outcome.text]
        unit = f" ({self.doc.unit})" if self.doc.unit else ""
        stop = "." if outcome.text else ""
        return [f"{numbers.swedish(outcome.value)}{unit}{stop}", outcome.text]


@dataclass(frozen=True)
class CommitmentView:
    doc: CommitmentDoc
    party: PartyDoc

    @property
    def lines(self) -> list[Line]:
        return _lines(self.doc, COMMITMENT_ROWS)

    @property
    def asides(self) -> list[Line]:
        """What it says besides the åtagande itself."""
        rows = {field: label for field, label in COMMITMENT_ROWS.items() if field != "text"}
        return _lines(self.doc, rows)


@dataclass(frozen=True)
class PartyTable:
    """Parties side by side, with what each is to do in rows under their names."""

    commitments: Sequence[CommitmentView]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        rows = [
            (label, [getattr(view.doc, field) for view in self.commitments])
            for field, label in COMMITMENT_ROWS.items()
        ]
        # Where nobody says anything the last row stands there, empty: a table has more than its head.
        return [(label, values) for label, values in rows if any(values)] or rows[-1:]

    @property
    def columns(self) -> list[tuple[CommitmentView, list[Line]]]:
        """The same, party by party: each has every row, so that they stand in line."""
        return [
            (view, [Line(label, values[place]) for label, values in self.rows])
            for place, view in enumerate(self.commitments)
        ]


@dataclass(frozen=True)
class AnswerView:
    doc: AnswerDoc
    round: RoundDoc
    party: PartyDoc | None

    @property
    def name(self) -> str:
        return f"{self.round.name}, {self.party.short_name}" if self.party else self.round.name

    @property
    def mark(self) -> str:
        return STATE_MARKS[self.doc.state] if self.doc.state else ""

    @property
    def facts(self) -> list[str]:
        """What is answered beside the state and the words."""
        doc, facts = self.doc, []
        if doc.commitment_met:
            facts.append(f"Åtagandet uppfyllt: {doc.commitment_met.label.lower()}")
        if doc.meetings_held is not None and doc.meetings_planned is not None:
            facts.append(f"{doc.meetings_held} av {doc.meetings_planned} möten")
        elif doc.meetings_held is not None:
            facts.append(f"{doc.meetings_held} möten")
        elif doc.meetings_planned is not None:
            facts.append(f"{doc.meetings_planned} möten planerade")
        if doc.continues_next_year is not None:
            facts.append(
                "Fortsätter nästa år" if doc.continues_next_year else "Fortsätter inte nästa år"
            )
        return facts


@dataclass(frozen=True)
class ActionView:
    doc: ActionDoc
    number: str
    goals: Sequence[GoalView]
    commitments: Sequence[CommitmentView]
    answers: Sequence[AnswerView]
    also_serves: Sequence[AreaRef]
    is_open: bool = False  # what it says below the table's columns is unfolded from the beginning

    @property
    def anchor(self) -> str:
        return f"atgard-{self.number.replace('.', '-')}"

    @property
    def title(self) -> str:
        return self.doc.name or self.doc.description

    @property
    def text(self) -> str:
        """The description, where the name has not said it already."""
        return self.doc.description if self.doc.name else ""

    @property
    def details(self) -> list[Line]:
        """What the columns of the orsakstabell do not show."""
        return _lines(self.doc, ACTION_DETAILS)

    @property
    def says_more(self) -> bool:
        """Whether it says more than the columns of the orsakstabell hold, beside its parties."""
        return bool(self.details or self.also_serves or self.doc.predecessor)

    @property
    def common_answers(self) -> list[AnswerView]:
        return [answer for answer in self.answers if answer.party is None]

    @property
    def party_answers(self) -> list[AnswerView]:
        return [answer for answer in self.answers if answer.party]

    @property
    def standing(self) -> AnswerView | None:
        """The last common answer that says how it stands."""
        said = [answer for answer in self.common_answers if answer.doc.state]
        return said[-1] if said else None

    @property
    def latest_answer(self) -> AnswerView | None:
        """The common answer of the latest round in which somebody answered."""
        common = [answer for answer in self.common_answers if self._is_latest(answer)]
        return common[0] if common else None

    @property
    def feedback(self) -> list[AnswerView]:
        """The latest follow-up: what was said in common or, where nothing was, by the parties."""
        latest = [answer for answer in self.answers if self._is_latest(answer)]
        return [self.latest_answer] if self.latest_answer else latest

    @property
    def states_of_parties(self) -> list[tuple[AnswerView, list[PartyDoc]]]:
        """In the latest round: each state that a party gave, and the parties that gave it."""
        found: dict[ActionState, tuple[AnswerView, list[PartyDoc]]] = {}
        for answer in self.party_answers:
            if answer.doc.state and answer.party and self._is_latest(answer):
                found.setdefault(answer.doc.state, (answer, []))[1].append(answer.party)
        return list(found.values())

    @property
    def rounds_below(self) -> list[tuple[RoundDoc, list[AnswerView]]]:
        """What the parties answered, and all that was answered in earlier rounds: newest first."""
        rounds: dict[UUID, tuple[RoundDoc, list[AnswerView]]] = {}
        for answer in self.answers:
            if answer is not self.latest_answer:
                rounds.setdefault(answer.round.uuid, (answer.round, []))[1].append(answer)
        return list(rounds.values())[::-1]

    def _is_latest(self, answer: AnswerView) -> bool:
        return answer.round is self.answers[-1].round

    @property
    def rows(self) -> list[Line]:
        """The activity table, above the parties."""
        values = {field: getattr(self.doc, field) for field in ACTIVITY_ROWS}
        values["timing"] = "\n".join(filter(None, [self.doc.timing, "; ".join(self.timing_facts)]))
        return [
            Line(label, values[field], field)
            for field, label in ACTIVITY_ROWS.items()
            if values[field]
        ]

    @property
    def rows_under_aim(self) -> list[Line]:
        """The same, where the aim has been said already, as a lead."""
        return [line for line in self.rows if line.label != ACTIVITY_ROWS["aim"]]

    @property
    def rows_after_parties(self) -> list[Line]:
        return _lines(self.doc, ACTIVITY_ROWS_AFTER_PARTIES)

    @property
    def timing_facts(self) -> list[str]:
        """What is known of the time beside its words: how it recurs, its dates, its meetings."""
        doc, facts = self.doc, []
        is_dated = doc.starts_on or doc.ends_on
        said_by_dates = is_dated and doc.timing_kind in (TimingKind.DATE, TimingKind.PERIOD)
        if doc.timing_kind and not said_by_dates:
            kind = doc.timing_kind.label
            if _letters(kind) not in _letters(doc.timing):
                facts.append(kind)
        if doc.starts_on and doc.ends_on:
            facts.append(f"{doc.starts_on} – {doc.ends_on}")
        elif is_dated:
            facts.append(f"från {doc.starts_on}" if doc.starts_on else f"senast {doc.ends_on}")
        if doc.meetings_planned is not None:
            facts.append(f"{doc.meetings_planned} möten planerade")
        return facts

    def party_tables(self, most: int = 3) -> list[PartyTable]:
        """The parties in as few tables of at most so many columns as hold them, evenly spread."""
        return [PartyTable(part) for part in spread(self.commitments, most)]

    @property
    def state(self) -> ActionState | None:
        """How it stands according to the last common answer that says so."""
        return self.standing.doc.state if self.standing else None

    @property
    def states(self) -> set[ActionState]:
        """How it stands according to anybody: in common, and each party in the latest round."""
        states = {answer.doc.state for answer, _ in self.states_of_parties} | {self.state}
        return {state for state in states if state}

    @property
    def mark(self) -> str:
        return STATE_MARKS[self.state] if self.state else ""

    @property
    def parties(self) -> set[str]:
        return {view.party.key for view in self.commitments}


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

    def __init__(self, document: PlanDocument):
        self.document = document
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
            goals=[GoalView(goal, self._outcomes[goal.uuid]) for goal in action.goals],
            commitments=[
                CommitmentView(commitment, self.parties[commitment.party])
                for commitment in action.commitments
            ],
            answers=self._answers[action.uuid],
            also_serves=[self._area_refs[area] for area in action.also_serves],
        )


def _lines(part: ActionDoc | CommitmentDoc, labels: dict[str, str]) -> list[Line]:
    return [
        Line(label, getattr(part, field), field)
        for field, label in labels.items()
        if getattr(part, field)
    ]


def _names(words: str, party: PartyDoc) -> bool:
    """Whether the words name the party as it is called: whole words, in any case."""
    names = "|".join(re.escape(name) for name in (party.short_name, party.name))
    return bool(re.search(rf"(?<!\w)(?:{names})(?!\w)", words, re.IGNORECASE))


def _letters(text: str) -> str:
    """Tillsvidare and tills vidare are the same words."""
    return "".join(text.split()).casefold()


def spread(items: Sequence, most: int) -> list[Sequence]:
    """In as few parts as hold them, evenly: four, of which at most three together, are two and two."""
    parts = -(-len(items) // most)
    size = -(-len(items) // parts) if parts else 0
    return [items[start : start + size] for start in range(0, len(items), size or 1)]
