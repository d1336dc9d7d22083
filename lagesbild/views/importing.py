"""Läs in en lägesbild: a file is sent, looked at beside the report that it became, and only then
stored."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lagesbild.access import DistrictReports, get_upload, get_uploaded_image
from lagesbild.addresses import WRITE_PAGES, address_of
from lagesbild.comparing import compared
from lagesbild.document import ReportDocument, blocks_of, sections_of
from lagesbild.forms import UploadForm
from lagesbild.models import Upload
from lagesbild.preview import Preview
from lagesbild.reading.outcome import ReportReading
from lagesbild.services import importing
from lagesbild.services.importing import Target
from lagesbild.services.uploads import UPLOADS
from lagesbild.tasks import forget_report_upload, read_report_upload
from lagesbild.views.district import frame_of
from lagesbild.views.reading import A_YEAR
from lagesbild.vocabulary import ReportKind
from plans.access import DistrictPlans, get_district
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.reading import pages
from samverkan.site.frame import Frame

Use = Upload.Use

WAYS = {
    Use.NEW: ("En ny lägesbild", "Den skapas som ett utkast."),
    Use.MERGED: (
        "Fyll på utkastet",
        "Det som är tomt fylls i, och det som saknas läggs till sist i sitt avsnitt. Inget tas bort.",
    ),
    Use.REPLACED: (
        "Ersätt utkastets innehåll",
        "Utkastet säger det som filen säger. Det som inte finns i filen tas bort, och står kvar i "
        "historiken.",
    ),
    Use.REVISION: (
        "En ny revision",
        "Filens innehåll blir ett nytt utkast. Det beslutade gäller tills revisionen är beslutad.",
    ),
}


class Importing(pages.Importing):
    uploads = UPLOADS
    name = "report-import"
    preview_page = "lagesbild/import/preview.html"
    service = importing
    ways = WAYS
    title = "Läs in en lägesbild"
    lead = (
        "Välj filen som lägesbilden eller statusrapporten finns i. Du får se vad som lästes ur den, och "
        "vad varje stycke blev, innan något sparas."
    )
    stays = "Bilder och egna områden som lades till finns kvar i områdets listor."
    read_task, forget_task = read_report_upload, forget_report_upload

    def place(self, request: HttpRequest, district: str) -> District:
        return get_district(request.user, Right.CREATE_REPORT, district)

    def get(self, request: HttpRequest, district: str, pk: int) -> Upload:
        return get_upload(request.user, district, pk)

    def frame(self, request: HttpRequest, place: District) -> Frame:
        return frame_of(request, place, DistrictReports(request.user, place))

    def form(self, request: HttpRequest, place: District, *data: Any, **initial: Any) -> UploadForm:
        if not data and not initial:
            initial["initial"] = _asked_for(request)
        return UploadForm(*data, address=reverse(self.name, args=[place.slug]), **initial)

    def asked(self, said: Any) -> dict[str, Any]:
        return {"kind": said["kind"], "year": said["year"]}

    def asked_before(self, upload: Upload) -> dict[str, Any]:
        return {"kind": upload.kind, "year": upload.year}

    def earlier(self, place: District) -> Any:
        uploads = Upload.objects.filter(district=place)
        return uploads.select_related("by", "report").defer("content", "reading")[:50]

    def target(self, upload: Upload, reading: ReportReading) -> Target:
        return importing.target_of(upload)

    def looked_at(
        self, request: HttpRequest, upload: Upload, reading: ReportReading, chosen: pages.Chosen
    ) -> dict[str, Any]:
        place, target, found = upload.district, chosen.target, chosen.found
        reports = DistrictReports(request.user, place).readable
        plans = DistrictPlans(request.user, place, lightly=True).readable
        shown = Preview(reading, chosen.address, number=chosen.number, keep=chosen.keep)
        return {
            "frame": Frame(request, place, upload.year, plans, reports),
            "preview": shown,
            "view": shown.view,
            "contents": _contents(reading.document),
            "target_url": address_of(target.report, reports) if target.report else "",
            "comparison": compared(target.document, found.document) if target.document else None,
            "warnings": importing.warnings_of(reading, target),
            "button": f"Läs in {ReportKind(upload.kind).label.lower()}en",
        }

    def done(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        reports = DistrictReports(request.user, upload.district).readable
        report = next((one for one in reports if one.pk == upload.report_id), None)
        reading = UPLOADS.reading_of(upload)
        return {
            "the": f"{ReportKind(upload.kind).label.lower()}en",
            "work": report,
            "work_url": address_of(report, reports) if report else "",
            "write_url": address_of(report, reports, WRITE_PAGES[ReportKind(report.kind)])
            if report
            else "",
            "changes_url": _changes_url(upload) if report and upload.turn else "",
            "decision": reading.decision if reading else None,
        }


IMPORTING = Importing()


def page(request: HttpRequest, district: str) -> HttpResponse:
    return IMPORTING.page(request, district)


page.ask_first = IMPORTING.ask_first  # type: ignore[attr-defined]


def image(request: HttpRequest, district: str, pk: int, sha256: str) -> HttpResponse:
    """Out of a file that is not read in yet: made anew as any other, and named by what is in it."""
    found = get_uploaded_image(request.user, district, pk, sha256)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The report that she came from."""
    said = request.GET
    found: dict[str, Any] = {}
    if said.get("slag") in ReportKind.values:
        found["kind"] = said["slag"]
    if said.get("ar", "").isdecimal() and len(said["ar"]) == 4:
        found["year"] = int(said["ar"])
    return found


def _contents(document: ReportDocument) -> list[str]:
    """ "14 avsnitt", "11 figurer"."""
    sections = [section for section, _ in sections_of(document)]
    figures = sum(block.is_figure for section in sections for block in section.blocks)
    numbers = {
        ("område", "områden"): sum(section.slug is not None for section in sections),
        ("figur", "figurer"): figures,
        ("källa", "källor"): len(document.sources),
        ("bild", "bilder"): sum(block.image is not None for block in blocks_of(document)),
        ("prioritering", "prioriteringar"): sum(len(one.priorities) for one in sections),
    }
    return [f"{len(sections)} avsnitt"] + [
        f"{number} {words[number != 1]}" for words, number in numbers.items() if number
    ]


def _changes_url(upload: Upload) -> str:
    asked = urlencode({"till": upload.report_id, "sedan": (upload.turn or 1) - 1})
    return f"{reverse('report-differences', args=[upload.district.slug])}?{asked}"
