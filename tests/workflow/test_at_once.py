"""Two who take a step at the same moment: one of them does, and the other is told."""

from functools import partial

import pytest

from plans.models import Approval, Decision, Plan
from plans.vocabulary import PlanState
from samverkan.workflow import steps
from samverkan.workflow.facts import answers_about
from tests.access.personas import Door
from tests.plans.test_creation_race import at_once
from tests.workflow.steps import approved_by_all, change, decided, seen, words

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_decision_is_registered_once():
    door = Door(PlanState.CONSULTATION)
    approved_by_all(door)
    now = seen(door.plan)
    decide = partial(steps.decide, work=door.plan, seen=now, **words(door, "decide"))
    met = at_once(*(partial(decide, actor=door.person("samordnare")) for _ in range(3)))
    assert sum(isinstance(thing, Decision) for thing in met) == 1
    assert Decision.objects.count() == 1
    assert all(str(thing) for thing in met)


def test_a_revision_is_opened_once():
    door = decided()
    revise = partial(steps.revise, work=door.plan, seen=seen(door.plan), reason="Nytt.")
    met = at_once(*(partial(revise, actor=door.person("samordnare")) for _ in range(3)))
    assert sum(isinstance(thing, Plan) for thing in met) == 1
    assert Plan.objects.count() == 2


def test_an_approval_never_stands_on_what_was_written_at_the_same_moment():
    door = Door(PlanState.CONSULTATION)
    now = seen(door.plan)
    editor, chef = door.person("kommunpolis"), door.person("chef polis")
    at_once(
        partial(steps.approve, actor=chef, work=door.plan, seen=now, party=door.police),
        partial(change, door, "Skrivet i samma stund", editor),
    )
    assert door.plan.areas.filter(overall_goal="Skrivet i samma stund").exists()
    assert not any(one.is_approved for one in answers_about(door.plan, seen(door.plan)))
    assert Approval.objects.count() <= 1
