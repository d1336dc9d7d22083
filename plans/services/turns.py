"""One at a time: whoever changes a plan has it to herself until her change stands whole.

A turn locks the plan's row, asks for the right again as the plan and the person now are, and gives
each change its number. Before the turn or after it, never between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from plans.access import may_change_agreement
from plans.models import Approval, Change, Plan
from plans.notices import Notice, tell
from plans.tasks import LEFT_ALONE, prepare_files
from plans.vocabulary import PlanState
from samverkan.access.answers import Denied
from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.collaboration.turns import Recorded
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import Party
from samverkan.text import list_of

Op = Change.Op


class Turn(Recorded[Change]):
    """What one person does to a plan in one go. `seen` is the version that she had before her."""

    def __init__(
        self, plan: Plan, actor: Any, changed_at: datetime | None, *, undoes: int | None = None
    ):
        super().__init__(plan.version + 1, partial(Change, plan=plan, by=actor), undoes=undoes)
        self.plan = plan
        self.actor = actor
        self._changed_at = changed_at

    def demand(self, right: Right, party: Party | None = None) -> None:
        demand(self.actor, right, self.plan, party)

    def finish(self) -> None:
        self._store()
        agreed = [change for change in self.changes if change.kind in _OF_AGREEMENT]
        if agreed:
            self._tell_the_others(agreed)

    def _tell_the_others(self, agreed: list[Change]) -> None:
        """What is changed in the agreement is changed in every open plan that rests on it."""
        self.plan.refresh_from_db(fields=["agreement"])  # what is known of it is as it was
        answer = may_change_agreement(self.actor, self.plan)
        if isinstance(answer, Denied):
            raise PermissionDenied(answer.reason)
        for other in (
            open_plans_on(self.plan).exclude(pk=self.plan.pk).select_related("period__district")
        ):
            theirs = Turn(other, self.actor, other.changed_at)
            for change in agreed:
                theirs.record(
                    change.op,
                    change.kind,
                    change.row,
                    field=change.field,
                    before=change.before,
                    after=change.after,
                )
            theirs._store()

    def _store(self) -> None:
        if self.changes:
            Change.objects.bulk_create(self.changes)
            self.plan.version = self.changes[-1].number
            now = timezone.now()
            written = {"version": self.plan.version, "changed_at": now}
            Plan.objects.filter(pk=self.plan.pk).update(**written)
            if not self._changed_at or self._changed_at < now - LEFT_ALONE:  # the first of several
                prepare = partial(
                    prepare_files.using(run_after=now + LEFT_ALONE).enqueue, plan_id=self.plan.pk
                )
                transaction.on_commit(prepare)
            if self.plan.state == PlanState.CONSULTATION:
                self._void()

    def _void(self) -> None:
        """Tell those who had approved what stood here until now. Once: after this turn nobody has
        approved the version that the next one changes."""
        last = {
            answer.party_id: answer
            for answer in Approval.objects.filter(
                plan=self.plan, plan_version=self._first - 1
            ).select_related("party")
        }
        voided = [a for a in last.values() if a.answer == Approval.Answer.APPROVED]
        if voided:
            parties = [approval.party for approval in voided]
            record(
                Kind.APPROVAL_VOIDED,
                actor=self.actor,
                district=self.plan.district,
                plan=str(self.plan),
                parties=list_of(party.short_name for party in parties),
            )
            told = {approval.by_id for approval in voided}
            tell(Notice.VOIDED, self.plan, by=self.actor, parties=parties, also=sorted(told))


_OF_AGREEMENT = {"agreement", "signatory"}


def open_plans_on(plan: Plan) -> QuerySet[Plan]:
    """The plans that rest on the same agreement and can be changed, itself among them."""
    agreement = Plan.objects.filter(pk=plan.pk).values("agreement")
    return Plan.objects.filter(
        agreement__in=agreement, state__in=[PlanState.DRAFT, PlanState.CONSULTATION]
    ).order_by("pk")


@contextmanager
def turn(
    plan: Plan, actor: Any, right: Right | None, *, undoes: int | None = None
) -> Iterator[Turn]:
    """No right is asked for where a command does it: whoever runs the installation has started it."""
    with transaction.atomic():
        if (
            right == Right.EDIT_AGREEMENT
        ):  # all at once, in one order: two never wait for each other
            list(open_plans_on(plan).select_for_update().values_list("pk"))
        locked = Plan.objects.select_for_update().values_list("state", "version", "changed_at")
        try:
            plan.state, plan.version, changed_at = locked.get(pk=plan.pk)
        except Plan.DoesNotExist:
            raise Http404("Planen finns inte längre.") from None
        if right is not None:
            demand_now(actor, right, plan)
        mine = Turn(plan, actor, changed_at, undoes=undoes)
        yield mine
        mine.finish()
