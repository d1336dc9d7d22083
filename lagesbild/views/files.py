"""A report as files to take along. Who reads the page may have the file."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from lagesbild.access import DistrictReports, get_report
from lagesbild.addresses import address_of
from lagesbild.services.files import KINDS, PREPARED, Wanted
from lagesbild.tasks import make_report_file
from lagesbild.views.reading import which
from lagesbild.vocabulary import ReportKind
from plans.access import DistrictPlans, get_district
from samverkan.access.table import Right
from samverkan.documents import serving
from samverkan.documents.models import StoredFile
from samverkan.http import Request
from samverkan.site.frame import Frame
from samverkan.workflow import decisions


def file(request: Request, district: str, year: int, name: str) -> HttpResponseBase:
    """The file, if it is made; else how it goes with it, until it is."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    reports = DistrictReports(request.user, place)
    kind = KINDS[name]
    report = reports.get(Right.READ, kind.of, year, revision=which(request))
    wanted = Wanted(report, kind, serving.edition_of(request))

    def enqueue() -> None:
        make_report_file.enqueue(report_id=report.pk, name=name, edition=wanted.edition.value)

    def under_way(stored: StoredFile | None) -> HttpResponse:
        plans = DistrictPlans(request.user, place, lightly=True).readable
        back = address_of(report, reports.readable)
        frame = Frame(request, place, year, plans, reports.readable)
        return serving.under_way(request, wanted, stored, of=report, back=back, frame=frame)

    return serving.answer(request, wanted, enqueue, under_way)


def decided_pdf(request: Request, district: str, pk: int) -> HttpResponseBase:
    """The very bytes that the decision froze."""
    report = get_report(request.user, Right.READ, district, pk)
    content = decisions.decided_pdf(report)
    if content is None:
        raise Http404(f"Det finns ingen PDF från ett beslut om {report.word_for_it.lower()}.")
    kind = PREPARED[ReportKind(report.kind)]
    return serving.download(content, kind, Wanted(report, kind).file_name)
