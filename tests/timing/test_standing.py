"""Never a false alarm: what is late, and what is not."""

from datetime import date

import pytest

from plans.timing.standing import Due, standing
from plans.timing.understanding import ENDLESS, Understood
from plans.vocabulary import ActionState, TimingKind

DUE = Understood(TimingKind.DATE, ends_on=date(2025, 6, 30))
PERIOD = Understood(TimingKind.PERIOD, date(2025, 1, 1), date(2025, 12, 31))
AFTER = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("on", "due", "reason"),
    [
        ("2025-05-30", Due.NOT_YET, "Ska vara klar senast 30 juni 2025, om 31 dagar."),
        ("2025-05-31", Due.SOON, "Ska vara klar senast 30 juni 2025, om 30 dagar."),
        ("2025-06-29", Due.SOON, "Ska vara klar senast 30 juni 2025, i morgon."),
        ("2025-06-30", Due.SOON, "Ska vara klar senast 30 juni 2025, i dag."),
        ("2025-07-01", Due.LATE, "Skulle ha varit klar senast 30 juni 2025, i går."),
        ("2025-07-02", Due.LATE, "Skulle ha varit klar senast 30 juni 2025, för 2 dagar sedan."),
    ],
)
def test_a_day_that_has_passed_is_late(on, due, reason):
    found = standing(DUE, None, date.fromisoformat(on))
    assert (found.due, found.reason) == (due, reason)
    assert found.is_late == (due is Due.LATE)


# State | a day that has passed | a period that has passed
@pytest.mark.parametrize(
    ("state", "of_day", "of_period"),
    [
        (None, Due.LATE, Due.LATE),
        (ActionState.NOT_STARTED, Due.LATE, Due.LATE),
        (ActionState.IN_PROGRESS, Due.LATE, Due.OVER),
        (ActionState.ON_PLAN, Due.LATE, Due.OVER),
        (ActionState.PARTLY_DONE, Due.LATE, Due.OVER),
        (ActionState.DONE, Due.SETTLED, Due.SETTLED),
        (ActionState.NOT_DONE, Due.SETTLED, Due.SETTLED),
        (ActionState.PAUSED, Due.SETTLED, Due.SETTLED),
        (ActionState.NO_NEED, Due.SETTLED, Due.SETTLED),
        (ActionState.ENDED, Due.SETTLED, Due.SETTLED),
    ],
)
def test_what_a_follow_up_says_decides_whether_a_time_that_has_passed_is_late(
    state, of_day, of_period
):
    assert standing(DUE, state, AFTER).due == of_day
    assert standing(PERIOD, state, AFTER).due == of_period


def test_every_state_is_in_the_table_above():
    table = test_what_a_follow_up_says_decides_whether_a_time_that_has_passed_is_late.pytestmark
    assert {row[0] for row in table[0].args[1]} == {None, *ActionState}


def test_paused_is_said_to_be_paused_and_no_need_to_be_no_need():
    assert standing(DUE, ActionState.PAUSED, AFTER).reason == "Åtgärden är pausad."
    assert standing(DUE, ActionState.NO_NEED, AFTER).reason == "Inget behov uppstod."


@pytest.mark.parametrize("kind", sorted(ENDLESS))
@pytest.mark.parametrize("state", [None, ActionState.NOT_STARTED, ActionState.IN_PROGRESS])
def test_what_has_no_end_is_never_late_even_with_a_day(kind, state):
    understood = Understood(kind, ends_on=date(2025, 6, 30), meetings_planned=11)
    assert standing(understood, state, AFTER).due is Due.ENDLESS


def test_a_time_that_is_not_understood_is_never_late():
    unknown = standing(Understood(words="Tiden är inte förstådd"), None, AFTER)
    assert (unknown.due, unknown.reason) == (Due.UNKNOWN, "Tiden är inte förstådd.")
    assert standing(Understood(), None, AFTER).reason == "Ingen tid är angiven."
    assert standing(Understood(TimingKind.PERIOD, date(2025, 1, 1)), None, AFTER).due is Due.ENDLESS
