"""Föreslå områden ur lägesbilden: from a lägesbild to the form of the agreement, with its areas ticked."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lagesbild.access import DistrictReports
from lagesbild.services.proposing import areas_with_measures
from lagesbild.vocabulary import ReportKind
from plans.access import agreements_in, get_agreement, get_district, may_edit_agreement
from plans.models import Agreement
from samverkan.access.table import Right


def propose(request: HttpRequest, district: str) -> HttpResponse:
    """Out of the lägesbild that is asked for, or the latest; into that agreement, the latest, or a new one."""
    place = get_district(request.user, Right.EDIT_AGREEMENT, district)
    into = request.GET.get("overenskommelse", "")
    agreement: Agreement | None
    if into.isdecimal() and len(into) < 10:
        agreement = get_agreement(request.user, int(into), to_edit=True)
    else:
        kept = [one for one in agreements_in(request.user, place) if one.is_local]
        agreement = next((one for one in kept if may_edit_agreement(request.user, one)), None)
    form = (
        reverse("agreement-edit", args=[agreement.pk])
        if agreement
        else reverse("agreement-create", args=[place.slug])
    )
    reports = [
        one
        for one in DistrictReports(request.user, place).readable
        if one.kind == ReportKind.PICTURE
    ]
    asked = [one for one in reports if str(one.pk) == request.GET.get("rapport")]
    report = next(iter(asked or reports), None)
    if report is None:
        messages.warning(request, f"{place} har ingen lägesbild att föreslå områden ur.")
        return redirect(form)
    areas = areas_with_measures(report)
    if not areas:
        messages.warning(
            request, f"Inget område i {report} har rutan för särskilda åtgärder ikryssad."
        )
        return redirect(form)
    number = "Ett område" if len(areas) == 1 else f"{len(areas)} områden"
    messages.info(
        request,
        f"{number} med särskilda åtgärder i {report} är {'ikryssat' if len(areas) == 1 else 'ikryssade'} här. "
        "Spara om det stämmer.",
    )
    query = urlencode([("omrade", area) for area in areas])
    return redirect(f"{form}?{query}")
