"""What is copied in Excel, Word, Teams or LibreOffice comes in as what was copied."""

import pytest

from plans.document import NotAPlan
from plans.reading.clipboard import read_clipboard
from plans.reading.source import Cell, Note, Origin, Paragraph, Table

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<!--[if gte mso 9]><xml><x:ExcelWorkbook>Detta syns inte</x:ExcelWorkbook></xml><![endif]-->
<style><!--table {mso-displayed-decimal-separator:"\\,";}
.xl65 {mso-style-parent:style0; font-weight:700;}
.xl66 {white-space:normal;}--></style></head>
<body link=blue vlink=purple><table border=0 cellpadding=0 cellspacing=0 width=400>
<!--StartFragment--><col width=80 style='width:60pt'>
 <tr height=20><td height=20 class=xl65>Problem</td><td class=xl65>&Aring;tg&auml;rd</td></tr>
 <tr height=40><td rowspan=2 height=60 class=xl66 width=80>Otrygg
  g&aring;ngtunnel</td><td class=xl66>Byt armaturer<br style='mso-data-placement:same-cell;'>
  i tunneln</td></tr>
 <tr height=20><td class=xl66>M&aring;la om</td></tr>
 <tr><td colspan=2>Klart i <b>maj</b></td></tr>
 <![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=80></td></tr><![endif]>
<!--EndFragment--></table></body></html>"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Plan</title>
<!--[if gte mso 9]><xml><w:WordDocument>Inte text</w:WordDocument></xml><![endif]--></head>
<body lang=SV style='tab-interval:65.2pt'><!--StartFragment-->
<p class=MsoTitle>Plan f&ouml;r omr&aring;det<o:p></o:p></p>
<h1>Trygga torg<o:p></o:p></h1>
<p class=MsoNormal><b>L&auml;gesbild</b><o:p></o:p></p>
<p class=MsoNormal>Torget &auml;r tomt<br>efter <b>klockan sju</b>.</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Fler lampor</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span></span
><![endif]>vid trappan</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Aktivitet</b></p></td>
<td><p class=MsoNormal>Ansvar</p></td></tr><tr><td><p class=MsoNormal>Vandra</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>-<span>&nbsp;</span></span><![endif]>p&aring; fredagar</p></td>
<td><p class=MsoNormal>Polisen</p></td></tr></table><!--EndFragment--></body></html>"""


def blocks(html: str = "", text: str = ""):
    return read_clipboard(html, text).blocks


def texts(table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_cells_from_excel_are_a_table_with_their_line_breaks_and_merged_cells():
    source = read_clipboard(EXCEL, "annat")
    (table,) = source.blocks
    assert source.origin == Origin.PASTED
    assert table.rows == (
        (Cell(0, 0, "Problem", is_bold=True), Cell(0, 1, "Åtgärd", is_bold=True)),
        (Cell(1, 0, "Otrygg gångtunnel", rows=2), Cell(1, 1, "Byt armaturer\ni tunneln")),
        (Cell(2, 1, "Måla om"),),
        (Cell(3, 0, "Klart i maj", columns=2),),
    )
    assert source.warnings == ()


def test_a_hidden_row_that_came_along_is_read_and_said():
    source = read_clipboard(
        "<table><tr><td>Syns</td></tr><tr style='display:none'><td>Syns inte</td></tr></table>", ""
    )
    assert texts(source.blocks[0]) == [["Syns"], ["Syns inte"]]
    assert source.warnings == ("Dolda rader i det som klistrades in är också lästa.",)


def test_a_text_from_word_keeps_its_headings_lists_bold_and_tables():
    assert blocks(WORD) == (
        Paragraph("Plan för området", 1, heading=0),
        Paragraph("Trygga torg", 2, heading=1),
        Paragraph("Lägesbild", 3, is_bold=True),
        Paragraph("Torget är tomt\nefter klockan sju.", 4),
        Paragraph("Fler lampor", 5, item=1),
        Paragraph("vid trappan", 6, item=2),
        Table(
            "tabell 1",
            (
                (Cell(0, 0, "Aktivitet", is_bold=True), Cell(0, 1, "Ansvar")),
                (Cell(1, 0, "Vandra\n- på fredagar"), Cell(1, 1, "Polisen")),
            ),
        ),
    )


def test_lists_within_lists_keep_how_deep_they_are():
    html = "<ul><li>Ett<ol><li><p>Ett och ett</p></li></ol></li><li>Två</li></ul><p>Slut</p>"
    assert blocks(html) == (
        Paragraph("Ett", 1, item=1),
        Paragraph("Ett och ett", 2, item=2),
        Paragraph("Två", 3, item=1),
        Paragraph("Slut", 4),
    )


def test_a_numbered_heading_is_a_heading_and_no_item():
    html = "<h2 style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.1</span>Torget</h2>"
    assert blocks(html) == (Paragraph("Torget", 1, heading=2),)


def test_a_row_that_ends_in_an_empty_cell_is_a_row():
    (table,) = blocks("", "Torget\t")
    assert texts(table) == [["Torget"]]


def test_a_list_in_a_cell_is_lines_with_dashes():
    html = "<table><tr><td>Mål:<ul><li>Minst tio</li><li>Högst fem</li></ul></td></tr></table>"
    assert texts(blocks(html)[0]) == [["Mål:\n- Minst tio\n- Högst fem"]]


def test_from_teams_each_line_is_a_paragraph_and_marks_are_lists():
    html = (
        '<div><span style="font-weight:bold">Torget</span></div><div>• fler lampor</div>'
        "<div>&nbsp;</div><div>Mer text</div>"
    )
    assert blocks(html) == (
        Paragraph("Torget", 1, is_bold=True),
        Paragraph("fler lampor", 2, item=1),
        Paragraph("Mer text", 3),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Mål:<br>• fler lampor<br>i tunneln<br>• färre träd</p><p>Slut</p>", ""),
        ("", 'Mål:\n"• fler lampor\ni tunneln"\n• färre träd\nSlut'),
    ],
)
def test_a_list_that_was_written_with_line_breaks_is_items(html, text):
    assert blocks(html, text) == (
        Paragraph("Mål:", 1),
        Paragraph("fler lampor\ni tunneln", 2, item=1),
        Paragraph("färre träd", 3, item=1),
        Paragraph("Slut", 4),
    )


def test_a_mark_in_a_list_of_words_is_not_said_twice():
    html = "<p style='mso-list:l0 level2 lfo1'>·&nbsp;&nbsp; Fler lampor</p>"
    assert blocks(html) == (Paragraph("Fler lampor", 1, item=2),)


def test_a_table_from_libreoffice_has_its_caption_before_it():
    html = (
        "<table><caption>Tabell över åtgärder</caption><thead><tr><th>Åtgärd</th></tr></thead>"
        '<tbody><tr><td><font face="Arial">Vandra</font></td></tr></tbody></table>'
    )
    caption, table = blocks(html)
    assert caption.text == "Tabell över åtgärder"
    assert texts(table) == [["Åtgärd"], ["Vandra"]]


def test_a_table_within_a_cell_is_words_in_it():
    inner = "<table><tr><td>B</td><td>C</td></tr><tr><td>E</td></tr></table>"
    (table,) = blocks(f"<table><tr><td>A{inner}</td><td>D</td></tr></table>")
    assert texts(table) == [["A\nB C\nE", "D"]]


def test_a_picture_and_an_address_behind_a_text_are_kept_beside():
    html = (
        '<p>Se <a href="https://exempel.se/plan">planen</a> och '
        '<a href="https://exempel.se/">exempel.se</a></p>'
        '<table><tr><td>x<img src="file:///c:/a.png" alt="Karta över torget"></td></tr></table>'
    )
    assert read_clipboard(html, "").notes == (
        Note("stycke 1", "Länk", "https://exempel.se/plan"),
        Note("tabell 1, rad 1, kolumn 1", "Bild", "Karta över torget"),
    )


def test_half_a_character_encoding_and_half_a_letter_are_no_trouble():
    html = "<META http-equiv=Content-Type content='text/html; charset'><p>Torg\ud800et</p>"
    assert blocks(html) == (Paragraph("Torg et", 1),)


def test_script_and_style_are_never_text():
    html = "<style>p {color: red}</style><script>alert(1)</script><p onclick='x()'>Hej</p>"
    assert blocks(html) == (Paragraph("Hej", 1),)


def test_text_with_tabs_is_a_table_and_the_rest_paragraphs():
    text = 'Våra åtgärder\n\n• Fler lampor\nÅtgärd\tTid\n"Vandra\npå ""torget"""\tmaj\n\tjuni\nSlut'
    assert blocks("", text) == (
        Paragraph("Våra åtgärder", 1),
        Paragraph("Fler lampor", 2, item=1),
        Table(
            "tabell 1",
            (
                (Cell(0, 0, "Åtgärd"), Cell(0, 1, "Tid")),
                (Cell(1, 0, 'Vandra\npå "torget"'), Cell(1, 1, "maj")),
                (Cell(2, 1, "juni"),),
            ),
        ),
        Paragraph("Slut", 3),
    )


def test_an_item_with_a_tab_after_its_mark_is_no_table():
    assert blocks("", "•\tFler lampor\r\no\tvid trappan") == (
        Paragraph("Fler lampor", 1, item=1),
        Paragraph("vid trappan", 2, item=1),
    )


@pytest.mark.parametrize("text", ['"Torget" är tomt', '"Torget"', 'Ett "torg', '"Torget\nTunneln'])
def test_quotation_marks_in_running_text_stay(text):
    assert "\n".join(block.text for block in blocks("", text)) == text


def test_html_without_words_gives_way_to_the_text():
    assert blocks("<div><br></div>", "Ord") == (Paragraph("Ord", 1),)


@pytest.mark.parametrize(("html", "text"), [("", ""), ("<p> </p>", "\n\t\n")])
def test_nothing_pasted_is_said(html, text):
    with pytest.raises(NotAPlan, match="ingen text"):
        read_clipboard(html, text)


def test_a_table_that_says_that_it_is_endless_is_as_large_as_it_is():
    html = "<table><tr><td colspan=99999999 rowspan=99999999>A</td></tr><tr><td>B</td></tr></table>"
    with pytest.raises(NotAPlan, match="kolumner"):
        read_clipboard(html, "")
    (table,) = blocks(html.replace("colspan=99999999", ""))
    assert texts(table) == [["A"], ["B"]]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "ul><li", "span", "påhitt"])
def test_tags_deeper_than_anybody_writes_give_way_to_the_text(tag):
    assert blocks(f"<{tag}>" * 100_000 + "Djupt", "Text") == (Paragraph("Text", 1),)
    assert "Djupt" in str(blocks(f"<{tag}>" * 200 + "Djupt", "Text"))


def test_tags_that_nobody_has_to_end_are_not_deep():
    html = "</div>" * 600 + "<p>Rad" * 600 + "<ul>" + "<li>Punkt" * 600 + "</ul>"
    found = blocks(html, "Text")
    assert [block.item for block in found] == [None] * 600 + [1] * 600


def test_end_tags_that_end_nothing_do_not_hide_how_deep_it_is():
    assert blocks("</div>" * 600 + "<div>" * 600 + "Djupt", "Text") == (Paragraph("Text", 1),)


def test_what_only_stands_in_a_bold_tag_is_not_bold():
    html = '<p><b style="font-weight:normal">Torget</b></p><p><b>Tunneln</b></p>'
    assert [block.is_bold for block in blocks(html)] == [False, True]


def test_more_than_a_plan_is_refused():
    with pytest.raises(NotAPlan, match="för mycket"):
        read_clipboard("", "x" * 2_000_001)
