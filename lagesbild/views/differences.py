"""Skillnader: two reports of the district, or one as it was and as it is, side by side in words."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lagesbild.access import DistrictReports
from lagesbild.addresses import address_of
from lagesbild.comparing import compared
from lagesbild.document import ReportDocument
from lagesbild.models import Report
from lagesbild.services.versions import as_of
from plans.access import DistrictPlans, get_district
from samverkan.access.table import Right
from samverkan.collaboration import side_by_side
from samverkan.collaboration.comparing import Comparison
from samverkan.collaboration.side_by_side import Held
from samverkan.site.frame import Frame


class SideBySide(side_by_side.SideBySide):
    words = {
        "two": "två olika lägesbilder",
        "only_one": "Här finns bara en lägesbild",
        "none": "Här finns inga lägesbilder som du kan jämföra.",
        "none_such": "Det finns ingen sådan lägesbild",
        "rest": "Rapporten i övrigt",
    }

    def held(self, request: HttpRequest, district: str) -> DistrictReports:
        place = get_district(request.user, Right.ENTER_DISTRICT, district)
        return DistrictReports(request.user, place)

    def name(self, work: Report) -> str:
        revision = f", revision {work.revision}" if work.revision > 1 else ""
        return f"{work.get_kind_display()} {work.year}{revision}"

    def as_of(self, work: Report, version: int | None) -> ReportDocument:
        return as_of(work, version)

    def compared(self, before: ReportDocument, after: ReportDocument) -> Comparison:
        return compared(before, after)

    def one_before(self, work: Report, readable: list[Report]) -> Report | None:
        """The revision before it, or else the year's before it, of the same kind."""
        older = [
            other
            for other in readable
            if other.kind == work.kind and (other.year, other.revision) < (work.year, work.revision)
        ]
        return max(older, key=lambda one: (one.year, one.revision), default=None)

    def around(self, request: HttpRequest, held: Held, after: Report | None) -> dict[str, Any]:
        plans = DistrictPlans(request.user, held.district, lightly=True).readable
        year = after.year if after else None
        return {
            "frame": Frame(request, held.district, year, plans, held.readable),
            "after_url": address_of(after, held.readable) if after else "",
            "history_url": reverse("report-history", args=[after.district.slug, after.pk])
            if after
            else "",
        }


SIDE_BY_SIDE = SideBySide()
