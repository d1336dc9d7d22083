"""What a figure shows, in words drafted from its numbers: for whoever does not see it, and as the
first draft of its description. A person edits it; so it says what the numbers say and no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lagesbild.document import BlockDoc, TableDoc
from lagesbild.vocabulary import BlockForm
from samverkan.documents.charts import Series, Tabled
from samverkan.documents.charts.moments import moment_of
from samverkan.documents.charts.tabled import is_percent, said
from samverkan.numbers import in_words
from samverkan.text import clean_line, list_of

MOST_TOLD = 4  # series, one by one; more are summed up
FEWEST_FOR_PERCENT = 10  # from 2 to 4 is +100 %, and says nothing
_DEFINITE = {"antal": "Antalet", "andel": "Andelen", "värde": "Värdet"}
_MOST_NAMED = 5  # labels, before they are counted instead
# A year that is not over is less than a whole one for that alone.
_UNFINISHED = re.compile(r"\b(t\.?o\.?m|till|hittills|januari|jan|första halv)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


def alternative_text(block: BlockDoc) -> str:
    """What kind of figure it is, what it is called and what it shows."""
    shown = clean_line(block.description) or told(block)
    kind = "" if block.form == BlockForm.TEXT else str(block.form.label)
    return " ".join(_ended(words) for words in (kind, clean_line(block.caption), shown) if words)


def told(block: BlockDoc) -> str:
    """Nothing, where there is no table."""
    if block.table is None:
        return ""
    tabled = _Told(_tabled(block.table, block.unit))
    return " ".join(tabled.sentences())


def _tabled(table: TableDoc, unit: str) -> Tabled:
    series = [Series(clean_line(series.name), series.values) for series in table.series]
    return Tabled([clean_line(label) for label in table.labels], series, unit)


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


@dataclass(frozen=True)
class _Measured:
    label: str
    value: Decimal

    @property
    def when(self) -> str:
        """As it stands in brackets."""
        return _IN_BRACKETS.sub(r", \1", self.label)


@dataclass(frozen=True)
class _Told:
    tabled: Tabled

    def sentences(self) -> list[str]:
        if not self.tabled.measured:
            return ["Tabellen har inga värden."]
        if not any(self.tabled.measured):
            return [sentence for sentence in ("Alla värden är 0.", self._gaps()) if sentence]
        told = self._through_time() if self.tabled.moments else self._side_by_side()
        return [sentence for sentence in (*told, self._gaps()) if sentence]

    # Through time ---

    def _through_time(self) -> list[str]:
        series = [
            (self._name(place), points)
            for place in range(len(self.tabled.series))
            if (points := self._points(place))
        ]
        if len(series) <= MOST_TOLD:
            return [self._development(name, points) for name, points in series]
        return self._summed_up(series)

    def _development(self, name: str, points: Sequence[_Measured], *, is_most: bool = False) -> str:
        *whole, last = points
        if whole and self._is_unfinished(last):
            so_far = f"{last.label} är inget helt år och jämförs inte: {self._number(last)}."
            return f"{self._development(name, whole, is_most=is_most)} {so_far}"
        first = points[0]
        if not whole:
            return f"{name} är {self._number(first)} ({first.when})."
        changed = last.value - first.value
        if not changed:
            alike = all(point.value == first.value for point in points)
            when = (
                f"varje gång från {first.when} till {last.when}"
                if alike and len(points) > 2
                else f"både {first.when} och {last.when}"
            )
            return f"{name} är {self._number(first)} {when}{self._between(points)}."
        way = "ökar" if changed > 0 else "minskar"
        return (
            f"{f'Mest {way} {name}' if is_most else f'{name} {way}'} från {self._number(first)} ({first.when}) till "
            f"{said(last.value, self.tabled.unit)} ({last.when}){self._change(first, last)}"
            f"{self._between(points)}."
        )

    def _is_unfinished(self, point: _Measured) -> bool:
        moment = moment_of(point.label)
        return moment is not None and moment.parts == 1 and bool(_UNFINISHED.search(point.label))

    def _change(self, first: _Measured, last: _Measured) -> str:
        """In per cent where that says something; of shares in percentage points."""
        changed = last.value - first.value
        if self.tabled.is_percent:
            points = "procentenhet" if abs(changed) == 1 else "procentenheter"
            return f", {_signed(changed)} {points}"
        if first.value < FEWEST_FOR_PERCENT or last.value < 0:
            return ""
        percent = (100 * changed / first.value).quantize(Decimal(1), ROUND_HALF_UP)
        return f", {_signed(percent)}\u00a0%" if percent else ", mindre än 1\u00a0%"

    def _between(self, points: Sequence[_Measured]) -> str:
        """The highest and the lowest, where the ends hide them."""
        values = [point.value for point in points]
        ends = (values[0], values[-1])
        hidden = []
        for word, extreme, hides in (
            ("högst", max(values), max(values) > max(ends)),
            ("lägst", min(values), min(values) < min(ends)),
        ):
            if hides:
                when = _some([p.when for p in points if p.value == extreme])
                hidden.append(f"som {word} {said(extreme, self.tabled.unit)} ({when})")
        return f", {' och '.join(hidden)}" if hidden else ""

    def _summed_up(self, series: Sequence[tuple[str, Sequence[_Measured]]]) -> list[str]:
        """How many go which way, and the one of each that has changed the most."""
        changes = {
            place: points[-1].value - points[0].value
            for place, (_, whole) in enumerate(series)
            if len(points := self._comparable(whole)) > 1
        }
        if not changes:
            return [
                self._compared("", [_Measured(name, points[-1].value) for name, points in series])
            ]
        ways = [
            (way, [series[place][0] for place in changes if _sign(changes[place]) == sign])
            for sign, way in ((1, "ökar"), (-1, "minskar"), (0, "är lika i slutet som i början"))
        ]
        counted = [
            f"{in_words(len(names))} {way} ({list_of(names)})" for way, names in ways if names
        ]
        of_all = f"Av {in_words(len(changes))} serier: "
        sentences = [f"{of_all}{list_of(counted)}."]
        up, down = max(changes, key=changes.__getitem__), min(changes, key=changes.__getitem__)
        if changes[up] > 0:
            sentences.append(self._development(*series[up], is_most=True))
        if changes[down] < 0:
            sentences.append(self._development(*series[down], is_most=True))
        return sentences

    def _comparable(self, points: Sequence[_Measured]) -> Sequence[_Measured]:
        return points[:-1] if len(points) > 1 and self._is_unfinished(points[-1]) else points

    # Side by side ---

    def _side_by_side(self) -> list[str]:
        series = [
            (self._name(place), points)
            for place in range(len(self.tabled.series))
            if (points := self._points(place))
        ]
        if len(series) > MOST_TOLD:
            named = [
                _Measured(f"{point.label}, {name}", point.value)
                for name, points in series
                for point in points
            ]
            return [self._compared("", named)]
        alone = len(series) == 1
        return [self._compared("" if alone else name, points) for name, points in series]

    def _compared(self, of_what: str, points: Sequence[_Measured]) -> str:
        most, least = max(p.value for p in points), min(p.value for p in points)
        highest = [p.label for p in points if p.value == most]
        lowest = [p.label for p in points if p.value == least]
        before = f"{of_what}: " if of_what else ""
        number = self._number(_Measured("", most))
        if len(points) == 1:
            return f"{before}{points[0].label} har {number}."
        if most == least:
            return f"{before}{_some(highest)} har alla {number}."
        return (
            f"{before}{'högst' if of_what else 'Högst'} värde har {_some(highest)} ({number}), och "
            f"lägst har {_some(lowest)} ({said(least, self.tabled.unit)})."
        )

    # What both say ---

    def _points(self, place: int) -> list[_Measured]:
        return [
            _Measured(slot.label, value)
            for slot in self.tabled.slots
            if (value := self.tabled.value(slot, place)) is not None
        ]

    def _name(self, place: int) -> str:
        name = self.tabled.series[place].name or f"Serie {place + 1}"
        return _DEFINITE.get(name.casefold(), name)

    def _number(self, point: _Measured) -> str:
        """With its unit, the first time that it is said."""
        unit = self.tabled.unit.strip()
        words = said(point.value, unit)
        is_plain = not unit or is_percent(unit) or unit.casefold().startswith("antal")
        return words if is_plain else f"{words} {unit}"

    def _gaps(self) -> str:
        """Where nothing was measured: at all, and then in some of the series."""
        slots = self.tabled.slots
        nowhere = [slot.label for slot in slots if set(self.tabled.values(slot)) <= {None}]
        somewhere = []
        for place, series in enumerate(self.tabled.series):
            missing = [
                slot.label
                for slot in slots
                if slot.label not in nowhere and self.tabled.value(slot, place) is None
            ]
            if missing:
                somewhere.append(f"{series.name or f'serie {place + 1}'} ({_some(missing)})")
        told = [f"Uppgift saknas för {_some(nowhere)}."] if nowhere else []
        if somewhere:
            where = list_of(somewhere)
            if len(somewhere) > MOST_TOLD:
                where = f"en del av {in_words(len(somewhere))} serier"
            told.append(f"Uppgift saknas {'också ' if nowhere else ''}för {where}.")
        return " ".join(told)


def _some(labels: Sequence[str]) -> str:
    if len(labels) <= _MOST_NAMED:
        return list_of(labels)
    rest = len(labels) - _MOST_NAMED + 1
    return f"{', '.join(labels[: _MOST_NAMED - 1])} och {rest} till"


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _signed(number: Decimal) -> str:
    return f"+{said(number)}" if number > 0 else said(number)
