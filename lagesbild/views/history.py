"""Historik: what has been done in a report, and what has stood in its rows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lagesbild.history import Names
from lagesbild.models import Report
from lagesbild.services.loading import to_document
from lagesbild.views.writing import DESK
from samverkan.collaboration import remembering


class Memory(remembering.Memory):
    def names(self, user: Any, work: Report) -> Names:
        return Names(work, to_document(work))

    def around(self, request: HttpRequest, work: Report) -> dict[str, Any]:
        return {
            "frame": self.desk.frame(request, work),
            "read_url": self.desk.read_address(work),
            "differences_url": reverse("report-differences", args=[work.district.slug]),
            "compare_words": "Jämför två lägesbilder",
            "place_word": "Avsnitt",
        }


MEMORY = Memory(DESK)
