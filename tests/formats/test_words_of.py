"""What finds the words of a file finds them itself, or a reader that loses some would never be told."""

from io import BytesIO

import xlsxwriter

from tests.formats.corpus_word import CORPUS
from tests.formats.words_of import words_of


def test_the_words_of_a_word_file_are_found_part_by_part():
    words = words_of(CORPUS["beside_the_text"]())
    assert words["word/document.xml"]["oktober"] == 1  # in a text box that stands there twice
    assert words["word/document.xml"]["fyra"] == 1  # of a picture
    assert words["word/document.xml"]["numpages"] == 0
    assert words["word/footnotes.xml"]["nämndens"] == 1
    assert words["word/endnotes.xml"]["mätningar"] == 1
    assert words["word/comments.xml"]["juristen"] == 1
    assert words["word/charts/chart1.xml"]["hösten"] == 1
    assert words["word/diagrams/data1.xml"]["agera"] == 1
    assert words["word/header1.xml"]["117"] == 1


def test_a_word_whose_look_changes_within_it_is_one_and_a_struck_one_stands_apart():
    words = words_of(CORPUS["swedish_styles_and_signs"]())["word/document.xml"]
    assert (words["samverkan"], words["utbetalningar"], words["tips"]) == (1, 1, 1)
    words = words_of(CORPUS["tracked_changes"]())["word/document.xml"]
    assert (words["månad"], words["varannan"]) == (1, 1)


def test_the_words_of_a_workbook_are_found_on_its_sheets_and_in_its_comments():
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Otrygga platser")
        sheet.write_row("A1", ["Åtgärd", "Tid", 2025])
        sheet.write_row("A2", ["Måla tunneln", "T1"])
        sheet.write_comment("A2", "Fråga trafikkontoret")
    words = words_of(made.getvalue())
    assert words["xl/workbook.xml"]["otrygga"] == 1
    assert words["xl/sharedStrings.xml"]["tunneln"] == 1
    assert words["xl/worksheets/sheet1.xml"] == {"2025": 1}  # and not the numbers of the texts
    assert sum(part["trafikkontoret"] for part in words.values()) == 1
