"""An Excel file that somebody else has made comes in whole, and what cannot is said in a sentence."""

import re
import tracemalloc
import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from plans.document import NotAPlan
from plans.reading.excel import read_excel
from plans.reading.source import Cell, Note, Origin, Source, Table, cell_name
from tests.formats import corpus_excel
from tests.formats.corpus_excel import CORPUS, Book, with_parts
from tests.formats.corpus_excel_refused import REFUSED


def read(name: str) -> Source:
    return read_excel(CORPUS[name]())


def tables(source: Source) -> list[Table]:
    return [block for block in source.blocks if isinstance(block, Table)]


def cells(source: Source, sheet: int = 0) -> dict[str, Cell]:
    """By what Excel calls them."""
    return {cell_name(cell.row, cell.column): cell for cell in tables(source)[sheet].cells()}


def made(**cells_by_place) -> bytes:
    book = Book()
    sheet = book.sheet("Blad1")
    for place, cell in cells_by_place.items():
        sheet.write(place, cell)
    return book.content()


# --- All that stands in it ---


@pytest.mark.parametrize("name", CORPUS)
def test_every_cell_that_another_program_sees_is_read_where_it_stands(name):
    content = CORPUS[name]()
    source = read_excel(content)
    visible = {table.name: table for table in tables(source)}
    noted = {(note.where, note.text) for note in source.notes}
    seen = 0
    for sheet in load_workbook(BytesIO(content), data_only=True, rich_text=False).worksheets:
        found = {}
        if sheet.title in visible:
            found = {(cell.row, cell.column): cell for cell in visible[sheet.title].cells()}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in (None, ""):
                    continue
                seen += 1
                place = cell.row - 1, cell.column - 1
                if sheet.title not in visible:
                    assert (f"{sheet.title}, {cell.coordinate}", str(cell.value)) in noted
                    continue
                words = found.pop(place).text
                if isinstance(cell.value, str):
                    assert words.split() == corpus_words(cell.value)
        assert not found
    assert seen > 4


def corpus_words(text: str) -> list[str]:
    """With the marks of lists as they are read, and without what nobody sees."""
    said = re.sub("[\x01-\x09\x0b-\x1f]", " ", unescape(text))
    return said.replace("•", "-").split()


def test_each_sheet_is_a_table_with_its_name_and_each_cell_has_its_place():
    source = read("the_form_as_it_should_be")
    assert source.origin == Origin.EXCEL
    assert [(table.name, table.is_sheet) for table in tables(source)] == [
        ("Unga i riskzon", True),
        ("Otrygga platser", True),
        ("Sammanställning", True),
    ]
    found = cells(source)
    assert found["A1"] == Cell(0, 0, "Unga i riskzon för destruktivt beteende", is_bold=True)
    assert (
        found["D4"].text == "- Minst 60 procent av föräldrarna kommer\n- Alla skolor har haft möte"
    )
    assert "A5" not in found
    assert not found["A4"].is_bold
    assert (source.notes, source.warnings) == ((), ())


def test_a_merged_cell_tells_how_far_it_reaches():
    found = cells(read("merged_cells"))
    assert (found["A1"].rows, found["A1"].columns) == (1, 7)
    assert (found["A3"].rows, found["A3"].columns) == (4, 1)
    assert (found["B3"].rows, found["B5"].rows) == (2, 1)
    assert "A4" not in found


def test_numbers_dates_and_answers_read_as_they_are_written_in_sweden():
    found = cells(read("all_sorts_of_time"))
    assert (found["E3"].text, found["E3"].date) == ("2025-03-15", date(2025, 3, 15))
    assert (found["E4"].text, found["E4"].date) == ("45747", None)
    assert found["E5"].text == "2025"
    assert (found["E6"].text, found["E6"].date) == ("2025-04-15 12:00", date(2025, 4, 15))
    assert (found["E7"].text, found["E7"].date) == ("2025-05-01", None)
    assert [found[place].text for place in ("D3", "D4", "D5", "D6")] == ["12", "50 %", "Ja", "2,5"]


def test_a_moment_of_the_day_and_a_length_of_time_keep_their_minutes():
    book = Book()
    sheet = book.sheet("Blad1")
    for row, (number, look) in enumerate(
        [(0.75, "hh:mm"), (1.5, "[h]:mm"), (-3, "0"), (1e-7, "0")]
    ):
        sheet.write_number(row, 0, number, book.workbook.add_format({"num_format": look}))
    found = cells(read_excel(book.content()))
    assert [cell.text for cell in found.values()] == ["18:00", "36:00", "-3", "1e-07"]


@pytest.mark.parametrize("mark", ["•", "·", "▪", "*", "–", "-", "o", "\uf0b7", "§", "Ø", "➢"])
def test_whatever_mark_a_list_has_its_items_begin_with_a_dash(mark):
    found = cells(read_excel(made(A1=f"Mål:\n{mark} minst tio\n  {mark}\u00a0 Högst fem")))
    assert found["A1"].text == "Mål:\n- minst tio\n- Högst fem"


@pytest.mark.parametrize(
    "text", ["1. Ett\n2. Två", "§ 5 gäller", "-5 grader", "och\no", "– ", "5 * 3", "Ökat\n-talet"]
)
def test_what_only_looks_like_a_list_stays(text):
    assert cells(read_excel(made(A1=text)))["A1"].text == text.strip()


# --- What is not seen ---


def test_hidden_rows_and_columns_are_read_and_said():
    source = read("hidden_things")
    assert cells(source)["C4"].text == "Stenar vid infarten"
    assert cells(source)["H3"].text == "Ring först"
    assert "Fliken Otrygga platser: dolda rader är också lästa (4)." in source.warnings
    assert "Fliken Otrygga platser: dolda kolumner är också lästa (H)." in source.warnings


def test_a_hidden_sheet_is_no_part_of_the_plan_but_is_kept_and_said():
    source = read("hidden_things")
    assert [table.name for table in tables(source)] == ["Otrygga platser"]
    assert Note("2024, B2", "Dold flik", "Bom vid ängen") in source.notes
    assert Note("Listor, A2", "Dold flik", "Klar") in source.notes
    assert sum("är dold" in warning for warning in source.warnings) == 2


def test_hidden_rows_in_a_row_are_said_as_from_and_to():
    book = Book()
    sheet = book.sheet("Plan", [[f"Rad {row}"] for row in range(1, 40)])
    for row in (2, 3, 4, 8, *range(10, 40, 2), 100):
        sheet.set_row(row, None, None, {"hidden": True})
    (warning,) = read_excel(book.content()).warnings
    assert warning == (
        "Fliken Plan: dolda rader är också lästa (3–5, 9, 11, 13, 15, 17, 19, 21 och 9 till)."
    )


# --- What stands beside the cells ---


def test_comments_pictures_text_boxes_links_and_page_headings_are_kept_with_their_places():
    assert read("comments_and_pictures").notes == (
        Note("Otrygga platser, C3", "Kommentar", "Vem betalar helgerna?"),
        Note("Otrygga platser, E5", "Kommentar", "Kan det bli tidigare?\nFråga igen."),
        Note("Otrygga platser, I10", "Bild", "Karta över lekparken (image1.png)"),
        Note("Otrygga platser, I20", "Bild", "foto.png (image2.png)"),
        Note("Otrygga platser, I2", "Textruta", "Prioritera lekparken,\nden används mest."),
        Note("Otrygga platser, H3", "Länk", "https://exempel.se/stadplan"),
        Note("Otrygga platser", "Sidhuvud", "Arbetsmaterial & utkast"),
    )


def test_a_thread_of_comments_is_read_once_with_its_answer():
    assert read("a_thread_of_comments").notes == (
        Note("Unga, C3", "Kommentar", "Var ska väggen stå?"),
        Note("Unga, C3", "Svar på kommentar", "Vid & bakom idrottsplatsen."),
        Note("Unga, C5", "Kommentar", "Vanlig anteckning"),
    )


def test_a_chart_is_kept_by_what_it_is_called():
    (note,) = read("a_summary_that_counts_wrong").notes
    assert note == Note("Sammanställning, F2", "Diagram", "Åtgärder per område")


def test_a_chart_on_a_sheet_of_its_own_is_kept():
    book = Book()
    book.sheet("Plan", [("Antal", 3)])
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=Plan!$B$1:$B$1"})
    chart.set_title({"name": "Tre åtgärder"})
    book.workbook.add_chartsheet("Diagram").set_chart(chart)
    source = read_excel(book.content())
    assert [table.name for table in tables(source)] == ["Plan"]
    assert [(note.where, note.text) for note in source.notes] == [("Diagram", "Tre åtgärder")]


def test_an_address_that_a_formula_leads_to_is_kept():
    book = Book()
    sheet = book.sheet("Plan", [("Se",)])
    sheet.write_formula("B1", '=HYPERLINK("https://exempel.se/a?b=1&c=2","karta")', None, "karta")
    assert read_excel(book.content()).notes == (
        Note("Plan, B1", "Länk", "https://exempel.se/a?b=1&c=2"),
    )


def test_an_address_within_the_file_is_no_note():
    book = Book()
    sheet = book.sheet("Plan")
    sheet.write_url("A1", "internal:Plan!B2", None, "Nedåt")
    sheet.write_url("A2", "https://exempel.se", None, "Ut")
    assert [note.text for note in read_excel(book.content()).notes] == ["https://exempel.se"]


def test_a_text_box_that_is_there_twice_for_an_older_excel_is_read_once():
    def twice(xml: bytes) -> bytes:
        return re.sub(
            rb"(<xdr:sp .*?</xdr:sp>)",
            rb'<m:AlternateContent xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/'
            rb'2006"><m:Choice Requires="a14">\1</m:Choice><m:Fallback>\1</m:Fallback>'
            rb"</m:AlternateContent>",
            xml,
        )

    book = Book()
    book.sheet("Plan", [("Problem",)]).insert_textbox("B2", "Prioriteras")
    content = with_parts(book.content(), {"xl/drawings/drawing1.xml": twice})
    assert read_excel(content).notes == (Note("Plan, B2", "Textruta", "Prioriteras"),)


def test_a_picture_that_no_cell_holds_is_kept_by_its_file():
    content = with_parts(made(A1="Plan"), {"xl/media/image7.png": corpus_excel.picture("red")})
    assert read_excel(content).notes == (Note("Filen", "Bild", "image7.png"),)


# --- What is read with a warning ---


def test_macros_other_files_control_characters_and_faults_are_said():
    source = read("with_macros_links_and_odd_characters")
    assert cells(source)["A3"].text == "Grillplatsen"
    assert cells(source)["B3"].text == "Ingen\nstädar"
    assert cells(source)["D5"].text == "#REF!"
    assert source.warnings == (
        "Fliken Otrygga platser: styrtecken, som inte syns, har tagits bort ur A3 och C4.",
        "Fliken Otrygga platser: D5 visar ett felvärde, som står kvar som text.",
        "Filen hämtar värden ur andra filer (budget 2025.xlsx). De har inte öppnats; det som stod "
        "i cellerna när filen sparades är läst.",
        "Filen har makron. De har inte lästs och inte körts.",
    )


def test_a_formula_with_its_result_is_its_result():
    book = Book()
    sheet = book.sheet("Plan", [("Antal",)])
    sheet.write_formula("A2", "=1+1", None, 2)
    sheet.write_formula("A3", '="Tor"&"get"', None, "Torget")
    empty = b'<row r="9"><c r="A9" t="str"><f>""</f><v></v></c></row></sheetData>'
    content = with_parts(
        book.content(),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", empty)},
    )
    assert [cell.text for cell in cells(read_excel(content)).values()] == ["Antal", "2", "Torget"]


def prefixed(content: bytes) -> bytes:
    """As some programs write the tags of a sheet: <x:row>, <x:c>."""

    def with_prefixes(xml: bytes) -> bytes:
        return re.sub(rb"<(/?)(?![?!])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=", 1)

    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if re.search(r"sheets/\w+\.xml$", name)]
    return with_parts(content, dict.fromkeys(sheets, with_prefixes))


@pytest.mark.parametrize(
    "name", ["merged_cells", "hidden_things", "with_macros_links_and_odd_characters"]
)
def test_a_file_whose_tags_are_prefixed_is_read_the_same(name):
    assert read_excel(prefixed(CORPUS[name]())) == read(name)


def test_a_file_whose_tags_are_prefixed_is_refused_for_the_same():
    with pytest.raises(NotAPlan, match=SAID["formulas_without_results"]):
        read_excel(prefixed(REFUSED["formulas_without_results"]()))


# --- What is refused ---

SAID = {
    "no_file_at_all": "Filen är tom: välj en Excelfil",
    "an_empty_workbook": "Filen har inga ifyllda celler",
    "with_a_password": "skyddad med lösenord: öppna den i Excel, ta bort lösenordet",
    "an_old_workbook": r"Excels gamla format \(.xls\): öppna den i Excel, spara den som .xlsx",
    "a_bomb": "blir större än 100 MB när den packas upp",
    "a_million_empty_rows": "Fliken Blad1 har fler än 20000 rader.*Ta bort det som står långt",
    "with_entities": r"XML-entiteter \(i xl/sharedStrings.xml\)",
    "a_time_after_all_calendars": "långt utanför kalendern .*: leta upp cellen",
    "a_time_before_all_calendars": "långt utanför kalendern .*: leta upp cellen",
    "formulas_without_results": (
        r"\(B2 på fliken Plan och C2, C3, C4, C5, C6, C7, C8, C9 och 12 till på fliken Summor\): "
        "öppna filen i Excel, låt den räkna och spara den igen"
    ),
    "a_picture_of_a_table": r"bara en bild \(Plan, B2\).*skriv av den",
    "a_large_file": "Filen är 60 MB, och mer än 50 MB läses inte",
    "a_word_document": r"Filen är en Wordfil \(.docx\), fast den lästes som en Excelfil",
    "a_binary_workbook": r"en binär Excelfil \(.xlsb\).*: öppna den i Excel, spara den som .xlsx",
    "a_calc_document": r"OpenDocument-dokument \(.ods\).*: öppna den i Excel, spara den som .xlsx",
    "separated_by_semicolons": r"textfil \(.csv\).*: öppna den i Excel, spara den som .xlsx",
    "a_web_page": r"webbsida \(.html\).*: öppna den i Excel, spara den som .xlsx",
    "a_damaged_file": "Filen är trasig .*: öppna den i Excel, spara den på nytt",
    "a_photograph": "Filen är en bild, och ord i en bild kan inte läsas",
    "letters_to_read": r"Filen är ingen Excelfil \(.xlsx\) som går att öppna: välj en annan fil",
}


def test_every_file_that_is_refused_has_its_sentence():
    assert SAID.keys() == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_it_is_and_what_to_do(name):
    with pytest.raises(NotAPlan, match=SAID[name]) as refusal:
        read_excel(REFUSED[name]())
    said = str(refusal.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize("name", ["a_bomb", "a_large_file"])
def test_what_is_too_large_is_never_unpacked(name, monkeypatch):
    content = REFUSED[name]()
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(NotAPlan):
        read_excel(content)


def test_a_million_empty_rows_do_not_fill_the_memory():
    content = REFUSED["a_million_empty_rows"]()
    tracemalloc.start()
    with pytest.raises(NotAPlan):
        read_excel(content)
    assert tracemalloc.get_traced_memory()[1] < 150 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        b'<row r="2"><c r="XFD2"><v>1</v></c></row>',
        b'<row spans=">" r="1048576"><c t="n" r="A1048576"><v>1</v></c></row>',
        b'<row r="000001048576"><c><v>1</v></c></row>',
        b"<row><c><v>1</v></c></row>" * 20_001,
        b"<row>" + b"<c/>" * 301 + b"<c><v>1</v></c></row>",
        b"<row\nr = '1048576'/>",
    ],
)
def test_a_cell_far_away_is_refused_however_it_says_where_it_is(cells):
    content = with_parts(
        made(A1="x"),
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(
                b"</sheetData>", cells + b"</sheetData>"
            )
        },
    )
    with pytest.raises(NotAPlan, match="står långt utanför planen"):
        read_excel(content)


@pytest.mark.parametrize(
    "content", [b";" * 5_000_000, b"a;" * 2_000_000 + b"\n", b"\0" * 5_000_000]
)
def test_a_text_without_end_is_refused_at_once(content):
    with pytest.raises(NotAPlan, match="ingen Excelfil"):
        read_excel(content)


def test_a_declaration_in_wide_letters_is_found_too():
    wide = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><x/>'.encode("utf-16")
    with pytest.raises(NotAPlan, match="XML-entiteter"):
        read_excel(with_parts(made(A1="x"), {"xl/comments1.xml": wide}))


def test_a_drawing_in_a_picture_may_have_a_declaration():
    drawn = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg/>'
    assert read_excel(with_parts(made(A1="x"), {"xl/media/image1.svg": drawn})).blocks


def test_a_damaged_file_is_refused_and_nothing_else():
    content = CORPUS["comments_and_pictures"]()
    for place in range(40, len(content), len(content) // 150):
        damaged = content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :]
        try:
            read_excel(damaged)
        except NotAPlan:
            continue
