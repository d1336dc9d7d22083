"""A report as it was: as it stands now, taken back through what has been done since."""

from lagesbild.document import ReportDocument
from lagesbild.models import Report
from lagesbild.places import COURSE
from lagesbild.services.loading import current_document, to_document


def as_of(report: Report, version: int | None) -> ReportDocument:
    """As it was at the version; at none as it is now. A turn is there whole or not at all."""
    if version is None:
        return current_document(report)
    return COURSE.rewound(to_document(report), report.changes.filter(turn__gt=version))
