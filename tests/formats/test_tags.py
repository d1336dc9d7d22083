"""What somebody who cannot see a plan is read: the same things, in the same order, each once."""

import pytest
from msgspec.structs import replace

from plans.document import ActionDoc, PlanDocument
from plans.vocabulary import Layout
from plans.writing.pdf import write_pdf
from samverkan.documents import pdf
from tests.formats import samples
from tests.formats.pages import pages_of
from tests.formats.tagged import Element, tags_of
from tests.formats.test_pdf import DRAFT, letters


def read(document: PlanDocument) -> Element:
    return tags_of(write_pdf(document, DRAFT))


def page(body: str) -> Element:
    html = f'<html lang="sv"><head><title>T</title></head><body>{body}</body></html>'
    return tags_of(pdf.render(html, ("css/paper.css",)))


def rows(number: int) -> str:
    return "".join(
        f'<tr><th scope="row">Rad {row}</th><td>{"ord " * 40}</td><td>{row}</td></tr>'
        for row in range(number)
    )


HEAD = '<thead><tr><th scope="col">Namn</th><th scope="col">Text</th><th scope="col">Nr</th></tr></thead>'


def test_a_table_over_many_pages_is_one_table_whose_head_is_read_once():
    document = page(f"<table>{HEAD}<tbody>{rows(80)}</tbody></table>")
    (table,) = document.all("Table")
    assert [cell.text for cell in table.all("TH")][:4] == ["Namn", "Text", "Nr", "Rad 0"]
    assert len([*table.all("TR")]) == 81
    assert document.text.count("Namn") == 1


def test_a_cell_that_goes_on_over_the_page_is_one_cell():
    long = " ".join(f"ord{number}" for number in range(3000))
    document = page(f"<table><tr><td>{long}</td></tr></table><p>Sist.</p>")
    (cell,) = document.all("TD")
    assert letters(cell.text) == letters(long)
    assert [kid.kind for kid in document.kids] == ["Table", "P"]


def test_each_cell_of_a_table_knows_the_heads_of_its_row_and_column():
    document = page(f"<table>{HEAD}<tbody>{rows(80)}</tbody></table>")
    named = {str(head.entries.ID): head.text for head in document.all("TH")}
    last = [*document.all("TD")][-1]
    assert [named[str(head)] for head in last.attribute("/Headers")] == ["Rad 79", "Nr"]


def test_a_head_says_whether_it_is_of_a_row_or_of_a_column():
    document = page(f"<table>{HEAD}<tbody>{rows(2)}</tbody></table>")
    scopes = {head.text: str(head.attribute("/Scope")) for head in document.all("TH")}
    assert scopes["Text"] == "/Column"
    assert scopes["Rad 1"] == "/Row"


def test_what_more_there_is_to_say_of_an_action_belongs_to_its_row():
    body = (
        '<tr><th scope="row">Torgvärdar</th><td>Våren</td><td>1</td></tr>'
        '<tr><td>Finansiering</td><td colspan="2">Polisen är med.</td></tr>'
    )
    document = page(f"<table>{HEAD}<tbody>{body}</tbody></table>")
    named = {str(head.entries.ID): head.text for head in document.all("TH")}
    last = [*document.all("TD")][-1]
    heads = [named[str(head)] for head in last.attribute("/Headers")]
    assert heads == ["Torgvärdar", "Text", "Nr"]


@pytest.mark.parametrize("layout", Layout)
def test_every_row_of_every_table_of_a_plan_is_as_wide_as_the_others(layout):
    for table in read(samples.full(layout)).all("Table"):
        widths = {
            sum(int(cell.attribute("/ColSpan") or 1) for cell in row.all("TH", "TD"))
            for row in table.all("TR")
        }
        assert len(widths) == 1


def test_the_contents_are_contents_and_each_entry_leads_somewhere():
    (contents,) = read(samples.full()).all("TOC")
    entries = [*contents.all("TOCI")]
    assert entries[0].text == "Bakgrund 3"
    for entry in entries:
        (link,) = entry.all("Link")
        assert link.text in entry.text


def test_a_list_in_a_list_stands_in_the_item_that_it_belongs_to():
    document = page("<ul><li>Ett<ol><li>Under</li></ol></li><li>Två</li></ul>")
    outer, inner = document.all("L")
    first, second = outer.kids
    assert [kid.kind for kid in first.kids] == ["Lbl", "LBody"]
    assert [*first.all("L")] == [inner]
    assert outer.attribute("/ListNumbering") == "/Disc"
    assert inner.attribute("/ListNumbering") == "/Decimal"
    assert second.kids[1].text == "Två"


def test_headings_follow_each_other_without_skipping_a_level():
    for layout in Layout:
        levels = [
            int(heading.kind[1])
            for heading in read(samples.full(layout)).all(*(f"H{n}" for n in range(1, 7)))
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_chart_says_in_words_what_it_shows_and_where_it_stands():
    (chart,) = read(samples.full()).all("Figure")
    assert "1 Otrygga platser i centrum: 3, 2, 3" in str(chart.entries.Alt)
    left, bottom, right, top = (float(edge) for edge in chart.attribute("/BBox"))
    assert 0 < left < right < 842
    assert 0 < bottom < top < 595


def test_a_link_is_told_by_its_own_words():
    document = page('<p>Se <a href="https://bra.se/">Brås stöd</a>.</p>')
    (link,) = document.all("Link")
    annotation = next(kid.Obj for kid in link.entries.K if not isinstance(kid, int))
    assert annotation.Contents == "Brås stöd"
    assert link.text == "Brås stöd"


def test_what_stands_in_the_margins_is_not_read():
    text = read(samples.full()).text
    assert "Sida" not in text
    assert text.count("Kontrollsumma") == 1  # on the last page, and not at the foot of each


@pytest.mark.parametrize("layout", Layout)
def test_all_of_a_plan_is_read_in_the_order_in_which_it_stands(layout):
    action = ActionDoc(samples.uid("a"), name="Torgvärdar", timing="Våren", responsible="Polisen")
    document = replace(samples.with_action(action), layout=layout)
    text = read(document).text
    text = text[text.index("Våren") :]  # the contents say the name too
    for word in ("Våren", "Polisen", "Sammanställning", "Kontrollsumma"):
        assert word in text
        text = text[text.index(word) :]


def test_words_that_stand_in_nothing_are_read_too():
    assert page("Ord utan element.").text == "Ord utan element."


def test_a_table_that_begins_on_a_page_with_contents_still_has_its_head_read_once():
    """That page is painted after the ones that the table goes on on."""
    entry = '<ol class="pages"><li data-at="#sist"><a href="#sist">Sist</a></li></ol>'
    table = f"<table>{HEAD}<tbody>{rows(80)}</tbody></table>"
    document = page(f'{entry}{table}<p id="sist">Sist.</p>')
    heads = [cell.text for cell in document.all("TH")]
    assert heads[:4] == ["Namn", "Text", "Nr", "Rad 0"]
    assert heads.count("Namn") == 1
    assert [cell.text for cell in document.all("TD")][1::2] == [str(row) for row in range(80)]


def test_a_page_with_more_than_words_on_it_says_the_same_as_others():
    """It is painted after all the others."""
    shaded = '<p style="background: linear-gradient(white, silver)">Tonat.</p>'
    document = page(f"{shaded}<table>{HEAD}<tbody>{rows(80)}</tbody></table>")
    assert document.text.startswith("Tonat. Namn")
    assert [cell.text for cell in document.all("TD")][1::2] == [str(row) for row in range(80)]


def test_each_page_says_its_number_and_how_many_there_are(built_fonts):
    html = f"<html lang='sv'><head><title>T</title></head><body>{'<p>Ord.</p>' * 200}</body></html>"
    pages = pages_of(pdf.render(html, ("css/paper.css",)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in page.text
