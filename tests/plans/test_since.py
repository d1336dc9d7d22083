"""What has become of each action since the plan before."""

import pytest
from msgspec.structs import replace

from plans.rollover import Choice, next_year
from plans.since import changes
from plans.vocabulary import Carry, Since
from tests.formats.samples import full, large, uid


@pytest.fixture
def before():
    return large(6)


@pytest.fixture
def after(before):
    """The next year, with all carried on as it was."""
    return carried(before)


def carried(before, **choices):
    start = before.period_end.replace(year=before.period_end.year + 1, month=1, day=1)
    end = before.period_end.replace(year=before.period_end.year + 1)
    found = {uid(name.replace("_", "-")): choice for name, choice in choices.items()}
    return next_year(before, start=start, end=end, choices=found).document


def with_first(document, **fields):
    """The same plan, with the first action of the first area another."""
    area, *others = document.areas
    action, *rest = area.actions
    area = replace(area, actions=(replace(action, **fields), *rest))
    return replace(document, areas=(area, *others))


def first(document):
    return document.areas[0].actions[0]


def test_what_is_carried_on_as_it_was_is_not_changed(before, after):
    found = changes(before, after)
    assert {one.since for one in found.of.values()} == {Since.SAME}
    assert not found.gone


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"timing": "Hela året"}, ["Tid"]),
        ({"responsible": "Polisen", "timing": "T1"}, ["Ansvar", "Tid"]),
        ({"goals": ()}, ["Operativa mål"]),
        ({"commitments": ()}, ["Åtaganden"]),
    ],
)
def test_a_changed_action_says_what_is_another(before, after, fields, told):
    changed = with_first(after, **fields)
    change = changes(before, changed).of[first(after).uuid]
    assert change.since == Since.CHANGED
    assert sorted(change.fields) == sorted(told)
    assert sum(one.since == Since.CHANGED for one in changes(before, changed).of.values()) == 1


def test_a_new_action_is_new_also_in_a_new_area(before, after):
    new = replace(first(after), uuid=uid("ny"), predecessor=None, name="Ny", cause=None)
    area = replace(after.areas[0], uuid=uid("nytt"), slug="nytt", name="Nytt", title="Nytt")
    area = replace(area, problems=(), actions=(new,))
    found = changes(before, replace(after, areas=(*after.areas, area)))
    assert found.of[new.uuid].since == Since.NEW


def test_what_ended_is_gone(before):
    after = carried(before, action_0_0=Choice(Carry.CLOSE, "Klar."))
    assert changes(before, after).gone == {uid("action-0-0")}


def test_another_order_changes_nothing(before, after):
    area, *others = after.areas
    turned = replace(area, actions=area.actions[::-1])
    found = changes(before, replace(after, areas=(turned, *others)))
    assert {one.since for one in found.of.values()} == {Since.SAME}


def test_another_cause_is_a_change(before, after):
    moved = with_first(after, cause=None)
    assert changes(before, moved).of[first(after).uuid].fields == ["Plats i planen"]


def test_plans_written_anew_are_held_against_each_other_by_their_words():
    document = replace(full(), rounds=())
    area = document.areas[0]
    renamed = tuple(
        replace(action, uuid=uid(f"igen-{number}"), predecessor=None)
        for number, action in enumerate(area.actions)
    )
    after = replace(document, areas=(replace(area, actions=renamed), *document.areas[1:]))
    assert changes(document, after).of[uid("igen-0")].before == area.actions[0].uuid
