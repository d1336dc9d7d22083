"""What was decided stays as it was decided, whatever is renamed afterwards."""

import json
from datetime import date

import pytest
from django.urls import reverse

from plans.models import FollowUp, FollowUpRound, Plan, PlanArea, PriorityArea
from plans.services import workflow
from plans.services.loading import current_document, to_document
from plans.vocabulary import ActionState, PlanState
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import Role
from samverkan.workflow import decisions
from tests.factories import a_member
from tests.formats.samples import full
from tests.plans.storing import stored


@pytest.fixture
def plan(db, monkeypatch):
    monkeypatch.setattr(workflow, "write_pdf", lambda document, standing, **more: b"%PDF-")
    plan = stored(full())
    decisions.freeze(
        plan,
        body="Nämnden",
        decided_on=date(2025, 1, 20),
        paragraph="§ 6",
        registry_numbers={},
        by=None,
    )
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    return Plan.objects.with_heading().get(pk=plan.pk)


def test_a_decided_plan_says_what_was_decided(plan, client):
    Party.objects.update(name="Ett nytt namn", short_name="Omdöpt")
    PriorityArea.objects.update(name="En ny rubrik")
    client.force_login(a_member(Role.READER, plan.district))

    page = client.get(reverse("plan", args=[plan.district.slug, plan.year])).text
    file = client.get(reverse("plan-json", args=[plan.district.slug, plan.year]))

    envelope = json.loads(b"".join(file))
    for words in ("Omdöpt", "Ett nytt namn", "En ny rubrik"):
        assert words not in page
        assert words not in json.dumps(envelope, ensure_ascii=False)
    assert full().areas[0].title in page


def test_its_hash_is_that_of_the_decision_also_when_a_new_party_answers(plan):
    action = current_document(plan).areas[0].actions[0]
    newcomer = Party.objects.create(
        municipality=plan.district.municipality,
        district=plan.district,
        kind="partner",
        name="Nykomlingen",
        short_name="Nykomlingen",
        slug="nykomlingen",
    )
    FollowUp.objects.create(
        round=FollowUpRound.objects.filter(closed_at=None).earliest("pk"),
        action=action.uuid,
        party=newcomer,
        text="Vi har varit med.",
        state=ActionState.DONE,
    )

    document = current_document(plan)

    assert "nykomlingen" in {party.key for party in document.parties}
    assert document.content_hash() == plan.decision.sha256


def test_a_draft_says_what_its_rows_say(db):
    plan = stored(full())
    PlanArea.objects.filter(plan=plan).update(title="En ny rubrik")
    assert current_document(plan) == to_document(plan)
    assert current_document(plan).areas[0].title == "En ny rubrik"
