"""The files that are sent to become reports, and what a reader of one goes by."""

from collections.abc import Mapping

from msgspec.structs import replace

from lagesbild.document import BlockDoc, ImageDoc, NotAReport, ReportDocument, SectionDoc, blocks_of
from lagesbild.models import Report, Upload, UploadedImage
from lagesbild.reading.files import read_report
from lagesbild.reading.outcome import ReportReading
from lagesbild.services.storing import ready
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.models import Catalogue
from plans.reading.files import unpacked
from plans.services.uploads import areas_known
from samverkan.access.table import Right
from samverkan.images import NotAnImage, clean_image
from samverkan.organisation.models import District
from samverkan.reading.outcome import Answers
from samverkan.reading.uploads import Uploads


def _as_answered(upload: Upload, answers: Answers) -> ReportReading:
    """What is looked at is what is stored. Its images stand beside it."""
    reading = _read(upload, answers)
    images = _images_of(upload, reading)
    remarks = [image.remark for image in images.values() if image.remark]
    return replace(
        reading,
        document=ready(_with_images(reading.document, images)),
        images={},
        warnings=tuple(dict.fromkeys((*reading.warnings, *remarks))),
    )


UPLOADS = Uploads(
    Upload,
    Right.CREATE_REPORT,
    ReportReading,
    _as_answered,
    refused=NotAReport,
    unpacked=unpacked,
)


def _read(upload: Upload, answers: Answers) -> ReportReading:
    district, year = upload.district, upload.year
    city = district.municipality
    catalogues = list(Catalogue.objects.filter(municipality=city).order_by("year"))
    if not catalogues:
        raise NotAReport(f"{city} har ingen områdeskatalog än.")
    # The areas that are chosen out of a report are those of the year after it.
    catalogue = [one for one in catalogues if one.year <= year + 1][-1:] or catalogues[:1]
    # One that is there already has a list of its own, and no other.
    there = Report.objects.filter(district=district, kind=upload.kind, year=year)
    if report := there.select_related("catalogue").order_by("-revision").first():
        catalogue = catalogues = [report.catalogue]
    others = District.objects.filter(municipality=city).exclude(pk=district.pk)
    return read_report(
        bytes(upload.content),
        upload.name,
        kind=ReportKind(upload.kind),
        district=DistrictDoc(district.slug, district.name, city.name),
        year=year,
        catalogue=CatalogueDoc(catalogue[0].year, catalogue[0].name),
        areas=areas_known(district, {one.pk: one.year for one in catalogues}),
        districts=[DistrictDoc(one.slug, one.name, city.name) for one in others],
        answers=answers,
    )


def _images_of(upload: Upload, reading: ReportReading) -> dict[str, UploadedImage]:
    """Made anew the first time that the file is read, by the SHA-256 that each has in the file."""
    images = {image.original: image for image in upload.images.defer("content")}
    for number, block in enumerate((b for b in blocks_of(reading.document) if b.image), start=1):
        assert block.image
        original = block.image.sha256
        if original in images:
            continue
        try:
            clean = clean_image(reading.images[original], block.caption or f"Bild {number}")
        except NotAnImage as refusal:
            raise NotAReport(str(refusal)) from refusal
        images[original] = UploadedImage.objects.create(
            upload=upload,
            original=original,
            sha256=clean.sha256,
            content=clean.content,
            media_type=clean.media_type,
            width=clean.width,
            height=clean.height,
            remark=clean.remark,
        )
    return images


def _with_images(document: ReportDocument, images: Mapping[str, UploadedImage]) -> ReportDocument:
    sections = tuple(_section(section, images) for section in document.sections)
    return replace(document, sections=sections)


def _section(section: SectionDoc, images: Mapping[str, UploadedImage]) -> SectionDoc:
    return replace(
        section,
        blocks=tuple(_block(block, images) for block in section.blocks),
        sections=tuple(_section(one, images) for one in section.sections),
    )


def _block(block: BlockDoc, images: Mapping[str, UploadedImage]) -> BlockDoc:
    image = block.image
    if image:
        made = images[image.sha256]
        image = ImageDoc(made.sha256, made.media_type, made.width, made.height)  # type: ignore[arg-type]
    return replace(block, image=image, parts=tuple(_block(part, images) for part in block.parts))
