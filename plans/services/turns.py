"""What a turn in a plan leads to: its files are made anew, and who had approved it is told."""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from plans.access import may_change_agreement
from plans.models import Change, Plan
from plans.tasks import LEFT_ALONE, prepare_files
from plans.vocabulary import PlanState
from samverkan.access.answers import Denied
from samverkan.access.table import Right
from samverkan.collaboration.turns import Turn
from samverkan.workflow.voiding import void


class PlanTurn(Turn):
    work: Plan

    @staticmethod
    def lock_more(work: Plan, right: Right | None) -> None:
        if right == Right.EDIT_AGREEMENT:  # all at once, in one order: no two wait for each other
            list(open_plans_on(work).select_for_update().values_list("pk"))

    def finish(self) -> None:
        super().finish()
        agreed = [change for change in self.changes if change.kind in _OF_AGREEMENT]
        if agreed:
            self._tell_the_others(agreed)

    def _tell_the_others(self, agreed: list[Change]) -> None:
        """What is changed in the agreement is changed in every open plan that rests on it."""
        plan = self.work
        plan.refresh_from_db(fields=["agreement"])  # what is known of it is as it was
        answer = may_change_agreement(self.actor, plan)
        if isinstance(answer, Denied):
            raise PermissionDenied(answer.reason)
        for other in open_plans_on(plan).exclude(pk=plan.pk).select_related("period__district"):
            theirs = _TurnOfTheSame(other, self.actor, other.changed_at)
            for change in agreed:
                theirs.record(
                    change.op,
                    change.kind,
                    change.row,
                    field=change.field,
                    before=change.before,
                    after=change.after,
                )
            theirs.finish()

    def led_to(self, now: datetime) -> None:
        plan = self.work
        if not self.changed_at or self.changed_at < now - LEFT_ALONE:  # the first of several
            prepare = partial(
                prepare_files.using(run_after=now + LEFT_ALONE).enqueue, plan_id=plan.pk
            )
            transaction.on_commit(prepare)
        void(plan, by=self.actor, before=self._first - 1)


class _TurnOfTheSame(PlanTurn):
    """In another plan on the same agreement: it has nobody more to tell."""

    def _tell_the_others(self, agreed: list[Change]) -> None:
        pass


_OF_AGREEMENT = {"agreement", "signatory"}


def open_plans_on(plan: Plan) -> QuerySet[Plan]:
    """The plans that rest on the same agreement and can be changed, itself among them."""
    agreement = Plan.objects.filter(pk=plan.pk).values("agreement")
    return Plan.objects.filter(
        agreement__in=agreement, state__in=[PlanState.DRAFT, PlanState.CONSULTATION]
    ).order_by("pk")
