"""Läget of many plans at once, in as many questions for one plan as for all the city's.

Each plan becomes a light document: what the picture counts, without the words. The page of a single
plan reads all of it (plans/services/loading.py) and has the words too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left
from msgspec.structs import replace

from plans.document import (
    ActionDoc,
    AnswerDoc,
    AreaDoc,
    CatalogueDoc,
    CommitmentDoc,
    DistrictDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    RoundDoc,
)
from plans.models import (
    Action,
    Commitment,
    FollowUp,
    FollowUpRound,
    Outcome,
    Plan,
    PlanArea,
    Understanding,
)
from plans.picture import LETTERS_OF_A_TITLE, Beside, Picture, PutRight, picture_of, shown_round
from plans.services.frozen import asked_when_closed
from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.numbers import plain
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key

Answering = dict[UUID, tuple[str, ...]]  # as Beside has it


@dataclass(frozen=True)
class _Child:
    """A row, and the key of that which it hangs on."""

    parent: int
    doc: Any


def pictures_of(plans: Sequence[Plan], *, today: date) -> dict[int, Picture]:
    """By the plan's primary key. `plans` know their period, its district and its municipality."""
    documents, answering = light_documents(plans)
    shown = [shown_round(document.rounds) for document in documents.values()]
    beside = Beside(
        answering, _put_right({plan.period_id for plan in plans}), asked_when_closed(shown)
    )
    return {
        pk: picture_of(document, beside=beside, today=today) for pk, document in documents.items()
    }


def beside_of(period: int, shown: RoundDoc | None) -> Beside:
    """Beside a document that says everything else, for the picture of one of its rounds."""
    found: Answering = defaultdict(tuple)
    named = FollowUpRound.parties.through.objects.filter(followupround__period=period)
    for link in named.select_related("followupround", "party").order_by("pk"):
        found[link.followupround.uuid] += (link.party.key,)
    return Beside(found, _put_right({period}), asked_when_closed([shown]))


def _put_right(periods: Collection[int]) -> dict[UUID, PutRight]:
    return {
        row.action: PutRight(
            TimingKind(row.timing_kind) if row.timing_kind else None,
            row.starts_on,
            row.ends_on,
            row.meetings,
            None if row.rounds is None else tuple(row.rounds),
        )
        for row in Understanding.objects.filter(period__in=periods)
    }


def light_documents(plans: Sequence[Plan]) -> tuple[dict[int, PlanDocument], Answering]:
    parties = _parties(plans)
    areas = _areas(plans, parties)
    rounds, answering = _rounds({plan.period_id for plan in plans}, parties)
    return {
        plan.pk: _document(plan, areas[plan.pk], rounds[plan.period_id], parties) for plan in plans
    }, answering


def _document(
    plan: Plan,
    areas: Sequence[AreaDoc],
    rounds: Sequence[RoundDoc],
    parties: dict[int, PartyDoc],
) -> PlanDocument:
    period, district = plan.period, plan.period.district
    actions = {action.uuid: action for area in areas for action in area.actions}
    goals = {goal.uuid for action in actions.values() for goal in action.goals}
    of_plan = tuple(
        replace(
            round_,
            answers=tuple(answer for answer in round_.answers if answer.action in actions),
            outcomes=tuple(outcome for outcome in round_.outcomes if outcome.goal in goals),
        )
        for round_ in rounds
    )
    named = {one.party for action in actions.values() for one in action.commitments}
    named |= {answer.party for round_ in of_plan for answer in round_.answers if answer.party}
    found = sorted(
        {party.key: party for party in parties.values() if party.key in named}.values(),
        key=lambda party: sort_key(party.short_name),
    )
    return PlanDocument(
        district=DistrictDoc(district.slug, district.name, district.municipality.name),
        period_start=period.start,
        period_end=period.end,
        layout=Layout(plan.layout),
        catalogue=CatalogueDoc(period.start.year, ""),
        revision=plan.revision,
        parties=tuple(found),
        areas=tuple(areas),
        rounds=of_plan,
    )


def _parties(plans: Sequence[Plan]) -> dict[int, PartyDoc]:
    cities = {plan.period.district.municipality_id for plan in plans}
    return {
        party.pk: PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))
        for party in Party.objects.filter(municipality__in=cities)
    }


def _areas(plans: Sequence[Plan], parties: dict[int, PartyDoc]) -> dict[int, list[AreaDoc]]:
    areas = list(
        PlanArea.objects.filter(plan__in=plans).only(
            "uuid", "plan", "title", "handled_as", "handled_in"
        )
    )
    uuids = {area.pk: area.uuid for area in areas}
    actions = _by_parent(_actions(Action.objects.filter(area__plan__in=plans), plans, parties))
    found: dict[int, list[AreaDoc]] = defaultdict(list)
    for area in areas:
        found[area.plan_id].append(
            AreaDoc(
                uuid=area.uuid,
                slug=str(area.uuid),
                name=area.title,
                title=area.title,
                handled_as=HandledAs(area.handled_as) if area.handled_as else None,
                handled_in=uuids[area.handled_in_id] if area.handled_in_id else None,
                actions=actions[area.pk],
            )
        )
    return found


def _actions(
    rows: QuerySet[Action], plans: Sequence[Plan], parties: dict[int, PartyDoc]
) -> Iterable[_Child]:
    in_plans = {"action__area__plan__in": plans}
    commitments = _by_parent(
        _Child(action, CommitmentDoc(uuid, parties[party].key))
        for action, uuid, party in Commitment.objects.filter(**in_plans).values_list(
            "action", "uuid", "party"
        )
    )
    begins = Left("description", LETTERS_OF_A_TITLE + 1)
    fields = ("pk", "area", "begins", "timing_kind", *_ACTION_FIELDS, *_GOAL_FIELDS)
    # An action once for each of its goals, or once where it has none.
    together: dict[int, dict] = {}
    goals: dict[int, list[GoalDoc]] = defaultdict(list)
    for row in (
        rows.annotate(begins=begins).order_by("position", "pk", *_GOAL_ORDER).values(*fields)
    ):
        together.setdefault(row["pk"], row)
        uuid, unit, baseline, target, by = (row[field] for field in _GOAL_FIELDS)
        if uuid:
            goals[row["pk"]].append(GoalDoc(uuid, "", unit, plain(baseline), plain(target), by))
    for pk, row in together.items():
        kind = row["timing_kind"]
        yield _Child(
            row["area"],
            ActionDoc(
                description=row["begins"],
                timing_kind=TimingKind(kind) if kind else None,
                goals=tuple(goals[pk]),
                commitments=commitments[pk],
                **{field: row[field] for field in _ACTION_FIELDS},
            ),
        )


_GOAL_FIELDS = tuple(
    f"goals__{field}" for field in ("uuid", "unit", "baseline", "target", "target_date")
)
_GOAL_ORDER = ("goals__position", "goals__pk")
_ACTION_FIELDS = (
    *("uuid", "name", "timing", "meeting_frequency", "follow_up_plan"),
    *("starts_on", "ends_on", "meetings_planned"),
)


def _rounds(
    periods: set[int], parties: dict[int, PartyDoc]
) -> tuple[dict[int, list[RoundDoc]], Answering]:
    answers = _by_parent(
        _Child(
            round_,
            AnswerDoc(
                action=action,
                party=parties[party].key if party else None,
                state=ActionState(state) if state else None,
                commitment_met=Met(met) if met else None,
                continues_next_year=goes_on,
                meetings_planned=planned,
                meetings_held=held,
            ),
        )
        for round_, action, party, state, met, goes_on, planned, held in FollowUp.objects.filter(
            round__period__in=periods, is_draft=False
        ).values_list(
            *("round", "action", "party", "state", "commitment_met", "continues_next_year"),
            *("meetings_planned", "meetings_held"),
        )
    )
    outcomes = _by_parent(
        _Child(round_, OutcomeDoc(goal, plain(value)))
        for round_, goal, value in Outcome.objects.filter(round__period__in=periods).values_list(
            "round", "goal", "value"
        )
    )
    found: dict[int, list[RoundDoc]] = defaultdict(list)
    answering: Answering = defaultdict(tuple)
    seen = set()
    rows = FollowUpRound.objects.filter(period__in=periods)
    # A round once for each party that it turns to, or once where it turns to all.
    for period, pk, named, uuid, kind, *rest in rows.values_list(
        *("period", "pk", "parties", "uuid", "kind", "name", "reporting_date", "due_date"),
        *("opened_at", "closed_at"),
    ):
        if named:
            answering[uuid] += (parties[named].key,)
        if pk in seen:
            continue
        seen.add(pk)
        name, reporting_date, due_date, opened_at, closed_at = rest
        found[period].append(
            RoundDoc(
                uuid=uuid,
                kind=RoundKind(kind),
                name=name,
                reporting_date=reporting_date,
                due_date=due_date,
                opened_at=opened_at,
                closed_at=closed_at,
                answers=answers[pk],
                outcomes=outcomes[pk],
            )
        )
    return found, answering


def _by_parent(rows: Iterable[_Child]) -> dict[int, tuple]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.parent].append(row.doc)
    return defaultdict(tuple, {parent: tuple(docs) for parent, docs in found.items()})
