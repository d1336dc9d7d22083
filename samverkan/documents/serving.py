"""A file of a plan or a report, as it is asked for: the file, or how it goes with it until it is made."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from samverkan.documents import store
from samverkan.documents.models import StoredFile
from samverkan.edition import Edition
from samverkan.http import Request

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
}
# A worker takes it at once. Where none does, the web process that is asked makes it itself.
PATIENCE = timedelta(seconds=5)


class FileKind(Protocol):
    @property
    def extension(self) -> str: ...

    @property
    def takes_time(self) -> bool: ...

    @property
    def is_shown(self) -> bool:
        """A browser shows it, and is not asked to keep it."""


class Wanted(Protocol):
    @property
    def kind(self) -> FileKind: ...

    @property
    def key(self) -> str:
        """Of all that the file says."""

    @property
    def subject(self) -> str:
        """What it is a file of, in any version."""

    @property
    def version(self) -> str:
        """Another whenever the key may be, and quicker to know; nothing, where there is no such."""

    @property
    def file_name(self) -> str: ...

    def make(self) -> bytes: ...


def answer(
    request: Request,
    wanted: Wanted,
    enqueue: Callable[[], Any],
    under_way: Callable[[StoredFile | None], HttpResponse],
) -> HttpResponseBase:
    """The file, if it is made; else how it goes with it, until it is."""
    if "senaste" in request.GET:
        stored = store.latest(wanted.subject)
    else:
        stored = _made(wanted, enqueue, again="igen" in request.GET)
    if stored and stored.made_at and not request.htmx:
        return _sent(request, wanted, stored)
    # The page that waited for it goes to it, where it is shown; what is downloaded it offers.
    if stored and stored.made_at and wanted.kind.is_shown:
        return HttpResponse(headers={"HX-Redirect": request.path + _query(request)})
    return under_way(stored)


def under_way(
    request: Request,
    wanted: Wanted,
    stored: StoredFile | None,
    *,
    of: Any,
    back: str,
    frame: Any,
) -> HttpResponse:
    """The page that waits for it. `of` is the plan or the report, `back` where that is read."""
    fault = stored.fault if stored else "Filen har aldrig gjorts."
    is_made = bool(stored and stored.made_at)
    words = {
        "frame": frame,
        "wanted": wanted,
        "fault": fault,
        "is_made": is_made,
        "earlier": store.latest(wanted.subject),
        "here": request.path,
        "which": _query(request),
        "of": of,
        "back": back,
    }
    status = 503 if fault else 200 if is_made else 202
    return render(request, "documents/file.html", words, status=status)


def download(content: bytes, kind: FileKind, name: str) -> HttpResponseBase:
    response = FileResponse(
        BytesIO(content),
        as_attachment=not kind.is_shown,
        filename=name,
        content_type=TYPES[kind.extension],
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def edition_of(request: Request) -> Edition:
    return Edition.PUBLIC if request.GET.get("utgava") == "publik" else Edition.INTERNAL


def _made(wanted: Wanted, enqueue: Callable[[], Any], *, again: bool) -> StoredFile | None:
    """How it stands with the file, once it has been asked for."""
    if wanted.version and (stored := store.unchanged(wanted.subject, wanted.version)):
        return stored
    key = wanted.key
    stored = store.find(key)
    if stored is None or not stored.made_at:
        _ask_for(wanted, key, stored, enqueue, again=again)
        stored = store.find(key)
    if stored and stored.made_at:
        store.found(stored, wanted.version, wanted.file_name)
    return stored


def _ask_for(
    wanted: Wanted,
    key: str,
    stored: StoredFile | None,
    enqueue: Callable[[], Any],
    *,
    again: bool,
) -> None:
    if not wanted.kind.takes_time or (stored and stored.is_waiting and _has_waited(stored)):
        store.make(key, wanted.subject, wanted.make)
    elif store.ask_for(key, wanted.subject) or (again and store.ask_again(key)):
        enqueue()


def _has_waited(stored: StoredFile) -> bool:
    return timezone.now() - stored.asked_at > PATIENCE


def _sent(request: Request, wanted: Wanted, stored: StoredFile) -> HttpResponseBase:
    etag = f'"{stored.key}"'
    response: Any = get_conditional_response(request, etag=etag)
    if response is None:
        name = stored.name or wanted.file_name
        response = download(bytes(stored.content or b""), wanted.kind, name)
    response["ETag"] = etag
    return response


_WHICH_FILE = ("period", "revision", "utgava", "part")


def _query(request: Request) -> str:
    """What says which file it is; not what was asked to be done about it."""
    asked = {n: v for n, v in request.GET.items() if n in _WHICH_FILE}
    return f"?{urlencode(asked)}" if asked else ""
