"""A report on paper: all its words, its figures with their captions, its footnotes at the foot."""

import re
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from lagesbild.document import (
    BlockDoc,
    ReportDocument,
    SectionDoc,
    SeriesDoc,
    TableDoc,
    read_json,
)
from lagesbild.presentation import ReportView
from lagesbild.vocabulary import BlockForm, SectionForm
from lagesbild.writing.pdf import to_html, write_pdf
from samverkan.documents.archive import Flavour
from samverkan.documents.markup import parsed
from samverkan.edition import Edition
from samverkan.rich import paragraphs
from tests.formats.pages import Page, pages_of
from tests.formats.tagged import Element, tags_of
from tests.formats.test_archive import faults
from tests.formats.test_pdf import letters
from tests.formats.test_pdf import printed as all_of
from tests.lagesbild import samples
from tests.lagesbild.formats.standings import DECIDED, DRAFT
from tests.lagesbild.planting import CODES, parts_in
from tests.lagesbild.samples import uid

REPORTS = {"lagesbild": samples.full, "statusrapport": samples.status}
# What is said to whoever writes the report, and not in it.
NOT_PRINTED = CODES | {"instruction", "short_name", "unit"}  # the unit of a chart may be a sign
LINE_OVER_NOTES = b"0.482353 0.533333 0.560784"  # its colour, which nothing else has


def printed(document: ReportDocument, **more: Any) -> bytes:
    return write_pdf(document, DRAFT, samples.IMAGES, **more)


def one_section(*blocks: BlockDoc) -> ReportDocument:
    return replace(samples.full(), sections=(SectionDoc(uid("s"), "Avsnitt", blocks=blocks),))


def said(document: ReportDocument) -> list[str]:
    """What the report says, text by text; labels and names where they are words of their own."""
    found = []
    for part in parts_in(document):
        for field in part.__struct_fields__:
            value = getattr(part, field)
            if field in NOT_PRINTED or (isinstance(part, BlockDoc) and field == "description"):
                continue  # what a figure shows is said to those who do not see it
            for text in value if isinstance(value, tuple) else (value,):
                if type(text) is str:
                    found += (
                        paragraphs(re.sub(r"<span.*?</span>", "</p><p>", text))
                        if "<" in text
                        else [text]
                    )
    # References are told by their number; what stands before it is in the text.
    return [text for text in found if "figur" not in text.casefold()]


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_every_word_of_the_report_is_printed(make):
    text = all_of(PdfReader(BytesIO(printed(make()))))
    missing = [words for words in said(make()) if letters(words) not in text]
    assert missing == []


@pytest.mark.parametrize("flavour", Flavour)
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_every_report_is_for_the_archive_and_for_the_screen_reader(make, edition, flavour):
    assert faults(printed(make(), edition=edition, flavour=flavour)) == []


def test_an_image_asks_no_reader_to_fill_it_in():
    with pikepdf.open(BytesIO(printed(samples.full()))) as file:
        images = [
            one
            for one in file.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        assert images
        assert not any(bool(image.get("/Interpolate", False)) for image in images)


def test_what_templates_write_is_xml_so_that_it_is_read_fast():
    for make in REPORTS.values():
        assert parsed(to_html(ReportView(make()), DECIDED)) is not None


def test_the_report_lies_in_its_pdf_as_data_with_its_images():
    with pikepdf.open(BytesIO(printed(samples.full()))) as file:
        (spec,) = file.Root.AF
        assert str(spec.UF) == "lägesbild.json"
        envelope = read_json(spec.EF.F.read_bytes())
    assert envelope.document == samples.full()
    assert envelope.images == samples.IMAGES


def test_the_same_report_is_the_same_bytes():
    assert printed(samples.full()) == printed(samples.full())


def test_title_page_says_what_it_is_who_stands_behind_it_and_how_it_stands():
    title = letters(pages_of(write_pdf(samples.full(), DECIDED, samples.IMAGES))[0].text)
    for words in (
        "Granstads kommun",
        "Tallbacken och Granbacken Lägesbild hösten 2023",
        "2023, som det såg ut 2023-11-30",
        "Lokalpolisområde Granstad Norr",
        "Tallbackens stadsdelsnämnd 2023-12-20, § 12",
        "Polisen: A987.654/2023",
    ):
        assert letters(words) in title


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS)
def test_a_draft_says_so_on_every_page_and_a_decided_report_on_none(make):
    assert all("utkast" in letters(page.text) for page in pages_of(printed(make())))
    decided = pages_of(write_pdf(make(), DECIDED, samples.IMAGES))
    assert not any("utkast" in letters(page.text) for page in decided)
    assert "cd" * 32 in letters(decided[-1].text)


# Footnotes ----------------------------------------------------------------------------------------


def page_with(pages: list[Page], words: str) -> Page:
    (found,) = [page for page in pages[2:] if letters(words) in letters(page.text)]
    return found


def test_a_footnote_stands_at_the_foot_of_the_page_that_its_mark_is_on():
    pages = pages_of(printed(samples.full()))
    page = page_with(pages, "Överenskommelsen gäller tills vidare")
    assert letters("ligger till grund för åtgärdsplanen") in letters(page.text)
    note = next(one for one in page.pieces if "gäller tills vidare" in one.text)
    lowest = min(one.bottom for one in page.body if "stationen" in one.text)
    assert note.top < lowest
    assert note.bottom < page.height / 4


def test_there_is_no_line_at_the_foot_of_a_page_without_footnotes():
    with_note = one_section(samples.text("t", f"<p>Ord{samples.note('Mer.')}.</p>"))
    pages = PdfReader(BytesIO(printed(with_note))).pages
    drawn = [LINE_OVER_NOTES in page.get_contents().get_data() for page in pages]
    assert drawn == [False, False, True]


def test_a_footnote_is_read_where_its_mark_stands_and_has_a_number_and_an_identity():
    document = tags_of(printed(samples.full()))
    first, second, third = document.all("Note")
    assert first.words == "Överenskommelsen gäller tills vidare. Den ses över vartannat år."
    (label,) = first.all("Lbl")
    assert label.text == "1"
    identities = [str(note.entries.ID) for note in (first, second, third)]
    assert len(set(identities)) == 3
    paragraph = next(one for one in document.all("P") if "grund för åtgärds" in one.text)
    kinds = [kid.kind for kid in paragraph.kids]
    assert kinds == ["Reference", "Note"]
    assert paragraph.kids[0].text == "1"


def test_a_footnote_of_one_page_and_its_mark_on_another_still_belong_together():
    long = "".join(f"<p>Stycke {n}.</p>" for n in range(60))
    texts = [
        samples.text(f"t{n}", f"{long}<p>Ord{samples.note('Not ' * 200)}.</p>") for n in range(3)
    ]
    document = tags_of(printed(one_section(*texts)))
    for note, number in zip(document.all("Note"), "123", strict=True):
        assert next(note.all("Lbl")).text == number
        assert letters(note.words) == "not" * 200


# Figures ------------------------------------------------------------------------------------------


def captions(document: Element) -> list[str]:
    return [" ".join(one.text.split()) for one in document.all("Caption")]


def test_each_figure_has_its_number_its_caption_and_its_source():
    found = captions(tags_of(printed(samples.full())))
    assert found[1].startswith(
        "Figur 1. Antal anmälda cykelstölder i Tallbacken 2018–2023. Källa: polisens"
    )
    assert "a) Årskurs 5. Källa: Skolenkäten." in found
    assert (
        "Figur 5. Elever som känner sig trygga i skolan, per årskurs. Källa: Skolenkäten." in found
    )
    assert found[0] == "Karta över Tallbackens stadsdelar. Källa: Stadsbyggnadskontoret."


def test_each_picture_says_in_words_what_it_shows():
    said = [str(one.entries.Alt) for one in tags_of(printed(samples.full())).all("Figure")]
    assert "Kartan visar stadsdelarna norr och söder om järnvägen." in said
    assert any("Antalet minskar från 274 år 2018 till 142 år 2023." in one for one in said)
    assert all(said)


def test_a_figure_is_never_parted_from_its_caption():
    """Wherever on the page they come to stand."""
    for lines in range(0, 30, 2):
        words = samples.text("t", "<p>Ord.</p>" * lines)
        figure = replace(samples.AREA_MAP, is_numbered=True)
        pages = pages_of(printed(one_section(words, figure)))
        with_caption = [n for n, page in enumerate(pages) if "Figur 1." in page.text]
        assert with_caption == images_on(printed(one_section(words, figure)))


def test_a_figure_stands_where_there_is_room_whatever_comes_after_it():
    """A heading that has to go to the next page does not take the figure before it along."""
    figure = replace(samples.AREA_MAP, is_numbered=True)
    after = SectionDoc(uid("b"), "Sedan", blocks=(samples.text("u", "<p>Mera ord.</p>" * 5),))
    for lines in range(14, 20):
        before = samples.text("t", "<p>Ord.</p>" * lines)
        a_line = one_section(before, figure, samples.text("v", "<p>Ett ord till.</p>"))
        a_section = one_section(before, figure)
        a_section = replace(a_section, sections=(*a_section.sections, after))
        assert images_on(printed(a_section)) == images_on(printed(a_line))


def images_on(content: bytes) -> list[int]:
    with pypdfium2.PdfDocument(content) as document:
        return [
            number
            for number, page in enumerate(document)
            if [*page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
        ]


def test_no_heading_is_left_at_the_foot_of_a_page():
    for lines in range(20, 44):
        sections = (
            SectionDoc(uid("a"), "Först", blocks=(samples.text("t", "<p>Ord.</p>" * lines),)),
            SectionDoc(uid("b"), "Sedan", blocks=(samples.text("u", "<p>Mera ord.</p>" * 5),)),
        )
        pages = pages_of(printed(replace(samples.full(), sections=sections)))[2:]
        assert not any("Sedan" in piece.text for page in pages for piece in page.last_line)


def test_a_chart_that_cannot_be_drawn_shows_its_table_instead():
    table = TableDoc(("2021",), tuple(SeriesDoc(f"Plats {n}", (None,)) for n in range(40)), "År")
    figure = BlockDoc(uid("f"), BlockForm.LINE, caption="För mycket", table=table)
    document = tags_of(printed(one_section(figure)))
    assert "Plats 39" in " ".join(cell.text for cell in document.all("TH"))


def test_the_numbers_of_a_chart_are_printed_under_it_where_that_is_asked_for():
    cells = [cell.text for cell in tags_of(printed(samples.full())).all("TD")]
    assert "190,5" in cells
    hidden = replace(samples.THEFTS, shows_table=False)
    assert [*tags_of(printed(one_section(hidden))).all("TD")][0].text != "274"


def test_nothing_is_set_smaller_than_nine_points():
    for make in REPORTS.values():
        sizes = {
            round(piece.size, 1)
            for page in pages_of(printed(make()))
            for piece in page.pieces
            if piece.size > 2  # a space has no size of its own
        }
        assert min(sizes) >= 9 - 0.05


def test_headings_follow_each_other_without_skipping_a_level():
    for make in REPORTS.values():
        levels = [
            int(one.kind[1])
            for one in tags_of(printed(make())).all(*(f"H{n}" for n in range(1, 7)))
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_contents_name_each_section_with_its_page():
    (contents,) = tags_of(printed(samples.full())).all("TOC")
    entries = [" ".join(one.text.split()) for one in contents.all("TOCI")]
    assert entries[:3] == [
        "1 Inledning 3",
        "2 Beskrivning av brottsligheten 3",
        "2.1 Öppen handel 4",
    ]
    assert entries[-1].startswith("Om lägesbilden ")


# Areas --------------------------------------------------------------------------------------------


def test_the_boxes_of_the_form_are_heard_as_ticked_or_not():
    document = tags_of(printed(samples.full()))
    items = [item for item in document.all("LI") if [*item.all("Figure")]]
    heard = [(str(next(item.all("Figure")).entries.Alt), item.text.split()[0]) for item in items]
    assert heard[:4] == [
        ("Ja", "Särskilda"),
        ("Ja", "Arbetet"),
        ("Nej", "Särskilda"),
        ("Ja", "Arbetet"),
    ]


def test_the_tables_of_a_status_report_have_the_form_of_2022():
    tables = [*tags_of(printed(samples.status())).all("Table")]
    heads = [[cell.text for cell in table.all("THead")] for table in tables]
    assert ["Område Kommentarer"] in heads
    assert ["Område Kommentar"] in heads
    rows = [row.text for table in tables for row in table.all("TR")]
    assert any(row.startswith("4. Kameraövervakning Ej förändrat.") for row in rows)
    assert any(
        row.startswith("1. Riktat") and "Hanteras inom" in row and "Otrygga" in row for row in rows
    )


def test_deviations_over_several_years_are_a_table_where_there_are_earlier_reports():
    earlier = (samples.status(2021), samples.status(2020))
    rows = [row.text for row in tags_of(printed(samples.status(), earlier=earlier)).all("TR")]
    assert "Område 2020 2021 2022" in rows
    assert "Område 2020" not in "".join(
        row.text for row in tags_of(printed(samples.status())).all("TR")
    )


# Bad input ----------------------------------------------------------------------------------------


AWKWARD = {
    "nothing": replace(samples.full(), sections=(), sources=(), parties=(), title=""),
    "a word of 300 letters": one_section(
        samples.text("t", f"<p>{'ord' * 100}</p>"),
        replace(samples.THEFTS, caption="x" * 300, source="y" * 300),
    ),
    "markup": one_section(replace(samples.AREA_MAP, caption="<b>1 < 2</b> & <script>x</script>")),
    "emoji and right to left": one_section(samples.text("t", "<p>👮🏽 مرحبا</p>")),
    "a figure of nothing": one_section(BlockDoc(uid("f"), BlockForm.TABLE)),
    "a table without numbers": one_section(
        BlockDoc(uid("f"), BlockForm.BARS, caption="Tom", table=TableDoc((), ()))
    ),
    "empty texts": one_section(samples.text("t", ""), samples.text("u", "<p></p>")),
    "headings in headings": replace(
        samples.full(),
        sections=(
            SectionDoc(
                uid("1"),
                "Ett",
                sections=(
                    SectionDoc(
                        uid("2"),
                        "Två",
                        sections=(
                            SectionDoc(
                                uid("3"),
                                "Tre",
                                SectionForm.AREA,
                                slug="tre",
                                name="Tre",
                                blocks=(samples.text("t", "<h3>A</h3><h4>B</h4><p>Ord.</p>"),),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_a_report_can_be_printed_however_awkward(name):
    assert faults(printed(AWKWARD[name])) == []
