"""What is a user's to see on the start page: her plans, and what in them waits for her.

By rights and state, in a number of queries that does not grow with the plans.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from plans.addresses import address_of
from plans.models import Approval, Commitment, FollowUp, FollowUpRound, Plan
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import Role


@dataclass(frozen=True)
class Task:
    what: str
    plan: Plan
    due: date | None = None
    party: Party | None = None  # whose part of the plan it is about
    why: str = ""
    is_about_a_part: bool = False  # the party's own fields, not the whole plan

    def address(self, among: Iterable[Plan]) -> str:
        show = {"part": self.party.key} if self.party and self.is_about_a_part else {}
        return address_of(self.plan, among, **show)


def plans_in(user: Any, districts: Iterable[District]) -> list[Plan]:
    """The plans that the user may read in the districts, the latest first."""
    parties = {membership.party_id for membership in user.standing} - {None}
    plans = Plan.objects.filter(period__district__in=districts).with_heading()
    return [plan for plan in plans.for_parties(parties) if may(user, Right.READ, plan)]


def current(plans: Iterable[Plan]) -> list[Plan]:
    """Those in force and those being worked on; where there are none, the latest."""
    plans = list(plans)
    alive = [plan for plan in plans if plan.in_force or plan.state in _OPEN]
    return alive or plans[:1]


def waiting_for(user: Any, plans: Iterable[Plan]) -> list[Task]:
    """What waits for the user in these plans. What has a date comes first, by date."""
    plans = list(plans)
    in_consultation = [plan for plan in plans if plan.state == PlanState.CONSULTATION]
    tasks = dict.fromkeys(
        [  # who has two roles for a party is asked once
            *_to_approve(user, in_consultation),
            *_to_reply(user, in_consultation),
            *_to_coordinate(user, plans),
            *_to_follow_up(user, [plan for plan in plans if plan.in_force]),
        ]
    )
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))


_OPEN = (PlanState.DRAFT, PlanState.CONSULTATION)


def _to_approve(user: Any, plans: list[Plan]) -> list[Task]:
    mine = [
        (plan, membership.party)
        for plan in plans
        for membership in memberships_in(user, plan)
        if membership.role == Role.MANAGER
        and membership.party
        and may(user, Right.APPROVE, plan, membership.party)
    ]
    if not mine:
        return []
    answers = {
        (answer.plan_id, answer.party_id): answer  # the last one counts
        for answer in Approval.objects.filter(plan__in=[plan for plan, _ in mine])
    }
    return [
        Task("Läs planen inför godkännandet", plan, plan.reply_by, party)
        for plan, party in mine
        if not _stands(answers.get((plan.pk, party.pk)), plan)
    ]


def _stands(answer: Approval | None, plan: Plan) -> bool:
    """Whether the party has answered about the plan as it is now: a change voids an approval."""
    return answer is not None and answer.content_hash == to_document(plan).content_hash()


def _to_reply(user: Any, plans: list[Plan]) -> list[Task]:
    tasks = []
    for plan in plans:
        for membership in memberships_in(user, plan):
            writes = membership.role in (Role.EDITOR, Role.CONTRIBUTOR)
            if writes and may(user, Right.EDIT_OWN, plan, membership.party):
                what = "Läs er del av planen inför svaret"
                tasks.append(
                    Task(what, plan, plan.reply_by, membership.party, is_about_a_part=True)
                )
    return tasks


def _to_coordinate(user: Any, plans: list[Plan]) -> list[Task]:
    tasks = []
    for plan in plans:
        if plan.state in _OPEN and may(user, Right.CHANGE_STATE, plan):
            if plan.state == PlanState.DRAFT:
                tasks.append(Task("Läs utkastet", plan))
            else:
                tasks.append(Task("Följ samrådet om planen", plan, plan.reply_by))
    return tasks


def _to_follow_up(user: Any, plans: list[Plan]) -> list[Task]:
    """Open rounds in which my party has commitments that it has not answered for."""
    mine = [
        (plan, membership.party)
        for plan in plans
        for membership in memberships_in(user, plan)
        if membership.party and may(user, Right.FOLLOW_UP, plan, membership.party)
    ]
    rounds = defaultdict(list)
    if mine:
        is_open = FollowUpRound.objects.filter(opened_at__isnull=False, closed_at__isnull=True)
        for round_ in is_open.filter(period__in={plan.period_id for plan, _ in mine}):
            rounds[round_.period_id].append(round_)
    if not rounds:
        return []
    commitments = defaultdict(set)
    for plan_id, party_id, action in Commitment.objects.filter(
        action__area__plan__in={plan for plan, _ in mine}, party__in={party for _, party in mine}
    ).values_list("action__area__plan", "party", "action__uuid"):
        commitments[plan_id, party_id].add(action)
    answered = set(
        FollowUp.objects.filter(round__in=[r.pk for found in rounds.values() for r in found])
        .exclude(text="", state="")
        .values_list("round", "party", "action")
    )
    tasks = []
    for plan, party in mine:
        asked = commitments[plan.pk, party.pk]
        for round_ in rounds[plan.period_id]:
            left = sum((round_.pk, party.pk, action) not in answered for action in asked)
            if left:
                what = f"Läs vad som väntar på er uppföljning i {round_.name}"
                why = f"{left} av {len(asked)} återstår"
                tasks.append(Task(what, plan, round_.due_date, party, why, is_about_a_part=True))
    return tasks
