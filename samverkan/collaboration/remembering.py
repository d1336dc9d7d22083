"""The pages of the history: what has been done, what has stood in a row, and the way back for both.

A wing says its words (history.py), and where two of its kind are compared.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration import history
from samverkan.collaboration.desk import Desk, asks_for_json, clock, seen_by
from samverkan.collaboration.editing import Gone
from samverkan.collaboration.restoring import put_back, restore
from samverkan.collaboration.wings import wing_of
from samverkan.organisation.models import User

ON_A_PAGE = 30  # turns


class Memory:
    def __init__(self, desk: Desk):
        self.desk = desk

    # What a wing says

    def names(self, user: Any, work: Any) -> history.Names:
        raise NotImplementedError

    def around(self, request: HttpRequest, work: Any) -> dict[str, Any]:
        """What stands around its pages: its frame, the way to it, and to where two are compared."""
        raise NotImplementedError

    # The pages

    def page(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        work = self.desk.get(request, Right.READ_HISTORY, district, pk)
        names = self.names(request.user, work)
        people = list(User.objects.filter(pk__in=work.changes.values("by")).order_by("name"))
        person, place = _known(request.GET.get("vem"), people), request.GET.get("omrade", "")
        place = place if place in dict(names.places) else ""
        changes = history.chosen(work, person=person, within=names.within(place) if place else None)
        pages = Paginator(history.numbers_of_turns(changes), ON_A_PAGE)
        shown = pages.get_page(request.GET.get("sida"))
        of_page = changes.filter(turn__in=list(shown)).select_related("by").order_by("number")
        context = self._context(request, work) | {
            "page": shown,
            "days": _by_day(history.told(of_page, names)),
            "people": people,
            "person": person,
            "places": names.places,
            "place": place,
            "is_chosen": bool(person or place),
        }
        return render(request, "collaboration/history/page.html", context)

    def row(
        self, request: HttpRequest, district: str, pk: int, kind: str, row: UUID
    ) -> HttpResponse:
        work = self.desk.get(request, Right.READ_HISTORY, district, pk)
        row_kind, names = self.desk.kind(kind), self.names(request.user, work)
        known = names[row]
        if known is None or known.kind != row_kind.name:
            raise Http404("Raden har aldrig funnits här.")
        changes = list(work.changes.filter(row=row).select_related("by").order_by("number"))
        writer = self.desk.writer(request.user, work)
        shaped = [change for change in changes if change.op != history.Op.SET]
        context = self._context(request, work) | {
            "kind": row_kind,
            "row": row,
            "noun": known.noun or row_kind.word,
            "title": names.title(row),
            "where": names.above(row),
            "is_here": known.is_here,
            "fields": history.fields_of(changes, names),
            "turns": history.told(shaped, names),
            "may_write": known.is_here and writer.may_write(row_kind.name, known),
        }
        return render(request, "collaboration/history/row.html", context)

    @method_decorator(require_POST)
    def restore_text(
        self, request: HttpRequest, district: str, pk: int, kind: str, row: UUID
    ) -> HttpResponse:
        work = self.desk.get(request, Right.EDIT_OWN, district, pk)
        row_kind, key = self.desk.kind(kind), history.read_key(request.POST.get("text", ""))
        if key is None:
            raise Http404("Den texten finns inte i historiken.")
        number, before = key
        here = redirect(f"{wing_of(work).address(work)}historik/{kind}/{row}/")
        try:
            written = restore(
                actor=request.user,
                work=work,
                kind=row_kind,
                row=row,
                number=number,
                before=before,
                seen=seen_by(request),
            )
        except Gone:
            messages.error(request, "Raden är borttagen. Lägg tillbaka den först.")
            return here
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return here
        if written.conflicts:
            conflict = written.conflicts[0]
            messages.error(
                request,
                f"Texten är inte återställd: {conflict.by} ändrade {conflict.field.label} "
                f"{clock(conflict.at)}, efter att du öppnade sidan. Läs vad som står där nu, och "
                "återställ igen om det fortfarande är det du vill.",
            )
        elif written.changes:
            messages.success(request, "Texten är återställd.")
        else:
            messages.info(request, "Den texten står där redan.")
        return here

    @method_decorator(require_POST)
    def put_row_back(self, request: HttpRequest, district: str, pk: int, turn: int) -> HttpResponse:
        work = self.desk.get(request, Right.DELETE_AND_MOVE, district, pk)
        try:
            changes = put_back(actor=request.user, work=work, number=turn)
        except ValidationError as refusal:
            if asks_for_json(request):
                return JsonResponse({"said": " ".join(refusal.messages)}, status=422)
            messages.error(request, " ".join(refusal.messages))
        else:
            if asks_for_json(request):
                return JsonResponse(self.desk.news(request, work, seen_by(request), changes))
            is_one = len(changes) == 1
            said = "Raden är tillbaka där den stod." if is_one else _SEVERAL_BACK
            messages.success(request, said)
        return self._home(work)

    def _home(self, work: Any) -> HttpResponseRedirect:
        return redirect(f"{wing_of(work).address(work)}historik/")

    def _context(self, request: HttpRequest, work: Any) -> dict[str, Any]:
        return self.around(request, work) | {
            "work": work,
            "address": wing_of(work).address(work),
            "may_put_back": may(request.user, Right.DELETE_AND_MOVE, work),
        }


_SEVERAL_BACK = "Raderna är tillbaka där de stod."


def _by_day(turns: list[history.Turn]) -> list[dict[str, Any]]:
    days: list[dict[str, Any]] = []
    for turn in turns:
        day = localdate(turn.at)
        if not days or days[-1]["day"] != day:
            days.append({"day": day, "turns": []})
        days[-1]["turns"].append(turn)
        days[-1]["before"] = turn.number - 1  # as it was when the day began
    return days


def _known(said: str | None, people: list[User]) -> int | None:
    return next((user.pk for user in people if str(user.pk) == said), None)
