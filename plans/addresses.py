"""Where a plan is read."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from plans.models import Plan


def address_of(plan: Plan, among: Iterable[Plan]) -> str:
    """Period and revision are said only where the year is not enough to tell the plan by."""
    same_year = [
        other
        for other in among
        if other.year == plan.year and other.district.pk == plan.district.pk
    ]
    which = {}
    if any(other.period_id != plan.period_id for other in same_year):
        which["period"] = plan.period_id
    if sum(other.period_id == plan.period_id for other in same_year) > 1:
        which["revision"] = plan.revision
    url = reverse("plan", args=[plan.district.slug, plan.year])
    return f"{url}?{urlencode(which)}" if which else url
