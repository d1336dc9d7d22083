"""Pasted values looked at before they come in: which indicator each series is, and what becomes of
its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from msgspec.structs import replace

from lagesbild import tables
from lagesbild.document import SeriesDoc, TableDoc
from samverkan.documents.charts.moments import moment_of
from samverkan.indicators.series import (
    LONGEST_LABEL,
    Coming,
    Kept,
    Steps,
    counted,
    measured,
    steps_of,
)
from samverkan.swedish import sort_key
from samverkan.text import clean_line, list_of, shortened

NEW, LEFT_OUT = "ny", "inte"
ALIKE = 0.75  # of the letters of two names
_HERE = {"units": "all"}  # a register need not have one unit, as a figure must
_NOT_ASKED = {"units", "way"}  # time is along it, whichever way it stands


@dataclass(frozen=True)
class Series:
    """One of those that were pasted, and what has been said about it."""

    place: int
    name: str
    unit: str
    likely: Sequence[Kept]  # whose names are nearly the same
    chosen: str  # a UUID, NEW or LEFT_OUT; nothing where somebody has to say
    new_name: str
    new_unit: str
    steps: Steps

    @property
    def coming(self) -> Coming:
        return self.steps.coming

    @property
    def likely_uuids(self) -> set[UUID]:
        return {one.uuid for one in self.likely}

    @property
    def unit_shown(self) -> str:
        """That of the indicator, once it is known which it is."""
        return self.coming.unit


@dataclass(frozen=True)
class Preview:
    series: Sequence[Series]
    questions: Sequence[tables.Question]
    notes: Sequence[str]

    @property
    def taken(self) -> list[Series]:
        return [one for one in self.series if one.chosen not in ("", LEFT_OUT)]

    @property
    def coming(self) -> list[Coming]:
        return [one.coming for one in self.taken]

    @property
    def unsure(self) -> list[Series]:
        return [one for one in self.series if not one.chosen]

    @property
    def fault(self) -> str:
        """What has to be put right before anything can come in."""
        names: dict[str, str] = {}
        for one in self.taken:
            key = one.chosen if one.chosen != NEW else sort_key(one.new_name)
            if key in names:
                return (
                    f"”{names[key]}” och ”{one.name}” är samma indikator. Välj en annan för den ena, "
                    "eller ta inte med den."
                )
            names[key] = one.name
            if one.chosen == NEW and not one.new_name:
                return f"Ge den nya indikatorn ett namn, i stället för ”{one.name}”."
        return ""

    @property
    def counted(self) -> str:
        return counted(one.steps for one in self.taken)

    @property
    def is_ready(self) -> bool:
        return bool(self.counted) and not self.unsure and not self.fault


def look(text: str, said: Mapping[str, str], kept: Sequence[Kept], source: str = "") -> Preview:
    """What `text` becomes of the register. Raises NotATable, with a sentence for whoever pasted it."""
    answers = {name.removeprefix("svar-"): said[name] for name in said if name.startswith("svar-")}
    understood = tables.read(text, answers | _HERE)
    table, units = _through_time(understood)
    _refuse_same_time(table.labels)
    series = [
        _series(place, one, table, unit, said, kept, source or understood.source)
        for place, (one, unit) in enumerate(zip(table.series, units, strict=True))
    ]
    questions = [one for one in understood.questions if one.id not in _NOT_ASKED]
    empty = [one.name for one in series if not one.coming.values]
    notes = [*understood.notes]
    if empty:
        notes.append(f"{list_of(f'”{name}”' for name in empty)} har inga tal och är inte med.")
    return Preview([one for one in series if one.coming.values], questions, notes)


def _through_time(understood: tables.Understood) -> tuple[TableDoc, Sequence[str]]:
    """With the times down, and a unit for each series."""
    table = understood.table
    if all(map(moment_of, table.labels)):
        return table, understood.units
    names = [series.name for series in table.series]
    if all(map(moment_of, names)):
        turned = tuple(
            SeriesDoc(label, tuple(series.values[place] for series in table.series))
            for place, label in enumerate(table.labels)
        )
        return replace(table, labels=tuple(names), series=turned), [understood.unit] * len(turned)
    others = [label for label in table.labels if not moment_of(label)]
    raise tables.NotATable(
        "Värdena i registret hör till år eller delar av år. Tabellen har i stället "
        f"{list_of(f'”{shortened(word, 30)}”' for word in others[:3])}"
        f"{' …' if len(others) > 3 else ''}."
    )


def _refuse_same_time(labels: Sequence[str]) -> None:
    seen: dict[object, str] = {}
    for label in labels:
        if len(label) > LONGEST_LABEL:
            raise tables.NotATable(
                f"”{shortened(label, 40)}” är längre än {LONGEST_LABEL} tecken. Korta det."
            )
        moment = moment_of(label)
        if moment in seen:
            raise tables.NotATable(
                f"”{seen[moment]}” och ”{label}” är samma tid. Ta bort den ena raden."
            )
        seen[moment] = label


def _series(
    place: int,
    series: SeriesDoc,
    table: TableDoc,
    unit: str,
    said: Mapping[str, str],
    kept: Sequence[Kept],
    source: str,
) -> Series:
    same, likely = _of_that_name(series.name, kept)
    is_answered = (
        said.get(f"rubrik-{place}") == series.name
    )  # and not about what stood there before
    chosen = said.get(f"serie-{place}", "") if is_answered else ""
    if not is_answered:
        chosen = str(same.uuid) if same else "" if likely else NEW
    by_uuid = {str(one.uuid): one for one in kept}
    if chosen not in (*by_uuid, NEW, LEFT_OUT):
        chosen = ""
    indicator = by_uuid.get(chosen)
    new_name = clean_line(said.get(f"namn-{place}", "")) if is_answered else series.name
    new_unit = clean_line(said.get(f"enhet-{place}", "")) if is_answered else unit
    coming = Coming(
        indicator.name if indicator else new_name,
        measured(table.labels, series.values),
        UUID(chosen) if indicator else None,
        indicator.unit if indicator else new_unit,
        source,
    )
    return Series(
        place,
        series.name,
        unit,
        likely,
        chosen,
        new_name,
        new_unit,
        steps_of(coming, indicator),
    )


def _of_that_name(name: str, kept: Sequence[Kept]) -> tuple[Kept | None, list[Kept]]:
    """The indicator that is called so; and where there is none those that are called nearly so."""
    key = _key(name)
    same = next((one for one in kept if key in (_key(one.name), _key(one.in_unit))), None)
    if same:
        return same, []
    return None, [one for one in kept if _is_like(key, _key(one.name))]


def _is_like(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 4 and shorter in longer:
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _key(name: str) -> str:
    """The apostrophe is not the name's own: a CSV file has it, where Excel would see a formula."""
    return sort_key(" ".join(name.removeprefix("'").split()))
