"""The reports that the demonstration shows: all that a lägesbild holds, whole and true to itself."""

import json
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import asdict

from lagesbild.document import BlockDoc, SectionDoc, blocks_of, sections_of, write_json
from lagesbild.vocabulary import BlockForm, Direction, Ground, ReportKind, SectionForm
from plans.document import read_json as read_plan
from plans.vocabulary import HandledAs
from samverkan.document import Prose, Rich
from samverkan.images import clean_image
from samverkan.numbers import swedish
from samverkan.personal_data import find
from samverkan.rich import plain
from samverkan.text import clean, clean_prose, clean_rich
from tests.lagesbild.demonstration import (
    FIXTURES,
    NAMES,
    PICTURE,
    STATUS,
    document,
    envelope,
    fields,
)
from tests.lagesbild.own_words import runs, shared

NOTE = re.compile(r'<span class="fotnot">(.+?)</span>')
REFERENCE = re.compile(r'<a href="#([^"]+)">(.*?)</a>')


def organisation() -> dict:
    return json.loads((FIXTURES / "organisation.json").read_text(encoding="utf-8"))


def areas(name: str) -> list[SectionDoc]:
    return [
        section for section, _ in sections_of(document(name)) if section.form == SectionForm.AREA
    ]


def figures(name: str) -> list[BlockDoc]:
    """In the order of the text, each whole before its parts."""
    return [block for block in blocks_of(document(name)) if block.is_figure]


def numbered() -> list[BlockDoc]:
    return [
        block
        for section, _ in sections_of(document(PICTURE))
        for block in section.blocks
        if block.is_figure and block.is_numbered
    ]


def figure(number: int) -> BlockDoc:
    return numbered()[number - 1]


def rows(block: BlockDoc) -> dict[str, dict[str, Any]]:
    """The figures themselves, by series and label."""
    assert block.table
    return {
        series.name: dict(zip(block.table.labels, series.values, strict=True))
        for series in block.table.series
    }


def marked(name: str) -> list:
    """Every part that may be internal."""
    report = document(name)
    sections = [section for section, _ in sections_of(report)]
    parts = [part for it in sections for part in (*it.results, *it.priorities, *it.deviations)]
    return [*sections, *parts, *blocks_of(report)]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_as_the_format_writes_it(name: str) -> None:
    written = (FIXTURES / "reports" / f"{name}.json").read_bytes()
    assert write_json(envelope(name)) == written


@pytest.mark.parametrize(
    ("name", "kind", "district", "year", "catalogue"),
    [
        (PICTURE, ReportKind.PICTURE, "jarva", 2023, 2024),
        (STATUS, ReportKind.STATUS, "spanga-tensta", 2022, 2019),
    ],
)
def test_it_is_about_districts_parties_and_areas_that_the_demonstration_has(
    name: str, kind: ReportKind, district: str, year: int, catalogue: int
) -> None:
    report = document(name)
    assert (report.kind, report.district.slug, report.year) == (kind, district, year)
    city = organisation()
    districts = {data["slug"]: data for data in city["districts"]}
    for place in (report.district, *report.covers):
        assert (place.name, place.municipality) == (
            districts[place.slug]["name"],
            city["municipality"]["name"],
        )
    parties = {(data["slug"], data["name"]) for data in districts[district]["parties"]}
    assert {(party.key, party.name) for party in report.parties} <= parties
    (of_the_city,) = (data for data in city["catalogues"] if data["year"] == catalogue)
    assert (report.catalogue.year, report.catalogue.name) == (catalogue, of_the_city["name"])
    assert {(area.slug, area.name) for area in areas(name) if not area.own} == {
        (area["slug"], area["name"]) for area in of_the_city["areas"]
    }


def test_the_lagesbild_has_all_that_a_lagesbild_has() -> None:
    report = document(PICTURE)
    assert len(report.sources) == 12
    assert [section.form for section, _ in sections_of(report)].count(SectionForm.SOURCES) == 1
    assert len(numbered()) == 11
    assert len(NOTE.findall(" ".join(str(value) for _, value in fields(report)))) == 4
    assert [area.own for area in areas(PICTURE)] == [False] * 5
    maps = [block for block in figures(PICTURE) if block.form == BlockForm.IMAGE]
    assert [block.is_numbered for block in maps] == [False, False, True]
    assert figure(2).form == BlockForm.IMAGE
    assert [part.caption for part in figure(3).parts] == ["År 2022", "År 2021"]
    young = areas(PICTURE)[0]
    assert [block for block in young.blocks if block.is_figure] == [figure(10), figure(11)]


@pytest.mark.parametrize("form", sorted(set(BlockForm) - {BlockForm.TEXT}))
def test_every_form_of_figure_is_shown(form: BlockForm) -> None:
    assert form in {block.form for block in figures(PICTURE)}


def test_every_area_of_the_lagesbild_is_filled_in() -> None:
    for area in areas(PICTURE):
        assert area.description, area.heading
        assert area.blocks, area.heading
        assert area.special_measures, area.heading
        assert area.priorities, area.heading
    assert any(area.line_work for area in areas(PICTURE))
    assert any(not area.line_work for area in areas(PICTURE))
    without = [area.slug for area in areas(PICTURE) if not (area.aims and area.results)]
    assert without == [
        "sarskilt-utsatta-och-sarbara-brottsoffer"
    ]  # each part of an area is optional


def test_the_status_report_goes_through_ten_citywide_and_four_local_areas() -> None:
    citywide, local = document(STATUS).sections
    assert len(citywide.sections) == 10
    assert len(local.sections) == 4
    assert {area.handled_as for area in citywide.sections} == set(HandledAs)
    for area in citywide.sections:
        assert not area.own
        assert area.handled_in in {it.uuid for it in local.sections} or area.handled_note
    for area in local.sections:
        assert area.own
        assert area.deviations, area.heading
    assert document(STATUS).instruction


def test_each_deviation_says_how_one_knows_and_who_was_asked() -> None:
    deviations = [deviation for area in areas(STATUS) for deviation in area.deviations]
    assert {it.direction for it in deviations} == {Direction.BETTER, Direction.UNCHANGED}
    for deviation in deviations:
        assert deviation.text or deviation.direction == Direction.UNCHANGED
        assert deviation.grounds == (Ground.LOCAL,)
        assert "polis" in deviation.consulted
        assert str(deviation.consulted_on) <= str(document(STATUS).described_on)


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_points_to_something_that_stands_in_the_report(name: str) -> None:
    report = document(name)
    numbers = {block.uuid for block in figures(name) if block.is_numbered}
    sections = {section.uuid for section, _ in sections_of(report)}
    hidden = {part.uuid for part in marked(name) if part.is_internal}
    found = 0
    for section, _ in sections_of(report):
        for block in section.blocks:
            for target, words in REFERENCE.findall(block.text):
                found += 1
                # The words of one to a figure go on with its number, those to a section do not.
                assert UUID(target) in (numbers if words in ("", "figur") else sections)
                assert block.is_internal or UUID(target) not in hidden, plain(block.text)
        for priority in section.priorities:
            assert priority.figure is None or priority.figure in numbers
            assert priority.is_internal or priority.figure not in hidden
    assert bool(found) == (name == PICTURE)


def test_every_numbered_figure_is_spoken_of_in_the_text() -> None:
    texts = " ".join(block.text for block in blocks_of(document(PICTURE)))
    assert {UUID(target) for target, _ in REFERENCE.findall(texts)} >= {
        block.uuid for block in numbered()
    }


def test_what_has_led_to_a_result_is_an_action_in_the_plans_of_the_year() -> None:
    actions = {
        action.uuid
        for district in ("rinkeby-kista", "spanga-tensta")
        for area in read_plan(
            (FIXTURES / "plans" / f"{district}-2022.json").read_bytes()
        ).document.areas
        for action in area.actions
    }
    led_to = {result.action for area in areas(STATUS) for result in area.results} - {None}
    assert led_to
    assert led_to <= actions


def test_every_image_is_there_with_words_for_whoever_does_not_see_it() -> None:
    images = [block for block in figures(PICTURE) if block.form == BlockForm.IMAGE]
    assert set(envelope(PICTURE).images) == {block.image.sha256 for block in images}
    for block in images:
        assert block.image
        content = envelope(PICTURE).images[block.image.sha256]
        # As the product itself makes a picture that somebody sends, with nothing said beside it.
        made = clean_image(content, "karta.png")
        assert made.content == content
        assert (made.media_type, made.width, made.height) == (
            block.image.media_type,
            block.image.width,
            block.image.height,
        )
        assert len(content) < 60_000
        assert len(block.description) > 100


def test_every_figure_says_what_it_shows_in_what_unit_and_where_that_comes_from() -> None:
    names = {source.name for source in document(PICTURE).sources}
    for block in figures(PICTURE):
        assert block.caption
        assert block.description, block.caption
        assert bool(block.table) == (block.form != BlockForm.IMAGE and not block.parts)
        assert bool(block.unit) == (block.form != BlockForm.IMAGE), block.caption
        assert not block.source or block.source in names, block.caption
    for block in numbered():
        assert block.source or "enligt" in block.caption, block.caption
        # Nobody is to take a figure of the demonstration for one of Järva.
        assert "påhittade" in block.caption or "schematisk" in block.caption, block.caption


@pytest.mark.parametrize(
    "block", [it for it in figures(PICTURE) if it.table], ids=lambda it: it.caption
)
def test_the_description_of_a_chart_says_its_first_and_last_value(block: BlockDoc) -> None:
    said = re.findall(r"\d+(?:\u00a0\d{3})*(?:,\d+)?", block.description)
    for name, values in rows(block).items():
        known = [value for value in values.values() if value is not None]
        assert {swedish(known[0]), swedish(known[-1])} <= set(said), name


def test_the_figures_agree_with_what_the_text_says_of_them() -> None:
    killed = list(rows(figure(1))["Avlidna"].values())
    assert killed[-1] == 0
    assert round(1 - sum(killed[-2:]) / sum(killed[-4:-2]), 2) == Decimal("0.65")

    by_crime = {
        part.caption[-4:]: sum(rows(part)[part.caption[-4:]].values()) for part in figure(3).parts
    }
    years = {
        year: sum(series[year] for series in rows(figure(4)).values())
        for year in figure(4).table.labels
    }
    assert by_crime == {year: years[year] for year in ("2022", "2021")}
    for year in ("2020", "2022"):
        assert swedish(years[year]) in figure(4).description
    for series in (years, *rows(figure(4)).values()):
        assert all(later < earlier for earlier, later in pairwise(series.values()))

    (scenes,) = (block for block in figures(PICTURE) if block.form == BlockForm.TABLE)
    assert [sum(series.values()) for series in rows(scenes).values()] == [7, 6]

    for number in (5, 6):
        for series in rows(figure(number)).values():
            assert series["2023"] > series["2021"]
    since = {name: series["2023"] - series["2018"] for name, series in rows(figure(7)).items()}
    assert [name for name, change in since.items() if change < 0] == ["Spånga", "Tensta"]
    assert since["Tensta"] < since["Spånga"]

    places = rows(figure(8))
    assert next(iter(places["Järva"].values())) == max(places["Järva"].values())
    for place in ("Parkeringsplats", "Garage", "Trapphus och soprum"):
        assert places["Järva"][place] > places["Hela staden"][place]

    fifth, eighth = rows(figure(9)).values()
    assert fifth["2023"] > fifth["2022"]
    assert eighth["2022"] > eighth["2023"] > eighth["2021"]

    districts = rows(figure(10)).values()
    assert all(abs(series["2023"] - series["2022"]) <= 1 for series in districts)
    first, last = ([series[year] for series in districts] for year in ("2018", "2023"))
    assert max(last) - min(last) < max(first) - min(first)

    public, independent = rows(figure(11)).values()
    assert independent["2023"] - public["2023"] < independent["2018"] - public["2018"]


def test_what_is_internal_says_why_and_what_is_not_has_nothing_to_hide() -> None:
    internal = [part for part in marked(PICTURE) if part.is_internal]
    assert {type(part).__name__ for part in internal} == {"BlockDoc", "PriorityDoc"}
    for part in marked(PICTURE):
        assert bool(part.internal_reason) == part.is_internal
    hidden = (
        "Dragongränd Hällbybacken Nordkapsgatan Sibeliusgången Risingeplan D-aktörer B- C-aktörer"
    )
    for part in marked(PICTURE):
        if part.is_internal or isinstance(part, SectionDoc):
            continue
        words = json.dumps(asdict(part), default=str, ensure_ascii=False)
        assert not [word for word in hidden.split() if word in words], words
    assert figure(2).is_internal


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_clean_and_names_nobody(name: str) -> None:
    for field, value in fields(document(name)):
        if type(value) is not str:
            continue
        if field.type == Rich:
            assert value == clean_rich(value)
        elif field.type == Prose:
            assert value == clean_prose(value)
        else:
            assert value == clean(value)
        assert not find(plain(value)), value


def test_words_that_are_somebody_elses_are_found() -> None:
    """The texts of the districts lie beside the checkout; .ci/run compares with them."""
    report = document(PICTURE)
    text = next(block.text for block in blocks_of(report) if block.text)
    taken = " ".join(plain(text).split()[3:8])
    assert shared(report, f"Så står det: {taken}.") == runs(taken)
    assert not shared(report, " ".join(taken.split()[:4]))
