"""What the table of transitions asks: who is to approve it, who has, and on what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from samverkan.organisation.models import Party
from samverkan.workflow.findings import unconfirmed
from samverkan.workflow.models import Approval
from samverkan.workflow.table import Facts
from samverkan.workflow.vocabulary import UNDER_WAY
from samverkan.workflow.wings import wing_of


@dataclass(frozen=True)
class Seen:
    """Exactly which content somebody had before her: its version then, and its hash."""

    version: int
    content_hash: str


@dataclass(frozen=True)
class PartyAnswer:
    """A main party's last answer, and whether it is about the content as it stands now."""

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


@dataclass(frozen=True)
class Standing:
    """It as it is this moment, and what the table of transitions asks about it."""

    work: Any
    document: Any
    seen: Seen
    answers: list[PartyAnswer]
    facts: Facts


def standing_of(work: Any, confirmed: Collection[str] | None = None) -> Standing:
    wing = wing_of(work)
    now = wing.with_heading().filter(pk=work.pk).first()
    if now is None:
        raise Http404(f"{work.word_for_it} finns inte längre.")
    document = wing.document(now)
    seen = Seen(now.version, document.content_hash())
    answers = answers_about(now, seen)
    facts = facts_of(now, document, answers, wing.revisions(now), confirmed)
    return Standing(now, document, seen, answers, facts)


def last_answers(work: Any) -> dict[int, Approval]:
    """By party; the last one counts."""
    answers = work.approvals.select_related("by").order_by("at", "pk")
    return {answer.party_id: answer for answer in answers}


def answers_about(work: Any, seen: Seen) -> list[PartyAnswer]:
    """Each main party's answer, held against the content as it is now."""
    last = last_answers(work)
    return [
        PartyAnswer(party, answer := last.get(party.pk), stands(answer, seen))
        for party in wing_of(work).main_parties(work)
    ]


def stands(answer: Approval | None, seen: Seen) -> bool:
    """Only on the very same content, which nobody has written in since."""
    return answer is not None and (answer.version, answer.content_hash) == (
        seen.version,
        seen.content_hash,
    )


def facts_of(
    work: Any,
    document: Any,
    answers: Iterable[PartyAnswer],
    among: Iterable[Any],
    confirmed: Iterable[str] | None = None,
) -> Facts:
    """Its revisions are `among` these. `confirmed` are the findings of what looks like personal data
    that somebody answers for; without it nobody has asked yet."""
    wing, answers = wing_of(work), list(answers)
    same = wing.in_common(work)
    under_way = [
        other
        for other in among
        if other.pk != work.pk and other.state in UNDER_WAY and wing.in_common(other) == same
    ]
    left = () if confirmed is None else unconfirmed(wing.findings(document), confirmed)
    return Facts(
        word=work.word_for_it,
        main_parties=tuple(one.party.short_name for one in answers),
        awaited=tuple(
            one.party.short_name for one in answers if not (one.is_approved or one.is_returned)
        ),
        returned=tuple(one.party.short_name for one in answers if one.is_returned),
        unconfirmed=len(left),
        in_force=work.in_force,
        under_way=f"Revision {under_way[0].revision}" if under_way else "",
        open_rounds=wing.open_rounds(document),
    )
