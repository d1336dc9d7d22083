"""Approvals of a report, its decision, and what was sent and received about it."""

from django.db import models

from lagesbild.models.report import Report
from samverkan.workflow import models as workflow


class Approval(workflow.Approval):
    report = models.ForeignKey(Report, models.PROTECT, related_name="approvals")

    class Meta(workflow.Approval.Meta):
        constraints = [
            workflow.returned_with_a_reason(
                "report_return_has_a_reason", "Skriv varför lägesbilden återsänds."
            )
        ]


class Decision(workflow.Decision):
    """The images that its document names are not in it: those of the district are kept for ever."""

    of = "report"

    report = models.OneToOneField(Report, models.PROTECT, related_name="decision")


class RegistryNumber(workflow.RegistryNumber):
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="registry_numbers")

    class Meta(workflow.RegistryNumber.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"], name="report_registry_number_once"
            )
        ]


class Confirmation(workflow.Confirmation):
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="confirmations")


class SentDraft(workflow.SentDraft):
    report = models.ForeignKey(Report, models.PROTECT, related_name="sent_drafts")

    class Meta(workflow.SentDraft.Meta):
        constraints = [
            models.UniqueConstraint(fields=["report", "sha256"], name="report_sent_draft_once")
        ]


class Dispatch(workflow.Dispatch):
    report = models.ForeignKey(Report, models.PROTECT, related_name="dispatches")
    draft = models.ForeignKey(
        SentDraft, models.PROTECT, related_name="dispatches", null=True, blank=True
    )
