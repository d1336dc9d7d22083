"""What waits for whom on the start page, and when it does not wait any more."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Approval, FollowUp, FollowUpRound, LateAnswer, Plan
from plans.services.loading import to_document
from plans.vocabulary import ActionState, PlanState, RoundKind
from plans.waiting import current, plans_in, waiting_for
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.waiting import Task
from tests.factories import (
    a_district,
    a_member,
    a_party,
    a_plan,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)

pytestmark = pytest.mark.django_db

REPLY_BY = date(2026, 3, 14)
APPROVE = "Godkänn planen, eller återsänd den"
REPLY = "Gå igenom er del av planen"
DRAFT = "Skriv klart utkastet och skicka det på samråd"
CONSULTATION = "Följ samrådet om planen"
FOLLOW_UP = "Svara i uppföljningen T1"


@pytest.fixture
def district():
    return a_district("Järva", "jarva")


def tasks_of(user: User) -> list[Task]:
    user.__dict__.pop("standing", None)
    districts = [membership.district for membership in user.standing if membership.district]
    return waiting_for(user, plans_in(user, districts))


def asked(user: User) -> list[str]:
    return [task.what for task in tasks_of(user)]


def in_consultation(district, *parties, year=2026) -> Plan:
    plan = a_plan(district, year, state=PlanState.CONSULTATION, reply_by=REPLY_BY)
    an_action(plan, *parties)
    return plan


def followed_up(district, *parties, year=2026, actions=1, **fields) -> tuple[Plan, FollowUpRound]:
    plan = a_plan(district, year)
    for _ in range(actions):
        an_action(plan, *parties)
    settle(plan)
    times = {"opened_at": datetime(year, 4, 14, tzinfo=UTC)} | fields
    round_ = FollowUpRound.objects.create(
        period=plan.period,
        kind=RoundKind.T1,
        name="T1",
        reporting_date=date(year, 4, 30),
        due_date=date(year, 5, 9),
        **times,
    )
    return plan, round_


def answer(plan: Plan, by: User, what=Approval.Answer.APPROVED, **fields) -> Approval:
    fields.setdefault("content_hash", to_document(plan).content_hash())
    party = by.standing[0].party
    assert party
    return Approval.objects.create(plan=plan, party=party, by=by, answer=what, **fields)


# To approve ---------------------------------------------------------------------------------------


def test_a_manager_of_a_main_party_is_asked_to_approve_with_the_date(district):
    plan = in_consultation(district)
    (task,) = tasks_of(a_member(Role.MANAGER, district, police_of(district)))
    assert (task.what, task.work, task.due) == (APPROVE, plan, REPLY_BY)
    assert task.party == police_of(district)
    assert task.address([plan]) == "/jarva/2026/atgardsplan/"


@pytest.mark.parametrize(
    ("what", "reason"), [(Approval.Answer.APPROVED, ""), (Approval.Answer.RETURNED, "Läs om.")]
)
def test_who_has_answered_is_not_asked_again(what, reason, district):
    plan = in_consultation(district)
    chef = a_member(Role.MANAGER, district, police_of(district))
    answer(plan, chef, what, reason=reason)
    assert asked(chef) == []


def test_a_change_asks_the_manager_anew(district):
    plan = in_consultation(district)
    chef = a_member(Role.MANAGER, district, police_of(district))
    answer(plan, chef)
    an_action(plan)
    assert asked(chef) == [APPROVE]


def test_one_partys_yes_is_not_the_others(district):
    plan = in_consultation(district)
    answer(plan, a_member(Role.MANAGER, district, police_of(district)))
    assert asked(a_member(Role.MANAGER, district, administration_of(district))) == [APPROVE]


def test_who_leads_a_partner_is_not_asked_to_approve(district):
    partner = a_party(district)
    an_agreement(district)
    in_consultation(district, partner)
    assert asked(a_member(Role.MANAGER, district, partner)) == []


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.DECIDED, PlanState.CLOSED])
def test_nothing_is_approved_but_on_consultation(state, district):
    a_plan(district, state=state)
    assert asked(a_member(Role.MANAGER, district, police_of(district))) == []


# To reply -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR])
def test_who_writes_for_a_party_in_the_plan_is_asked_to_read_its_part(role, district):
    party = police_of(district) if role == Role.EDITOR else a_party(district)
    plan = in_consultation(district, party)
    (task,) = tasks_of(a_member(role, district, party))
    assert (task.what, task.due, task.party) == (REPLY, REPLY_BY, party)
    assert "part=" in task.address([plan])


def test_who_has_no_part_in_the_plan_is_not_asked(district):
    in_consultation(district, police_of(district))
    assert asked(a_member(Role.CONTRIBUTOR, district, a_party(district))) == []


# To coordinate ------------------------------------------------------------------------------------


def test_the_coordinator_works_on_the_draft_and_follows_the_consultation(district):
    a_plan(district, 2027)
    in_consultation(district, year=2026)
    a_plan(district, 2025, state=PlanState.DECIDED)
    tasks = tasks_of(a_member(Role.COORDINATOR, district))
    # what has a date comes first
    assert [(task.what, task.due) for task in tasks] == [(CONSULTATION, REPLY_BY), (DRAFT, None)]


# To follow up -------------------------------------------------------------------------------------


def test_an_open_round_waits_until_every_commitment_is_answered_for(district):
    party = police_of(district)
    plan, round_ = followed_up(district, party, actions=2)
    editor = a_member(Role.EDITOR, district, party)
    (task,) = tasks_of(editor)
    assert (task.what, task.why, task.due) == (FOLLOW_UP, "2 av 2 återstår", date(2026, 5, 9))

    first, second = plan.areas.first().actions.all()
    FollowUp.objects.create(round=round_, action=first.uuid, party=party, text="Klart.")
    assert [task.why for task in tasks_of(editor)] == ["1 av 2 återstår"]
    FollowUp.objects.create(round=round_, action=second.uuid, party=party, state=ActionState.DONE)
    assert tasks_of(editor) == []


def test_an_answer_with_nothing_in_it_and_anothers_answer_do_not_count(district):
    party, other = police_of(district), administration_of(district)
    plan, round_ = followed_up(district, party, other)
    action = plan.areas.first().actions.get()
    FollowUp.objects.create(round=round_, action=action.uuid, party=party)
    FollowUp.objects.create(round=round_, action=action.uuid, party=other, text="Klart.")
    FollowUp.objects.create(round=round_, action=action.uuid, text="Gemensamt.")
    assert asked(a_member(Role.EDITOR, district, party)) == [FOLLOW_UP]


@pytest.mark.parametrize(
    "times",
    [
        {"opened_at": None},
        {"closed_at": datetime(2026, 5, 16, tzinfo=UTC)},
    ],
    ids=["not opened", "closed"],
)
def test_a_round_that_is_not_open_does_not_wait(times, district):
    followed_up(district, police_of(district), **times)
    assert asked(a_member(Role.EDITOR, district, police_of(district))) == []


def test_a_revision_that_is_not_in_force_is_not_followed_up(district):
    plan, _ = followed_up(district, police_of(district))
    Plan.objects.filter(pk=plan.pk).update(in_force=False)
    assert asked(a_member(Role.EDITOR, district, police_of(district))) == []


def test_the_coordinator_follows_up_for_her_own_party(district):
    followed_up(district, administration_of(district))
    FollowUpRound.objects.update(due_date=date(2099, 5, 9))
    coordinator = a_member(Role.COORDINATOR, district, administration_of(district))
    assert asked(coordinator) == [FOLLOW_UP]


def test_a_round_whose_last_day_has_passed_waits_for_the_coordinator_until_she_closes_it(district):
    plan, round_ = followed_up(district, police_of(district))
    FollowUpRound.objects.update(due_date=date(2020, 5, 9))
    coordinator = a_member(Role.COORDINATOR, district)
    (task,) = tasks_of(coordinator)
    assert task.what == "Stäng uppföljningen T1, eller påminn dem som inte har svarat"
    place = [district.slug, plan.pk, round_.pk]
    assert task.address([]) == f"{reverse('round', args=place)}#vilka"

    FollowUpRound.objects.update(closed_at=datetime(2020, 5, 16, tzinfo=UTC))
    assert tasks_of(coordinator) == []


def test_it_leads_to_where_it_is_answered(district):
    party = police_of(district)
    _, round_ = followed_up(district, party)
    (task,) = tasks_of(a_member(Role.EDITOR, district, party))
    assert task.address([]) == f"{reverse('my-commitments')}#ark-{round_.pk}-{party.pk}"


def test_what_the_round_does_not_ask_for_and_a_draft_for_the_party_are_told_apart(district):
    party = police_of(district)
    plan, round_ = followed_up(district, party, actions=2)
    first, _ = plan.areas.first().actions.all()
    FollowUp.objects.create(
        round=round_, action=first.uuid, party=party, text="Klart?", is_draft=True
    )
    editor = a_member(Role.EDITOR, district, party)
    assert [task.why for task in tasks_of(editor)] == ["2 av 2 återstår"]
    round_.parties.set([administration_of(district)])
    assert tasks_of(editor) == []


def test_the_coordinator_settles_what_came_late_and_sees_what_is_not_confirmed(district):
    party = police_of(district)
    plan, round_ = followed_up(district, party)
    action = plan.areas.first().actions.get().uuid
    FollowUp.objects.create(round=round_, action=action, party=party, text="?", is_draft=True)
    FollowUpRound.objects.update(due_date=date(2099, 5, 9))
    coordinator = a_member(Role.COORDINATOR, district)
    (task,) = tasks_of(coordinator)
    assert (task.what, task.why) == (
        "Följ upp förslagen i uppföljningen T1",
        "1 är inte bekräftat av sin part",
    )
    FollowUpRound.objects.update(closed_at=datetime(2026, 5, 16, tzinfo=UTC))
    late = LateAnswer.objects.create(
        round=round_, action=action, party=party, typed={"text": "Kom sent."}
    )
    (task,) = tasks_of(coordinator)
    assert task.why == "1 svar kom när den var stängd"
    place = [district.slug, plan.pk, round_.pk]
    assert task.address([]) == f"{reverse('round', args=place)}#sena"
    assert tasks_of(a_member(Role.EDITOR, district, administration_of(district))) == []
    LateAnswer.objects.filter(pk=late.pk).update(settled_at=datetime(2026, 5, 17, tzinfo=UTC))
    assert tasks_of(coordinator) == []


# Nobody else, and at no greater cost ----------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.READER, Role.CITY, Role.ADMINISTRATOR])
def test_nothing_waits_for_who_only_reads(role, district):
    in_consultation(district, police_of(district))
    followed_up(district, police_of(district), year=2025)
    assert asked(a_member(role, district)) == []


def test_two_roles_for_one_party_are_asked_once(district):
    party = police_of(district)
    in_consultation(district, party)
    user = a_member(Role.EDITOR, district, party)
    a_member(Role.CONTRIBUTOR, district, party, user=user)
    assert asked(user) == [REPLY]


def test_current_are_those_alive_or_else_the_latest(district):
    closed = [a_plan(district, year, state=PlanState.CLOSED) for year in (2025, 2024)]
    assert current(closed) == closed[:1]
    draft = a_plan(district, 2026)
    assert current([draft, *closed]) == [draft]
    assert current([]) == []


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_the_start_page_asks_as_many_questions_however_many_the_plans(role, district, client):
    party = administration_of(district)
    user = a_member(role, district, party)
    client.force_login(user)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(reverse("start")).status_code == 200
        return len(asked_for)

    followed_up(district, party, year=2025)
    in_consultation(district, party, year=2026)
    client.get(reverse("start"))
    few = questions()
    for year in range(2010, 2020):
        followed_up(district, party, year=year, actions=3)
        in_consultation(district, party, year=year + 20)
    assert questions() == few
