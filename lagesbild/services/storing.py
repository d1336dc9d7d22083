"""A document becomes a report: whole, or not at all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from lagesbild.document import (
    BlockDoc,
    NotAReport,
    ReportDocument,
    SectionDoc,
    blocks_of,
    decode,
)
from lagesbild.models import (
    Aim,
    Behind,
    Block,
    Deviation,
    Extra,
    FigurePart,
    Image,
    Priority,
    Report,
    Result,
    Section,
    Source,
)
from plans.services.storing import catalogue_of, parties_of, priority_area
from samverkan.cleaning import cleaned
from samverkan.collaboration.shape import row_of
from samverkan.document import as_plain, encode
from samverkan.images import CleanImage
from samverkan.organisation.models import District


@transaction.atomic
def from_document(
    document: ReportDocument, *, district: District, images: Mapping[str, bytes]
) -> Report:
    """A draft with all that the document says. `images` are what it names, by SHA-256, and clean."""
    document = ready(document)
    report = row_of(
        Report, document, district=district, catalogue=catalogue_of(document.catalogue, district)
    )
    report.save()
    parties = parties_of(document.parties, district)
    Behind.objects.bulk_create(
        Behind(report=report, party=parties[doc.key], position=position)
        for position, doc in enumerate(document.parties)
    )
    report.covers.set(_covered(document, district))
    store_images(document, district, images)
    _store_sections(document, report)
    for model, docs in ((Source, document.sources), (Extra, document.extras)):
        model.objects.bulk_create(
            row_of(model, doc, report=report, position=position)
            for position, doc in enumerate(docs)
        )
    return report


def ready(document: ReportDocument) -> ReportDocument:
    """As it can be stored: its words clean, and all of it within the format."""
    return decode(encode(cleaned(document)))


def keep_image(image: CleanImage, district: District) -> Image:
    """Once for each district, however many figures show it."""
    return Image.objects.get_or_create(
        district=district,
        sha256=image.sha256,
        defaults={
            "content": image.content,
            "media_type": image.media_type,
            "width": image.width,
            "height": image.height,
        },
    )[0]


def _covered(document: ReportDocument, district: District) -> list[District]:
    slugs = [covered.slug for covered in document.covers]
    found = list(District.objects.filter(municipality=district.municipality_id, slug__in=slugs))
    if missing := set(slugs) - {one.slug for one in found}:
        raise NotAReport(f"Stadsdelsområdet {min(missing)} finns inte i {district.municipality}.")
    return found


def store_images(document: ReportDocument, district: District, images: Mapping[str, bytes]) -> None:
    named = {block.image.sha256: block.image for block in blocks_of(document) if block.image}
    if named.keys() - images.keys():
        raise NotAReport("En bild som lägesbilden nämner följer inte med.")
    rows = [
        row_of(Image, image, district=district, content=images[sha256])
        for sha256, image in named.items()
    ]
    Image.objects.bulk_create(rows, ignore_conflicts=True)


def _store_sections(document: ReportDocument, report: Report) -> None:
    """Level by level, since a section's row has to be there before those under it."""
    rows: dict[Any, Section] = {}
    level: list[tuple[SectionDoc, int, Section | None]] = [
        (doc, position, None) for position, doc in enumerate(document.sections)
    ]
    docs: list[SectionDoc] = []
    while level:
        for doc, position, parent in level:
            area = None
            if doc.slug is not None:
                area = priority_area(doc, report.catalogue, report.district)
            rows[doc.uuid] = row_of(
                Section,
                doc,
                report=report,
                parent=parent,
                area=area,
                position=position,
                handled_in=None,
            )
        Section.objects.bulk_create([rows[doc.uuid] for doc, _, _ in level])
        docs += [doc for doc, _, _ in level]
        level = [
            (child, position, rows[doc.uuid])
            for doc, _, _ in level
            for position, child in enumerate(doc.sections)
        ]
    for doc in docs:
        if doc.handled_in:
            rows[doc.uuid].handled_in = rows[doc.handled_in]
    Section.objects.bulk_update(rows.values(), ["handled_in"])
    for model, name in (
        (Aim, "aims"),
        (Result, "results"),
        (Priority, "priorities"),
        (Deviation, "deviations"),
    ):
        model._default_manager.bulk_create(
            row_of(model, row, section=rows[doc.uuid], position=position)
            for doc in docs
            for position, row in enumerate(getattr(doc, name))
        )
    _store_blocks(docs, rows)


def _store_blocks(docs: list[SectionDoc], rows: dict[Any, Section]) -> None:
    blocks = {
        block.uuid: row_of(Block, block, section=rows[doc.uuid], position=position, **_plain(block))
        for doc in docs
        for position, block in enumerate(doc.blocks)
    }
    Block.objects.bulk_create(blocks.values())
    FigurePart.objects.bulk_create(
        row_of(FigurePart, part, block=blocks[block.uuid], position=position, **_plain(part))
        for doc in docs
        for block in doc.blocks
        for position, part in enumerate(block.parts)
    )


def _plain(block: BlockDoc) -> dict[str, Any]:
    """A table and an image are kept as the format has them."""
    return {
        "table": as_plain(block.table) if block.table else None,
        "image": as_plain(block.image) if block.image else None,
    }
