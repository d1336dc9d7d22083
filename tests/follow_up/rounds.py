"""A plan that is followed up: decided, with a round that is open, and a link for its partner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from plans.models import Action, AnswerLink, FollowUpRound, Plan
from plans.services.links import send_link, usual_last_day
from plans.tokens import token_of
from plans.vocabulary import PlanState, RoundKind
from samverkan.organisation.models import District, Party, User
from samverkan.organisation.vocabulary import PartyKind, Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_party,
    a_plan,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)

PARTNER = "vaktmastaren@bostadsbolaget.example"


def a_round(
    plan: Plan, *, name: str = "Tertial 1 2026", due_in: int = 30, opened: int = 0, **fields
):
    """Open since so many days, and to be answered in so many."""
    today = timezone.localdate()
    at = datetime.combine(today - timedelta(opened), time(9), tzinfo=UTC)
    due = today + timedelta(due_in)
    fields = {"kind": RoundKind.OWN, "reporting_date": due, "opened_at": at} | fields
    return FollowUpRound.objects.create(period=plan.period, name=name, due_date=due, **fields)


@dataclass
class FollowedUp:
    district: District
    plan: Plan
    partner: Party
    police: Party
    shared: Action  # the partner and the police
    police_only: Action
    round: FollowUpRound
    samordnare: User

    def link(self, **fields) -> AnswerLink:
        words: dict[str, Any] = {
            "email": PARTNER,
            "party": self.partner,
            "last_day": usual_last_day(self.round),
        }
        return send_link(actor=self.samordnare, plan=self.plan, round_=self.round, **words | fields)


def a_followed_up_plan(
    name: str = "Järva",
    slug: str = "jarva",
    *,
    shared: dict | None = None,
    police_only: dict | None = None,
    police_actions: int = 1,
    with_police: Iterable[Party] = (),
    **fields,
) -> FollowedUp:
    """What is not said of its two actions, and of its round, is made up."""
    district = a_district(name, slug)
    partner = a_party(district, PartyKind.PARTNER, name="Bostadsbolaget")
    police = police_of(district)
    plan = a_plan(district, timezone.localdate().year, agreement=an_agreement(district))
    both = an_action(plan, partner, police, **{"name": "Trygga portar"} | (shared or {}))
    alone = [
        an_action(plan, police, *with_police, **{"name": "Punktmarkering"} | (police_only or {}))
        for _ in range(police_actions)
    ]
    settle(plan, PlanState.DECIDED)
    a_decision(plan)
    return FollowedUp(
        district,
        plan,
        partner,
        police,
        both,
        alone[0],
        a_round(plan, **fields),
        a_member(Role.COORDINATOR, district, administration_of(district)),
    )


def page_of(link: AnswerLink) -> str:
    return reverse("answer-link", args=[token_of(link)])


def card_of(link: AnswerLink, action: Action) -> str:
    return reverse("answer-by-link", args=[token_of(link), action.uuid])
