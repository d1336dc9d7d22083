"""In which of a city's plans a round would open: those in force on the day that it describes."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from plans.models import Period, Plan
from plans.vocabulary import PlanState
from samverkan.organisation.models import District, Municipality
from samverkan.text import list_of


@dataclass(frozen=True)
class Reach:
    plans: list[Plan] = field(default_factory=list)
    without: list[tuple[District, str]] = field(default_factory=list)  # and why

    @property
    def seen(self) -> str:
        """What whoever pressed the button had read: it opens nowhere else."""
        return "-".join(str(plan.pk) for plan in self.plans)


class CityPlans:
    """The plans in force in a city, by district."""

    def __init__(self, city: Municipality):
        self.city = city
        self._by_district: dict[int, list[Plan]] = defaultdict(list)
        for plan in (
            Plan.objects.filter(in_force=True, period__district__municipality=city)
            .select_related("period__district__municipality")
            .prefetch_related("period__rounds")
        ):
            self._by_district[plan.period.district_id].append(plan)

    @property
    def followed_up(self) -> list[Period]:
        return [
            plan.period
            for plans in self._by_district.values()
            for plan in plans
            if plan.state == PlanState.DECIDED
        ]

    def reached(self, on: date, name: str) -> Reach:
        reach = Reach()
        for district in District.objects.filter(municipality=self.city):
            plans = self._by_district[district.pk]
            if plan := next((one for one in plans if one.period.covers(on)), None):
                if why := _closed_to(plan, name):
                    reach.without.append((district, why))
                else:
                    reach.plans.append(plan)
            elif plans:
                periods = list_of(str(one.period) for one in plans)
                reach.without.append((district, f"planen som gäller är för {periods}"))
            elif not district.has_ended(on):
                reach.without.append((district, "ingen plan gäller"))
        return reach


def _closed_to(plan: Plan, name: str) -> str:
    if plan.state != PlanState.DECIDED:
        return "planen är avslutad"
    has_one = any(one.name == name for one in plan.period.rounds.all())
    return "har redan en uppföljning som heter så" if has_one else ""
