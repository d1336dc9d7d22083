"""A plan from the database to its document.

`to_document` asks the same number of queries however large the plan is; two of them join what
would otherwise be two each, to keep the plan's page within its budget.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from msgspec.structs import replace

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
    decode,
)
from plans.models import (
    Action,
    Agreement,
    Commitment,
    FollowUpRound,
    Goal,
    Outcome,
    Period,
    Plan,
    Problem,
)
from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.numbers import plain
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key

Choice = TypeVar("Choice", bound=TextChoices)


def current_document(plan: Plan, *, beside: bool = True) -> PlanDocument:
    """What the plan says now. A decided plan says what its decision froze, whatever has become of
    the names in it since, and the follow-ups so far.

    What stands beside the areas, the front matter and the extras, can be left unread.
    """
    if not hasattr(plan, "decision"):
        return to_document(plan, beside=beside)
    frozen = decode(bytes(plan.decision.document))
    parties = _Parties(frozen.parties)
    rounds = _rounds(plan.period, parties, *_actions_and_goals(frozen.areas))
    return replace(frozen, rounds=rounds, parties=parties.in_order(frozen.agreement))


def planned(plan: Plan) -> PlanDocument:
    """What the plan says now of what is to be done, without the follow-ups."""
    if hasattr(plan, "decision"):
        return decode(bytes(plan.decision.document))
    return to_document(plan).plan_part()


def to_document(plan: Plan, *, beside: bool = True) -> PlanDocument:
    """The plan as its rows stand now, follow-ups included."""
    parties = _Parties()
    period, district = plan.period, plan.period.district
    agreement = _agreement(plan.agreement, parties) if plan.agreement else None
    areas = _areas(plan, parties)
    rounds = _rounds(period, parties, *_actions_and_goals(areas))
    return PlanDocument(
        district=DistrictDoc(district.slug, district.name, district.municipality.name),
        period_start=period.start,
        period_end=period.end,
        layout=Layout(plan.layout),
        catalogue=CatalogueDoc(plan.catalogue.year, plan.catalogue.name),
        revision=plan.revision,
        annex_label=plan.annex_label,
        agreement=agreement,
        parties=parties.in_order(agreement),
        sections=tuple(
            SectionDoc(section.uuid, section.heading, section.text)
            for section in (plan.sections.all() if beside else ())
        ),
        areas=areas,
        rounds=rounds,
        extras=tuple(
            ExtraDoc(extra.where, extra.label, extra.text, extra.is_internal, extra.uuid)
            for extra in (plan.extras.all() if beside else ())
        ),
    )


def goal_doc(goal: Goal) -> GoalDoc:
    return GoalDoc(
        goal.uuid,
        goal.text,
        goal.unit,
        plain(goal.baseline),
        plain(goal.target),
        goal.target_date,
        goal.indicator,
    )


def agreed(agreement: Agreement) -> tuple[AgreementDoc, tuple[PartyDoc, ...]]:
    """An agreement, and the parties that it names, as a document has them."""
    parties = _Parties()
    doc = _agreement(agreement, parties)
    return doc, parties.in_order(doc)


class _Parties:
    """The parties that the document names, gathered on the way."""

    def __init__(self, known: Iterable[PartyDoc] = ()) -> None:
        self._named = {party.key: party for party in known}

    def name(self, party: Party) -> str:
        key = party.key
        if key not in self._named:
            self._named[key] = PartyDoc(key, party.name, party.short_name, PartyKind(party.kind))
        return key

    def in_order(self, agreement: AgreementDoc | None) -> tuple[PartyDoc, ...]:
        """Those of the agreement first, as it lists them; then the others by name."""
        main = [entry.party for entry in agreement.parties] if agreement else []
        others = [party for key, party in self._named.items() if key not in main]
        others.sort(key=lambda party: (sort_key(party.short_name), party.key))
        return (*(self._named[key] for key in main), *others)


def _actions_and_goals(areas: Iterable[AreaDoc]) -> tuple[set[UUID], set[UUID]]:
    """What the rounds of the period may have answers about."""
    actions = [action for area in areas for action in area.actions]
    return {action.uuid for action in actions}, {
        goal.uuid for action in actions for goal in action.goals
    }


def _agreement(agreement: Agreement, parties: _Parties) -> AgreementDoc:
    return AgreementDoc(
        uuid=agreement.uuid,
        title=agreement.title,
        period_start=agreement.period_start,
        period_end=agreement.period_end,
        signed_on=agreement.signed_on,
        registry_number=agreement.registry_number,
        next_review=agreement.next_review,
        parties=tuple(
            SignatoryDoc(
                parties.name(entry.party), entry.signatory, entry.registry_number, entry.uuid
            )
            for entry in agreement.parties.all()
        ),
    )


def _areas(plan: Plan, parties: _Parties) -> tuple[AreaDoc, ...]:
    areas = list(plan.areas.select_related("area"))
    uuids = {area.pk: area.uuid for area in areas}
    problems, problem_uuids, cause_uuids = _problems(plan)
    actions = _actions(plan, parties, uuids, problem_uuids, cause_uuids)
    return tuple(
        AreaDoc(
            uuid=area.uuid,
            slug=area.area.slug,
            name=area.area.name,
            title=area.title,
            own=area.area.district_id is not None,
            overall_goal=area.overall_goal,
            situation=area.situation,
            comment=area.comment,
            handled_as=_chosen(HandledAs, area.handled_as),
            handled_in=_known(uuids, area.handled_in_id),
            handled_note=area.handled_note,
            not_chosen_reason=area.not_chosen_reason,
            is_internal=area.is_internal,
            internal_reason=area.internal_reason,
            internal_fields=tuple(area.internal_fields),
            problems=problems[area.pk],
            actions=actions[area.pk],
        )
        for area in areas
    )


def _problems(
    plan: Plan,
) -> tuple[dict[int, tuple[ProblemDoc, ...]], dict[int, UUID], dict[int, UUID]]:
    """Problems with their causes, by area; and the UUIDs of both by primary key."""
    marks = ("is_internal", "internal_reason")
    rows = _with_children(
        Problem.objects.filter(area__plan=plan).order_by(
            "position", "pk", "causes__position", "causes__pk"
        ),
        ("area_id", "pk", "uuid", "text", "priority", *marks),
        "causes",
        ("pk", "uuid", "text", *marks),
    )
    problems: dict[tuple[int, int], tuple] = {}
    causes: dict[int, list[CauseDoc]] = defaultdict(list)
    cause_uuids: dict[int, UUID] = {}
    for (area, pk, *problem), child in rows:
        problems[area, pk] = tuple(problem)
        if child:
            cause_pk, *cause = child
            causes[pk].append(CauseDoc(*cause))
            cause_uuids[cause_pk] = cause[0]
    by_area: dict[int, tuple[ProblemDoc, ...]] = defaultdict(tuple)
    for (area, pk), (uuid, text, priority, is_internal, reason) in problems.items():
        doc = ProblemDoc(uuid, text, priority, is_internal, reason, tuple(causes[pk]))
        by_area[area] += (doc,)
    problem_uuids = {pk: uuid for (_, pk), (uuid, *_rest) in problems.items()}
    return by_area, problem_uuids, cause_uuids


def _with_children(
    parents: QuerySet, fields: Iterable[str], children: str, child_fields: Iterable[str]
) -> Iterator[tuple[tuple, tuple | None]]:
    """Parents with each of their children, in one query; a parent without any comes with None."""
    fields = tuple(fields)
    columns = (f"{children}__{field}" for field in child_fields)
    for row in parents.values_list(*fields, *columns):
        parent, child = row[: len(fields)], row[len(fields) :]
        yield parent, child if child[0] is not None else None


def _actions(
    plan: Plan,
    parties: _Parties,
    areas: dict[int, UUID],
    problems: dict[int, UUID],
    causes: dict[int, UUID],
) -> dict[int, tuple[ActionDoc, ...]]:
    in_plan = {"action__area__plan": plan}
    goals = _by_action(
        (
            goal.action_id,
            goal_doc(goal),
        )
        for goal in Goal.objects.filter(**in_plan)
    )
    commitments = _by_action(
        (
            commitment.action_id,
            CommitmentDoc(
                commitment.uuid,
                parties.name(commitment.party),
                commitment.contact_role,
                commitment.other_participants,
                commitment.text,
                commitment.is_internal,
                commitment.internal_reason,
                tuple(commitment.internal_fields),
            ),
        )
        for commitment in Commitment.objects.filter(**in_plan).select_related("party")
    )
    also_serves = _by_action(
        (link.action_id, areas[link.planarea_id])
        for link in Action.also_serves.through.objects.filter(**in_plan).order_by("pk")
    )
    found: dict[int, list[ActionDoc]] = defaultdict(list)
    for action in Action.objects.filter(area__plan=plan):
        found[action.area_id].append(
            ActionDoc(
                uuid=action.uuid,
                problem=_known(problems, action.problem_id),
                cause=_known(causes, action.cause_id),
                also_serves=also_serves[action.pk],
                timing_kind=_chosen(TimingKind, action.timing_kind),
                internal_fields=tuple(action.internal_fields),
                goals=goals[action.pk],
                commitments=commitments[action.pk],
                **{field: getattr(action, field) for field in _ACTION_FIELDS},
            )
        )
    return defaultdict(tuple, {area: tuple(actions) for area, actions in found.items()})


# What stands in the document as it stands in the row. A new plain field of the action needs no
# more than the model, the document and a place in plans/action_view.py.
_ACTION_FIELDS = tuple(
    field
    for field in ActionDoc.__struct_fields__
    if field not in {"uuid", "problem", "cause", "also_serves", "timing_kind"}
    and field not in {"internal_fields", "goals", "commitments"}
)


def _chosen(kind: type[Choice], value: str) -> Choice | None:
    """The word itself, with its label; a blank in the row is none in the document."""
    return kind(value) if value else None


def _known(uuids: dict[int, UUID], pk: int | None) -> UUID | None:
    return uuids[pk] if pk else None


def _by_action(pairs: Iterable[tuple[int, Any]]) -> dict[int, tuple]:
    found: dict[int, list] = defaultdict(list)
    for action, value in pairs:
        found[action].append(value)
    return defaultdict(tuple, {action: tuple(values) for action, values in found.items()})


def _rounds(
    period: Period, parties: _Parties, actions: set[UUID], goals: set[UUID]
) -> tuple[RoundDoc, ...]:
    """The period's rounds, with the answers that are about this plan's actions and goals. What is
    written for a party is no answer of its until the party has said that it is so."""
    party_fields = tuple(field.attname for field in Party._meta.concrete_fields)
    rows = _with_children(
        FollowUpRound.objects.filter(period=period).order_by(
            "reporting_date", "pk", "follow_ups__pk"
        ),
        ("pk", *_ROUND_FIELDS),
        "follow_ups",
        (
            *("action", "is_draft", *_ANSWER_FIELDS),
            *(f"party__{field}" for field in party_fields),
        ),
    )
    rounds: dict[int, tuple] = {}
    answers = defaultdict(list)
    for (pk, *round_), child in rows:
        rounds[pk] = tuple(round_)
        if child and child[0] in actions and not child[1]:
            action, rest = child[0], child[2:]
            answer = dict(zip(_ANSWER_FIELDS, rest, strict=False))
            party = Party(*rest[len(_ANSWER_FIELDS) :])  # type: ignore[misc]
            answers[pk].append(
                AnswerDoc(
                    action=action,
                    party=parties.name(party) if party.pk else None,
                    **answer
                    | {
                        "state": _chosen(ActionState, answer["state"]),
                        "commitment_met": _chosen(Met, answer["commitment_met"]),
                    },
                )
            )
    outcomes = defaultdict(list)
    if rounds:
        for outcome in Outcome.objects.filter(round__period=period):
            if outcome.goal in goals:
                outcomes[outcome.round_id].append(
                    OutcomeDoc(outcome.goal, plain(outcome.value), outcome.text)
                )
    return tuple(
        RoundDoc(
            **dict(zip(_ROUND_FIELDS, round_, strict=True)) | {"kind": RoundKind(round_[1])},
            answers=tuple(answers[pk]),
            outcomes=tuple(outcomes[pk]),
        )
        for pk, round_ in rounds.items()
    )


_ROUND_FIELDS = tuple(
    field for field in RoundDoc.__struct_fields__ if field not in {"answers", "outcomes"}
)
_ANSWER_FIELDS = tuple(
    field for field in AnswerDoc.__struct_fields__ if field not in {"action", "party"}
)
