"""PlanDocument: a whole plan as plain, frozen data. What enters and leaves a plan passes here.

The format is `samverkansplan/1` (docs/format/). A document says what the plan says, in the order
it says it, and nothing about who may read it or what state it is in: that is the database's.
"""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec.structs import replace

from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.document import (
    Count,
    DecisionDoc,
    Field,
    Heading,
    Moment,
    Name,
    Number,
    Part,
    PartyKey,
    Rich,
    Slug,
    choice,
    choices,
    decode_as,
    encode,
    has_room,
    refuse_doubled,
    twice,
)
from samverkan.edition import Edition
from samverkan.organisation.vocabulary import PartyKind

FORMAT = "samverkansplan/1"


class DistrictDoc(Part):
    slug: str
    name: str
    municipality: str


class CatalogueDoc(Part):
    year: int
    name: str


class PartyDoc(Part):
    key: PartyKey
    name: Annotated[str, msgspec.Meta(max_length=150)]
    short_name: Number
    kind: PartyKind


class SignatoryDoc(Part):
    party: str
    signatory: Annotated[str, msgspec.Meta(max_length=150)] = ""
    registry_number: Number = ""
    uuid: UUID | None = None  # as of an extra


class AgreementDoc(Part):
    uuid: UUID
    title: Heading
    period_start: date
    period_end: date | None = None
    signed_on: date | None = None
    registry_number: Number = ""
    next_review: date | None = None
    parties: tuple[SignatoryDoc, ...] = ()


class SectionDoc(Part):
    uuid: UUID
    heading: Heading
    text: Rich = ""


class CauseDoc(Part):
    uuid: UUID
    text: str
    is_internal: bool = False
    internal_reason: str = ""


class ProblemDoc(Part):
    uuid: UUID
    text: str
    is_internal: bool = False
    internal_reason: str = ""
    causes: tuple[CauseDoc, ...] = ()


class GoalDoc(Part):
    uuid: UUID
    text: str
    unit: Number = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_date: date | None = None


class CommitmentDoc(Part):
    uuid: UUID
    party: str
    contact_role: str = ""
    other_participants: str = ""
    text: str = ""
    is_internal: bool = False
    internal_reason: str = ""
    internal_fields: tuple[Field, ...] = ()


class ActionDoc(Part):
    uuid: UUID
    problem: UUID | None = None  # at most one of the two
    cause: UUID | None = None
    also_serves: tuple[UUID, ...] = ()  # areas

    name: Name = ""
    description: str = ""
    undertaking: str = ""
    working_group: str = ""
    aim: str = ""

    timing: str = ""
    timing_kind: TimingKind | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    meeting_frequency: str = ""
    meetings_planned: Count | None = None

    convener: str = ""
    responsible: str = ""
    other_participants: str = ""
    funding: str = ""
    communication: str = ""
    follow_up_plan: str = ""
    promise: str = ""  # to the public

    predecessor: UUID | None = None
    is_internal: bool = False
    internal_reason: str = ""
    internal_fields: tuple[Field, ...] = ()
    goals: tuple[GoalDoc, ...] = ()
    commitments: tuple[CommitmentDoc, ...] = ()


class AreaDoc(Part):
    uuid: UUID
    slug: Slug  # of the area in the catalogue, or of the district's own area
    name: Heading
    title: Heading  # as the plan writes it
    own: bool = False
    overall_goal: str = ""
    situation: Rich = ""
    comment: str = ""
    handled_as: HandledAs | None = None
    handled_in: UUID | None = None
    handled_note: str = ""
    not_chosen_reason: str = ""
    is_internal: bool = False
    internal_reason: str = ""
    internal_fields: tuple[Field, ...] = ()
    problems: tuple[ProblemDoc, ...] = ()
    actions: tuple[ActionDoc, ...] = ()


class AnswerDoc(Part):
    action: UUID
    party: str | None = None  # none: the common follow-up of the action
    text: str = ""
    state: ActionState | None = None
    commitment_met: Met | None = None
    continues_next_year: bool | None = None
    meetings_planned: Count | None = None
    meetings_held: Count | None = None


class OutcomeDoc(Part):
    goal: UUID
    value: Decimal | None = None
    text: str = ""


class RoundDoc(Part):
    uuid: UUID
    kind: RoundKind
    name: Annotated[str, msgspec.Meta(max_length=100)]
    reporting_date: date
    due_date: date
    questions: str = ""
    opened_at: Moment | None = None
    closed_at: Moment | None = None
    answers: tuple[AnswerDoc, ...] = ()
    outcomes: tuple[OutcomeDoc, ...] = ()


class ExtraDoc(Part):
    where: Name
    label: Name
    text: str
    is_internal: bool = True
    uuid: UUID | None = None  # none in what has just been read; it gets one when it is stored


class PlanDocument(Part):
    district: DistrictDoc
    period_start: date
    period_end: date
    layout: Layout
    catalogue: CatalogueDoc
    revision: Annotated[int, msgspec.Meta(ge=1, le=32767)] = 1
    annex_label: Number = ""
    agreement: AgreementDoc | None = None
    parties: tuple[PartyDoc, ...] = ()
    sections: tuple[SectionDoc, ...] = ()
    areas: tuple[AreaDoc, ...] = ()
    rounds: tuple[RoundDoc, ...] = ()
    extras: tuple[ExtraDoc, ...] = ()

    def __post_init__(self) -> None:
        if fault := _fault(self):
            raise NotAPlan(fault)

    def plan_part(self) -> "PlanDocument":
        """What a decision freezes: the plan without its follow-ups, which stay open.

        A party that only answers in a round is named by the round, and goes with it.
        """
        named = {entry.party for entry in self.agreement.parties} if self.agreement else set()
        for area in self.areas:
            for action in area.actions:
                named |= {commitment.party for commitment in action.commitments}
        parties = tuple(party for party in self.parties if party.key in named)
        return replace(self, rounds=(), parties=parties)

    def content_hash(self) -> str:
        return hashlib.sha256(encode(self.plan_part())).hexdigest()


def _fault(document: PlanDocument) -> str:
    """What makes the document contradict itself, in a sentence; nothing where it does not."""
    if document.period_end < document.period_start:
        return "perioden slutar innan den börjar"
    parties = {party.key for party in document.parties}
    areas = {area.uuid for area in document.areas}
    if twice(party.key for party in document.parties):
        return "samma part står två gånger"
    if twice(section.uuid for section in document.sections):
        return "två avsnitt har samma uuid"
    if twice(extra.uuid for extra in document.extras if extra.uuid):
        return "två uppgifter ur källan har samma uuid"
    if twice(area.uuid for area in document.areas) or twice(
        (area.own, area.slug) for area in document.areas
    ):
        return "samma område står två gånger"
    named = []
    if agreement := document.agreement:
        named = [signatory.party for signatory in agreement.parties]
        if twice(named):
            return "samma part står två gånger i överenskommelsen"
        if twice(entry.uuid for entry in agreement.parties if entry.uuid):
            return "två parter i överenskommelsen har samma uuid"
        if agreement.period_end and agreement.period_end < agreement.period_start:
            return "överenskommelsen slutar innan den börjar"
    actions: list[UUID] = []
    goals: list[UUID] = []
    for area in document.areas:
        if area.handled_in and (area.handled_in not in areas or area.handled_as != HandledAs.AREA):
            return f"{area.title}: området som det hanteras i finns inte i planen"
        if fault := _fault_of_marks(area):
            return f"{area.title}: {fault}"
        problems = [problem.uuid for problem in area.problems]
        causes = [cause.uuid for problem in area.problems for cause in problem.causes]
        if twice(problems) or twice(causes):
            return f"{area.title}: två problem eller två orsaker har samma uuid"
        known_problems, known_causes = set(problems), set(causes)
        for action in area.actions:
            what = f"{area.title}: {action.name or action.description}"
            if not action.name and not action.description:
                return f"{area.title}: en åtgärd saknar både namn och beskrivning"
            if action.problem and action.cause:
                return f"{what}: en åtgärd hör till en orsak eller ett problem, inte båda"
            if action.problem and action.problem not in known_problems:
                return f"{what}: problemet finns inte i området"
            if action.cause and action.cause not in known_causes:
                return f"{what}: orsaken finns inte i området"
            if area.uuid in action.also_serves or not areas.issuperset(action.also_serves):
                return f"{what}: ett område som åtgärden även bidrar till finns inte i planen"
            if fault := _fault_of_marks(action, *action.commitments):
                return f"{what}: {fault}"
            if twice(action.also_serves):
                return f"{what}: samma område står två gånger bland dem som åtgärden bidrar till"
            acting = [commitment.party for commitment in action.commitments]
            if twice(acting):
                return f"{what}: samma part har två åtaganden"
            if twice(commitment.uuid for commitment in action.commitments):
                return f"{what}: två åtaganden har samma uuid"
            if twice(goal.uuid for goal in action.goals):
                return f"{what}: två mål har samma uuid"
            for number in (n for goal in action.goals for n in (goal.baseline, goal.target)):
                if not has_room(number):
                    return f"{what}: talet {number} ryms inte"
            named += acting
            actions.append(action.uuid)
            goals += [goal.uuid for goal in action.goals]
    if twice(actions):
        return "två åtgärder har samma uuid"
    if twice(round_.uuid for round_ in document.rounds) or twice(
        round_.name for round_ in document.rounds
    ):
        return "två uppföljningar har samma namn eller uuid"
    for round_ in document.rounds:
        if round_.closed_at and not round_.opened_at:
            return f"{round_.name}: uppföljningen är stängd men har aldrig öppnats"
        if any(m and not 1 < m.year < 9999 for m in (round_.opened_at, round_.closed_at)):
            return f"{round_.name}: en tidpunkt är orimlig"
        answered = [(answer.action, answer.party) for answer in round_.answers]
        measured = [outcome.goal for outcome in round_.outcomes]
        if twice(answered) or twice(measured):
            return f"{round_.name}: två svar gäller samma sak"
        if not {action for action, _ in answered} <= set(actions) or not set(measured) <= set(
            goals
        ):
            return f"{round_.name}: ett svar gäller en åtgärd eller ett mål som inte finns i planen"
        for outcome in round_.outcomes:
            if not has_room(outcome.value):
                return f"{round_.name}: talet {outcome.value} ryms inte"
        named += [party for _, party in answered if party]
    if missing := set(named) - parties:
        return f"parten {min(missing)} finns inte i listan över parter"
    return ""


def _fault_of_marks(*parts: AreaDoc | ActionDoc | CommitmentDoc) -> str:
    for part in parts:
        if twice(part.internal_fields):
            return "samma fält står två gånger bland dem som är interna"
        if unknown := set(part.internal_fields).difference(part.__struct_fields__):
            return f"fältet {min(unknown)} finns inte, och kan inte vara internt"
    return ""


class Envelope(Part, omit_defaults=False):  # a file says its format
    document: PlanDocument
    decision: DecisionDoc | None = None
    format: str = FORMAT
    edition: Edition = Edition.INTERNAL  # the public one is a part of the plan: not the whole


class NotAPlan(ValueError):
    """The text is not a `samverkansplan/1`; says where and why."""


_decoder = msgspec.json.Decoder(Envelope, dec_hook=choice)


def validated(document: PlanDocument) -> PlanDocument:
    """The document held against the format: one that was built in code has not been yet."""
    try:
        return decode(encode(document))
    except msgspec.ValidationError as error:
        raise NotAPlan(f"Planen kan inte sparas: {error}.") from error


def decode(content: bytes) -> PlanDocument:
    """What `encode` made of a document: that which a decision froze."""
    return decode_as(content, PlanDocument)


def write_json(envelope: Envelope) -> bytes:
    return msgspec.json.format(encode(envelope), indent=2) + b"\n"


def read_json(content: bytes | str) -> Envelope:
    try:
        envelope = _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise NotAPlan(f"Filen är inte en plan i formatet {FORMAT}: {error}.") from error
    refuse_doubled(content, NotAPlan)
    if envelope.format != FORMAT:
        raise NotAPlan(f"Filen har formatet {envelope.format}; det som kan läsas är {FORMAT}.")
    return envelope


def json_schema() -> dict:
    return msgspec.json.schema(Envelope, schema_hook=choices)
