"""The rows that a plan is made of: what each kind is called, holds, and hangs on."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from plans.document import (
    ActionDoc,
    AgreementDoc,
    AnswerDoc,
    AreaDoc,
    CauseDoc,
    CommitmentDoc,
    ExtraDoc,
    GoalDoc,
    OutcomeDoc,
    PlanDocument,
    ProblemDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.edition import markable
from plans.labels import label
from plans.models import (
    Action,
    Agreement,
    AgreementParty,
    Cause,
    Commitment,
    Extra,
    FollowUp,
    Goal,
    Outcome,
    Plan,
    PlanArea,
    Problem,
    Section,
)
from plans.rows import kind_of
from plans.vocabulary import HandledAs
from samverkan.access.table import Right
from samverkan.collaboration.chosen import Chosen
from samverkan.collaboration.editable import Editable, Way
from samverkan.document import Part


def _row(
    name: str,
    model: type[Model],
    doc: type[Part],
    container: str,
    to_plan: str,
    main: str,
    right: Right = Right.EDIT_SHARED,
    ways: Mapping[str, Way] | None = None,
) -> Editable:
    return Editable(
        name,
        model,
        doc,
        container,
        to_plan,
        main,
        right,
        markable=partial(_markable, doc),
        pointed_at=_areas_beside,
        settled=handled_once,
        ways=ways or {},
    )


def _markable(doc: type[Part]) -> list[tuple[str, str]]:
    return [(name, label(kind_of(doc), name)) for name in markable(doc)]


def _areas_beside(found: Any, uuids: list[str]) -> list[PlanArea]:
    """An area, or an action, names other areas of its plan."""
    own = found if isinstance(found, PlanArea) else found.area
    areas = list(own.plan.areas.filter(uuid__in=uuids))
    if len(areas) < len(set(uuids)):
        raise ValidationError("Området finns inte i planen längre.")
    if own in areas:
        raise ValidationError("Välj ett annat område än det egna.")
    return areas


def handled_once(values: dict[str, Any]) -> dict[str, Any]:
    """An area is handled in another one, or in some other way: never both."""
    if values.get("handled_in"):
        values["handled_as"] = HandledAs.AREA.value
    elif values.get("handled_as", HandledAs.AREA) != HandledAs.AREA:
        values["handled_in"] = []
    elif "handled_in" in values and values.get("handled_as") == HandledAs.AREA:
        raise ValidationError({"handled_in": "Välj vilket område det hanteras i."})
    return values


KINDS = {
    kind.name: kind
    for kind in (
        _row("plan", Plan, PlanDocument, "", "pk", "annex_label"),
        _row("section", Section, SectionDoc, "plan", "plan", "heading"),
        _row("area", PlanArea, AreaDoc, "plan", "plan", "title"),
        _row("problem", Problem, ProblemDoc, "area", "area__plan", "text"),
        _row("cause", Cause, CauseDoc, "problem", "problem__area__plan", "text"),
        _row("action", Action, ActionDoc, "area", "area__plan", "description"),
        _row(
            "goal",
            Goal,
            GoalDoc,
            "action",
            "action__area__plan",
            "text",
            ways={"indicator": Chosen("indicator", "Välj en av indikatorerna.")},
        ),
        _row(
            "commitment",
            Commitment,
            CommitmentDoc,
            "action",
            "action__area__plan",
            "text",
            Right.EDIT_OWN,
        ),
        _row("agreement", Agreement, AgreementDoc, "", "plans", "title", Right.EDIT_AGREEMENT),
        _row(
            "signatory",
            AgreementParty,
            SignatoryDoc,
            "agreement",
            "agreement__plans",
            "signatory",
            Right.EDIT_AGREEMENT,
        ),
        _row("extra", Extra, ExtraDoc, "plan", "plan", "label"),
    )
}

# What is written in a round, about an action or a goal. None of it is a part of the plan.
ANSWER = _row("answer", FollowUp, AnswerDoc, "", "round", "text", Right.FOLLOW_UP)
OUTCOME = _row("outcome", Outcome, OutcomeDoc, "", "round", "value", Right.FOLLOW_UP_FOR_ALL)
