"""A report as the page to read, and its images."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lagesbild.access import DistrictReports, NoReport, get_image
from lagesbild.addresses import KINDS, WRITE_PAGES, address_of
from lagesbild.models import Report
from lagesbild.presentation import ReportView
from lagesbild.services.earlier import earlier_of
from lagesbild.services.files import offers
from lagesbild.services.loading import current_document
from lagesbild.ties import Ties
from lagesbild.vocabulary import ReportKind
from plans.access import DistrictPlans, get_district
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.comments import Talk
from samverkan.site.frame import Frame
from samverkan.workflow.status import status_of
from samverkan.workflow.vocabulary import UNDER_WAY

A_YEAR = 60 * 60 * 24 * 365


def page(request: HttpRequest, district: str, year: int, kind: ReportKind) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    reports = DistrictReports(request.user, place)
    plans = DistrictPlans(request.user, place, lightly=True)
    frame = Frame(request, place, year, plans.readable, reports.readable)
    try:
        report = reports.get(Right.READ, kind, year, revision=which(request))
    except NoReport as missing:
        return _missing(request, frame, reports, kind, missing)
    document = current_document(report)
    view = ReportView(document, earlier_of(report))
    return render(
        request,
        "lagesbild/status.html" if view.is_status else "lagesbild/report.html",
        {
            "frame": frame,
            "report": report,
            "talk": Talk(request.user, report),
            "reads_history": may(request.user, Right.READ_HISTORY, report),
            "view": view,
            "status": status_of(request.user, report, document, reports.all),
            "ties": None
            if view.is_status
            else Ties(request.user, report, document, plans.readable),
            "write_url": address_of(report, reports.all, WRITE_PAGES[kind])
            if may(request.user, Right.EDIT_OWN, report)
            else "",
            "offers": offers(report, reports.readable),
            "proposes": not view.is_status and may(request.user, Right.EDIT_AGREEMENT, place),
            "others": _others(report, reports.readable),
        },
    )


def image(request: HttpRequest, district: str, pk: int, sha256: str) -> HttpResponse:
    """Its name is what is in it: it never becomes another, and need not be asked for twice."""
    found = get_image(request.user, district, pk, sha256)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def nearest(request: HttpRequest, district: str) -> HttpResponse:
    """The same page in another district: the same year if there is one, or else the nearest."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    kind = KINDS.get(request.GET.get("sida", ""), ReportKind.PICTURE)
    reports = DistrictReports(request.user, place).readable
    asked = request.GET.get("ar", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 5 else timezone.localdate().year
    found = _nearest([r for r in reports if r.kind == kind] or reports, wanted)
    if found is None:
        return redirect("reports", district)
    return redirect(address_of(found, reports))


def which(request: HttpRequest) -> int | None:
    """Which revision of the year's report, where the address says so: ?revision=2."""
    asked = request.GET.get("revision", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else None


def _missing(
    request: HttpRequest, frame: Frame, reports: DistrictReports, kind: ReportKind, why: NoReport
) -> HttpResponse:
    """That there is none, and what there is instead."""
    assert frame.year is not None
    same_year = [report for report in reports.readable if report.year == frame.year]
    others = [report for report in reports.readable if report.kind == kind]
    found = same_year[:1] or [*filter(None, [_nearest(others or reports.readable, frame.year)])]
    words = {
        "frame": frame,
        "kind": kind,
        "why": str(why),
        "near": [{"report": r, "url": address_of(r, reports.readable)} for r in found],
        "may_create": may(request.user, Right.CREATE_REPORT, reports.district),
    }
    return render(request, "lagesbild/missing.html", words)


def _nearest(reports: list[Report], year: int) -> Report | None:
    return min(
        reports,
        key=lambda r: (abs(r.year - year), -r.year, not r.in_force, -r.revision),
        default=None,
    )


def _others(report: Report, readable: list[Report]) -> list[dict]:
    """What the reader should know: another revision in force, or on its way; the year's other report."""
    found: list[tuple[str, Report]] = []
    for other in readable:
        if other == report or other.year != report.year:
            continue
        if other.kind != report.kind:
            if other.in_force or not any(one.in_force for one in _same(other, readable)):
                found.append((f"{other.get_kind_display()} för samma år finns också.", other))
        elif other.in_force:
            says = (
                f"Du läser revision {report.revision}. Det är revision {other.revision} som gäller."
            )
            found.append((says, other))
        elif other.revision > report.revision and other.state in UNDER_WAY:
            found.append((f"Revision {other.revision} är på väg: {other.state_words}.", other))
    return [
        {"note": note, "report": other, "url": address_of(other, readable)} for note, other in found
    ]


def _same(report: Report, readable: list[Report]) -> list[Report]:
    """The revisions of it."""
    return [one for one in readable if (one.kind, one.year) == (report.kind, report.year)]
