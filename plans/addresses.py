"""Where a plan is read."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from plans.models import Plan


def address_of(plan: Plan, among: Iterable[Plan], page: str = "plan", **show: str) -> str:
    """The plan's page, or another of its addresses by name.

    Period and revision are said only where the year is not enough to tell the plan by.

    The rest is what the page's filter is to show.
    """
    same_year = [
        other
        for other in among
        if other.year == plan.year and other.district.pk == plan.district.pk
    ]
    which: dict[str, str | int] = {}
    if any(other.period_id != plan.period_id for other in same_year):
        which["period"] = plan.period_id
    if sum(other.period_id == plan.period_id for other in same_year) > 1:
        which["revision"] = plan.revision
    url = reverse(page, args=[plan.district.slug, plan.year])
    query = urlencode(which | show)
    return f"{url}?{query}" if query else url


def work_address(plan: Plan) -> str:
    """What the addresses of all that is done in the plan begin with, whatever its year."""
    return reverse("plan-undo", args=[plan.district.slug, plan.pk])[: -len("angra/")]
