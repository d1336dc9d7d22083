"""A large file goes in with few questions to the database, as many for ten rows as for a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from plans.merging import renewed
from plans.models import Action
from plans.services.importing import Use, take_back
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.formats.samples import large
from tests.importing.files import a_file, a_place_for, an_upload, read_in

pytestmark = pytest.mark.django_db
MOST = 60
FEW, MANY = 10, 1000


def questions(do) -> int:
    """SQLite takes 999 parameters at a time: there the same statement once more is no other."""
    with CaptureQueriesContext(connection) as asked:
        do()
    if connection.vendor == "sqlite":
        return len({query["sql"].partition("(")[0][:70] for query in asked})
    return len(asked)


@pytest.fixture
def numbers(request):
    """How many questions each size asks: for reading it in, and for taking it back."""
    use = request.param
    found = []
    for actions in (FEW, MANY):
        document = replace(large(actions), annex_label="")
        place = a_place_for(document, f"Plats{actions}")
        anna = a_member(Role.COORDINATOR, place)
        if use != Use.NEW:
            first = replace(
                document, areas=tuple(replace(a, problems=(), actions=()) for a in document.areas)
            )
            read_in(anna, an_upload(anna, place, a_file(first)))
        upload = an_upload(anna, place, a_file(renewed(document)))
        into = questions(lambda: read_in(anna, upload, use))  # noqa: B023
        assert Action.objects.filter(area__plan__period__district=place).count() == actions
        back = questions(lambda: take_back(actor=anna, upload=upload))  # noqa: B023
        assert not Action.objects.filter(area__plan__period__district=place).exists()
        found.append((into, back))
    return found


@pytest.mark.parametrize("numbers", [Use.NEW, Use.MERGED, Use.REPLACED], indirect=True)
def test_a_thousand_rows_ask_no_more_than_ten(numbers):
    few, many = numbers
    assert many[0] == few[0] <= MOST
    # Django takes rows away a hundred at a time.
    assert many[1] - few[1] <= (MANY - FEW) / 50
