"""What a turn in a plan leads to: its files are made anew, and who had approved it is told."""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from plans.access import may_change_agreement
from plans.models import Approval, Change, Plan
from plans.notices import Notice, tell
from plans.tasks import LEFT_ALONE, prepare_files
from plans.vocabulary import PlanState
from samverkan.access.answers import Denied
from samverkan.access.table import Right
from samverkan.collaboration.turns import Turn
from samverkan.journal.kinds import Kind, record
from samverkan.text import list_of


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
        if plan.state == PlanState.CONSULTATION:
            self._void()

    def _void(self) -> None:
        """Tell those who had approved what stood here until now. Once: after this turn nobody has
        approved the version that the next one changes."""
        plan = self.work
        last = {
            answer.party_id: answer
            for answer in Approval.objects.filter(
                plan=plan, plan_version=self._first - 1
            ).select_related("party")
        }
        voided = [a for a in last.values() if a.answer == Approval.Answer.APPROVED]
        if voided:
            parties = [approval.party for approval in voided]
            record(
                Kind.APPROVAL_VOIDED,
                actor=self.actor,
                district=plan.district,
                plan=str(plan),
                parties=list_of(party.short_name for party in parties),
            )
            told = {approval.by_id for approval in voided}
            tell(Notice.VOIDED, plan, by=self.actor, parties=parties, also=sorted(told))


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
