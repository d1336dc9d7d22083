"""A revision: the same plan once more, row by row, to be changed while the one in force stands."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

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
    _copied(Section, plan.sections.all(), plan=new)
    _copied(Extra, plan.extras.all(), plan=new)
    areas = _copied(PlanArea, plan.areas.all(), plan=new, handled_in=None)
    for pk, other in plan.areas.values_list("pk", "handled_in"):
        if other is not None:
            areas[pk].handled_in = areas[other]
    PlanArea.objects.bulk_update(areas.values(), ["handled_in"])
    problems = _copied(Problem, Problem.objects.filter(area__plan=plan), area=areas)
    causes = _copied(Cause, Cause.objects.filter(problem__area__plan=plan), problem=problems)
    actions = _copied(
        Action,
        Action.objects.filter(area__plan=plan),
        area=areas,
        problem=problems,
        cause=causes,
    )
    of_plan = {"action__area__plan": plan}
    _copied(Goal, Goal.objects.filter(**of_plan), action=actions)
    _copied(Commitment, Commitment.objects.filter(**of_plan), action=actions)
    serves = Action.also_serves.through
    serves.objects.bulk_create(
        serves(action=actions[row.action_id], planarea=areas[row.planarea_id])
        for row in serves.objects.filter(**of_plan)
    )
    return new


def _copied(model: type[Model], rows: Iterable[Any], **given: Any) -> dict[int, Any]:
    """The new rows by the keys of the old. What they hang on is given: one for all, or the new one
    for each old one."""
    copies = {}
    for row in rows:
        values = {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if not field.primary_key and field.name not in given and field.name != "version"
        }
        for name, target in given.items():
            key = getattr(row, f"{name}_id")
            values[name] = (target[key] if key else None) if isinstance(target, dict) else target
        copies[row.pk] = model(**values)
    model._default_manager.bulk_create(copies.values())
    return copies
