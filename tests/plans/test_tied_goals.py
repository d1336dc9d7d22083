"""A goal is set by an indicator: its baseline is read from it, and in the follow-up its outcome."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from plans.document import GoalDoc
from plans.editable import KINDS
from plans.edition import public
from plans.models import Goal, Plan
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from samverkan.collaboration.editing import write
from samverkan.collaboration.undoing import undo
from samverkan.indicators.models import Indicator
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan, a_round, an_action, an_agreement, settle
from tests.indicators.register import an_indicator, read_in
from tests.indicators.test_pages import words


@pytest.fixture
def plan(db: None) -> Plan:
    plan = a_plan(year=2024)
    Plan.objects.filter(pk=plan.pk).update(agreement=an_agreement(plan.district))
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def goal(plan: Plan) -> Goal:
    return an_action(plan).goals.create(text="Skadegörelsen minskar", target=Decimal(100))


@pytest.fixture
def indicator(plan: Plan) -> Indicator:
    return an_indicator(plan.district, values={"2022": 274, "2023": 180}, unit="anmälda brott")


@pytest.fixture
def anna(plan: Plan, client: Any) -> User:
    anna = a_member(Role.COORDINATOR, plan.district)
    client.force_login(anna)
    return anna


def tie(anna: User, plan: Plan, goal: Goal, indicator: Indicator) -> None:
    plan.refresh_from_db()
    typed = {"indicator": str(indicator.uuid)}
    kind = KINDS["goal"]
    write(actor=anna, work=plan, kind=kind, row=goal.uuid, typed=typed, seen=plan.version)
    goal.refresh_from_db()


def at(name: str, plan: Plan, *more: Any) -> str:
    return reverse(name, args=[plan.district.slug, plan.pk, *more])


def writing(client: Any, plan: Plan) -> str:
    answer = client.get(reverse("plan-write", args=[plan.district.slug, plan.year]))
    return b"".join(answer.streaming_content).decode()


def test_the_indicators_of_the_district_are_chosen_among(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    an_indicator(a_plan(year=2030).district, "Elsewhere")
    page = client.get(at("row", plan, "goal", goal.uuid)).content.decode()
    assert f'<option value="{indicator.uuid}">Skadegörelse (anmälda brott)</option>' in page
    assert "Elsewhere" not in page
    client.post(at("row", plan, "goal", goal.uuid), {"indicator": str(indicator.uuid), "seen": "1"})
    goal.refresh_from_db()
    assert goal.indicator == indicator.uuid
    [doc] = to_document(plan).areas[0].actions[0].goals
    assert doc.indicator == indicator.uuid
    undo(actor=anna, work=Plan.objects.get(pk=plan.pk))
    goal.refresh_from_db()
    assert goal.indicator is None


def test_a_tie_that_came_in_a_file_stays_though_it_leads_nowhere(
    client: Any, plan: Plan, goal: Goal, anna: User
) -> None:
    Goal.objects.filter(pk=goal.pk).update(indicator=uuid4())
    page = client.get(at("row", plan, "goal", goal.uuid)).content.decode()
    assert "selected>En indikator som inte finns här</option>" in page


def test_the_baseline_is_read_from_the_indicator_and_the_target_is_a_persons(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    page = writing(client, plan)
    assert "Läs ur indikatorn" in page
    client.post(at("goal-read-indicator", plan, goal.uuid), {"seen": "2"})
    goal.refresh_from_db()
    assert (goal.baseline, goal.target) == (Decimal(180), Decimal(100))
    assert goal.unit == "anmälda brott"
    page = writing(client, plan)
    assert "180 (2023)" in page
    assert "Läs ur indikatorn" not in page  # it is so already
    undo(actor=anna, work=Plan.objects.get(pk=plan.pk))
    goal.refresh_from_db()
    assert (goal.baseline, goal.unit) == (None, "")


def test_the_page_in_the_browser_is_told_what_the_chosen_indicator_says(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    answer = client.post(
        at("row", plan, "goal", goal.uuid),
        {"indicator": str(indicator.uuid), "seen": "1"},
        headers={"Accept": "application/json"},
    )
    piece = answer.json()["pieces"][f"indikator-{goal.uuid}"]
    assert "Läs ur indikatorn" in piece


def test_what_another_wrote_meanwhile_is_not_read_over(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    bertil = a_member(Role.COORDINATOR, plan.district)
    plan.refresh_from_db()
    kind = KINDS["goal"]
    typed = {"baseline": "150"}
    write(actor=bertil, work=plan, kind=kind, row=goal.uuid, typed=typed, seen=plan.version)
    said = {"seen": str(plan.version - 1)}
    answer = client.post(at("goal-read-indicator", plan, goal.uuid), said, follow=True)
    goal.refresh_from_db()
    assert goal.baseline == 150
    assert b"medan du tittade" in b"".join(answer.streaming_content)


def test_the_plans_page_says_what_the_register_says_now(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    settle(plan)
    read_in(plan.district, "Skadegörelse", {"2024": 142})
    page = reverse("plan", args=[plan.district.slug, plan.year])
    assert "Indikatorn Skadegörelse : 142 (2024)" in words(client.get(page))
    Indicator.objects.update(is_internal=True)
    assert "142 (2024)" in words(client.get(page))
    client.force_login(a_member(Role.READER, plan.district))
    assert "142 (2024)" not in words(client.get(page))


def test_the_public_edition_does_not_say_which_indicator_it_is(
    plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    [doc] = public(to_document(plan)).areas[0].actions[0].goals
    assert doc == GoalDoc(goal.uuid, "Skadegörelsen minskar", target=Decimal(100))


def round_page(client: Any, plan: Plan, round_: Any) -> str:
    return words(client.get(at("round", plan, round_.pk)))


def test_the_outcome_is_offered_and_comes_in_at_one_press(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    settle(plan)
    round_ = a_round(plan, reporting_date=date(2024, 12, 31))
    assert "Registret:" not in round_page(client, plan, round_)  # 2023 is where it began
    read_in(plan.district, "Skadegörelse", {"2024": "142.5"})
    assert "Registret: 142,5 (2024)" in round_page(client, plan, round_)
    address = at("outcome", plan, round_.pk, goal.uuid)
    client.post(address, {"value": "142,5", "seen": round_.version})
    assert round_.outcomes.get().value == Decimal("142.5")
    assert "Registret:" not in round_page(client, plan, round_)


def test_what_had_not_begun_when_the_round_describes_it_is_not_offered(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    settle(plan)
    read_in(plan.district, "Skadegörelse", {"Kv 1 2024": 40, "Kv 4 2024": 30})
    round_ = a_round(plan)  # T1: the thirtieth of April
    assert "Registret: 40 (Kv 1 2024)" in round_page(client, plan, round_)


def test_where_it_is_used_stands_with_the_indicator(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    page = words(client.get(reverse("indicator", args=[plan.district.slug, indicator.uuid])))
    assert "Åtgärdsplan 2024" in page
    assert "mål: Skadegörelsen minskar" in page
    settle(plan, PlanState.DRAFT)
    client.force_login(a_member(Role.READER, plan.district))  # who does not read the draft
    page = words(client.get(reverse("indicator", args=[plan.district.slug, indicator.uuid])))
    assert "Skadegörelsen minskar" not in page


def test_history_names_the_indicator(
    client: Any, plan: Plan, goal: Goal, indicator: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, indicator)
    page = words(client.get(at("plan-history", plan)))
    assert "Skadegörelse" in page
    assert str(indicator.uuid) not in page


@pytest.fixture
def before(plan: Plan) -> Indicator:
    """What was followed in a district that has become the plan's, before they merged."""
    old = a_district("Rinkeby-Kista", "rk")
    plan.district.predecessors.add(old)
    return an_indicator(old, "Skjutningar", values={"2021": 10, "2022": 8}, unit="per år")


def test_what_was_followed_before_the_districts_merged_is_chosen_among(
    client: Any, plan: Plan, goal: Goal, before: Indicator, anna: User
) -> None:
    hidden = an_indicator(before.district, "Hemligt", is_internal=True)
    page = client.get(at("row", plan, "goal", goal.uuid)).content.decode()
    assert f'<option value="{before.uuid}">Skjutningar, Rinkeby-Kista (per år)</option>' in page
    assert str(hidden.uuid) not in page  # she has not worked there


def test_a_baseline_from_before_the_districts_merged_is_read_and_followed(
    client: Any, plan: Plan, goal: Goal, before: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, before)
    assert "Skjutningar, Rinkeby-Kista</a> 8 (2022)" in writing(client, plan)
    client.post(at("goal-read-indicator", plan, goal.uuid), {"seen": "2"})
    goal.refresh_from_db()
    assert (goal.baseline, goal.unit) == (Decimal(8), "per år")
    settle(plan)
    page = words(client.get(reverse("plan", args=[plan.district.slug, plan.year])))
    assert "Indikatorn Skjutningar, Rinkeby-Kista : 8 (2022)" in page


def test_history_names_an_indicator_from_before_the_districts_merged(
    client: Any, plan: Plan, goal: Goal, before: Indicator, anna: User
) -> None:
    tie(anna, plan, goal, before)
    assert "Skjutningar, Rinkeby-Kista" in words(client.get(at("plan-history", plan)))
