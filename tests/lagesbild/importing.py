"""Files to read in as reports, and the district that they are read into."""

from typing import Any

import pytest

from lagesbild.document import Envelope, ReportDocument, write_json
from lagesbild.models import Report, Upload
from lagesbild.services import importing
from lagesbild.services.importing import Use
from lagesbild.services.loading import to_document
from lagesbild.services.uploads import UPLOADS
from lagesbild.vocabulary import ReportKind
from plans.services.storing import parties_of
from samverkan.organisation.models import District
from tests.factories import a_catalogue, a_district, an_area
from tests.lagesbild import samples
from tests.lagesbild.reading import corpus
from tests.lagesbild.storing import a_place_for


def a_place_for_word() -> District:
    """Where the areas are that the files of the corpus speak of."""
    catalogue = a_catalogue(2024, ())
    for name in (corpus.UNGA, corpus.PLATSER, corpus.SYSTEM, corpus.OFFER):
        an_area(catalogue, name)
    return a_district("Ängsholmen", "angsholmen", municipality=catalogue.municipality)


def a_place_for_samples(document: ReportDocument | None = None) -> District:
    """Where the samples are at home, with the parties behind them."""
    place = a_place_for(Envelope(document or samples.full()))
    parties_of(samples.PARTIES, place)
    return place


def a_file(document: ReportDocument | None = None) -> bytes:
    return write_json(Envelope(document or samples.full(), images=samples.IMAGES))


def an_upload(
    actor: Any, district: District, content: bytes, name: str = "lägesbild.json", **asked: Any
) -> Upload:
    asked = {"kind": ReportKind.PICTURE, "year": 2023} | asked
    upload = UPLOADS.keep(actor=actor, district=district, name=name, content=content, **asked)
    UPLOADS.read(upload)
    return Upload.objects.get(pk=upload.pk)


def read_in(actor: Any, upload: Upload, use: Use | None = None, **more: Any) -> Upload:
    target = importing.target_of(upload)
    return importing.apply(
        actor=actor, upload=upload, use=use or target.uses[0], seen=target.seen, **more
    )


def now(report: Report | None) -> ReportDocument:
    if report is None:
        pytest.fail("Filen blev ingen lägesbild.")
    return to_document(Report.objects.with_heading().get(pk=report.pk))
