"""What the table of transitions asks about a plan: who is to approve it, who has, and on what."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.document import PlanDocument
from plans.models import Approval, Plan
from plans.services.findings import unconfirmed
from plans.vocabulary import PlanState
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.workflow.table import Facts

UNDER_WAY = (PlanState.DRAFT, PlanState.CONSULTATION)


@dataclass(frozen=True)
class Seen:
    """Exactly which content somebody had before her: the plan's version then, and its hash."""

    version: int
    content_hash: str


@dataclass(frozen=True)
class PartyAnswer:
    """A main party's last answer, and whether it is about the plan as it stands now."""

    party: Party
    answer: Approval | None
    stands: bool

    @property
    def is_approved(self) -> bool:
        return self.stands and self._said(Approval.Answer.APPROVED)

    @property
    def is_returned(self) -> bool:
        return self.stands and self._said(Approval.Answer.RETURNED)

    @property
    def was_approved(self) -> bool:
        """Approved, and then changed."""
        return not self.stands and self._said(Approval.Answer.APPROVED)

    @property
    def was_returned(self) -> bool:
        return not self.stands and self._said(Approval.Answer.RETURNED)

    def _said(self, answer: str) -> bool:
        return self.answer is not None and self.answer.answer == answer


def main_parties(plan: Plan) -> list[Party]:
    """Those of the agreement; without one, the district's own administration and police."""
    if plan.agreement:
        return [entry.party for entry in plan.agreement.parties.all()]
    return list(plan.district.parties.exclude(kind=PartyKind.PARTNER))


def last_answers(plan: Plan) -> dict[int, Approval]:
    """By party; the last one counts."""
    answers = plan.approvals.select_related("by").order_by("at", "pk")
    return {answer.party_id: answer for answer in answers}


def answers_about(plan: Plan, seen: Seen) -> list[PartyAnswer]:
    """Each main party's answer, held against the plan as it is now."""
    last = last_answers(plan)
    return [
        PartyAnswer(party, answer := last.get(party.pk), stands(answer, seen))
        for party in main_parties(plan)
    ]


def stands(answer: Approval | None, seen: Seen) -> bool:
    """Only on the very same content, which nobody has written in since."""
    return answer is not None and (answer.plan_version, answer.content_hash) == (
        seen.version,
        seen.content_hash,
    )


def facts_of(
    plan: Plan,
    document: PlanDocument,
    answers: Iterable[PartyAnswer],
    siblings: Iterable[Plan],
    confirmed: Iterable[str] | None = None,
) -> Facts:
    """`siblings` are the revisions of the same period; `confirmed` the findings of what looks like
    personal data that somebody answers for. Without it nobody has asked yet."""
    answers = list(answers)
    under_way = [
        other
        for other in siblings
        if other.period_id == plan.period_id and other.pk != plan.pk and other.state in UNDER_WAY
    ]
    return Facts(
        main_parties=tuple(one.party.short_name for one in answers),
        awaited=tuple(
            one.party.short_name for one in answers if not (one.is_approved or one.is_returned)
        ),
        returned=tuple(one.party.short_name for one in answers if one.is_returned),
        unconfirmed=0 if confirmed is None else len(unconfirmed(document, confirmed)),
        in_force=plan.in_force,
        under_way=f"Revision {under_way[0].revision}" if under_way else "",
        open_rounds=tuple(
            round_.name for round_ in document.rounds if round_.opened_at and not round_.closed_at
        ),
    )
