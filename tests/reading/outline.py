"""A plan as a few lines of text, so that a test can say what it expects and a reader can see it.

Every field that says something is there, under what it hangs on; nothing is left out but UUIDs.
"""

from typing import Any

from plans.document import ActionDoc, AreaDoc, PlanDocument
from samverkan.document import Part

_ELSEWHERE = {"uuid", "problem", "cause", "slug", "name", "own", "party", "key"}


def outline(document: PlanDocument) -> str:
    lines: list[str] = [f"{document.layout.value}, katalog {document.catalogue.year}"]
    if document.annex_label:
        lines.append(f"bilaga: {document.annex_label}")
    for section in document.sections:
        lines.append(f"avsnitt: {section.heading}")
        lines += _said(section, 1, but={"heading"})
    for area in document.areas:
        lines += _area(document, area)
    for extra in document.extras:
        lines.append(f"övrigt: {extra.where} / {extra.label}: {_flat(extra.text)}")
    return "\n".join(lines) + "\n"


def _area(document: PlanDocument, area: AreaDoc) -> list[str]:
    whose = "eget" if area.own else area.slug
    lines = [f"OMRÅDE {area.title} ({whose})", *_said(area, 1, but={"title"})]
    for problem in area.problems:
        lines.append(f"  problem: {_flat(problem.text)}")
        lines += _actions(document, area, 2, problem=problem.uuid)
        for cause in problem.causes:
            lines.append(f"    orsak: {_flat(cause.text)}")
            lines += _actions(document, area, 3, cause=cause.uuid)
    return lines + _actions(document, area, 1)


def _actions(
    document: PlanDocument, area: AreaDoc, depth: int, problem: Any = None, cause: Any = None
) -> list[str]:
    lines = []
    for action in area.actions:
        if (action.problem, action.cause) == (problem, cause):
            lines += _action(document, action, depth)
    return lines


def _action(document: PlanDocument, action: ActionDoc, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}ÅTGÄRD {action.name or '(utan namn)'}", *_said(action, depth + 1)]
    for goal in action.goals:
        lines.append(f"{'  ' * (depth + 1)}mål: {_flat(goal.text)}")
    for commitment in action.commitments:
        lines.append(f"{'  ' * (depth + 1)}part: {commitment.party}")
        lines += _said(commitment, depth + 2)
    for round_ in document.rounds:
        for answer in round_.answers:
            if answer.action == action.uuid:
                lines.append(f"{'  ' * (depth + 1)}uppföljning {round_.name}")
                lines += _said(answer, depth + 2, but={"action"})
    return lines


def _said(part: Part, depth: int, but: set[str] = frozenset()) -> list[str]:  # type: ignore[assignment]
    return [
        f"{'  ' * depth}{field}: {_flat(value)}"
        for field in part.__struct_fields__
        if field not in _ELSEWHERE | but
        and (value := getattr(part, field)) not in ("", None, (), False)
        and not (isinstance(value, tuple) and isinstance(value[0], Part))
    ]


def _flat(value: Any) -> str:
    return str(getattr(value, "value", value)).replace("\n", " ⏎ ")
