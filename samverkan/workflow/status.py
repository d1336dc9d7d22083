"""How it stands with a plan or a report: who has approved it, what is awaited, and what I can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from samverkan.access.ask import may, memberships_in, told
from samverkan.access.table import Right
from samverkan.organisation.models import Party
from samverkan.workflow import table
from samverkan.workflow.ask import may_take
from samverkan.workflow.facts import PartyAnswer, Seen, answers_about, facts_of
from samverkan.workflow.models import Dispatch
from samverkan.workflow.table import TRANSITIONS, Transition
from samverkan.workflow.vocabulary import UNDER_WAY
from samverkan.workflow.wings import wing_of


@dataclass(frozen=True)
class Line:
    """One party's answer, in a line."""

    party: Party
    shape: str
    state: str  # for the colour of the shape
    words: str
    answer: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Step:
    label: str
    url: str
    is_main: bool = False


@dataclass
class Status:
    the: str  # what it is called
    lines: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # before what I want to do can be done
    withdrawn: Dispatch | None = None
    dispatches: str = ""  # the address of what has been sent and received

    @property
    def says_something(self) -> bool:
        return bool(self.lines or self.steps or self.missing or self.dispatches)


_MAIN = {table.SEND, table.APPROVE, table.DECIDE}


def status_of(user: Any, work: Any, document: Any, among: Sequence[Any]) -> Status:
    """Among these, of its district, it has its address."""
    wing, status = wing_of(work), Status(work.word_for_it.lower())
    seen = Seen(work.version, document.content_hash())
    answers: list[PartyAnswer] = []
    has_been_sent = work.state == table.CONSULTATION or getattr(work, "has_been_sent", True)
    if work.state == table.DRAFT and not has_been_sent:  # nobody has answered: no question
        answers = [PartyAnswer(party, None, False) for party in wing.main_parties(work)]
    elif work.state in UNDER_WAY:
        answers = answers_about(work, seen)
        if work.state == table.CONSULTATION or any(one.answer for one in answers):
            status.lines = [_line(user, work, one) for one in answers]
        if work.state == table.DRAFT and may(user, Right.EDIT_SHARED, work):
            returns = work.dispatches.filter(kind=Dispatch.Kind.WITHDRAWAL)
            status.withdrawn = returns.select_related("by").first()
    facts = facts_of(work, document, answers, among)
    for transition in TRANSITIONS:
        parties = parties_of(user, transition, work)
        if not parties:
            continue
        label = told(transition.action, work)
        if missing := transition.missing(facts):
            if transition in _MAIN:
                step = label[0].lower() + label[1:]
                status.missing.append(f"Nästa steg är att {step}. {' '.join(missing)}")
            continue
        if transition == table.APPROVE and all(
            one.is_approved for one in answers if one.party in parties
        ):
            continue
        url = wing.address(work, transition.name, among)
        if transition.right == Right.APPROVE:  # on what she has before her, and nothing else
            query = urlencode({"version": seen.version, "kontrollsumma": seen.content_hash})
            url += ("&" if "?" in url else "?") + query
        status.steps.append(Step(label, url, transition in _MAIN))
    if may(user, Right.READ_DISPATCHES, work):
        status.dispatches = wing.address(work, "dispatches", among)
    return status


def parties_of(user: Any, transition: Transition, work: Any) -> list[Party | None]:
    """For which parties the user may take the step; [None] where it is taken for nobody's."""
    if transition.right != Right.APPROVE:
        return [None] if may_take(user, transition, work) else []
    own = dict.fromkeys(m.party for m in memberships_in(user, work) if m.party)
    return [party for party in own if may_take(user, transition, work, party)]


def _line(user: Any, work: Any, one: PartyAnswer) -> Line:
    the = work.word_for_it.lower()
    if one.is_approved:
        return Line(one.party, "●", "beslutad", f"Har godkänt {the} som den står nu", one.answer)
    if one.was_approved:
        words = f"Godkände, men {the} har ändrats sedan dess: godkännandet gäller inte längre"
        return Line(one.party, "◐", "samrad", words, one.answer)
    if one.is_returned or one.was_returned:
        words = f"Har återsänt {the} för ändring"
        if one.was_returned:
            words += ". Den har ändrats sedan dess"
        can_do = may(user, Right.EDIT_SHARED, work) or may(user, Right.APPROVE, work, one.party)
        reason = one.answer.reason if one.answer and can_do else ""
        return Line(one.party, "✕", "ej_genomford", words, one.answer, reason)
    return Line(one.party, "○", "utkast", "Har inte svarat")
