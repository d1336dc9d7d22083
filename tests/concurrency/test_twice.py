"""The same press comes twice at the same moment, as when a button is clicked twice: one row."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Action, Agreement, Plan
from plans.services.loading import to_document
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.plans.test_agreement_page import form_of
from tests.plans.test_creation_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)

PRESS = "7b0c8f6e-5d0f-4c53-9f0e-0d6c1c1b2a11"


@pytest.fixture
def post_twice(plan):
    """What the two answers say, and how often the plan was changed."""
    coordinator = a_member(Role.COORDINATOR, plan.district)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(coordinator)

    def post(name, *args, **fields):
        url = reverse(name, args=[plan.district.slug, plan.pk, *args])
        accept = {"accept": "application/json"}
        met = at_once(
            *(partial(client.post, url, fields | {"seen": 1}, headers=accept) for client in clients)
        )
        turns = set(plan.changes.values_list("turn", flat=True))
        return [answer.status_code for answer in met], len(turns)

    return post


def test_a_new_row_is_one(post_twice, chain):
    fields = {"under": f"cause:{chain.cause.uuid}", "row": PRESS, "description": "Grannstöd"}
    assert post_twice("row-add", "action", **fields) == ([200, 200], 1)
    assert Action.objects.filter(description="Grannstöd").count() == 1


def test_what_is_pasted_goes_in_once(post_twice, chain):
    fields = {"under": f"cause:{chain.cause.uuid}", "text": "Ett\tMaj\nTvå\tJuni\n", "press": PRESS}
    assert post_twice("plan-paste", do="1", **fields) == ([200, 200], 1)
    assert Action.objects.count() == 4


def test_a_text_is_written_once(post_twice, chain):
    assert post_twice("row", "action", chain.action.uuid, timing="Maj") == ([200, 200], 1)


def test_a_row_goes_once_and_the_second_is_told_so(post_twice, plan, chain):
    statuses, turns = post_twice("row-remove", "action", chain.action.uuid)
    assert (sorted(statuses), turns) == ([200, 410], 1)
    assert len(to_document(Plan.objects.with_heading().get(pk=plan.pk)).areas[0].actions) == 1


def test_an_agreement_is_made_once_and_both_presses_lead_to_it(plan):
    coordinator = a_member(Role.COORDINATOR, plan.district)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(coordinator)
    address = reverse("agreement-create", args=[plan.district.slug])
    typed = form_of(clients[0], address) | {"title": "Tryggare", "period_start": "2026-01-01"}
    before = Agreement.objects.count()
    met = at_once(*(partial(client.post, address, typed) for client in clients))
    assert len({answer["Location"] for answer in met}) == 1
    assert Agreement.objects.count() == before + 1
