"""Läs in en plan: a file is sent, looked at beside the plan that it became, and only then stored."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from plans.access import DistrictPlans, get_district, get_upload
from plans.addresses import address_of
from plans.comparing import compared
from plans.forms import UploadForm
from plans.models import Upload
from plans.preview import Preview
from plans.services import importing, uploads
from plans.services.importing import AlreadyUsed, Changed, Outcome, Target
from plans.tasks import forget_upload, read_upload
from plans.vocabulary import Layout
from samverkan.access.table import Right
from samverkan.http import Request
from samverkan.organisation.models import District
from samverkan.site.frame import Frame, district_frame

Use = Upload.Use

WAYS = {
    Use.NEW: ("En ny plan", "Planen skapas som ett utkast."),
    Use.MERGED: (
        "Fyll på utkastet",
        "Det som är tomt i planen fylls i, och rader som planen saknar läggs till sist. Inget tas bort.",
    ),
    Use.REPLACED: (
        "Ersätt utkastets innehåll",
        "Planen säger det som filen säger. Det som inte finns i filen tas bort, och står kvar i historiken.",
    ),
    Use.REVISION: (
        "En ny revision",
        "Filens innehåll blir ett nytt utkast. Den beslutade planen gäller tills revisionen är beslutad.",
    ),
}


def page(request: HttpRequest, district: str) -> HttpResponse:
    """The form, and what has been read in before."""
    place = get_district(request.user, Right.IMPORT_PLAN, district)
    if request.method != "POST":
        return _page(request, place, _form(place, initial=_asked_for(request)))
    form = _form(place, request.POST, request.FILES)
    if form.is_valid():
        try:
            upload = _keep(request, place, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("import-preview", district, upload.pk)
    return _page(request, place, form, status=422)


def _ask_first(request: HttpRequest, district: str) -> HttpResponse | None:
    """Who may send a file is asked, and how large it is, before a byte of it is read."""
    place = get_district(request.user, Right.IMPORT_PLAN, district)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > uploads.MOST_BYTES + _AROUND:
        return _page(request, place, _form(place), status=413, fault=uploads.TOO_LARGE)
    return None


page.ask_first = _ask_first  # type: ignore[attr-defined]
_AROUND = 100_000  # bytes of a form beside its file


def _keep(request: HttpRequest, place: District, form: UploadForm) -> Upload:
    sent: Any = form.cleaned_data["file"]
    upload = uploads.keep(
        actor=request.user,
        district=place,
        name=sent.name,
        content=sent.read(),
        start=form.cleaned_data["start"],
        end=form.cleaned_data["end"],
    )
    forget_upload.using(run_after=timezone.now() + uploads.KEPT).enqueue(upload_id=upload.pk)
    if uploads.takes_time(upload):
        read_upload.enqueue(upload_id=upload.pk)
    else:
        uploads.read(upload)
    return upload


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The period of the plan that she came from."""
    said = request.GET
    try:
        start, end = date.fromisoformat(said["fran"]), date.fromisoformat(said["till"])
    except (KeyError, ValueError):
        return {}
    return _initial(start, end)


def _initial(start: date, end: date) -> dict[str, Any]:
    if (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31)):
        return {"year": start.year}
    return {"period": UploadForm.DATES, "start": start, "end": end, "year": start.year}


def _form(place: District, *args: Any, **kwargs: Any) -> UploadForm:
    return UploadForm(*args, address=reverse("import", args=[place.slug]), **kwargs)


def _page(
    request: HttpRequest, place: District, form: UploadForm, status: int = 200, fault: str = ""
) -> HttpResponse:
    words = {
        "frame": district_frame(request, place),
        "form": form,
        "fault": fault,
        "most": uploads.MOST_BYTES,
        "too_large": uploads.TOO_LARGE,
        "uploads": place.uploads.select_related("by", "plan").defer("content", "reading")[:50],
    }
    return render(request, "plans/import/page.html", words, status=status)


def preview(request: Request, district: str, pk: int) -> HttpResponse:
    """Left the file as it was, right the plan that it became. Nothing is stored yet."""
    upload = get_upload(request.user, district, pk)
    if upload.use:
        return _done(request, upload)
    if not upload.is_read and uploads.is_left(upload):
        uploads.read(upload)
    if not upload.is_read:
        words = {"frame": district_frame(request, upload.district), "upload": upload}
        return render(request, "plans/import/reading.html", words, status=202)
    if request.htmx:  # the page that waited goes on
        return HttpResponse(headers={"HX-Redirect": request.path})
    return _preview(request, upload)


def _preview(
    request: HttpRequest, upload: Upload, fault: str = "", status: int = 200
) -> HttpResponse:
    reading = uploads.reading_of(upload)
    plans = DistrictPlans(request.user, upload.district)
    if reading is None:
        again = _form(upload.district, initial=_initial(upload.start, upload.end))
        words = {
            "frame": district_frame(request, upload.district),
            "upload": upload,
            "form": again,
            "most": uploads.MOST_BYTES,
            "too_large": uploads.TOO_LARGE,
        }
        return render(request, "plans/import/refused.html", words, status=422)
    asked = request.POST if request.method == "POST" else request.GET
    target = importing.target_for(upload, reading)
    use = next((use for use in target.uses if use == asked.get("hur")), next(iter(target.uses), ""))
    chosen = set(asked.getlist("ur-filen"))
    found = importing.outcome(target, use, reading.document, chosen)
    address = reverse("import-preview", args=[upload.district.slug, upload.pk])
    shown = Preview(
        reading,
        address,
        number=_number(asked.get("blad", "")),
        keep=f"&hur={quote(use)}" if len(target.uses) > 1 else "",
    )
    contents = importing.contents_of(reading.document)
    words = {
        "frame": Frame(
            request, upload.district, reading.document.period_start.year, plans.readable
        ),
        "upload": upload,
        "reading": reading,
        "preview": shown,
        "view": shown.view,
        "sought": (),
        "areas": shown.areas,
        "contents": contents,
        "target": target,
        "target_url": address_of(target.plan, plans.readable) if target.plan else "",
        "use": use,
        "ways": [(way, *WAYS[way], way == use) for way in target.uses],
        "found": found,
        "chosen": chosen,
        "comparison": _comparison(target, found),
        "warnings": importing.warnings_of(reading, target, found),
        "button": _button(reading.document.layout, contents.counts.actions),
        "fault": fault,
    }
    return render(request, "plans/import/preview.html", words, status=status)


def _comparison(target: Target, found: Outcome) -> Any:
    return compared(target.document, found.document) if target.document else None


def _button(layout: str, actions: int) -> str:
    """ "Importera 22 åtgärder"."""
    if not actions:
        return "Importera planen"
    word = "åtgärd" if layout == Layout.CAUSES else "aktivitet"
    return f"Importera {actions} {word}{'er' if actions > 1 else ''}"


def _done(request: HttpRequest, upload: Upload) -> HttpResponse:
    plans = DistrictPlans(request.user, upload.district)
    plan = next((plan for plan in plans.readable if plan.pk == upload.plan_id), None)
    words = {
        "frame": district_frame(request, upload.district),
        "upload": upload,
        "plan": plan,
        "plan_url": address_of(plan, plans.readable) if plan else "",
        "write_url": address_of(plan, plans.readable, "plan-write") if plan else "",
        "changes_url": _changes_url(upload) if plan and upload.turn else "",
        "decision": reading.decision if (reading := uploads.reading_of(upload)) else None,
    }
    return render(request, "plans/import/done.html", words)


def _changes_url(upload: Upload) -> str:
    asked = urlencode({"till": upload.plan_id, "sedan": (upload.turn or 1) - 1})
    return f"{reverse('plan-differences', args=[upload.district.slug])}?{asked}"


@require_POST
def answer(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    upload = get_upload(request.user, district, pk)
    asked = request.POST
    try:
        reading = uploads.answer(
            actor=request.user,
            upload=upload,
            question=asked.get("question", ""),
            said=asked.get("answer", "").strip(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        left = sum(one.sureness == "osaker" for one in reading.questions)
        messages.success(
            request,
            "Svaret är sparat, också för nästa fil i området. "
            + (f"{left} kvar som är osäkra." if left else "Inget är osäkert längre."),
        )
    keep = {name: asked[name] for name in ("blad", "hur") if asked.get(name)}
    address = reverse("import-preview", args=[district, pk])
    return redirect(f"{address}?{urlencode(keep)}" if keep else address)


@require_POST
def read_in(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    upload = get_upload(request.user, district, pk)
    try:
        importing.apply(
            actor=request.user,
            upload=upload,
            use=request.POST.get("hur", ""),
            seen=request.POST.get("seen", ""),
            from_file=request.POST.getlist("ur-filen"),
        )
    except AlreadyUsed:
        return redirect("import-preview", district, pk)
    except Changed as changed:
        return _preview(request, upload, " ".join(changed.messages), status=409)
    except ValidationError as refusal:
        return _preview(request, upload, " ".join(refusal.messages), status=422)
    return redirect("import-preview", district, pk)


@require_POST
def take_back(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    upload = get_upload(request.user, district, pk)
    try:
        importing.take_back(actor=request.user, upload=upload)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Inläsningen av {upload.name} är ångrad.")
    return redirect("import-preview", district, pk)


@require_POST
def forget(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    upload = get_upload(request.user, district, pk)
    try:
        uploads.forget(actor=request.user, upload=upload)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"{upload.name} är borttagen. Inget lästes in.")
    return redirect("import", district)


def file(request: HttpRequest, district: str, pk: int) -> HttpResponseBase:
    """The very bytes that were sent, to keep and never to show: they are a stranger's."""
    upload = get_upload(request.user, district, pk)
    return FileResponse(
        BytesIO(bytes(upload.content)),
        as_attachment=True,
        filename=upload.name,
        content_type="application/octet-stream",
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
