"""The pages of comments: on one row, and all of them. A page by itself; for the script a piece of one.

A wing says which rows there are, in the order in which they are read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration import commenting
from samverkan.collaboration.comments import (
    Talk,
    Thread,
    address_of,
    comments_of,
    people_of,
    threads_of,
)
from samverkan.collaboration.desk import Desk, asks_for_json, number_in, uuid_of
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Gone, find
from samverkan.collaboration.models import Comment
from samverkan.collaboration.wings import wing_of


@dataclass(frozen=True)
class Spoken:
    """A row that can be spoken about."""

    uuid: UUID
    label: str  # what it is: "Åtgärden"
    title: str


class Conversation:
    def __init__(self, desk: Desk):
        self.desk = desk

    def rows(self, work: Any) -> Iterator[Spoken]:
        """In the order in which they are read."""
        raise NotImplementedError

    def of_all(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        """All threads, in that order; those about a row that is gone last."""
        work = self.desk.get(request, Right.READ_COMMENTS, district, pk)
        of_row: dict[UUID, list[Thread]] = {}
        shows_all = bool(request.GET.get("alla"))
        found = threads_of(comments_of(work))
        for thread in found:
            if shows_all or thread.is_open:
                of_row.setdefault(thread.first.row, []).append(thread)
        groups = []
        if of_row:
            for row in self.rows(work):
                if row.uuid in of_row:
                    groups.append(_group(row.label, row.title, of_row.pop(row.uuid)))
            groups += [_group("Borttagen rad", "", threads) for threads in of_row.values()]
        context = self._context(request, work) | {
            "groups": groups,
            "shows_all": shows_all,
            "settled": sum(not thread.is_open for thread in found),
        }
        return _render(request, "collaboration/talk/all.html", context)

    def of_row(
        self, request: HttpRequest, district: str, pk: int, kind: str, row: UUID
    ) -> HttpResponse:
        """What is said about a row or its fields, and something more to say."""
        right = Right.COMMENT if request.method == "POST" else Right.READ_COMMENTS
        work = self.desk.get(request, right, district, pk)
        row_kind = self.desk.kind(kind)
        if request.method != "POST":
            return self._row_page(request, work, row_kind, row)
        asked = request.POST
        answers = asked.get("svar", "")

        def act() -> Comment:
            return commenting.say(
                actor=request.user,
                work=work,
                kind=row_kind,
                row=row,
                field=asked.get("field", ""),
                text=asked.get("text", ""),
                answers=number_in(answers) if answers else None,
                uuid=uuid_of(asked.get("uuid")),
            )

        typed = {f"svar-{answers}" if answers else "ny": asked.get("text", "")}
        return self._do(request, work, act, typed, (row_kind, row))

    @method_decorator(require_POST)
    def change(self, request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
        work = self.desk.get(request, Right.COMMENT, district, pk)
        text = request.POST.get("text", "")

        def act() -> Comment:
            return commenting.change(actor=request.user, work=work, pk=comment, text=text)

        first = commenting.get_thread(work, comment).first
        where = (self.desk.kind(first.kind), first.row)
        return self._do(request, work, act, {f"andra-{comment}": text}, where)

    @method_decorator(require_POST)
    def take_back(self, request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
        return self._settle(request, district, pk, comment, commenting.take_back)

    @method_decorator(require_POST)
    def resolve(self, request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
        return self._settle(request, district, pk, comment, commenting.resolve)

    @method_decorator(require_POST)
    def reopen(self, request: HttpRequest, district: str, pk: int, comment: int) -> HttpResponse:
        return self._settle(request, district, pk, comment, commenting.reopen)

    def _settle(
        self,
        request: HttpRequest,
        district: str,
        pk: int,
        comment: int,
        act: Callable[..., Comment],
    ) -> HttpResponse:
        work = self.desk.get(request, Right.COMMENT, district, pk)
        return self._do(request, work, lambda: act(actor=request.user, work=work, pk=comment))

    def _do(
        self,
        request: HttpRequest,
        work: Any,
        act: Callable[[], Comment],
        typed: dict[str, str] | None = None,
        where: tuple[Editable, UUID] | None = None,
    ) -> HttpResponse:
        try:
            comment = act()
        except Gone:
            fault = ValidationError("Raden är borttagen, så kommentaren är inte sparad.")
            return self._refused(request, work, fault, typed, where)
        except ValidationError as fault:
            return self._refused(request, work, fault, typed, where)
        if asks_for_json(request):
            told = Talk(request.user, work).told
            return JsonResponse({"comment": comment.pk, "comments": told})
        address = address_of(work, comment.kind, comment.row)
        return redirect(f"{address}#kommentar-{comment.pk}")

    def _refused(
        self,
        request: HttpRequest,
        work: Any,
        fault: ValidationError,
        typed: dict[str, str] | None,
        where: tuple[Editable, UUID] | None,
    ) -> HttpResponse:
        said = " ".join(fault.messages)
        if asks_for_json(request):
            return JsonResponse({"said": said}, status=422)
        messages.error(request, said)
        if where is None:
            return redirect(f"{wing_of(work).address(work)}kommentarer/")
        return self._row_page(request, work, *where, typed=typed, status=422)

    def _row_page(
        self,
        request: HttpRequest,
        work: Any,
        kind: Editable,
        row: UUID,
        *,
        typed: dict[str, str] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        found = threads_of(comments_of(work, row))
        try:
            there = find(work, kind, row)
        except Gone as gone:
            if not found and not typed:
                raise Http404("Det finns ingen sådan rad.") from gone
            there = None
        what, title = self.named(kind, there) if there else ("", "")
        context = self._context(request, work) | {
            "kind": kind,
            "row": row,
            "is_gone": there is None,
            "what": what,
            "title": title,
            "fields": [(field.name, field.label) for field in kind.fields.values()],
            "field": request.GET.get("falt", request.POST.get("field", "")),
            "open": [thread for thread in found if thread.is_open],
            "settled": [thread for thread in found if not thread.is_open],
            "typed": typed or {},
        }
        return _render(request, "collaboration/talk/row.html", context, status)

    def named(self, kind: Editable, found: Any) -> tuple[str, str]:
        """What the row is, and what it is called, on the page about it."""
        return kind.word.capitalize(), getattr(found, "name", "") or getattr(found, kind.main)

    def _context(self, request: HttpRequest, work: Any) -> dict[str, Any]:
        writes = may(request.user, Right.EDIT_OWN, work)
        takes_more = bool(may(request.user, Right.COMMENT, work))
        return {
            "work": work,
            "address": wing_of(work).address(work),
            "frame": self.desk.frame(request, work),
            "takes_more": takes_more,
            "people": people_of(work) if takes_more else [],
            "writes": writes,
            "back": self.desk.home(work) if writes else self.desk.read_address(work),
        }


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of its own; for the script what stands in it, to be put beside what is written."""
    piece = bool(request.headers.get("X-Piece"))
    context |= {"inner": template, "piece": piece}
    page = template if piece else "collaboration/talk/page.html"
    response = render(request, page, context, status=status)
    response["Vary"] = "X-Piece"
    return response


def _group(kind: str, title: str, threads: list[Thread]) -> dict[str, Any]:
    first = threads[0].first
    return {"label": kind, "title": title, "threads": threads, "kind": first.kind, "row": first.row}
