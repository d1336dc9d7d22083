"""Läget på en sida: one page of paper, whatever the plan."""

from dataclasses import replace as replaced

import pytest
from msgspec.structs import replace

from plans.edition import edited
from plans.vocabulary import ActionState, Layout
from plans.writing.pdf import write_picture_pdf
from samverkan.documents.standing import PUBLIC
from samverkan.edition import Edition
from tests.formats import samples
from tests.formats.pages import pages_of
from tests.formats.tagged import tags_of
from tests.formats.test_pdf import DECIDED, DRAFT, awkward, letters
from tests.formats.test_typesetting import crowded, outside
from tests.plans.following import followed_up

LONG = "Vi har inte kunnat börja eftersom lokalen saknas och ingen har sökt tjänsten. " * 6


def the_page(document, standing=DECIDED, **how):
    (page,) = pages_of(write_picture_pdf(document, standing, **how))
    return page


def endless_names(document):
    """Every name is as long as it can be, in letters that nothing breaks."""
    areas = tuple(
        replace(
            area,
            title="Område" * 33,
            actions=tuple(replace(action, name="Åtgärd" * 50) for action in area.actions),
        )
        for area in document.areas
    )
    parties = tuple(replace(party, short_name="Part" * 15) for party in document.parties)
    return replace(document, areas=areas, parties=parties)


def many_areas(document):
    area = document.areas[0]
    more = (
        replace(area, uuid=samples.uid(f"a-{n}"), slug=f"a-{n}", problems=(), actions=())
        for n in range(30)
    )
    return replace(document, areas=(*document.areas, *more))


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("actions", [1, 22, 300])
@pytest.mark.parametrize(
    "states", [[ActionState.DONE], [ActionState.NOT_DONE], list(ActionState)], ids=len
)
def test_it_is_one_page_however_large_the_plan(layout, actions, states):
    page = the_page(followed_up(samples.large(actions, layout), states, text=LONG))
    assert crowded(page) + outside(page) == []
    assert min(piece.size for piece in page.pieces) > 8.99


@pytest.mark.parametrize("change", [endless_names, many_areas])
def test_it_is_one_page_however_it_is_worded(change):
    plan = change(followed_up(samples.large(60), [ActionState.NOT_DONE], text="ö" * 2000))
    page = the_page(plan)
    assert outside(page) == []
    assert "Sida 1 av 1" in page.text


@pytest.mark.parametrize("name", awkward())
def test_it_is_one_page_however_awkward_the_plan(name):
    the_page(followed_up(awkward()[name]))


def test_what_there_is_no_room_for_is_counted_and_pointed_to():
    text = the_page(followed_up(samples.large(300), [ActionState.NOT_DONE], text=LONG)).text
    assert "Ingen av 300 åtgärder går som planerat." in text
    assert "300 behöver beslut." in text
    shown = text.count("Ej genomförd")
    assert 2 <= shown <= 6
    assert letters(f"och {300 - shown} till i åtgärdsplanen") in letters(text)


def test_a_small_plan_has_every_reason_in_its_own_words():
    plan = followed_up(samples.large(3), [ActionState.NOT_DONE], text="Lokalen saknas.")
    assert the_page(plan).text.count("Lokalen saknas.") == 3


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (samples.emptiest(), "Planen har inga åtgärder."),
        (samples.large(3), "Planen har inte följts upp än."),
    ],
)
def test_what_is_not_there_yet_is_said(document, sentence):
    assert sentence in the_page(document).text


def test_a_draft_says_so():
    assert "UTKAST" in the_page(followed_up(samples.full()), DRAFT).text


def test_the_public_reads_how_it_goes_and_not_what_was_written_between_colleagues():
    plan = edited(followed_up(samples.full(), [ActionState.NOT_DONE]), Edition.PUBLIC)
    text = the_page(plan, replaced(DECIDED, edition=PUBLIC), edition=Edition.PUBLIC).text
    assert "behöver beslut" in text
    assert "Så här har det gått" not in text
    assert "Vem har svarat" not in text
    assert "Det som är markerat som internt är utelämnat." in text


def test_each_bar_says_in_words_what_it_shows():
    plan = followed_up(samples.large(3), [ActionState.DONE, ActionState.PAUSED, ActionState.DONE])
    figures = tags_of(write_picture_pdf(plan, DECIDED)).all("Figure")
    spoken = [str(figure.entries.Alt) for figure in figures]
    assert spoken[0] == "Hela planen: 2 går som planerat, 1 vilar."
    assert "2 Prioriterat område 1: 1 vilar." in spoken


def test_the_same_plan_gives_the_same_file():
    plan = followed_up(samples.full())
    assert write_picture_pdf(plan, DECIDED) == write_picture_pdf(plan, DECIDED)
