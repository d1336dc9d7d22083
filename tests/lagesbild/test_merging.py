"""A file goes into a report: what comes in, what stands, and what somebody has to choose between."""

from msgspec.structs import replace

from lagesbild.document import (
    AimDoc,
    BlockDoc,
    PriorityDoc,
    ReportDocument,
    SectionDoc,
    SourceDoc,
    sections_of,
)
from lagesbild.merging import merged, replaced
from lagesbild.vocabulary import BlockForm, ReportKind, SectionForm
from tests.lagesbild.samples import CATALOGUE, PLACE, full, uid


def report(*sections: SectionDoc, **more) -> ReportDocument:
    return ReportDocument(ReportKind.PICTURE, PLACE, 2023, CATALOGUE, sections=sections, **more)


def section(name: str, heading: str, *blocks: BlockDoc, **more) -> SectionDoc:
    return SectionDoc(uid(name), heading, blocks=blocks, **more)


def words(name: str, said: str) -> BlockDoc:
    return BlockDoc(uid(name), text=f"<p>{said}</p>")


def area(name: str, **more) -> SectionDoc:
    return SectionDoc(uid(name), "Unga", SectionForm.AREA, slug="unga", name="Unga", **more)


HERE = report(
    section("här-inledning", "Inledning"),
    area("här-unga", working_together="Skola och polis", aims=(AimDoc(uid("h1"), "Alla ses"),)),
    sources=(SourceDoc(uid("h2"), "Brå"),),
)
FILE = report(
    section("fil-inledning", "INLEDNING", words("f1", "Det har blivit lugnare.")),
    section("fil-syfte", "Syfte", words("f2", "Att se hur det är.")),
    area(
        "fil-unga",
        working_together="Skola, polis och fritid",
        description="<p>Området rymmer tre skolor.</p>",
        aims=(AimDoc(uid("f3"), "Alla ses"), AimDoc(uid("f4"), "Ingen är ensam")),
        priorities=(PriorityDoc(uid("f5"), "Öppna gården"),),
    ),
    sources=(SourceDoc(uid("f6"), "brå"), SourceDoc(uid("f7"), "Skolverket")),
)


def test_an_empty_section_is_filled_in_and_one_that_is_lacking_comes_last():
    found = merged(HERE, FILE).document
    assert [one.heading for one in found.sections] == ["Inledning", "Unga", "Syfte"]
    assert found.sections[0].uuid == uid("här-inledning")
    assert found.sections[0].blocks[0].text == "<p>Det har blivit lugnare.</p>"


def test_an_area_gets_what_it_does_not_say_and_keeps_what_it_does():
    found = merged(HERE, FILE)
    unga = found.document.sections[1]
    assert unga.description == "<p>Området rymmer tre skolor.</p>"
    assert unga.working_together == "Skola och polis"
    assert [aim.text for aim in unga.aims] == ["Alla ses", "Ingen är ensam"]
    assert [one.text for one in unga.priorities] == ["Öppna gården"]
    (clash,) = found.clashes
    assert (clash.said.before, clash.said.after) == ("Skola och polis", "Skola, polis och fritid")
    assert found.known == 2


def test_the_words_of_the_file_go_in_where_somebody_chooses_them():
    (clash,) = merged(HERE, FILE).clashes
    unga = merged(HERE, FILE, {clash.key}).document.sections[1]
    assert unga.working_together == "Skola, polis och fritid"


def test_a_source_that_is_there_does_not_come_twice():
    assert [one.name for one in merged(HERE, FILE).document.sources] == ["Brå", "Skolverket"]


def test_an_area_that_stands_elsewhere_in_the_file_stays_where_it_is():
    deep = section("fil-områden", "Prioriterade områden", sections=(FILE.sections[2],))
    found = merged(HERE, report(deep)).document
    headings = [(depth, one.heading) for one, depth in sections_of(found)]
    assert headings == [(1, "Inledning"), (1, "Unga"), (1, "Prioriterade områden")]
    assert found.sections[1].description


def test_an_area_deep_in_the_report_is_found_by_a_file_that_has_it_outermost():
    deep = report(section("här-områden", "Områden", sections=(HERE.sections[1],)))
    found = merged(deep, report(FILE.sections[2])).document
    headings = [(depth, one.heading) for one, depth in sections_of(found)]
    assert headings == [(1, "Områden"), (2, "Unga")]
    assert found.sections[0].sections[0].description


def test_merging_a_report_with_itself_changes_nothing():
    found = merged(full(), full())
    assert found.document == full()
    assert found.clashes == []


def test_merging_once_more_changes_nothing_more():
    once = merged(HERE, FILE).document
    assert merged(once, FILE).document == once


def test_what_replaces_says_what_the_file_says_and_keeps_whose_report_it_is():
    found = replaced(HERE, replace(FILE, title="Ny rubrik", year=2019)).document
    assert [one.heading for one in found.sections] == ["INLEDNING", "Syfte", "Unga"]
    assert (found.title, found.year) == ("Ny rubrik", 2023)


def test_a_reworded_piece_under_the_same_heading_is_the_same_piece():
    """What is said about it goes on being said about it."""
    here = report(
        section(
            "h", "Inledning", words("h1", "Det är lugnt."), BlockDoc(uid("h2"), BlockForm.IMAGE)
        )
    )
    file = report(section("f", "Inledning", words("f1", "Det är lugnare än i fjol.")))
    found = replaced(here, file).document
    assert [one.uuid for one in found.sections[0].blocks] == [uid("h1")]


def test_a_row_of_the_file_never_takes_the_name_of_another_in_the_report():
    here = report(section("samma", "Inledning"))
    file = report(section("annat", "Syfte", BlockDoc(uid("samma"), text="<p>Hej</p>")))
    found = merged(here, file).document
    assert found.sections[0].uuid == uid("samma")
    assert found.sections[1].blocks[0].uuid != uid("samma")


def test_a_reference_in_the_file_follows_its_figure():
    link = f'<p>Se <a href="#{uid("f-figur")}">figur</a></p>'
    file = report(
        section(
            "f",
            "Inledning",
            BlockDoc(uid("f-text"), text=link),
            BlockDoc(uid("f-figur"), BlockForm.IMAGE, caption="Karta"),
        )
    )
    here = report(
        section("h", "Inledning", BlockDoc(uid("h-figur"), BlockForm.IMAGE, caption="Karta"))
    )
    blocks = merged(here, file).document.sections[0].blocks
    assert f'href="#{uid("h-figur")}"' in blocks[1].text
