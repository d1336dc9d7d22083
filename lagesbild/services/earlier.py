"""What was said in the years before of each area: as much of the reports as tells how it went."""

from collections import defaultdict
from collections.abc import Iterable

from lagesbild.document import DeviationDoc, ReportDocument, SectionDoc
from lagesbild.models import Deviation, Report, Section
from lagesbild.vocabulary import Direction, ReportKind, SectionForm
from plans.document import CatalogueDoc, DistrictDoc
from samverkan.workflow.vocabulary import State

SETTLED = {State.DECIDED, State.CLOSED}


def earlier_of(report: Report, *, for_all: bool = False) -> list[ReportDocument]:
    """Of earlier years, one for each: the revision in force, or the latest. In one question.

    Beside a decided report, which more may read, stands only what is decided; and `for_all`, beside
    one that is about to be.
    """
    rows = Deviation.objects.filter(
        section__report__district=report.district_id,
        section__report__kind=report.kind,
        section__report__year__lt=report.year,
    ).select_related("section__report__catalogue", "section__area", "section__parent__parent")
    if for_all or report.state in SETTLED:
        rows = rows.filter(section__report__state__in=SETTLED)
    found: dict[Report, dict[int, list[Deviation]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.section.report][row.section_id].append(row)
    years: dict[int, Report] = {}
    for one in sorted(found, key=lambda one: (one.in_force, one.revision)):
        years[one.year] = one
    return [_told(report, one, found[one].values()) for one in years.values()]


def _told(report: Report, earlier: Report, sections: Iterable[list[Deviation]]) -> ReportDocument:
    district = report.district
    return ReportDocument(
        ReportKind(earlier.kind),
        DistrictDoc(district.slug, district.name, district.municipality.name),
        earlier.year,
        CatalogueDoc(earlier.catalogue.year, earlier.catalogue.name),
        revision=earlier.revision,
        sections=tuple(_area(rows) for rows in sections),
    )


def _area(rows: list[Deviation]) -> SectionDoc:
    section, area = rows[0].section, rows[0].section.area
    assert area is not None  # only an area has deviations
    return SectionDoc(
        section.uuid,
        section.heading,
        SectionForm.AREA,
        is_internal=_is_internal(section),
        slug=area.slug,
        name=area.name,
        own=area.district_id is not None,
        deviations=tuple(
            DeviationDoc(row.uuid, Direction(row.direction), is_internal=row.is_internal)
            for row in rows
        ),
    )


def _is_internal(section: Section) -> bool:
    """Or what it stands in is."""
    return section.is_internal or (section.parent is not None and _is_internal(section.parent))
