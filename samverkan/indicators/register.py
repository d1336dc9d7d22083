"""What a user reads of a district's register."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.indicators.models import Indicator, Reading, Value
from samverkan.indicators.series import Kept, Measured
from samverkan.numbers import plain
from samverkan.organisation.models import District


def indicators_of(user: Any, district: District) -> QuerySet[Indicator]:
    """Those of the district that the user reads: what is internal only if she works there."""
    found = Indicator.objects.filter(district=district)
    if not may(user, Right.READ_INTERNAL_INDICATORS, district):
        found = found.filter(is_internal=False)
    return found


def get_indicator(user: Any, right: Right, district: District, uuid: UUID) -> Indicator:
    found = indicators_of(user, district).filter(uuid=uuid).first()
    if found is None:
        raise Http404(f"Det finns ingen sådan indikator i {district}.")
    demand(user, right, district)
    return found


def register(user: Any, district: District) -> list[Kept]:
    """All of it, in the order of the names."""
    rows = indicators_of(user, district).prefetch_related("values")
    return [kept(row, row.values.all()) for row in rows]


def kept_among(
    user: Any, district: District, uuids: Collection[UUID | None]
) -> Mapping[UUID, Kept]:
    """Of these indicators those that have values, at one question; at none where there are no ties."""
    wanted = {uuid for uuid in uuids if uuid}
    if not wanted:
        return {}
    values = Value.objects.filter(
        indicator__in=indicators_of(user, district).filter(uuid__in=wanted)
    ).select_related("indicator")
    rows: dict[Indicator, list[Value]] = defaultdict(list)
    for value in values:
        rows[value.indicator].append(value)
    return {row.uuid: kept(row, found) for row, found in rows.items()}


def kept(row: Indicator, values: Iterable[Value] = ()) -> Kept:
    return Kept(
        row.uuid,
        row.name,
        row.unit,
        row.source,
        row.is_internal,
        [Measured(one.label, one.moment, plain(one.value)) for one in values],
    )


def latest_reading(district: District) -> int:
    """Its number: what whoever looks at a preview has seen of the register."""
    return Reading.objects.filter(district=district).values_list("pk", flat=True).first() or 0
