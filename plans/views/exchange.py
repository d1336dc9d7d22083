"""The utbytesfil of one party: fetched, sent back, looked at, and only then read in."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from plans.access import DistrictPlans, exchange_files, get_exchange_file, get_part
from plans.addresses import address_of
from plans.exchange import NotAnExchange
from plans.forms import ExchangeForm
from plans.models import ExchangeFile
from plans.services import exchanging, files
from plans.services.exchanging import AlreadyReadIn, Place, ReadIn
from plans.tasks import forget_exchange_file
from samverkan.collaboration.editing import Gone
from samverkan.reading.uploads import KEPT, MOST_BYTES
from samverkan.site.frame import Frame

_AROUND = 100_000  # bytes of a form beside its file


def page(request: HttpRequest, district: str, pk: int, party: int, round_: int = 0) -> HttpResponse:
    """The file to fetch, and the form that it is sent back in."""
    place = Place(*get_part(request.user, district, pk, party, round_))
    if request.method != "POST":
        return _page(request, place, ExchangeForm())
    form = ExchangeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    sent: Any = form.cleaned_data["file"]
    try:
        file = exchanging.keep(actor=request.user, place=place, name=sent.name, content=sent.read())
    except NotAnExchange as refusal:
        return _page(request, place, ExchangeForm(), refusal.reasons, sent.name, status=422)
    forget_exchange_file.using(run_after=timezone.now() + KEPT).enqueue(file_id=file.pk)
    return redirect(address(place, "in", file.pk))


def _ask_first(
    request: HttpRequest, district: str, pk: int, party: int, round_: int = 0
) -> HttpResponse | None:
    """Who may send a file is asked, and how large it is, before a byte of it is read."""
    place = Place(*get_part(request.user, district, pk, party, round_))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MOST_BYTES + _AROUND:
        return _page(request, place, ExchangeForm(), [exchanging.TOO_LARGE], status=413)
    return None


page.ask_first = _ask_first  # type: ignore[attr-defined]


@require_POST
def hand_out(
    request: HttpRequest, district: str, pk: int, party: int, round_: int = 0
) -> HttpResponseBase:
    """A copy that leaves the house, and so is told of: never made by a link that is only followed."""
    place = Place(*get_part(request.user, district, pk, party, round_))
    try:
        out = exchanging.hand_out(actor=request.user, place=place)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(address(place))
    return FileResponse(
        BytesIO(out.content),
        as_attachment=True,
        filename=out.name,
        content_type=files.TYPES["xlsx"],
    )


def preview(
    request: HttpRequest, district: str, pk: int, party: int, file: int, round_: int = 0
) -> HttpResponse:
    """What is new in the file, and then where somebody is to choose. Nothing is written before that."""
    place = Place(*get_part(request.user, district, pk, party, round_))
    found = get_exchange_file(place.plan, place.party, place.round, file)
    if request.method == "POST":
        return _do(request, place, found)
    if found.read_in_at:
        return _done(request, place, found)
    try:
        looked_at = exchanging.look(found, place)
    except NotAnExchange as refusal:
        return _page(request, place, ExchangeForm(), refusal.reasons, found.name, status=422)
    words = {
        "file": found,
        "file_address": address(place, "file", found.pk),
        "look": looked_at,
    }
    return render(request, "plans/exchange/preview.html", _context(request, place) | words)


def file(
    request: HttpRequest, district: str, pk: int, party: int, file: int, round_: int = 0
) -> HttpResponseBase:
    """The very bytes that came back, to keep and never to show: somebody has had them elsewhere."""
    place = Place(*get_part(request.user, district, pk, party, round_))
    found = get_exchange_file(place.plan, place.party, place.round, file)
    return FileResponse(
        BytesIO(bytes(found.content)),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )


def _do(request: HttpRequest, place: Place, file: ExchangeFile) -> HttpResponse:
    here = address(place, "in", file.pk)
    try:
        match request.POST.get("gor"):
            case "las-in":
                done = exchanging.read_in(actor=request.user, file=file, place=place)
                _tell(request, place, done)
                return redirect(here if done.conflicts else _back(request, place))
            case "kasta":
                exchanging.forget(actor=request.user, file=file, place=place)
                messages.success(request, f"{file.name} är borttagen. Inget lästes in.")
                return redirect(address(place))
            case "valj" | "behall" as do:
                return _choose(request, place, file, keeps=do == "behall")
    except AlreadyReadIn:
        messages.info(request, "Filen är redan inläst.")
    except NotAnExchange as refusal:
        return _page(request, place, ExchangeForm(), refusal.reasons, file.name, status=422)
    except Gone:
        reason = "En åtgärd i filen togs bort ur planen just nu. Läs in filen igen."
        return _page(request, place, ExchangeForm(), [reason], file.name, status=409)
    except ValidationError as refusal:
        return _page(request, place, ExchangeForm(), refusal.messages, file.name, status=422)
    return redirect(here)


def _choose(request: HttpRequest, place: Place, file: ExchangeFile, *, keeps: bool) -> HttpResponse:
    said = request.POST
    name = said.get("falt", "")
    done = exchanging.choose(
        actor=request.user,
        file=file,
        place=place,
        action=_uuid(said.get("rad", "")),
        name=name,
        typed=None if keeps else said.get(name, ""),
        seen=int(said["seen"])
        if said.get("seen", "").isdecimal() and len(said["seen"]) < 10
        else 0,
    )
    if done.late:
        _tell(request, place, done)
    if any(name in fields for fields in done.conflicts.values()):
        messages.warning(request, "Någon skrev i fältet medan du valde. Välj igen.")
    if file.conflicts:
        return redirect(address(place, "in", file.pk))
    messages.success(request, "Allt i filen är avgjort.")
    return redirect(_back(request, place))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _tell(request: HttpRequest, place: Place, done: ReadIn) -> None:
    if done.fields:
        what = f"svar från {place.party}" if place.round else f"det som {place.party} åtar sig"
        saved = "1 fält är sparat" if done.fields == 1 else f"{done.fields} fält är sparade"
        messages.success(request, f"Filen är inläst som {what}. {saved}.")
    elif not done.late and not done.conflicts:
        messages.info(request, "Filen är inläst. Allt som står i den stod redan här.")
    if done.late:
        messages.warning(
            request,
            f"{place.round} är stängd. Svaren i filen är sparade för sig, och samordnaren kan släppa "
            "in dem.",
        )


def _done(request: HttpRequest, place: Place, file: ExchangeFile) -> HttpResponse:
    words = {
        "file": file,
        "file_address": address(place, "file", file.pk),
        "choices": exchanging.choices(file, place),
        "seen": place.version,
    }
    return render(request, "plans/exchange/done.html", _context(request, place) | words)


def _page(
    request: HttpRequest,
    place: Place,
    form: ExchangeForm,
    reasons: Any = (),
    name: str = "",
    status: int = 200,
) -> HttpResponse:
    kept = exchange_files(place.plan, place.party, place.round).defer("content")
    words = {
        "form": form,
        "kept": [
            (one, address(place, "in", one.pk), address(place, "file", one.pk)) for one in kept
        ],
        "reasons": reasons,
        "name": name,
        "most": MOST_BYTES,
        "too_large": exchanging.TOO_LARGE,
    }
    return render(
        request, "plans/exchange/page.html", _context(request, place) | words, status=status
    )


def _context(request: HttpRequest, place: Place) -> dict[str, Any]:
    plan = place.plan
    readable = DistrictPlans(request.user, plan.district).readable
    return {
        "frame": Frame(request, plan.district, plan.year, readable),
        "plan": plan,
        "party": place.party,
        "round": place.round,
        "address": address(place),
        "out_address": address(place, "out"),
        "back": _back(request, place),
    }


def _back(request: HttpRequest, place: Place) -> str:
    """Where what the file says stands."""
    plan = place.plan
    if place.round:
        where = reverse("round", args=[plan.district.slug, plan.pk, place.round.pk])
        return f"{where}?part={place.party.key}"
    return address_of(plan, DistrictPlans(request.user, plan.district).readable, "plan-files")


def address(place: Place, to: str = "", *more: int) -> str:
    """Of the party's page; or of what comes in, or goes out."""
    where = [place.plan.district.slug, place.plan.pk]
    where += [place.round.pk] if place.round else []
    name = f"{'round' if place.round else 'plan'}-exchange"
    return reverse(f"{name}-{to}" if to else name, args=[*where, place.party.pk, *more])
