"""A new report: with the usual sections and nothing in them, or as a copy of an earlier one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from lagesbild.document import ReportDocument, SectionDoc
from lagesbild.models import Report
from lagesbild.renaming import renewed
from lagesbild.services.loading import current_document, images_of
from lagesbild.services.storing import from_document
from lagesbild.usual import usual_instruction, usual_sections
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc, PartyDoc
from plans.models import Catalogue
from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind


class AlreadyReported(ValidationError):
    """The year has a report of that kind already: this one."""

    def __init__(self, report: Report):
        what = "lägesbild" if report.kind == ReportKind.PICTURE else "statusrapport"
        super().__init__(
            f"Det finns redan en {what} för det året: {report} ({report.state_words}). "
            "Öppna den, eller välj ett annat år."
        )
        self.report = report


@transaction.atomic
def create_report(
    *,
    actor: Any,
    district: District,
    kind: ReportKind,
    year: int,
    catalogue: Catalogue,
    title: str = "",
    before: Report | None = None,
) -> Report:
    demand_now(actor, Right.CREATE_REPORT, district)
    if catalogue.municipality_id != district.municipality_id:
        raise ValidationError({"catalogue": f"Katalogen hör inte till {district.municipality}."})
    refuse_a_second(district, kind, year)
    place = DistrictDoc(district.slug, district.name, district.municipality.name)
    if before:
        demand(actor, Right.READ, before)
        earlier = current_document(before)
        document = _a_year_on(earlier, kind, place, year, title)
        if before.district_id != district.pk:  # of what it was before; the parties are others now
            within = set(district.predecessors.values_list("slug", flat=True))
            covers = tuple(one for one in document.covers if one.slug not in within)
            document = replace(document, parties=parties_behind(district), covers=covers)
        images = images_of(before, earlier)
    else:
        document = ReportDocument(
            kind,
            place,
            year,
            CatalogueDoc(catalogue.year, catalogue.name),
            title=title,
            instruction=usual_instruction(kind),
            parties=parties_behind(district),
            sections=usual_sections(kind, catalogue.areas.all()),
        )
        images = {}
    try:
        with transaction.atomic():
            report = from_document(document, district=district, images=images)
    except IntegrityError:  # somebody else created it this very moment
        refuse_a_second(district, kind, year)
        raise
    if before:
        told = {"report": str(report), "before": str(before)}
        record(Kind.REPORT_CONTINUED, actor=actor, district=district, **told)
    else:
        record(Kind.REPORT_CREATED, actor=actor, district=district, report=str(report))
    return report


def refuse_a_second(district: District, kind: ReportKind, year: int) -> None:
    report = district.reports.filter(kind=kind, year=year).select_related("district").first()
    if report is not None:
        raise AlreadyReported(report)


def parties_behind(district: District) -> tuple[PartyDoc, ...]:
    """Those who write it together: the district's administration and its police."""
    found = Party.objects.filter(
        district=district, kind__in=[PartyKind.ADMINISTRATION, PartyKind.POLICE]
    )
    in_order = sorted(found, key=lambda party: (party.kind == PartyKind.POLICE, party.pk))
    return tuple(
        PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))
        for party in in_order
    )


def _a_year_on(
    earlier: ReportDocument, kind: ReportKind, district: DistrictDoc, year: int, title: str
) -> ReportDocument:
    """Its words and figures. What was said of that very year, and planned for the next, is not here:
    results, priorities and deviations are written anew, and last year's stand in last year's."""
    document = renewed(earlier)
    return replace(
        document,
        kind=kind,
        district=district,
        year=year,
        title=title,
        covers=tuple(one for one in document.covers if one.slug != district.slug),
        described_on=None,
        revision=1,
        sections=tuple(_emptied(section) for section in document.sections),
        extras=(),
    )


def _emptied(section: SectionDoc) -> SectionDoc:
    return replace(
        section,
        results=(),
        priorities=(),
        deviations=(),
        sections=tuple(_emptied(one) for one in section.sections),
    )
