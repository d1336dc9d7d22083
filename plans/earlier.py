"""The plan of the period before, and what has become of each action since. Asks nothing of the
database until somebody asks what has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from plans.action_view import ActionView
from plans.addresses import address_of
from plans.document import PlanDocument
from plans.filtering import Criteria, narrow
from plans.models import Carried, Plan
from plans.overview import plan_before
from plans.presentation import PlanView
from plans.services.loading import planned
from plans.since import Change, Changes, changes
from plans.vocabulary import Carry


@dataclass(frozen=True)
class Gone:
    action: ActionView
    area: str
    reason: str


class Earlier:
    def __init__(self, plan: Plan, document: PlanDocument, readable: Sequence[Plan]):
        self.plan = plan_before(plan, readable)
        self._later = plan
        self._document = document
        self._readable = readable

    @property
    def name(self) -> str:
        """ "2024"; nothing where there is no plan to hold it against."""
        return str(self.plan.period) if self.plan else ""

    @property
    def url(self) -> str:
        return address_of(self.plan, self._readable) if self.plan else ""

    @property
    def of(self) -> Mapping[UUID, Change]:
        return self._changes.of

    def gone(self, criteria: Criteria) -> list[Gone]:
        """What was in the plan before and is not in this: as much of it as the filter can tell."""
        if not self.plan or criteria.state or criteria.since:
            return []
        left = self._changes.gone
        reasons = dict(
            Carried.objects.filter(
                rollover__after__period=self._later.period_id, carry=Carry.CLOSE
            ).values_list("action", "reason")
        )
        return [
            Gone(action, area.doc.title, reasons.get(action.doc.uuid, ""))
            for area in narrow(PlanView(self._before).areas, criteria)
            for action in area.actions
            if action.doc.uuid in left
        ]

    @cached_property
    def _before(self) -> PlanDocument:
        assert self.plan
        return planned(self.plan)

    @cached_property
    def _changes(self) -> Changes:
        return changes(self._before, self._document) if self.plan else Changes({}, frozenset())
