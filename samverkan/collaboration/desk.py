"""Where something is written together: what its page sends, and what it is told.

Every form works by itself: it comes back to the page where the row is. A script that asks for JSON
gets what is new instead, and puts it in its place. A wing says what its rows look like, and in which
order they stand on the page.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration import presence, structure, undoing
from samverkan.collaboration.comments import Talk
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Conflict, Gone, gone_from, write
from samverkan.collaboration.moving import Spots
from samverkan.collaboration.shape import Under
from samverkan.collaboration.turns import Op
from samverkan.organisation.models import Party

Row = tuple[str, str, str, str, dict[str, Any]]  # kind, under, row, after, more for its template


class Desk:
    kinds: Mapping[str, Editable]
    folder: str  # of the templates of its rows: one for each kind, called as the kind
    drawn: Collection[str]  # the kinds whose rows have such a template
    in_the_row: Mapping[str, Collection[str]]  # the fields that stand in the row on the page
    follows = False  # whether more on the page follows from what is written in a field

    # What a wing says

    def get(self, request: HttpRequest, right: Right, district: str, pk: int) -> Any:
        """What is worked in, for a user with the right in it."""
        raise NotImplementedError

    def home(self, work: Any) -> str:
        """Where its page to write in is."""
        raise NotImplementedError

    def read_address(self, work: Any) -> str:
        """Where it is read."""
        raise NotImplementedError

    def writer(self, user: Any, work: Any) -> Any:
        raise NotImplementedError

    def context(self, request: HttpRequest, work: Any) -> dict[str, Any]:
        """What the templates of its rows need, `view` and `writer` among it."""
        raise NotImplementedError

    def frame(self, request: HttpRequest, work: Any) -> Any:
        raise NotImplementedError

    def walk(self, view: Any) -> Iterator[Row]:
        """Every row in the order of the page, with what it stands under and which it stands after."""
        raise NotImplementedError

    def pieces(
        self, context: dict[str, Any], rows: set[UUID]
    ) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """What else on the page follows from what has changed in these rows: which element, the
        template of what stands in it, and what that is told."""
        return iter(())

    def spots(self, view: Any, kind: str, doc: Any) -> list[Spots]:
        """Where else a row can stand; nothing for what stays where it is."""
        return []

    def more_of_row(self, context: dict[str, Any], kind: Editable, doc: Any) -> dict[str, Any]:
        """What else a page of one row shows."""
        return {}

    # What is done in a row

    def row(
        self, request: HttpRequest, district: str, pk: int, kind: str, row: UUID
    ) -> HttpResponse:
        """All that a row says, to write in; and what was written."""
        work = self.get(request, Right.EDIT_OWN, district, pk)
        row_kind = self.kind(kind)
        if request.method != "POST":
            return self._whole_row(request, work, row_kind, row)
        seen = seen_by(request)
        typed = {
            name: " ".join(filter(None, values)) if row_kind.fields[name].is_many else values[-1]
            for name, values in request.POST.lists()
            if name in row_kind.fields
        }
        try:
            written = write(
                actor=request.user, work=work, kind=row_kind, row=row, typed=typed, seen=seen
            )
        except Gone as gone:
            return self._gone(request, work, gone, row_kind, typed)
        except ValidationError as fault:
            return self._refused(request, work, row_kind, row, fault, typed)
        if written.conflicts:
            kept = {conflict.field.name: conflict.mine_typed for conflict in written.conflicts}
            return self._conflict(request, work, row_kind, row, written.conflicts, kept)
        return self._done(request, work, seen, row, list(written.changes))

    @method_decorator(require_POST)
    def add(self, request: HttpRequest, district: str, pk: int, kind: str) -> HttpResponse:
        row_kind = self.kind(kind)
        work = self.get(request, row_kind.right, district, pk)
        new, after = uuid_of(request.POST.get("row")), uuid_of(request.POST.get("after"))
        typed = {name: request.POST[name] for name in row_kind.fields if name in request.POST}
        parties: dict[str, Party] = {}
        if row_kind.names_party:
            parties = {p.key: p for p in self.writer(request.user, work).own_parties}
        return self._do(
            request,
            work,
            lambda: structure.add(
                actor=request.user,
                work=work,
                kind=row_kind,
                under=self.under_of(request.POST.get("under", "")),
                typed=typed,
                row=new,
                after=after,
                party=parties.get(request.POST.get("party", "")),
            ),
            new,
            (row_kind, typed),
        )

    @method_decorator(require_POST)
    def move(
        self, request: HttpRequest, district: str, pk: int, kind: str, row: UUID
    ) -> HttpResponse:
        work = self.get(request, Right.EDIT_OWN, district, pk)
        return self._do(
            request,
            work,
            lambda: structure.move(
                actor=request.user,
                work=work,
                kind=self.kind(kind),
                row=row,
                under=self.under_of(request.POST.get("under", "")),
                after=uuid_of(request.POST.get("after")),
                first=request.POST.get("after") == "",
            ),
            row,
        )

    @method_decorator(require_POST)
    def remove(
        self, request: HttpRequest, district: str, pk: int, kind: str, row: UUID
    ) -> HttpResponse:
        work = self.get(request, Right.EDIT_OWN, district, pk)
        seen = seen_by(request)
        return self._do(
            request,
            work,
            lambda: structure.remove(
                actor=request.user, work=work, kind=self.kind(kind), row=row, seen=seen
            ),
            None,
        )

    @method_decorator(require_POST)
    def undo(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        work = self.get(request, Right.EDIT_OWN, district, pk)
        return self._do(request, work, lambda: undoing.undo(actor=request.user, work=work), None)

    @method_decorator(require_POST)
    def redo(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        work = self.get(request, Right.EDIT_OWN, district, pk)
        return self._do(request, work, lambda: undoing.redo(actor=request.user, work=work), None)

    # What is new

    def poll(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        """What others have done since; nothing at all (204) where nobody has."""
        work = self.get(request, Right.READ, district, pk)
        people = presence.others_in(work, request.user)
        seen = number_in(request.GET.get("seen"))
        talk = self._talk_since(request, work)
        if seen >= work.version and request.GET.get("people", "") == _mark(people) and not talk:
            return HttpResponse(status=204)
        token = {"token": get_token(request)}
        return JsonResponse(self.news(request, work, seen) | _people(people) | talk | token)

    def be_there(self, request: HttpRequest, district: str, pk: int) -> HttpResponse:
        work = self.get(request, Right.READ, district, pk)
        if request.POST.get("left"):
            presence.leave(user=request.user, work=work)
        else:
            presence.be_there(user=request.user, work=work, place=request.POST.get("place", ""))
        return HttpResponse(status=204)

    def news(
        self, request: HttpRequest, work: Any, seen: int, mine: Sequence[Any] = ()
    ) -> dict[str, Any]:
        """What has changed since; `mine` are the changes that were made just now."""
        changes = list(mine)
        if not mine or seen < mine[0].number - 1:  # others have changed something too
            changes = list(work.changes.filter(number__gt=seen).select_related("by"))
        version = max([work.version, *(change.number for change in changes)])
        fields: dict[tuple, dict] = {}
        for change in changes:
            if change.op == Op.SET:
                field = self.kinds[change.kind].fields[change.field]
                fields[change.row, change.field] = {
                    "row": str(change.row),
                    "field": change.field,
                    "value": field.typed(change.after),
                    "by": change.by.name if change.by else "",
                    "mine": change.by_id == request.user.pk,
                    "at": clock(change.at),
                }
        reshaped = {str(change.row) for change in changes if change.op != Op.SET}
        told = {"version": version, "fields": list(fields.values()), "rows": []}
        if reshaped or (changes and self.follows):
            context = self.context(request, work)
            told["rows"] = list(self._rows(request, context, reshaped))
            told["pieces"] = {
                element: render_to_string(template, context | more, request)
                for element, template, more in self.pieces(
                    context, {change.row for change in changes}
                )
            }
        return told

    def _rows(
        self, request: HttpRequest, context: dict[str, Any], reshaped: set[str]
    ) -> Iterator[dict[str, Any]]:
        """Each row that has come, gone or moved: where it stands now, and what it looks like."""
        here = set()
        for kind, under, row, after, more in self.walk(context["view"]):
            if row not in reshaped:
                continue
            here.add(row)
            html = ""
            if kind in self.drawn:
                html = render_to_string(f"{self.folder}/{kind}.html", context | more, request)
            yield {"kind": kind, "row": row, "under": under, "after": after, "html": html}
        for row in reshaped - here:
            yield {"row": row, "gone": True}

    def _talk_since(self, request: HttpRequest, work: Any) -> dict[str, Any]:
        """What has come of comments, for a screen that says how far it has come."""
        if request.GET.get("comments") in (None, "", str(work.comments_version)):
            return {}
        talk = Talk(request.user, work)
        return {"comments": talk.told} if talk.is_heard else {}

    # How it is answered

    def _do(
        self,
        request: HttpRequest,
        work: Any,
        act: Callable[[], list[Any]],
        row: UUID | None,
        words: tuple[Editable, dict[str, Any]] | None = None,
    ) -> HttpResponse:
        seen = seen_by(request)
        try:
            changes = act()
        except Gone as gone:
            return self._gone(request, work, gone, *(words or (gone.kind, {})))
        except structure.Stale as stale:
            who = stale.change.by.name if stale.change.by else "Någon annan"
            return self._said(
                request,
                work,
                f"Raden togs inte bort: {who} ändrade i den {clock(stale.change.at)}. Läs vad som "
                "står där nu, och ta bort den igen om den ska bort.",
                409,
            )
        except ValidationError as fault:
            return self._said(request, work, " ".join(fault.messages), 422)
        return self._done(request, work, seen, row, changes)

    def _done(
        self, request: HttpRequest, work: Any, seen: int, row: UUID | None, changes: list[Any]
    ) -> HttpResponse:
        if asks_for_json(request):
            at = {"at": clock(changes[-1].at)} if changes else {}
            return JsonResponse(self.news(request, work, seen, changes) | at)
        row = row or (changes[-1].row if changes else None)
        address = self.home(work)
        return redirect(f"{address}#rad-{row}" if row else address)

    def _said(self, request: HttpRequest, work: Any, sentence: str, status: int) -> HttpResponse:
        if asks_for_json(request):
            return JsonResponse({"said": sentence}, status=status)
        messages.error(request, sentence)
        return redirect(self.home(work))

    def _refused(
        self,
        request: HttpRequest,
        work: Any,
        kind: Editable,
        row: UUID,
        fault: ValidationError,
        typed: dict[str, Any],
    ) -> HttpResponse:
        faults = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        if asks_for_json(request):
            words = [sentence for sentences in faults.values() for sentence in sentences]
            return JsonResponse({"said": " ".join(words)}, status=422)
        return self._whole_row(request, work, kind, row, typed=typed, faults=faults, status=422)

    def _conflict(
        self,
        request: HttpRequest,
        work: Any,
        kind: Editable,
        row: UUID,
        conflicts: Sequence[Conflict],
        typed: dict[str, Any],
    ) -> HttpResponse:
        if asks_for_json(request):
            conflict = conflicts[0]
            said = {
                "field": conflict.field.name,
                "theirs": conflict.field.typed(conflict.theirs),
                "version": work.version,
                "html": render_to_string(
                    "collaboration/conflict.html", {"conflict": conflict, "row": row}, request
                ),
            }
            return JsonResponse(said, status=409)
        return self._whole_row(
            request, work, kind, row, typed=typed, conflicts=conflicts, status=409
        )

    def _gone(
        self, request: HttpRequest, work: Any, gone: Gone, kind: Editable, typed: dict[str, Any]
    ) -> HttpResponse:
        """The row has been taken away; what was typed in it, or in a row of this kind under it, is
        kept and offered back."""
        removal = gone.removal
        context = {
            "work": work,
            "frame": self.frame(request, work),
            "kind": gone.kind,
            "removal": removal,
            "typed": [(kind.fields[name].label, text) for name, text in typed.items() if text],
            "back": self.home(work),
            "address": self.way_back(request, work, removal),
        }
        if asks_for_json(request):
            html = render_to_string("collaboration/gone.html", context, request)
            return JsonResponse({"html": html, "gone": str(gone.row)}, status=410)
        return render(request, "collaboration/gone_page.html", context, status=410)

    def way_back(self, request: HttpRequest, work: Any, removal: Any) -> str:
        """Where she can have the row put back, if she may."""
        if removal is None or not may(request.user, Right.DELETE_AND_MOVE, work):
            return ""
        return f"{self.writer(request.user, work).address}lagg-tillbaka/{removal.turn}/"

    def _whole_row(
        self,
        request: HttpRequest,
        work: Any,
        kind: Editable,
        row: UUID,
        *,
        typed: dict[str, Any] | None = None,
        faults: dict[str, list[str]] | None = None,
        conflicts: Sequence[Conflict] = (),
        status: int = 200,
    ) -> HttpResponse:
        """A page (or, for the script, a piece of one) with every field of the row."""
        context = self.context(request, work)
        is_all = row == work.uuid and isinstance(work, kind.model)
        found = work if is_all else self.find(context["view"], kind.name, row)
        if found is None:
            return self._gone(request, work, gone_from(work, kind, row), kind, typed or {})
        context |= {
            "kind": kind,
            "doc": found,
            "row": row,
            "typed": typed or {},
            "faults": faults or {},
            "conflicts": conflicts,
            "back": self.home(work),
            "seen": seen_by(request) if faults else work.version,
            "may_remove": kind.container and context["writer"].may_write(kind.name, found),
        }
        if context["writer"].writes_shared:
            context["spots"] = self.spots(context["view"], kind.name, found)
        context |= self.more_of_row(context, kind, found)
        if request.headers.get("X-Piece"):  # the rest stands in the row already
            there = self.in_the_row[kind.name]
            context["fields"] = [name for name in kind.fields if name not in there]
            context["is_piece"] = True
            return render(request, f"{self.folder}/row_piece.html", context, status=status)
        context["fields"] = list(kind.fields)
        context["piece"] = f"{self.folder}/row_piece.html"
        return render(request, "collaboration/row_page.html", context, status=status)

    # What a form names

    def find(self, view: Any, kind: str, row: UUID) -> Any:
        """The row as the document has it; None where it is not there."""
        for found, _, uuid, _, more in self.walk(view):
            if found == kind and uuid == str(row):
                return more["doc"]
        return None

    def kind(self, name: str) -> Editable:
        if name not in self.kinds:
            raise Http404("Det finns inga sådana rader här.")
        return self.kinds[name]

    def under_of(self, said: str) -> Under | None:
        """What "cause:<uuid>" names."""
        kind, _, row = said.partition(":")
        uuid = uuid_of(row)
        return (self.kind(kind), uuid) if uuid else None


def listed(
    kind: str, under: str, docs: Iterable[Any], more: Callable[[Any], dict]
) -> Iterator[Row]:
    """The rows of one list, each after the one before it. `more` gives what its template is told."""
    after = ""
    for item in docs:
        doc = getattr(item, "doc", item)
        yield kind, under, str(doc.uuid), after, {"doc": doc} | more(item)
        after = str(doc.uuid)


def clock(at: Any) -> str:
    return f"{localtime(at):%H.%M}"


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def number_in(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def seen_by(request: HttpRequest) -> int:
    return number_in(request.POST.get("seen"))


def asks_for_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _people(people: list[Any]) -> dict[str, Any]:
    return {
        "people": [
            {
                "name": there.user.name,
                "initials": initials(there.user.name),
                "colour": there.user_id % 6,
                "place": there.place,
            }
            for there in people
        ],
        "mark": _mark(people),
    }


def _mark(people: list[Any]) -> str:
    """Changes when somebody comes, goes or moves to another field."""
    said = "|".join(f"{there.user_id}:{there.place}" for there in people)
    return f"{zlib.crc32(said.encode()):x}"


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
