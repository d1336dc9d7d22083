"""A day of the year cycle: another than the usual one, or noted as done."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from plans.models import YearDate
from plans.vocabulary import Moment
from plans.year import BY_HAND
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District


def keep(
    *, actor: Any, district: District, year: int, moment: Moment, day: date, is_done: bool
) -> None:
    """What is known from the plans and the rounds is never marked by hand."""
    if is_done and moment not in BY_HAND:
        raise ValidationError(
            f"{moment.label} blir klar av sig själv när det syns i planen. Den antecknas inte."
        )
    if abs(day.year - year) > 1:
        raise ValidationError({"day": f"Välj en dag som ligger nära {year}."})
    with transaction.atomic():
        demand_now(actor, Right.KEEP_YEAR, district)
        YearDate.objects.update_or_create(
            district=district,
            year=year,
            moment=moment,
            defaults={"day": day, "is_done": is_done},
        )
        how = "klart" if is_done else f"senast {day}"
        _record(actor, district, year, moment, how)


def forget(*, actor: Any, district: District, year: int, moment: Moment) -> None:
    """As it is by custom, and not noted as done."""
    with transaction.atomic():
        demand_now(actor, Right.KEEP_YEAR, district)
        gone, _ = YearDate.objects.filter(district=district, year=year, moment=moment).delete()
        if gone:
            _record(actor, district, year, moment, "som det brukar vara")


def _record(actor: Any, district: District, year: int, moment: Moment, how: str) -> None:
    record(
        Kind.YEAR_KEPT,
        actor=actor,
        district=district,
        moment=moment.label.lower(),
        year=f"{year}",
        how=how,
    )
