"""Skillnader: two plans of the district, or one as it was and as it is, side by side in words."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from plans.access import DistrictPlans, get_district
from plans.addresses import address_of
from plans.comparing import compared
from plans.document import PlanDocument
from plans.models import Plan
from plans.services.versions import as_of
from samverkan.access.table import Right
from samverkan.collaboration import side_by_side
from samverkan.collaboration.comparing import Comparison
from samverkan.collaboration.side_by_side import Held
from samverkan.site.frame import Frame


class SideBySide(side_by_side.SideBySide):
    words = {
        "two": "två olika planer",
        "only_one": "Här finns bara en plan",
        "none": "Här finns inga planer som du kan jämföra.",
        "none_such": "Det finns ingen sådan plan",
        "rest": "Planen i övrigt",
        "more": "Uppföljningen jämförs inte.",
    }

    def held(self, request: HttpRequest, district: str) -> DistrictPlans:
        place = get_district(request.user, Right.ENTER_DISTRICT, district)
        return DistrictPlans(request.user, place)

    def name(self, work: Plan) -> str:
        revision = f", revision {work.revision}" if work.revision > 1 else ""
        return f"Åtgärdsplan {work.period}{revision}"

    def as_of(self, work: Plan, version: int | None) -> PlanDocument:
        return as_of(work, version)

    def compared(self, before: PlanDocument, after: PlanDocument) -> Comparison:
        return compared(before, after)

    def one_before(self, work: Plan, readable: list[Plan]) -> Plan | None:
        """The revision before it, or else the plan before it."""
        older = [
            other
            for other in readable
            if (other.period.start, other.revision) < (work.period.start, work.revision)
        ]
        return older[0] if older else None

    def around(self, request: HttpRequest, held: Held, after: Plan | None) -> dict[str, Any]:
        return {
            "frame": Frame(request, held.district, after.year if after else None, held.readable),
            "after_url": address_of(after, held.readable) if after else "",
            "history_url": reverse("plan-history", args=[after.district.slug, after.pk])
            if after
            else "",
        }


SIDE_BY_SIDE = SideBySide()
