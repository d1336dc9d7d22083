"""What the year (årshjulet) asks of a user, for the start page: what she opens, creates and notes.

What a plan or a round waits for stands there by itself (`waiting.py`) and is not said twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from plans.access import DistrictPlans
from plans.year import REMEMBERED, Do, State, Step, waiting, year_of
from plans.year_facts import known_of
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.organisation.models import District

_OF_THE_YEAR = (Do.CREATE, Do.CREATE_REPORT, Do.OPEN, Do.MARK)


@dataclass(frozen=True)
class YearTask:
    step: Step
    district: District
    year: int

    @property
    def what(self) -> str:
        assert self.step.do
        words = str(self.step.do.label)
        return f"{self.step.name}: {words[0].lower()}{words[1:]}"

    @property
    def due(self) -> date | None:
        return self.step.day

    @property
    def is_late(self) -> bool:
        return self.step.state == State.LATE

    @property
    def url(self) -> str:
        place = [self.district.slug, self.year]
        return self.step.url or reverse("year-moment", args=[*place, self.step.moment])


def waiting_in_year(user: Any, today: date) -> list[YearTask]:
    """In the districts whose year she keeps: this year's, and last year's while it is remembered."""
    years = [today.year]
    if today <= date(today.year - 1, 12, 31) + REMEMBERED:
        years.append(today.year - 1)
    return [
        YearTask(step, plans.district, year)
        for plans in _kept_by(user, today)
        for year in years
        for step in waiting(year_of(known_of(plans, year, today)))
        if step.do in _OF_THE_YEAR
    ]


def _kept_by(user: Any, today: date) -> Iterator[DistrictPlans]:
    districts = dict.fromkeys(m.district for m in user.standing if m.district)
    for district in districts:
        if not district.has_ended(today) and may(user, Right.KEEP_YEAR, district):
            yield DistrictPlans(user, district)
