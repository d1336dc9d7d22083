"""What differs between two plans, laid out for reading: area by area, in words. Data in, data out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plans.difference import RowDifference, differences
from plans.document import CommitmentDoc, PlanDocument
from plans.labels import label
from plans.rows import Row, RowKind, rows, texts


@dataclass(frozen=True)
class Line:
    """Something that a row says, under what it is called."""

    label: str
    text: str
    starts: bool = False  # the first of a row that hung on it


@dataclass(frozen=True)
class Entry:
    """A row that is not as it was."""

    difference: RowDifference
    lines: list[Line]  # all that a row said that came or went, with what hung on it
    title: str

    @property
    def kind(self) -> str:
        return self.difference.kind.label

    @property
    def moved(self) -> str:
        """Where it stood and where it stands, as the end of a sentence."""
        before, after = self.difference.moved_from, self.difference.moved_to
        if before is None or after is None:
            return ""
        one, other = _called(before), _called(after)
        if one == other:
            return "till en annan plats i ordningen"
        return f"från {one} till {other}"


@dataclass
class Group:
    """The differences of one area; of the plan itself where there is no title."""

    title: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    groups: list[Group]

    @property
    def entries(self) -> list[Entry]:
        return [entry for group in self.groups for entry in group.entries]

    @property
    def sentence(self) -> str:
        """How much it is, before one begins to read."""
        told = [entry.difference for entry in self.entries]
        counts = {
            "tillagda": sum(one.is_added for one in told),
            "borttagna": sum(one.is_removed for one in told),
            "flyttade": sum(one.is_moved for one in told),
            "ändrade": sum(bool(one.fields) for one in told),
        }
        return ", ".join(f"{number} {word}" for word, number in counts.items() if number)


def compared(before: PlanDocument, after: PlanDocument) -> Comparison:
    inside = _Contents(before, after)
    headings = _Headings(after)
    groups: dict[str, Group] = {}
    for one in differences(before, after):
        title = headings.of(one.row)
        group = groups.setdefault(title, Group(title))
        is_whole = one.is_added or one.is_removed
        group.entries.append(
            Entry(one, list(inside.lines(one.row)) if is_whole else [], _title(one.row))
        )
    return Comparison(list(groups.values()))


class _Headings:
    """Under which area a row is told of: as it is called after, where it is there."""

    def __init__(self, after: PlanDocument):
        self._titles = {area.uuid: area.title for area in after.areas}
        self._by_slug = {(area.own, area.slug): area.title for area in after.areas}

    def of(self, row: Row) -> str:
        area = row.area
        if area is None:
            return ""
        known = self._titles.get(area.uuid) or self._by_slug.get((area.own, area.slug))
        return known or area.title


class _Contents:
    """All that is said in a row and in what hangs on it."""

    def __init__(self, *documents: PlanDocument):
        self._in: dict[int, list[Row]] = defaultdict(list)
        self._parties: dict[str, str] = {}
        for document in documents:
            self._parties |= {party.key: party.short_name for party in document.parties}
            for row in rows(document):
                if row.parent:
                    self._in[id(row.parent.part)].append(row)

    def lines(self, row: Row) -> Iterator[Line]:
        yield from self._said(row, is_first=True)
        yield from self._below(self._in[id(row.part)])

    def _below(self, inside: Iterable[Row]) -> Iterator[Line]:
        for row in inside:
            yield from self._said(row)
            yield from self._below(self._in[id(row.part)])

    def _said(self, row: Row, *, is_first: bool = False) -> Iterator[Line]:
        said = dict(texts(row.part))
        if row.kind == RowKind.AREA and said.get("name") == said.get("title"):
            said.pop("name", None)
        starts = row.kind in _APART and not is_first
        for name, text in said.items():
            if is_first and text == row.title:
                continue  # it stands in the heading
            called = label(row.kind, name)
            if isinstance(row.part, CommitmentDoc):
                called = f"{called}, {self._parties.get(row.part.party, row.part.party)}"
            yield Line(called, text, starts)
            starts = False


_APART = {RowKind.PROBLEM, RowKind.CAUSE, RowKind.ACTION}


def _title(row: Row) -> str:
    if isinstance(row.part, CommitmentDoc) and row.parent:
        return f"i ”{row.parent.title}”"
    return row.title


def _called(row: Row) -> str:
    return f"{row.kind.label.lower()} ”{row.title}”" if row.title else row.kind.label.lower()
