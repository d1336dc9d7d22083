"""Where a row stands, and a document taken forward or back through its changes. Data in, data out.

A place says in which list (the UUID of what the list belongs to; "" for the document's own) and how
far down. For an action also what it hangs on; for what goes to another area, where the actions that
follow it stand there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from samverkan.document import Part, as_plain

Place = dict[str, Any]
Doc = TypeVar("Doc", bound=Part)


class Step(Protocol):
    """A change, as the history keeps it."""

    op: str
    kind: str
    row: Any
    field: str
    before: Any
    after: Any


_UNDONE = {"set": "set", "added": "removed", "removed": "added", "moved": "moved"}


class Course(Generic[Doc]):
    """How documents of one kind are taken through their changes.

    `lists` says in which of its owner's lists a row of each kind stands, and what kind the owner is:
    none for the document itself.
    """

    def __init__(
        self,
        lists: Mapping[str, tuple[str, str | None]],
        decode: Callable[[bytes], Doc],
        *,
        whole: str,
        one_or_none: Iterable[str] = (),
        single: Iterable[str] = (),
    ):
        self.lists = lists
        self.decode = decode
        self.whole = whole  # what the history calls the document itself
        self.one_or_none = set(one_or_none)  # fields that name one row, and come as a list of it
        self.single = set(single)  # choices of which there may be none

    def rewound(self, document: Doc, steps: Iterable[Step]) -> Doc:
        """As it was before these changes, which are the last that were made."""
        going = _Going(self, document)
        for step in sorted(steps, key=lambda step: step.number, reverse=True):  # type: ignore[attr-defined]
            going.take(
                _UNDONE[step.op], step.kind, str(step.row), step.field, step.after, step.before
            )
        return going.document

    def replayed(self, document: Doc, steps: Iterable[Step]) -> Doc:
        """As it became by these changes, in their order."""
        going = _Going(self, document)
        for step in steps:
            going.take(step.op, step.kind, str(step.row), step.field, step.before, step.after)
        return going.document


class _Going(Generic[Doc]):
    """A document that may contradict itself between two changes of the same turn."""

    def __init__(self, course: Course[Doc], document: Doc):
        self._course = course
        self._plain = as_plain(document)

    @property
    def document(self) -> Doc:
        return self._course.decode(msgspec.json.encode(self._plain))

    def take(self, op: str, kind: str, row: str, field: str, before: Any, after: Any) -> None:
        match op:
            case "set":
                self._row(kind, row)[field] = self._as_documented(field, after)
            case "added":
                doc = deepcopy(after["doc"])  # the history's own stays as it was written
                self._list(kind, after["place"]["in"]).insert(after["place"]["index"], doc)
            case "removed":
                self._take_out(kind, row)
            case "moved":
                self._move(kind, row, after)

    def _move(self, kind: str, row: str, place: Place) -> None:
        doc = self._take_out(kind, row)
        if "problem" in place:
            doc |= {"problem": place["problem"], "cause": place["cause"]}
        self._list(kind, place["in"]).insert(place["index"], doc)
        following = place.get("actions", [])
        docs = [self._take_out("action", action) for action, _ in following]
        for doc, (_, index) in zip(docs, following, strict=True):
            self._list("action", place["area"]).insert(index, doc)

    def _take_out(self, kind: str, row: str) -> dict:
        for rows in self._lists(kind):
            for doc in rows:
                if doc["uuid"] == row:
                    rows.remove(doc)
                    return doc
        raise KeyError(row)

    def _row(self, kind: str, row: str) -> dict:
        if kind == self._course.whole:
            return self._plain
        if kind not in self._course.lists:  # there is one at most: the agreement
            return self._plain[kind]
        return next(doc for rows in self._lists(kind) for doc in rows if doc["uuid"] == row)

    def _list(self, kind: str, owner: str) -> list[dict]:
        name, owned_by = self._course.lists[kind]
        holder = self._row(owned_by, owner) if owned_by and owner else self._plain
        return holder.setdefault(name, [])

    def _lists(self, kind: str) -> Iterator[list[dict]]:
        name, owned_by = self._course.lists[kind]
        if owned_by is None or owned_by == kind:
            yield from self._nested(self._plain.setdefault(name, []), name, deeper=owned_by == kind)
        elif owned_by not in self._course.lists:
            yield self._plain[owned_by].setdefault(name, [])
        else:
            for rows in self._lists(owned_by):
                for doc in rows:
                    yield doc.setdefault(name, [])

    def _nested(self, rows: list[dict], name: str, *, deeper: bool) -> Iterator[list[dict]]:
        yield rows
        for doc in rows if deeper else ():
            yield from self._nested(doc.setdefault(name, []), name, deeper=True)

    def _as_documented(self, field: str, value: Any) -> Any:
        """As the document writes it: no choice is none, and one row is not a list of one."""
        if field in self._course.one_or_none:
            return value[0] if value else None
        if field in self._course.single:
            return value or None
        return value
