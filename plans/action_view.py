"""An action as it is read, with what hangs on it: goals, parties, answers, each under its label."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from plans.document import (
    ActionDoc,
    AnswerDoc,
    CommitmentDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    RoundDoc,
)
from plans.measured import Meetings
from plans.vocabulary import ActionState, TimingKind
from samverkan import numbers
from samverkan.indicators.series import Kept
from samverkan.spread import spread

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
    kept: Kept | None = None  # the indicator that it is set by, as the register has it

    @property
    def newest(self) -> str:
        """ "60 % (2023)": the last that the register knows."""
        return self.kept.newest if self.kept else ""

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
        return facts_of(self.doc)


def facts_of(doc: AnswerDoc) -> list[str]:
    """What is answered beside the state and the words."""
    facts = []
    if doc.commitment_met:
        facts.append(f"Åtagandet uppfyllt: {doc.commitment_met.label.lower()}")
    if doc.meetings_held is not None:
        facts.append(Meetings(doc.meetings_held, doc.meetings_planned).words)
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


def _lines(part: ActionDoc | CommitmentDoc, labels: dict[str, str]) -> list[Line]:
    return [
        Line(label, getattr(part, field), field)
        for field, label in labels.items()
        if getattr(part, field)
    ]


def _letters(text: str) -> str:
    """Tillsvidare and tills vidare are the same words."""
    return "".join(text.split()).casefold()
