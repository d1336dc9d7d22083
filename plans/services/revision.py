"""A revision: the same plan once more, row by row, to be changed while the one in force stands."""

from plans.models import (
    Action,
    Cause,
    Commitment,
    Extra,
    Goal,
    Plan,
    PlanArea,
    Problem,
    Section,
)
from samverkan.workflow.copying import copied


def copy_of(plan: Plan, *, revision: int) -> Plan:
    """A draft with the same rows. Each keeps its UUID: follow-ups hang on it."""
    new = Plan.objects.create(
        period=plan.period,
        revision=revision,
        layout=plan.layout,
        annex_label=plan.annex_label,
        catalogue=plan.catalogue,
        agreement=plan.agreement,
    )
    copied(Section, plan.sections.all(), plan=new)
    copied(Extra, plan.extras.all(), plan=new)
    areas = copied(PlanArea, plan.areas.all(), plan=new, handled_in=None)
    for pk, other in plan.areas.values_list("pk", "handled_in"):
        if other is not None:
            areas[pk].handled_in = areas[other]
    PlanArea.objects.bulk_update(areas.values(), ["handled_in"])
    problems = copied(Problem, Problem.objects.filter(area__plan=plan), area=areas)
    causes = copied(Cause, Cause.objects.filter(problem__area__plan=plan), problem=problems)
    actions = copied(
        Action,
        Action.objects.filter(area__plan=plan),
        area=areas,
        problem=problems,
        cause=causes,
    )
    of_plan = {"action__area__plan": plan}
    copied(Goal, Goal.objects.filter(**of_plan), action=actions)
    copied(Commitment, Commitment.objects.filter(**of_plan), action=actions)
    serves = Action.also_serves.through
    serves.objects.bulk_create(
        serves(action=actions[row.action_id], planarea=areas[row.planarea_id])
        for row in serves.objects.filter(**of_plan)
    )
    return new
