"""A short chain in a plan: one problem, one cause, two actions, one goal."""

from dataclasses import dataclass

from plans.models import Action, Cause, Goal, Plan, Problem


@dataclass
class Chain:
    problem: Problem
    cause: Cause
    action: Action
    other: Action
    goal: Goal


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_heading().get(pk=plan.pk)


def a_chain(plan: Plan) -> Chain:
    area = plan.areas.get(position=0)
    problem = Problem.objects.create(area=area, text="Otrygghet vid torget")
    cause = Cause.objects.create(problem=problem, text="Få vuxna på kvällen")
    action = Action.objects.create(
        area=area, cause=cause, description="Nattvandring", timing="T1 och T2", position=0
    )
    other = Action.objects.create(
        area=area, cause=cause, description="Bättre belysning", position=1
    )
    goal = Goal.objects.create(action=action, text="Minst tio vandringar")
    return Chain(problem, cause, action, other, goal)
