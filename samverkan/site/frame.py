"""The frame around every page of a district: where I am, and where else I can go from here."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from plans.access import DistrictPlans
from samverkan.organisation.models import District


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool = False


@dataclass
class Frame:
    """Knows the district and the year, and keeps the place when one of them is changed."""

    request: HttpRequest
    district: District
    year: int | None = None
    plans: Any = ()  # those of the district that the user may read

    TABS = {"plan": "Åtgärdsplan", "plan-summary": "Sammanställning"}

    @property
    def _place(self) -> str:
        match = self.request.resolver_match
        return match.url_name or "" if match else ""

    @cached_property
    def years(self) -> list[Link]:
        place = self._place if self._place in self.TABS else "plan"
        years = sorted({plan.year for plan in self.plans}, reverse=True)
        return [
            Link(str(year), reverse(place, args=[self.district.slug, year]), year == self.year)
            for year in years
        ]

    @cached_property
    def tabs(self) -> list[Link]:
        if self.year is None:
            return []
        return [
            Link(label, reverse(name, args=[self.district.slug, self.year]), name == self._place)
            for name, label in self.TABS.items()
        ]


def district_frame(request: HttpRequest, district: District) -> Frame:
    """For the pages of a district that are of no particular year."""
    return Frame(request, district, plans=DistrictPlans(request.user, district).readable)
