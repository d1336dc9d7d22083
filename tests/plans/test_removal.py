"""A draft made by mistake, and how its samordnare is rid of it."""

from datetime import date

import pytest
from django.test import Client

from plans.models import (
    Approval,
    Extra,
    FollowUpRound,
    Period,
    Plan,
    PlanArea,
    Problem,
    Section,
)
from plans.vocabulary import PlanState
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_catalogue,
    a_district,
    a_member,
    a_plan,
    a_user,
    an_action,
    police_of,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/jarva/2027/ta-bort/"


@pytest.fixture
def district():
    a_catalogue()
    return a_district("Järva", "jarva")


@pytest.fixture
def client(district):
    client = Client()
    client.force_login(a_member(Role.COORDINATOR, district, user=a_user("Samordnaren")))
    return client


@pytest.fixture
def draft(district):
    return a_plan(district, 2027)


def test_an_empty_draft_goes_and_the_journal_says_who_removed_it(client, draft):
    page = client.get("/jarva/").content.decode()
    assert f'href="{ADDRESS}"' in page
    asked = client.get(ADDRESS).content.decode()
    assert "Det går inte att ångra" in asked
    assert "2 tomma områden" in asked
    assert Plan.objects.exists()

    said = client.post(ADDRESS, follow=True).content.decode()

    assert "Utkastet till Åtgärdsplan 2027 för Järva är borttaget." in said
    assert not Plan.objects.exists()
    assert not Period.objects.exists()
    assert sentence(Entry.objects.get()) == (
        "Samordnaren tog bort utkastet till Åtgärdsplan 2027 för Järva. Det var tomt."
    )


def test_the_year_is_free_again(client, district, draft):
    client.post(ADDRESS)
    assert client.get("/jarva/2027/atgardsplan/").status_code == 404
    a_plan(district, 2027)


WRITTEN = {
    "en text i ett område": lambda plan: PlanArea.objects.filter(plan=plan).update(situation="."),
    "ett övergripande mål": lambda plan: plan.areas.update(overall_goal="Trygga torg"),
    "ett problem": lambda plan: Problem.objects.create(area=plan.areas.first(), text="Oro"),
    "en åtgärd": lambda plan: an_action(plan, police_of(plan.district)),
    "ett avsnitt": lambda plan: Section.objects.create(plan=plan, heading="Bakgrund"),
    "något övrigt": lambda plan: Extra.objects.create(plan=plan, where="A1", label="?", text="x"),
    "ett svar från en chef": lambda plan: Approval.objects.create(
        plan=plan, party=police_of(plan.district), answer="godkand", content_hash="0", by=a_user()
    ),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_a_draft_with_something_in_it_stays(what, client, draft):
    WRITTEN[what](draft)

    assert ADDRESS not in client.get("/jarva/").content.decode()
    asked = client.get(ADDRESS).content.decode()
    assert "har innehåll och kan inte tas bort" in asked
    assert ">Ta bort utkastet</button>" not in asked
    said = client.post(ADDRESS, follow=True).content.decode()
    assert "har innehåll och kan inte tas bort" in said
    assert Plan.objects.filter(pk=draft.pk).exists()
    assert not Entry.objects.exists()


def test_what_has_been_decided_is_never_removed(client, draft):
    Plan.objects.filter(pk=draft.pk).update(state=PlanState.DECIDED)

    response = client.post(ADDRESS)

    assert response.status_code == 403
    assert "Bara ett utkast kan tas bort. Planen är beslutad." in response.content.decode()
    assert Plan.objects.exists()


def test_a_second_revision_goes_alone(client, district):
    first = a_plan(district, 2027, state=PlanState.DECIDED, in_force=True)
    second = a_plan(district, 2027, revision=2)

    assert "/jarva/2027/ta-bort/?revision=2" in client.get("/jarva/").content.decode()
    client.post(f"{ADDRESS}?revision=2")

    assert list(Plan.objects.all()) == [first]
    assert second.period == first.period


def test_the_rounds_of_the_year_stay(client, draft):
    FollowUpRound.objects.create(
        period=draft.period,
        name="T1",
        kind="t1",
        reporting_date=date(2027, 4, 30),
        due_date=date(2027, 5, 15),
    )

    client.post(ADDRESS)

    assert not Plan.objects.exists()
    assert FollowUpRound.objects.exists()
