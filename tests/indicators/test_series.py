"""What becomes of the values that come in, and which of them is the last."""

from decimal import Decimal
from uuid import uuid4

from samverkan.indicators.series import Coming, Kept, counted, measured, steps_of
from tests.indicators.register import values

KEPT = Kept(uuid4(), "Skadegörelse", values=values({"2022": 274, "2023": 180, "2024": None}))


def test_a_value_is_new_or_changed_or_the_same():
    steps = steps_of(Coming("x", values({"2022": 274, "2023": 181, "2025": 90})), KEPT)
    assert [(step.label, step.state) for step in steps.steps] == [
        ("2022", "same"),
        ("2023", "changed"),
        ("2025", "new"),
    ]
    assert (steps.changed[0].before, steps.changed[0].after) == (Decimal(180), Decimal(181))


def test_what_is_not_said_is_not_taken_away():
    steps = steps_of(Coming("x", values({"2022": 274})), KEPT)
    assert not steps.new
    assert not steps.changed


def test_the_same_year_written_otherwise_is_the_same_year():
    steps = steps_of(Coming("x", values({"2023 (till november)": 170})), KEPT)
    assert [(step.state, step.label_before, step.label) for step in steps.steps] == [
        ("changed", "2023", "2023 (till november)")
    ]


def test_a_value_that_stays_keeps_the_words_for_its_time():
    steps = steps_of(Coming("x", values({"2023*": 180})), KEPT)
    assert [(step.state, step.label) for step in steps.steps] == [("same", "2023")]


def test_nothing_measured_says_nothing():
    found = measured(["2021", "2022", "Torget"], [None, Decimal(3), Decimal(4)])
    assert [(one.label, one.value) for one in found] == [("2022", Decimal(3))]


def test_the_latest_is_the_last_that_was_measured():
    assert KEPT.newest == "180 (2023)"
    assert (
        Kept(uuid4(), "x", "procent", values=values({"2023": "60.5"})).newest
        == "60,5\u00a0% (2023)"
    )
    assert Kept(uuid4(), "x").newest == ""


def test_what_comes_in_is_counted_in_words():
    def steps(said):
        return [steps_of(Coming("x", values(said)), KEPT)]

    assert counted(steps({"2025": 1})) == "1 nytt värde"
    assert counted(steps({"2025": 1, "2026": 2})) == "2 nya värden"
    assert counted(steps({"2023": 1})) == "1 ändrat värde"
    assert counted(steps({"2023": 1, "2022": 2, "2025": 3})) == "1 nytt och 2 ändrade värden"
    assert counted(steps({"2022": 274})) == ""
