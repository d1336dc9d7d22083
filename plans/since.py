"""What has become of each action since the plan before: new, changed, as it was, or gone.

Data in, data out. Only where an action stands in the order is no change of it, and follow-ups are
not compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from plans.difference import differences_of, matched
from plans.document import ActionDoc, PlanDocument
from plans.presentation import HEADINGS
from plans.rows import Row, RowKind
from plans.vocabulary import Since
from samverkan.collaboration.differing import Matched, RowDifference


@dataclass
class Change:
    since: Since
    before: UUID | None = None
    fields: list[str] = field(default_factory=list)  # what is another, by what it is called


@dataclass(frozen=True)
class Changes:
    of: Mapping[UUID, Change]  # by the action as it is called after
    gone: frozenset[UUID]  # as they were called before


def changes(before: PlanDocument, after: PlanDocument) -> Changes:
    rows = matched(before, after)
    found = {
        uuid: Change(Since.SAME, rows.was[row].uuid) if row in rows.was else Change(Since.NEW)
        for row in rows.later
        if (uuid := _action(row))
    }
    stayed = {one.uuid: row.uuid for row, one in rows.was.items() if _action(row)}
    for one in differences_of(rows):
        uuid = _action(one.after) or _action(one.after.parent if one.after else None)
        if one.after is None and one.before:  # what hung on the action it was
            uuid = stayed.get(_action(one.before.parent))
        change = found.get(uuid) if uuid else None
        if change is None or change.since == Since.NEW:
            continue
        for name in _told(one, rows):
            change.since = Since.CHANGED
            if name not in change.fields:
                change.fields.append(name)
    left = {uuid for row in rows.earlier if (uuid := _action(row))} - set(stayed)
    return Changes(found, frozenset(left))


def together(several: Sequence[Changes]) -> Changes:
    """Since several plans that became this one: new is what was in none of them, and what was in two
    is held against the one that it is most like."""
    of: dict[UUID, Change] = {}
    for found in several:
        for uuid, change in found.of.items():
            if uuid not in of or _unlikeness(change) < _unlikeness(of[uuid]):
                of[uuid] = change
    return Changes(of, frozenset(uuid for found in several for uuid in found.gone))


def _unlikeness(change: Change) -> tuple[bool, int]:
    return change.since == Since.NEW, len(change.fields)


def _action(row: Row | None) -> UUID | None:
    return row.uuid if row and isinstance(row.part, ActionDoc) else None


def _told(one: RowDifference, rows: Matched) -> list[str]:
    if one.kind in _INSIDE:
        return [_INSIDE[one.kind]] if one.is_added or one.is_removed or one.fields else []
    told = [field.label for field in one.fields]
    if one.is_moved and one.moved_to and rows.was.get(one.moved_to) is not one.moved_from:
        told.insert(0, "Plats i planen")
    return told


_INSIDE = {RowKind.GOAL: HEADINGS["goals"], RowKind.COMMITMENT: "Åtaganden"}
