"""Mina åtaganden: what the parties that a user answers for have promised, and what is asked of them now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plans.addresses import address_of
from plans.cards import Asked, Sheet, sheets
from plans.models import Commitment, FollowUpRound, Plan
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import Party


@dataclass(frozen=True)
class Promised:
    """What one party has undertaken in one plan."""

    plan: Plan
    party: Party
    commitments: list[Commitment]
    url: str


class Mine:
    def __init__(self, user: Any, plans: Iterable[Plan] | None = None):
        self.user = user
        if plans is not None:  # known already: those in force
            self.plans = list(plans)

    @cached_property
    def plans(self) -> list[Plan]:
        """Those in force in the districts where she answers for a party."""
        answering = [m for m in self.user.standing if m.party_id and m.district_id]
        plans = (
            Plan.objects.filter(
                in_force=True, period__district__in={m.district_id for m in answering}
            )
            .select_related("period__district__municipality")
            .for_parties({m.party_id for m in answering})
        )
        return list(plans)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """What is asked now; what is to be answered first stands first."""
        return sheets(self._asked())

    @cached_property
    def promised(self) -> list[Promised]:
        answered_for = [(plan, party) for plan in self.plans for party in self.parties_in(plan)]
        found: dict[tuple[int, int], list[Commitment]] = defaultdict(list)
        for one in (
            Commitment.objects.filter(
                action__area__plan__in=self.plans, party__in={party for _, party in answered_for}
            )
            .select_related("action__area")
            .order_by("action__area__position", "action__position", "action__pk")
        ):
            found[one.action.area.plan_id, one.party_id].append(one)
        return [
            Promised(
                plan,
                party,
                found[plan.pk, party.pk],
                address_of(plan, self.plans, part=party.key),
            )
            for plan, party in answered_for
            if found[plan.pk, party.pk]
        ]

    def parties_in(self, plan: Plan) -> list[Party]:
        """Those that she answers for in the plan."""
        own = dict.fromkeys(m.party for m in memberships_in(self.user, plan) if m.party)
        return [
            party
            for party in own
            if plan.takes_part(party) and may(self.user, Right.FOLLOW_UP, plan, party)
        ]

    def _asked(self) -> Iterable[Asked]:
        by_period = {plan.period_id: plan for plan in self.plans}
        rounds = (
            FollowUpRound.objects.filter(
                period__in=by_period, opened_at__isnull=False, closed_at=None
            )
            .select_related("reopened_by")
            .prefetch_related("parties")
        )
        for round_ in rounds.order_by("due_date", "pk"):
            plan = by_period[round_.period_id]
            for party in self.parties_in(plan):
                if is_asked(party, round_):
                    yield plan, round_, party


def is_asked(party: Party, round_: FollowUpRound) -> bool:
    """Those that the round names; where it names nobody, everybody."""
    named = {one.pk for one in round_.parties.all()}
    return not named or party.pk in named
