"""A district's reports, those elsewhere that tell of it, and a new one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lagesbild.access import DistrictReports, reports_elsewhere
from lagesbild.addresses import address_of
from lagesbild.forms import NewReportForm
from lagesbild.models import Report
from lagesbild.services.creation import AlreadyReported, create_report
from plans.access import DistrictPlans, get_district
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.site.frame import Frame
from samverkan.swedish import sort_key


def page(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    reports = DistrictReports(request.user, place)
    return render(
        request,
        "lagesbild/reports.html",
        {
            "frame": frame_of(request, place, reports),
            "rows": _rows(reports.readable),
            "hidden": len(reports.all) > len(reports.readable),
            "elsewhere": _by_district(reports_elsewhere(request.user, place)),
            "may_create": may(request.user, Right.CREATE_REPORT, place),
        },
    )


def create(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.CREATE_REPORT, district)
    reports = DistrictReports(request.user, place)
    earlier = [*reports.readable, *reports_elsewhere(request.user, place)]
    asked = {
        name: request.GET[field] for name, field in _ASKED.items() if request.GET.get(field, "")
    }
    form = NewReportForm(request.POST or None, district=place, earlier=earlier, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            report = create_report(actor=request.user, district=place, **form.report)
        except AlreadyReported as refusal:
            form.add_error(None, _with_a_link(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{report} är skapad. Den är ett utkast.")
            return redirect(address_of(report))
    words = {
        "frame": frame_of(request, place, reports),
        "form": form,
        "has_catalogue": form.has_catalogue,
    }
    return render(request, "lagesbild/create.html", words)


_ASKED = {"kind": "slag", "year": "ar"}  # what a link to the form may fill in


def frame_of(request: HttpRequest, place: District, reports: DistrictReports) -> Frame:
    plans = DistrictPlans(request.user, place, lightly=True)
    return Frame(request, place, plans=plans.readable, reports=reports.readable)


def _rows(reports: Sequence[Report]) -> list[dict[str, Any]]:
    return [{"report": report, "url": address_of(report, reports)} for report in reports]


def _by_district(reports: Sequence[Report]) -> list[dict[str, Any]]:
    districts = {report.district for report in reports}
    return [
        {
            "district": district,
            "rows": _rows([report for report in reports if report.district == district]),
        }
        for district in sorted(districts, key=lambda one: sort_key(one.name))
    ]


def _with_a_link(refusal: AlreadyReported) -> SafeString:
    """The sentence as it is, where "Öppna den" opens the report."""
    before, words, after = refusal.message.partition("Öppna den")
    return format_html('{}<a href="{}">{}</a>{}', before, address_of(refusal.report), words, after)
