"""A draft becomes another document, row by row in one turn, so that its history tells of each.

What stays is left where it stands, and is written in only where it says something else; the rest is
put in, put elsewhere or taken away, as if somebody had done it by hand. It can be taken back so too.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import current, find, put
from samverkan.collaboration.places import Course
from samverkan.collaboration.turns import Turn
from samverkan.collaboration.wings import wing_of
from samverkan.document import Part

Key = tuple[str, UUID]
List = tuple[str, str]  # of which kind, and the UUID of what it belongs to; "" for the whole


@dataclass(frozen=True)
class Listed:
    """A row in the list that it stands in."""

    kind: str
    doc: Any
    owner: str
    index: int

    @property
    def key(self) -> Key:
        return self.kind, self.doc.uuid

    @property
    def list(self) -> List:
        return self.kind, self.owner


def listed(course: Course, document: Part) -> list[Listed]:
    """Every row, each after what it stands in."""

    def under(holder: Any, kind: str | None, owner: str) -> Iterator[Listed]:
        for name, (field, owned_by) in course.lists.items():
            is_here = owned_by == kind or (kind is None and owned_by == name)
            for index, doc in enumerate(getattr(holder, field) if is_here else ()):
                yield Listed(name, doc, owner, index)
                yield from under(doc, name, str(doc.uuid))

    return list(under(document, None, ""))


def become(turn: Turn, course: Course, before: Part, wanted: Part) -> None:
    """What is worked in, which says `before`, says `wanted`."""
    _Becoming(turn, course, before, wanted).become()


class _Becoming:
    def __init__(self, turn: Turn, course: Course, before: Part, wanted: Part):
        wing = wing_of(turn.work)
        self.turn, self.course, self.wanted = turn, course, wanted
        self.kinds, self.shape = wing.kinds, wing.shape
        self.was = {row.key: row for row in listed(course, before)}
        self.will = {row.key: row for row in listed(course, wanted)}
        self.stand: dict[List, list[UUID]] = defaultdict(list)
        for row in self.was.values():
            self.stand[row.list].append(row.doc.uuid)

    def become(self) -> None:
        self._take_away(but_what_holds_others=True)  # so that nothing has to make room for it
        for row in self.will.values():
            self._place(row)
        self._write_whole()
        for kind in self.kinds.values():
            if kind.name in self.course.lists:
                self._write_rows(kind)
        self._take_away()

    def _take_away(self, *, but_what_holds_others: bool = False) -> None:
        """What is to be there no more, each with all that hangs on it."""
        gone = [row for key, row in self.was.items() if key not in self.will]
        spared = self._holding_others() if but_what_holds_others else set()
        taken: set[str] = set()
        for row in gone:
            if str(row.doc.uuid) in spared or row.doc.uuid not in self.stand[row.list]:
                continue
            self.stand[row.list].remove(row.doc.uuid)
            taken.add(str(row.doc.uuid))
            if row.owner not in taken:
                kind = self.kinds[row.kind]
                found = find(self.turn.work, kind, row.doc.uuid)
                for inner, one in self.shape.branch_of(kind, found):
                    self.shape.take_away(self.turn, inner, one)

    def _holding_others(self) -> set[str]:
        """Of those that go: what something that stays stands in still."""
        owners = {str(row.doc.uuid): row.owner for row in self.was.values()}
        holding: set[str] = set()
        for key, row in self.was.items():
            owner = row.owner if key in self.will else ""
            while owner and owner not in holding:
                holding.add(owner)
                owner = owners[owner]
        return holding

    def _place(self, row: Listed) -> None:
        beside = self.stand[row.list]
        place = {"in": row.owner, "index": row.index}
        kind = self.kinds[row.kind]
        was = self.was.get(row.key)
        if was is None:
            self.shape.insert(self.turn, kind, row.doc, place)
        elif row.doc.uuid not in beside or beside.index(row.doc.uuid) != row.index:
            self.stand[was.list].remove(row.doc.uuid)
            self.shape.put_in_place(
                self.turn, kind, find(self.turn.work, kind, row.doc.uuid), place
            )
        else:
            return
        beside.insert(row.index, row.doc.uuid)

    def _write_whole(self) -> None:
        kind = self.kinds[self.course.whole]
        found = find(self.turn.work, kind, self.turn.work.uuid)
        self._write(kind, found, self.wanted)

    def _write_rows(self, kind: Editable) -> None:
        rows: Any = kind.model._default_manager.filter(**{kind.to_work: self.turn.work.pk})
        for found in rows:
            row = self.will.get((kind.name, found.uuid))
            if row is not None:
                self._write(kind, found, row.doc)

    def _write(self, kind: Editable, found: Any, doc: Part) -> None:
        said: dict[str, Any] = {}
        for name, field in kind.fields.items():
            wanted = getattr(doc, name)
            if field.points:
                uuids = wanted if isinstance(wanted, tuple) else [wanted]
                wanted = [str(uuid) for uuid in uuids if uuid]
            elif wanted is None:
                wanted = None if field.column.null else ""
            else:
                wanted = field.plain(wanted)
            if wanted != current(found, field):
                said[name] = wanted if field.points else field.restored(wanted)
        put(self.turn, kind, found, said)
