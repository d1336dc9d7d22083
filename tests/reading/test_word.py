"""A Word file that somebody filled in: every word of it comes in, where it stood."""

import sys
from collections import Counter
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.document import NotAPlan
from plans.reading.source import At, Cell, Origin, Paragraph, Source, Table
from plans.reading.word import read_word
from samverkan.office import package, word_file
from tests.formats import corpus_word
from tests.formats.corpus_word import CORPUS, changed, written
from tests.formats.words_of import words_in, words_of

# The words of a file that nobody reads, and why.
NOT_READ = {
    # The numbers of pages, the contents' own heading, and lines of it that stand in the text too.
    "front_matter_and_contents": words_in(
        "Innehåll Bakgrund 2 Kommunikation 2 Organisation för arbetet 3 Kameraövervakning 4 5"
    ),
    # The foot of the page says which page it is.
    "beside_the_text": words_in("Sida 2 av 9"),
}


def read(document: Any) -> Source:
    return read_word(written(document))


def document(*paragraphs: str) -> Any:
    made = Document()
    for words in paragraphs:
        made.add_paragraph(words)
    return made


def with_body(*xml: str) -> Source:
    """Of what no library writes."""
    made = Document()
    for one in xml:
        corpus_word.put(made.element.body, one)
    return read(made)


def texts(source: Source) -> list[str]:
    """The words of each paragraph and each cell."""
    return [
        text
        for block in source.blocks
        for text in (
            [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells()]
        )
    ]


def notes(source: Source) -> list[tuple[str, str, str]]:
    return [(note.where, note.label, note.text) for note in source.notes]


def table(source: Source) -> Table:
    (found,) = (block for block in source.blocks if isinstance(block, Table))
    return found


# Nothing is lost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CORPUS)
def test_every_word_of_the_file_is_in_a_block_or_a_note(name):
    content = CORPUS[name]()
    source = read_word(content)
    said = Counter(words_in("\n".join([*texts(source), *(note.text for note in source.notes)])))
    in_file = sum(words_of(content).values(), Counter())
    assert in_file - said == Counter(NOT_READ.get(name, []))


# Paragraphs ---------------------------------------------------------------------------------------


def test_headings_text_lists_and_tables_come_in_their_order():
    made = Document()
    made.add_heading("Åtgärdsplan", 0)
    made.add_heading("Trygga torg", 1)
    made.add_paragraph("")
    made.add_paragraph("Vi går tillsammans.")
    made.add_paragraph("Varje vecka", "List Bullet 2")
    made.add_table(1, 2).rows[0].cells[1].text = "Tillsvidare"
    source = read(made)
    assert source.origin == Origin.WORD
    title, area, text, item, goal = source.blocks
    assert title == Paragraph("Åtgärdsplan", 1, heading=0)
    assert area == Paragraph("Trygga torg", 2, heading=1, is_bold=True)
    assert text == Paragraph("Vi går tillsammans.", 3)
    assert item == Paragraph("Varje vecka", 4, item=2)
    assert goal == Table("Tabell 1", ((Cell(0, 1, "Tillsvidare"),),))
    assert source.where(At(2)) == "stycke 3"
    assert source.where(At(4, 0, 1)) == "Tabell 1, rad 1, kolumn 2"


def test_a_style_is_a_heading_by_its_swedish_name_its_outline_or_what_it_is_based_on():
    source = read_word(CORPUS["swedish_styles_and_signs"]())
    headings = {block.text: block.heading for block in source.blocks if block.heading is not None}
    assert headings == {"Systemhotande brottslighet": 1, "Lägesbild": 2, "1.2 Åtgärder": 2}


def test_a_style_that_says_that_it_is_text_is_no_heading_whatever_it_is_based_on():
    made = document("Så här läser du planen")
    style = parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Ruta"><w:name w:val="Faktaruta"/>'
        '<w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    made.styles.element.append(style)
    made.paragraphs[0].style = made.styles["Faktaruta"]
    (fact,) = read(made).blocks
    assert fact.heading is None


def test_a_numbered_heading_is_no_item():
    source = with_body(
        '<w:p><w:pPr><w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/>'
        "</w:numPr></w:pPr><w:r><w:t>Lägesbild</w:t></w:r></w:p>"
    )
    assert source.blocks == (Paragraph("Lägesbild", 1, heading=2, is_bold=True),)


def test_a_list_that_was_taken_away_is_no_list():
    source = with_body(
        '<w:p><w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        "<w:r><w:t>Löpande text</w:t></w:r></w:p>"
    )
    assert source.blocks == (Paragraph("Löpande text", 1),)


def test_a_list_without_a_sign_before_it_is_no_list():
    made = document()
    numbering = made.part.numbering_part.element
    kind = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/>'
        "</w:lvl></w:abstractNum>"
    )
    numbering.insert(0, kind)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
    corpus_word.put(
        made.element.body, f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>Löpande</w:t></w:r></w:p>"
    )
    assert read(made).blocks == (Paragraph("Löpande", 1),)


def test_a_point_or_dash_that_somebody_typed_makes_an_item():
    source = read(document("•\tNattvandring", "– Lovskola", "2022-2023 – två år"))
    assert [(block.text, block.item) for block in source.blocks] == [
        ("Nattvandring", 1),
        ("Lovskola", 1),
        ("2022-2023 – två år", None),
    ]


def test_a_line_is_bold_when_all_its_words_are():
    made = document()
    for pieces in (
        [("Mål", True), (": ", False)],
        [("Mål", True), ("för året", False)],
        [("Mål", 0)],
    ):
        paragraph = made.add_paragraph()
        for words, bold in pieces:
            paragraph.add_run(words).bold = bool(bold)
    made.add_paragraph().add_run("Mål", "Strong")
    made.add_paragraph("—")
    assert [block.is_bold for block in read(made).blocks] == [True, False, False, True, False]


def test_bold_words_in_a_bold_paragraph_are_not_bold_when_the_style_turns_it_around():
    """As Word does it: a style of words on top of a style of paragraphs takes the bold away."""
    made = document()
    made.add_heading(level=1).add_run("Löptid", "Strong")
    assert [block.is_bold for block in read(made).blocks] == [False]


def test_lines_of_the_file_itself_are_no_lines_of_the_text():
    assert texts(with_body("<w:p><w:r><w:t>Trygga\ntorg</w:t></w:r></w:p>")) == ["Trygga torg"]


def test_tabs_and_line_breaks_are_kept_and_a_page_break_parts_no_words():
    made = document()
    run = made.add_paragraph().add_run("Tid\tT1")
    run.add_break()
    run.add_text("och T2")
    run.add_break(WD_BREAK.PAGE)
    run.add_text("och VB")
    assert texts(read(made)) == ["Tid\tT1\noch T2\noch VB"]


def test_signs_that_only_word_has_become_those_that_all_have():
    assert texts(read_word(CORPUS["swedish_styles_and_signs"]()))[2:] == [
        "Felaktiga utbetalningar m.m. ökar, se 2022-12-31.",
        "Egna bolag",
        "1.2 Åtgärder",
        "Tips→kontroll-rond",
        "Samverkan",
        "Gemensam tillsyn av lokaler",
    ]


def test_a_field_is_read_by_its_result_and_not_by_its_code():
    field = corpus_word.field('DATE \\@ "yyyy"', "2022")
    assert texts(with_body(f"<w:p><w:r><w:t>År: </w:t></w:r>{field}</w:p>")) == ["År: 2022"]


def test_what_is_chosen_in_an_old_form_is_read():
    def chosen(form: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r><w:r>'
            '<w:instrText>FORMX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    entries = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("T1", "T2", "VB"))
    source = with_body(
        f'<w:p>{chosen(f"""<w:ddList><w:result w:val="1"/>{entries}</w:ddList>""")}</w:p>',
        f"<w:p>{chosen('<w:checkBox><w:checked/></w:checkBox>')}<w:r><w:t> Linjearbete</w:t></w:r></w:p>",
    )
    assert texts(source) == ["T2", "☒ Linjearbete"]


def test_a_field_that_was_never_ended_swallows_nothing():
    begun = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Bakgrund</w:t></w:r></w:p>'
    source = with_body(
        f"<w:p>{begun}</w:p>", heading, "<w:p><w:r><w:t>Vi samverkar.</w:t></w:r></w:p>"
    )
    assert texts(source) == ["Bakgrund", "Vi samverkar."]


def test_a_code_that_was_never_ended_swallows_nothing():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>'
    source = with_body(f"<w:p>{begun}</w:p>", "<w:p><w:r><w:t>Vi samverkar.</w:t></w:r></w:p>")
    assert texts(source) == ["Vi samverkar."]


def test_the_number_of_a_page_is_no_word_and_what_follows_it_is():
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    ended_twice = page.replace("</w:r>", '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    for field in (page, ended_twice):
        assert texts(with_body(f"<w:p>{field}<w:r><w:t>Vi samverkar.</w:t></w:r></w:p>")) == [
            "Vi samverkar."
        ]


def test_only_what_the_contents_alone_say_is_kept_of_them():
    source = read_word(CORPUS["front_matter_and_contents"]())
    assert texts(source)[:2] == ["Lokal åtgärdsplan", "Bakgrund"]
    assert notes(source) == [
        ("efter stycke 1", "Innehållsförteckning", "Ordningsvakter på bussarna")
    ]


def test_the_contents_of_libreoffice_have_their_words_where_word_has_the_number_of_the_page():
    def entry(words: str) -> str:
        return f"<w:p>{corpus_word.field('PAGEREF _1', f'{words}</w:t><w:tab/><w:t>12')}</w:p>"

    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{entry('Bakgrund')}{entry('Ordningsvakter')}</w:sdtContent></w:sdt>"
    )
    source = with_body(contents, "<w:p><w:r><w:t>Bakgrund</w:t></w:r></w:p>")
    assert texts(source) == ["Bakgrund"]
    assert [(note.label, note.text) for note in source.notes] == [
        ("Innehållsförteckning", "Ordningsvakter")
    ]


# Tables -------------------------------------------------------------------------------------------


def test_merged_cells_say_over_how_many_rows_and_columns():
    rows = table(read_word(CORPUS["merged_cells"]())).rows
    assert rows[0][0] == Cell(0, 0, "Samverkan om bosättningar", rows=3)
    assert [cell.column for cell in rows[1]] == [1, 2]
    assert rows[3][0] == Cell(3, 0, "Åtagande", rows=3)
    assert rows[6][1] == Cell(6, 1, "Antal platser noteras i en gemensam lista", columns=2)


def test_a_row_that_begins_further_in_stands_under_the_right_column():
    source = with_body(
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:p><w:r><w:t>T1</w:t></w:r></w:p>'
        "</w:tc></w:tr></w:tbl>"
    )
    assert table(source).rows == ((Cell(0, 2, "T1"),),)


def test_cells_that_were_merged_across_in_the_old_way_are_one():
    def cell(merged: str, words: str) -> str:
        return (
            f'<w:tc><w:tcPr><w:hMerge w:val="{merged}"/></w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
            "</w:tc>"
        )

    source = with_body(
        f"<w:tbl><w:tr>{cell('restart', 'Löptid')}{cell('continue', '')}{cell('restart', 'Tid')}</w:tr>"
        "</w:tbl>"
    )
    assert table(source).rows == ((Cell(0, 0, "Löptid", columns=2), Cell(0, 2, "Tid")),)


def test_words_that_were_left_in_a_merged_cell_come_with_it():
    source = with_body(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Mörkt</w:t></w:r>'
        "</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>torg</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>"
    )
    assert table(source).rows == ((Cell(0, 0, "Mörkt\ntorg", rows=2),),)


def test_lists_in_a_cell_are_lines_with_dashes():
    cells = {
        cell.row: cell.text for cell in read_word(CORPUS["bullets_in_cells"]()).blocks[1].cells()
    }
    assert cells[1].split("\n") == [
        "Målen för läsåret är",
        "- Minst två vuxna ute på varje rast",
        "  - en vid grinden",
        "  - en på gården",
        "- Högst fem anmälningar per termin, räknat i januari och juni",
        "De ses över i april.",
    ]
    assert cells[4] == "- Besöka skolan\n- Svara på elevernas frågor"


def test_a_cell_is_bold_by_its_words_its_heading_or_the_style_of_the_table():
    assert [cell.is_bold for cell in table(read_word(CORPUS["g3_as_a_word_table"]())).rows[0]] == (
        [True] * 7
    )
    made = Document()
    cells = made.add_table(1, 3).rows[0].cells
    cells[0].paragraphs[0].add_run("Löptid").bold = True
    cells[1].paragraphs[0].style = "Heading 3"
    cells[1].paragraphs[0].text = "Löptid"
    cells[2].text = "Tillsvidare"
    made.styles["Heading 3"].font.bold = False
    assert [cell.is_bold for cell in table(read(made)).cells()] == [True, True, False]


def test_a_table_that_only_frames_the_page_is_read_as_the_page():
    source = read_word(CORPUS["tables_in_a_frame"]())
    before, inner, after = source.blocks
    assert (before.text, after.text) == ("Ordningsvakter", "Slut på planen.")
    assert inner.rows[2][1].text == "Så här:\nFredag\nfyra vakter\nLördag\nsex vakter"


# What others pass by ------------------------------------------------------------------------------


def test_what_stands_in_content_controls_is_read_and_their_prompts_are_not():
    source = read_word(CORPUS["content_controls"]())
    assert texts(source) == [
        "Kriminella miljöer",
        "Ansvarig nämnd: Ängsholmens nämnd",
        "☒ Särskilda åtgärder Linjearbete",
        "Mål och syfte",
        "Färre nya i miljön",
        "Löptid",
        "Tillsvidare",
    ]
    assert [note.label for note in source.notes] == ["Ledtext i ett fält som inte är ifyllt"]


def test_tracked_changes_are_read_as_if_they_were_approved_and_what_they_strike_is_kept():
    source = read_word(CORPUS["tracked_changes"]())
    assert texts(source) == [
        "Unga i risk",
        "Gruppen möts varannan vecka på biblioteket.",
        "Ungdomslyftet",
        "Lyftgruppen",
        "Uppföljning",
        "VB",
        "Nämnden läser planen i mars.",
    ]
    assert [(note.where, note.text) for note in source.notes] == [
        ("stycke 2", "varje månad"),
        ("efter stycke 2", "Nämnden läser planen i mars."),
        ("Tabell 1, rad 2, kolumn 1", "Finansiering"),
        ("Tabell 1, rad 2, kolumn 2", "Söks hos staten"),
    ]
    (warning,) = source.warnings
    assert "inte är godkända" in warning
    assert "stycke 2" in warning


@pytest.mark.parametrize(
    "struck",
    [
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
    ],
)
def test_a_row_or_a_cell_that_somebody_has_struck_is_kept_beside_the_text(struck):
    words = "<w:p><w:r><w:t>Söks hos staten</w:t></w:r></w:p>"
    source = with_body(words.replace("Söks", "Pengar söks"), struck.format(words))
    assert texts(source) == ["Pengar söks hos staten"]
    assert [(note.label[:7], note.text) for note in source.notes] == [
        ("Struket", "Söks hos staten")
    ]


def test_a_comment_on_words_that_are_struck_is_still_a_comment():
    made = document("Varje vecka")
    made.add_comment(made.paragraphs[0].runs, "Hinner vi det?", author="Redaktör")
    struck = parse_xml(f"<w:del {nsdecls('w')}/>")
    paragraph = made.paragraphs[0]._p
    struck.extend(list(paragraph))
    paragraph.append(struck)
    made.add_paragraph("Varje månad")
    assert {note.label[:9]: note.text for note in read(made).notes} == {
        "Kommentar": "Hinner vi det?",
        "Struket i": "Varje vecka",
    }


def test_a_text_box_in_words_that_are_struck_is_struck():
    box = "<w:txbxContent><w:p><w:r><w:t>Utkast</w:t></w:r></w:p></w:txbxContent>"
    source = with_body(
        f"<w:p><w:r><w:t>Planen</w:t></w:r><w:del><w:r><w:pict><v:shape><v:textbox>{box}</v:textbox>"
        "</v:shape></w:pict></w:r></w:del></w:p>"
    )
    assert [(note.label[:7], note.text) for note in source.notes] == [("Struket", "Utkast")]


def test_what_stands_beside_the_text_is_kept_with_where_it_stood():
    assert notes(read_word(CORPUS["beside_the_text"]())) == [
        ("stycke 2", "Kommentar", "Stäm av med juristen"),
        ("stycke 2", "Fotnot", "Enligt nämndens beslut i maj."),
        ("stycke 2", "Slutnot", "Källa: egna mätningar."),
        ("stycke 2", "Dold text", "Internt: kolla."),
        ("efter stycke 3", "Bild", "Karta med fyra kameror runt torget (Picture 1, image.png)"),
        ("stycke 4", "Textruta", "Kom ihåg: nytt tillstånd söks i oktober."),
        ("efter stycke 4", "Diagram", "Anmälda brott på torget\nRån: Våren 12, Hösten 7"),
        ("efter stycke 4", "Diagram", "Upptäcka\nAgera"),
        ("sidhuvudet", "Sidhuvud", "Ängsholmens stadsdelsnämnd\tDnr 2022/117"),
    ]


def test_the_line_above_the_footnotes_is_none():
    content = changed(
        CORPUS["beside_the_text"](),
        {
            "word/footnotes.xml": lambda xml: xml.replace(
                b"<w:separator/>", b"<w:t>Fotnoter</w:t>", 1
            )
        },
    )
    assert "Fotnoter" not in [note.text for note in read_word(content).notes]


def test_the_reference_to_a_footnote_is_no_word_of_the_text():
    assert "Kamerorna på torget ska utvärderas." in texts(read_word(CORPUS["beside_the_text"]()))


def test_a_page_heading_that_comes_twice_is_kept_once():
    made = document("Planen")
    made.add_section()
    for section in made.sections:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Dnr 2022/117"
        section.footer.paragraphs[0].text = "Sid 3 (12)"
    assert notes(read(made)) == [("sidhuvudet", "Sidhuvud", "Dnr 2022/117")]


def test_a_picture_in_several_page_headings_is_kept_once():
    made = document("Planen")
    made.add_section()
    for section in made.sections:
        section.header.is_linked_to_previous = False
        shape = section.header.paragraphs[0].add_run().add_picture(BytesIO(corpus_word.picture()))
        shape._inline.docPr.set("descr", "Stadens vapen")
    (note,) = read(made).notes
    assert (note.where, note.label) == ("sidhuvudet", "Bild")
    assert note.text.startswith("Stadens vapen")


def test_pictures_and_words_of_art_in_the_old_way_are_kept():
    source = with_body(
        '<w:p><w:r><w:t>Karta</w:t></w:r><w:r><w:pict><v:shape id="Bild1" alt="Karta över centrum">'
        '<v:imagedata o:title="centrum"/></v:shape><v:shape id="Ord1"><v:textpath string="UTKAST"/></v:shape>'
        "</w:pict></w:r></w:p>"
    )
    assert [(note.label, note.text) for note in source.notes] == [
        ("Bild", "Karta över centrum, centrum"),
        ("Textruta", "UTKAST"),
    ]


def test_a_frame_that_is_struck_is_not_read():
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Inre</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    struck = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    source = with_body("<w:p><w:r><w:t>Planen</w:t></w:r></w:p>", struck)
    assert texts(source) == ["Planen"]
    assert [note.text for note in source.notes] == ["Inre"]


def test_words_are_not_hidden_by_a_frame_of_one_cell_that_is_not_alone():
    """Only where the table has no other cell, not even in a content control."""
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Inre</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    row = "<w:tr><w:tc>{}</w:tc></w:tr>"
    other = row.format("<w:p><w:r><w:t>Yttre</w:t></w:r></w:p>")
    control = f"<w:sdt><w:sdtContent>{other}</w:sdtContent></w:sdt>"
    assert texts(with_body(f"<w:tbl>{row.format(inner)}{control}</w:tbl>")) == ["Inre", "Yttre"]


def test_a_comment_that_nothing_points_at_is_kept():
    made = document("Planen är klar.")
    made.add_comment(made.paragraphs[0].runs, "Är den?", author="Redaktör")
    for element in list(made.element.body.iter(qn("w:commentReference"))):
        element.getparent().remove(element)
    assert notes(read(made)) == [("sist i filen", "Kommentar", "Är den?")]


def test_hidden_words_are_no_part_of_the_text_and_are_warned_of():
    made = document("Nattvandring")
    made.paragraphs[0].add_run(" dolt").font.hidden = True
    row = made.add_table(1, 1).rows[0]
    row.cells[0].text = "Hemligt"
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    source = read(made)
    assert texts(source) == ["Nattvandring"]
    assert [note.text for note in source.notes] == ["dolt", "Hemligt"]
    assert source.warnings == (
        "Det finns dold text (stycke 1 och Tabell 1, rad 1, kolumn 1): den sparas som övrigt.",
    )


def test_a_warning_that_holds_for_many_places_names_the_first_of_them():
    made = document(*["Ord"] * 9)
    for paragraph in made.paragraphs:
        paragraph.add_run("dolt").font.hidden = True
    (warning,) = read(made).warnings
    assert "(stycke 1, stycke 2, stycke 3, stycke 4 och 5 ställen till)" in warning


def test_files_inside_the_file_are_warned_of_with_what_to_do():
    excel, other = read_word(CORPUS["with_files_inside"]()).warnings
    assert excel.startswith(
        "Det finns en inbäddad fil (Excel) som inte läses (stycke 3): klistra in"
    )
    assert other.startswith("Det finns en infogad fil som inte läses")


def test_a_file_with_macros_is_read_without_them():
    source = read_word(CORPUS["with_macros"]())
    assert "Läxhjälp" in texts(source)
    assert source.warnings == ("Filen har makron, som inte läses; det som står i den är läst.",)


def test_control_characters_are_taken_away_and_said():
    content = changed(
        written(document("Rast@vakter")),
        {"word/document.xml": lambda xml: xml.replace(b"@", b"\x0b&#x1;\xc2\x96")},
    )
    source = read_word(content)
    assert texts(source) == ["Rast   vakter"]
    assert source.warnings == ("Filen hade styrtecken, som inte syns; de är borttagna.",)


def test_a_file_in_another_encoding_is_read_and_its_entities_are_found():
    def in_utf_16(xml: bytes) -> bytes:
        return xml.decode().replace("encoding='UTF-8'", "encoding='UTF-16'").encode("utf-16")

    content = written(document("Åtgärder på Ängsholmen"))
    assert texts(read_word(changed(content, {"word/document.xml": in_utf_16}))) == [
        "Åtgärder på Ängsholmen"
    ]
    with pytest.raises(NotAPlan, match="XML-entiteter"):
        read_word(changed(corpus_word.with_entities(), {"word/document.xml": in_utf_16}))


def test_what_is_only_pointed_at_on_the_web_is_no_part_that_is_missing():
    made = document("Planen")
    made.part.relate_to(
        "https://example.org/mall.xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header",
        is_external=True,
    )
    assert read(made).warnings == ()


def test_a_part_that_is_broken_is_said_and_the_rest_is_read():
    content = changed(CORPUS["beside_the_text"](), {"word/comments.xml": lambda xml: xml[:-30]})
    source = read_word(content)
    assert "Kamerorna på torget ska utvärderas." in texts(source)
    assert any("word/comments.xml" in warning for warning in source.warnings)


def test_a_file_in_the_strict_form_is_read_as_any_other():
    def strict(xml: bytes) -> bytes:
        for kind in (b"wordprocessingml", b"officeDocument"):
            old = b"http://schemas.openxmlformats.org/" + kind + b"/2006/"
            xml = xml.replace(old, b"http://purl.oclc.org/ooxml/" + kind + b"/")
        return xml

    parts = ("_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml")
    content = changed(CORPUS["g2_as_the_form"](), dict.fromkeys(parts, strict))
    assert read_word(content) == read_word(CORPUS["g2_as_the_form"]())


# What is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"", "Filen är tom: välj en Wordfil"),
        (lambda: "Åtgärder".encode(), "Filen är ingen Wordfil (.docx)"),
        (corpus_word.empty_document, "Filen är tom: det finns ingen text"),
        (corpus_word.only_pictures, "Filen har bara bilder"),
        (corpus_word.only_hidden, "Filen har ingen text som syns"),
        (lambda: corpus_word.picture(), "Filen är en bild"),
        (lambda: corpus_word.old_office("WordDocument"), "Words gamla format (.doc)"),
        (lambda: corpus_word.old_office("Workbook"), "Excels gamla format (.xls)"),
        (lambda: corpus_word.old_office("VisioDocument"), "gammalt Officeformat"),
        (lambda: corpus_word.old_office("EncryptedPackage"), "skyddad med lösenord"),
        (corpus_word.with_entities, "XML-entiteter (i word/document.xml)"),
        (corpus_word.workbook, "Filen är en Excelfil (.xlsx)"),
        (corpus_word.open_document, "OpenDocument-dokument (.odt)"),
        (corpus_word.archive, "Filen är ett zip-arkiv"),
        (lambda: rb"{\rtf1\ansi Plan}", "en RTF-fil (.rtf)"),
        (lambda: b"<!DOCTYPE html><p>Plan</p>", "en webbsida (.html)"),
        (lambda: b"%PDF-1.7", "en PDF"),
        (lambda: corpus_word.empty_document()[:9000], "Filen är trasig och går inte att packa upp"),
        (corpus_word.too_deep, "Filen är trasig (word/document.xml"),
    ],
)
def test_what_is_no_word_file_is_refused_with_a_sentence_that_says_what_it_is(content, says):
    with pytest.raises(NotAPlan) as refused:
        read_word(content())
    sentence = str(refused.value)
    assert says in sentence
    assert sentence.endswith(".")
    assert ": " in sentence  # what is wrong: what to do about it


def test_a_file_that_unfolds_to_more_than_the_machine_holds_is_not_unfolded():
    content = corpus_word.bomb(package.MOST_UNPACKED + 1)
    assert len(content) < 2**20
    with pytest.raises(NotAPlan, match="större än 100 MB när den packas upp"):
        read_word(content)


def test_a_file_of_too_many_parts_is_not_unfolded():
    made = {f"word/media/{number}.png": b"" for number in range(package.MOST_PARTS)}
    with pytest.raises(NotAPlan, match="fler än 5000 delar"):
        read_word(changed(corpus_word.empty_document(), {}, made))


def test_a_file_that_is_too_large_is_refused_before_it_is_opened():
    with pytest.raises(NotAPlan, match="60 MB, och mer än 50 MB läses inte"):
        read_word(b"PK" + bytes(60 * 2**20))


def test_more_than_a_plan_can_have_is_refused():
    nothing = b"<w:body>" + b"<w:p/>" * (word_file.MOST_TAGS + 1)
    content = changed(
        written(Document()), {"word/document.xml": lambda xml: xml.replace(b"<w:body>", nothing)}
    )
    with pytest.raises(NotAPlan, match="mer i sig än ett dokument"):
        read_word(content)


def test_a_file_that_is_nested_beyond_reason_is_refused():
    nested = "<w:r><w:t>inne</w:t></w:r>"
    for _ in range(150):
        nested = f"<w:smartTag>{nested}</w:smartTag>"
    made = Document()
    corpus_word.put(made.element.body, f"<w:p>{nested}</w:p>")
    content = written(made)
    assert texts(read_word(content)) == ["inne"]
    before, depth = sys.getrecursionlimit(), 0
    frame: Any = sys._getframe()
    while frame := frame.f_back:
        depth += 1
    sys.setrecursionlimit(depth + 150)
    try:
        with pytest.raises(NotAPlan, match="Filen är trasig"):
            read_word(content)
    finally:
        sys.setrecursionlimit(before)


def test_a_file_that_says_nothing_of_its_parts_is_refused_and_not_stumbled_over():
    content = changed(
        written(document("Plan")), {"word/document.xml": lambda xml: b"<w:document/>"}
    )
    with pytest.raises(NotAPlan, match="trasig"):
        read_word(content)
