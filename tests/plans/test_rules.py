"""Rules about a plan that the database itself holds, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from plans.models import Action, Approval, Cause, Decision, Period, Plan, PlanArea, Problem
from plans.vocabulary import PlanState
from samverkan import triggers
from samverkan.organisation.models import User
from tests.factories import a_plan
from tests.formats.samples import full
from tests.plans.storing import stored


@pytest.fixture
def plan(db):
    return stored(full())


@pytest.fixture
def areas(plan):
    """Two areas of the plan, the first of them with a chain from problem to action."""
    action = Action.objects.filter(area__plan=plan, cause__isnull=False).first()
    other = PlanArea.objects.filter(plan=plan).exclude(pk=action.area_id).first()
    return action.area, other


def test_an_action_stands_in_the_same_area_as_its_cause(areas):
    here, other = areas
    action = here.actions.filter(cause__isnull=False).first()
    with pytest.raises(IntegrityError, match="samma område"), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(area=other)


def test_a_new_action_cannot_hang_on_a_problem_of_another_area(areas):
    here, other = areas
    problem = here.problems.first()
    with pytest.raises(IntegrityError, match="samma område"), transaction.atomic():
        Action.objects.create(area=other, problem=problem, name="Ny åtgärd")


def test_a_problem_that_moves_takes_its_causes_and_actions_along(areas):
    here, other = areas
    problem = Problem.objects.filter(area=here, causes__actions__isnull=False).first()
    moved = list(Action.objects.filter(cause__problem=problem).values_list("pk", flat=True))
    Problem.objects.filter(pk=problem.pk).update(area=other)
    assert moved
    assert set(Action.objects.filter(pk__in=moved).values_list("area", flat=True)) == {other.pk}


def test_a_cause_that_moves_to_a_problem_elsewhere_takes_its_actions_along(areas):
    here, other = areas
    elsewhere = Problem.objects.create(area=other, text="Ett annat problem")
    cause = Cause.objects.filter(problem__area=here, actions__isnull=False).first()
    Cause.objects.filter(pk=cause.pk).update(problem=elsewhere)
    assert set(cause.actions.values_list("area", flat=True)) == {other.pk}


def test_an_action_hangs_on_a_cause_or_a_problem_but_not_both(areas):
    here, _ = areas
    cause = Cause.objects.filter(problem__area=here).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(area=here, problem=cause.problem, cause=cause, name="Åtgärd")


def test_an_action_serves_only_areas_of_its_own_plan(areas):
    here, _ = areas
    elsewhere = a_plan().areas.first()
    with pytest.raises(IntegrityError, match="annan plan"), transaction.atomic():
        here.actions.first().also_serves.add(elsewhere)


def test_an_area_is_handled_only_in_an_area_of_its_own_plan(areas):
    here, _ = areas
    elsewhere = a_plan().areas.first()
    with pytest.raises(IntegrityError, match="annan plan"), transaction.atomic():
        PlanArea.objects.filter(pk=here.pk).update(handled_as="omrade", handled_in=elsewhere)


def test_there_is_one_plan_for_a_district_period_and_revision(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(period=plan.period, revision=plan.revision, catalogue=plan.catalogue)
    with pytest.raises(IntegrityError), transaction.atomic():
        Period.objects.create(district=plan.district, start=plan.period.start, end=plan.period.end)


def test_only_one_revision_is_in_force(plan):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            period=plan.period,
            revision=plan.revision + 1,
            catalogue=plan.catalogue,
            state=PlanState.DECIDED,
            in_force=True,
        )


def test_a_draft_is_never_in_force(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(in_force=True)


def test_an_approval_is_never_altered(plan):
    approval = Approval.objects.create(
        plan=plan,
        party=plan.agreement.parties.first().party,
        answer=Approval.Answer.APPROVED,
        content_hash="0" * 64,
        by=User.objects.create_user("chef@example.org", name="Chef"),
    )
    for attempt in (
        lambda: Approval.objects.filter(pk=approval.pk).update(reason="ändrat mig"),
        lambda: Approval.objects.filter(pk=approval.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="i efterhand"), transaction.atomic():
            attempt()


def test_a_decision_is_never_altered(plan):
    decision = Decision.objects.create(
        plan=plan, body="Nämnden", decided_on=date(2025, 1, 20), document=b"{}", sha256="0" * 64
    )
    for attempt in (
        lambda: Decision.objects.filter(pk=decision.pk).update(pdf=b"annat"),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="i efterhand"), transaction.atomic():
            attempt()


def test_without_its_trigger_the_rule_would_not_hold(areas):
    """So that the tests above fail if a migration loses the triggers."""
    here, other = areas
    action = here.actions.filter(cause__isnull=False).first()
    with transaction.atomic():
        triggers.drop()
        assert Action.objects.filter(pk=action.pk).update(area=other) == 1
        transaction.set_rollback(True)
