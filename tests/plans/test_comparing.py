"""Skillnader: two plans, or one as it was and as it is, so that a person can read what differs."""

import re

import pytest
from django.urls import reverse
from msgspec.structs import replace

from plans.comparing import compared
from plans.editable import KINDS
from plans.models import Action, Approval, Commitment, Plan
from plans.services.loading import to_document
from plans.services.versions import as_of
from plans.vocabulary import ActionState, PlanState
from samverkan.collaboration import structure
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_party, a_plan, police_of
from tests.formats.samples import full
from tests.plans.rows import fresh
from tests.plans.test_history import put, take_away, words_of
from tests.plans.test_roll_over import follow_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(plan):
    return a_member(Role.COORDINATOR, plan.district)


def look(client, user, plan, **asked):
    client.force_login(user)
    return client.get(reverse("plan-differences", args=[plan.district.slug]), asked)


def test_since_a_version_shows_what_has_changed_after_it(plan, chain, anna, client):
    put(anna, plan, chain.action, timing="Hela året")
    since = fresh(plan).version
    put(anna, plan, chain.action, responsible="Polisen")
    take_away(anna, plan, chain.other)
    page = look(client, anna, plan, till=plan.pk, sedan=since)
    words = words_of(page)
    assert "Ändrat Åtgärden Nattvandring Ansvar Före Tomt Efter tillagt: Polisen" in words
    assert "Borttaget Åtgärden Bättre belysning" in words
    assert "Hela året" not in words  # that was before
    assert "1 borttagen, 1 ändrad" in words


def test_the_plan_as_it_was_is_the_plan_that_was(plan, chain, anna):
    first = to_document(fresh(plan))
    put(anna, plan, chain.action, timing="Hela året")
    second, version = to_document(fresh(plan)), fresh(plan).version
    take_away(anna, plan, chain.problem, "problem")
    assert as_of(fresh(plan), 1) == first
    assert as_of(fresh(plan), version) == second
    assert as_of(fresh(plan), None) == to_document(fresh(plan))


def test_a_party_that_is_in_the_plan_no_more_was_there_then(plan, chain, anna):
    partner = a_party(plan.district, name="Bostadsbolaget")
    elsewhere = a_party(None, name="Trafikkontoret")
    for party in (partner, elsewhere):
        Commitment.objects.create(action=chain.action, party=party, text="Vi deltar.")
    before, seen = to_document(fresh(plan)), fresh(plan).version
    take_away(anna, plan, chain.action)
    assert as_of(fresh(plan), seen) == before
    assert "Bostadsbolaget" in {party.name for party in before.parties}


def test_what_was_followed_up_after_an_action_was_added_is_no_hindrance(plan, chain, anna):
    structure.add(
        actor=anna,
        work=fresh(plan),
        kind=KINDS["action"],
        under=(KINDS["area"], plan.areas.get(position=0).uuid),
        typed={"name": "Ny åtgärd"},
    )
    follow_up(plan, Action.objects.get(name="Ny åtgärd"), ActionState.DONE)
    assert "Ny åtgärd" not in str(as_of(fresh(plan), 1))


def test_a_turn_is_there_whole_or_not_at_all(plan, chain, anna):
    before = to_document(fresh(plan))
    take_away(anna, plan, chain.problem, "problem")  # several rows in one turn
    turn = plan.changes.last().turn
    assert plan.changes.last().number > turn
    assert as_of(fresh(plan), turn) == to_document(fresh(plan))
    assert as_of(fresh(plan), turn - 1) == before


def test_what_the_police_approved_can_be_chosen_by_its_day(plan, chain, anna, client):
    put(anna, plan, chain.action, timing="Hela året")
    Approval.objects.create(
        plan=plan,
        party=police_of(plan.district),
        answer=Approval.Answer.APPROVED,
        content_hash="x",
        version=fresh(plan).version,
        by=anna,
    )
    put(anna, plan, chain.action, timing="Maj")
    page = look(client, anna, plan)
    offered = re.findall(r'value="(\d+:\d+)"[^>]*>[^<]*som Polisen godkände', page.content.decode())
    [value] = set(offered)
    words = words_of(look(client, anna, plan, fran=value, till=plan.pk))
    assert "borttaget: Hela året" in words
    assert "tillagt: Maj" in words
    assert "T1 och T2" not in words


def test_two_years_are_compared_and_the_year_before_is_what_one_is_asked_about(
    plan, chain, anna, client
):
    later = a_plan(plan.district, 2027, agreement=plan.agreement)
    structure.add(
        actor=anna,
        work=fresh(later),
        kind=KINDS["problem"],
        under=(KINDS["area"], later.areas.get(position=0).uuid),
        typed={"text": "Nytt torg"},
    )
    words = words_of(look(client, anna, plan, till=later.pk))
    assert "Från Åtgärdsplan 2026 (utkast) till Åtgärdsplan 2027 (utkast)" in words
    assert "Tillagt Problemet Nytt torg" in words
    assert "Borttaget Problemet Otrygghet vid torget" in words
    # Whole: with what hung on it.
    assert "Nattvandring" in words


def test_a_plan_that_one_may_not_read_is_not_compared(plan, chain, client):
    draft = a_plan(plan.district, 2027)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    reader = a_member(Role.READER, plan.district)
    assert look(client, reader, plan, fran=plan.pk, till=draft.pk).status_code == 403
    elsewhere = a_plan(a_district(), 2026)
    assert look(client, reader, plan, till=elsewhere.pk).status_code == 404
    assert f'value="{draft.pk}"' not in look(client, reader, plan).content.decode()


def test_who_reads_only_what_was_decided_never_sees_what_stood_in_the_draft(
    plan, chain, anna, client
):
    put(anna, plan, chain.action, timing="Hemligt utkast")
    put(anna, plan, chain.action, timing="Hela året")
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    reader = a_member(Role.READER, plan.district)
    assert look(client, reader, plan, till=plan.pk, sedan=2).status_code == 403
    assert look(client, reader, plan, fran=f"{plan.pk}:2", till=plan.pk).status_code == 403
    assert look(client, anna, plan, till=plan.pk, sedan=2).status_code == 200


@pytest.mark.parametrize("asked", [{"till": "x"}, {"till": "1:y"}, {"fran": "0"}])
def test_an_address_that_makes_no_sense_finds_nothing(asked, plan, anna, client):
    assert look(client, anna, plan, **asked).status_code == 404


def test_the_same_twice_says_so(plan, anna, client):
    words = words_of(look(client, anna, plan, fran=plan.pk, till=plan.pk))
    assert "Välj två olika planer." in words or "bara en plan" in words


def test_everything_that_a_row_said_comes_and_goes_with_it():
    document = full()
    # An action of another area, and one that is handled in it, point to it no more.
    areas = tuple(
        replace(
            area,
            handled_as=None if area.handled_in else area.handled_as,
            handled_in=None,
            actions=tuple(replace(action, also_serves=()) for action in area.actions),
        )
        for area in document.areas[1:]
    )
    comparison = compared(document, replace(document, areas=areas, rounds=()))
    gone = next(entry for entry in comparison.entries if entry.difference.is_removed)
    said = " ".join(line.text for line in gone.lines)
    area = document.areas[0]
    for problem in area.problems:
        assert problem.text in said
        assert all(cause.text in said for cause in problem.causes)
    for action in area.actions:
        assert action.description in said
        assert all(goal.text in said for goal in action.goals)
        assert all(commitment.text in said for commitment in action.commitments)
