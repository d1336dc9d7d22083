"""The plan of the period before, and what has become of each action since. Asks nothing of the
database until somebody asks what has changed.

The first plan of a district that others have become is held against theirs: the last that each of them
had before it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from plans.action_view import ActionView
from plans.document import PlanDocument
from plans.filtering import Criteria, narrow
from plans.models import Carried, Plan
from plans.overview import plan_before
from plans.presentation import PlanView
from plans.services.loading import planned
from plans.since import Change, Changes, changes, together
from plans.vocabulary import Carry
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.swedish import sort_key
from samverkan.text import list_of


@dataclass(frozen=True)
class Gone:
    action: ActionView
    area: str
    reason: str


class Earlier:
    def __init__(self, user: Any, plan: Plan, document: PlanDocument, readable: Sequence[Plan]):
        self.plan = plan_before(plan, readable)  # of the district itself
        self.plans = [self.plan] if self.plan else _of_predecessors(user, plan)
        self._later = plan
        self._document = document

    @property
    def name(self) -> str:
        """ "2024", "2022 i Rinkeby-Kista och Spånga-Tensta"; nothing where there is no plan to hold
        it against."""
        if self.plan:
            return str(self.plan.period)
        within = defaultdict(list)
        for plan in self.plans:
            within[str(plan.period)].append(plan.district.name)
        return list_of(f"{period} i {list_of(names)}" for period, names in within.items())

    @property
    def of(self) -> Mapping[UUID, Change]:
        return self._changes.of

    def gone(self, criteria: Criteria) -> list[Gone]:
        """What was in the plan before and is not in this: as much of it as the filter can tell."""
        if not self.plans or criteria.state or criteria.since:
            return []
        left = self._changes.gone
        reasons = dict(
            Carried.objects.filter(
                rollover__after__period=self._later.period_id, carry=Carry.CLOSE
            ).values_list("action", "reason")
        )
        return [
            Gone(action, area.doc.title, reasons.get(action.doc.uuid, ""))
            for before in self._before
            for area in narrow(PlanView(before).areas, criteria)
            for action in area.actions
            if action.doc.uuid in left
        ]

    @cached_property
    def _before(self) -> list[PlanDocument]:
        return [planned(plan) for plan in self.plans]

    @cached_property
    def _changes(self) -> Changes:
        return together([changes(before, self._document) for before in self._before])


def _of_predecessors(user: Any, plan: Plan) -> list[Plan]:
    """The last plan before this one in each of the districts that became its district."""
    if not plan.follows_another:  # type: ignore[attr-defined]  # see PlanQuerySet.with_heading
        return []
    found = defaultdict(list)
    for other in Plan.objects.filter(period__district__successors=plan.district).with_heading():
        if may(user, Right.READ, other):
            found[other.district.name].append(other)
    last = [plan_before(plan, found[name]) for name in sorted(found, key=sort_key)]
    return [other for other in last if other]
