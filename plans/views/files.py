"""The plan as files to take along. Who reads the page may have the file."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from plans.access import DistrictPlans, SeveralPlans, get_district, parties_of
from plans.addresses import address_of
from plans.offers import offers
from plans.services import files
from plans.services.files import KINDS, Kind, Wanted
from plans.services.loading import current_document
from plans.tasks import make_file
from plans.views.plan import ask_which, which
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.documents import store
from samverkan.documents.models import StoredFile
from samverkan.edition import Edition
from samverkan.http import Request
from samverkan.site.frame import Frame

# A worker takes it at once. Where none does, the web process that is asked makes it itself.
_PATIENCE = timedelta(seconds=5)


def file(request: Request, district: str, year: int, name: str) -> HttpResponseBase:
    """The file, if it is made; else how it goes with it, until it is."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place, lightly=True)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, place, year, plans.readable), several)
    wanted = Wanted(plan, KINDS[name], edition_of(request), request.GET.get("part", ""))
    if "senaste" in request.GET:
        stored = store.latest(wanted.subject)
    else:
        stored = _made(wanted, again="igen" in request.GET)
    if stored and stored.made_at and not request.htmx:
        return _sent(request, wanted, stored)
    # The page that waited for it goes to it, where it is shown; what is downloaded it offers.
    if stored and stored.made_at and wanted.kind.is_shown:
        return HttpResponse(headers={"HX-Redirect": request.path + _query(request)})
    frame = Frame(request, place, year, plans.readable)
    return _under_way(request, frame, wanted, stored)


def decided_pdf(request: Request, district: str, year: int) -> HttpResponseBase:
    """The very bytes that the decision froze."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, plans.district, year, plans.readable), several)
    content = files.decided_pdf(plan)
    if content is None:
        raise Http404("Det finns ingen PDF från ett beslut om planen.")
    wanted = Wanted(plan, KINDS["atgardsplan.pdf"])
    return _download(content, wanted.kind, wanted.file_name)


def edition_of(request: Request) -> Edition:
    return Edition.PUBLIC if request.GET.get("utgava") == "publik" else Edition.INTERNAL


def _made(wanted: Wanted, *, again: bool) -> StoredFile | None:
    """How it stands with the file, once it has been asked for."""
    if stored := store.unchanged(wanted.subject, wanted.version):
        return stored
    key = wanted.key
    stored = store.find(key)
    if stored is None or not stored.made_at:
        _ask_for(wanted, key, stored, again=again)
        stored = store.find(key)
    if stored and stored.made_at:
        store.found(stored, wanted.version, wanted.file_name)
    return stored


def _ask_for(wanted: Wanted, key: str, stored: StoredFile | None, *, again: bool) -> None:
    if not wanted.kind.takes_time or (stored and stored.is_waiting and _has_waited(stored)):
        store.make(key, wanted.subject, wanted.make)
    elif store.ask_for(key, wanted.subject) or (again and store.ask_again(key)):
        make_file.enqueue(
            plan_id=wanted.plan.pk,
            name=wanted.kind.name,
            edition=wanted.edition.value,
            party=wanted.party,
        )


def _has_waited(stored: StoredFile) -> bool:
    return timezone.now() - stored.asked_at > _PATIENCE


def _sent(request: Request, wanted: Wanted, stored: StoredFile) -> HttpResponseBase:
    etag = f'"{stored.key}"'
    response: Any = get_conditional_response(request, etag=etag)
    if response is None:
        name = stored.name or wanted.file_name
        response = _download(bytes(stored.content or b""), wanted.kind, name)
    response["ETag"] = etag
    return response


def _download(content: bytes, kind: Kind, name: str) -> HttpResponseBase:
    response = FileResponse(
        BytesIO(content),
        as_attachment=not kind.is_shown,
        filename=name,
        content_type=files.TYPES[kind.extension],
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def _under_way(
    request: Request, frame: Frame, wanted: Wanted, stored: StoredFile | None
) -> HttpResponse:
    fault = stored.fault if stored else "Filen har aldrig gjorts."
    words = {
        "frame": frame,
        "wanted": wanted,
        "fault": fault,
        "is_made": bool(stored and stored.made_at),
        "earlier": store.latest(wanted.subject),
        "here": request.path,
        "which": _query(request),
        "back": address_of(wanted.plan, frame.plans),
    }
    return render(
        request, "plans/file.html", words, status=503 if fault else 200 if words["is_made"] else 202
    )


_WHICH_FILE = ("period", "revision", "utgava", "part")


def _query(request: Request) -> str:
    """What says which file it is; not what was asked to be done about it."""
    asked = {n: v for n, v in request.GET.items() if n in _WHICH_FILE}
    return f"?{urlencode(asked)}" if asked else ""


def page(request: Request, district: str, year: int) -> HttpResponse:
    """Ladda ner: every file that can be made of the plan, in both editions."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, frame, several, "plan-files")
    words = {
        "frame": frame,
        "plan": plan,
        "offers": offers(plan, current_document(plan), plans.readable),
        "decided_url": address_of(plan, plans.readable, "plan-decided-pdf"),
        "plan_url": address_of(plan, plans.readable),
        "exchanges": [
            party
            for party in (parties_of(plan) if may(request.user, Right.EDIT_OWN, plan) else ())
            if may(request.user, Right.EDIT_OWN, plan, party)
        ],
    }
    return render(request, "plans/files.html", words)
