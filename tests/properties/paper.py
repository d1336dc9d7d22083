"""A plan as one would keep it on paper: rows, each with its words, under each other in lists.

It knows no database and nothing of how the program does it. What is done to it is what somebody who
does that to a plan expects.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from plans.document import PlanDocument
from plans.editable import KINDS
from samverkan.collaboration.editable import Field

Container = tuple[str, str]  # the kind of rows in a list, and what the list belongs to


@dataclass
class Row:
    kind: str
    under: str  # the row that its list belongs to; "" for the plan's own lists
    words: dict[str, Any] = field(default_factory=dict)
    hangs_on: str = ""  # an action: its problem or its cause

    def says(self, name: str) -> Any:
        return self.words.get(name, "")


@dataclass
class Paper:
    rows: dict[str, Row] = field(default_factory=dict)
    lists: dict[Container, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: PlanDocument) -> "Paper":
        paper = cls()
        for section in document.sections:
            paper._read("section", section)
        if agreement := document.agreement:
            paper._read("agreement", agreement)
            for entry in agreement.parties:
                paper._read("signatory", entry, agreement).words["party"] = entry.party
        for extra in document.extras:
            paper._read("extra", extra)
        for area in document.areas:
            paper._read("area", area)
            for problem in area.problems:
                paper._read("problem", problem, area)
                for cause in problem.causes:
                    paper._read("cause", cause, problem)
            for action in area.actions:
                paper._read("action", action, area).hangs_on = str(
                    action.cause or action.problem or ""
                )
                for goal in action.goals:
                    paper._read("goal", goal, action)
                for commitment in action.commitments:
                    paper._read("commitment", commitment, action).words["party"] = commitment.party
        return paper

    def _read(self, kind: str, doc: Any, owner: Any = None) -> Row:
        words = {
            name: said
            for name, field in KINDS[kind].fields.items()
            if (said := word(_plain(field, getattr(doc, name)))) != ""
        }
        row = Row(kind, str(owner.uuid) if owner else "", words)
        self.rows[str(doc.uuid)] = row
        self.listed(kind, row.under).append(str(doc.uuid))
        return row

    def copy(self) -> "Paper":
        return deepcopy(self)

    def listed(self, kind: str, under: str) -> list[str]:
        return self.lists.setdefault((kind, under), [])

    def of_kind(self, kind: str) -> list[str]:
        return [uuid for uuid, row in self.rows.items() if row.kind == kind]

    def branch(self, uuid: str) -> Iterator[str]:
        """The row and all that goes with it."""
        yield uuid
        for other, row in self.rows.items():
            hangs_there = row.hangs_on == uuid if row.hangs_on else row.under == uuid
            if hangs_there:
                yield from self.branch(other)

    def same(self, other: "Paper") -> bool:
        return self.rows == other.rows and self._written() == other._written()

    def _written(self) -> dict[Container, list[str]]:
        return {place: rows for place, rows in self.lists.items() if rows}

    # What is done ---------------------------------------------------------------------------------

    def write(self, uuid: str, name: str, value: Any) -> None:
        words = self.rows[uuid].words
        words.pop(name, None)
        if value != "":
            words[name] = value

    def add(self, uuid: str, row: Row, after: str | None = None, first: bool = False) -> None:
        rows = self.listed(row.kind, row.under)
        place = 0 if first else len(rows)
        if after is not None:
            place = rows.index(after) + 1 if after in rows else len(rows)
        elif row.kind == "action" and not first:
            # Last among those that hang on the same.
            place = max(
                (
                    place
                    for place, other in enumerate(rows, 1)
                    if self.rows[other].hangs_on == row.hangs_on
                ),
                default=len(rows),
            )
        rows.insert(place, uuid)
        self.rows[uuid] = row

    def remove(self, uuid: str) -> None:
        gone = set(self.branch(uuid))
        for one in gone:
            self.rows.pop(one)
        for rows in self.lists.values():
            rows[:] = [row for row in rows if row not in gone]
        for row in self.rows.values():  # nothing names an area that is not there
            if gone.intersection(row.says("handled_in")):
                row.words.pop("handled_in")
                row.words.pop("handled_as")
        for uuid in self.of_kind("action"):
            for area in gone:
                self._serves_no_more(uuid, area)

    def _serves_no_more(self, uuid: str, area: str) -> None:
        serves = [one for one in self.rows[uuid].says("also_serves") if one != area]
        self.write(uuid, "also_serves", serves or "")

    def move(self, uuid: str, under: str, after: str | None, first: bool) -> None:
        row, here = self.rows[uuid], self.area_of(uuid)
        self.listed(row.kind, row.under).remove(uuid)
        row.under, row.hangs_on = self.place(row.kind, under)
        self.add(uuid, row, after, first)
        there = self.area_of(uuid)
        if row.kind == "action":
            self._serves_no_more(uuid, there)
        if row.kind in ("problem", "cause") and here != there:
            branch = set(self.branch(uuid))
            following = [one for one in self.listed("action", here) if one in branch]
            for action in following:
                self.listed("action", here).remove(action)
                self.listed("action", there).append(action)
                self.rows[action].under = there
                self._serves_no_more(action, there)

    def place(self, kind: str, under: str) -> tuple[str, str]:
        """Which row's list it stands in there, and what it hangs on."""
        if kind != "action":
            return under, ""
        area = self.area_of(under)
        return area, "" if area == under else under

    def area_of(self, uuid: str) -> str:
        row = self.rows.get(uuid)
        if row is None or row.kind in ("section", "extra"):
            return ""
        return uuid if row.kind == "area" else self.area_of(row.under)

    # What must hold -------------------------------------------------------------------------------

    def faults(self) -> Iterable[str]:
        for (kind, under), rows in self.lists.items():
            if len(set(rows)) < len(rows):
                yield f"the same {kind} twice in a list"
            for uuid in rows:
                row = self.rows[uuid]
                if row.hangs_on and self.area_of(row.hangs_on) != under:
                    yield f"{kind} {uuid} hangs on something in another area"
                for area in [*row.says("also_serves"), *row.says("handled_in")]:
                    if area not in self.rows:
                        yield f"{kind} {uuid} names an area that is not there"
                if kind in ("problem", "cause", "goal") and not row.says("text"):
                    yield f"{kind} {uuid} says nothing"


def _plain(field: Field, value: Any) -> Any:
    if field.points:
        return [str(one) for one in (value if field.is_many else [value] if value else [])]
    return field.plain(value)


def word(plain: Any) -> Any:
    """One way to say nothing; and areas are named in no order."""
    if plain in (None, "", False, []):
        return ""
    return sorted(plain) if isinstance(plain, list) else plain
