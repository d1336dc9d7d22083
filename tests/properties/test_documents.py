"""A plan loses nothing on its way from document to database and back, nor through JSON."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from plans.document import Envelope, read_json, write_json
from plans.models import Catalogue
from plans.services.loading import to_document
from plans.services.storing import from_document
from samverkan.document import encode
from samverkan.organisation.models import District, Municipality
from tests.plans.storing import add_city_parties
from tests.strategies import documents


@given(document=documents())
def test_a_document_is_the_same_after_json(document):
    assert read_json(write_json(Envelope(document))).document == document


@pytest.fixture
def district(db):
    city = Municipality.objects.create(name="Stockholms stad", slug="stockholm")
    Catalogue.objects.create(municipality=city, year=2024, name="Områden 2024")
    return District.objects.create(municipality=city, name="Skarpnäck", slug="skarpnack")


# Each example is rolled back, so the district is as new for the next.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(document=documents())
def test_a_document_is_the_same_after_the_database(document, district):
    with transaction.atomic():
        add_city_parties(document, district.municipality)
        stored = to_document(from_document(document, district=district))
        transaction.set_rollback(True)
    assert stored == document
    assert encode(stored) == encode(document)
