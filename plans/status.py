"""How it stands with a plan: who has approved it, what is awaited, and what I can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from plans.addresses import address_of
from plans.document import PlanDocument
from plans.models import Dispatch, Plan
from plans.services.facts import (
    UNDER_WAY,
    PartyAnswer,
    Seen,
    answers_about,
    facts_of,
    main_parties,
)
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import Party
from samverkan.workflow import table
from samverkan.workflow.ask import may_take
from samverkan.workflow.table import Transition


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
    lines: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # before what I want to do can be done
    withdrawn: Dispatch | None = None
    dispatches: str = ""  # the address of what has been sent and received

    @property
    def says_something(self) -> bool:
        return bool(self.lines or self.steps or self.missing or self.dispatches)


PAGES = {
    table.SEND: "plan-send",
    table.WITHDRAW: "plan-withdraw",
    table.POSTPONE: "plan-postpone",
    table.APPROVE: "plan-approve",
    table.RETURN: "plan-return",
    table.DECIDE: "plan-decide",
    table.REVISE: "plan-revise",
    table.CLOSE: "plan-close",
}
_MAIN = {table.SEND, table.APPROVE, table.DECIDE}


def status_of(user: Any, plan: Plan, document: PlanDocument, plans: Sequence[Plan]) -> Status:
    """`plans` are those of the district, among which the plan has its address."""
    status = Status()
    seen = Seen(plan.version, document.content_hash())
    answers: list[PartyAnswer] = []
    has_been_sent = plan.state == table.CONSULTATION or getattr(plan, "has_been_sent", True)
    if plan.state == table.DRAFT and not has_been_sent:  # nobody has answered: no question
        answers = [PartyAnswer(party, None, False) for party in main_parties(plan)]
    elif plan.state in UNDER_WAY:
        answers = answers_about(plan, seen)
        if plan.state == table.CONSULTATION or any(one.answer for one in answers):
            status.lines = [_line(user, plan, one) for one in answers]
        if plan.state == table.DRAFT and may(user, Right.EDIT_SHARED, plan):
            returns = plan.dispatches.filter(kind=Dispatch.Kind.WITHDRAWAL)
            status.withdrawn = returns.select_related("by").first()
    facts = facts_of(plan, document, answers, plans)
    for transition, page in PAGES.items():
        parties = parties_of(user, transition, plan)
        if not parties:
            continue
        if missing := transition.missing(facts):
            if transition in _MAIN:
                step = transition.action[0].lower() + transition.action[1:]
                status.missing.append(f"Nästa steg är att {step}. {' '.join(missing)}")
            continue
        if transition == table.APPROVE and all(
            one.is_approved for one in answers if one.party in parties
        ):
            continue
        url = address_of(plan, plans, page)
        if transition.right == Right.APPROVE:  # on what she has before her, and nothing else
            query = urlencode({"version": seen.version, "kontrollsumma": seen.content_hash})
            url += ("&" if "?" in url else "?") + query
        status.steps.append(Step(transition.action, url, transition in _MAIN))
    if may(user, Right.READ_DISPATCHES, plan):
        status.dispatches = address_of(plan, plans, "plan-dispatches")
    return status


def parties_of(user: Any, transition: Transition, plan: Plan) -> list[Party | None]:
    """For which parties the user may take the step; [None] where it is taken for nobody's."""
    if transition.right != Right.APPROVE:
        return [None] if may_take(user, transition, plan) else []
    own = dict.fromkeys(m.party for m in memberships_in(user, plan) if m.party)
    return [party for party in own if may_take(user, transition, plan, party)]


def _line(user: Any, plan: Plan, one: PartyAnswer) -> Line:
    if one.is_approved:
        return Line(one.party, "●", "beslutad", "Har godkänt planen som den står nu", one.answer)
    if one.was_approved:
        words = "Godkände, men planen har ändrats sedan dess: godkännandet gäller inte längre"
        return Line(one.party, "◐", "samrad", words, one.answer)
    if one.is_returned or one.was_returned:
        words = "Har återsänt planen för ändring"
        if one.was_returned:
            words += ". Den har ändrats sedan dess"
        can_do = may(user, Right.EDIT_SHARED, plan) or may(user, Right.APPROVE, plan, one.party)
        reason = one.answer.reason if one.answer and can_do else ""
        return Line(one.party, "✕", "ej_genomford", words, one.answer, reason)
    return Line(one.party, "○", "utkast", "Har inte svarat")
