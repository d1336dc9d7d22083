"""The two editions of a plan. The public one is a document of its own, made out of the whole.

What is internal is gone before anything is written of it, so that no file, however it is made, can
hold it. A field that is not named here is internal: a new one stays inside until it is declared.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from plans.document import (
    ActionDoc,
    AgreementDoc,
    AnswerDoc,
    AreaDoc,
    CatalogueDoc,
    CauseDoc,
    CommitmentDoc,
    DistrictDoc,
    ExtraDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.vocabulary import Edition
from samverkan.document import Part

# What the public edition says of each part, where nobody has marked it as internal.
PUBLIC: dict[type[Part], set[str]] = {
    DistrictDoc: {"slug", "name", "municipality"},
    CatalogueDoc: {"year", "name"},
    PartyDoc: {"key", "name", "short_name", "kind"},
    SignatoryDoc: {"uuid", "party", "signatory", "registry_number"},
    AgreementDoc: {
        *("uuid", "title", "period_start", "period_end", "signed_on", "registry_number"),
        *("next_review", "parties"),
    },
    SectionDoc: {"uuid", "heading", "text"},
    CauseDoc: {"uuid", "text"},
    ProblemDoc: {"uuid", "text", "causes"},
    GoalDoc: {"uuid", "text", "unit", "baseline", "target", "target_date"},
    CommitmentDoc: {"uuid", "party", "contact_role", "other_participants", "text"},
    ActionDoc: {
        *("uuid", "problem", "cause", "also_serves", "name", "description", "undertaking"),
        *("working_group", "aim", "timing", "timing_kind", "starts_on", "ends_on"),
        *("meeting_frequency", "meetings_planned", "convener", "responsible"),
        *("other_participants", "funding", "communication", "follow_up_plan", "predecessor"),
        *("promise", "goals", "commitments"),
    },
    AreaDoc: {
        *("uuid", "slug", "name", "title", "own", "overall_goal", "situation", "comment"),
        *("handled_as", "handled_in", "handled_note", "not_chosen_reason", "problems", "actions"),
    },
    # What is answered in a round is written between colleagues: how it goes is told, not the words.
    AnswerDoc: {
        *("action", "party", "state", "commitment_met", "continues_next_year"),
        *("meetings_planned", "meetings_held"),
    },
    OutcomeDoc: {"goal", "value"},
    RoundDoc: {"uuid", "kind", "name", "reporting_date", "due_date", "answers", "outcomes"},
    ExtraDoc: {
        "uuid",
        "where",
        "label",
        "text",
        "is_internal",
    },  # which it is, if nobody says it is not
    PlanDocument: {
        *("district", "period_start", "period_end", "layout", "catalogue", "revision"),
        *("annex_label", "agreement", "parties", "sections", "areas", "rounds", "extras"),
    },
}

# What says which part it is and where it stands cannot be marked by itself: mark the whole part.
_NEVER_ALONE = {
    *("uuid", "party", "slug", "title", "own", "problem", "cause", "also_serves", "predecessor"),
    *("name", "handled_as", "handled_in", "problems", "actions", "commitments"),
}


def edited(document: PlanDocument, edition: Edition) -> PlanDocument:
    return public(document) if edition == Edition.PUBLIC else document


def markable(kind: type[Part]) -> list[str]:
    """The fields of a part that can be marked as internal one by one, in the order of the format."""
    if "internal_fields" not in kind.__struct_fields__:
        return []
    return [name for name in kind.__struct_fields__ if name in PUBLIC[kind] - _NEVER_ALONE]


def public(document: PlanDocument) -> PlanDocument:
    areas = tuple(_area(area) for area in document.areas if not area.is_internal)
    areas = _pointing_to_each_other(areas)
    actions = {action.uuid for area in areas for action in area.actions}
    goals = {goal.uuid for area in areas for action in area.actions for goal in action.goals}
    rounds = tuple(_round(round_, actions, goals) for round_ in document.rounds)
    agreement = _public(document.agreement) if document.agreement else None
    named = {entry.party for entry in agreement.parties} if agreement else set()
    named |= {c.party for area in areas for action in area.actions for c in action.commitments}
    named |= {answer.party for round_ in rounds for answer in round_.answers}
    return _public(
        document,
        agreement=agreement,
        parties=tuple(_public(party) for party in document.parties if party.key in named),
        areas=areas,
        rounds=rounds,
    )


def _area(area: AreaDoc) -> AreaDoc:
    problems = tuple(
        _public(problem, causes=_kept(problem.causes)) for problem in _open(area.problems)
    )
    chain = {problem.uuid for problem in problems}
    chain |= {cause.uuid for problem in problems for cause in problem.causes}
    actions = (
        _public(
            action,
            problem=action.problem if action.problem in chain else None,
            cause=action.cause if action.cause in chain else None,
        )
        for action in _open(area.actions)
    )
    return _public(
        area,
        problems=problems,
        actions=tuple(action for action in actions if action.name or action.description),
    )


def _pointing_to_each_other(areas: tuple[AreaDoc, ...]) -> tuple[AreaDoc, ...]:
    """No area that is left out is pointed to."""
    here = {area.uuid for area in areas}
    return tuple(
        msgspec.structs.replace(
            area,
            handled_in=area.handled_in if area.handled_in in here else None,
            actions=tuple(
                msgspec.structs.replace(
                    action, also_serves=tuple(one for one in action.also_serves if one in here)
                )
                for action in area.actions
            ),
        )
        for area in areas
    )


def _round(round_: RoundDoc, actions: set[UUID], goals: set[UUID]) -> RoundDoc:
    answers = (_public(answer) for answer in round_.answers if answer.action in actions)
    outcomes = (_public(outcome) for outcome in round_.outcomes if outcome.goal in goals)
    return _public(
        round_,
        answers=tuple(a for a in answers if a != AnswerDoc(a.action, a.party)),
        outcomes=tuple(o for o in outcomes if o.value is not None),
    )


def _public(part: Any, **decided: Any) -> Any:
    """The part with what is public of it and nothing else; `decided` has been looked at already."""
    marked = set(getattr(part, "internal_fields", ())) & set(markable(type(part)))
    shown = PUBLIC[type(part)] - marked
    values = {name: decided.get(name, _value(getattr(part, name))) for name in shown}
    return type(part)(**values)


def _value(value: Any) -> Any:
    if isinstance(value, Part):
        return _public(value)
    return _kept(value) if isinstance(value, tuple) else value


def _kept(values: Iterable[Any]) -> tuple:
    return tuple(_public(one) if isinstance(one, Part) else one for one in _open(values))


def _open(values: Iterable[Any]) -> Iterable[Any]:
    return (one for one in values if not getattr(one, "is_internal", False))
