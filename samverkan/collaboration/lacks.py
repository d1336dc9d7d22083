"""The pages of brister: what is lacking, and what looks like personal data, for whoever writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from samverkan import personal_data as personal
from samverkan import rich
from samverkan.access.table import Right
from samverkan.collaboration.desk import Desk, asks_for_json


@dataclass(frozen=True)
class Remark:
    sentence: str
    target: str  # where on the page to write in; nothing for what is not written there
    is_personal: bool = False


@dataclass
class Group:
    """What is said of the rows of one part of it."""

    title: str
    remarks: list[Remark] = field(default_factory=list)


class Lacks:
    def __init__(self, desk: Desk):
        self.desk = desk

    def remarks(self, user: Any, work: Any) -> Iterable[tuple[str, Remark]]:
        """Each under the heading of its part, in the order in which it is read."""
        raise NotImplementedError

    def page(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        work = self.desk.get(request, Right.EDIT_OWN, district, pk)
        groups: dict[str, Group] = {}
        for title, remark in self.remarks(request.user, work):
            groups.setdefault(title, Group(title)).remarks.append(remark)
        count = sum(len(group.remarks) for group in groups.values())
        if asks_for_json(request):
            return JsonResponse({"count": count})
        piece = bool(request.headers.get("X-Piece"))
        context = {
            "work": work,
            "frame": self.desk.frame(request, work),
            "groups": groups.values(),
            "count": count,
            "piece": piece,
            "back": self.desk.home(work),
        }
        page = f"collaboration/lacks/{'list' if piece else 'page'}.html"
        response = render(request, page, context)
        response["Vary"] = "X-Piece, Accept"
        return response

    @method_decorator(require_POST)
    def personal_data(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        """What in a text looks like personal data. Nothing of it is stored or logged."""
        self.desk.get(request, Right.EDIT_OWN, district, pk)
        text = request.POST.get("text", "")
        if request.POST.get("rich"):
            text = rich.plain(text)
        sentences = [finding.sentence for finding in personal.find(text)]
        return JsonResponse({"sentences": list(dict.fromkeys(sentences))})


def personal_remark(
    row: str, title: str, field: str, finding: personal.Finding, target: str
) -> Remark:
    """What is found in a field of a row: "Åtgärden ”Nattvandring”, ansvar: …" """
    title = Truncator(title).chars(60, truncate=" …")
    where = f"{row} ”{title}”" if title else row
    return Remark(f"{where}, {field.lower()}: {finding.sentence}", target, is_personal=True)
