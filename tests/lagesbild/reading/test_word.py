"""A lägesbild that was written in Word becomes the report that it is."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from lagesbild.document import NotAReport, SectionDoc, sections_of
from lagesbild.reading.outcome import ReportReading
from lagesbild.vocabulary import BlockForm, Direction, Ground, ReportKind, SectionForm
from plans.document import DistrictDoc
from plans.vocabulary import HandledAs
from tests.lagesbild.reading import corpus
from tests.lagesbild.reading.corpus import CORPUS, with_image_replaced
from tests.lagesbild.reading.paper import (
    Paper,
    bars,
    box,
    element,
    jpeg,
    old_box,
    png,
    run,
    sequence,
)
from tests.lagesbild.reading.readings import (
    PLACE,
    figures,
    from_corpus,
    headings,
    read,
    section,
    shown,
    texts,
)


def html(reading: ReportReading, heading: str) -> str:
    found = section(reading, heading)
    return "".join(shown(block.text, reading.document) for block in found.blocks)


def says(reading: ReportReading) -> str:
    return "\n".join([*reading.warnings, *(doubt.says for doubt in reading.doubts)])


def of(write: object, **more: object) -> ReportReading:
    """What is read of a file with that on its paper."""
    paper = Paper()
    write(paper)  # type: ignore[operator]
    return read(paper.written(), **more)  # type: ignore[arg-type]


# Sections and text ---------------------------------------------------------------------------------


def test_headings_are_sections_in_three_levels_and_headings_in_the_text_below_that() -> None:
    reading = from_corpus("as_the_form")
    assert headings(reading) == [
        (1, "Sammantagen bedömning"),
        (1, "Källor"),
        (1, "Beskrivning av tryggheten"),
        (2, "Kvällstid"),
        (3, "Detaljer"),
        (1, "Prioriterade samverkansområden"),
        (2, corpus.UNGA),
        (2, corpus.SYSTEM),
    ]
    assert "<h3>Ännu djupare</h3><p>Det här står djupt ner.</p>" in html(reading, "Detaljer")


def test_a_level_that_is_left_out_is_no_level() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ett", 2)
        paper.heading("Ett ett", 5)
        paper.text("Text")
        paper.heading("Två", 2)

    assert headings(of(write)) == [(1, "Ett"), (2, "Ett ett"), (1, "Två")]


def test_headings_that_are_numbered_by_hand_lose_their_numbers() -> None:
    def write(paper: Paper) -> None:
        paper.heading("1 Inledning")
        paper.heading("2. Källor")
        paper.items("Polisen")
        paper.heading("3 Läget")
        paper.heading("3.1 2023 års läge", 2)

    reading = of(write)
    assert [heading for _, heading in headings(reading)] == [
        "Inledning",
        "Källor",
        "Läget",
        "3.1 2023 års läge",
    ]
    assert [source.name for source in reading.document.sources] == ["Polisen"]


def test_bold_short_lines_are_headings_where_no_paragraph_has_a_style() -> None:
    reading = from_corpus("without_styles")
    assert reading.document.title == "LÄGESBILD 2023 ÄNGSHOLMEN"
    assert headings(reading) == [
        (1, "Beskrivning av brottsligheten"),
        (2, "Cykelstölder"),
        (1, "Prioriterade samverkansområden"),
        (2, corpus.PLATSER),
    ]
    items = "<ul><li>vid stationen</li><li>vid badet</li><li>På gården</li></ul>"
    assert items in html(reading, "Beskrivning av brottsligheten")


def test_bold_links_and_lists_come_along_and_a_footnote_stands_where_its_mark_stood() -> None:
    reading = from_corpus("as_the_form")
    said = html(reading, "Sammantagen bedömning")
    assert "Läget är <strong>bättre</strong> än i fjol" in said
    assert '.<span class="fotnot">Enligt nämndens beslut i maj.</span> Mer finns' in said
    assert '<a href="https://bra.example/rapport">Brottsförebyggande rådet</a>' in said
    assert "<em>helheten</em>" in said
    lists = html(reading, "Kvällstid")
    assert "<li>längs strandstigen<ul><li>bron</li></ul></li></ul>" in lists
    assert "<ol><li>hämta in</li><li>tänd upp</li></ol>" in lists


def test_what_stands_in_the_report_is_not_kept_beside_it_too() -> None:
    assert {extra.label for extra in from_corpus("as_the_form").document.extras} == {
        "Titelsidan",
        "Överst i tabellens första kolumn",
    }


def test_a_footnote_in_a_heading_is_kept_beside_also_where_the_text_has_one_in_the_same_words() -> (
    None
):
    def write(paper: Paper) -> None:
        paper.xml(run("Rubrik"), paper.footnote("Samma not"), style="Heading 1")
        paper.xml(run("Text"), paper.footnote("Samma not"))

    reading = of(write)
    assert html(reading, "Rubrik") == '<p>Text<span class="fotnot">Samma not</span></p>'
    assert [extra.text for extra in reading.document.extras] == ["Samma not"]


def test_a_link_that_runs_a_script_is_only_its_words() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Rubrik")
        paper.xml(paper.link("klicka <här>", "javascript:alert(1)").replace("<här>", "&lt;här&gt;"))

    assert html(of(write), "Rubrik") == "<p>klicka &lt;här&gt;</p>"


def test_the_contents_are_passed_by_and_the_title_page_says_what_the_report_is() -> None:
    reading = from_corpus("as_the_form")
    assert reading.document.title == "Lägesbild"
    assert reading.document.described_on == date(2023, 12, 31)
    kept = [extra.text for extra in reading.document.extras]
    assert "Ängsholmens stadsdelsförvaltning och lokalpolisområde Ängsholmen" in kept
    assert not any("Källor 3" in text for text in kept)


def test_the_list_of_sources_is_one_and_not_text() -> None:
    reading = from_corpus("as_the_form")
    found = section(reading, "Källor")
    assert (found.form, found.blocks) == (SectionForm.SOURCES, ())
    names = [source.name for source in reading.document.sources]
    assert names == ["Polisens anmälningsstatistik", "Stadens trygghetsmätning"]


def test_what_stands_before_the_first_heading_is_a_section_where_it_is_more_than_a_title_page() -> (
    None
):
    def write(paper: Paper) -> None:
        paper.title("Lägesbild")
        paper.text("Ängsholmen. " + "Det här är en lång inledning. " * 10)
        paper.heading("Sedan")

    reading = of(write)
    assert headings(reading) == [(1, "Utan rubrik"), (1, "Sedan")]
    assert "före den första rubriken" in says(reading)


def test_a_table_of_words_is_a_list_with_all_that_stood_in_it() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Rubrik")
        table = paper.table(("Plats", "Vad"), ("Torget", "Lugnt\nMen mörkt"))
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True

    said = html(of(write), "Rubrik")
    assert said == (
        "<p><strong>Plats – Vad</strong></p><ul><li>Torget – Lugnt<br>Men mörkt</li></ul>"
    )


def test_a_text_box_stands_after_the_paragraph_that_it_hangs_on() -> None:
    said = html(from_corpus("beside_the_text"), "Beskrivning")
    assert "<p>Texten har en ruta.</p><p>Faktaruta: så räknar vi.</p>" in said


def test_what_is_struck_hidden_or_on_every_page_is_kept_beside_the_report() -> None:
    reading = from_corpus("beside_the_text")
    kept = {(extra.label, extra.text) for extra in reading.document.extras}
    assert kept == {
        ("Struket i en ändring som inte är godkänd", "struket"),
        ("Dold text", "osynligt"),
        ("Sidhuvud", "Ängsholmen, utkast"),
        ("Sidfot", "Diarienummer saknas"),
    }
    assert all(extra.is_internal for extra in reading.document.extras)
    assert "Kvar tillagt" in texts(reading)


# Figures -------------------------------------------------------------------------------------------


def test_a_picture_with_a_caption_is_a_figure_with_its_source_and_its_words() -> None:
    reading = from_corpus("as_the_form")
    figure = figures(reading)[1]
    assert figure.form == BlockForm.IMAGE
    assert figure.caption == "Var människor känner sig otrygga"
    assert figure.source == "Trygghetsmätningen 2023"
    assert figure.description == "Karta över strandstigen"
    assert figure.image
    assert (figure.image.media_type, figure.image.width, figure.image.height) == (
        "image/png",
        40,
        30,
    )
    content = reading.images[figure.image.sha256]
    assert (content, hashlib.sha256(content).hexdigest()) == (png(), figure.image.sha256)


def test_a_chart_is_a_figure_with_the_figures_that_it_is_drawn_from() -> None:
    figure = figures(from_corpus("as_the_form"))[0]
    assert (figure.form, figure.caption, figure.source) == (
        BlockForm.BARS,
        "Anmälda brott på torget",
        "Polisen",
    )
    assert figure.table
    assert (figure.table.labels_are, figure.table.labels) == ("År", ("2021", "2022", "2023"))
    (series,) = figure.table.series
    assert (series.name, series.values) == (
        "Ängsholmen",
        (Decimal(274), Decimal(198), Decimal(142)),
    )


@pytest.mark.parametrize(
    ("kind", "grouping", "series", "form"),
    [
        ("lineChart", "standard", 1, BlockForm.LINE),
        ("barChart", "clustered", 1, BlockForm.BARS),
        ("barChart", "clustered", 2, BlockForm.GROUPED),
        ("barChart", "stacked", 2, BlockForm.STACKED),
        ("pieChart", "", 1, BlockForm.BARS),
        ("areaChart", "standard", 2, BlockForm.LINE),
    ],
)
def test_a_chart_keeps_its_form(kind: str, grouping: str, series: int, form: BlockForm) -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        drawn = {f"Serie {number}": [1, None, 3] for number in range(series)}
        paper.chart(bars(drawn, ["2021", "2022", "2023"], kind, grouping))  # type: ignore[arg-type]
        paper.caption("Figur 1. Något")

    (figure,) = figures(of(write))
    assert figure.form == form
    assert figure.table
    values = (Decimal(1), None, Decimal(3))
    assert [one.values for one in figure.table.series] == [values] * series


def test_shares_are_said_as_percent_and_what_no_row_has_room_for_is_rounded() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.chart(bars({"Trygga": [0.123456789, 0.5]}, ["2022", "2023"], code="0%"))

    (figure,) = figures(of(write))
    assert figure.unit == "%"
    assert figure.table
    assert figure.table.series[0].values == (Decimal("12.3457"), Decimal(50))


def test_a_chart_without_its_figures_is_said() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.chart(bars({"Tomt": []}, []))
        paper.caption("Figur 1. Något")

    reading = of(write)
    (figure,) = figures(reading)
    assert figure.table is None
    assert "inga siffror" in says(reading)


def test_a_table_of_numbers_is_a_figure_and_years_are_its_labels() -> None:
    reading = from_corpus("as_the_form")
    (figure,) = (one for one in figures(reading) if one.form == BlockForm.TABLE)
    assert figure.caption == "Tabell 1. Anmälningar per plats"
    assert not figure.is_numbered  # the figures have numbers of their own
    assert figure.table
    assert figure.table.labels == ("2021", "2022", "2023")
    assert [(one.name, one.values) for one in figure.table.series] == [
        ("Torget", (Decimal(1204), Decimal("12.5"), None)),
        ("Bron", (None, Decimal(7), Decimal(8))),
    ]


def test_two_pictures_under_one_caption_are_parts_of_a_figure() -> None:
    (figure,) = (one for one in figures(from_corpus("as_the_form")) if one.parts)
    assert figure.caption == "Besök på ungdomsgården"
    assert [part.caption for part in figure.parts] == ["2022", "2023"]
    assert [part.description for part in figure.parts] == ["Hösten", "Våren"]
    assert figure.source == "Fritid"
    assert figure.parts[0].image
    assert figure.parts[0].image.media_type == "image/jpeg"


def test_pictures_in_the_cells_of_a_table_go_with_the_captions_below_them() -> None:
    figure = figures(from_corpus("figures_of_many_kinds"))[0]
    assert [(part.caption, part.source) for part in figure.parts] == [
        ("Hösten", "Skolan"),
        ("Våren", "Skolan"),
    ]


def test_a_caption_may_stand_above_and_in_a_text_box() -> None:
    above = figures(from_corpus("figures_of_many_kinds"))[2]
    assert (above.form, above.caption) == (BlockForm.LINE, "Linjer")
    (floating,) = figures(from_corpus("captions_in_text_boxes"))
    assert (floating.caption, floating.source) == ("Området från ovan", "Lantmäteriet")
    assert floating.image


def test_the_number_that_word_counts_is_the_number_of_the_figure() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.picture()
        paper.xml(sequence("Figur", 1), run(" Utan tecken efter siffran"), style="Caption")
        paper.text("Se figur 1.")

    reading = of(write)
    (figure,) = figures(reading)
    assert figure.caption == "Utan tecken efter siffran"
    assert (
        f'Se <a href="#{figure.uuid}">figur</a>.' in section(reading, "Ängsholmen").blocks[1].text
    )


def test_a_number_that_is_another_than_that_of_its_place_is_said() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.text("Se figur 3.")
        paper.picture()
        paper.caption("Figur 3. Torget")

    reading = of(write)
    assert "har nummer 3 i filen, men blir figur 1" in says(reading)
    assert "Se figur 1." in texts(reading)


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.picture()
        paper.text("Figur 1. Torget", "Figur 1 visar hur det ser ut på torget.")

    reading = of(write)
    assert [figure.caption for figure in figures(reading)] == ["Torget"]
    assert "Figur 1 visar hur det ser ut" in texts(reading)


def test_references_lead_to_their_figures_and_one_without_a_figure_is_said() -> None:
    reading = from_corpus("figures_of_many_kinds")
    (block, *_) = section(reading, "Statistik").blocks
    one, two, three, *_ = figures(reading)
    a_map = next(figure for figure in figures(reading) if figure.caption.startswith("Karta"))
    assert block.text == (
        f'<p>Se diagrammen i <a href="#{one.uuid}">figur</a>–<a href="#{two.uuid}"></a>, '
        f'(<a href="#{three.uuid}">figur</a> och 9) samt <a href="#{a_map.uuid}">karta 1</a>.</p>'
    )
    assert "hänvisar till figur 9" in says(reading)


def test_a_reference_may_be_to_a_part() -> None:
    reading = from_corpus("as_the_form")
    (figure,) = (one for one in figures(reading) if one.parts)
    said = section(reading, "Sammantagen bedömning").blocks[0].text
    assert f'syns i <a href="#{figure.parts[1].uuid}">figur</a>' in said


def test_figures_without_caption_or_image_are_kept_and_asked_about() -> None:
    reading = from_corpus("figures_of_many_kinds")
    gone = next(one for one in figures(reading) if one.caption == "Den bild som försvann")
    assert (gone.image, gone.source, gone.is_numbered) == (None, "Okänd", True)
    bare = next(one for one in figures(reading) if one.description == "Utan figurtext")
    assert (bare.caption, bare.is_numbered) == ("", False)
    assert "ingen bild som går att läsa" in says(reading)
    assert "ingen figurtext" in says(reading)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60, "EMF"),
        (b"II*\0" + b"\0" * 50, "TIFF"),
        (b"MZ\x90\0" + b"\0" * 50, "okänt format"),
        (b"\x89PNG\r\n\x1a\n", "okänt format"),
    ],
)
def test_an_image_that_cannot_be_shown_is_said_and_its_caption_stays(
    content: bytes, name: str
) -> None:
    paper = Paper()
    paper.heading("Ängsholmen")
    paper.picture(about="Kartan")
    paper.caption("Figur 1. Torget. Källa: Staden.")
    reading = read(with_image_replaced(paper.written(), content))
    (figure,) = figures(reading)
    assert (figure.image, figure.caption, figure.source) == (None, "Torget", "Staden")
    assert reading.images == {}
    assert name in says(reading)
    assert any(name in extra.label for extra in reading.document.extras)


def test_the_size_of_a_jpeg_is_read() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.picture(jpeg(50, 20))

    (figure,) = figures(of(write))
    assert figure.image
    assert (figure.image.media_type, figure.image.width, figure.image.height) == (
        "image/jpeg",
        50,
        20,
    )


def test_a_picture_on_the_title_page_is_no_figure() -> None:
    def write(paper: Paper) -> None:
        paper.title("Lägesbild Ängsholmen")
        paper.picture(about="Stadens märke")
        paper.heading("Inledning")
        paper.text("Text")

    reading = of(write)
    assert figures(reading) == []
    (kept,) = reading.document.extras
    assert (kept.label, kept.text) == ("Bild på titelsidan", "Stadens märke")


def test_a_cropped_picture_is_whole_in_the_file_and_said() -> None:
    paper = Paper()
    paper.heading("Ängsholmen")
    paper.picture()
    (fill,) = paper.document.element.body.iter("{*}blipFill")
    fill.insert(1, element('<a:srcRect l="20000"/>'))
    assert "beskuren" in says(read(paper.written()))


# Areas ---------------------------------------------------------------------------------------------


def test_the_form_of_an_area_is_read_under_its_labels() -> None:
    reading = from_corpus("as_the_form")
    area = section(reading, corpus.UNGA)
    assert (area.form, area.name, area.own) == (SectionForm.AREA, corpus.UNGA, False)
    assert area.slug == "unga-i-riskzon-for-destruktivt-beteende"
    assert area.description == "<p>Här samlas det som rör flera.</p>"
    assert area.working_together == "Skola, socialtjänst och polis"
    assert [aim.text for aim in area.aims] == ["alla ska bli sedda", "ingen ska lämnas ensam"]
    assert (area.special_measures, area.line_work) == (True, True)
    assert "Vi har mötts varje månad" in area.blocks[0].text
    assert area.blocks[1].caption == "Behöriga till gymnasiet"
    assert [one.text for one in area.results] == [
        "Två nya grupper har börjat träffas",
        "Lägret blev av",
    ]
    assert [one.text for one in area.priorities] == [
        "Öppna gården på söndagar",
        "Se över rutinen\n– med skolan",
    ]
    other = section(reading, corpus.SYSTEM)
    assert (other.special_measures, other.line_work) == (False, True)


@pytest.mark.parametrize(
    ("special", "line", "is_special", "is_line"),
    [
        (box(is_ticked=True), box(is_ticked=False), True, False),
        (old_box(is_ticked=False), old_box(is_ticked=True), False, True),
        (run("☒"), run("☐"), True, False),
        (run("[x]"), run("[ ]"), True, False),
        (run("✓"), run("□"), True, False),
    ],
)
def test_a_ticked_box_is_seen_whatever_it_is_made_of(
    special: str, line: str, is_special: bool, is_line: bool
) -> None:
    def write(paper: Paper) -> None:
        paper.heading(corpus.UNGA)
        paper.xml(special, run(f" {corpus.SPECIAL}"))
        paper.xml(line, run(f" {corpus.LINE}"))
        paper.text("Kommentar:", "Ängsholmen växer.")

    area = section(of(write), corpus.UNGA)
    assert (area.special_measures, area.line_work) == (is_special, is_line)


def test_boxes_that_cannot_be_seen_are_asked_about() -> None:
    def write(paper: Paper) -> None:
        paper.heading(corpus.UNGA)
        paper.text(corpus.SPECIAL, corpus.LINE)

    reading = of(write)
    area = section(reading, corpus.UNGA)
    assert (area.special_measures, area.line_work) == (False, False)
    assert "går inte att se vad som är i kryssat" in says(reading)


def test_an_area_may_be_a_table_with_its_boxes_as_signs_in_cells() -> None:
    reading = from_corpus("areas_in_tables")
    area = section(reading, corpus.UNGA)
    assert area.description == "<p>Unga som far illa.</p>"
    assert (area.special_measures, area.line_work) == (True, False)
    assert [one.text for one in area.results] == ["Färre bråk", "Lugnare skolgård"]
    own = section(reading, "Egna båtar")
    assert (own.own, own.slug, own.line_work) == (True, "egna-batar", True)
    assert "Båtklubben vaktar själv." in own.blocks[0].text


def test_what_the_aims_begin_with_is_kept() -> None:
    (aim,) = section(from_corpus("without_styles"), corpus.PLATSER).aims
    assert aim.text == "Säkerställa: Trygga platser"


def test_an_item_that_speaks_of_working_together_is_no_label() -> None:
    def write(paper: Paper) -> None:
        paper.heading(corpus.UNGA)
        paper.text("Prioriteringar och åtgärder 2024")
        paper.items("Förbättra samverkan för att nå fler unga.", "Fler rundor")

    area = section(of(write), corpus.UNGA)
    assert [one.text for one in area.priorities] == [
        "Förbättra samverkan för att nå fler unga.",
        "Fler rundor",
    ]


def test_priorities_for_another_year_than_the_next_are_asked_about() -> None:
    def write(paper: Paper) -> None:
        paper.heading(corpus.UNGA)
        paper.text("Prioriteringar och åtgärder 2023", "Fler rundor")

    assert "gäller 2023" in says(of(write))


def test_a_heading_is_no_area_because_it_has_a_word_of_one() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Trygghet i skolan")
        paper.heading("Resultat", 2)
        paper.text("Betygen stiger.")
        paper.heading("Otrygga platser")
        paper.text("Torget.")
        paper.heading("Prioriterade samverkansområden")
        paper.heading(corpus.PLATSER, 2)
        paper.text("Kommentar:", "Vi går rundor.")

    reading = of(write)
    areas = [
        one.heading for one, _ in sections_of(reading.document) if one.form == SectionForm.AREA
    ]
    assert areas == [corpus.PLATSER]


def test_an_area_that_stands_twice_is_kept_twice_and_asked_about() -> None:
    def write(paper: Paper) -> None:
        for words in ("Först", "Sedan"):
            paper.heading(corpus.UNGA)
            paper.text("Kommentar:", words)

    reading = of(write)
    first, second = reading.document.sections
    assert (first.own, second.own) == (False, True)
    assert "står två gånger" in says(reading)


def test_a_title_that_is_nearly_the_areas_is_asked_about() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Systemhotade brottslighet i staden")
        paper.text("Kommentar:", "Text", corpus.LINE)

    reading = of(write)
    (area,) = reading.document.sections
    assert area.slug == "systemhotande-brottslighet"
    assert area.heading == "Systemhotade brottslighet i staden"
    assert "stämmer det?" in says(reading)


# Status reports ------------------------------------------------------------------------------------


def rows(reading: ReportReading) -> dict[str, SectionDoc]:
    return {
        one.heading: one for one, _ in sections_of(reading.document) if one.form == SectionForm.AREA
    }


def test_the_tables_of_a_status_report_are_its_areas() -> None:
    reading = from_corpus("status_report")
    assert reading.document.title == "Lägesbild december 2022"
    assert reading.document.described_on == date(2022, 12, 31)
    assert [one.heading for one in reading.document.sections] == [
        "Stadsövergripande prioriterade områden",
        "Lokalt prioriterade områden",
    ]
    areas = rows(reading)
    unga, own = areas[corpus.UNGA], areas["Trygga torg"]
    assert (unga.own, own.own) == (False, True)
    assert (unga.handled_as, unga.handled_in) == (HandledAs.AREA, own.uuid)
    assert unga.handled_note.startswith("Arbetet hanteras inom ramen för")
    assert unga.blocks == ()
    (unchanged,) = areas[corpus.PLATSER].deviations
    assert (unchanged.direction, unchanged.text) == (Direction.UNCHANGED, "")
    assert areas[corpus.SYSTEM].handled_as == HandledAs.LINE_WORK
    (better,) = areas[corpus.OFFER].deviations
    assert (better.direction, better.grounds) == (Direction.BETTER, (Ground.STATISTICS,))
    (worse,) = areas["Båtstölder"].deviations
    assert worse.direction == Direction.WORSE


def test_ticked_lines_that_do_not_say_which_way_are_results() -> None:
    torg = rows(from_corpus("status_report"))["Trygga torg"]
    assert torg.deviations == ()
    assert [one.text for one in torg.results] == [
        "Gruppen träffas varje vecka",
        "Belysningen är lagad",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Positiv förändring i centrum, men negativ förändring vid stranden.",
        "Antalet anmälda brott har minskat.",
        "Läget är inte oförändrat, skriver polisen.",
    ],
)
def test_words_that_do_not_say_which_way_are_a_comment(words: str) -> None:
    def write(paper: Paper) -> None:
        paper.text("Ängsholmen 2022")
        paper.table(("Prioriterade områden", "Kommentar"), (corpus.UNGA, words))

    area = rows(of(write, kind=ReportKind.STATUS, year=2022))[corpus.UNGA]
    assert (area.deviations, area.results) == ((), ())
    assert area.blocks[0].text == f"<p>{words}</p>"


def test_the_instruction_of_the_form_is_the_reports_instruction() -> None:
    assert from_corpus("status_report").document.instruction == (
        "<p>Skriv kort vad som skiljer sig från förra året.</p>"
        "<ul><li>Gör det tillsammans med polisen</li></ul>"
    )


def test_an_area_that_is_taken_care_of_in_two_others_points_to_the_first_and_is_asked_about() -> (
    None
):
    def write(paper: Paper) -> None:
        paper.text("Ängsholmen 2022")
        paper.table(
            ("Prioriterade områden", "Kommentar"),
            (corpus.UNGA, "Hanteras inom områdena nyrekrytering och konflikter."),
            ("Nyrekrytering", "Ej förändrat"),
            ("Konflikter", "Ej förändrat"),
        )

    reading = of(write, kind=ReportKind.STATUS, year=2022)
    areas = rows(reading)
    assert areas[corpus.UNGA].handled_in == areas["Nyrekrytering"].uuid
    assert "flera områden" in says(reading)


def test_the_areas_of_a_status_report_may_stand_as_lines() -> None:
    areas = rows(from_corpus("status_without_tables"))
    assert areas[corpus.UNGA].deviations[0].direction == Direction.UNCHANGED
    platser = areas[corpus.PLATSER]
    assert platser.deviations[0].direction == Direction.WORSE
    assert "Polisen delar bilden." in platser.blocks[0].text


def test_other_districts_on_the_title_page_are_covered_too() -> None:
    strand = DistrictDoc("strandby", "Strandby", PLACE.municipality)

    def write(paper: Paper) -> None:
        paper.title("Lägesbild för Ängsholmen och Strandby")
        paper.heading("Inledning")

    assert of(write, districts=(PLACE, strand)).document.covers == (strand,)


# What is said to whoever reads it in ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Lägesbild Ängsholmen 2021", "Filen säger 2021"),
        ("Lägesbild Strandby 2023", "nämner inte Ängsholmen"),
        ("Åtgärdsplan Ängsholmen 2023", "ser ut att vara en åtgärdsplan"),
        ("Statusrapport Ängsholmen 2023", "säger att den är en statusrapport"),
    ],
)
def test_a_file_that_seems_to_be_another_is_warned_of(words: str, said: str) -> None:
    def write(paper: Paper) -> None:
        paper.title(words)
        paper.heading("Inledning")

    assert said in says(of(write))


def test_an_action_plan_is_told_by_its_tables_too() -> None:
    def write(paper: Paper) -> None:
        paper.heading("Ängsholmen")
        paper.table(("Löptid", "2023"), ("Mötesfrekvens", "ofta"), ("Sammankallande", "polisen"))

    assert "ser ut att vara en åtgärdsplan" in says(of(write))


def test_nothing_is_said_of_a_file_that_is_what_it_should_be() -> None:
    assert from_corpus("as_the_form").warnings == ()


@pytest.mark.parametrize("name", CORPUS)
def test_each_doubt_says_where(name: str) -> None:
    assert all(doubt.where and doubt.says for doubt in from_corpus(name).doubts)


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(NotAReport, match="Filen är tom"):
        read(corpus.empty())
