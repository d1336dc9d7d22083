"""A register to test on: indicators with values, as somebody has read them in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from samverkan.documents.charts.moments import moment_of
from samverkan.indicators.models import Indicator, Reading
from samverkan.indicators.series import Coming, Measured
from samverkan.indicators.services import take_in
from samverkan.organisation.models import District
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member


def values(said: Mapping[str, Any]) -> list[Measured]:
    """{"2023": 274, "2024": None}"""
    found = []
    for label, value in said.items():
        moment = moment_of(label)
        assert moment
        found.append(Measured(label, moment, None if value is None else Decimal(str(value))))
    return found


def read_in(
    district: District, name: str, said: Mapping[str, Any], *, by: Any = None, **about: Any
) -> Reading:
    """Into the indicator of that name; a new one, if there is none."""
    there = Indicator.objects.filter(district=district, name=name).first()
    coming = Coming(name, values(said), there.uuid if there else None, **about)
    by = by or a_member(Role.COORDINATOR, district)
    reading = take_in(actor=by, district=district, coming=[coming])
    assert reading
    return reading


def an_indicator(district: District, name: str = "Skadegörelse", **said: Any) -> Indicator:
    """With a few years, unless others are said."""
    about = {key: said.pop(key) for key in ("unit", "source") if key in said}
    read_in(district, name, said.pop("values", {"2022": 274, "2023": 180, "2024": 142}), **about)
    Indicator.objects.filter(district=district, name=name).update(**said)
    return Indicator.objects.get(district=district, name=name)


def said_of(indicator: Indicator) -> dict[str, Decimal | None]:
    return {value.label: value.value for value in indicator.values.all()}
