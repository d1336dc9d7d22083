from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template

from samverkan.documents.charts.tabled import said
from samverkan.indicators.series import Kept

register = template.Library()


@register.filter
def in_unit(value: Decimal | None, unit: str) -> str:
    """1 234,5, and 48 % where that is what it is in; nothing where nothing was measured."""
    return "" if value is None else said(value, unit)


@register.filter
def kept_of(found: Mapping[UUID, Kept], uuid: UUID | None) -> Kept | None:
    """The indicator that something is tied to; none where it is tied to none that is here."""
    return found.get(uuid) if uuid else None


@register.filter
def differs_from(kept: Kept, goal: Any) -> bool:
    """Whether what it says last is another baseline, or in another unit, than the goal has."""
    latest = kept.latest
    return latest is not None and (latest.value, kept.unit) != (goal.baseline, goal.unit)
