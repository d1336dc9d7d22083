"""A file goes into a document: what it says and the document does not is filled in.

Nothing is taken out. Rows that only the file has come last; and where the two say different things
the document's words stand, unless somebody chooses the file's. Data in, data out.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from samverkan import rich
from samverkan.collaboration.differing import Differ, FieldDifference
from samverkan.document import Part, Prose, Rich
from samverkan.text import same_words

P = TypeVar("P", bound=Part)
Doc = TypeVar("Doc", bound=Part)


@dataclass(frozen=True)
class Clash:
    """The document and the file say different things in one field."""

    row: Any
    said: FieldDifference

    @property
    def key(self) -> str:
        return f"{self.row.kind.value}:{self.row.uuid}:{self.said.field}"


@dataclass
class Merged(Generic[Doc]):
    document: Doc
    clashes: list[Clash] = field(default_factory=list)
    known: int = 0  # how many of the file's rows that count are there already


class Merging(Generic[Doc]):
    """`from_file` are the clashes where the file's words go in. The two call the same rows the same."""

    differ: Differ
    not_words: Collection[str]  # what is merged in ways of its own

    def __init__(self, here: Doc, file: Doc, from_file: Collection[str]):
        self.here, self.file = here, file
        self.from_file = set(from_file)
        self.rows: dict[int, Any] = {}
        for document in (here, file):
            whole, *rows = self.differ.rows(document)
            self.rows |= {id(document): whole} | {id(row.part): row for row in rows}
        self.clashes: list[Clash] = []

    def both(
        self,
        here: Sequence[P],
        there: Sequence[P],
        both: Callable[[P, P], P],
        new: Callable[[P], P] | None = None,
    ) -> tuple[P, ...]:
        """Those that are here, and last those that only the file has."""
        known = {one.uuid: one for one in there}  # type: ignore[attr-defined]
        found = []
        for one in here:
            other = known.pop(one.uuid, None)  # type: ignore[attr-defined]
            found.append(both(one, other) if other else one)
        return (*found, *(new(one) if new else one for one in known.values()))

    def filled(self, part: P, file: P, only: Collection[str] = ()) -> P:
        """The part with what it does not say and the file does."""
        changes: dict[str, Any] = {}
        for name, is_rich in self.fields(type(part)):
            one, other = getattr(part, name), getattr(file, name)
            if not _says(other) or one == other or (only and name not in only):
                continue
            if name == "internal_fields":
                changes[name] = tuple(dict.fromkeys((*one, *other)))
            elif not _says(one):
                changes[name] = other
            elif not _is_same(one, other, is_rich):
                clash = self._clash(part, file, name, is_rich)
                self.clashes.append(clash)
                if clash.key in self.from_file:
                    changes[name] = other
        return replace(part, **changes)

    def fields(self, kind: type[Part]) -> list[tuple[str, bool]]:
        """Its words; and whether they are rich."""
        return [one for one in _fields(kind) if one[0] not in self.not_words]

    def _clash(self, part: Part, file: Part, name: str, is_rich: bool) -> Clash:
        row, other = self.rows[id(part)], self.rows[id(file)]
        written, label = self.differ.written, self.differ.label(row, name)
        before, after = written(getattr(part, name), row), written(getattr(file, name), other)
        return Clash(row, FieldDifference(name, label, before, after, is_rich))


@cache
def _fields(kind: type[Part]) -> list[tuple[str, bool]]:
    return [(one.name, one.type in (Rich, Prose)) for one in msgspec.structs.fields(kind)]


def _says(value: Any) -> bool:
    """Zero is said; a box that is not ticked says nothing."""
    return value not in ("", None, ()) and value is not False


def _is_same(one: Any, other: Any, is_rich: bool) -> bool:
    if not isinstance(one, str) or not isinstance(other, str):
        return one == other
    if is_rich:
        one, other = rich.plain(one), rich.plain(other)
    return same_words(one) == same_words(other)
