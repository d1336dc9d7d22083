"""What is a user's to see on the start page: her plans, and what in them waits for her.

By rights and state, in a number of queries that does not grow with the plans; but a plan on
consultation that somebody has answered about is read whole, to know whether the answer stands.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from plans.addresses import address_of
from plans.mine import Mine
from plans.models import (
    Action,
    Comment,
    Commitment,
    FollowUpRound,
    Goal,
    Plan,
)
from plans.services.workflow import PLANS
from plans.vocabulary import PlanState
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.collaboration.comments import open_words, threads_of
from samverkan.organisation.models import District, Membership, Party
from samverkan.organisation.vocabulary import Role
from samverkan.workflow import waiting as workflow
from samverkan.workflow.vocabulary import UNDER_WAY
from samverkan.workflow.waiting import Answers, to_approve, to_coordinate

_OF_ALL_PLANS = {"my-commitments"}  # pages that are about no one plan


@dataclass(frozen=True)
class Task(workflow.Task):
    is_about_a_part: bool = False  # the party's own fields, not the whole plan
    page: str = ""  # another page than the one it is read on
    of_page: tuple[int, ...] = ()  # what is said in its address after the plan
    at: str = ""  # where on that page

    def address(self, among: Iterable[Plan]) -> str:
        if self.page:
            place = [self.work.district.slug, self.work.pk, *self.of_page]
            url = reverse(self.page, args=[] if self.page in _OF_ALL_PLANS else place)
            return f"{url}#{self.at}" if self.at else url
        show = {"part": self.party.key} if self.party and self.is_about_a_part else {}
        return address_of(self.work, among, **show)


def plans_in(user: Any, districts: Iterable[District]) -> list[Plan]:
    """The plans that the user may read in the districts, the latest first."""
    parties = {membership.party_id for membership in user.standing} - {None}
    plans = Plan.objects.filter(period__district__in=districts).with_heading()
    return [plan for plan in plans.for_parties(parties) if may(user, Right.READ, plan)]


def current(plans: Iterable[Plan]) -> list[Plan]:
    """Those in force and those being worked on; where there are none, the latest."""
    plans = list(plans)
    alive = [plan for plan in plans if plan.in_force or plan.state in UNDER_WAY]
    return alive or plans[:1]


def waiting_for(user: Any, plans: Iterable[Plan]) -> list[workflow.Task]:
    """What waits for the user in these plans. What has a date comes first, by date."""
    plans = list(plans)
    in_consultation = [plan for plan in plans if plan.state == PlanState.CONSULTATION]
    answers = Answers(PLANS, [plan for plan in plans if plan.state in UNDER_WAY], _main_parties())
    tasks = dict.fromkeys(
        [  # who has two roles for a party is asked once
            *to_approve(user, in_consultation, answers),
            *_to_reply(user, in_consultation),
            *to_coordinate(user, plans, answers),
            *_to_follow_up(user, [plan for plan in plans if plan.in_force]),
            *_to_settle(user, [plan for plan in plans if plan.in_force]),
            *_to_answer(user, plans),
        ]
    )
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))


def _main_parties() -> Callable[[Plan], list[Party]]:
    """Asked for once in each district, where plans have no agreement that names them."""
    known: dict[int, list[Party]] = {}

    def main_parties(plan: Plan) -> list[Party]:
        if plan.agreement:
            return PLANS.main_parties(plan)
        if plan.district.pk not in known:
            known[plan.district.pk] = PLANS.main_parties(plan)
        return known[plan.district.pk]

    return main_parties


def _to_reply(user: Any, plans: list[Plan]) -> list[Task]:
    tasks = []
    for plan in plans:
        for membership in memberships_in(user, plan):
            writes = membership.role in (Role.EDITOR, Role.CONTRIBUTOR)
            if writes and may(user, Right.EDIT_OWN, plan, membership.party):
                what = "Gå igenom er del av planen"
                tasks.append(
                    Task(what, plan, plan.reply_by, membership.party, is_about_a_part=True)
                )
    return tasks


def _to_follow_up(user: Any, plans: list[Plan]) -> list[Task]:
    """What the parties that she answers for have left, as on Mina åtaganden and in the reminders."""
    return [
        Task(
            f"Svara i uppföljningen {sheet.round}",
            sheet.plan,
            sheet.round.due_date,
            sheet.party,
            f"{sheet.left} av {len(sheet.cards)} återstår",
            page="my-commitments",
            at=f"ark-{sheet.round.pk}-{sheet.party.pk}",
        )
        for sheet in Mine(user, plans).sheets
        if sheet.left and sheet.party
    ]


def _to_settle(user: Any, plans: list[Plan]) -> list[Task]:
    """For the samordnare: what came in when a round had closed, and what no party has confirmed."""
    held = {plan.period_id: plan for plan in plans if may(user, Right.OPEN_ROUNDS, plan)}
    if not held:
        return []
    rounds = FollowUpRound.objects.filter(period__in=held).annotate(
        late=Count("late_answers", filter=Q(late_answers__settled_at=None), distinct=True),
        drafts=Count(
            "follow_ups", filter=Q(follow_ups__is_draft=True, closed_at=None), distinct=True
        ),
    )
    tasks = []
    is_over = Q(opened_at__isnull=False, closed_at=None, due_date__lt=timezone.localdate())
    for round_ in rounds.filter(Q(late__gt=0) | Q(drafts__gt=0) | is_over):
        plan = held[round_.period_id]
        of_round = partial(Task, work=plan, page="round", of_page=(round_.pk,))
        if round_.is_open and round_.due_date < timezone.localdate():
            what = f"Stäng uppföljningen {round_}, eller påminn dem som inte har svarat"
            tasks.append(
                of_round(what, due=round_.due_date, why="Sista dagen har passerat", at="vilka")
            )
        if round_.late:
            what = f"Släpp in det som kom sent i uppföljningen {round_}, eller låt bli"
            why = f"{round_.late} svar kom när den var stängd"
            tasks.append(of_round(what, why=why, at="sena"))
        if round_.drafts:
            what = f"Följ upp förslagen i uppföljningen {round_}"
            one = round_.drafts == 1
            why = f"{round_.drafts} {'är inte bekräftat' if one else 'är inte bekräftade'} av sin part"
            tasks.append(of_round(what, due=round_.due_date, why=why, at="vilka"))
    return tasks


def _to_answer(user: Any, plans: list[Plan]) -> list[Task]:
    """Comments that name me, and those on what my party has undertaken: until somebody answers."""
    # A plan that takes no more comments has none that wait.
    commented = [p for p in plans if p.comments_version and may(user, Right.COMMENT, p)]
    if not commented:
        return []
    named = set(Comment.objects.filter(mentions=user).values_list("pk", flat=True))
    parties = {m.party for plan in commented for m in memberships_in(user, plan) if m.party}
    people = defaultdict(set)
    for party_id, user_id in Membership.objects.filter(
        party__in=parties, is_active=True
    ).values_list("party", "user"):
        people[party_id].add(user_id)
    rows = _rows_of(parties, commented)
    by_plan = defaultdict(list)
    for comment in Comment.objects.filter(plan__in=commented):
        by_plan[comment.plan_id].append(comment)
    tasks = []
    for plan in commented:
        threads = [thread for thread in threads_of(by_plan[plan.pk]) if thread.is_open]
        to_me = [thread for thread in threads if thread.waits_for(user, named)]
        if to_me:
            why = open_words(len(to_me))
            tasks.append(Task("Svara där du är nämnd", plan, why=why, page="plan-comments"))
        for party in {m.party for m in memberships_in(user, plan) if m.party}:
            to_us = [
                thread
                for thread in threads
                if thread not in to_me
                and thread.first.row in rows[plan.pk, party.pk]
                and thread.last.by_id not in people[party.pk]
            ]
            if to_us:
                what = "Läs vad som sägs om era åtgärder"
                why = open_words(len(to_us))
                tasks.append(Task(what, plan, None, party, why, page="plan-comments"))
    return tasks


def _rows_of(parties: Iterable[Party], plans: Iterable[Plan]) -> dict[tuple[int, int], set[UUID]]:
    """By plan and party the actions in which it has a commitment, with their goals and commitments."""
    rows = defaultdict(set)
    for model, action in ((Action, ""), (Goal, "action__"), (Commitment, "action__")):
        found = model._default_manager.filter(
            **{f"{action}commitments__party__in": parties, f"{action}area__plan__in": plans}
        )
        for plan, party, row in found.values_list(
            f"{action}area__plan", f"{action}commitments__party", "uuid"
        ):
            rows[plan, party].add(row)
    return rows
