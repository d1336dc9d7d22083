"""A figure whose series are kept from year to year: which indicators they are, what the register says
that the figure does not, and the table filled with that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from lagesbild.document import ReportDocument, SeriesDoc, TableDoc, blocks_of
from samverkan.documents.charts.moments import Moment, moments_of
from samverkan.indicators.series import Kept, Measured
from samverkan.text import list_of

Register = Mapping[UUID, Kept]


def indicators_in(document: ReportDocument) -> set[UUID]:
    tables = (block.table for block in blocks_of(document))
    return {uuid for table in tables if table for uuid in _indicators(table)}


def _indicators(table: TableDoc) -> Iterator[UUID]:
    return (series.indicator for series in table.series if series.indicator)


def tied_as(table: TableDoc, before: TableDoc) -> TableDoc:
    """The table as it was written, its series tied as they were: those of the same name; and one that
    has got another name where it stands."""
    by_name = {series.name: series.indicator for series in before.series}
    names = {series.name for series in table.series}
    is_as_wide = len(table.series) == len(before.series)

    def tie(place: int, series: SeriesDoc) -> UUID | None:
        if series.name in by_name:
            return by_name[series.name]
        stood = before.series[place] if is_as_wide else None
        return stood.indicator if stood and stood.name not in names else None

    tied = (
        replace(series, indicator=series.indicator or tie(place, series))
        for place, series in enumerate(table.series)
    )
    return replace(table, series=tuple(tied))


@dataclass(frozen=True)
class Tie:
    """A figure's table beside the register."""

    table: TableDoc
    register: Register

    @property
    def kept(self) -> list[Kept]:
        """The indicators that are here; a figure out of a file may name others."""
        found = (self.register.get(uuid) for uuid in _indicators(self.table))
        return [one for one in found if one]

    @property
    def has_news(self) -> bool:
        return self.filled != self.table

    @property
    def sentences(self) -> list[str]:
        """Where the two say different things, and what the figure lacks."""
        several = len(self.table.series) > 1
        said = []
        for series, kept in self._series:
            before = f"{series.name}: registret" if several else "Registret"
            for place, there in self._there(kept):
                here = series.values[place]
                if here is not None and there.value is not None and here != there.value:
                    said.append(
                        f"{before} har {kept.said(there.value)} för {there.label}, figuren "
                        f"{kept.said(here)}."
                    )
        if new := [label for label in self.filled.labels if label not in self.table.labels]:
            relabelled = len(self.filled.labels) == len(self.table.labels)
            if not relabelled:
                said.append(f"Registret har värden för {list_of(new)}, som figuren inte har.")
        elif self.has_news and not said:
            said.append("Registret har värden som figuren saknar.")
        return said

    @property
    def filled(self) -> TableDoc:
        """With the register's values in the series that are tied: put right, filled, and gone on with.
        What the register does not know stays as it is, and no time before the figure's first comes."""
        moments = self._moments
        if moments is None:
            return self.table
        labels = dict(zip(moments, self.table.labels, strict=True))
        rows: dict[Moment, list[Decimal | None]] = {
            moment: [series.values[place] for series in self.table.series]
            for place, moment in enumerate(moments)
        }
        renamed: dict[Moment, set[str]] = {}
        for at, series in enumerate(self.table.series):
            kept = self.register.get(series.indicator) if series.indicator else None
            for one in _from(kept, min(moments, key=lambda moment: moment.number)):
                row = rows.setdefault(one.moment, [None] * len(self.table.series))
                labels.setdefault(one.moment, one.label)
                if row[at] != one.value:
                    renamed.setdefault(one.moment, set()).add(one.label)
                row[at] = one.value
        if (
            len(self.table.series) == 1
        ):  # a value that is another may be of another part of the year
            labels |= {moment: said.pop() for moment, said in renamed.items()}
        order = sorted(rows, key=lambda moment: moment.number, reverse=_falls(moments))
        if not _is_sorted(moments):
            order = [*moments, *(moment for moment in order if moment not in moments)]
        return replace(
            self.table,
            labels=tuple(labels[moment] for moment in order),
            series=tuple(
                replace(series, values=tuple(rows[moment][at] for moment in order))
                for at, series in enumerate(self.table.series)
            ),
        )

    @property
    def _series(self) -> list[tuple[SeriesDoc, Kept]]:
        found = []
        for series in self.table.series:
            kept = self.register.get(series.indicator) if series.indicator else None
            if kept:
                found.append((series, kept))
        return found

    def _there(self, kept: Kept) -> Iterator[tuple[int, Measured]]:
        """By its place in the table, what the register says of the same time."""
        for place, moment in enumerate(self._moments or ()):
            if moment in kept.at:
                yield place, kept.at[moment]

    @property
    def _moments(self) -> list[Moment] | None:
        """Each of the labels as a time of its own; none where they are not."""
        found = moments_of(self.table.labels)
        return found if found and len(set(found)) == len(found) else None


def _from(kept: Kept | None, first: Moment) -> list[Measured]:
    return [
        one
        for one in (kept.measured if kept else ())
        if one.moment.parts == first.parts and one.moment.number >= first.number
    ]


def _is_sorted(moments: Sequence[Moment]) -> bool:
    numbers = [moment.number for moment in moments]
    return numbers in (sorted(numbers), sorted(numbers, reverse=True))


def _falls(moments: Sequence[Moment]) -> bool:
    return len(moments) > 1 and moments[0].number > moments[-1].number


def table_of(indicators: Sequence[Kept]) -> TableDoc:
    """A figure's table out of the indicators alone."""
    moments = sorted(
        {one.moment for kept in indicators for one in kept.measured}, key=lambda one: one.number
    )

    def label(moment: Moment) -> str:
        said = {kept.at[moment].label for kept in indicators if moment in kept.at}
        return said.pop() if len(said) == 1 else str(moment)

    def value(kept: Kept, moment: Moment) -> Decimal | None:
        found = kept.at.get(moment)
        return found.value if found else None

    return TableDoc(
        tuple(label(moment) for moment in moments),
        tuple(
            SeriesDoc(kept.name, tuple(value(kept, moment) for moment in moments), kept.uuid)
            for kept in indicators
        ),
        "År" if all(moment.parts == 1 for moment in moments) else "",
    )
