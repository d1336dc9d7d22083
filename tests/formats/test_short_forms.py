"""The short forms: one party's undertakings, the promises to the public, the sammanställning alone."""

import csv
import re
from base64 import b64decode
from dataclasses import replace as replaced
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from PIL import Image

from plans.document import ActionDoc, AreaDoc, PlanDocument
from plans.vocabulary import Layout
from plans.writing.pdf import write_party_pdf, write_promises_pdf
from plans.writing.summary import write_summary_csv, write_summary_png, write_summary_svg
from samverkan.documents.standing import PUBLIC
from tests.formats import samples
from tests.formats.pages import pages_of
from tests.formats.test_pdf import DECIDED, DRAFT, letters
from tests.formats.test_typesetting import crowded, outside

SVG = "{http://www.w3.org/2000/svg}"


def text_of(pdf: bytes) -> str:
    return " ".join(page.text for page in pages_of(pdf))


def of_party(party: str, document: PlanDocument | None = None) -> str:
    return text_of(write_party_pdf(document or samples.full(), DRAFT, party))


@pytest.mark.parametrize("layout", Layout)
def test_a_party_reads_all_that_it_has_undertaken_and_how_it_goes(layout):
    text = letters(of_party("polisen", samples.full(layout)))
    for words in (
        "Tallbacken Polisens åtaganden 2025–2026",
        "1 Otrygga platser i centrum",
        "1.1 Torgvärdar på Tallbackstorget",
        "Rör sig till fots på torget när värdarna är där.",
        "Kommunpolisen",
        "Områdespoliser",
        "Antalet personrån på torget ska halveras.",
        "Varje fredag och lördag, april–oktober",
        "Fotpatrull har gått fjorton kvällar.",
        "Sex värdar är anställda och schemat är lagt.",
    ):
        assert letters(words) in text


def test_a_party_does_not_read_what_others_have_undertaken():
    text = of_party("polisen")
    assert "Anställer och leder torgvärdarna." not in text
    assert "1.2" not in text
    assert "Unga i Tallbacken" not in text


def test_a_party_without_undertakings_is_told_so():
    document = replace(samples.emptiest(), parties=samples.PARTIES)
    assert "Granhem har inga åtaganden i planen." in of_party("granhem", document)


def test_what_has_not_been_followed_up_says_so():
    document = replace(samples.full(), rounds=())
    assert "Uppföljning Ingen ännu." in of_party("polisen", document)


def test_the_public_reads_the_promises_and_what_came_of_them():
    text = letters(text_of(write_promises_pdf(samples.full(), DECIDED)))
    assert letters("Tallbacken Medborgarlöften 2025–2026") in text
    assert letters("Du ska möta vuxna i väst på torget varje helgkväll under sommaren.") in text
    assert letters("Sex värdar är anställda och schemat är lagt.") in text
    assert letters("Gå igenom belysningen") not in text


def test_the_latest_answer_is_what_came_of_a_promise():
    plan = samples.full()
    first, second = plan.rounds
    later = replace(first.answers[0], text="Åtta värdar går varje kväll.")
    plan = replace(plan, rounds=(first, replace(second, answers=(later,), outcomes=())))
    text = text_of(write_promises_pdf(plan, DRAFT))
    assert "Åtta värdar går varje kväll." in text
    assert "Sex värdar är anställda" not in text


def test_a_promise_that_only_a_party_has_answered_about_has_that_answer():
    plan = samples.full()
    first, _ = plan.rounds
    plan = replace(plan, rounds=(replace(first, answers=first.answers[1:2], outcomes=()),))
    assert "Fotpatrull har gått fjorton kvällar." in text_of(write_promises_pdf(plan, DRAFT))


def test_a_promise_that_has_not_been_followed_up_says_so():
    plan = samples.with_action(ActionDoc(samples.uid("a"), name="Torg", promise="Vi städar."))
    assert "Löftet har inte följts upp ännu." in text_of(write_promises_pdf(plan, DRAFT))


def test_a_plan_without_promises_says_so_in_one_sentence():
    pages = pages_of(write_promises_pdf(samples.emptiest(), DRAFT))
    assert len(pages) == 1
    assert "Planen har inga medborgarlöften." in pages[0].text


@pytest.mark.parametrize(
    "pdf",
    [
        lambda standing: write_party_pdf(samples.full(), standing, "polisen"),
        lambda standing: write_promises_pdf(samples.full(), standing),
    ],
    ids=["party", "promises"],
)
class TestEachShortPdf:
    def test_says_on_its_last_page_from_which_plan_it_was_made_and_when(self, pdf):
        last = letters(pages_of(pdf(replaced(DECIDED, edition=PUBLIC)))[-1].text)
        for words in (
            "Åtgärdsplan 2025–2026 för Tallbacken, revision 3",
            "cd" * 32,
            "2025-03-04",
            "Det som är markerat som internt är utelämnat.",
        ):
            assert letters(words) in last

    def test_a_draft_says_so_on_every_page(self, pdf):
        assert all("UTKAST" in page.text for page in pages_of(pdf(DRAFT)))

    def test_is_as_well_set_as_the_plan(self, pdf):
        pages = pages_of(pdf(DRAFT))
        assert [faults for page in pages if (faults := crowded(page) + outside(page))] == []
        assert min(piece.size for page in pages for piece in page.pieces) > 8.99
        assert not [piece.text for page in pages for piece in page.last_line if piece.size > 12.4]


def cells(document: PlanDocument) -> list[list[str]]:
    text = write_summary_csv(document).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_the_table_opens_in_swedish_excel():
    assert write_summary_csv(samples.full()).startswith(
        b"\xef\xbb\xbfNummer;Omr\xc3\xa5de;Problem;"
    )


def test_the_table_has_a_row_for_each_area_and_one_for_the_plan():
    assert cells(samples.full()) == [
        ["Nummer", "Område", "Problem", "Orsaker", "Åtgärder", "Mål", "Åtaganden"],
        ["1", "Otrygga platser i centrum", "3", "2", "3", "2", "5"],
        ["2", "Unga i Tallbacken", "1", "1", "1", "1", "0"],
        ["3", "Ordningsvakter", "0", "0", "0", "0", "0"],
        ["4", "Arbete mot våldsbejakande extremism", "0", "0", "0", "0", "0"],
        ["", "Hela planen", "4", "3", "4", "3", "5"],
    ]


def test_a_plan_of_activities_counts_those_that_each_party_takes_part_in():
    head, *rows = cells(samples.full(Layout.ACTIVITIES))
    assert head[:5] == ["Nummer", "Område", "Aktiviteter", "Mål", "Åtaganden"]
    place = head.index("Aktiviteter som Trafikkontoret deltar i")
    assert [row[place] for row in rows] == ["2", "0", "0", "0", "2"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_taken_for_a_formula(sign):
    area = AreaDoc(samples.uid("a"), "a", "A", f"{sign}1+1;2")
    assert cells(replace(samples.emptiest(), areas=(area,)))[1][1] == f"'{sign}1+1;2"


def drawn(document: PlanDocument) -> ElementTree.Element:
    return ElementTree.fromstring(write_summary_svg(document))  # noqa: S314


def test_the_drawing_says_in_words_what_it_shows():
    drawing = drawn(samples.full())
    assert drawing.findtext(f"{SVG}title") == "Sammanställning 2025–2026, Tallbacken"
    assert "1 Otrygga platser i centrum: 3, 2, 3" in (drawing.findtext(f"{SVG}desc") or "")


def test_the_drawing_says_from_which_plan_it_was_made():
    words = " ".join(drawn(samples.full()).itertext())
    assert "Ur Åtgärdsplan 2025–2026 för Tallbacken, revision 3." in words
    assert samples.full().content_hash()[:12] in words


def test_the_drawing_brings_each_of_its_letters_and_asks_for_nothing():
    drawing = drawn(samples.full(Layout.ACTIVITIES))
    style = drawing.findtext(f"{SVG}style") or ""
    fonts = [
        TTFont(BytesIO(b64decode(found))).getBestCmap()
        for found in re.findall(r"base64,([^)]+)\)", style)
    ]
    words = "".join(text.text or "" for text in drawing.iter(f"{SVG}text"))
    assert len(fonts) == 2
    assert all({ord(letter) for letter in words} <= set(letters) for letters in fonts)
    assert not re.findall(rb"(?:href|src|url)\W+(?:https?:|/)", write_summary_svg(samples.full()))


@pytest.mark.parametrize("layout", Layout)
def test_the_picture_is_a_picture_with_words_for_those_who_do_not_see_it(layout):
    picture = Image.open(BytesIO(write_summary_png(samples.full(layout))))
    picture.load()
    assert picture.width == 1440
    assert len(picture.getcolors(1 << 16) or []) > 10
    assert "Stapeldiagram." in picture.info["Description"]
    assert picture.info["Title"] == "Sammanställning 2025–2026, Tallbacken"


def test_nothing_stands_outside_the_picture():
    """Its edge is paper all around."""
    picture = Image.open(BytesIO(write_summary_png(samples.full(Layout.ACTIVITIES))))
    width, height = picture.size
    for box in ((0, 0, width, 20), (0, height - 20, width, height), (width - 20, 0, width, height)):
        assert picture.crop(box).getcolors() == [
            ((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))
        ]


@pytest.mark.parametrize("write", [write_summary_svg, write_summary_png, write_summary_csv])
def test_the_same_plan_gives_the_same_file(write):
    assert write(samples.full()) == write(samples.full())


@pytest.mark.parametrize("write", [write_summary_svg, write_summary_png])
def test_an_empty_plan_has_a_picture_that_says_so(write):
    assert write(samples.emptiest())
    assert "Planen har inga åtgärder." in " ".join(drawn(samples.emptiest()).itertext())
