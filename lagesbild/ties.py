"""What a report leads to in the plans, and what it rests on there: what became of its priorities, which
action a result comes from, and how a priority comes into the next plan.

Only plans that the user may read are told of. Two questions however large the report is, and none
where it is tied to nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, UUIDField, Value
from django.urls import reverse

from lagesbild.document import ReportDocument, sections_of
from lagesbild.models import Report
from plans.access import DistrictPlans
from plans.action_view import STATE_MARKS
from plans.addresses import address_of
from plans.document import AnswerDoc
from plans.going import says_how
from plans.models import Action, FollowUp, Plan, Problem
from plans.vocabulary import ActionState, Layout, PlanState
from samverkan.access.ask import may
from samverkan.access.table import Right

_SETTLED = (PlanState.DECIDED, PlanState.CLOSED)


@dataclass(frozen=True)
class Standing:
    """How it went at the latest follow-up that said so."""

    state: ActionState
    round: str

    @property
    def mark(self) -> str:
        return STATE_MARKS[self.state]


@dataclass(frozen=True)
class Fate:
    """What a priority is now: an action or a problem, in the latest plan that has it."""

    is_action: bool
    title: str
    url: str
    plan: Plan
    since: int | None  # the year in which it came into a plan, where that was another
    standing: Standing | None


@dataclass(frozen=True)
class Way:
    """How a priority comes into the plan that follows: at once, or by what has to be done first."""

    plan: Plan | None = None
    sentence: str = ""  # why it cannot be done now
    label: str = ""
    url: str = ""

    @property
    def has_problems(self) -> bool:
        return self.plan is not None and self.plan.layout == Layout.CAUSES


@dataclass(frozen=True)
class _Row:
    kind: str
    uuid: UUID
    title: str
    priority: UUID | None
    predecessor: UUID | None
    plan: Plan


class Ties:
    def __init__(self, user: Any, report: Report, document: ReportDocument, plans: Sequence[Plan]):
        """`plans` are those of the report's district that the user may read."""
        self._user = user
        self._report = report
        sections = [section for section, _ in sections_of(document)]
        self._priorities = {one.uuid for section in sections for one in section.priorities}
        self._sources = {
            one.action for section in sections for one in section.results if one.action
        }
        self._here = plans

    # What is told ------------------------------------------------------------------------------

    def fates(self, priority: UUID) -> list[Fate]:
        return [self._fate(row, before) for row, before in self._of_priority[priority]]

    def is_left_out(self, priority: UUID) -> bool:
        """Next year's plan is decided, and has nothing that comes from it."""
        return self.decided is not None and not self._of_priority[priority]

    def action_url(self, action: UUID | None) -> str:
        """Where the action that a result comes from is read, year by year."""
        found = next((row for row in self._rows if row.uuid == action), None) if action else None
        return _thread(found) if found else ""

    @cached_property
    def decided(self) -> Plan | None:
        """The plan for the year after, where that is decided."""
        year = self._report.year + 1
        return next(
            (
                plan
                for plan in _in_force_first(self._later)
                if plan.state in _SETTLED and plan.period.start.year <= year
            ),
            None,
        )

    # How a priority comes into a plan ----------------------------------------------------------

    @cached_property
    def way(self) -> Way:
        user, report = self._user, self._report
        if open_ := [plan for plan in self._later if may(user, Right.EDIT_SHARED, plan)]:
            return Way(min(open_, key=lambda plan: (plan.period.start, -plan.revision)))
        creates = bool(may(user, Right.CREATE_PLAN, self._district))
        if not creates and not may(user, Right.EDIT_SHARED, report):
            return Way()
        decided = [plan for plan in self._later if plan.state == PlanState.DECIDED]
        if decided:
            plan = min(decided, key=lambda plan: (plan.period.start, not plan.in_force))
            said = f"Planen för {plan.period} är beslutad."
            if may(user, Right.REVISE, plan):
                url = address_of(plan, self._plans, "plan-revise")
                return Way(sentence=said, label="Öppna en ny revision", url=url)
            return Way(sentence=f"{said} Samordnaren kan öppna en ny revision.")
        if self._later:  # she has no part in the one that is being written
            return Way()
        said = f"Det finns ingen plan för {report.year + 1} än."
        if not creates:
            return Way(sentence=f"{said} Samordnaren skapar den.")
        if settled := [plan for plan in self._plans if plan.state in _SETTLED]:
            last = max(settled, key=lambda plan: (plan.period.end, plan.in_force, plan.revision))
            url = reverse("plan-rollover", args=[last.district.slug, last.pk])
            return Way(sentence=said, label=f"Rulla vidare planen för {last.period}", url=url)
        url = reverse("plan-create", args=[self._district.slug])
        return Way(sentence=said, label="Skapa planen", url=url)

    @cached_property
    def _plans(self) -> list[Plan]:
        """Those of the district and, where it has become another, of that one."""
        plans = list(self._here)
        if self._report.district.valid_to:
            for district in self._successors:
                plans += DistrictPlans(self._user, district, lightly=True).readable
        return plans

    @cached_property
    def _later(self) -> list[Plan]:
        return [plan for plan in self._plans if plan.period.end.year > self._report.year]

    @property
    def _district(self) -> Any:
        """Where the next plan is made."""
        district = self._report.district
        return (self._successors or [district])[0] if district.valid_to else district

    @cached_property
    def _successors(self) -> list[Any]:
        return list(self._report.district.successors.select_related("municipality"))

    # What is asked -----------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> list[_Row]:
        """What comes from a priority here, and what a result comes from, in any plan she reads."""
        plans = {plan.pk: plan for plan in self._plans}
        asked = self._priorities if self._later else set()
        if not plans or not (asked or self._sources):
            return []
        made = Q(priority__in=asked, area__plan__in=[plan.pk for plan in self._later])
        actions = Action.objects.filter(
            made | Q(uuid__in=self._sources, area__plan__in=plans)
        ).annotate(kind=Value("action", CharField()))
        problems = Problem.objects.filter(made).annotate(
            kind=Value("problem", CharField()),
            name=Value("", CharField()),
            description=F("text"),
            predecessor=Value(None, UUIDField()),
        )
        columns = ("kind", "uuid", "name", "description", "priority", "predecessor", "area__plan")
        found = (
            actions.order_by()
            .values_list(*columns)
            .union(problems.order_by().values_list(*columns), all=True)
        )
        return [
            _Row(kind, uuid, name or text, priority, before, plans[plan])
            for kind, uuid, name, text, priority, before, plan in found
        ]

    @cached_property
    def _of_priority(self) -> dict[UUID, list[tuple[_Row, list[_Row]]]]:
        """What each has become: what stands in the latest plan, and what that was carried on from."""
        here: dict[UUID, dict[UUID, dict[int, _Row]]] = defaultdict(lambda: defaultdict(dict))
        for row in sorted(self._rows, key=lambda row: (row.plan.in_force, row.plan.revision)):
            if row.priority in self._priorities:
                here[row.priority][row.uuid][row.plan.period_id] = row  # one for each period
        found: dict[UUID, list[tuple[_Row, list[_Row]]]] = defaultdict(list)
        for priority, rows in here.items():
            latest = {
                uuid: max(of.values(), key=lambda row: row.plan.period.start)
                for uuid, of in rows.items()
            }
            carried = {row.predecessor for row in latest.values()}
            for row in sorted(latest.values(), key=lambda row: (row.kind, row.plan.period.start)):
                if row.uuid not in carried:
                    found[priority].append((row, list(_before(row, latest))))
        return found

    @cached_property
    def _standings(self) -> dict[UUID, tuple[Any, Standing]]:
        """By action: when it was last told how it goes, and what was told."""
        actions = {row.uuid for row in self._rows if row.priority and row.kind == "action"}
        if not actions:
            return {}
        said: dict[tuple[UUID, Any], list[FollowUp]] = defaultdict(list)
        answers = FollowUp.objects.filter(action__in=actions, is_draft=False).exclude(state="")
        for answer in answers.select_related("round", "party").order_by(
            "round__reporting_date", "round", "pk"
        ):
            said[answer.action, answer.round].append(answer)
        found = {}
        for (action, round_), those in said.items():  # the last is the latest
            docs = [
                AnswerDoc(
                    action, one.party.key if one.party else None, state=ActionState(one.state)
                )
                for one in those
            ]
            if (how := says_how(docs)) and how.state:
                found[action] = round_.reporting_date, Standing(how.state, round_.name)
        return found

    def _fate(self, row: _Row, before: list[_Row]) -> Fate:
        told = [self._standings[one.uuid] for one in (row, *before) if one.uuid in self._standings]
        first = min((one.plan.year for one in (row, *before)), default=row.plan.year)
        return Fate(
            is_action=row.kind == "action",
            title=row.title,
            url=_thread(row) if row.kind == "action" else self._problem_url(row),
            plan=row.plan,
            since=first if first != row.plan.year else None,
            standing=max(told, key=lambda one: one[0])[1] if told else None,
        )

    def _problem_url(self, row: _Row) -> str:
        return f"{address_of(row.plan, self._plans)}#problem-{row.uuid}"


def _before(row: _Row, rows: dict[UUID, _Row]) -> Iterable[_Row]:
    seen = {row.uuid}
    while (earlier := rows.get(row.predecessor) if row.predecessor else None) and (
        earlier.uuid not in seen
    ):
        seen.add(earlier.uuid)
        yield earlier
        row = earlier


def _in_force_first(plans: Iterable[Plan]) -> list[Plan]:
    return sorted(plans, key=lambda plan: (not plan.in_force, -plan.revision))


def _thread(row: _Row) -> str:
    return reverse("action-thread", args=[row.plan.district.slug, row.uuid])
