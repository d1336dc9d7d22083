"""The one way to a report: through the right to it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from lagesbild.models import (
    Block,
    FigurePart,
    Image,
    Priority,
    Report,
    Section,
    Upload,
    UploadedImage,
)
from lagesbild.vocabulary import ReportKind
from plans.access import get_district, get_plan
from plans.models import Plan
from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.swedish import sort_key


class NoReport(Http404):
    """The district has no such report; `way` leads to those that it has."""

    def __init__(self, sentence: str, district: District):
        super().__init__(sentence)
        self.way = (f"Lägesbilderna i {district}", reverse("reports", args=[district.slug]))


def get_report(user: Any, right: Right, district: str, pk: int) -> Report:
    """One report of the district by its number: for what is done in it whatever its year."""
    place = get_district(user, Right.ENTER_DISTRICT, district)
    report = Report.objects.with_heading().filter(pk=pk, district=place).first()
    if report is None:
        raise Http404(f"Det finns ingen sådan lägesbild i {place}.")
    report.district = place  # known already
    demand(user, right, report)
    return report


def get_priority(report: Report, row: UUID) -> Priority:
    """One of a lägesbild that the user has reached, with the area that it is about."""
    rows = Priority.objects.select_related("section__area__catalogue", "section__parent__parent")
    found = rows.filter(section__report=report, section__area__isnull=False, uuid=row).first()
    if found is None or report.kind != ReportKind.PICTURE:
        raise Http404("Prioriteringen finns inte i lägesbilden längre.")
    return found


def get_area_section(report: Report, row: UUID) -> Section:
    """One of a lägesbild that the user has reached."""
    rows = report.all_sections.select_related("area__catalogue")
    found = rows.filter(area__isnull=False, uuid=row).first()
    if found is None or report.kind != ReportKind.PICTURE:
        raise Http404("Området finns inte i lägesbilden längre.")
    return found


def get_plan_after(user: Any, right: Right, report: Report, pk: int) -> Plan:
    """A plan for a later time than the report's, of its district or of what that has become."""
    homes = District.objects.filter(Q(pk=report.district_id) | Q(predecessors=report.district_id))
    after = Plan.objects.filter(period__end__year__gt=report.year, period__district__in=homes)
    found = after.select_related("period__district").filter(pk=pk).first()
    if found is None:
        raise Http404("Det finns ingen sådan plan efter lägesbilden.")
    return get_plan(user, right, found.district.slug, pk)


def known(report: Report, parties: Collection[int | None]) -> Report:
    """The report, with what decides whether a party has a right in it: those behind it have."""
    return Report.objects.with_heading().get(pk=report.pk)


def get_image(user: Any, district: str, pk: int, sha256: str) -> Image:
    """An image that a report names, for a user who may read the report."""
    report = get_report(user, Right.READ, district, pk)
    is_named = any(
        rows.filter(image__sha256=sha256).exists()
        for rows in (
            Block.objects.filter(section__report=report),
            FigurePart.objects.filter(block__section__report=report),
        )
    )
    image = Image.objects.filter(district=report.district_id, sha256=sha256).first()
    if image is None or not is_named:
        raise Http404("Bilden finns inte.")
    return image


def get_upload(user: Any, district: str, pk: int) -> Upload:
    """A file that somebody in the district reads in, or has read in; not yet what is in it."""
    place = get_district(user, Right.CREATE_REPORT, district)
    uploads = Upload.objects.select_related("by", "report").defer("content", "reading")
    upload = uploads.filter(pk=pk, district=place).first()
    if upload is None:
        raise Http404(f"Det finns ingen sådan fil i {place}. Den kan vara borttagen.")
    upload.district = place
    return upload


def get_uploaded_image(user: Any, district: str, pk: int, sha256: str) -> UploadedImage:
    image = get_upload(user, district, pk).images.filter(sha256=sha256).first()
    if image is None:
        raise Http404("Bilden finns inte.")
    return image


class DistrictReports:
    """All reports of a district, in one look; what the user may read of them, and one by its year."""

    def __init__(self, user: Any, district: District):
        self.user = user
        self.district = district
        self.all = list(Report.objects.with_heading().filter(district=district))
        self.readable = [report for report in self.all if may(user, Right.READ, report)]

    def get(
        self, right: Right, kind: ReportKind, year: int, *, revision: int | None = None
    ) -> Report:
        """The year's report: the revision asked for, that in force, or the latest."""
        found = [
            report
            for report in self.all
            if report.kind == kind and report.year == year and revision in (None, report.revision)
        ]
        if not found:
            raise NoReport(
                f"Det finns ingen {kind.label.lower()} för {year} i {self.district}.",
                self.district,
            )
        found = [report for report in found if report in self.readable] or found[:1]
        if right != Right.READ:  # of its revisions the one where it can be done
            found = [report for report in found if may(self.user, right, report)] or found
        report = next((report for report in found if report.in_force), found[0])
        demand(self.user, right, report)
        return report


def reports_elsewhere(user: Any, district: District) -> list[Report]:
    """Those of other districts that tell of this one: that cover it, or are of what it was before."""
    found = Report.objects.with_heading().filter(
        Q(covers=district) | Q(district__successors=district)
    )
    others = found.exclude(district=district).distinct()
    return [report for report in others if may(user, Right.READ, report)]


YEARS_BACK = 2  # an area that the last one says nothing of may stand in the one before it


def reports_before(user: Any, report: Report) -> list[Report]:
    """Those of the last years before a report's in which its district was told of: by itself, by another
    that covers it, and by what it was before. The latest first; one of each district and year, of the
    same kind if it can be.
    """
    place = report.district_id
    telling = Report.objects.filter(
        Q(district=place) | Q(covers=place) | Q(district__successors=place)
    )
    found = [
        one
        for one in Report.objects.with_heading().filter(pk__in=telling, year__lt=report.year)
        if may(user, Right.READ, one)
    ]
    years = sorted({one.year for one in found}, reverse=True)[:YEARS_BACK]
    chosen: dict[tuple[int, int], Report] = {}
    for one in sorted(found, key=lambda one: (one.kind == report.kind, one.in_force, one.revision)):
        if one.year in years:
            chosen[one.year, one.district_id] = one
    return sorted(chosen.values(), key=lambda one: (-one.year, sort_key(one.district.name)))
