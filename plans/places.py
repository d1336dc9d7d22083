"""Where a row stands, and a plan taken forward or back through its changes. Data in, data out.

A place says in which list (the UUID of what the list belongs to; "" for the plan's own) and how far
down. For an action also what it hangs on; for a problem or a cause that goes to another area, where
the actions that follow it stand there.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, Protocol

import msgspec

from plans.document import PlanDocument, decode
from samverkan.document import as_plain

Place = dict[str, Any]


class Step(Protocol):
    """A change, as the history keeps it."""

    op: str
    kind: str
    row: Any
    field: str
    before: Any
    after: Any


# In which of its owner's lists a row of each kind stands, and what kind the owner is.
LISTS = {
    "section": ("sections", None),
    "area": ("areas", None),
    "problem": ("problems", "area"),
    "cause": ("causes", "problem"),
    "action": ("actions", "area"),
    "goal": ("goals", "action"),
    "commitment": ("commitments", "action"),
    "signatory": ("parties", "agreement"),
    "extra": ("extras", None),
}


def rewound(document: PlanDocument, steps: Iterable[Step]) -> PlanDocument:
    """The plan as it was before these changes, which are the last that were made."""
    plan = _Plan(document)
    for step in sorted(steps, key=lambda step: step.number, reverse=True):  # type: ignore[attr-defined]
        plan.take(_UNDONE[step.op], step.kind, str(step.row), step.field, step.after, step.before)
    return plan.document


def replayed(document: PlanDocument, steps: Iterable[Step]) -> PlanDocument:
    """The plan as it became by these changes, in their order."""
    plan = _Plan(document)
    for step in steps:
        plan.take(step.op, step.kind, str(step.row), step.field, step.before, step.after)
    return plan.document


_UNDONE = {"set": "set", "added": "removed", "removed": "added", "moved": "moved"}


class _Plan:
    """A plan that may contradict itself between two changes of the same turn."""

    def __init__(self, document: PlanDocument):
        self._plan = as_plain(document)

    @property
    def document(self) -> PlanDocument:
        return decode(msgspec.json.encode(self._plan))

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
        if kind == "action":
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
        if kind == "plan":
            return self._plan
        if kind == "agreement":
            return self._plan["agreement"]
        return next(doc for rows in self._lists(kind) for doc in rows if doc["uuid"] == row)

    def _list(self, kind: str, owner: str) -> list[dict]:
        name, owned_by = LISTS[kind]
        return (self._plan if owned_by is None else self._row(owned_by, owner)).setdefault(name, [])

    def _lists(self, kind: str) -> Iterator[list[dict]]:
        name, owned_by = LISTS[kind]
        if owned_by is None:
            yield self._plan[name]
            return
        if owned_by == "agreement":  # there is one at most
            yield self._plan["agreement"].setdefault(name, [])
            return
        for rows in self._lists(owned_by):
            for doc in rows:
                yield doc.setdefault(name, [])

    @staticmethod
    def _as_documented(field: str, value: Any) -> Any:
        """As the document writes it: no choice is none, and one area is not a list of one."""
        if field == "handled_in":
            return value[0] if value else None
        if field in {"handled_as", "timing_kind"}:
            return value or None
        return value
