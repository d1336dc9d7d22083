"""What a user reads of a district's register."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.indicators.models import LONGEST_NAME, Indicator, Reading, Value
from samverkan.indicators.series import Kept, Measured
from samverkan.numbers import plain
from samverkan.organisation.models import District
from samverkan.text import shortened


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
    found = _among(user, district, wanted)
    if missing := wanted - found.keys():
        for before in districts_before(user, district):
            found |= _among(user, before, missing, before)
    return found


def _among(
    user: Any, district: District, wanted: Collection[UUID], before: District | None = None
) -> dict[UUID, Kept]:
    values = Value.objects.filter(
        indicator__in=indicators_of(user, district).filter(uuid__in=wanted)
    ).select_related("indicator")
    rows: dict[Indicator, list[Value]] = defaultdict(list)
    for value in values:
        rows[value.indicator].append(value)
    return {row.uuid: kept(row, found, before) for row, found in rows.items()}


def districts_before(user: Any, district: District) -> list[District]:
    """Those that have become the district, and those that became them, where the user may enter."""
    found: list[District] = []
    after = [district]
    while after:
        known = [district.pk, *(one.pk for one in found)]
        before = District.objects.filter(successors__in=after).exclude(pk__in=known)
        after = list(before.select_related("municipality").distinct())
        found += after
    return [one for one in found if may(user, Right.ENTER_DISTRICT, one)]


def registers_before(
    user: Any, district: District, name: str = ""
) -> list[tuple[District, list[Kept]]]:
    """What was kept by each of those districts; only what is called so, where a name is given.

    Each series is its district's own, and says whose it is: they may be counted in different ways,
    and are never put together.
    """
    registers = []
    for before in districts_before(user, district):
        rows = [
            kept(row, row.values.all(), before)
            for row in indicators_of(user, before).prefetch_related("values")
            if not name or row.name.casefold() == name.casefold()
        ]
        registers.append((before, rows))
    return [(before, found) for before, found in registers if found]


def measured_before(user: Any, district: District) -> list[Kept]:
    """What those districts measured: history to choose among."""
    registers = registers_before(user, district)
    return [one for _, found in registers for one in found if one.measured]


def choices(user: Any, district: District) -> list[Kept]:
    """The district's own, without their values, and what was measured before the districts merged."""
    own = [kept(row) for row in indicators_of(user, district)]
    return [*own, *measured_before(user, district)]


def kept(row: Indicator, values: Iterable[Value] = (), before: District | None = None) -> Kept:
    """`before` is the district that it is of, where that has become the one which is read."""
    return Kept(
        row.uuid,
        _named(row, before) if before else row.name,
        row.unit,
        row.source,
        row.is_internal,
        [Measured(one.label, one.moment, plain(one.value)) for one in values],
        is_before=before is not None,
    )


def _named(row: Indicator, district: District) -> str:
    """With whose it is, in no more room than a name has."""
    whose = f", {district}"
    return shortened(row.name, LONGEST_NAME - len(whose)) + whose


def latest_reading(district: District) -> int:
    """Its number: what whoever looks at a preview has seen of the register."""
    return Reading.objects.filter(district=district).values_list("pk", flat=True).first() or 0
