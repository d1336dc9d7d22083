"""The PDF of a plan: all of its words, accessible, and the same bytes each time."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db.models import Choices
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import settings as hypothesis
from msgspec.structs import fields, replace
from pypdf import PdfReader

from plans.document import ActionDoc, CommitmentDoc, GoalDoc, PartyDoc, PlanDocument
from plans.vocabulary import HandledAs, Layout, TimingKind
from plans.writing.pdf import write_pdf
from samverkan import numbers
from samverkan.document import Part, Rich
from samverkan.documents import pdf
from samverkan.documents.standing import Standing
from samverkan.organisation.vocabulary import PartyKind
from tests.formats import samples
from tests.strategies import documents

DRAFT = Standing("Utkast", content_hash="ab" * 32, printed_on=date(2025, 2, 3))
DECIDED = Standing(
    "Beslutad",
    content_hash="cd" * 32,
    printed_on=date(2025, 3, 4),
    is_decided=True,
    decided_on=date(2025, 1, 20),
    body="Tallbackens stadsdelsnämnd",
    paragraph="§ 12",
    registry_numbers=(("Stadsdelsförvaltningen", "TAL 2025/31"), ("Polisen", "A987.654/2025")),
)
# What is a thing's name for machines only.
NOT_PRINTED = {"uuid", "slug", "key", "party"}
# What is said by a date or by the name of an area instead.
SAID_OTHERWISE = {TimingKind.DATE, HandledAs.AREA}


def read(document: PlanDocument, standing: Standing = DRAFT) -> PdfReader:
    return PdfReader(BytesIO(write_pdf(document, standing)))


def catalog(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def letters(text: str) -> str:
    """Without what a line break and a hyphen change."""
    return re.sub(r"[\s\u00ad-]", "", text).casefold()


def printed(reader: PdfReader) -> str:
    return letters("".join(page.extract_text() for page in reader.pages))


def said(part: Part) -> list[str]:
    """All that a document says, as it is to be read."""
    found = []
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name in NOT_PRINTED or isinstance(value, UUID | bool) or value in ("", None):
            continue
        if field.type == Rich:
            found += re.sub(r"<[^>]+>", "\n", value).split("\n")
        elif isinstance(value, Choices):
            found += [] if value in SAID_OTHERWISE else [str(value.label)]
        elif isinstance(value, datetime):
            found.append(f"{localtime(value):%Y-%m-%d %H.%M}")
        elif isinstance(value, date):
            found.append(value.isoformat())
        elif isinstance(value, Decimal):
            found.append(numbers.swedish(value))
        elif isinstance(value, Part):
            found += said(value)
        elif isinstance(value, tuple):
            found += [text for item in value if isinstance(item, Part) for text in said(item)]
        else:
            found.append(str(value))
    return found


def parts_in(part: Part) -> list[Part]:
    inner = [getattr(part, field.name) for field in fields(part)]
    listed = [item for value in inner if isinstance(value, tuple) for item in value]
    return [part] + [
        found for item in [*inner, *listed] if isinstance(item, Part) for found in parts_in(item)
    ]


def test_the_sample_uses_every_field_of_every_part():
    used = {
        (type(part), field.name)
        for layout in Layout
        for part in parts_in(samples.full(layout))
        for field in fields(part)
        if field.required or getattr(part, field.name) != field.default
    }
    parts = {type(part) for part in parts_in(samples.full())}
    assert {(kind, field.name) for kind in parts for field in fields(kind)} == used


@pytest.mark.parametrize("layout", Layout)
def test_every_word_date_and_number_of_the_plan_is_printed(layout):
    document = samples.full(layout)
    text = printed(read(document))
    assert [words for words in said(document) if letters(words) not in text] == []


def test_title_page_says_who_decided_when_and_under_which_numbers():
    title = letters(read(samples.full(), DECIDED).pages[0].extract_text())
    for words in (
        "Granstads kommun",
        "Bilaga 2",
        "Tallbacken Åtgärdsplan 2025–2026",
        "Lokalpolisområde Granstad Norr",
        "Tallbackens stadsdelsnämnd 2025-01-20, § 12",
        "Stadsdelsförvaltningen: TAL 2025/31",
        "Polisen: A987.654/2025",
    ):
        assert letters(words) in title


def test_last_page_says_from_what_and_when_it_was_made():
    text = letters(read(samples.full(), DECIDED).pages[-1].extract_text())
    for words in ("2025-03-04", "cd" * 32, "revision 3"):
        assert letters(words) in text


def test_a_draft_says_so_on_every_page_and_a_decided_plan_on_none():
    for page in read(samples.full(), DRAFT).pages:
        assert "UTKAST" in page.extract_text()
    for page in read(samples.full(), DECIDED).pages:
        assert "utkast" not in page.extract_text().lower()


def test_a_plan_in_consultation_is_still_a_draft():
    reader = read(samples.emptiest(), Standing("Samråd", "ab" * 32, date(2025, 2, 3)))
    assert "UTKAST – samråd" in reader.pages[1].extract_text()


def test_an_area_without_actions_says_so():
    text = printed(read(samples.full()))
    # Two such areas, in the overview and where they stand.
    assert text.count(letters("Inga åtgärder i området.")) == 4


@pytest.mark.parametrize("layout", Layout)
def test_contents_lead_to_the_page_where_the_heading_is(layout):
    reader = read(samples.full(layout))
    links: Any = reader.pages[1]["/Annots"]
    contents = reader.pages[1].extract_text().split("Åtgärdsplan 2025–2026")[0]
    entries = re.findall(r"^(.+?)\s+(\d+)$", contents, re.MULTILINE)
    assert len(entries) == len(links) == 13
    for heading, page in entries:
        assert letters(heading) in letters(reader.pages[int(page) - 1].extract_text())


def test_bookmarks_name_the_parts_in_their_order():
    reader = read(samples.full(Layout.ACTIVITIES))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:4] == [
        "Bakgrund",
        "Kommunikation",
        "Planen i översikt",
        "1 Otrygga platser i centrum",
    ]
    activities = next(entry for entry in reader.outline if isinstance(entry, list))
    assert activities[0].title == "Trygga torg 1.1 Torgvärdar på Tallbackstorget"


def test_the_file_is_tagged_titled_and_swedish():
    reader = read(samples.full())
    root = catalog(reader)
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Åtgärdsplan 2025–2026, Tallbacken (utkast)"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


def elements(element, kind: str) -> list:
    """All structure elements of a kind below the element."""
    kids = element.get("/K", [])
    kids = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    below = [found for kid in kids if isinstance(kid, dict) for found in elements(kid, kind)]
    return [element, *below] if element.get("/S") == kind else below


@pytest.mark.parametrize("layout", Layout)
def test_every_table_has_header_cells_and_every_cell_knows_its_own(layout):
    tree = catalog(read(samples.full(layout)))["/StructTreeRoot"]
    tables = elements(tree, "/Table")
    assert tables
    for table in tables:
        assert elements(table, "/TH")
        for cell in elements(table, "/TD"):
            assert cell["/A"]["/Headers"]


def test_charts_have_words_for_those_who_do_not_see_them():
    tree = catalog(read(samples.full()))["/StructTreeRoot"]
    (chart,) = elements(tree, "/Figure")
    assert "1 Otrygga platser i centrum: 3, 2, 3" in chart["/Alt"]


def test_set_in_our_own_type_with_every_mark_in_it():
    page: Any = read(samples.full()).pages[0]  # all pages share their resources
    fonts = {
        font["/BaseFont"].split("+")[1].rstrip(",") for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {
        "Source-Sans-3",
        "Source-Sans-3-Semi-Bold",
        "Source-Sans-3-Italic",
        "Samverkan-Marks",
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/logo.png",
        "https://static.invalid.example.org/css/paper.css",
        "https://static.invalid/../../etc/passwd",
        "https://static.invalid/css/../../manage.py",
        "https://static.invalid/css/..%2f..%2fmanage.py",
        "https://static.invalid//etc/passwd",
        Path("/etc/passwd").as_uri(),
        "data:text/plain,hej",
    ],
)
def test_nothing_is_fetched_but_our_own_static_files(address):
    with pytest.raises(ValueError, match="Dokumentet hämtar bara|finns inte bland våra"):
        pdf.static_file(address)


def test_a_static_file_is_fetched():
    found = pdf.static_file(pdf.STATIC + "css/paper.css")
    assert found == settings.BASE_DIR / "static/css/paper.css"


def test_an_image_in_the_text_is_left_out_whatever_it_points_to(tmp_path):
    image = tmp_path / "secret.svg"
    image.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>hemligt</text></svg>")
    html = f"<html lang=sv><title>T</title><p>Text <img alt='bild' src='{image.as_uri()}'>"
    reader = PdfReader(BytesIO(pdf.render(html, ("css/paper.css",))))
    assert "hemligt" not in reader.pages[0].extract_text()


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    def no_pango(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", no_pango)
    with pytest.raises(pdf.PdfUnavailable, match="apt-get install libpango-1.0-0"):
        pdf._weasyprint.__wrapped__()


def test_a_machine_without_the_fonts_is_told_how_to_make_them(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "FONT_DIR", tmp_path)
    with pytest.raises(pdf.PdfUnavailable, match="build_fonts"):
        pdf._font_configuration.__wrapped__()


def awkward() -> dict[str, PlanDocument]:
    action = ActionDoc(samples.uid("a"), name="Åtgärd")
    many = tuple(
        PartyDoc(f"p{n}", f"Part nummer {n}", f"Part {n}", PartyKind.PARTNER) for n in range(40)
    )
    commitments = tuple(
        CommitmentDoc(samples.uid(party.key), party.key, "Chef", "", f"Åtagande av {party.name}")
        for party in many
    )
    return {
        "a word of 300 letters": samples.with_action(
            replace(action, name="Nämnd" * 60, timing="x" * 300, responsible="ö" * 300)
        ),
        "40 commitments": samples.with_action(
            replace(action, commitments=commitments), parties=many
        ),
        "a party without a word": samples.with_action(
            replace(action, commitments=(CommitmentDoc(samples.uid("c"), "polisen"),))
        ),
        "nothing": samples.emptiest(),
        "markup": samples.with_action(replace(action, name="<b>1 < 2</b> & <script>x</script>")),
    }


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", awkward())
def test_no_word_is_lost_however_awkward(name, layout):
    document = replace(awkward()[name], layout=layout)
    text = printed(read(document))
    assert [words[:40] for words in said(document) if letters(words) not in text] == []


@pytest.mark.parametrize("layout", Layout)
def test_cells_of_twenty_thousand_letters_run_on_over_the_pages(layout):
    description, goal, communication = (
        " ".join(f"{word}{number}" for number in range(2700)) for word in ("ord", "mål", "rad")
    )
    assert len(description) > 19_000
    action = ActionDoc(
        samples.uid("a"),
        name="Åtgärd",
        description=description,
        goals=(GoalDoc(samples.uid("g"), goal),),
        communication=communication,
    )
    reader = read(samples.with_action(action, layout))
    found = {word for page in reader.pages for word in page.extract_text().split()}
    for text in (description, goal, communication):
        assert set(text.split()) <= found


@given(documents())
@hypothesis(max_examples=10)
def test_any_plan_at_all_can_be_printed(document):
    assert len(read(document).pages) >= 3


def test_text_nested_beyond_reason_gives_no_pdf_but_a_reason(built_fonts):
    nested = "<blockquote>" * 400 + "x" + "</blockquote>" * 400
    with pytest.raises(pdf.PdfUnavailable, match="nivåer"):
        pdf.render(f"<!doctype html><html lang=sv><title>x</title>{nested}", ())
