"""What a file became: the plan, where each piece of the file went, and what nobody can be sure of."""

from collections.abc import Mapping
from datetime import date

import msgspec
from django.db.models import TextChoices

from plans.document import (
    AgreementDoc,
    CatalogueDoc,
    DistrictDoc,
    PartyDoc,
    PlanDocument,
    RoundDoc,
)
from plans.reading.source import At, Source
from samverkan.document import DecisionDoc

# What somebody has said about words that the reading was unsure of: the key of a question, and the
# value of the option that she chose. It holds for the next file with the same words too.
Answers = Mapping[str, str]


class Sureness(TextChoices):
    CERTAIN = "saker", "säker"
    LIKELY = "trolig", "trolig"
    UNSURE = "osaker", "osäker"
    EXTRA = "ovrigt", "sparas som övrigt"
    # A heading, a help text, a figure of the summary: the form's own, and no part of the plan.
    FORM = "formular", "formulärets egen text"


class Piece(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One cell or paragraph, and what it became."""

    at: At
    sureness: str
    became: str  # in words: "Tid", "Övergripande mål"
    row: str = ""  # the UUID of the row of the plan that it is in
    question: str = ""  # the key of what can be asked about it


class Option(msgspec.Struct, frozen=True):
    value: str
    words: str


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What can be set right with a click. With no options the answer is typed."""

    key: str
    asks: str  # "Vad står i kolumnen ”Ansv. pers.”?"
    answer: str  # that the reading went by
    sureness: str
    options: tuple[Option, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    document: PlanDocument
    source: Source | None = None  # none: one of our own files, which is read as it is
    pieces: tuple[Piece, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()  # must be answered before anything can be stored
    decision: DecisionDoc | None = None  # in the file: where it comes from, never an approval

    def count(self, sureness: Sureness) -> int:
        return sum(piece.sureness == sureness for piece in self.pieces)


class KnownArea(msgspec.Struct, frozen=True):
    """An area that a title may mean. One of the district's own has no catalogue."""

    slug: str
    name: str
    catalogue: int | None = None  # its year
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()  # slugs in newer catalogues


class Known(msgspec.Struct, frozen=True):
    """What a reader goes by: who the district is, and what is called what there."""

    district: DistrictDoc
    period_start: date
    period_end: date
    catalogues: tuple[CatalogueDoc, ...]
    areas: tuple[KnownArea, ...] = ()
    parties: tuple[PartyDoc, ...] = ()
    agreement: AgreementDoc | None = None
    rounds: tuple[RoundDoc, ...] = ()  # that the period has, without their answers
