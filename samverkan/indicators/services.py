"""Every change of the register: whole or not at all, by somebody with the right to it, journaled."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404

from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.indicators.models import Change, Indicator, Reading, Value
from samverkan.indicators.register import kept, latest_reading
from samverkan.indicators.series import Coming, Steps, begins_of, counted, steps_of
from samverkan.journal.kinds import Kind, record
from samverkan.numbers import plain
from samverkan.organisation.models import District
from samverkan.text import list_of, shortened

_NAMED = 4  # indicators by their names in a sentence of the journal
_NAMED_ALREADY = "Det finns redan en indikator med det namnet."


class Moved(ValidationError):
    """The register has changed since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "Registret har ändrats medan du tittade. Läs igenom vad det blir nu, och läs in igen."
        )


@transaction.atomic
def take_in(
    *, actor: Any, district: District, coming: Sequence[Coming], seen: int | None = None
) -> Reading | None:
    """The values come in, all of them or none. None where the register says all of it already."""
    _demand_and_lock(actor, district)
    if seen is not None and seen != latest_reading(district):
        raise Moved
    steps = [steps_of(one, _kept(district, one.uuid)) for one in coming]
    if not any(one.new or one.changed or one.coming.uuid is None for one in steps):
        return None
    reading = Reading.objects.create(district=district, by=actor)
    for one in steps:
        _write(reading, one)
    what = {"how": counted(steps) or "inga värden", "names": _names(coming)}
    record(Kind.INDICATORS_READ_IN, actor=actor, district=district, **what)
    return reading


def _kept(district: District, uuid: UUID | None) -> Any:
    if uuid is None:
        return None
    found = Indicator.objects.filter(district=district, uuid=uuid).first()
    if found is None:
        raise ValidationError("En av indikatorerna finns inte längre. Läs igenom igen.")
    return kept(found, found.values.all())


def _write(reading: Reading, steps: Steps) -> None:
    coming = steps.coming
    if coming.uuid is None:
        indicator = _new(
            reading.district,
            coming.name,
            unit=coming.unit,
            source=coming.source,
            is_internal=coming.is_internal,
        )
    else:
        indicator = Indicator.objects.get(district=reading.district, uuid=coming.uuid)
    for step in [*steps.new, *steps.changed]:
        moment: dict[str, Any] = {"begins": begins_of(step.moment), "parts": step.moment.parts}
        value = {"label": step.label, "value": step.after}
        Value.objects.update_or_create(indicator=indicator, **moment, defaults=value)
        Change.objects.create(
            reading=reading,
            indicator=indicator,
            name=indicator.name,
            label=step.label,
            label_before=step.label_before,
            before=step.before,
            after=step.after,
            **moment,
        )


def _new(
    district: District, name: str, *, unit: str = "", source: str = "", **said: Any
) -> Indicator:
    for field, text in (("name", name), ("unit", unit), ("source", source)):
        _refuse_too_long(field, text)
    taken = ValidationError(
        f"Det finns redan en indikator som heter ”{name}”. Välj den, eller ge den nya ett annat namn."
    )
    if _is_named(district, name):
        raise taken
    try:
        with transaction.atomic():
            return Indicator.objects.create(
                district=district, name=name, unit=unit, source=source, **said
            )
    except IntegrityError as error:
        raise taken from error


def _refuse_too_long(field: str, text: str) -> None:
    """What is pasted has come by no form."""
    column: Any = Indicator._meta.get_field(field)
    if len(text) > column.max_length:
        what = column.verbose_name.capitalize()
        raise ValidationError(
            f"{what}: ”{shortened(text, 40)}” är längre än {column.max_length} tecken. Korta ner det."
        )


def _is_named(district: District, name: str, but: int = 0) -> bool:
    """One of its indicators is called so. SQLite takes Å for another letter than å."""
    others = Indicator.objects.filter(district=district).exclude(pk=but).values_list("name")
    return any(one.casefold() == name.casefold() for (one,) in others)


@transaction.atomic
def take_back(
    *, actor: Any, district: District, reading: int, in_use: Collection[UUID] = ()
) -> Reading:
    """What a reading changed is as it was. Indicators that came with it go, unless they are in use."""
    _demand_and_lock(actor, district)
    found = Reading.objects.filter(district=district, pk=reading).first()
    if found is None:
        raise Http404("Det finns ingen sådan inläsning.")
    if found.undoes_id or found.is_undone:
        raise ValidationError("Inläsningen är redan ångrad.")
    changes = list(found.changes.select_related("indicator"))
    undoing = Reading.objects.create(district=district, by=actor, undoes=found)
    for change in changes:
        _take_back(undoing, change)
    for indicator in {change.indicator for change in changes if change.indicator}:
        if indicator.uuid not in in_use and _came_with(indicator, found):
            indicator.delete()
    record(
        Kind.INDICATORS_TAKEN_BACK,
        actor=actor,
        district=district,
        at=f"{found}",
        names=list_of(sorted({change.name for change in changes})[:_NAMED]) or "inga värden",
    )
    return undoing


def _take_back(undoing: Reading, change: Change) -> None:
    time = {"begins": change.begins, "parts": change.parts}
    value = Value.objects.filter(indicator=change.indicator_id, **time).first()
    if value is None or plain(value.value) != plain(change.after):
        raise ValidationError(
            f"Det går inte att ångra: {change.name} för {change.label} har ändrats sedan dess."
        )
    Change.objects.create(
        reading=undoing,
        indicator=change.indicator,
        name=change.name,
        label=change.label_before or change.label,
        label_before=change.label,
        before=change.after,
        after=change.before,
        **time,
    )
    if change.label_before:
        Value.objects.filter(pk=value.pk).update(label=change.label_before, value=change.before)
    else:
        value.delete()


def _came_with(indicator: Indicator, reading: Reading) -> bool:
    """Nothing stood in it before, and nothing has come since."""
    others = Change.objects.filter(indicator=indicator).exclude(reading=reading)
    return not indicator.values.exists() and not others.exclude(reading__undoes=reading).exists()


@transaction.atomic
def create(
    *,
    actor: Any,
    district: District,
    name: str,
    unit: str = "",
    source: str = "",
    description: str = "",
    is_internal: bool = False,
) -> Indicator:
    _demand_and_lock(actor, district)
    said: dict[str, Any] = {"description": description, "is_internal": is_internal}
    indicator = _new(district, name, unit=unit, source=source, **said)
    record(Kind.INDICATOR_ADDED, actor=actor, district=district, indicator=name)
    return indicator


@transaction.atomic
def describe(*, actor: Any, indicator: Indicator, seen: int, **said: Any) -> None:
    """What it is called, and what is said about it. Its values are no part of that."""
    _demand_and_lock(actor, indicator.district)
    before = indicator.name
    if "name" in said and _is_named(indicator.district, said["name"], but=indicator.pk):
        raise ValidationError({"name": _NAMED_ALREADY})
    rows = Indicator.objects.filter(pk=indicator.pk, version=seen)
    try:
        with transaction.atomic():
            written = rows.update(**said, version=F("version") + 1)
    except IntegrityError as error:
        raise ValidationError({"name": _NAMED_ALREADY}) from error
    if not written:
        raise ValidationError(
            "Någon annan har ändrat indikatorn medan du skrev. Öppna den igen och se vad som står nu."
        )
    names = {"before": before, "indicator": said.get("name", before)}
    renamed = names["before"] != names["indicator"]
    kind = Kind.INDICATOR_RENAMED if renamed else Kind.INDICATOR_CHANGED
    record(kind, actor=actor, district=indicator.district, **names)


@transaction.atomic
def remove(*, actor: Any, indicator: Indicator, in_use: bool) -> None:
    """One that says nothing: no values, and no figure or goal that is tied to it."""
    _demand_and_lock(actor, indicator.district)
    if in_use:
        raise ValidationError("Indikatorn används i en figur eller ett mål och kan inte tas bort.")
    if indicator.values.filter(value__isnull=False).exists():
        raise ValidationError(
            "Indikatorn har värden och kan inte tas bort. Är de fel kan inläsningen ångras."
        )
    name, district = indicator.name, indicator.district
    indicator.delete()
    record(Kind.INDICATOR_REMOVED, actor=actor, district=district, indicator=name)


def _names(coming: Sequence[Coming]) -> str:
    names = [one.name for one in coming]
    rest = len(names) - _NAMED
    return list_of([*names[:_NAMED], f"{rest} till"] if rest > 0 else names)


def _demand_and_lock(actor: Any, district: District) -> None:
    """One at a time: what is compared is what is written over."""
    demand(actor, Right.KEEP_INDICATORS, district)
    District.objects.select_for_update().get(pk=district.pk)
    demand_now(actor, Right.KEEP_INDICATORS, district)
