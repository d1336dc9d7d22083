"""Approvals of a plan, its decision, and what was sent and received about it."""

from django.db import models

from plans.models.plan import Plan
from samverkan.workflow import models as workflow


class Approval(workflow.Approval):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="approvals")
    # Its column is older than the reports, which have approvals too.
    version = models.PositiveIntegerField("version", default=1, db_column="plan_version")

    class Meta(workflow.Approval.Meta):
        constraints = [
            workflow.returned_with_a_reason(
                "approval_return_has_a_reason", "Skriv varför planen återsänds."
            )
        ]


class Decision(workflow.Decision):
    of = "plan"
    plan = models.OneToOneField(Plan, models.PROTECT, related_name="decision")


class RegistryNumber(workflow.RegistryNumber):
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="registry_numbers")

    class Meta(workflow.RegistryNumber.Meta):
        constraints = [
            models.UniqueConstraint(fields=["decision", "party"], name="registry_number_once")
        ]


class Confirmation(workflow.Confirmation):
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="confirmations")


class SentDraft(workflow.SentDraft):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sent_drafts")

    class Meta(workflow.SentDraft.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "sha256"], name="sent_draft_once")]


class Dispatch(workflow.Dispatch):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="dispatches")
    draft = models.ForeignKey(
        SentDraft, models.PROTECT, related_name="dispatches", null=True, blank=True
    )
