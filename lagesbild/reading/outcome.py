"""What a file became: the report, the images in it, where each piece went, and what is not sure."""

import msgspec

from lagesbild.document import ReportDocument
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.reading.outcome import KnownArea
from samverkan.document import DecisionDoc


class Known(msgspec.Struct, frozen=True):
    """What a reader goes by: what the report is said to be, and what is called what there."""

    kind: ReportKind
    district: DistrictDoc
    year: int
    catalogue: CatalogueDoc
    areas: tuple[KnownArea, ...] = ()  # of the catalogue, and the district's own
    districts: tuple[DistrictDoc, ...] = ()  # that a report may cover beside its own


class Piece(msgspec.Struct, frozen=True):
    """A paragraph, a table or what stands beside them, and what it became."""

    where: str
    text: str
    became: str  # in words: "Kommentar", "Figurtext"
    sureness: str  # of plans.reading.outcome.Sureness


class Doubt(msgspec.Struct, frozen=True):
    """What a person has to look at, and where it stood in the file."""

    where: str
    says: str


class ReportReading(msgspec.Struct, frozen=True):
    document: ReportDocument
    images: dict[str, bytes] = {}  # by their SHA-256, as they were in the file
    pieces: tuple[Piece, ...] = ()  # none: one of our own files, which is read as it is
    warnings: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    decision: DecisionDoc | None = None  # in the file: where it comes from, never an approval
