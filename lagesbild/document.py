"""ReportDocument: a whole lägesbild or status report as plain, frozen data.

The format is `samverkanslagesbild/1` (docs/format/). A report is a tree of sections. A section holds
pieces in an order: words and figures; a section of a prioritised area holds the area's form too.
The bytes of an image are not in here but beside the document, under their SHA-256.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from lagesbild.vocabulary import BlockForm, Direction, Ground, ReportKind, SectionForm
from plans.document import CatalogueDoc, DistrictDoc, ExtraDoc, PartyDoc
from plans.vocabulary import HandledAs
from samverkan.document import (
    DecisionDoc,
    Heading,
    Name,
    Number,
    Part,
    Prose,
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

FORMAT = "samverkanslagesbild/1"
DEEPEST = 3  # sections within sections


class SeriesDoc(Part):
    name: Name
    values: tuple[Decimal | None, ...]  # one for each label; none, where nothing was measured
    indicator: UUID | None = None  # the series that is kept from year to year, if it is one


class TableDoc(Part):
    """Years by series: what a chart is drawn from, and what stands in a table."""

    labels: tuple[Name, ...]
    series: tuple[SeriesDoc, ...]
    labels_are: Name = ""  # "År", "Plats"


class ImageDoc(Part):
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int


class BlockDoc(Part):
    """A piece of a section: words, or a figure. A figure may be several, lettered a, b, c …"""

    uuid: UUID
    form: BlockForm = BlockForm.TEXT
    text: Prose = ""
    caption: str = ""
    source: Name = ""
    unit: Number = ""
    description: str = ""  # what it shows, in words, for whoever does not see it
    table: TableDoc | None = None
    image: ImageDoc | None = None
    is_numbered: bool = True
    shows_table: bool = False  # the figures themselves under the chart, on paper too
    is_internal: bool = False
    internal_reason: str = ""
    parts: tuple["BlockDoc", ...] = ()

    @property
    def is_figure(self) -> bool:
        return self.form != BlockForm.TEXT


class AimDoc(Part):
    """What the parties work together for in an area."""

    uuid: UUID
    text: str


class ResultDoc(Part):
    """What the work has led to. `action` is the one whose follow-up says so, where one does."""

    uuid: UUID
    text: str
    action: UUID | None = None
    is_internal: bool = False
    internal_reason: str = ""


class PriorityDoc(Part):
    """What is to be done next year: what the actions of the next plan are made of."""

    uuid: UUID
    text: str
    figure: UUID | None = None  # the figure that shows why
    is_internal: bool = False
    internal_reason: str = ""


class DeviationDoc(Part):
    """How an area has changed since it was last described, and how one knows."""

    uuid: UUID
    direction: Direction
    text: str = ""
    grounds: tuple[Ground, ...] = ()
    consulted: Name = ""  # in consultation with whom: a role, no person
    consulted_on: date | None = None
    is_internal: bool = False
    internal_reason: str = ""


class SectionDoc(Part):
    uuid: UUID
    heading: Heading
    form: SectionForm = SectionForm.TEXT
    blocks: tuple[BlockDoc, ...] = ()
    sections: tuple["SectionDoc", ...] = ()
    is_internal: bool = False
    internal_reason: str = ""

    # Of a prioritised area. Its pieces are what is written under "Kommentar".
    slug: Slug | None = None  # of the area in the catalogue, or of the district's own
    name: Heading = ""
    own: bool = False
    description: Prose = ""
    working_together: str = ""  # "Skola, socialtjänst och polis": "… samverkar för att:"
    aims: tuple[AimDoc, ...] = ()
    special_measures: bool = False
    line_work: bool = False
    handled_as: HandledAs | None = None
    handled_in: UUID | None = None  # another section of an area
    handled_note: str = ""
    not_chosen_reason: str = ""
    results: tuple[ResultDoc, ...] = ()
    priorities: tuple[PriorityDoc, ...] = ()
    deviations: tuple[DeviationDoc, ...] = ()


class SourceDoc(Part):
    uuid: UUID
    name: Name


class ReportDocument(Part):
    kind: ReportKind
    district: DistrictDoc
    year: Annotated[int, msgspec.Meta(ge=1990, le=2200)]
    catalogue: CatalogueDoc
    title: Heading = ""
    covers: tuple[DistrictDoc, ...] = ()  # the districts beside its own that it describes
    described_on: date | None = None
    revision: Annotated[int, msgspec.Meta(ge=1, le=32767)] = 1
    instruction: Rich = ""  # what whoever writes it has been asked for
    parties: tuple[PartyDoc, ...] = ()  # that stand behind it
    sections: tuple[SectionDoc, ...] = ()
    sources: tuple[SourceDoc, ...] = ()
    extras: tuple[ExtraDoc, ...] = ()

    def __post_init__(self) -> None:
        if fault := _fault(self):
            raise NotAReport(fault)

    def content_hash(self) -> str:
        return hashlib.sha256(encode(self)).hexdigest()


class NotAReport(ValueError):
    """The text is not a `samverkanslagesbild/1`; says where and why."""


def sections_of(document: ReportDocument) -> Iterator[tuple[SectionDoc, int]]:
    """Every section in the order in which it is read, with how deep it stands: 1 is outermost."""

    def walk(sections: tuple[SectionDoc, ...], depth: int) -> Iterator[tuple[SectionDoc, int]]:
        for section in sections:
            yield section, depth
            yield from walk(section.sections, depth + 1)

    return walk(document.sections, 1)


def blocks_of(document: ReportDocument) -> Iterator[BlockDoc]:
    """Every piece, and every part of a figure after its whole."""
    for section, _ in sections_of(document):
        for block in section.blocks:
            yield block
            yield from block.parts


def _fault(document: ReportDocument) -> str:
    """What makes the document contradict itself, in a sentence; nothing where it does not."""
    sections = list(sections_of(document))
    areas = [section for section, _ in sections if section.form == SectionForm.AREA]
    uuids = [section.uuid for section, _ in sections]
    for section, depth in sections:
        if depth > DEEPEST:
            return f"{section.heading}: avsnitt kan ligga i högst {DEEPEST} nivåer"
        if (section.form == SectionForm.AREA) != (section.slug is not None):
            return (
                f"{section.heading}: ett område har ett namn i katalogen, ett avsnitt har det inte"
            )
        for rows in (section.aims, section.results, section.priorities, section.deviations):
            uuids += [row.uuid for row in rows]
    if twice((section.own, section.slug) for section in areas):
        return "samma område står två gånger"
    known = {section.uuid for section in areas}
    for section in areas:
        if section.handled_in and (
            section.handled_in == section.uuid
            or section.handled_in not in known
            or section.handled_as != HandledAs.AREA
        ):
            return f"{section.heading}: området som det hanteras i finns inte i lägesbilden"
    for block in blocks_of(document):
        uuids.append(block.uuid)
        if fault := _fault_of_block(block):
            return f"{block.caption or 'Ett stycke'}: {fault}"
    if twice([*uuids, *(source.uuid for source in document.sources)]):
        return "två rader har samma uuid"
    if twice(party.key for party in document.parties):
        return "samma part står två gånger"
    if twice(district.slug for district in (document.district, *document.covers)):
        return "samma stadsdelsområde står två gånger"
    return ""


def _fault_of_block(block: BlockDoc) -> str:
    if block.parts and (not block.is_figure or any(part.parts for part in block.parts)):
        return "bara en figur kan ha delar, och en del kan inte själv ha delar"
    if any(not part.is_figure for part in block.parts):
        return "en del av en figur är själv en figur"
    if table := block.table:
        for series in table.series:
            if len(series.values) != len(table.labels):
                return f"{series.name}: det ska stå ett värde, eller inget, för varje rubrik"
            if not all(has_room(value) for value in series.values):
                return f"{series.name}: ett tal ryms inte"
    return ""


class Envelope(Part, omit_defaults=False):  # a file says its format
    document: ReportDocument
    decision: DecisionDoc | None = None
    images: dict[str, bytes] = {}  # by their SHA-256; base64 in the file
    format: str = FORMAT
    edition: Edition = Edition.INTERNAL


_decoder = msgspec.json.Decoder(Envelope, dec_hook=choice)


def decode(content: bytes) -> ReportDocument:
    """What `encode` made of a document: that which a decision froze."""
    return decode_as(content, ReportDocument)


def write_json(envelope: Envelope) -> bytes:
    return msgspec.json.format(encode(envelope), indent=2) + b"\n"


def read_json(content: bytes | str) -> Envelope:
    try:
        envelope = _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise NotAReport(f"Filen är inte en lägesbild i formatet {FORMAT}: {error}.") from error
    refuse_doubled(content, NotAReport)
    if envelope.format != FORMAT:
        raise NotAReport(f"Filen har formatet {envelope.format}; det som kan läsas är {FORMAT}.")
    for image in (block.image for block in blocks_of(envelope.document) if block.image):
        content_of = envelope.images.get(image.sha256)
        if content_of is None or hashlib.sha256(content_of).hexdigest() != image.sha256:
            raise NotAReport("En bild saknas i filen, eller är inte den som dokumentet nämner.")
    return envelope


def json_schema() -> dict:
    return msgspec.json.schema(Envelope, schema_hook=choices)
