"""The two editions of a plan: what is public of it (samverkan/edition.py says how that is made)."""

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
from samverkan.document import Part
from samverkan.edition import Edition, Public, left_open

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
    # Not which priority it comes from: what is public of the lägesbild is that one's own matter.
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
_public = Public(PUBLIC, _NEVER_ALONE)
markable = _public.markable


def edited(document: PlanDocument, edition: Edition) -> PlanDocument:
    return public(document) if edition == Edition.PUBLIC else document


def public(document: PlanDocument) -> PlanDocument:
    areas = tuple(_area(area) for area in document.areas if not area.is_internal)
    areas = _pointing_to_each_other(areas)
    actions = {action.uuid for area in areas for action in area.actions}
    goals = {goal.uuid for area in areas for action in area.actions for goal in action.goals}
    rounds = tuple(_round(round_, actions, goals) for round_ in document.rounds)
    agreement = _public.of(document.agreement) if document.agreement else None
    named = {entry.party for entry in agreement.parties} if agreement else set()
    named |= {c.party for area in areas for action in area.actions for c in action.commitments}
    named |= {answer.party for round_ in rounds for answer in round_.answers}
    return _public.of(
        document,
        agreement=agreement,
        parties=tuple(_public.of(party) for party in document.parties if party.key in named),
        areas=areas,
        rounds=rounds,
    )


def _area(area: AreaDoc) -> AreaDoc:
    problems = tuple(
        _public.of(problem, causes=_public.kept(problem.causes))
        for problem in left_open(area.problems)
    )
    chain = {problem.uuid for problem in problems}
    chain |= {cause.uuid for problem in problems for cause in problem.causes}
    actions = (
        _public.of(
            action,
            problem=action.problem if action.problem in chain else None,
            cause=action.cause if action.cause in chain else None,
        )
        for action in left_open(area.actions)
    )
    return _public.of(
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
    answers = (_public.of(answer) for answer in round_.answers if answer.action in actions)
    outcomes = (_public.of(outcome) for outcome in round_.outcomes if outcome.goal in goals)
    return _public.of(
        round_,
        answers=tuple(a for a in answers if a != AnswerDoc(a.action, a.party)),
        outcomes=tuple(o for o in outcomes if o.value is not None),
    )
