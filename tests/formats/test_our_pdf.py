"""A plan that has been printed can be read in again out of its PDF, whole."""

import zlib
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis

from plans.document import Envelope, NotAPlan, read_json
from plans.reading.our_pdf import read_pdf
from plans.vocabulary import Layout
from plans.writing.pdf import write_pdf
from samverkan.document import DecisionDoc, RegistryNumberDoc
from samverkan.documents import carried
from samverkan.documents.archive import Flavour
from tests.formats import samples
from tests.formats.test_archive import SHEET, STRANGE, with_words
from tests.formats.test_pdf import DECIDED, DRAFT
from tests.strategies import documents

DECISION = DecisionDoc(
    body="Tallbackens stadsdelsnämnd",
    decided_on=date(2025, 1, 20),
    sha256="cd" * 32,
    paragraph="§ 12",
    registry_numbers=(RegistryNumberDoc("polisen", "A987.654/2025"),),
)


@pytest.fixture(scope="module")
def printed(built_fonts) -> bytes:
    return write_pdf(samples.full(), DRAFT)


@pytest.mark.parametrize("layout", Layout)
def test_the_plan_comes_back_as_it_was(layout):
    document = samples.full(layout)
    assert read_pdf(write_pdf(document, DRAFT)) == Envelope(document)


def test_the_decision_comes_with_it_and_other_files_do_not_stand_in_the_way():
    content = write_pdf(samples.full(), DECIDED, decision=DECISION, attachments=(SHEET,))
    assert read_pdf(content) == Envelope(samples.full(), DECISION)


@pytest.mark.parametrize("name", STRANGE)
def test_also_what_could_not_be_printed_comes_back(name):
    document = with_words(STRANGE[name])
    assert read_pdf(write_pdf(document, DRAFT)).document == document


@given(documents())
@hypothesis(max_examples=10)
def test_any_plan_at_all_comes_back(built_fonts, document):
    assert read_pdf(write_pdf(document, DRAFT)).document == document


def test_the_demonstration_comes_back(settings):
    files = sorted((settings.BASE_DIR / "fixtures/plans").glob("*.json"))
    assert files
    for file in files:
        document = read_json(file.read_bytes()).document
        assert read_pdf(write_pdf(document, DRAFT)).document == document


@pytest.mark.parametrize("packed", [True, False])
def test_a_pdf_that_another_program_has_saved_anew_still_carries_the_plan(printed, packed):
    saved = BytesIO()
    with pikepdf.open(BytesIO(printed)) as file:
        file.save(saved, compress_streams=packed, recompress_flate=packed)
    assert read_pdf(saved.getvalue()).document == samples.full()


def test_what_has_been_added_after_the_file_is_no_hindrance(printed):
    assert read_pdf(printed + b"\n9999 0 obj\n<<>>\nendobj\n%%EOF\n").document == samples.full()


def refused(content: bytes) -> str:
    with pytest.raises(NotAPlan) as error:
        read_pdf(content)
    return str(error.value)


def test_a_file_that_is_no_pdf_is_refused():
    assert refused(b"PK\x03\x04") == "Filen är ingen PDF."
    assert refused(b"") == "Filen är ingen PDF."


def test_a_pdf_without_data_says_where_to_read_the_plan_instead():
    without = write_pdf(samples.full(), DRAFT, flavour=Flavour.WITHOUT_FILES)
    assert refused(without) == (
        "PDF-filen bär ingen plan att läsa in. Läs i stället in planen ur Word- eller Excelfilen."
    )


def test_a_pdf_with_a_password_is_refused(printed):
    locked = BytesIO()
    with pikepdf.open(BytesIO(printed)) as file:
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "skyddad med lösenord" in refused(locked.getvalue())


def test_a_broken_pdf_is_refused(printed):
    start = printed.index(b"/EmbeddedFile")
    begins = printed.index(b"stream\n", start) + 7
    assert "skadad" in refused(printed[:begins] + b"\0" * 40 + printed[begins + 40 :])
    assert "avklippt" in refused(printed[: begins + 300])
    assert "bär ingen plan" in refused(printed[: start - 10])


def test_a_bomb_is_never_unpacked(monkeypatch):
    monkeypatch.setattr(carried, "LARGEST", 100_000)
    bomb = zlib.compress(b" " * 100_001)
    head = b"%PDF-1.7\n1 0 obj\n<</Type /EmbeddedFile/Filter /FlateDecode>>\nstream\n"
    assert "mer data" in refused(head + bomb + b"\nendstream\nendobj")


def test_a_thousand_files_in_one_are_not_looked_through():
    one = b"1 0 obj\n<</Type /EmbeddedFile>>\nstream\nhej\nendstream\nendobj\n"
    assert "för många filer" in refused(b"%PDF-1.7\n" + one * 1000)
