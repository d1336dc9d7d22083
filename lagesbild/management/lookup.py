"""The report that a command's --district, --year and --kind mean."""

from django.core.management.base import CommandError

from lagesbild.models import Report
from lagesbild.vocabulary import ReportKind
from plans.management.lookup import the_district


def the_report(slug: str, year: int, kind: ReportKind) -> Report:
    """The revision in force, or else the latest."""
    district = the_district(slug)
    reports = Report.objects.with_heading().filter(district=district, year=year, kind=kind)
    report = reports.order_by("-in_force", "-revision").first()
    if report is None:
        raise CommandError(f"{district} har ingen {kind.label.lower()} för {year}.")
    return report
