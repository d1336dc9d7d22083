"""Every step × every state × everybody: who gets where, and that nobody else gets anywhere."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404

from plans.models import Approval, Decision, Dispatch, Plan
from plans.vocabulary import PlanState
from samverkan.journal.models import Entry
from samverkan.workflow import table
from samverkan.workflow.table import STATES, TRANSITIONS, Facts
from tests.access.personas import EVERYBODY, OUTSIDE, Door
from tests.workflow.steps import TAKE, approved_by_all, take

pytestmark = pytest.mark.django_db

D, C, B, A = PlanState

# The steps as the rules state them: from where, to where, by whom.
STEPS = {
    "send": (D, C, {"samordnare"}),
    "withdraw": (C, D, {"samordnare"}),
    "postpone": (C, C, {"samordnare"}),
    "approve": (C, C, {"chef sdf", "chef polis"}),
    "return": (C, C, {"chef sdf", "chef polis"}),
    "decide": (C, B, {"samordnare"}),
    "revise": (B, B, {"samordnare"}),  # its new revision is a draft
    "close": (B, A, {"samordnare"}),
}


def test_the_table_is_the_one_of_the_rules():
    assert tuple(PlanState.values) == STATES
    assert {
        step.name: (step.source, step.source if step.begins_anew else step.target)
        for step in TRANSITIONS
    } == {name: (source, target) for name, (source, target, _) in STEPS.items()}
    assert {step.name for step in TRANSITIONS} == set(TAKE)


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_from_each_state_by_each_person(step, state):
    source, target, allowed = STEPS[step]
    door = Door(state)
    assert door.elsewhere
    if step == "decide" and state == C:
        approved_by_all(door)
    for who in EVERYBODY:
        with transaction.atomic():  # each comes to the same door
            _try(door, step, who, target if state == source and who in allowed else None)
            transaction.set_rollback(True)


def _try(door, step, who, target):
    if target:
        take(door, step, who)
        assert _state(door) == target, who
        return
    rows = _rows()
    with pytest.raises((PermissionDenied, Http404)) as refusal:
        take(door, step, who)
    assert isinstance(refusal.value, Http404) is (who in OUTSIDE), who
    assert str(refusal.value).endswith(".")
    assert "{" not in str(refusal.value)
    assert _state(door) == door.state
    assert _rows() == rows, f"{who} left something behind"


def _state(door):
    return Plan.objects.get(pk=door.plan.pk).state


def _rows():
    return [model.objects.count() for model in (Approval, Decision, Dispatch, Entry, Plan)]


# The conditions, one by one ------------------------------------------------------------------------

MET = Facts(main_parties=("Polisen",), in_force=True)


@pytest.mark.parametrize(
    ("step", "facts", "said"),
    [
        (table.SEND, Facts(), "inga huvudparter"),
        (table.DECIDE, Facts(), "inga huvudparter"),
        (table.DECIDE, Facts(("Polisen",), awaited=("Polisen",)), "Polisen har inte godkänt"),
        (table.DECIDE, Facts(("Polisen",), returned=("Polisen",)), "Polisen har återsänt"),
        (table.DECIDE, Facts(("Polisen",), unconfirmed=1), "Ett ställe ser ut"),
        (table.DECIDE, Facts(("Polisen",), unconfirmed=3), "3 ställen ser ut"),
        (table.REVISE, Facts(in_force=False), "gäller inte längre"),
        (table.REVISE, Facts(in_force=True, under_way="Revision 2"), "redan på väg"),
        (table.CLOSE, Facts(in_force=False), "gäller inte längre"),
        (table.CLOSE, Facts(in_force=True, under_way="Revision 2"), "redan på väg"),
        (table.CLOSE, Facts(in_force=True, open_rounds=("T1",)), "Uppföljningen T1 är öppen"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(step, facts, said):
    assert any(said in sentence for sentence in step.missing(facts))
    assert all(sentence.endswith(".") for sentence in step.missing(facts))


@pytest.mark.parametrize("step", TRANSITIONS)
def test_nothing_is_missing_when_all_is_there(step):
    assert step.missing(MET) == []


def test_a_plan_that_not_all_have_approved_is_not_decided():
    door = Door(C)
    take(door, "approve", "chef sdf")
    with pytest.raises(ValidationError, match="Polisen har inte godkänt"):
        take(door, "decide", "samordnare")
    assert not Decision.objects.exists()
    assert _state(door) == C
