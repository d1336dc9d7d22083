"""How a goal has developed over rounds and years."""

from datetime import date
from decimal import Decimal

import pytest

from plans.development import MOST_POINTS, is_same, series_of
from plans.document import GoalDoc, OutcomeDoc, RoundDoc
from plans.vocabulary import RoundKind
from tests.formats.samples import uid


def goal(text="Tio vandringar", unit="vandringar", target=None, name="") -> GoalDoc:
    return GoalDoc(uid(name or text), text, unit, target=target and Decimal(target))


def year(number: int, *outcomes: tuple[GoalDoc, list[int | None]]):
    """A round for each outcome of the first."""
    kinds = [RoundKind.T1, RoundKind.T2, RoundKind.VB]
    months = [4, 8, 12]
    rounds = [
        RoundDoc(uid(f"{number} {kind}"), kind, f"{kind} {number}", date(number, month, 28), date(number, month, 28))
        for kind, month in zip(kinds, months, strict=True)
    ][: len(outcomes[0][1])]  # fmt: skip
    return rounds, [
        (
            one,
            [
                (round_, OutcomeDoc(one.uuid, Decimal(value)))
                for round_, value in zip(rounds, values, strict=True)
                if value is not None
            ],
        )
        for one, values in outcomes
    ]


def values(series) -> list:
    return [value for _, value, _ in series.points]


def test_the_goal_goes_on_from_one_year_to_the_next_with_the_target_it_had_then():
    (series,) = series_of(
        [year(2024, (goal(target=10), [4, 9])), year(2025, (goal(target=12, name="ny"), [5, 12]))]
    )
    assert values(series) == [4, 9, 5, 12]
    assert [target for _, _, target in series.points] == [10, 10, 12, 12]


def test_a_round_without_an_outcome_is_a_gap():
    (series,) = series_of([year(2025, (goal(), [4, None, 9]))])
    assert values(series) == [4, None, 9]
    assert "T2 2025: inget utfall" in series.description


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (goal("Tio vandringar"), goal("tio  Vandringar"), True),
        (goal("Minst 10 vandringar per år"), goal("Minst 12 vandringar varje år"), True),
        (goal("Tio vandringar"), goal("Tio vandringar", unit="personer"), False),
        (goal("Minst 10 vandringar per år"), goal("Fler vuxna på torget under helger"), False),
    ],
)
def test_the_same_goal_is_known_by_its_unit_and_its_words(one, other, same):
    assert is_same(one, other) is same


def test_two_goals_of_the_same_words_in_one_year_are_two():
    """As they are when an action has been split."""
    first, second = goal(name="ett"), goal(name="två")
    assert len(series_of([year(2025, (first, [1, 2]), (second, [3, 4]))])) == 2


def test_a_single_figure_is_no_development():
    assert series_of([year(2025, (goal(), [None, 4]))]) == []
    assert series_of([]) == []


def test_of_many_rounds_the_last_are_drawn_and_it_is_said_how_many_are_not():
    (series,) = series_of([year(number, (goal(), [1, 2, 3])) for number in range(2020, 2025)])
    assert series.first_left_out == 15 - MOST_POINTS
    assert series.svg.count("<circle") == MOST_POINTS
    assert "2020" not in series.svg


def test_words_in_a_goal_are_words():
    (series,) = series_of([year(2025, (goal("<b>1 & 2</b>"), [1, 2]))])
    assert "<b>" not in series.svg
