"""What differs between two plans is found, all of it, and nothing else is said to."""

from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID, uuid4

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from plans.difference import differences
from plans.document import NotAPlan, PlanDocument
from plans.rows import Row, RowKind, rows
from plans.vocabulary import Layout
from samverkan.document import Part, Rich
from tests.formats.samples import at, full, large, uid
from tests.strategies import documents


def told(before: PlanDocument, after: PlanDocument) -> list[str]:
    """Each difference as a line."""
    return [
        " ".join(
            filter(
                None,
                [
                    one.kind.value,
                    f"{one.title[:18]!r}",
                    "added" * one.is_added,
                    "removed" * one.is_removed,
                    f"moved to {one.moved_to.title[:12]!r}" if one.moved_to else "",
                    *(f"{field.label}: {field.before} -> {field.after}" for field in one.fields),
                ],
            )
        )
        for one in differences(before, after)
    ]


PLAN = replace(full(), rounds=())
FIRST = ("areas", 0, "actions", 0)


def test_a_changed_word_is_told_with_the_label_of_its_field():
    after = at(PLAN, *FIRST, timing="Hela året")
    assert told(PLAN, after) == [
        "action 'Torgvärdar på Tall' Tid: Varje fredag och lördag, april–oktober -> Hela året"
    ]


def test_values_are_written_as_in_the_plan():
    goal = (*FIRST, "goals", 0)
    after = at(PLAN, *goal, target=Decimal("1234.5"), target_date=None, baseline=None)
    assert told(PLAN, after) == [
        "goal 'Antalet personrån ' Utgångsläge: 29 -> "
        " Målvärde: 14,5 -> 1\u00a0234,5 Måldatum: 2026-11-30 -> "
    ]
    after = at(PLAN, "areas", 0, is_internal=False)
    assert told(PLAN, after) == ["area 'Otrygga platser i ' Internt: Ja -> Nej"]
    after = replace(PLAN, layout=Layout.ACTIVITIES)
    assert told(PLAN, after)[0].endswith("-> Aktivitetstabell (en tabell per aktivitet)")


def test_areas_that_are_pointed_to_are_named():
    after = at(PLAN, *FIRST, also_serves=(uid("unga"), uid("extremism")))
    assert told(PLAN, after) == [
        "action 'Torgvärdar på Tall' Bidrar även till: Unga i Tallbacken"
        " -> Unga i Tallbacken\nArbete mot våldsbejakande extremism"
    ]


def test_rich_text_is_compared_by_its_words():
    after = at(PLAN, "areas", 0, situation="<p>Läget är <strong>lugnt</strong>.</p>")
    [found] = differences(PLAN, after)
    [field] = found.fields
    assert field.is_rich
    assert "<" not in "".join(piece.text for piece in field.pieces)


def test_an_action_is_added_and_removed_whole():
    area = PLAN.areas[0]
    fewer = at(PLAN, "areas", 0, actions=area.actions[1:])
    assert told(PLAN, fewer) == ["action 'Torgvärdar på Tall' removed"]
    assert told(fewer, PLAN) == ["action 'Torgvärdar på Tall' added"]


def test_what_was_removed_stands_where_it_stood():
    area = PLAN.areas[0]
    after = at(PLAN, "areas", 0, actions=area.actions[1:], comment="Nytt")
    after = at(after, "areas", 0, "actions", 0, timing="I höst")
    assert [line.split()[0] for line in told(PLAN, after)] == ["area", "action", "action"]
    assert "removed" in told(PLAN, after)[1]


def test_an_action_moves_to_another_problem():
    after = at(PLAN, *FIRST, cause=None, problem=uid("problem-utan"))
    assert told(PLAN, after) == ["action 'Torgvärdar på Tall' moved to 'Olovlig körn'"]


def test_an_action_moves_to_another_area():
    action = replace(PLAN.areas[0].actions[2], name="Löfte")
    after = at(PLAN, "areas", 0, actions=PLAN.areas[0].actions[:2])
    after = at(after, "areas", 1, actions=(*PLAN.areas[1].actions, action))
    assert told(PLAN, after) == [
        "action 'Löfte' moved to 'Unga i Tallb' Namn: Medborgarlöfte om närvaro -> Löfte"
    ]


def test_a_cause_takes_its_actions_along():
    first, second, third = PLAN.areas[0].problems
    problems = (replace(first, causes=first.causes[1:]), replace(second, causes=first.causes[:1]))
    after = at(PLAN, "areas", 0, problems=(*problems, third))
    assert told(PLAN, after) == ["cause 'Få människor i rör' moved to 'Skadegörelse'"]


def test_a_new_order_is_told_of_those_that_moved():
    areas = PLAN.areas
    after = replace(PLAN, areas=(areas[3], *areas[:3]))
    assert told(PLAN, after) == ["area 'Arbete mot våldsbe' moved to ''"]


def test_the_next_year_is_held_against_this():
    """No UUID is the same: areas go by slug, what is in them by its words or its predecessor."""
    renewed = anew(PLAN)
    after = at(renewed, *FIRST, name="Torgvakter", predecessor=uid("torgvardar"))
    after = at(after, "areas", 0, "problems", 1, text="  skadegörelse i Stadsparken ")
    after = at(after, *FIRST, "goals", 0, text="Rånen ska bli färre än tio.")
    after = at(after, "areas", 0, title="Otrygga platser")
    lines = told(PLAN, after)
    assert [line.split()[0] for line in lines] == ["area", "action", "goal", "problem"]
    assert "Föregångare" not in "".join(lines)
    assert not [line for line in lines if "added" in line or "removed" in line or "moved" in line]


def test_an_area_that_is_in_another_catalogue_is_known_by_its_title():
    after = at(anew(PLAN), "areas", 0, slug="trygga-platser")
    assert told(PLAN, after) == ["area 'Otrygga platser i ' Kortnamn: platser -> trygga-platser"]


def test_within_a_plan_one_goal_instead_of_another_is_two_goals():
    goals = (replace(PLAN.areas[1].actions[0].goals[0], uuid=uid("annat"), text="Alla är med."),)
    after = at(PLAN, "areas", 1, "actions", 0, goals=goals)
    assert told(PLAN, after) == [
        "goal 'Frånvaron ska mins' removed",
        "goal 'Alla är med.' added",
    ]


def test_a_second_action_with_the_same_name_is_new():
    actions = PLAN.areas[1].actions
    again = replace(actions[0], uuid=uid("igen"))
    after = at(PLAN, "areas", 1, actions=(*actions, again))
    assert told(PLAN, after) == ["action 'Närvaroteam på hög' added"]


def anew(document: PlanDocument) -> PlanDocument:
    """The same with all UUIDs new, each for each; what stands elsewhere is what it was."""
    fresh: dict[UUID, UUID] = {}

    def renewed(value):
        if isinstance(value, UUID):
            return fresh.setdefault(value, uuid4())
        if isinstance(value, tuple):
            return tuple(map(renewed, value))
        if isinstance(value, Part):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return type(value)(
                **{
                    name: one if name in ("predecessor", "indicator") else renewed(one)
                    for name, one in fields.items()
                }
            )
        return value

    return renewed(document)


def test_a_plan_with_all_its_uuids_new_is_the_same_plan():
    assert told(PLAN, anew(PLAN)) == []


@given(document=documents())
def test_nothing_differs_from_itself(document):
    assert differences(document, document) == []


NOT_CHANGED = {"uuid", "revision", "problem", "cause", "party", "handled_in", "also_serves"}


def changed(value, kind):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next(choice for choice in type(value) if choice != value)
    if kind == Rich:
        return value + "<p>mer</p>"
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, date):
        return date(2031, 1, 1)
    if isinstance(value, Decimal):
        return value + 1
    if isinstance(value, int):
        return value + 1
    return None


@st.composite
def one_change(draw):
    """A document, the same with one field of one row changed, and which."""
    document = replace(draw(documents()), rounds=())
    row = draw(st.sampled_from(list(rows(document))))
    fields = [
        (field.name, value)
        for field in msgspec.structs.fields(type(row.part))
        if field.name not in NOT_CHANGED
        and (value := changed(getattr(row.part, field.name), field.type)) is not None
    ]
    name, value = draw(st.sampled_from(fields))
    try:
        after = substituted(document, row, {name: value})
    except NotAPlan:
        assume(False)
    # An extra has no name: which of two in the same place was changed, nobody can tell.
    for extras in (document.extras, after.extras):
        assume(
            row.kind != RowKind.EXTRA or len({(e.where, e.label) for e in extras}) == len(extras)
        )
    return document, after, row, name


def substituted(document, row: Row, changes: dict):
    """The document with that changed in the row's part, and what it is written in rebuilt."""
    if row.container is None:
        return replace(document, **changes)
    container, part = row.container.part, replace(row.part, **changes)
    for field in container.__struct_fields__:
        value = getattr(container, field)
        if value is row.part:
            return substituted(document, row.container, {field: part})
        if isinstance(value, tuple) and any(one is row.part for one in value):
            parts = tuple(part if one is row.part else one for one in value)
            return substituted(document, row.container, {field: parts})
    raise AssertionError("the row stands in nothing")


@given(change=one_change())
def test_a_single_change_is_found_and_is_the_only_one(change):
    before, after, row, name = change
    [found] = differences(before, after)
    assert (found.kind, found.before.part, found.is_moved) == (row.kind, row.part, False)
    [field] = found.fields
    assert field.field == name
    assert field.label
    assert field.before != field.after


@given(document=documents(), data=st.data())
def test_a_removed_row_is_found_and_is_the_only_one(document, data):
    kinds = {RowKind.SECTION, RowKind.ACTION, RowKind.GOAL, RowKind.COMMITMENT, RowKind.EXTRA}
    document = replace(document, rounds=())
    leaves = [row for row in rows(document) if row.kind in kinds]
    assume(leaves)
    row = data.draw(st.sampled_from(leaves))
    # Which of two that are the same in everything went away, nobody can tell.
    assume(row.kind != RowKind.EXTRA or document.extras.count(row.part) == 1)
    field = f"{row.kind.value}s"
    kept = tuple(one for one in getattr(row.container.part, field) if one is not row.part)
    after = substituted(document, row.container, {field: kept})
    [gone] = differences(document, after)
    assert gone.is_removed
    assert gone.before.part is row.part or gone.before.part == row.part
    [come] = differences(after, document)
    assert come.is_added


@given(document=documents(), data=st.data())
def test_a_row_in_another_place_is_found_and_is_the_only_one(document, data):
    document = replace(document, rounds=())
    tuples = {RowKind.PLAN: ["areas", "sections"], RowKind.AREA: ["problems", "actions"]}
    tuples |= {RowKind.PROBLEM: ["causes"], RowKind.ACTION: ["goals", "commitments"]}
    movable = [
        (row, field)
        for row in rows(document)
        for field in tuples.get(row.kind, [])
        if len(getattr(row.part, field)) > 1
    ]
    assume(movable)
    row, field = data.draw(st.sampled_from(movable))
    parts = getattr(row.part, field)
    after = substituted(document, row, {field: (*parts[1:], parts[0])})
    found = differences(document, after)
    assert [one.is_moved for one in found] == [True]
    assert found[0].moved_from.part == row.part or field == "actions"


def test_a_plan_of_three_hundred_actions_is_compared_with_its_revision():
    plan = large(300)
    after = at(plan, "areas", 2, "actions", 30, name="Något annat")
    [found] = differences(plan, after)
    assert found.title == "Något annat"
