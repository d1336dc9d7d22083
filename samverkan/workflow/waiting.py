"""What waits for somebody because of a step: to approve, and to go on with."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import Role
from samverkan.text import list_of
from samverkan.workflow.facts import PartyAnswer, Seen, stands
from samverkan.workflow.models import Approval
from samverkan.workflow.vocabulary import UNDER_WAY, State
from samverkan.workflow.wings import Wing, wing_of


@dataclass(frozen=True)
class Task:
    what: str
    work: Any  # the plan, or the report
    due: date | None = None
    party: Party | None = None  # whose part of it it is about
    why: str = ""

    def address(self, among: Iterable[Any]) -> str:
        return wing_of(self.work).address(self.work, among=among)


class Answers:
    """What the parties have answered about these, all of one wing, asked for once."""

    def __init__(
        self,
        wing: Wing,
        works: Iterable[Any],
        main_parties: Callable[[Any], list[Party]] | None = None,
    ):
        self._wing = wing
        self._main_parties = main_parties or wing.main_parties
        self._by_work: dict[int, dict[int, Approval]] = defaultdict(dict)
        name = wing.name
        rows: Any = wing.approval._default_manager.filter(**{f"{name}__in": works})
        for answer in rows.order_by("at", "pk"):
            self._by_work[getattr(answer, f"{name}_id")][answer.party_id] = (
                answer  # the last counts
            )
        self._seen: dict[int, Seen] = {}

    def about(self, work: Any) -> list[PartyAnswer]:
        return [self.of(party, work) for party in self._main_parties(work)]

    def of(self, party: Party, work: Any) -> PartyAnswer:
        answer = self._by_work[work.pk].get(party.pk)
        return PartyAnswer(party, answer, self._stands(answer, work))

    def _stands(self, answer: Approval | None, work: Any) -> bool:
        if answer is None or answer.version != work.version:
            return False
        if work.pk not in self._seen:
            content_hash = self._wing.document(work).content_hash()
            self._seen[work.pk] = Seen(work.version, content_hash)
        return stands(answer, self._seen[work.pk])


def to_approve(user: Any, works: Iterable[Any], answers: Answers) -> list[Task]:
    tasks = []
    for work in works:
        the = work.word_for_it.lower()
        for membership in memberships_in(user, work):
            party = membership.party
            if membership.role != Role.MANAGER or not party:
                continue
            if not may(user, Right.APPROVE, work, party):
                continue
            answer = answers.of(party, work)
            if not answer.stands:
                why = f"{work.word_for_it} har ändrats sedan ni svarade" if answer.answer else ""
                what = f"Godkänn {the}, eller återsänd den"
                tasks.append(Task(what, work, work.reply_by, party, why))
    return tasks


def to_coordinate(user: Any, works: Iterable[Any], answers: Answers) -> list[Task]:
    tasks = []
    for work in works:
        if work.state not in UNDER_WAY or not may(user, Right.CHANGE_STATE, work):
            continue
        the = work.word_for_it.lower()
        given = answers.about(work)
        is_draft = work.state == State.DRAFT
        returned = [one for one in given if one.is_returned or (is_draft and one.was_returned)]
        for one in returned:
            assert one.answer
            what = f"{one.party.short_name} har återsänt {the} för ändring"
            tasks.append(Task(what, work, why=one.answer.reason))
        if is_draft:
            tasks.append(Task("Skriv klart utkastet och skicka det på samråd", work))
        elif given and all(one.is_approved for one in given):
            tasks.append(Task("Registrera beslutet: alla huvudparter har godkänt", work))
        elif not returned:
            awaited = list_of(one.party.short_name for one in given if not one.is_approved)
            why = f"Väntar på {awaited}" if awaited else ""
            tasks.append(Task(f"Följ samrådet om {the}", work, work.reply_by, why=why))
    return tasks
