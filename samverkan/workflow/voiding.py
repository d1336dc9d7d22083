"""A change after an approval voids it, visibly."""

from typing import Any

from samverkan.journal.kinds import Kind, record
from samverkan.text import list_of
from samverkan.workflow.models import Approval
from samverkan.workflow.notices import Notice, tell
from samverkan.workflow.vocabulary import State
from samverkan.workflow.wings import wing_of


def void(work: Any, *, by: Any, before: int) -> None:
    """Tell those who had approved what stood here until now: the version `before`. Once: after this
    nobody has approved the version that the next change is of."""
    if work.state != State.CONSULTATION:
        return
    answers = work.approvals.filter(version=before).select_related("party")
    last = {answer.party_id: answer for answer in answers}
    voided = [a for a in last.values() if a.answer == Approval.Answer.APPROVED]
    if not voided:
        return
    parties = [approval.party for approval in voided]
    name = wing_of(work).name
    record(
        Kind.of(name, "VOIDED"),
        actor=by,
        district=work.district,
        **{name: str(work)},
        parties=list_of(party.short_name for party in parties),
    )
    told = {approval.by_id for approval in voided}
    tell(Notice.VOIDED, work, by=by, parties=parties, also=sorted(told))
