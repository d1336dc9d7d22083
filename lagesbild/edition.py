"""The two editions of a report: what is public of it (samverkan/edition.py says how that is made)."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from lagesbild import prose
from lagesbild.document import (
    AimDoc,
    BlockDoc,
    DeviationDoc,
    Envelope,
    ImageDoc,
    PriorityDoc,
    ReportDocument,
    ResultDoc,
    SectionDoc,
    SeriesDoc,
    SourceDoc,
    TableDoc,
    blocks_of,
)
from plans import edition as of_plans
from plans.document import CatalogueDoc, DistrictDoc, ExtraDoc, PartyDoc
from samverkan.document import DecisionDoc, Part, Prose
from samverkan.edition import Edition, Public, left_open
from samverkan.swedish import sort_key

# What the public edition says of each part, where nobody has marked it as internal.
PUBLIC: dict[type[Part], set[str]] = {
    **{kind: of_plans.PUBLIC[kind] for kind in (DistrictDoc, CatalogueDoc, PartyDoc, ExtraDoc)},
    SeriesDoc: {"name", "values"},
    TableDoc: {"labels", "series", "labels_are"},
    ImageDoc: {"sha256", "media_type", "width", "height"},
    BlockDoc: {
        *("uuid", "form", "text", "caption", "source", "unit", "description", "table", "image"),
        *("is_numbered", "shows_table", "parts"),
    },
    AimDoc: {"uuid", "text"},
    # Not which action it comes from: what is public of the plan is the plan's own matter.
    ResultDoc: {"uuid", "text"},
    PriorityDoc: {"uuid", "text", "figure"},
    DeviationDoc: {"uuid", "direction", "text", "grounds", "consulted", "consulted_on"},
    SectionDoc: {
        *("uuid", "heading", "form", "blocks", "sections", "slug", "name", "own", "description"),
        *("working_together", "aims", "special_measures", "line_work", "handled_as"),
        *("handled_in", "handled_note", "not_chosen_reason", "results", "priorities"),
        "deviations",
    },
    SourceDoc: {"uuid", "name"},
    ReportDocument: {
        *("kind", "district", "year", "catalogue", "title", "covers", "described_on", "revision"),
        *("parties", "sections", "sources", "extras"),
    },
}
# What says where another part of the same report is.
POINTING = {"handled_in", "figure"}
_public = Public(PUBLIC)


def edited(document: ReportDocument, edition: Edition) -> ReportDocument:
    return public(document) if edition == Edition.PUBLIC else document


def envelope_of(
    document: ReportDocument,
    images: Mapping[str, bytes],
    decision: DecisionDoc | None = None,
    edition: Edition = Edition.INTERNAL,
) -> Envelope:
    """What a file of the edition holds: its images go along, and no others."""
    document = edited(document, edition)
    named = {block.image.sha256 for block in blocks_of(document) if block.image}
    held = {name: images[name] for name in sorted(named)}
    return Envelope(document, decision, images=held, edition=edition)


def public(document: ReportDocument) -> ReportDocument:
    sections = tuple(_section(section) for section in left_open(document.sections))
    here = {uuid for section in sections for uuid in uuids_in(section)}
    sections = tuple(pointing_inside(section, here) for section in sections)
    left = _public.of(document, sections=sections, sources=())
    return msgspec.structs.replace(left, sources=_sources(document, left))


def uuids_in(section: SectionDoc) -> Iterator[UUID]:
    """What can be pointed to in a section."""
    yield section.uuid
    for block in section.blocks:
        yield block.uuid
        yield from (part.uuid for part in block.parts)
    for inner in section.sections:
        yield from uuids_in(inner)


def _section(section: SectionDoc) -> SectionDoc:
    return _public.of(
        section,
        blocks=tuple(_public.of(block) for block in left_open(section.blocks) if _is_left(block)),
        sections=tuple(_section(one) for one in left_open(section.sections)),
    )


def _is_left(block: BlockDoc) -> bool:
    """A figure that is nothing but its parts goes with the last of them."""
    return not block.parts or bool(block.table or block.image or [*left_open(block.parts)])


def _sources(document: ReportDocument, left: ReportDocument) -> tuple[SourceDoc, ...]:
    """Not those that only figures that are gone name."""
    gone = _named(document) - _named(left)
    return tuple(_public.of(one) for one in document.sources if source_key(one.name) not in gone)


def _named(document: ReportDocument) -> set[str]:
    return {source_key(block.source) for block in blocks_of(document)}


def source_key(name: str) -> str:
    """The same source, however it is spelled: a full stop and a capital make no other one of it."""
    return sort_key(" ".join(name.split()).rstrip("."))


def pointing_inside(part: Any, here: set[UUID]) -> Any:
    """No part that is left out is pointed to; where words led to one, the words stay."""
    changed: dict[str, Any] = {}
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        if isinstance(value, Part):
            changed[field.name] = pointing_inside(value, here)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            changed[field.name] = tuple(pointing_inside(one, here) for one in value)
        elif field.name in POINTING and value not in here:
            changed[field.name] = None
        elif field.type == Prose:
            changed[field.name] = prose.without_references(value, here)
    return msgspec.structs.replace(part, **changed) if changed else part
