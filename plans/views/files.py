"""The plan as files to take along. Who reads the page may have the file."""

from collections.abc import Callable
from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.models import Plan
from plans.services import files
from plans.views.plan import ask_which, which
from samverkan.access.table import Right
from samverkan.documents.pdf import PdfUnavailable
from samverkan.site.frame import Frame


def pdf(request: HttpRequest, district: str, year: int) -> HttpResponseBase:
    try:
        return _file(request, district, year, "pdf", files.as_pdf)
    except PdfUnavailable as fault:
        return render(request, "plans/pdf_unavailable.html", {"fault": fault}, status=503)


def json(request: HttpRequest, district: str, year: int) -> HttpResponseBase:
    return _file(request, district, year, "json", files.as_json)


def decided_pdf(request: HttpRequest, district: str, year: int) -> HttpResponseBase:
    """The very bytes that the decision froze."""
    return _file(request, district, year, "pdf", _frozen_pdf)


def _frozen_pdf(plan: Plan) -> bytes:
    content = files.decided_pdf(plan)
    if content is None:
        raise Http404("Det finns ingen PDF från ett beslut om planen.")
    return content


def _file(
    request: HttpRequest, slug: str, year: int, kind: str, make: Callable[[Plan], bytes]
) -> HttpResponseBase:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, slug))
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, plans.district, year, plans.readable), several)
    response = FileResponse(
        BytesIO(make(plan)),
        as_attachment=kind != "pdf",  # a browser shows a PDF, and is asked to keep the rest
        filename=files.file_name(plan, kind),
        content_type=f"application/{kind}",
    )
    response["Cache-Control"] = "private, no-cache"
    return response
