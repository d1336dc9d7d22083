"""Where a report is read."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from lagesbild.models import Report
from lagesbild.vocabulary import ReportKind

PAGES = {ReportKind.PICTURE: "report", ReportKind.STATUS: "status-report"}
WRITE_PAGES = {kind: f"{page}-write" for kind, page in PAGES.items()}
KINDS = {page: kind for kind, page in PAGES.items()}


def address_of(report: Report, among: Iterable[Report] = (), page: str = "", **show: str) -> str:
    """The report's page, or another of its addresses by name.

    Its revision is said only where the year is not enough to tell it by.
    """
    same_year = [
        other
        for other in among
        if (other.district_id, other.kind, other.year)
        == (report.district_id, report.kind, report.year)
    ]
    which = {"revision": str(report.revision)} if len(same_year) > 1 else {}
    url = reverse(page or PAGES[ReportKind(report.kind)], args=[report.district.slug, report.year])
    query = urlencode(which | show)
    return f"{url}?{query}" if query else url


def work_address(report: Report) -> str:
    """What the addresses of all that is done in the report begin with, whatever its year."""
    return reverse("report-undo", args=[report.district.slug, report.pk])[: -len("angra/")]
