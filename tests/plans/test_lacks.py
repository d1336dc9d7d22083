"""What a plan still lacks, said where it is written: each remark with the way to its place."""

import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec.structs import replace

from plans.models import Action, Plan, Problem
from plans.vocabulary import Layout
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan, an_action, an_agreement, police_of
from tests.formats.samples import full, large
from tests.plans.rows import a_chain
from tests.plans.storing import stored

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}
NUMBER = "Ring 070-174 06 05"


@pytest.fixture
def plan():
    district = a_district("Järva", "jarva")
    return a_plan(district, 2026, agreement=an_agreement(district))


@pytest.fixture
def anna(plan, client):
    user = a_member(Role.COORDINATOR, plan.district)
    client.force_login(user)
    return user


def lacks(plan: Plan) -> str:
    return reverse("plan-lacks", args=[plan.district.slug, plan.pk])


def remarks(client, plan) -> dict[str, str]:
    """Each remark and where on the page it leads."""
    html = client.get(lacks(plan)).text
    found = re.findall(r'<a href="[^"#]*#([^"]+)" data-do="go">([^<]+)</a>', html)
    return {sentence: target for target, sentence in found}


def test_each_remark_leads_to_the_field_or_to_where_a_new_row_is_written(plan, anna, client):
    chain = a_chain(plan)
    problem = Problem.objects.create(area=plan.areas.first(), text="Skadegörelse", position=1)
    Action.objects.filter(pk=chain.other.pk).update(aim=NUMBER)
    found = remarks(client, plan)
    assert found["Åtgärden ”Nattvandring” saknar ansvarig."] == f"f-{chain.action.uuid}-responsible"
    assert found["Åtgärden ”Bättre belysning” saknar mål."] == f"ny-goal-{chain.other.uuid}"
    assert found["Problemet ”Skadegörelse” saknar orsak."] == f"ny-cause-{problem.uuid}"
    said = (
        "Åtgärden ”Bättre belysning”, mål och syfte: ”070-174 06 05” ser ut som ett telefonnummer."
    )
    assert found[said] == f"f-{chain.other.uuid}-aim"


def test_every_place_that_a_remark_leads_to_is_on_the_page(anna, client):
    plan = stored(full(Layout.CAUSES))
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    address = reverse("plan-write", args=[plan.district.slug, plan.year])
    page = b"".join(client.get(address).streaming_content).decode()
    targets = set(remarks(client, plan).values())
    for row in {re.sub(r"^f-(.{36})-.*", r"\1", t) for t in targets if t.startswith("f-")}:
        whole = reverse("row", args=[plan.district.slug, plan.pk, "action", row])
        page += client.get(whole).text  # those that are folded away come with all fields of the row
    assert targets
    assert {target for target in targets if f'id="{target}"' not in page} == set()


def test_a_plan_that_lacks_nothing_says_so(plan, anna, client):
    assert "Inga brister hittade" in client.get(lacks(plan)).text
    assert client.get(lacks(plan), headers=JSON).json() == {"count": 0}


def test_the_count_is_that_of_the_list(plan, anna, client):
    a_chain(plan)
    count = client.get(lacks(plan), headers=JSON).json()["count"]
    assert count == len(remarks(client, plan)) > 0


def test_a_large_plan_is_looked_through_with_as_many_questions_as_a_small_one(client):
    asked = []
    for actions in (2, 300):
        plan = stored(replace(large(actions, Layout.CAUSES), revision=actions))
        client.force_login(a_member(Role.COORDINATOR, plan.district))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(lacks(plan), headers=JSON).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def ask(client, plan, text, **more):
    address = reverse("plan-personal-data", args=[plan.district.slug, plan.pk])
    return client.post(address, {"text": text, **more}, headers=JSON)


@pytest.mark.parametrize(
    ("text", "rich", "sentences"),
    [
        (NUMBER, "", ["”070-174 06 05” ser ut som ett telefonnummer."]),
        (f"{NUMBER}, {NUMBER}", "", ["”070-174 06 05” ser ut som ett telefonnummer."]),
        (
            "<p>070-174<strong> 06 05</strong></p>",
            "1",
            ["”070-174 06 05” ser ut som ett telefonnummer."],
        ),
        ("Dnr 2026/123456", "", []),
        ("", "", []),
    ],
)
def test_the_rules_are_the_servers(text, rich, sentences, plan, anna, client):
    assert ask(client, plan, text, rich=rich).json() == {"sentences": sentences}


def test_what_is_asked_about_is_neither_stored_nor_logged(plan, anna, client, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        ask(client, plan, NUMBER)
    said = caplog.text + "".join(query["sql"] for query in queries)
    assert "070-174" not in said
    changes = [
        query
        for query in queries
        if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert changes == []


def test_a_partner_sees_what_is_lacking_and_is_led_only_to_fields(plan, client):
    chain = a_chain(plan)
    partner = police_of(plan.district)
    an_action(plan, partner)
    client.force_login(a_member(Role.CONTRIBUTOR, plan.district, partner))
    assert (
        remarks(client, plan)["Åtgärden ”Bättre belysning” saknar mål."]
        == f"rad-{chain.other.uuid}"
    )
