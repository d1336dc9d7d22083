"""Områden i lägesbilden: one more, of the city's list or of the district's own."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from lagesbild.access import get_report
from lagesbild.models import Section
from lagesbild.services.areas import add_area, not_in
from lagesbild.views.writing import DESK
from lagesbild.vocabulary import SectionForm
from plans.views.areas import Place, choose
from samverkan.access.table import Right


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    report = get_report(request.user, Right.EDIT_SHARED, district, pk)
    there = Section.objects.filter(report=report, form=SectionForm.AREA).select_related("area")
    return choose(
        request,
        Place(
            report,
            DESK.frame(request, report),
            DESK.home(report),
            [(row.heading, row.is_of_own_area) for row in there],
        ),
        not_in(report),
        partial(add_area, actor=request.user, report=report),
    )
