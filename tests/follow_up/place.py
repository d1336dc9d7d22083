"""A decided plan with an open round, and those who answer in it."""

from plans.models import FollowUp
from plans.services.answering import About, answer
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_plan,
    a_round,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)


class Place:
    def __init__(self, more_actions: int = 0) -> None:
        self.district = a_district()
        self.sdf, self.police = administration_of(self.district), police_of(self.district)
        self.plan = a_plan(self.district, 2026, agreement=an_agreement(self.district))
        self.action = an_action(self.plan, self.sdf, self.police, name="Platssamverkan Torget")
        self.goal = self.action.goals.create(text="Minst elva möten", unit="möten", target=11)
        for number in range(more_actions):
            an_action(self.plan, self.police, name=f"Vandring {number}")
        settle(self.plan)
        a_decision(self.plan)
        self.round = a_round(self.plan)
        self.samordnare = a_member(Role.COORDINATOR, self.district, self.sdf)
        self.kommunpolis = a_member(Role.EDITOR, self.district, self.police)

    def about(self, party: Party | None = None) -> About:
        return About(self.plan, self.round, self.action.uuid, party)

    def answer(self, who, party, *, seen: int | None = None, **typed):
        seen = self.round.version if seen is None else seen
        return answer(actor=who, about=self.about(party), typed=typed, seen=seen)

    def said(self, party) -> FollowUp:
        return FollowUp.objects.get(round=self.round, party=party)
