"""ReportDocument to JSON: the envelope with its images, in the edition that is asked for."""

from collections.abc import Mapping

from lagesbild import document as format_
from lagesbild.document import ReportDocument
from lagesbild.edition import envelope_of
from samverkan.document import DecisionDoc
from samverkan.edition import Edition


def write_json(
    document: ReportDocument,
    images: Mapping[str, bytes],
    *,
    decision: DecisionDoc | None = None,
    edition: Edition = Edition.INTERNAL,
) -> bytes:
    return format_.write_json(envelope_of(document, images, decision, edition))
