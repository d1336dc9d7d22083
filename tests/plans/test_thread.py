"""En åtgärds tråd: what was planned and done each year, and what became of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Action, FollowUpRound, Goal, Outcome, Plan
from plans.rollover import Choice
from plans.services.rollover import Following, roll_over
from plans.vocabulary import ActionState, Carry, PlanState, RoundKind
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_district,
    a_member,
    a_plan,
    administration_of,
    an_action,
)
from tests.plans.test_history import words_of
from tests.plans.test_roll_over import follow_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(plan):
    return a_member(Role.COORDINATOR, plan.district)


@pytest.fixture
def walks(plan):
    action = an_action(
        plan, administration_of(plan.district), name="Nattvandring", timing="Varje fredag"
    )
    Goal.objects.create(action=action, text="Tjugo vandringar")
    return action


def next_plan(anna, plan, year, action, carry=Carry.ON, reason=""):
    following = Following(
        date(year, 1, 1),
        date(year, 12, 31),
        plan.layout,
        plan.catalogue,
        plan.agreement,
        choices={action.uuid: Choice(carry, reason)},
    )
    return roll_over(actor=anna, plan=plan, following=following)


def look(client, user, plan, action, status=200):
    client.force_login(user)
    response = client.get(reverse("action-thread", args=[plan.district.slug, action.uuid]))
    assert response.status_code == status
    return words_of(response)


def carried(plan):
    return Action.objects.get(area__plan=plan)


def test_each_year_says_what_was_planned_what_was_done_and_what_became_of_it(
    plan, anna, walks, client
):
    follow_up(plan, walks, ActionState.PARTLY_DONE, text="Tolv vandringar gjordes.")
    second = next_plan(anna, plan, 2027, walks)
    third = next_plan(anna, second, 2028, carried(second), Carry.CLOSE, "Torget byggs om.")
    assert not Action.objects.filter(area__plan=third).exists()
    # From whichever year one comes.
    for action in (walks, carried(second)):
        words = look(client, anna, plan, action)
        told = ["2026", "Varje fredag", "Tjugo vandringar", "Tolv vandringar gjordes."]
        told += ["Fortsatte i planen för 2027.", "Inget är uppföljt.", "Avslutades."]
        told += ["Den finns inte i planen för 2028.", "Torget byggs om."]
        places = [words.index(text, words.index("Utkast")) for text in told[1:]]
        assert places == sorted(places)


def test_an_action_that_was_split_goes_on_as_both(plan, anna, walks, client):
    second = next_plan(anna, plan, 2027, walks, Carry.SPLIT)
    one, other = Action.objects.filter(area__plan=second)
    Action.objects.filter(pk=other.pk).update(name="Vandring vid skolan")
    words = look(client, anna, plan, one)
    assert "Delades i två i planen för 2027." in words
    assert "Vandring vid skolan" in words


def test_a_pause_is_told(plan, anna, walks, client):
    next_plan(anna, plan, 2027, walks, Carry.PAUSE)
    assert "Pausades i planen för 2027." in look(client, anna, plan, walks)


def test_what_came_from_a_file_is_followed_by_its_predecessor(plan, anna, walks, client):
    later = a_plan(plan.district, 2027)
    an_action(later, name="Nattvandring", predecessor=walks.uuid)
    assert "Fortsatte i planen för 2027." in look(client, anna, plan, walks)


def test_what_happens_in_a_draft_is_not_told_to_who_may_not_read_it(plan, anna, walks, client):
    second = next_plan(anna, plan, 2027, walks, Carry.CLOSE, "Ännu inte bestämt.")
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    reader = a_member(Role.READER, plan.district)
    words = look(client, reader, plan, walks)
    assert "Nattvandring" in words
    assert "Ännu inte bestämt." not in words
    Plan.objects.filter(pk=second.pk).update(state=PlanState.DECIDED)
    assert "Ännu inte bestämt." in look(client, reader, plan, walks)


def test_the_thread_goes_back_into_the_district_that_was(plan, anna, walks, client):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    merged = a_district("Sammanslaget", "sammanslaget")
    merged.predecessors.add(plan.district)
    later = a_plan(merged, 2027)
    action = an_action(later, name="Nattvandring", predecessor=walks.uuid)
    words = look(client, a_member(Role.COORDINATOR, merged), later, action)
    assert "Varje fredag" in words


def test_another_districts_action_is_not_here(plan, walks, client):
    other = a_plan(a_district(), 2026)
    look(client, a_member(Role.COORDINATOR, other.district), other, walks, status=404)


def test_a_revision_is_not_another_year(plan, anna, walks, client):
    revision = a_plan(plan.district, 2026, revision=2)
    an_action(revision, name="Nattvandring, ändrad", uuid=walks.uuid)
    words = look(client, anna, plan, walks)
    assert words.count("Planerat") == 1
    assert "Nattvandring, ändrad" in words


def test_many_years_ask_no_more_questions_than_one(plan, anna, walks, client):
    def asked(action):
        look(client, anna, plan, action)  # what is cached in the process, is
        with CaptureQueriesContext(connection) as queries:
            look(client, anna, plan, action)
        return len(queries)

    follow_up(plan, walks, ActionState.DONE)
    last = next_plan(anna, plan, 2027, walks)
    few = asked(walks)
    for year in range(2028, 2034):
        last = next_plan(anna, last, year, carried(last))
    assert asked(walks) == few


def test_the_plan_leads_to_earlier_years(plan, anna, walks, client):
    second = next_plan(anna, plan, 2027, walks)
    client.force_login(anna)
    page = client.get(reverse("plan", args=[plan.district.slug, 2027])).content.decode()
    assert reverse("action-thread", args=[plan.district.slug, carried(second).uuid]) in page


def test_the_development_of_a_goal_is_drawn_through_the_years(plan, anna, walks, client):
    goal = Goal.objects.get(action=walks)
    Goal.objects.filter(pk=goal.pk).update(unit="vandringar", target=20)
    follow_up(plan, walks, ActionState.PARTLY_DONE)
    second = next_plan(anna, plan, 2027, walks)
    assert "Utveckling" not in look(client, anna, plan, walks)
    measure(plan, goal, 12)
    measure(second, Goal.objects.get(action=carried(second)), 21)
    words = look(client, anna, plan, walks)
    assert "VB: 12 (målvärde 20); VB: 21 (målvärde 20)" in words


def measure(plan, goal, value):
    round_, _ = FollowUpRound.objects.get_or_create(
        period=plan.period,
        name="VB",
        defaults={
            "kind": RoundKind.VB,
            "reporting_date": date(plan.year, 12, 31),
            "due_date": date(plan.year + 1, 1, 31),
        },
    )
    Outcome.objects.create(round=round_, goal=goal.uuid, value=value)
