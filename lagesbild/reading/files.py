"""Any file that can be a lägesbild, told by what is in it and not by what it is called."""

from collections.abc import Iterable
from types import MappingProxyType

from msgspec.structs import replace

from lagesbild.document import (
    Envelope,
    NotAReport,
    ReportDocument,
    SectionDoc,
    read_json,
    sections_of,
)
from lagesbild.reading.our_docx import AsAnyOther, read_docx
from lagesbild.reading.our_pdf import read_pdf
from lagesbild.reading.outcome import Known, ReportReading
from lagesbild.reading.word import read_word
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.reading.listed import Listed
from plans.reading.outcome import KnownArea
from samverkan.edition import Edition
from samverkan.office.package import NotOffice
from samverkan.reading.outcome import Answers

_OF_WORD = (".docx", ".docm", ".dotx")


def read_report(
    content: bytes,
    name: str,
    *,
    kind: ReportKind,
    district: DistrictDoc,
    year: int,
    catalogue: CatalogueDoc,
    areas: Iterable[KnownArea] = (),
    districts: Iterable[DistrictDoc] = (),
    answers: Answers = MappingProxyType({}),
) -> ReportReading:
    """The report in the file, for this district and this year; NotAReport says why there is none.

    `areas` are those of the catalogue and the district's own, `districts` those that the report may
    cover as well.
    """
    known = Known(kind, district, year, catalogue, tuple(areas), tuple(districts), answers)
    if b"%PDF-" in content[:1024]:
        return _ours(read_pdf(content), known)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and not content.startswith(
        b"{\\rtf"
    ):
        return _ours(read_json(content.removeprefix(b"\xef\xbb\xbf")), known)
    reading = _of_word(content, known)
    if "." in name and not name.lower().endswith(_OF_WORD):
        ending = name[name.rfind(".") :]
        warning = f"Filen heter {ending} men är en Wordfil."
        reading = replace(reading, warnings=(*reading.warnings, warning))
    return reading


def _of_word(content: bytes, known: Known) -> ReportReading:
    warnings: tuple[str, ...] = ()
    try:
        ours = read_docx(content)
    except AsAnyOther as why:
        ours, warnings = None, (str(why),)
    if ours is not None:
        reading, warnings = _ours(ours.envelope, known), ours.warnings
    else:
        try:
            reading = read_word(content, known)
        except NotOffice as refusal:
            raise NotAReport(str(refusal)) from refusal
    return replace(reading, warnings=(*reading.warnings, *warnings))


def _ours(envelope: Envelope, known: Known) -> ReportReading:
    """What we have written says what it is; only whose report it becomes, and for when, is said anew."""
    document, warnings = envelope.document, []
    if document.kind != known.kind:
        warnings.append(
            f"Filen är en {document.kind.label.lower()}. Den läses in som en {known.kind.label.lower()}."
        )
    if document.district.slug != known.district.slug:
        warnings.append(
            f"Filen gäller {document.district.name}. Den läses in för {known.district.name}."
        )
    if document.year != known.year:
        warnings.append(f"Filen gäller {document.year}. Den läses in för {known.year}.")
    if envelope.edition == Edition.PUBLIC:
        warnings.append("Filen är den publika utgåvan. Det som är internt är inte med i den.")
    covers = tuple(one for one in document.covers if one.slug != known.district.slug)
    document, listed = _as_listed(document, known)
    return ReportReading(
        replace(document, kind=known.kind, district=known.district, year=known.year, covers=covers),
        envelope.images,
        questions=tuple(listed.questions),
        warnings=(*warnings, *listed.warnings),
        decision=envelope.decision,
    )


def _as_listed(document: ReportDocument, known: Known) -> tuple[ReportDocument, Listed]:
    """Its areas as they are here, where the city's list does not have them."""
    is_here = document.catalogue.year in {area.catalogue for area in known.areas}
    catalogue = document.catalogue if is_here else known.catalogue
    areas = [section for section, _ in sections_of(document) if section.slug is not None]
    listed = Listed(known.areas, catalogue, known.answers, areas, named=document.catalogue)

    def settled(section: SectionDoc) -> SectionDoc:
        if section.slug is not None:
            section = listed.settle(section)
        return replace(section, sections=tuple(settled(one) for one in section.sections))

    sections = tuple(settled(section) for section in document.sections)
    return replace(document, catalogue=catalogue, sections=sections), listed
