"""The plan that a command's --district and --year mean."""

from django.core.management.base import CommandError

from plans.models import Plan
from samverkan.organisation.models import District


def the_district(slug: str) -> District:
    try:
        return District.objects.get(slug=slug)
    except District.DoesNotExist:
        known = ", ".join(District.objects.values_list("slug", flat=True)) or "inga"
        raise CommandError(f"Området {slug} finns inte. De som finns är: {known}.") from None


def the_plan(slug: str, year: int) -> Plan:
    """The one whose period starts in the year: the revision in force, or else the latest."""
    district = the_district(slug)
    plans = list(
        Plan.objects.with_heading()
        .filter(period__district=district, period__start__year=year)
        .order_by("period__start", "period__end", "-in_force", "-revision")
    )
    if not plans:
        raise CommandError(f"{district} har ingen åtgärdsplan som börjar {year}.")
    if len({plan.period_id for plan in plans}) > 1:
        periods = dict.fromkeys(f"{plan.period.start} – {plan.period.end}" for plan in plans)
        raise CommandError(
            f"{district} har flera åtgärdsplaner som börjar {year}, och kommandot kan inte välja: "
            f"{'; '.join(periods)}."
        )
    return plans[0]
