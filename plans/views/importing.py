"""Läs in en plan: a file is sent, looked at beside the plan that it became, and only then stored."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from plans.access import DistrictPlans, get_district, get_upload
from plans.addresses import address_of
from plans.comparing import compared
from plans.forms import UploadForm
from plans.models import Upload
from plans.preview import Preview
from plans.reading.outcome import Reading
from plans.services import importing
from plans.services.importing import Target
from plans.services.uploads import UPLOADS
from plans.tasks import forget_upload, read_upload
from plans.vocabulary import Layout
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.reading import pages
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


class Importing(pages.Importing):
    uploads = UPLOADS
    name = "import"
    preview_page = "plans/import/preview.html"
    service = importing
    ways = WAYS
    title = "Läs in en plan"
    lead = (
        "Välj filen som planen finns i. Du får se vad som lästes ur den, och vad varje ruta blev, innan "
        "något sparas."
    )
    stays = "Parter, egna områden och överenskommelser som lades till finns kvar i områdets listor."
    read_task, forget_task = read_upload, forget_upload

    def place(self, request: HttpRequest, district: str) -> District:
        return get_district(request.user, Right.IMPORT_PLAN, district)

    def get(self, request: HttpRequest, district: str, pk: int) -> Upload:
        return get_upload(request.user, district, pk)

    def frame(self, request: HttpRequest, place: District) -> Frame:
        return district_frame(request, place)

    def form(self, request: HttpRequest, place: District, *data: Any, **initial: Any) -> UploadForm:
        if not data and not initial:
            initial["initial"] = _asked_for(request)
        return UploadForm(*data, address=reverse("import", args=[place.slug]), **initial)

    def asked(self, said: Any) -> dict[str, Any]:
        return {"start": said["start"], "end": said["end"]}

    def asked_before(self, upload: Upload) -> dict[str, Any]:
        return _initial(upload.start, upload.end)

    def earlier(self, place: District) -> Any:
        return place.uploads.select_related("by", "plan").defer("content", "reading")[:50]

    def target(self, upload: Upload, reading: Reading) -> Target:
        return importing.target_for(upload, reading)

    def looked_at(
        self, request: HttpRequest, upload: Upload, reading: Reading, chosen: pages.Chosen
    ) -> dict[str, Any]:
        plans = DistrictPlans(request.user, upload.district)
        target, found = chosen.target, chosen.found
        shown = Preview(reading, chosen.address, number=chosen.number, keep=chosen.keep)
        contents = importing.contents_of(reading.document)
        year = reading.document.period_start.year
        return {
            "frame": Frame(request, upload.district, year, plans.readable),
            "preview": shown,
            "view": shown.view,
            "sought": (),
            "areas": shown.areas,
            "contents": contents,
            "target_url": address_of(target.plan, plans.readable) if target.plan else "",
            "comparison": compared(target.document, found.document) if target.document else None,
            "warnings": importing.warnings_of(reading, target, found),
            "button": _button(reading.document.layout, contents.counts.actions),
        }

    def done(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        plans = DistrictPlans(request.user, upload.district)
        plan = next((plan for plan in plans.readable if plan.pk == upload.plan_id), None)
        return {
            "the": "planen",
            "work": plan,
            "work_url": address_of(plan, plans.readable) if plan else "",
            "write_url": address_of(plan, plans.readable, "plan-write") if plan else "",
            "changes_url": _changes_url(upload) if plan and upload.turn else "",
            "decision": reading.decision if (reading := UPLOADS.reading_of(upload)) else None,
        }


IMPORTING = Importing()


def page(request: HttpRequest, district: str) -> HttpResponse:
    return IMPORTING.page(request, district)


page.ask_first = IMPORTING.ask_first  # type: ignore[attr-defined]


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


def _button(layout: str, actions: int) -> str:
    """ "Importera 22 åtgärder"."""
    if not actions:
        return "Importera planen"
    word = "åtgärd" if layout == Layout.CAUSES else "aktivitet"
    return f"Importera {actions} {word}{'er' if actions > 1 else ''}"


def _changes_url(upload: Upload) -> str:
    asked = urlencode({"till": upload.plan_id, "sedan": (upload.turn or 1) - 1})
    return f"{reverse('plan-differences', args=[upload.district.slug])}?{asked}"
