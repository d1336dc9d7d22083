"""The pages on which a report takes its steps (samverkan/workflow/pages.py)."""

from django.http import HttpRequest

from lagesbild.access import DistrictReports, get_report
from plans.access import DistrictPlans
from samverkan.access.table import Right
from samverkan.site.frame import Frame
from samverkan.workflow import pages
from samverkan.workflow.pages import Found
from samverkan.workflow.table import TRANSITIONS


def _find(request: HttpRequest, right: Right, district: str, pk: int) -> Found:
    report = get_report(request.user, right, district, pk)
    reports = DistrictReports(request.user, report.district)
    plans = DistrictPlans(request.user, report.district, lightly=True)
    frame = Frame(request, report.district, report.year, plans.readable, reports.readable)
    return Found(report, frame, reports.all)


STEPS = {step.name: pages.step_view(_find, step) for step in TRANSITIONS}
dispatches = pages.dispatches_view(_find)
sent_draft = pages.sent_draft_view(_find)
