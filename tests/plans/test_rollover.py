"""Next year's plan: what goes on goes along whole, and nothing that ends is lost from sight."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plans.difference import differences
from plans.document import CatalogueDoc, PlanDocument, validated
from plans.rollover import Carry, Choice, NewCatalogue, next_year
from plans.rows import RowKind
from plans.vocabulary import HandledAs, Layout
from tests.formats.samples import HOUSING, PARTIES, full, uid
from tests.strategies import documents

YEAR: dict[str, Any] = {"start": date(2027, 1, 1), "end": date(2027, 12, 31)}
TORGVARDAR = uid("torgvardar")


def actions(document: PlanDocument) -> list:
    return [action for area in document.areas for action in area.actions]


def rolled(*choices: Choice, of=TORGVARDAR, document=None, **changes):
    return next_year(
        document or full(),
        **YEAR | changes,
        choices=dict.fromkeys([of] if choices else [], *choices),
    )


def test_the_next_plan_is_a_first_revision_without_follow_ups():
    following = rolled().document
    assert (following.period_start, following.period_end) == (YEAR["start"], YEAR["end"])
    assert following.revision == 1
    assert following.rounds == ()
    assert following.extras == ()
    assert following.sections == full().sections
    assert following.agreement == full().agreement


def test_an_action_that_goes_on_gets_a_new_uuid_and_points_to_its_predecessor():
    before, after = full(), rolled().document
    assert [action.predecessor for action in actions(after)] == [
        action.uuid for action in actions(before)
    ]
    of_before, of_after = (
        {
            row.uuid
            for action in actions(document)
            for row in (action, *action.goals, *action.commitments)
        }
        for document in (before, after)
    )
    assert not of_before & of_after
    assert len(of_after) == len(of_before)


def test_problems_and_causes_are_the_same_next_year():
    assert [area.problems for area in rolled().document.areas] == [
        area.problems for area in full().areas
    ]
    changed = [one for one in differences(full(), rolled().document) if one.kind == RowKind.PROBLEM]
    assert changed == []


def test_an_action_that_is_closed_is_told_with_its_reason():
    result = rolled(Choice(Carry.CLOSE, " Torget byggs om. "))
    assert TORGVARDAR not in [action.predecessor for action in actions(result.document)]
    [closed] = result.closed
    assert (closed.action.uuid, closed.reason) == (TORGVARDAR, "Torget byggs om.")


def test_nothing_is_closed_without_a_reason():
    with pytest.raises(ValueError, match="Skriv varför åtgärden avslutas"):
        Choice(Carry.CLOSE, "  ")


def test_a_choice_about_an_action_that_is_not_in_the_plan_is_refused():
    with pytest.raises(ValueError, match="1 val gäller åtgärder som inte finns"):
        rolled(Choice(), of=uuid4())


def test_a_party_that_no_longer_has_a_part_is_left_out():
    parties = [party.key for party in rolled(Choice(Carry.CLOSE, "Klart")).document.parties]
    assert HOUSING.key not in parties
    assert len(rolled().document.parties) == len(PARTIES)


def test_an_action_is_split_in_two_with_one_predecessor():
    result = rolled(Choice(Carry.SPLIT))
    one, other = actions(result.document)[:2]
    assert one.predecessor == other.predecessor == TORGVARDAR
    assert one.uuid != other.uuid
    assert {goal.uuid for goal in one.goals}.isdisjoint(goal.uuid for goal in other.goals)
    looked_at = [review.uuid for review in result.to_review if "delats" in review.sentence]
    assert looked_at == [one.uuid, other.uuid]


def test_an_action_to_change_is_to_be_looked_at():
    result = rolled(Choice(Carry.CHANGE))
    assert (RowKind.ACTION, actions(result.document)[0].uuid, "Åtgärden ska ändras.") in [
        (review.row, review.uuid, review.sentence) for review in result.to_review
    ]


def test_a_paused_action_stays_and_says_so_and_is_never_late():
    paused = actions(rolled(Choice(Carry.PAUSE)).document)[0]
    assert paused.timing == (
        "Pausad 2027. Före pausen: Varje fredag och lördag, april–oktober; återkommande;"
        " 2025-04-04 – 2026-10-31; 11 möten planerade"
    )
    assert paused.ends_on is paused.starts_on is paused.timing_kind is None
    assert paused.meetings_planned is None


def test_a_pause_that_goes_on_is_said_once_and_one_that_ends_is_looked_at():
    first = rolled(Choice(Carry.PAUSE)).document
    paused = actions(first)[0]
    later = {"start": date(2028, 1, 1), "end": date(2028, 12, 31), "document": first}
    again = rolled(Choice(Carry.PAUSE), of=paused.uuid, **later).document
    assert actions(again)[0].timing == paused.timing.replace("2027", "2028")
    result = rolled(**later)
    assert "Åtgärden var pausad. Skriv när den ska göras." in [
        review.sentence for review in result.to_review
    ]


def test_a_pause_in_somebodys_own_words_keeps_them():
    document = with_timing("Pausad tills vidare. Oklart.")
    paused = actions(rolled(Choice(Carry.PAUSE), document=document).document)[0]
    assert paused.timing == "Pausad 2027. Före pausen: Pausad tills vidare. Oklart."


def test_a_pause_with_nothing_before_it():
    assert actions(rolled(Choice(Carry.PAUSE), document=with_timing("")).document)[0].timing == (
        "Pausad 2027."
    )


def with_timing(timing: str) -> PlanDocument:
    """The whole plan, with no more said of the first action's time than this."""
    area = full().areas[0]
    action = replace(
        area.actions[0],
        timing=timing,
        timing_kind=None,
        starts_on=None,
        ends_on=None,
        meetings_planned=None,
    )
    return replace(
        full(), areas=(replace(area, actions=(action, *area.actions[1:])), *full().areas[1:])
    )


def test_what_was_to_be_done_before_the_new_period_is_looked_at():
    looked_at = [review.sentence for review in rolled().to_review]
    assert looked_at == [
        "Åtgärden skulle vara klar före den nya perioden. Ändra tiden.",
        "Ett mål skulle vara nått före den nya perioden. Ändra måldatumet.",
        "Åtgärden skulle vara klar före den nya perioden. Ändra tiden.",
    ]
    later = rolled(start=date(2028, 1, 1), end=date(2028, 12, 31)).to_review
    assert later[0].sentence == "Överenskommelsen går ut före den nya perioden."


@pytest.mark.parametrize("layout", Layout)
def test_another_layout_keeps_every_field(layout):
    document = full(layout)
    other = next(one for one in Layout if one != layout)
    following = next_year(document, **YEAR, choices={}, layout=other).document
    assert following.layout == other
    back = next_year(following, **YEAR, choices={}, layout=layout).document
    assert [without_identity(action) for action in actions(back)] == [
        without_identity(action) for action in actions(document)
    ]
    assert [area.problems for area in back.areas] == [area.problems for area in document.areas]


def in_city(document: PlanDocument, *slugs: str) -> PlanDocument:
    """The same with those areas as the city's."""
    return replace(
        document,
        areas=tuple(replace(area, own=area.slug not in slugs) for area in document.areas),
    )


NEW_LIST = NewCatalogue(
    CatalogueDoc(2027, "Områden 2027"),
    {"brott": "Brottsutsatta platser", "ny": "Kriminella miljöer", "extremism": "Extremism"},
    {"platser": ["brott"], "ordningsvakter": ["brott"]},
)


def in_new_list(document=None, catalogue=NEW_LIST):
    document = document or in_city(full(), "platser", "ordningsvakter", "extremism")
    return next_year(document, **YEAR, choices={}, catalogue=catalogue)


def test_areas_stand_as_in_the_new_list_and_the_districts_own_after_them():
    following = in_new_list().document
    assert following.catalogue == NEW_LIST.doc
    assert [(area.slug, area.own) for area in following.areas] == [
        ("brott", False),
        ("ny", False),
        ("extremism", False),
        ("eget-unga", True),
    ]
    assert in_new_list().undecided == ()


def test_two_areas_become_one_with_all_that_was_said_in_either():
    result = in_new_list()
    area, platser = result.document.areas[0], full().areas[0]
    assert area.title == "Brottsutsatta platser"
    assert area.uuid == platser.uuid
    assert area.problems == platser.problems
    assert len(area.actions) == len(platser.actions)
    assert area.handled_note == "Hör ihop med bemanningen av torget."
    assert area.handled_as is None  # it was handled in what it has become
    assert [review.sentence for review in result.to_review if review.row == RowKind.AREA] == [
        "Området har blivit till av ”Otrygga platser i centrum” och ”Ordningsvakter”."
        " Läs igenom det."
    ]


def test_every_text_of_an_area_that_became_another_is_in_it():
    texts = ("overall_goal", "situation", "comment", "handled_note", "not_chosen_reason")
    document = in_city(full(), "platser", "ordningsvakter")
    platser, unga, vakter, extremism = document.areas
    said = {name: f"Vakterna: {name}" for name in texts}
    platser = replace(platser, is_internal=False, internal_reason="")
    vakter = replace(vakter, is_internal=True, internal_reason="OSL", **said)
    document = replace(document, areas=(platser, unga, vakter, extremism))
    area = in_new_list(document).document.areas[0]
    for name in texts:
        assert getattr(platser, name) in getattr(area, name)
        assert said[name] in getattr(area, name)
    assert (area.is_internal, area.internal_reason) == (True, "OSL")


def test_what_pointed_to_an_area_points_to_what_it_has_become():
    document = in_city(full(), "platser", "ordningsvakter")
    platser, unga, vakter, extremism = document.areas
    extremism = replace(extremism, handled_as=HandledAs.AREA, handled_in=vakter.uuid)
    lots = replace(unga.actions[0], also_serves=(vakter.uuid, platser.uuid))
    unga = replace(unga, actions=(lots,))
    document = replace(document, areas=(platser, unga, vakter, extremism))
    following = {area.slug: area for area in in_new_list(document).document.areas}
    assert following["extremism"].handled_in == platser.uuid
    assert following["eget-unga"].actions[0].also_serves == (platser.uuid,)


def test_a_successor_that_is_said_twice_is_one():
    catalogue = NewCatalogue(NEW_LIST.doc, NEW_LIST.areas, {"platser": ["brott", "brott"]})
    assert in_new_list(in_city(full(), "platser"), catalogue).undecided == ()


def test_a_heading_of_the_plans_own_is_kept():
    alone = in_city(full(), "platser", "extremism")
    titles = [area.title for area in in_new_list(alone).document.areas]
    assert titles[0] == "Otrygga platser i centrum"  # it was not the name
    assert titles[2] == "Extremism"


@pytest.mark.parametrize(
    ("successors", "options", "said"),
    [
        ({}, (), "har ingen motsvarighet i den nya listan."),
        ({"platser": ["borta"]}, (), "har ingen motsvarighet i den nya listan."),
        (
            {"platser": ["brott", "ny"]},
            ("Brottsutsatta platser", "Kriminella miljöer"),
            "motsvaras av flera områden i den nya listan. Välj ett.",
        ),
    ],
)
def test_what_nobody_has_decided_is_told_and_stays_as_the_districts_own(successors, options, said):
    catalogue = NewCatalogue(NEW_LIST.doc, NEW_LIST.areas, successors)
    result = in_new_list(in_city(full(), "platser"), catalogue)
    [undecided] = result.undecided
    assert (undecided.area, undecided.options) == (uid("platser"), options)
    assert undecided.sentence == f"Området ”Otrygga platser i centrum” {said}"
    area = result.document.areas[-1]
    assert (area.uuid, area.own) == (uid("platser"), True)
    assert len(area.actions) == 3


def test_an_area_that_becomes_the_districts_own_does_not_take_the_name_of_another():
    areas = full().areas
    twice = (replace(areas[0], own=False), replace(areas[1], slug="platser"), *areas[2:])
    catalogue = NewCatalogue(NEW_LIST.doc, NEW_LIST.areas)
    following = in_new_list(in_city_only_first(twice), catalogue).document
    assert sorted(area.slug for area in following.areas if area.own) == [
        "extremism",
        "ordningsvakter",
        "platser",
        "platser-2",
    ]


def in_city_only_first(areas) -> PlanDocument:
    first, *others = areas
    return replace(full(), areas=(first, *(replace(area, own=True) for area in others)))


def test_the_same_problem_in_two_areas_that_become_one_is_kept_twice():
    platser, unga, vakter, extremism = in_city(full(), "platser", "ordningsvakter").areas
    vakter = replace(
        vakter,
        problems=platser.problems,
        actions=(replace(platser.actions[0], uuid=uuid4(), also_serves=(platser.uuid,)),),
    )
    document = replace(full(), areas=(platser, unga, vakter, extremism))
    area = in_new_list(document).document.areas[0]
    assert len({problem.uuid for problem in area.problems}) == 2 * len(platser.problems)
    moved = area.actions[-1]
    assert moved.cause == area.problems[3].causes[0].uuid
    assert moved.also_serves == ()  # it is in that area now


def without_identity(action) -> dict:
    fields = {name: getattr(action, name) for name in action.__struct_fields__}
    for name in ("uuid", "predecessor"):
        del fields[name]
    nowhere = uid("nowhere")
    for name in ("goals", "commitments"):
        fields[name] = [replace(one, uuid=nowhere) for one in fields[name]]
    return fields


carried = st.sampled_from([Carry.ON, Carry.CHANGE, Carry.SPLIT, Carry.PAUSE, Carry.CLOSE])


@st.composite
def plans_with_choices(draw):
    document = draw(documents())
    return document, {
        action.uuid: Choice(draw(carried), "Klart")
        for action in actions(document)
        if draw(st.booleans())
    }


@given(chosen=plans_with_choices())
def test_every_field_of_every_action_that_goes_on_survives(chosen):
    document, choices = chosen
    result = next_year(document, **YEAR, choices=choices)
    after = actions(result.document)
    for action in actions(document):
        choice = choices.get(action.uuid, Choice()).carry
        # Another may have had the same predecessor; the goals and the words are its own.
        news = [one for one in after if one.predecessor == action.uuid]
        assert len(news) == {Carry.SPLIT: 2, Carry.CLOSE: 0}.get(choice, 1)
        for new in news:
            was, now = without_identity(action), without_identity(new)
            if choice == Carry.PAUSE:
                assert was["timing"] in now["timing"]
                for name in ("timing", "timing_kind", "starts_on", "ends_on", "meetings_planned"):
                    del was[name], now[name]
            assert now == was
    assert {closed.action.uuid for closed in result.closed} == {
        uuid for uuid, choice in choices.items() if choice.carry == Carry.CLOSE
    }


@given(chosen=plans_with_choices(), data=st.data())
def test_the_document_is_valid_whatever_the_new_list_says(chosen, data):
    document, choices = chosen
    document = replace(
        document,
        areas=tuple(replace(area, own=data.draw(st.booleans())) for area in document.areas),
    )
    slugs = ["ett", "två", *(area.slug for area in document.areas)]
    listed = data.draw(st.lists(st.sampled_from(slugs), unique=True))
    successors = {
        area.slug: data.draw(st.lists(st.sampled_from(slugs), max_size=2))
        for area in document.areas
        if data.draw(st.booleans())
    }
    catalogue = NewCatalogue(CatalogueDoc(2027, "Ny"), dict.fromkeys(listed, "Område"), successors)
    result = next_year(document, **YEAR, choices=choices, catalogue=catalogue)
    assert validated(result.document) == result.document
    carried_over = len(actions(next_year(document, **YEAR, choices=choices).document))
    assert len(actions(result.document)) == carried_over
    own = [area for area in result.document.areas if area.own]
    assert len(own) == sum(area.own for area in document.areas) + len(result.undecided)
