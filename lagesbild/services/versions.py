"""A report as it was: as it stands now, taken back through what has been done since."""

from lagesbild.document import ReportDocument
from lagesbild.models import Report
from lagesbild.places import COURSE
from lagesbild.services.loading import to_document


def as_of(report: Report, version: int | None) -> ReportDocument:
    """As it was at the version; at none as it is now. A turn is there whole or not at all."""
    document = to_document(report)
    if version is None:
        return document
    return COURSE.rewound(document, report.changes.filter(turn__gt=version))
