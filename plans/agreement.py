"""AgreementDocument: a samverkansöverenskommelse as plain, frozen data.

The format is `samverkansoverenskommelse/1` (docs/format/). What a plan says of the agreement that it
rests on is less, and its own (`AgreementDoc` in plans/document.py).
"""

import hashlib
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from plans.document import DistrictDoc, PartyDoc, SignatoryDoc
from plans.vocabulary import AgreementLevel, GroupKind
from samverkan.document import Heading, Name, Part, Slug, choice, encode, refuse_doubled, twice

FORMAT = "samverkansoverenskommelse/1"


class AboveDoc(Part):
    """The one that it rests on."""

    uuid: UUID
    title: Heading


class AgreedAreaDoc(Part):
    """An area that the parties give priority to."""

    slug: Slug
    name: Heading
    own: bool = False
    year: int | None = None  # of the city's catalogue that it stands in


class GroupDoc(Part):
    uuid: UUID
    kind: GroupKind = GroupKind.WORKING
    name: Annotated[str, msgspec.Meta(max_length=150)] = ""
    task: str = ""
    members: str = ""  # roles, no persons
    meetings: Annotated[str, msgspec.Meta(max_length=200)] = ""

    @property
    def title(self) -> str:
        return self.name or str(self.kind.label)


class AgreedDoc(Part):
    """What is agreed, in words."""

    uuid: UUID
    heading: Heading
    text: str = ""


class AgreementDocument(Part):
    uuid: UUID
    level: AgreementLevel
    municipality: Name
    title: Heading
    period_start: date
    period_end: date | None = None  # none: until further notice
    signed_on: date | None = None
    registry_number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    next_review: date | None = None
    above: AboveDoc | None = None
    districts: tuple[DistrictDoc, ...] = ()
    parties: tuple[PartyDoc, ...] = ()
    signatories: tuple[SignatoryDoc, ...] = ()
    areas: tuple[AgreedAreaDoc, ...] = ()
    groups: tuple[GroupDoc, ...] = ()
    sections: tuple[AgreedDoc, ...] = ()

    def __post_init__(self) -> None:
        if fault := _fault(self):
            raise NotAnAgreement(fault)

    def content_hash(self) -> str:
        return hashlib.sha256(encode(self)).hexdigest()

    @property
    def signing(self) -> list[tuple[SignatoryDoc, PartyDoc]]:
        """Who signs, and for which party, in the order of the parties."""
        parties = {party.key: party for party in self.parties}
        return [(entry, parties[entry.party]) for entry in self.signatories]


class NotAnAgreement(ValueError):
    """What is said contradicts itself; says how, in a sentence."""


def _fault(document: AgreementDocument) -> str:
    if document.period_end and document.period_end < document.period_start:
        return "Överenskommelsen kan inte sluta innan den börjar."
    named = [entry.party for entry in document.signatories]
    if twice(named):
        return "Samma part står två gånger."
    if not {party.key for party in document.parties}.issuperset(named):
        return "En part som undertecknar är inte en av parterna."
    uuids = [group.uuid for group in document.groups]
    if twice([*uuids, *(section.uuid for section in document.sections)]):
        return "Två rader har samma uuid."
    if document.above and document.level != AgreementLevel.LOCAL:
        return "Bara en lokal överenskommelse vilar på en annan."
    return ""


class Envelope(Part, omit_defaults=False):  # a file says its format
    document: AgreementDocument
    format: str = FORMAT


_decoder = msgspec.json.Decoder(Envelope, dec_hook=choice)


def write_json(document: AgreementDocument) -> bytes:
    return msgspec.json.format(encode(Envelope(document)), indent=2) + b"\n"


def read_json(content: bytes | str) -> AgreementDocument:
    try:
        envelope = _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise NotAnAgreement(f"Filen är inte i formatet {FORMAT}: {error}.") from error
    refuse_doubled(content, NotAnAgreement)
    if envelope.format != FORMAT:
        raise NotAnAgreement(f"Filen har formatet {envelope.format}, inte {FORMAT}.")
    return envelope.document
