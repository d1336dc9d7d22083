"""Files that districts have filled in, all the way: sent, read, and in the database as they were read."""

import pytest
from msgspec.structs import replace

from plans.models import Plan
from plans.services.importing import take_back
from plans.services.loading import to_document
from plans.services.uploads import UPLOADS
from samverkan.organisation.models import Municipality
from samverkan.organisation.vocabulary import Role
from samverkan.reading.outcome import Sureness
from samverkan.site import demonstration
from tests.factories import a_district, a_member
from tests.formats.corpus_excel import CORPUS as EXCEL
from tests.formats.corpus_word import CORPUS as WORD
from tests.importing.files import an_upload, read_in, reading_of

pytestmark = pytest.mark.django_db
FILES = {f"{name}.xlsx": build for name, build in EXCEL.items()} | {
    f"{name}.docx": build for name, build in WORD.items()
}


@pytest.fixture
def place():
    """A district of a city with the catalogues of the demonstration."""
    data = demonstration.read("organisation.json")
    city = Municipality.objects.create(**data["municipality"])
    demonstration.load_catalogues(city, data["catalogues"])
    return a_district("Tallbacken", "tallbacken", municipality=city)


@pytest.mark.parametrize("name", FILES)
def test_the_plan_is_what_was_shown(name, place):
    anna = a_member(Role.COORDINATOR, place)
    upload = an_upload(anna, place, FILES[name](), name)
    reading = reading_of(upload)
    if reading.faults:  # somebody has to answer first (tests/importing/test_pages.py)
        return
    read_in(anna, upload)
    stored = to_document(Plan.objects.with_heading().get())
    assert stored.areas == reading.document.areas
    assert stored.extras == reading.document.extras
    assert stored.sections == reading.document.sections
    assert [replace(one, answers=()) for one in stored.rounds] == [
        replace(one, answers=()) for one in reading.document.rounds
    ]
    assert {answer for one in stored.rounds for answer in one.answers} == {
        answer for one in reading.document.rounds for answer in one.answers
    }
    upload.refresh_from_db()
    take_back(actor=anna, upload=upload)
    assert not Plan.objects.exists()


def test_the_corpus_has_files_without_doubts_and_with_them(place):
    """Or the test above would hold of nothing."""
    doubts = set()
    for name, build in FILES.items():
        reading = reading_of(an_upload(None, place, build(), name))
        doubts.add(
            (
                any(piece.sureness == Sureness.UNSURE for piece in reading.pieces),
                bool(reading.faults),
            )
        )
    assert (False, False) in doubts
    assert (True, False) in doubts


@pytest.mark.parametrize("name", ["g2_as_the_form.docx", "the_form_as_it_should_be.xlsx"])
def test_a_file_that_was_damaged_on_its_way_is_refused_with_a_sentence(name, place):
    """Wherever the damage is: in what is packed, or in how it is packed."""
    content = FILES[name]()
    for at in range(30, len(content), len(content) // 60):
        damaged = content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]
        upload = an_upload(None, place, damaged, name)
        assert bool(upload.refusal) is (UPLOADS.reading_of(upload) is None)
