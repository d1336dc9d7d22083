"""The series of a figure are tied to the district's indicators, filled from them, and made of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from msgspec.structs import replace

from lagesbild.document import SeriesDoc, TableDoc
from lagesbild.editable import KINDS
from lagesbild.kept import Tie, table_of
from lagesbild.models import Block, FigurePart, Report, Section
from lagesbild.vocabulary import BlockForm
from samverkan.collaboration import structure
from samverkan.collaboration.editing import conflicts_of, find, put
from samverkan.collaboration.turns import turn
from samverkan.document import as_part, as_plain
from samverkan.documents.charts.moments import moment_of, moments_of
from samverkan.documents.charts.tabled import is_percent
from samverkan.indicators import services
from samverkan.indicators.models import Indicator
from samverkan.indicators.register import kept_among
from samverkan.indicators.series import Coming, Kept, measured


@dataclass(frozen=True)
class Chosen:
    """What somebody has said of a series: kept as this indicator, or as a new one by this name."""

    indicator: UUID | None = None
    new_name: str = ""


@transaction.atomic
def keep(
    *,
    actor: Any,
    report: Report,
    kind: str,
    row: UUID,
    chosen: Sequence[Chosen],
    seen: int,
    gives: bool,
) -> list[Any]:
    """The series are kept from year to year as is chosen. Where she may, they give the register the
    values that it lacks; what it says already stays. What is internal here is known to nobody who reads
    the register and not the report's drafts: it goes to no indicator that is not internal too."""
    found = find(report, KINDS[kind], row)
    table = _table(found)
    if len(chosen) != len(table.series):
        raise ValidationError("Figuren har fått andra serier medan du tittade. Välj igen.")
    _refuse_twice(table, chosen)
    if gives:
        _give(actor, report, found, table, chosen)
    names = {name: uuid for uuid, name in _named(report, chosen)}
    ties = [names.get(one.new_name.casefold()) if one.new_name else one.indicator for one in chosen]
    tied = replace(
        table,
        series=tuple(
            replace(series, indicator=tie) for series, tie in zip(table.series, ties, strict=True)
        ),
    )
    return _write(actor, report, kind, row, tied, seen)


def _table(found: Any) -> TableDoc:
    if not found.table:
        raise ValidationError("Figuren har inga siffror än.")
    table = as_part(found.table, TableDoc)
    if moments_of(table.labels) is None:
        raise ValidationError(
            "Raderna i figurens tabell är inte år eller delar av år, och kan inte följas från år till år."
        )
    return table


def _refuse_twice(table: TableDoc, chosen: Sequence[Chosen]) -> None:
    seen: dict[object, SeriesDoc] = {}
    for series, one in zip(table.series, chosen, strict=True):
        key = one.indicator or one.new_name.casefold()
        if key and key in seen:
            raise ValidationError(
                f"”{seen[key].name}” och ”{series.name}” kan inte vara samma indikator."
            )
        seen[key] = series


def _give(
    actor: Any, report: Report, found: Any, table: TableDoc, chosen: Sequence[Chosen]
) -> None:
    register = kept_among(actor, report.district, {one.indicator for one in chosen})
    hidden = is_internal(found)
    open_ = set(_open_among(report, {one.indicator for one in chosen})) if hidden else set()
    coming = []
    for series, one in zip(table.series, chosen, strict=True):
        values = measured(table.labels, series.values)
        if one.new_name:
            said = {"unit": found.unit, "source": found.source}
            coming.append(Coming(one.new_name, values, **said, is_internal=hidden))
        elif one.indicator and one.indicator not in open_:
            there = register.get(one.indicator)
            if there and there.is_before:
                continue  # it is history
            lacking = [value for value in values if not there or value.moment not in there.at]
            if lacking:
                name = there.name if there else series.name
                coming.append(Coming(name, lacking, one.indicator))
    if coming:
        services.take_in(actor=actor, district=report.district, coming=coming)


def is_internal(row: Block | FigurePart | Section | None) -> bool:
    """Left out of the public edition: it, or what it stands in."""
    match row:
        case None:
            return False
        case FigurePart():
            above: Block | Section | None = row.block
        case Block():
            above = row.section
        case Section():
            above = row.parent
    return row.is_internal or is_internal(above)


def _open_among(report: Report, uuids: Collection[UUID | None]) -> Iterable[UUID]:
    found = Indicator.objects.filter(district=report.district, is_internal=False)
    return found.filter(uuid__in=[uuid for uuid in uuids if uuid]).values_list("uuid", flat=True)


def _named(report: Report, chosen: Sequence[Chosen]) -> list[tuple[UUID, str]]:
    wanted = {one.new_name.casefold() for one in chosen if one.new_name}
    if not wanted:
        return []
    rows = Indicator.objects.filter(district=report.district).values_list("uuid", "name")
    return [(uuid, name.casefold()) for uuid, name in rows if name.casefold() in wanted]


def fetch(*, actor: Any, report: Report, kind: str, row: UUID) -> list[Any]:
    """The figure says what the register says; none where it does already. With what is internal there
    it is internal here."""
    found = find(report, KINDS[kind], row)
    table = _table(found)
    ties = {series.indicator for series in table.series}
    tie = Tie(table, kept_among(actor, report.district, ties))
    marks = {} if is_internal(found) else _marks(tie.kept)
    return _write(actor, report, kind, row, tie.filled, report.version, **marks)


def _marks(indicators: Iterable[Kept]) -> dict[str, Any]:
    """As they are kept, so they are drawn."""
    if not any(one.is_internal for one in indicators):
        return {}
    return {"is_internal": True, "internal_reason": "En indikator som är intern"}


def _write(
    actor: Any, report: Report, kind: str, row: UUID, table: TableDoc, seen: int, **marks: Any
) -> list[Any]:
    of_kind = KINDS[kind]
    with turn(report, actor, of_kind.right) as mine:
        found = find(report, of_kind, row)
        written = as_plain(table)
        if written == found.table:
            return []
        conflicts = conflicts_of(report, of_kind, found, {"table": written}, seen)
        for conflict in filter(None, conflicts.values()):
            raise ValidationError(
                f"{conflict.by} ändrade siffrorna medan du tittade. Läs vad som står där nu, och "
                "försök igen."
            )
        new = {name: mark for name, mark in marks.items() if getattr(found, name) != mark}
        put(mine, of_kind, found, {"table": written} | new)
    return mine.changes


def compose(
    *,
    actor: Any,
    report: Report,
    section: UUID,
    indicators: Sequence[Kept],
    form: str,
    caption: str,
) -> list[Any]:
    """A new figure last in the section, drawn from these indicators."""
    if not indicators:
        raise ValidationError("Välj minst en indikator.")
    _refuse_unlike(indicators)
    units = {one.unit for one in indicators}
    sources = list(dict.fromkeys(one.source for one in indicators if one.source))
    typed: dict[str, Any] = {
        "form": form if form in BlockForm.values else BlockForm.LINE,
        "caption": caption or ", ".join(one.name for one in indicators),
        "unit": units.pop(),
        "source": "; ".join(sources)[:300],
        "table": table_of(indicators),
        "is_numbered": "on",
    }
    return structure.add(
        actor=actor,
        work=report,
        kind=KINDS["block"],
        under=(KINDS["section"], section),
        typed=typed | _marks(indicators),
    )


def _refuse_unlike(indicators: Sequence[Kept]) -> None:
    if empty := [one.name for one in indicators if not one.measured]:
        raise ValidationError(f"”{empty[0]}” har inga värden än. Läs in dem först.")
    units = {"%" if is_percent(one.unit) else one.unit.casefold() for one in indicators}
    if len(units) > 1:
        raise ValidationError(
            "Indikatorerna mäts i olika enheter och kan inte ritas i samma figur. Välj dem som har "
            "samma enhet, eller gör en figur för varje."
        )
    often = {one.moment.parts for kept in indicators for one in kept.measured}
    if len(often) > 1:
        raise ValidationError(
            "Indikatorerna mäts olika ofta (år, kvartal, månad) och kan inte ritas i samma figur."
        )


def can_be_kept(table: TableDoc | None) -> bool:
    return table is not None and all(map(moment_of, table.labels))
