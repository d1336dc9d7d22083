"""A report as files to take along. Who reads the page may have the file."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from lagesbild.access import DistrictReports
from lagesbild.addresses import address_of
from lagesbild.services.files import KINDS, Wanted
from lagesbild.tasks import make_report_file
from lagesbild.views.reading import which
from plans.access import DistrictPlans, get_district
from samverkan.access.table import Right
from samverkan.documents import serving
from samverkan.documents.models import StoredFile
from samverkan.http import Request
from samverkan.site.frame import Frame


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
