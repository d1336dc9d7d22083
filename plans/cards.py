"""What is asked of a party, or for all, in a round: a card for each action, with what is answered.

Asked for together: the same number of questions for one card as for two hundred in twelve plans.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plans.editable import ANSWER, OUTCOME
from plans.measured import Meetings
from plans.models import (
    Action,
    Commitment,
    FollowUp,
    FollowUpRound,
    Goal,
    Minutes,
    Outcome,
    Plan,
    Understanding,
)
from plans.rounds.asking import asks_for
from plans.rounds.times import time_of
from plans.services.answering import About
from plans.services.frozen import asked_when_closed
from plans.timing.standing import Standing, standing
from plans.timing.understanding import Understood
from plans.vocabulary import ActionState
from samverkan.collaboration.editable import Editable
from samverkan.organisation.models import Party


def typed_in(kind: Editable, row: FollowUp | Outcome | None) -> dict[str, str]:
    """Each field as somebody would have typed it."""
    return {
        name: one.typed(one.plain(getattr(row, name))) if row else ""
        for name, one in kind.fields.items()
    }


@dataclass(frozen=True)
class GoalLine:
    goal: Goal
    outcome: Outcome | None
    earlier: Outcome | None

    @property
    def typed(self) -> dict[str, str]:
        return typed_in(OUTCOME, self.outcome)


@dataclass
class Card:
    about: About
    action: Action
    understood: Understood
    commitment: Commitment | None = None
    answer: FollowUp | None = None
    earlier: FollowUp | None = None  # what was said the last time
    goals: Sequence[GoalLine] = ()
    minutes: Sequence[Minutes] = ()
    put_right: Understanding | None = None  # where somebody has said how its time is understood

    @property
    def meetings_words(self) -> str:
        """ "10 av 11 möten": held, of those that are planned in the whole of the plan."""
        held = self.answer.meetings_held if self.answer else None
        said = self.answer.meetings_planned if self.answer else None
        planned = self.understood.meetings_planned if said is None else said
        if held is None:
            return "" if planned is None else f"{planned} planerade"
        return Meetings(held, planned).words

    @property
    def key(self) -> str:
        """As a piece of a name on a page."""
        party = self.about.party
        return f"{self.about.round.pk}-{party.pk if party else 'alla'}-{self.action.uuid}"

    @property
    def typed(self) -> dict[str, str]:
        return typed_in(ANSWER, self.answer)

    @property
    def is_answered(self) -> bool:
        """A draft is no answer of the party's."""
        row = self.answer
        return bool(row and (row.text or row.state) and not row.is_draft)

    @property
    def is_draft(self) -> bool:
        return bool(self.answer and self.answer.is_draft)

    @property
    def can_be_copied(self) -> bool:
        said = self.earlier
        return bool(said and not self.is_answered and any(typed_in(ANSWER, said).values()))

    @property
    def address(self) -> str:
        place = [self.about.plan.district.slug, self.about.plan.pk, self.about.round.pk]
        if party := self.about.party:
            return reverse("answer-of-party", args=[*place, self.action.uuid, party.pk])
        return reverse("answer", args=[*place, self.action.uuid])

    @property
    def now(self) -> Standing:
        """Whether it is late today."""
        said = self.answer or self.earlier
        state = ActionState(said.state) if said and said.state else None
        return standing(self.understood, state, timezone.localdate())


@dataclass
class Sheet:
    """All that is asked of one party in one round of one plan; of no party, for all."""

    plan: Plan
    round: FollowUpRound
    party: Party | None
    cards: list[Card] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(card.is_answered for card in self.cards)

    @property
    def left(self) -> int:
        return len(self.cards) - self.answered

    @property
    def areas(self) -> list[tuple[str, list[Card]]]:
        found: dict[str, list[Card]] = defaultdict(list)
        for card in self.cards:
            found[card.action.area.title].append(card)
        return list(found.items())

    @property
    def first_left(self) -> Card | None:
        """As the page orders them: area by area."""
        ordered = (card for _, cards in self.areas for card in cards)
        return next((card for card in ordered if not card.is_answered), None)

    @property
    def drafts(self) -> int:
        """What the samordnare has written for the party, and the party has not confirmed."""
        return sum(card.is_draft for card in self.cards)


Asked = tuple[Plan, FollowUpRound, Party | None]


def sheets(asked: Iterable[Asked], *, with_goals: bool = False) -> list[Sheet]:
    """In the order in which they are asked for; those that ask for nothing are left out."""
    asked = list(asked)
    if not asked:
        return []
    known = _Known(asked, with_goals)
    found = [
        Sheet(plan, round_, party, list(known.cards(plan, round_, party)))
        for plan, round_, party in asked
    ]
    return [sheet for sheet in found if sheet.cards]


class _Known:
    def __init__(self, asked: Sequence[Asked], with_goals: bool):
        self._plans = {plan.pk: plan for plan, _, _ in asked}
        self._rounds = {round_.pk: round_ for _, round_, _ in asked}
        self._with_goals = with_goals
        parties = {party.pk for _, _, party in asked if party}
        actions = Action.objects.filter(area__plan__in=self._plans)
        if all(party for _, _, party in asked):
            actions = actions.filter(commitments__party__in=parties).distinct()
        self._actions: dict[int, list[Action]] = defaultdict(list)
        for action in actions.select_related("area").order_by(
            "area__position", "area__pk", "position", "pk"
        ):
            self._actions[action.area.plan_id].append(action)
        self._commitments = {
            (one.action_id, one.party_id): one
            for one in Commitment.objects.filter(
                action__area__plan__in=self._plans, party__in=parties
            )
        }

    @cached_property
    def _frozen(self) -> dict[UUID, tuple[UUID, ...]]:
        return asked_when_closed(self._rounds.values())

    def _asks_for(self, round_: FollowUpRound, action: Action, rounds: list[str] | None) -> bool:
        if (frozen := self._frozen.get(round_.uuid)) is not None:
            return action.uuid in frozen
        return asks_for(round_.kind, action.follow_up_plan, rounds)

    @property
    def _uuids(self) -> set[UUID]:
        return {action.uuid for actions in self._actions.values() for action in actions}

    @cached_property
    def _understandings(self) -> dict[tuple[int, UUID], Understanding]:
        periods = {plan.period_id for plan in self._plans.values()}
        found = Understanding.objects.filter(period__in=periods)
        return {(one.period_id, one.action): one for one in found}

    @cached_property
    def _answers(self) -> dict[tuple[UUID, int | None], list[FollowUp]]:
        """By action and party, the latest last: also those about what the action was before."""
        befores = {
            action.predecessor for actions in self._actions.values() for action in actions
        } - {None}
        found: dict[tuple[UUID, int | None], list[FollowUp]] = defaultdict(list)
        for row in (
            FollowUp.objects.filter(action__in=self._uuids | befores)
            .filter(Q(round__opened_at__isnull=False) | Q(round__in=self._rounds))
            .select_related("round", "written_by", "written_through__party")
            .order_by("round__reporting_date", "round__pk")
        ):
            found[row.action, row.party_id].append(row)
        return found

    @cached_property
    def _goals(self) -> dict[int, list[Goal]]:
        found: dict[int, list[Goal]] = defaultdict(list)
        if self._with_goals:
            for goal in Goal.objects.filter(action__area__plan__in=self._plans):
                found[goal.action_id].append(goal)
        return found

    @cached_property
    def _outcomes(self) -> dict[UUID, list[Outcome]]:
        goals = [goal.uuid for goals in self._goals.values() for goal in goals]
        found: dict[UUID, list[Outcome]] = defaultdict(list)
        if goals:
            for outcome in (
                Outcome.objects.filter(goal__in=goals)
                .select_related("round")
                .order_by("round__reporting_date", "round__pk")
            ):
                found[outcome.goal].append(outcome)
        return found

    @cached_property
    def _minutes(self) -> dict[tuple[int, UUID], list[Minutes]]:
        found: dict[tuple[int, UUID], list[Minutes]] = defaultdict(list)
        if self._with_goals:
            for one in Minutes.objects.filter(round__in=self._rounds).defer("content"):
                found[one.round_id, one.action].append(one)
        return found

    def cards(self, plan: Plan, round_: FollowUpRound, party: Party | None) -> Iterable[Card]:
        for action in self._actions[plan.pk]:
            commitment = self._commitments.get((action.pk, party.pk)) if party else None
            if party and not commitment:
                continue
            put_right = self._understandings.get((plan.period_id, action.uuid))
            rounds = put_right.rounds if put_right else None
            if not self._asks_for(round_, action, rounds):
                continue
            mine, earlier = self._said(action, round_, party)
            yield Card(
                About(plan, round_, action.uuid, party),
                action,
                time_of(action, plan.period, put_right),
                commitment,
                mine,
                earlier,
                [self._goal(goal, round_) for goal in self._goals[action.pk]],
                self._minutes[round_.pk, action.uuid],
                put_right,
            )

    def _said(
        self, action: Action, round_: FollowUpRound, party: Party | None
    ) -> tuple[FollowUp | None, FollowUp | None]:
        key = party.pk if party else None
        of_action = self._answers.get((action.uuid, key), [])
        before = self._answers.get((action.predecessor, key), []) if action.predecessor else []
        mine = next((row for row in of_action if row.round_id == round_.pk), None)
        earlier = [
            row
            for row in [*before, *of_action]
            if row.round_id != round_.pk
            and row.round.reporting_date <= round_.reporting_date
            and not row.is_draft
        ]
        return mine, earlier[-1] if earlier else None

    def _goal(self, goal: Goal, round_: FollowUpRound) -> GoalLine:
        rows = self._outcomes.get(goal.uuid, [])
        mine = next((row for row in rows if row.round_id == round_.pk), None)
        earlier = [
            row
            for row in rows
            if row.round_id != round_.pk and row.round.reporting_date <= round_.reporting_date
        ]
        return GoalLine(goal, mine, earlier[-1] if earlier else None)
