"""The Word file of a report: all of its words, and made of what Word knows by name."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from msgspec.structs import replace
from pypdf import PdfReader

from lagesbild.document import BlockDoc, Envelope, ReportDocument, SectionDoc
from lagesbild.vocabulary import BlockForm
from lagesbild.writing.docx import NAMESPACE, write_docx
from samverkan.document import decode_as
from samverkan.documents.docx import Opened, open_word
from samverkan.documents.docx_carried import Carried
from samverkan.documents.docx_places import plain
from tests.formats.office import convert
from tests.formats.test_docx import headings, out_of_order, style, words
from tests.formats.test_pdf import letters
from tests.lagesbild import samples
from tests.lagesbild.formats.standings import DECIDED, DRAFT
from tests.lagesbild.formats.test_pdf import AWKWARD, REPORTS, one_section, said
from tests.lagesbild.samples import uid


def content_of(document: ReportDocument, **more: Any) -> bytes:
    return write_docx(document, DRAFT, samples.IMAGES, **more)


def written(document: ReportDocument) -> Any:
    return Document(BytesIO(content_of(document)))


def opened(document: ReportDocument) -> Opened:
    return open_word(content_of(document))


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def fields(body: Any) -> list[str]:
    return [one.text.strip() for one in body.iter(qn("w:instrText"))]


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_every_word_of_the_report_is_in_the_document(make):
    document = written(make())
    charts = "".join(
        part.blob.decode()
        for part in document.part.package.iter_parts()
        if "chart" in part.partname
    )
    text = letters(words(document.element.body) + re.sub(r"<[^>]+>", " ", charts))
    assert [one for one in said(make()) if letters(one) not in text] == []


def test_headings_are_headings_of_the_level_on_which_they_stand():
    found = headings(written(samples.full()).element.body)
    assert (1, "2 Beskrivning av brottsligheten") in found
    assert (2, "2.1 Öppen handel") in found
    assert (3, "2.1.1 På kvällarna") in found
    assert (3, "Skola, socialtjänst, polis och fritid samverkar för att:") in found
    levels = [0] + [level for level, _ in found]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_contents_name_the_sections_and_lead_to_them():
    body = written(samples.full()).element.body
    entries = [one for one in body.iter(qn("w:p")) if style(one).startswith("TOC")][1:]
    shown = [(style(one), " ".join(words(one).split())) for one in entries]
    assert ("TOC1", "2 Beskrivning av brottsligheten") in shown
    assert ("TOC2", "4.1 Unga i riskzon") in shown
    assert not any("Beskrivning av området" in text for _, text in shown)
    assert 'TOC \\o "1-2" \\h \\z \\u' in fields(body)


def test_every_reference_leads_to_a_place_in_the_document():
    for document in (samples.full(), samples.status(), *AWKWARD.values()):
        body = written(document).element.body
        marks = body.xpath(".//w:bookmarkStart/@w:name")
        assert set(body.xpath(".//w:hyperlink/@w:anchor")) <= set(marks)
        referred = {one.split()[1] for one in fields(body) if one.startswith("REF")}
        assert referred <= set(marks)
        assert len(set(marks)) == len(marks)
        assert max(map(len, marks)) <= 40


def test_captions_number_themselves_and_references_follow_them():
    body = written(samples.full()).element.body
    assert fields(body).count("SEQ Figur \\* ARABIC") == 6
    caption = next(
        one for one in body.iter(qn("w:p")) if style(one) == "Caption" and "cykel" in words(one)
    )
    assert words(caption).startswith("\nFigur\u00a01. Antal anmälda")
    (mark,) = caption.xpath(".//w:bookmarkStart[@w:name='_figur_1']")
    number = []
    for sibling in mark.itersiblings():
        if sibling.tag == qn("w:bookmarkEnd"):
            break
        number.append(words(sibling))
    assert "".join(number) == "1"
    assert "REF _figur_1 \\h" in fields(body)


def test_a_reference_to_a_part_says_its_letter():
    text = words(written(samples.full()).element.body)
    assert "figur\u00a05a" in text
    assert "figur\u00a05b" in text


def test_footnotes_are_those_of_word():
    document = written(samples.full())
    marks = [one.get(qn("w:id")) for one in document.element.body.iter(qn("w:footnoteReference"))]
    assert marks == ["1", "2", "3"]
    notes = part_of(content_of(samples.full()), "word/footnotes.xml")
    assert re.findall(r'<w:footnote [^>]*w:id="(-?\d+)"', notes) == ["-1", "0", "1", "2", "3"]
    assert "Överenskommelsen gäller tills vidare." in notes
    assert "REF _figur_4" in notes
    relations = part_of(content_of(samples.full()), "word/_rels/footnotes.xml.rels")
    assert "https://exempel.se/rutin" in relations


def test_a_report_without_footnotes_has_no_part_for_them():
    content = content_of(one_section(samples.text("t", "<p>Ord.</p>")))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert "word/footnotes.xml" not in archive.namelist()


def test_a_chart_is_one_that_word_draws_with_its_numbers_and_a_gap():
    document = written(one_section(samples.THEFTS))
    (chart,) = [
        part.blob.decode()
        for part in document.part.package.iter_parts()
        if "chart" in part.partname
    ]
    assert "<c:lineChart>" in chart
    assert re.findall(r'<c:pt idx="(\d)"><c:v>([\d.]+)</c:v>', chart.partition("<c:val>")[2]) == [
        ("0", "274"),
        ("1", "251"),
        ("3", "190.5"),
        ("4", "163"),
        ("5", "142"),
    ]
    assert '<c:dispBlanksAs val="gap"/>' in chart
    assert '<c:min val="0"/>' in chart


def test_each_picture_says_in_words_what_it_shows():
    said_of = written(samples.full()).element.body.xpath(".//wp:docPr/@descr")
    assert len(said_of) == 8
    assert all(said_of)
    assert "Kartan visar två platser." in said_of


def test_the_numbers_are_a_table_whose_head_stands_on_each_page():
    tables = written(one_section(samples.TABLE)).element.body.findall(f".//{qn('w:tbl')}")
    found = [table for table in tables if "Stationen" in words(table)]
    (first, *_) = found[0].findall(qn("w:tr"))
    assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert words(first).split() == ["(antal)", "Torget", "Stationen", "Skolgården", "Parken"]


def test_the_boxes_of_the_form_are_boxes_that_can_be_ticked():
    content = content_of(samples.full())
    xml = part_of(content, "word/document.xml")
    ticked = re.findall(r'<w14:checked[^>]* ?w14:val="(\d)"', xml)
    assert ticked[:4] == ["1", "1", "0", "1"]
    tags = re.findall(r'w:tag w:val="([^"]*special_measures)"', xml)
    assert tags[0] == "sections.3.sections.0.special_measures"


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_what_is_written_in_the_file_is_known_again_by_where_it_stands(make):
    """What reading back stands on: each text in its place, and the data beside it."""
    document = opened(make())
    carried = Carried.from_text(document.attached(NAMESPACE) or "")
    assert decode_as(carried.envelope, Envelope).document == make()
    said_there = {
        name: [plain(text) for text in texts] for name, texts in document.found.controls.items()
    }
    assert said_there["sections.0.heading"] == [make().sections[0].heading]
    in_bookmarks = [plain(text) for text in document.found.bookmarks.values()]
    assert make().sections[0].heading in in_bookmarks


def test_a_draft_says_so_and_a_decided_report_does_not():
    for make in REPORTS.values():
        decided = Document(BytesIO(write_docx(make(), DECIDED, samples.IMAGES)))
        assert "utkast" not in words(decided.element.body).lower()
        assert "UTKAST" in words(written(make()).element.body)


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_everything_stands_in_the_order_that_word_demands(make):
    assert list(out_of_order(written(make()))) == []


@pytest.mark.parametrize("name", AWKWARD)
def test_a_report_can_be_written_however_awkward(name):
    assert list(out_of_order(written(AWKWARD[name]))) == []


def test_the_same_report_is_the_same_bytes():
    assert content_of(samples.full()) == content_of(samples.full())


def test_a_figure_that_is_only_its_parts_and_has_no_name_can_be_referred_to():
    part = BlockDoc(uid("del"), BlockForm.IMAGE, image=samples.MAP, description="Karta")
    whole = BlockDoc(uid("hel"), BlockForm.IMAGE, is_numbered=False, parts=(part,))
    section = SectionDoc(
        uid("s"),
        "S",
        blocks=(samples.text("t", f"<p>{samples.to('hel', 'kartan')}</p>"), whole),
    )
    body = written(replace(samples.full(), sections=(section,))).element.body
    assert "_bild_1" in body.xpath(".//w:bookmarkStart/@w:name")


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_libreoffice_opens_it_and_shows_what_it_says(make, tmp_path):
    pdf = convert(content_of(make()), "docx", "pdf", tmp_path)
    text = letters("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
    # What the one series of a chart is called stands in its caption.
    missing = {one for one in said(make()) if letters(one) not in text}
    assert missing <= {"Åk 5", "Åk 8"}
    if make is samples.full:
        assert letters("Överenskommelsen gäller tills vidare.") in text
