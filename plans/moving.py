"""Where in the plan a row can be moved, for whoever does not drag it there: area by area."""

from collections.abc import Iterator
from typing import Any

from plans.document import AreaDoc
from plans.presentation import PlanView
from samverkan.collaboration.moving import Spot, Spots


def spots(kind: str, doc: Any, view: PlanView) -> list[Spots]:
    """Nothing for what does not hang on anything that it could be moved from."""
    walk = _WALKS.get(kind)
    if walk is None:
        return []
    return [
        Spots(
            f"{area.number} {area.doc.title}",
            [Spot(under, label, here) for under, label, here in walk(area.doc, doc)],
        )
        for area in view.areas
    ]


def _of_problem(area: AreaDoc, doc: Any) -> Iterator[tuple]:
    here = any(problem.uuid == doc.uuid for problem in area.problems)
    yield f"area:{area.uuid}", area.title, here


def _of_cause(area: AreaDoc, doc: Any) -> Iterator[tuple]:
    for problem in area.problems:
        here = any(cause.uuid == doc.uuid for cause in problem.causes)
        yield f"problem:{problem.uuid}", f"Problem: {problem.text}", here


def _of_action(area: AreaDoc, doc: Any) -> Iterator[tuple]:
    is_loose = doc.problem is None and doc.cause is None
    here = is_loose and any(action.uuid == doc.uuid for action in area.actions)
    label = "Utan angivet problem" if area.problems else area.title
    yield f"area:{area.uuid}", label, here
    for problem in area.problems:
        yield f"problem:{problem.uuid}", f"Problem: {problem.text}", doc.problem == problem.uuid
        for cause in problem.causes:
            yield f"cause:{cause.uuid}", f"Orsak: {cause.text}", doc.cause == cause.uuid


_WALKS = {"problem": _of_problem, "cause": _of_cause, "action": _of_action}
