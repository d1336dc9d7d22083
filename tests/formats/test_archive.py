"""A PDF for ever: PDF/A and PDF/UA in one file, its data with it, and nothing borrowed from the machine."""

import dataclasses
import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from msgspec.structs import replace

from plans.document import ActionDoc, PlanDocument, read_json
from plans.vocabulary import Layout
from plans.writing.pdf import to_html, write_pdf
from samverkan.documents import pdf
from samverkan.documents.archive import Flavour
from samverkan.documents.attachments import Attachment
from samverkan.documents.glyphs import _in_our_type
from samverkan.documents.markup import parsed
from tests.formats import samples
from tests.formats.tagged import tags_of
from tests.formats.test_pdf import DECIDED, DRAFT, awkward
from tests.strategies import documents

SHEET = Attachment(
    name="Åtgärdsplan.xlsx",
    content=b"PK\x03\x04 ett kalkylblad",
    mime_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    description="Åtgärdsplanen som kalkylblad",
    modified=datetime(2025, 3, 4, 12, 30, tzinfo=UTC),
)
STRANGE = {
    "emoji": "Vi ses 😀👍🏽 på torget",
    "arabic": "مرحبا بالعالم",
    "hebrew": "שלום עולם",
    "chinese": "協作",
    "private use": "\ue000\uf8ff",
    "combining": "a\u030a e\u0301 x\u20e3",
    "unseen": "ett\u200d två\ufe0f tre\u2067 fyra\u2069",
    "odd spaces": "ett\u2003två\u3000tre",
}


def said_by(content: bytes) -> str:
    return tags_of(content).text


def faults(content: bytes) -> list[str]:
    """What of our own rules the file breaks; veraPDF has the whole of the standards."""
    with pikepdf.open(BytesIO(content)) as file:
        root, metadata = file.Root, file.Root.Metadata
        xmp = metadata.read_raw_bytes()
        fonts = {name: font for page in file.pages for name, font in page.Resources.Font.items()}
        rules = {
            "the metadata is packed": "/Filter" not in metadata,
            "it does not say that it is PDF/A": b'pdfaid:conformance="A"' in xmp,
            "it does not say that it is PDF/UA": b'pdfuaid:part="1"' in xmp,
            "the claim is not explained": b"pdfaExtension:schemas" in xmp,
            "it has no language": root.Lang == "sv",
            "it has no title": bool(str(file.docinfo.Title)),
            "its title is not shown": bool(root.ViewerPreferences.DisplayDocTitle),
            "it is not tagged": bool(root.MarkInfo.Marked),
            "it has no identity": len(file.trailer.ID) == 2,
            "a page has another order": all(page.obj.Tabs == "/S" for page in file.pages),
            "a font is not ours": all(
                str(font.BaseFont).split("+")[1].startswith(("Source-Sans-3", "Samverkan-Marks"))
                for font in fonts.values()
            ),
            "a table is nothing but its head": all(
                "TBody" in kinds or "THead" not in kinds
                for table in tags_of(content).all("Table")
                if (kinds := {kid.kind for kid in table.kids})
            ),
            "a character is missing": all(f.Encoding == "/Identity-H" for f in fonts.values()),
        }
    return [fault for fault, holds in rules.items() if not holds]


def with_words(words: str) -> PlanDocument:
    action = ActionDoc(samples.uid("a"), name=words, description=words, funding=words)
    return samples.with_action(action)


@pytest.mark.parametrize("flavour", Flavour)
@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("standing", [DRAFT, DECIDED], ids=["draft", "decided"])
def test_every_plan_is_for_the_archive_and_for_the_screen_reader(layout, standing, flavour):
    assert faults(write_pdf(samples.full(layout), standing, flavour=flavour)) == []


@given(documents())
@hypothesis(max_examples=10)
def test_any_plan_at_all_is_for_the_archive_and_for_the_screen_reader(built_fonts, document):
    assert faults(write_pdf(document, DRAFT)) == []


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", awkward())
def test_and_however_awkward(name, layout):
    assert faults(write_pdf(replace(awkward()[name], layout=layout), DRAFT)) == []


@pytest.mark.parametrize("name", STRANGE)
def test_words_that_our_type_does_not_have_break_nothing(name):
    assert faults(write_pdf(with_words(STRANGE[name]), DRAFT)) == []


def test_a_character_that_cannot_be_printed_is_named_where_it_stood():
    said = said_by(write_pdf(with_words("Vi ses 😀👍 på torget"), DRAFT))
    assert "Vi ses □ (U+1F600 U+1F44D) på torget" in said


def test_what_cannot_be_seen_leaves_no_mark_and_a_space_remains_a_space():
    said = said_by(write_pdf(with_words(f"{STRANGE['unseen']} {STRANGE['odd spaces']}"), DRAFT))
    assert "ett två tre fyra ett två tre" in said


def test_a_search_finds_the_words_whatever_space_or_hyphen_came_first():
    words = "<p>ett\xa0två tre\u2011fyra och i-pad</p>"
    text = said_by(pdf.render(f"<html lang='sv'><title>T</title><body>{words}</body></html>", ()))
    assert text == "ett två tre-fyra och i-pad"


def test_every_character_of_our_type_can_be_printed_in_each_of_its_styles():
    letters = "".join(f"<p>{ord(one):x} {one}</p>" for one in sorted(_in_our_type() - set("<&")))
    html = (
        '<html lang="sv"><head><title>T</title></head><body>'
        f"{letters}<b>{letters}</b><i>{letters}</i></body></html>"
    )
    assert faults(pdf.render(html, ("css/paper.css",))) == []


def test_no_font_of_the_machine_is_used_even_where_one_is_asked_for():
    asked = '<p style="font-family: DejaVu Sans, Liberation Serif, serif">Ord</p>'
    html = f'<html lang="sv"><head><title>T</title></head><body>{asked}</body></html>'
    assert faults(pdf.render(html, ("css/paper.css",))) == []


def test_what_templates_write_is_xml_so_that_it_is_read_fast():
    for layout in Layout:
        for standing in (DRAFT, DECIDED):
            assert parsed(to_html(samples.full(layout), standing)) is not None


def test_html_says_the_same_read_as_xml_as_read_as_html(monkeypatch):
    words = "Ett&nbsp;två &amp; tre<br>fyra &lt;fem&gt; &#x27;sex&#x27; &ouml;"
    head = '<head><meta charset="utf-8"><title>T</title></head>'
    html = f'<!doctype html>\n<html lang="sv">{head}<body><p>{words}</p></body></html>'
    assert parsed(html) is not None
    as_xml = said_by(pdf.render(html, ()))
    monkeypatch.setattr(pdf, "parsed", lambda html: None)
    assert as_xml == said_by(pdf.render(html, ()))
    assert as_xml.split() == ["Ett", "två", "&", "trefyra", "<fem>", "'sex'", "ö"]


def test_html_that_is_not_xml_is_printed_too():
    said = said_by(pdf.render("<!doctype html><html lang=sv><title>T</title><p>Ett<p>Två", ()))
    assert said == "Ett Två"


def test_the_plan_lies_in_its_pdf_as_data():
    content = write_pdf(samples.full(), DECIDED)
    with pikepdf.open(BytesIO(content)) as file:
        (spec,) = file.Root.AF
        assert file.Root.Names.EmbeddedFiles.Names[1].objgen == spec.objgen
        assert spec.AFRelationship == "/Source"
        assert spec.UF == "åtgärdsplan.json"
        assert "läsas in i Samverkan" in str(spec.Desc)
        stream = spec.EF.F
        assert stream.Subtype == "/application/json"
        assert stream.Params.ModDate == "D:20250304000000+00'00"
        data = stream.read_bytes()
    assert read_json(data).document == samples.full()


def test_other_files_go_with_it_in_the_order_of_their_names():
    content = write_pdf(samples.full(), DECIDED, attachments=(SHEET,))
    with pikepdf.open(BytesIO(content)) as file:
        assert [str(spec.UF) for spec in file.Root.AF] == ["Åtgärdsplan.xlsx", "åtgärdsplan.json"]
        sheet = file.Root.AF[0]
        assert sheet.EF.F.read_bytes() == SHEET.content
        assert bytes(sheet.EF.F.Params.CheckSum) == hashlib.md5(SHEET.content).digest()  # noqa: S324
        assert sheet.EF.F.Params.ModDate == "D:20250304123000+00'00"


def test_the_twin_without_files_says_the_same_and_carries_none():
    with_files = write_pdf(samples.full(), DECIDED)
    without = write_pdf(samples.full(), DECIDED, flavour=Flavour.WITHOUT_FILES)
    assert said_by(without) == said_by(with_files)
    with pikepdf.open(BytesIO(without)) as file:
        assert "/AF" not in file.Root
        assert "/EmbeddedFiles" not in file.Root.Names
        assert b'pdfaid:part="2"' in file.Root.Metadata.read_bytes()


def test_files_are_refused_where_there_may_be_none():
    with pytest.raises(ValueError, match="inga bilagor"):
        write_pdf(samples.full(), DRAFT, attachments=(SHEET,), flavour=Flavour.WITHOUT_FILES)


def test_two_files_of_one_name_are_refused():
    with pytest.raises(ValueError, match="samma namn"):
        write_pdf(
            samples.full(),
            DRAFT,
            attachments=(SHEET, dataclasses.replace(SHEET, content=b"PK annat")),
        )
