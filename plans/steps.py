"""From one plan to another in steps that the history can keep. Data in, data out.

A row that is in both, and stands where it stood, is written in where it says something else. What
has come to stand elsewhere is taken out and put in again, with what hangs on it: then each step
says by itself where a row stood, and plans/places.py can go them forward and back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from plans.document import ActionDoc, AreaDoc, PlanDocument
from plans.editable import KINDS
from samverkan.collaboration.differing import longest_in_order
from samverkan.collaboration.editable import Field
from samverkan.collaboration.places import Place
from samverkan.document import Part, as_plain

# The kinds of rows that a plan is made of, what a row hangs on before it. Its agreement is another
# thing: other plans rest on it too.
LISTED = ("section", "area", "problem", "cause", "action", "goal", "commitment", "extra")

# What is written in lists of its own, below each kind of row that has such.
_BELOW = {"area": ("problems", "actions"), "problem": ("causes",), "cause": (), "action": ()}


@dataclass(frozen=True)
class Step:
    op: str
    kind: str
    row: UUID
    field: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class Listed:
    """A row in the list that it stands in."""

    kind: str
    doc: Any
    owner: str  # the UUID of what the list belongs to; "" for the plan's own
    index: int

    @property
    def uuid(self) -> UUID:
        return self.doc.uuid

    @cached_property
    def place(self) -> Place:
        place: Place = {"in": self.owner, "index": self.index}
        if isinstance(self.doc, ActionDoc):
            place |= {name: _uuid(getattr(self.doc, name)) for name in ("problem", "cause")}
        return place

    @property
    def whole(self) -> dict:
        """As the history keeps it: without what hangs on it but stands in lists of its own."""
        return as_plain(replace(self.doc, **dict.fromkeys(_BELOW.get(self.kind, ()), ())))


def listed(document: PlanDocument) -> list[Listed]:
    """Every row that the history knows, what a row hangs on before it."""
    return [
        *_list("section", document.sections, ""),
        *(row for area in _list("area", document.areas, "") for row in _of_area(area)),
        *_list("extra", document.extras, ""),
    ]


def _of_area(area: Listed) -> Iterator[Listed]:
    doc: AreaDoc = area.doc
    yield area
    for problem in _list("problem", doc.problems, area):
        yield problem
        yield from _list("cause", problem.doc.causes, problem)
    for action in _list("action", doc.actions, area):
        yield action
        yield from _list("goal", action.doc.goals, action)
        yield from _list("commitment", action.doc.commitments, action)


def _list(kind: str, docs: Sequence[Part], owner: Listed | str) -> Iterator[Listed]:
    under = owner if isinstance(owner, str) else str(owner.uuid)
    return (Listed(kind, doc, under, index) for index, doc in enumerate(docs))


class Rewrite:
    """What has to be done with `before` for it to be `wanted`, in the same plan."""

    def __init__(self, plan: UUID, before: PlanDocument, wanted: PlanDocument):
        self._plan = plan
        self.before, self.wanted = before, wanted
        self.earlier, self.later = listed(before), listed(wanted)
        self.kept = self._kept()

    def _kept(self) -> dict[tuple[str, UUID], Listed]:
        """The rows that stay where they stand, as they were."""
        was = {(row.kind, row.uuid): row for row in self.earlier}
        alike: dict[tuple[str, UUID], Listed] = {}
        beside: dict[tuple[str, str], list[tuple[str, UUID]]] = {}
        stays = {""}
        for row in self.later:
            key = row.kind, row.uuid
            one = was.get(key)
            if one is None or not self._stands(one, row, stays):
                continue
            alike[key] = one
            beside.setdefault((row.kind, row.owner), []).append(key)
            # Those of its siblings that have changed places are found below; what hangs on such a
            # row goes with it, so they are looked through once more.
            stays.add(f"{row.kind}:{row.uuid}")
        out_of_order = set()
        for keys in beside.values():
            in_order = set(longest_in_order([alike[key].index for key in keys]))
            out_of_order |= {key for place, key in enumerate(keys) if place not in in_order}
        gone: set[str] = {f"{kind}:{uuid}" for kind, uuid in out_of_order}
        kept = {}
        for row in self.later:  # what it hangs on comes before it
            key = row.kind, row.uuid
            if key not in alike:
                continue
            if key in out_of_order or gone.intersection(_hangs_on(row)):
                gone.add(f"{row.kind}:{row.uuid}")
            else:
                kept[key] = alike[key]
        return kept

    @staticmethod
    def _stands(one: Listed, row: Listed, stays: set[str]) -> bool:
        """Under the same, which stands itself; and alike in what nobody can write in it."""
        fields = KINDS[row.kind].fields
        fixed = set(row.doc.__struct_fields__) - set(fields) - _INSIDE
        return (
            one.owner == row.owner
            and stays.issuperset(_hangs_on(row))
            and all(getattr(one.doc, name) == getattr(row.doc, name) for name in fixed)
        )

    @cached_property
    def steps(self) -> list[Step]:
        """Out from the end; then what is written; then in from the beginning."""
        return [
            *(
                Step("removed", row.kind, row.uuid, before={"place": row.place, "doc": row.whole})
                for row in reversed(self._with_own(self.earlier))
            ),
            *self._written(),
            *(
                Step("added", row.kind, row.uuid, after={"place": row.place, "doc": row.whole})
                for row in self._with_own(self.later)
            ),
        ]

    def _with_own(self, rows: list[Listed]) -> list[Listed]:
        """Those that are not kept. An action takes its goals and commitments with it."""
        return [
            row
            for row in rows
            if (row.kind, row.uuid) not in self.kept
            and (row.kind not in ("goal", "commitment") or ("action", UUID(row.owner)) in self.kept)
        ]

    def _written(self) -> Iterator[Step]:
        before, wanted = self.before, self.wanted
        yield from _set(KINDS["plan"].fields, "plan", self._plan, before, wanted)
        for row in self.later:
            if one := self.kept.get((row.kind, row.uuid)):
                yield from _set(KINDS[row.kind].fields, row.kind, row.uuid, one.doc, row.doc)


# What is a row of its own, and what a row is known by.
_INSIDE = {"uuid", "problems", "causes", "actions", "goals", "commitments"}


def _hangs_on(row: Listed) -> list[str]:
    owners = {"problem": "area", "action": "area", "cause": "problem"}
    if not row.owner:
        return []
    found = [f"{owners.get(row.kind, 'action')}:{row.owner}"]
    if isinstance(row.doc, ActionDoc):
        for kind in ("problem", "cause"):
            if uuid := getattr(row.doc, kind):
                found.append(f"{kind}:{uuid}")
    return found


def _set(fields: Any, kind: str, row: UUID, before: Part, after: Part) -> Iterator[Step]:
    for field in fields.values():
        one, other = (plain(field, getattr(doc, field.name)) for doc in (before, after))
        if one != other:
            yield Step("set", kind, row, field.name, one, other)


def plain(field: Field, value: Any) -> Any:
    """What a document says in the field, as the history has it."""
    if field.points:
        return [str(uuid) for uuid in (value if isinstance(value, tuple) else [value]) if uuid]
    if value is None:
        return None if field.column.null else ""
    return field.plain(value)


def _uuid(value: UUID | None) -> str | None:
    return str(value) if value else None
