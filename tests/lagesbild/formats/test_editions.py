"""What is internal is in no file of a report's public edition, whichever way one looks."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from lagesbild.document import ReportDocument
from lagesbild.writing.docx import write_docx
from lagesbild.writing.json import write_json
from lagesbild.writing.pdf import write_pdf
from samverkan.edition import Edition
from tests.formats.tagged import tags_of
from tests.formats.test_editions import everything_in
from tests.lagesbild import samples
from tests.lagesbild.formats.standings import DRAFT
from tests.lagesbild.planting import planted

Write = Callable[[ReportDocument, tuple[ReportDocument, ...], Edition], bytes]
FORMATS: dict[str, Write] = {
    "json": lambda document, _, edition: write_json(document, samples.IMAGES, edition=edition),
    "pdf": lambda document, earlier, edition: write_pdf(
        document, DRAFT, samples.IMAGES, earlier=earlier, edition=edition
    ),
    "docx": lambda document, earlier, edition: write_docx(
        document, DRAFT, samples.IMAGES, earlier=earlier, edition=edition
    ),
}


@pytest.mark.parametrize("make", [samples.full, samples.status])
@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_no_word_that_is_internal_is_anywhere_in_a_public_file(write, make):
    document, hidden, shown = planted(make())
    text = everything_in(write(document, (), Edition.PUBLIC))
    assert [word for word in hidden if word in text] == []
    # The same search finds what the file does say.
    assert [word for word in shown if word not in text] == []
    whole = everything_in(write(document, (), Edition.INTERNAL))
    assert [word for word in hidden if word not in whole] == []


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_what_was_internal_in_an_earlier_report_is_in_no_public_file_either(name):
    """That an area got worse in 2021 was said by an internal deviation alone."""
    earlier = (samples.status(2021), samples.status(2020))
    document = samples.status()
    for edition, is_said in ((Edition.INTERNAL, True), (Edition.PUBLIC, False)):
        content = FORMATS[name](document, earlier, edition)
        rows = [row for row in rows_of(content) if row.startswith("Nyrekrytering")]
        assert any(row.count("Försämring") == 3 for row in rows) == is_said


def rows_of(content: bytes) -> list[str]:
    if content.startswith(b"%PDF"):
        return [row.text for row in tags_of(content).all("TR")]
    rows = Document(BytesIO(content)).element.body.iter(qn("w:tr"))
    return ["".join(words.text for words in row.iter(qn("w:t"))) for row in rows]


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_an_internal_image_is_in_no_public_file(name):
    sizes = {edition: images_in(FORMATS[name](samples.full(), (), edition)) for edition in Edition}
    assert sizes[Edition.INTERNAL] == {(1200, 700), (500, 640), (300, 300)}
    assert sizes[Edition.PUBLIC] == {(1200, 700), (500, 640)}


def images_in(content: bytes) -> set[tuple[int, int]]:
    if content.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(content)) as pdf:
            return {
                (int(one.Width), int(one.Height))
                for one in pdf.objects
                if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
            }
    with ZipFile(BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if "/media/" in name]
        return {Image.open(BytesIO(packed.read(name))).size for name in names}
