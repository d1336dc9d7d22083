"""PlanDocument: a whole plan as plain, frozen data. What enters and leaves a plan passes here.

The format is `samverkansplan/1` (docs/format/). A document says what the plan says, in the order
it says it, and nothing about who may read it or what state it is in: that is the database's.
"""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.organisation.vocabulary import PartyKind

FORMAT = "samverkansplan/1"


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the document."""


class DistrictDoc(Part):
    slug: str
    name: str
    municipality: str


class CatalogueDoc(Part):
    year: int
    name: str


class PartyDoc(Part):
    key: str
    name: str
    short_name: str
    kind: PartyKind


class SignatoryDoc(Part):
    party: str
    signatory: str = ""
    registry_number: str = ""


class AgreementDoc(Part):
    uuid: UUID
    title: str
    period_start: date
    period_end: date | None = None
    signed_on: date | None = None
    registry_number: str = ""
    next_review: date | None = None
    parties: tuple[SignatoryDoc, ...] = ()


class SectionDoc(Part):
    uuid: UUID
    heading: str
    text: str = ""  # rich


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
    unit: str = ""
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


class ActionDoc(Part):
    uuid: UUID
    problem: UUID | None = None  # at most one of the two
    cause: UUID | None = None
    also_serves: tuple[UUID, ...] = ()  # areas

    name: str = ""
    description: str = ""
    undertaking: str = ""
    working_group: str = ""
    aim: str = ""

    timing: str = ""
    timing_kind: TimingKind | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    meeting_frequency: str = ""
    meetings_planned: int | None = None

    convener: str = ""
    responsible: str = ""
    other_participants: str = ""
    funding: str = ""
    communication: str = ""
    follow_up_plan: str = ""

    predecessor: UUID | None = None
    is_internal: bool = False
    internal_reason: str = ""
    goals: tuple[GoalDoc, ...] = ()
    commitments: tuple[CommitmentDoc, ...] = ()


class AreaDoc(Part):
    uuid: UUID
    slug: str  # of the area in the catalogue, or of the district's own area
    name: str
    own: bool = False
    title: str  # as the plan writes it
    overall_goal: str = ""
    situation: str = ""  # rich
    comment: str = ""
    handled_as: HandledAs | None = None
    handled_in: UUID | None = None
    handled_note: str = ""
    not_chosen_reason: str = ""
    is_internal: bool = False
    internal_reason: str = ""
    problems: tuple[ProblemDoc, ...] = ()
    actions: tuple[ActionDoc, ...] = ()


class AnswerDoc(Part):
    action: UUID
    party: str | None = None  # none: the common follow-up of the action
    text: str = ""
    state: ActionState | None = None
    commitment_met: Met | None = None
    continues_next_year: bool | None = None
    meetings_planned: int | None = None
    meetings_held: int | None = None


class OutcomeDoc(Part):
    goal: UUID
    value: Decimal | None = None
    text: str = ""


class RoundDoc(Part):
    uuid: UUID
    kind: RoundKind
    name: str
    reporting_date: date
    due_date: date
    questions: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    answers: tuple[AnswerDoc, ...] = ()
    outcomes: tuple[OutcomeDoc, ...] = ()


class ExtraDoc(Part):
    where: str
    label: str
    text: str
    is_internal: bool = True


class PlanDocument(Part):
    district: DistrictDoc
    period_start: date
    period_end: date
    revision: int = 1
    layout: Layout
    annex_label: str = ""
    catalogue: CatalogueDoc
    agreement: AgreementDoc | None = None
    parties: tuple[PartyDoc, ...] = ()
    sections: tuple[SectionDoc, ...] = ()
    areas: tuple[AreaDoc, ...] = ()
    rounds: tuple[RoundDoc, ...] = ()
    extras: tuple[ExtraDoc, ...] = ()

    def plan_part(self) -> "PlanDocument":
        """What a decision freezes: the plan without its follow-ups, which stay open."""
        return replace(self, rounds=())

    def content_hash(self) -> str:
        return hashlib.sha256(encode(self.plan_part())).hexdigest()


class RegistryNumberDoc(Part):
    party: str
    number: str


class DecisionDoc(Part):
    """The decision about the document in the same envelope. Provenance, never an approval."""

    body: str
    decided_on: date
    paragraph: str = ""
    registry_numbers: tuple[RegistryNumberDoc, ...] = ()
    sha256: str


class Envelope(Part):
    format: str = FORMAT
    document: PlanDocument
    decision: DecisionDoc | None = None


class NotAPlan(ValueError):
    """The text is not a `samverkansplan/1`; says where and why."""


def encode(part: Part) -> bytes:
    """The same document is the same bytes: keys stand in the order of the format."""
    return msgspec.json.encode(part)


def write_json(envelope: Envelope) -> bytes:
    return msgspec.json.format(encode(envelope), indent=2) + b"\n"


def read_json(content: bytes | str) -> Envelope:
    try:
        envelope = msgspec.json.decode(content, type=Envelope)
    except msgspec.DecodeError as error:
        raise NotAPlan(f"Filen är inte en plan i formatet {FORMAT}: {error}.") from error
    if envelope.format != FORMAT:
        raise NotAPlan(f"Filen har formatet {envelope.format}; det som kan läsas är {FORMAT}.")
    return envelope


def json_schema() -> dict:
    return msgspec.json.schema(Envelope)
