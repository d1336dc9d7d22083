"""What a report's document says stands in the database, and comes out of it the same."""

from typing import Any

import pytest
from msgspec.structs import replace

from lagesbild.document import NotAReport
from lagesbild.models import Image, Report
from lagesbild.services.loading import images_of, to_document
from lagesbild.services.storing import from_document
from tests.lagesbild.demonstration import NAMES, PICTURE, envelope
from tests.lagesbild.storing import a_place_for, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_is_what_comes_out(name: str) -> None:
    report = stored(envelope(name))
    document = to_document(report)
    assert document == envelope(name).document
    assert images_of(report, document) == envelope(name).images


def test_an_image_is_kept_once_however_many_reports_show_it() -> None:
    whole = envelope(PICTURE)
    district = a_place_for(whole)
    stored(whole, district)
    stored(replace(whole, document=replace(whole.document, revision=2)), district)
    assert Image.objects.count() == len(whole.images)


def test_a_report_whose_image_is_missing_is_not_stored_at_all() -> None:
    whole = envelope(PICTURE)
    with pytest.raises(NotAReport, match="bild"):
        from_document(whole.document, district=a_place_for(whole), images={})
    assert not Report.objects.exists()


def test_a_report_is_read_in_as_many_queries_however_large(
    django_assert_max_num_queries: Any,
) -> None:
    report = stored(envelope(PICTURE))
    with django_assert_max_num_queries(9):
        to_document(report)
