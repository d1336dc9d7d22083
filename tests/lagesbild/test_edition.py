"""The public edition of a report: what is internal is not in it, and all that is not internal is."""

from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from lagesbild.document import (
    BlockDoc,
    PriorityDoc,
    ReportDocument,
    SectionDoc,
    read_json,
    sections_of,
)
from lagesbild.edition import POINTING, PUBLIC, edited, envelope_of, public
from lagesbild.presentation import ReportView
from lagesbild.vocabulary import BlockForm
from lagesbild.writing.json import write_json
from samverkan.document import Part, encode
from samverkan.edition import Edition
from tests.lagesbild import samples
from tests.lagesbild.planting import parts_in, planted
from tests.lagesbild.samples import uid


@pytest.mark.parametrize("make", [samples.full, samples.status])
def test_no_internal_word_is_left_and_no_other_is_lost(make):
    document, hidden, shown = planted(make())
    text = encode(public(document)).decode()
    assert hidden
    assert [word for word in hidden if word in text] == []
    # A source that only internal figures name goes with them.
    assert [word for word in shown if word not in text] == []


def every_part(kind: type = ReportDocument) -> set[type[Part]]:
    found = {kind}
    for field in msgspec.structs.fields(kind):
        for one in getattr(field.type, "__args__", (field.type,)):
            if isinstance(one, type) and issubclass(one, Part) and one not in found:
                found |= every_part(one)
    return found


def test_every_part_of_a_report_has_its_edition_declared():
    assert {BlockDoc, *every_part()} == set(PUBLIC)
    for kind, shown in PUBLIC.items():
        assert shown <= set(kind.__struct_fields__), kind


def test_a_field_that_nobody_has_declared_is_internal(monkeypatch):
    monkeypatch.setitem(PUBLIC, BlockDoc, PUBLIC[BlockDoc] - {"source"})
    left = public(samples.full())
    assert {block.source for section in left.sections for block in section.blocks} == {""}


def test_all_that_points_inside_the_report_is_looked_at():
    """A new field of the kind has to be declared, or it would lead to what is gone."""
    inside = {
        field.name
        for kind, shown in PUBLIC.items()
        for field in msgspec.structs.fields(kind)
        if UUID in getattr(field.type, "__args__", ()) and field.name in shown
    }
    assert inside - {"uuid"} == POINTING


def test_a_section_goes_with_all_that_is_in_it():
    sections = tuple(
        replace(one, is_internal=one.uuid == uid("brott")) for one in samples.full().sections
    )
    left = public(replace(samples.full(), sections=sections))
    gone = {uid("brott"), uid("droger"), uid("droger-kvall"), uid("stolder")}
    assert not gone & {getattr(part, "uuid", None) for part in parts_in(left)}


def test_a_reference_to_what_is_gone_is_plain_words_and_the_others_are_references():
    html = f"<p>Se {samples.to('handel', 'figur')} och {samples.to('stolder', 'figur')}.</p>"
    sections = (replace(samples.SAFE, blocks=(samples.text("t", html),)), samples.CRIME)
    (safe, *_) = public(replace(samples.full(), sections=sections)).sections
    stolder = f'<a href="#{uid("stolder")}">figur</a>'
    assert safe.blocks[0].text == f"<p>Se figur och {stolder}.</p>"


def test_a_reference_in_a_footnote_to_what_is_gone_is_plain_words_too():
    html = f"<p>Ord{samples.note('Se ' + samples.to('handel', 'figur') + '.')}.</p>"
    sections = (replace(samples.SAFE, blocks=(samples.text("t", html),)), samples.CRIME)
    (safe, *_) = public(replace(samples.full(), sections=sections)).sections
    assert safe.blocks[0].text == '<p>Ord<span class="fotnot">Se figur.</span>.</p>'


def test_a_priority_is_not_tied_to_a_figure_that_is_gone():
    left = {
        part.uuid: part
        for part in parts_in(public(samples.full()))
        if isinstance(part, PriorityDoc)
    }
    assert left[uid("prio-3")].figure is None
    assert left[uid("prio-1")].figure == uid("skolor")
    assert uid("prio-2") not in left


def test_an_area_is_not_handled_in_one_that_is_gone():
    areas = tuple(
        replace(one, is_internal=one.uuid == uid("unga")) for one in samples.AREAS.sections
    )
    document = replace(samples.full(), sections=(replace(samples.AREAS, sections=areas),))
    victims = next(s for s, _ in sections_of(public(document)) if s.uuid == uid("brottsoffer"))
    assert victims.handled_in is None


def test_a_figure_whose_parts_are_all_internal_is_gone():
    part = BlockDoc(uid("del"), BlockForm.IMAGE, image=samples.MAP, is_internal=True)
    whole = BlockDoc(uid("hel"), BlockForm.IMAGE, caption="Hemlig", parts=(part,))
    section = SectionDoc(uid("s"), "S", blocks=(whole, samples.THEFTS))
    left = public(replace(samples.full(), sections=(section,)))
    assert [block.uuid for block in left.sections[0].blocks] == [uid("stolder")]


def test_a_source_that_only_an_internal_figure_names_is_gone():
    names = ReportView(public(samples.full())).sources
    assert "Underrättelserapport" not in names
    assert "polisens anmälningsstatistik" in names
    assert "Öppna jämförelser" in names


def test_figures_and_footnotes_are_numbered_anew_without_gaps():
    figures = ReportView(public(samples.full())).figures
    assert [one.number for one in figures if one.number] == ["1", "2", "3", "4", "5"]


def test_the_image_of_a_figure_that_is_gone_is_in_no_envelope():
    whole = envelope_of(samples.full(), samples.IMAGES)
    assert set(whole.images) == set(samples.IMAGES)
    left = envelope_of(samples.full(), samples.IMAGES, edition=Edition.PUBLIC)
    assert set(left.images) == {samples.MAP.sha256, samples.PHOTO.sha256}


@pytest.mark.parametrize("edition", Edition)
def test_each_edition_is_written_and_read_back_whole(edition):
    written = read_json(write_json(samples.full(), samples.IMAGES, edition=edition))
    assert written.document == edited(samples.full(), edition)
    assert written.edition == edition


def test_what_is_public_stays_as_it_is_when_it_is_made_public_again():
    once = public(samples.full())
    assert public(once) == once
