"""A Word file that somebody filled in: every word of it comes in, where it stood."""

from io import BytesIO
from typing import Any

from docx import Document

from plans.reading.source import Cell, Paragraph, Source, Table
from plans.reading.word import read_word


def read(document: Any) -> Source:
    written = BytesIO()
    document.save(written)
    return read_word(written.getvalue())


def test_headings_text_lists_and_tables_come_in_their_order():
    document = Document()
    document.add_heading("Åtgärdsplan", 0)
    document.add_heading("Trygga torg", 1)
    document.add_paragraph("")
    document.add_paragraph("Vi går tillsammans.")
    document.add_paragraph("Varje vecka", "List Bullet 2")
    document.add_table(1, 2).rows[0].cells[1].text = "Tillsvidare"
    title, area, text, item, table = read(document).blocks
    assert title == Paragraph("Åtgärdsplan", 1, heading=0)
    assert area == Paragraph("Trygga torg", 2, heading=1, is_bold=True)
    assert text == Paragraph("Vi går tillsammans.", 3)
    assert item == Paragraph("Varje vecka", 4, item=2)
    assert table == Table("Tabell 1", ((Cell(0, 1, "Tillsvidare"),),))
