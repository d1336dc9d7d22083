"""Historik: what has been done in a plan, and what has stood in its rows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from plans.access import DistrictPlans
from plans.addresses import address_of
from plans.history import Names
from plans.models import Plan
from plans.services.loading import to_document
from plans.views.writing import DESK
from samverkan.collaboration import remembering
from samverkan.site.frame import Frame


class Memory(remembering.Memory):
    def names(self, user: Any, work: Plan) -> Names:
        return Names(user, work, to_document(work))

    def around(self, request: HttpRequest, work: Plan) -> dict[str, Any]:
        readable = DistrictPlans(request.user, work.district).readable
        return {
            "frame": Frame(request, work.district, work.year, readable),
            "read_url": address_of(work, readable),
            "differences_url": reverse("plan-differences", args=[work.district.slug]),
            "compare_words": "Jämför två planer",
            "place_word": "Område",
        }


MEMORY = Memory(DESK)
