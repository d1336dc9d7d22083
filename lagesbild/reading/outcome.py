"""What a file became: the report, the images in it, where each piece went, and what is not sure."""

import msgspec

from lagesbild.document import ReportDocument
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.reading.outcome import KnownArea
from samverkan.reading.outcome import Answers, Outcome


class Known(msgspec.Struct, frozen=True):
    """What a reader goes by: what the report is said to be, and what is called what there."""

    kind: ReportKind
    district: DistrictDoc
    year: int
    catalogue: CatalogueDoc
    areas: tuple[KnownArea, ...] = ()  # of the catalogue, and the district's own
    districts: tuple[DistrictDoc, ...] = ()  # that a report may cover beside its own
    answers: Answers = {}  # to what earlier readings have been unsure of


class Piece(msgspec.Struct, frozen=True):
    """A paragraph, a table or what stands beside them, and what it became."""

    where: str
    text: str
    became: str  # in words: "Kommentar", "Figurtext"
    sureness: str  # of samverkan.reading.outcome.Sureness
    section: str = ""  # the UUID of the section that it begins
    question: str = ""  # the key of what can be asked about it


class Doubt(msgspec.Struct, frozen=True):
    """What a person has to look at, and where it stood in the file."""

    where: str
    says: str
    question: str = ""  # the key of what sets it right, where something can be asked


class ReportReading(Outcome, frozen=True):
    document: ReportDocument
    images: dict[str, bytes] = {}  # by their SHA-256, as they were in the file
    # In the order of the file. None: one of our own files, which is read as it is.
    pieces: tuple[Piece, ...] = ()
    doubts: tuple[Doubt, ...] = ()
