"""How a report reads: its figures and footnotes numbered, its references right, its sources in order."""

from html import unescape
from typing import Any

import pytest
from msgspec.structs import replace

from lagesbild.document import BlockDoc, SectionDoc, SeriesDoc, TableDoc, sections_of
from lagesbild.presentation import ReportView, SectionView, TextView, table_view
from lagesbild.vocabulary import BlockForm, SectionForm
from tests.lagesbild import samples
from tests.lagesbild.samples import uid


def view(*sections: SectionDoc) -> ReportView:
    return ReportView(replace(samples.full(), sections=sections))


def written(html: str, *more: BlockDoc) -> str:
    """A text as it reads on the page, with other pieces after it."""
    report = view(SectionDoc(uid("ett"), "Ett", blocks=(samples.text("text", html), *more)))
    (section,) = report.sections
    (first, *_) = section.blocks
    assert isinstance(first, TextView)
    return unescape(first.prose.html)


def section_of(report: ReportView, name: str) -> SectionView:
    (found,) = [one for one in report.all_sections if one.doc.uuid == uid(name)]
    return found


def figure(name: str, **more: Any) -> BlockDoc:
    return BlockDoc(uid(name), BlockForm.IMAGE, caption=name, image=samples.MAP, **more)


# Figures ------------------------------------------------------------------------------------------


def test_figures_are_numbered_through_the_report_and_their_parts_lettered():
    numbers = {
        one.doc.uuid: one.number
        for whole in ReportView(samples.full()).figures
        for one in (whole, *whole.parts)
    }
    assert numbers[uid("stolder")] == "1"
    assert numbers[uid("tabell")] == "2"
    assert numbers[uid("handel")] == "3"
    assert numbers[uid("skolor")] == "5"
    assert numbers[uid("skola-b")] == "5b"


def test_a_figure_that_is_not_numbered_takes_no_number_from_the_others():
    (first, second) = view(
        SectionDoc(uid("s"), "S", blocks=(figure("karta", is_numbered=False), figure("nästa")))
    ).figures
    assert (first.number, first.label) == ("", "")
    assert (second.number, second.label) == ("1", "Figur\u00a01.")


def test_a_figure_of_more_parts_than_there_are_letters_shows_them_all():
    parts = tuple(figure(f"del {number}") for number in range(28))
    (whole,) = view(SectionDoc(uid("s"), "S", blocks=(figure("hel", parts=parts),))).figures
    assert [part.label for part in whole.parts][24:] == ["y)", "z)", "aa)", "ab)"]


def test_caption_and_source_end_in_one_full_stop():
    safety = next(one for one in ReportView(samples.full()).figures if one.doc == samples.SAFETY)
    assert safety.caption == "Andel som känner sig trygga ute sent en kväll."
    assert safety.source == "Källa: Kommunens trygghetsmätning."


@pytest.mark.parametrize(
    ("labels", "series", "is_turned"),
    [(6, 1, False), (4, 2, False), (30, 2, True), (12, 14, False)],
)
def test_a_table_is_longer_than_it_is_wide_and_no_wider_than_the_paper(labels, series, is_turned):
    made = table_view(
        TableDoc(
            tuple(f"L{n}" for n in range(labels)),
            tuple(SeriesDoc(f"S{n}", (None,) * labels) for n in range(series)),
            "År",
        )
    )
    assert (made.heads[0] == "S0") == is_turned
    assert made.corner == ("År" if is_turned else "")
    shown = [head for table in made.in_widths for head in table.heads]
    assert shown == list(made.heads)
    assert all(len(table.heads) <= 9 for table in made.in_widths)


def test_what_was_not_measured_is_a_dash_and_no_nought():
    assert samples.THEFTS.table
    (_, values), *_ = table_view(samples.THEFTS.table).rows
    assert list(values) == ["274", "251", "–", "190,5", "163", "142"]


# References ---------------------------------------------------------------------------------------


def test_a_reference_says_the_number_that_its_figure_has():
    html = written(f"<p>Se {samples.to('b', 'figur')}.</p>", figure("a"), figure("b"))
    assert html == '<p>Se <a class="reference" href="#figur-2">figur\u00a02</a>.</p>'


def test_a_reference_of_no_words_is_the_number_alone_and_one_to_a_part_says_its_letter():
    html = written(f"<p>{samples.to('b', '')}</p>", figure("a", parts=(figure("b"), figure("c"))))
    assert html == '<p><a class="reference" href="#figur-1a">1a</a></p>'


def test_a_reference_to_a_section_is_its_own_words():
    html = written(f"<p>Se {samples.to('ett', 'inledningen')} och {samples.to('ett', '')}.</p>")
    assert ">inledningen</a>" in html
    assert ">Ett</a>" in html


def test_a_reference_to_what_is_gone_keeps_its_words_and_leads_nowhere():
    assert written(f"<p>Se {samples.to('borta', 'figur')}.</p>") == "<p>Se figur.</p>"


def test_every_reference_leads_to_something_that_has_that_anchor():
    report = ReportView(samples.full())
    anchors = {one.anchor for one in report.all_sections}
    anchors |= {one.anchor for whole in report.figures for one in (whole, *whole.parts)}
    assert all(target.anchor in anchors for target in report.targets.values())


# Footnotes ----------------------------------------------------------------------------------------


def test_footnotes_are_numbered_through_the_report_in_the_order_in_which_they_are_read():
    notes = ReportView(samples.full()).notes
    assert [note.number for note in notes] == [1, 2, 3]
    assert [str(note.html)[:12] for note in notes] == [
        "Överenskomme",
        "Se <em>Rutin",
        "Brottsföreby",
    ]


def test_a_footnote_may_refer_to_a_figure():
    note = ReportView(samples.full()).notes[1]
    assert 'href="#figur-4"' in note.html


def test_mark_and_footnote_lead_to_each_other():
    html = written(f"<p>Ord{samples.note('Mer.')}.</p>")
    assert 'id="fotnot-1-i-texten" href="#fotnot-1" aria-label="Fotnot 1">1</a>' in html
    assert "Mer." not in html


def test_a_footnote_in_a_footnote_and_one_in_a_reference_lose_no_word():
    inner = samples.note("yttre " + samples.note("inre"))
    report = view(
        SectionDoc(
            uid("s"), "S", blocks=(samples.text("t", f"<p>{inner}{samples.to('s', inner)}</p>"),)
        )
    )
    assert [str(note.html) for note in report.notes] == ["yttre inre", "yttre inre"]


def test_scripts_styles_and_pictures_in_a_text_are_gone_and_its_words_stay():
    html = written(
        '<p onclick="x()">Ord <img src="https://x.se/p.gif"><script>x()</script>'
        '<span style="color:red" class="annat">kvar</span></p>'
    )
    assert html == "<p>Ord kvar</p>"


# Sources, sections, areas -------------------------------------------------------------------------


def test_sources_are_the_report_s_own_and_those_of_its_figures_each_once_in_swedish_order():
    assert ReportView(samples.full()).sources == [
        "Brottsstatistik (Brå)",
        "Kommunens trygghetsmätning",
        "polisens anmälningsstatistik",
        "Skolenkäten",
        "Stadsbyggnadskontoret",
        "Underrättelserapport",
        "Ärendesystemet",
        "Öppna jämförelser",
    ]


def test_sources_that_no_section_lists_come_last():
    assert not ReportView(samples.full()).closes_with_sources
    without = tuple(one for one in samples.full().sections if one.form != SectionForm.SOURCES)
    assert view(*without).closes_with_sources


def test_sections_are_numbered_by_where_they_stand():
    report = ReportView(samples.full())
    numbers = {one.doc.heading: (one.number, one.level) for one in report.all_sections}
    assert numbers["Öppen handel"] == ("2.1", 3)
    assert numbers["På kvällarna"] == ("2.1.1", 4)
    assert [one.doc for one in report.contents] == [one for one, _ in sections_of(samples.full())]


def test_an_area_says_who_works_together_what_is_ticked_and_what_is_next():
    area = section_of(ReportView(samples.full()), "unga")
    assert area.working_together == "Skola, socialtjänst, polis och fritid samverkar för att:"
    assert [is_ticked for is_ticked, _ in area.boxes] == [True, True]
    assert area.priorities_heading == "Prioriteringar och åtgärder 2024"
    assert area.priorities[0].figure.said == "figur\u00a05"


def test_an_area_that_is_handled_elsewhere_leads_there_and_shows_no_empty_boxes():
    area = section_of(ReportView(samples.full()), "brottsoffer")
    assert area.handled.html == '<a class="reference" href="#avsnitt-4-1">Unga i riskzon</a>'
    assert not area.shows_boxes
    assert section_of(ReportView(samples.full()), "platser").shows_boxes


# The status report --------------------------------------------------------------------------------


def test_a_status_report_has_a_table_of_the_city_s_areas_and_one_of_the_local():
    (citywide, comments, city), (local, comment, own) = ReportView(samples.status()).tables
    assert (citywide, comments) == ("Stadsövergripande prioriterade områden", "Kommentarer")
    assert (local, comment) == ("Lokalt prioriterade områden", "Kommentar")
    assert [one.doc.slug for one in own] == ["otrygga", "rekrytering"]
    assert len(city) == 5


def test_footnotes_of_a_status_report_follow_its_tables():
    assert [str(note.html) for note in ReportView(samples.status()).notes] == [
        "Beslutet togs i juni.",
        "Också under sommaren.",
    ]


def test_a_deviation_says_how_one_knows():
    area = section_of(ReportView(samples.status()), "status-otrygga")
    first = area.deviations[0]
    assert first.direction == "Förbättring"
    assert first.facts == [
        "Bygger på statistik och den lokala bilden.",
        "I samråd med lokalpolisområdet, 2022-11-20.",
    ]


def test_deviations_over_several_years_stand_beside_each_other():
    earlier = [samples.status(2021), samples.status(2020)]
    development = ReportView(samples.status(), earlier).development
    assert development.years == [2020, 2021, 2022]
    assert ("Kameraövervakning", ["Ej förändrat", "Försämring", "Ej förändrat"]) in development.rows
    assert ReportView(samples.status()).development is None


def test_what_stands_beside_the_tables_is_before_or_after_them():
    sections = samples.status().sections
    first = SectionDoc(uid("först"), "Först", blocks=(samples.text("f", "<p>F</p>"),))
    last = SectionDoc(uid("sist"), "Sist", blocks=(samples.text("l", "<p>L</p>"),))
    around = SectionDoc(
        uid("runt"), "Runt", blocks=(samples.text("r", "<p>R</p>"),), sections=sections
    )
    report = ReportView(replace(samples.status(), sections=(first, around, last)))
    before, after = report.beside_tables
    assert [one.doc.heading for one in before] == ["Först", "Runt"]
    assert [one.doc.heading for one in after] == ["Sist"]


def test_a_report_that_says_nothing_can_be_read():
    report = ReportView(replace(samples.full(), sections=(), sources=(), title=""))
    assert report.title == "Lägesbild 2023"
    assert (report.sections, report.sources, report.notes) == ([], [], [])
