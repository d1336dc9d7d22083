"""What a file became: the plan, where each piece of the file went, and what nobody can be sure of."""

from datetime import date

import msgspec

from plans.document import (
    AgreementDoc,
    CatalogueDoc,
    DistrictDoc,
    PartyDoc,
    PlanDocument,
    RoundDoc,
)
from plans.reading.source import At, Source
from samverkan.reading.outcome import Outcome


class Piece(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One cell or paragraph, and what it became."""

    at: At
    sureness: str
    became: str  # in words: "Tid", "Övergripande mål"
    row: str = ""  # the UUID of the row of the plan that it is in
    question: str = ""  # the key of what can be asked about it


class Reading(Outcome, frozen=True):
    document: PlanDocument
    source: Source | None = None  # none: one of our own files, which is read as it is
    pieces: tuple[Piece, ...] = ()
    faults: tuple[str, ...] = ()  # must be answered before anything can be stored


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
