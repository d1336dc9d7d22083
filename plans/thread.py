"""One action through the years: what was planned, what was done, and what became of it.

It asks the database the same number of questions however many years there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from plans.action_view import ActionView, AnswerView, CommitmentView, GoalView
from plans.addresses import address_of
from plans.development import Series, series_of
from plans.document import ActionDoc, AnswerDoc, CommitmentDoc, OutcomeDoc, PartyDoc, RoundDoc
from plans.models import Action, Carried, FollowUp, FollowUpRound, Minutes, Outcome, Plan
from plans.services.loading import goal_doc
from plans.vocabulary import ActionState, Carry, Met, RoundKind, TimingKind
from samverkan.numbers import plain
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import PartyKind


@dataclass(frozen=True)
class Stage:
    """The action in one plan. After it has been split there are several in the same plan."""

    action: ActionView
    area: str
    fate: str  # what became of it, in a sentence
    reason: str = ""
    minutes: Sequence[Minutes] = ()

    @property
    def rounds(self) -> list[tuple[RoundDoc, list[AnswerView]]]:
        found: dict[UUID, tuple[RoundDoc, list[AnswerView]]] = {}
        for answer in self.action.answers:
            found.setdefault(answer.round.uuid, (answer.round, []))[1].append(answer)
        return list(found.values())


@dataclass(frozen=True)
class Year:
    plan: Plan
    url: str
    stages: list[Stage]
    rounds: list[RoundDoc]  # in which it has been followed up, or could have been


def related(uuid: UUID, plans: Iterable[Plan]) -> set[UUID]:
    """The action, those it came from and those that came of it; none where no plan has it."""
    links = set(
        Action.objects.filter(area__plan__in=plans).values_list("uuid", "predecessor").distinct()
    )
    beside: dict[UUID, set[UUID]] = defaultdict(set)
    there = {action for action, _ in links}
    for action, before in links:
        if before in there:
            beside[action].add(before)
            beside[before].add(action)
    if uuid not in there:
        return set()
    found, ahead = {uuid}, [uuid]
    while ahead:
        new = beside[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def years(uuid: UUID, readable: Sequence[Plan], with_minutes: Sequence[Plan] = ()) -> list[Year]:
    """The earliest first; with the protokoll in the periods of those plans."""
    thread = related(uuid, readable)
    rows = list(
        Action.objects.filter(area__plan__in=readable, uuid__in=thread)
        .select_related("area")
        .prefetch_related("goals", "commitments__party")
    )
    chosen = _one_for_each_period(readable, {row.area.plan_id for row in rows})
    by_plan: dict[int, list[Action]] = defaultdict(list)
    for row in rows:
        by_plan[row.area.plan_id].append(row)
    said = _Said(thread, [goal.uuid for row in rows for goal in row.goals.all()], chosen)
    fates = _Fates(thread, chosen, readable, by_plan)
    minutes = _minutes(thread, with_minutes)
    return [
        Year(
            plan,
            address_of(plan, readable),
            [
                Stage(
                    said.view(row, plan),
                    row.area.title,
                    *fates.of(row, plan),
                    minutes=minutes[plan.period_id, row.uuid],
                )
                for row in by_plan[plan.pk]
            ],
            said.rounds[plan.period_id],
        )
        for plan in chosen
    ]


def _minutes(thread: set[UUID], plans: Sequence[Plan]) -> dict[tuple[int, UUID], list[Minutes]]:
    found: dict[tuple[int, UUID], list[Minutes]] = defaultdict(list)
    for one in (
        Minutes.objects.filter(action__in=thread, round__period__in={p.period_id for p in plans})
        .select_related("round")
        .defer("content")
    ):
        found[one.round.period_id, one.action].append(one)
    return found


def developments(thread: Iterable[Year]) -> list[Series]:
    """What has come of its goals, from one round and one year to the next."""
    return series_of(
        (
            year.rounds,
            [(goal.doc, goal.outcomes) for stage in year.stages for goal in stage.action.goals],
        )
        for year in thread
    )


def _one_for_each_period(readable: Iterable[Plan], having: set[int]) -> list[Plan]:
    """Of the revisions that have it the one in force, or else the latest."""
    found: dict[int, Plan] = {}
    for plan in sorted(readable, key=lambda plan: (plan.in_force, plan.revision)):
        if plan.pk in having:
            found[plan.period_id] = plan
    return sorted(found.values(), key=lambda plan: plan.period.start)


class _Said:
    """What has been answered about the actions, and measured of their goals."""

    def __init__(self, actions: set[UUID], goals: list[UUID], plans: Iterable[Plan]):
        self._answers: dict[tuple[int, UUID], list[AnswerView]] = defaultdict(list)
        for answer in (
            FollowUp.objects.filter(action__in=actions, is_draft=False)
            .select_related("round", "party")
            .order_by("round__reporting_date", "round", "pk")
        ):
            self._answers[answer.round.period_id, answer.action].append(_answer(answer))
        self._outcomes: dict[tuple[int, UUID], list[tuple[RoundDoc, OutcomeDoc]]] = defaultdict(
            list
        )
        for outcome in (
            Outcome.objects.filter(goal__in=goals)
            .select_related("round")
            .order_by("round__reporting_date", "round", "pk")
        ):
            doc = OutcomeDoc(outcome.goal, plain(outcome.value), outcome.text)
            self._outcomes[outcome.round.period_id, outcome.goal].append(
                (_round(outcome.round), doc)
            )

        measured = {round_.uuid for said in self._outcomes.values() for round_, _ in said}
        self.rounds: dict[int, list[RoundDoc]] = defaultdict(list)
        for round_ in FollowUpRound.objects.filter(period__in=[plan.period_id for plan in plans]):
            if round_.opened_at or round_.uuid in measured:
                self.rounds[round_.period_id].append(_round(round_))

    def view(self, row: Action, plan: Plan) -> ActionView:
        return ActionView(
            doc=ActionDoc(
                uuid=row.uuid,
                timing_kind=TimingKind(row.timing_kind) if row.timing_kind else None,
                **{name: getattr(row, name) for name in _FIELDS},
            ),
            number="",
            goals=[
                GoalView(
                    goal_doc(goal),
                    self._outcomes[plan.period_id, goal.uuid],
                )
                for goal in row.goals.all()
            ],
            commitments=[
                CommitmentView(
                    CommitmentDoc(
                        one.uuid,
                        one.party.key,
                        one.contact_role,
                        one.other_participants,
                        one.text,
                    ),
                    _party(one.party),
                )
                for one in row.commitments.all()
            ],
            answers=self._answers[plan.period_id, row.uuid],
            also_serves=(),
        )


# What stands in the document as it stands in the row.
_FIELDS = tuple(
    {field.name for field in Action._meta.concrete_fields if not field.is_relation}
    & set(ActionDoc.__struct_fields__) - {"uuid", "timing_kind"}
)


def _answer(row: FollowUp) -> AnswerView:
    doc = AnswerDoc(
        action=row.action,
        party=row.party.key if row.party else None,
        text=row.text,
        state=ActionState(row.state) if row.state else None,
        commitment_met=Met(row.commitment_met) if row.commitment_met else None,
        continues_next_year=row.continues_next_year,
        meetings_planned=row.meetings_planned,
        meetings_held=row.meetings_held,
    )
    return AnswerView(doc, _round(row.round), _party(row.party) if row.party else None)


def _round(row: Any) -> RoundDoc:
    return RoundDoc(row.uuid, RoundKind(row.kind), row.name, row.reporting_date, row.due_date)


def _party(row: Party) -> PartyDoc:
    return PartyDoc(row.key, row.name, row.short_name, PartyKind(row.kind))


class _Fates:
    """What became of each action: as it was said when the next plan was made, or as it can be seen."""

    def __init__(
        self,
        thread: set[UUID],
        chosen: Sequence[Plan],
        readable: Sequence[Plan],
        by_plan: dict[int, list[Action]],
    ):
        self._carried: dict[tuple[int, UUID], Carried] = {}
        for one in Carried.objects.filter(
            action__in=thread, rollover__before__in=readable, rollover__after__in=readable
        ).select_related("rollover__after__period", "rollover__before"):
            self._carried[one.rollover.before.period_id, one.action] = one
        self._after: dict[UUID, list[Plan]] = defaultdict(list)
        for plan in chosen:
            for row in by_plan[plan.pk]:
                if row.predecessor:
                    self._after[row.predecessor].append(plan)

    def of(self, row: Action, plan: Plan) -> tuple[str, str]:
        after = self._after[row.uuid]
        carried = self._carried.get((plan.period_id, row.uuid))
        if carried and (after or carried.carry == Carry.CLOSE):
            period = f"{carried.rollover.after.period}"
            return _FATES[Carry(carried.carry)].format(period=period), carried.reason
        if not after:
            return "", ""
        if len(after) > 1 and len({other.pk for other in after}) == 1:
            return f"Delades i {len(after)} åtgärder i planen för {after[0].period}.", ""
        return f"Fortsatte i planen för {after[0].period}.", ""


_FATES = {
    Carry.ON: "Fortsatte i planen för {period}.",
    Carry.CHANGE: "Fortsatte i planen för {period}, för att ändras.",
    Carry.PAUSE: "Pausades i planen för {period}.",
    Carry.SPLIT: "Delades i två i planen för {period}.",
    Carry.CLOSE: "Avslutades. Den finns inte i planen för {period}.",
}
