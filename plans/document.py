"""PlanDocument: a whole plan as plain, frozen data. What enters and leaves a plan passes here.

The format is `samverkansplan/1` (docs/format/). A document says what the plan says, in the order
it says it, and nothing about who may read it or what state it is in: that is the database's.
"""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from django.db.models import Choices
from msgspec.structs import replace

from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.organisation.vocabulary import PartyKind

FORMAT = "samverkansplan/1"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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
    title: str  # as the plan writes it
    own: bool = False
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
    layout: Layout
    catalogue: CatalogueDoc
    revision: int = 1
    annex_label: str = ""
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
    sha256: str
    paragraph: str = ""
    registry_numbers: tuple[RegistryNumberDoc, ...] = ()


class Envelope(Part):
    document: PlanDocument
    decision: DecisionDoc | None = None
    format: str = FORMAT


class NotAPlan(ValueError):
    """The text is not a `samverkansplan/1`; says where and why."""


# Django's choices have a metaclass of their own, so msgspec has to be told that they are enums.
def _choice(kind: type[Choices], value: str) -> Choices:
    return kind(value)


def _choices(kind: type[Choices]) -> dict:
    return {"type": "string", "enum": kind.values}


_encoder = msgspec.json.Encoder(enc_hook=lambda choice: choice.value)
_decoder = msgspec.json.Decoder(Envelope, dec_hook=_choice)


def encode(part: Part) -> bytes:
    """The same document is the same bytes: keys stand in the order of the format."""
    return _encoder.encode(part)


def write_json(envelope: Envelope) -> bytes:
    return msgspec.json.format(encode(envelope), indent=2) + b"\n"


def read_json(content: bytes | str) -> Envelope:
    try:
        envelope = _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise NotAPlan(f"Filen är inte en plan i formatet {FORMAT}: {error}.") from error
    if envelope.format != FORMAT:
        raise NotAPlan(f"Filen har formatet {envelope.format}; det som kan läsas är {FORMAT}.")
    return envelope


def json_schema() -> dict:
    return msgspec.json.schema(Envelope, schema_hook=_choices)
