"""Which files can be a lägesbild, and why the others cannot."""

import hashlib
import zipfile
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from msgspec.structs import replace

from lagesbild.document import (
    BlockDoc,
    Envelope,
    ImageDoc,
    NotAReport,
    ReportDocument,
    SectionDoc,
    write_json,
)
from lagesbild.reading.files import read_report
from lagesbild.vocabulary import BlockForm, ReportKind
from lagesbild.writing.docx import write_docx
from lagesbild.writing.pdf import write_pdf
from plans.document import DistrictDoc
from samverkan.documents.standing import Standing
from samverkan.edition import Edition
from tests.formats import corpus_word
from tests.formats.edited_word import EditedWord
from tests.lagesbild.reading.corpus import CORPUS
from tests.lagesbild.reading.paper import png
from tests.lagesbild.reading.readings import AREAS, CITY, PLACE, read, texts

OURS = ReportDocument(
    ReportKind.PICTURE, PLACE, 2023, CITY, sections=(SectionDoc(uuid4(), "Inledning"),)
)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
)


def zipped(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Filen är tom"),
        (ENCRYPTED, "lösenord"),
        (OLD_WORD, r"gamla format \(.doc\)"),
        (b"%PDF-1.7 ...", "bär ingen lägesbild"),
        (b"%PDF-1.7 /Encrypt", "lösenord"),
        (b"\x89PNG\r\n\x1a\n", "är en bild"),
        (b"Hej", "ingen Wordfil"),
        (zipped(a=b"b"), "zip-arkiv"),
        (zipped(a=b"b")[:-30], "trasig"),
        (b'{"format": "annat"}', "inte en lägesbild i formatet"),
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(NotAReport, match=said) as refused:
        read(content)
    assert "\n" not in str(refused.value)


def test_a_file_that_unfolds_to_fill_the_memory_is_refused() -> None:
    with pytest.raises(NotAReport, match="större än 100 MB när den packas upp"):
        read(corpus_word.bomb(101 * 2**20))


def test_entities_are_refused() -> None:
    with pytest.raises(NotAReport, match="XML-entiteter"):
        read(corpus_word.with_entities())


def test_a_file_of_our_own_comes_back_as_it_was() -> None:
    reading = read(write_json(Envelope(OURS)))
    assert (reading.document, reading.warnings, reading.pieces) == (OURS, (), ())


def test_our_pdf_comes_back_with_its_images() -> None:
    sha256 = hashlib.sha256(png()).hexdigest()
    figure = BlockDoc(
        uuid4(), BlockForm.IMAGE, caption="Torget", image=ImageDoc(sha256, "image/png", 40, 30)
    )
    document = replace(OURS, sections=(SectionDoc(uuid4(), "Inledning", blocks=(figure,)),))
    standing = Standing("Utkast", document.content_hash(), date(2026, 1, 1))
    printed = write_pdf(document, standing, {sha256: png()})
    reading = read(printed)
    assert (reading.document, reading.images) == (document, {sha256: png()})


def our_word_file(document: ReportDocument = OURS) -> EditedWord:
    standing = Standing("Utkast", document.content_hash(), date(2026, 1, 1))
    return EditedWord(write_docx(document, standing, {}))


def test_our_word_file_comes_back_as_it_was_and_says_nothing() -> None:
    reading = read(our_word_file().saved())
    assert (reading.document, reading.warnings, reading.pieces) == (OURS, (), ())


def test_our_word_file_that_has_been_edited_says_what_differs() -> None:
    reading = read(our_word_file().write("sections.0.heading", "Bakgrund").saved())
    assert [one.heading for one in reading.document.sections] == ["Bakgrund"]
    assert reading.warnings == ("Filen är ändrad sedan den hämtades: 1 text är ändrad.",)


def test_our_word_file_without_its_marks_is_read_as_any_other_and_says_so() -> None:
    document = replace(
        OURS,
        sections=(
            SectionDoc(
                uuid4(), "Läget", blocks=(BlockDoc(uuid4(), text="<p>Det är lugnt här.</p>"),)
            ),
        ),
    )
    reading = read(our_word_file(document).remove_marks().saved())
    assert "Det är lugnt här." in texts(reading)
    assert any("märkena runt texterna finns inte" in one for one in reading.warnings)


def test_what_is_chosen_holds_before_what_our_file_says() -> None:
    other = replace(
        OURS, district=DistrictDoc("strandby", "Strandby", "X"), kind=ReportKind.STATUS, year=2022
    )
    reading = read(write_json(Envelope(other, edition=Edition.PUBLIC)))
    assert (reading.document.kind, reading.document.district, reading.document.year) == (
        ReportKind.PICTURE,
        PLACE,
        2023,
    )
    said = " ".join(reading.warnings)
    for words in ("statusrapport", "Strandby", "2022", "publika"):
        assert words in said


def test_a_word_file_that_is_called_something_else_is_read_and_said() -> None:
    reading = read_report(
        CORPUS["plain_text_only"](),
        "bild.pdf",
        kind=ReportKind.PICTURE,
        district=PLACE,
        year=2023,
        catalogue=CITY,
        areas=AREAS,
    )
    assert "heter .pdf men är en Wordfil" in " ".join(reading.warnings)
