"""A file becomes a report: all of it, or nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from msgspec.structs import replace

from lagesbild.document import BlockDoc, ImageDoc, ReportDocument, SectionDoc, blocks_of
from lagesbild.models import Report
from lagesbild.reading.files import read_report
from lagesbild.reading.outcome import ReportReading
from lagesbild.services.creation import refuse_a_second
from lagesbild.services.storing import from_document
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.models import Catalogue
from plans.services.uploads import areas_known
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.images import CleanImage, NotAnImage, clean_image
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District


@transaction.atomic
def import_report(
    *, actor: Any, district: District, year: int, kind: ReportKind, name: str, content: bytes
) -> tuple[Report, ReportReading]:
    """`actor` is nobody where a command reads it in. NotAReport, or ValidationError, says why not."""
    if actor is not None:
        demand_now(actor, Right.CREATE_REPORT, district)
    refuse_a_second(district, kind, year)
    reading = _read(district, year, kind, name, content)
    document, images, remarks = cleaned_images(reading.document, reading.images)
    report = from_document(document, district=district, images=images)
    record(Kind.REPORT_READ_IN, actor=actor, district=district, report=str(report), file=name)
    if reading.decision:
        remarks.append("Det som står i filen är beslutat. Det läses in som ett utkast.")
    return report, replace(
        reading, document=document, images=images, warnings=(*reading.warnings, *remarks)
    )


def _read(
    district: District, year: int, kind: ReportKind, name: str, content: bytes
) -> ReportReading:
    city = district.municipality
    catalogues = list(Catalogue.objects.filter(municipality=city).order_by("year"))
    if not catalogues:
        raise ValidationError(f"{city} har ingen områdeskatalog än.")
    # The areas that are chosen out of a report are those of the year after it.
    catalogue = [one for one in catalogues if one.year <= year + 1][-1:] or catalogues[:1]
    others = District.objects.filter(municipality=city).exclude(pk=district.pk)
    return read_report(
        content,
        name,
        kind=kind,
        district=DistrictDoc(district.slug, district.name, city.name),
        year=year,
        catalogue=CatalogueDoc(catalogue[0].year, catalogue[0].name),
        areas=areas_known(district, {one.pk: one.year for one in catalogues}),
        districts=[DistrictDoc(one.slug, one.name, city.name) for one in others],
    )


def cleaned_images(
    document: ReportDocument, images: dict[str, bytes]
) -> tuple[ReportDocument, dict[str, bytes], list[str]]:
    """The document with its images made anew, the bytes of those, and what there is to say of them."""
    clean: dict[str, CleanImage] = {}
    for number, block in enumerate((b for b in blocks_of(document) if b.image), start=1):
        assert block.image
        name = block.caption or f"Bild {number}"
        try:
            clean.setdefault(block.image.sha256, clean_image(images[block.image.sha256], name))
        except NotAnImage as refusal:
            raise ValidationError(str(refusal)) from refusal
    remarks = [one.remark for one in clean.values() if one.remark]
    sections = tuple(_section(section, clean) for section in document.sections)
    return (
        replace(document, sections=sections),
        {one.sha256: one.content for one in clean.values()},
        remarks,
    )


def _section(section: SectionDoc, clean: dict[str, CleanImage]) -> SectionDoc:
    return replace(
        section,
        blocks=tuple(_block(block, clean) for block in section.blocks),
        sections=tuple(_section(one, clean) for one in section.sections),
    )


def _block(block: BlockDoc, clean: dict[str, CleanImage]) -> BlockDoc:
    image = block.image
    if image:
        made = clean[image.sha256]
        image = ImageDoc(made.sha256, made.media_type, made.width, made.height)
    return replace(block, image=image, parts=tuple(_block(part, clean) for part in block.parts))
