"""What differs between two documents, laid out for reading: part by part, in words. Data in, data out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from samverkan.collaboration.differing import Differ, RowDifference


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
        return self.difference.row.label

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
    """The differences of one part: of an area. Of the whole itself where there is no title."""

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
            ("tillagd", "tillagda"): sum(one.is_added for one in told),
            ("borttagen", "borttagna"): sum(one.is_removed for one in told),
            ("flyttad", "flyttade"): sum(one.is_moved for one in told),
            ("ändrad", "ändrade"): sum(bool(one.fields) for one in told),
        }
        return ", ".join(
            f"{number} {words[number > 1]}" for words, number in counts.items() if number
        )


class Comparing:
    """Of one kind of documents: a wing says what they are called and what they hold."""

    differ: Differ

    def __init__(self, before: Any, after: Any):
        self.before, self.after = before, after
        self._in: dict[int, list[Any]] = defaultdict(list)
        for document in (before, after):
            for row in self.differ.rows(document):
                if row.parent:
                    self._in[id(row.parent.part)].append(row)

    # What a wing says

    def heading(self, row: Any) -> str:
        """Under which heading a row is told of; none for the whole itself."""
        raise NotImplementedError

    def said(self, row: Any) -> Iterator[tuple[str, str]]:
        """All that is said in the row itself: what each is called, and the words."""
        raise NotImplementedError

    def stands_apart(self, row: Any) -> bool:
        """Whether a row that hangs on another begins something of its own."""
        return False

    def title(self, row: Any) -> str:
        return row.title

    # What holds for all

    def compared(self) -> Comparison:
        groups: dict[str, Group] = {}
        for one in self.differ.differences(self.before, self.after):
            title = self.heading(one.row)
            group = groups.setdefault(title, Group(title))
            is_whole = one.is_added or one.is_removed
            lines = list(self._lines(one.row)) if is_whole else []
            group.entries.append(Entry(one, lines, self.title(one.row)))
        return Comparison(list(groups.values()))

    def _lines(self, row: Any) -> Iterator[Line]:
        for called, text in self.said(row):
            if text != row.title:  # it stands in the heading
                yield Line(called, text)
        yield from self._below(self._in[id(row.part)])

    def _below(self, inside: Iterable[Any]) -> Iterator[Line]:
        for row in inside:
            starts = self.stands_apart(row)
            for called, text in self.said(row):
                yield Line(called, text, starts)
                starts = False
            yield from self._below(self._in[id(row.part)])


def _called(row: Any) -> str:
    return f"{row.label.lower()} ”{row.title}”" if row.title else row.label.lower()
