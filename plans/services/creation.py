"""A new plan, empty but for the areas of the city's catalogue: the city's form, ready to fill in."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plans.models import Agreement, Catalogue, Period, Plan, PlanArea
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District


class AlreadyPlanned(ValidationError):
    """The period has a plan already: this one."""

    def __init__(self, plan: Plan):
        super().__init__(
            f"Det finns redan en plan för {plan.period}: {plan} ({plan.state_words}). "
            "Öppna den, eller välj en annan period."
        )
        self.plan = plan


@transaction.atomic
def create_plan(
    *,
    actor: Any,
    district: District,
    start: date,
    end: date,
    layout: str,
    catalogue: Catalogue,
    agreement: Agreement | None,
    annex_label: str = "",
) -> Plan:
    demand_now(actor, Right.CREATE_PLAN, district)
    if end < start:
        raise ValidationError({"end": "Perioden kan inte sluta innan den börjar."})
    if catalogue.municipality_id != district.municipality_id:
        raise ValidationError({"catalogue": f"Katalogen hör inte till {district.municipality}."})
    if agreement and not agreement.districts.filter(pk=district.pk).exists():
        raise ValidationError({"agreement": f"Överenskommelsen gäller inte {district}."})
    try:
        with transaction.atomic():
            period, _ = Period.objects.get_or_create(district=district, start=start, end=end)
            refuse_a_second(period)
            plan = Plan.objects.create(
                period=period,
                layout=layout,
                catalogue=catalogue,
                agreement=agreement,
                annex_label=annex_label,
            )
    except IntegrityError:  # somebody else created it this very moment
        refuse_a_second(Period.objects.get(district=district, start=start, end=end))
        raise
    PlanArea.objects.bulk_create(
        PlanArea(plan=plan, area=area, title=area.name, position=position)
        for position, area in enumerate(catalogue.areas.all())
    )
    record(Kind.PLAN_CREATED, actor=actor, district=district, plan=str(plan))
    return plan


def refuse_a_second(period: Period) -> None:
    plan = period.plans.select_related("period__district").first()
    if plan is not None:
        raise AlreadyPlanned(plan)
