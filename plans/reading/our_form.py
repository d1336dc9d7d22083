"""The rows of our form: what was written from the plan, and what somebody has written in it since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from plans.document import ActionDoc, CauseDoc, ProblemDoc
from plans.reading.lines import At, Fields, Line
from plans.sheets import CHAIN, NUMBER, PRINTS, FormColumn, print_of, slots
from samverkan.document import Part
from samverkan.text import clean, same_words


@dataclass
class Problem:
    fields: Fields
    causes: list[Fields] = field(default_factory=list)


@dataclass
class Action:
    fields: Fields
    number: str
    edits: Mapping[str, str]  # what somebody has written in the form, by column
    line: Line


@dataclass
class Area:
    fields: Fields
    number: str
    line: Line
    is_new: bool
    problems: list[Problem] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


@dataclass
class Row:
    """A row of the form: a problem, a cause, an action; each old, new, or that of the row above."""

    line: Line
    form: tuple[FormColumn, ...]
    area: Area
    new_uuid: Callable[[At, str], UUID]

    def __post_init__(self) -> None:
        prints = self.line.said(PRINTS).split()
        self.said = {column.key: self.line.raw(f"form:{column.key}") for column in self.form}
        self.edited = {
            column.key: said
            for place, (column, said) in enumerate(zip(self.form, self.said.values(), strict=True))
            if place >= len(prints) or print_of(said) != prints[place]
        }

    def uuid(self, kind: type[Part]) -> UUID | None:
        """Its own; in a sheet that was copied from another all is new."""
        if self.area.is_new:
            return None
        return self.line.fields(kind, f"{kind.__name__}.").get("uuid")

    def chain(
        self, above: tuple[Problem | None, Fields | None]
    ) -> tuple[Problem | None, Fields | None]:
        words = self.words("problem", ProblemDoc)
        problem = self.problem(words, above[0])
        cause_words = self.words("cause", CauseDoc)
        known = self.uuid(CauseDoc)
        if known is None and not cause_words:
            inherits = not self.is_old and problem is above[0] and not words
            return problem, above[1] if inherits else None
        if problem is None:
            raise self.line.refusal("form:cause", "en orsak behöver ett problem")
        return problem, self.cause(problem, known, cause_words)

    @property
    def is_old(self) -> bool:
        return any(self.uuid(kind) for kind in CHAIN)

    def words(self, column: str, kind: type[Part]) -> str:
        """What the form says; of what is new also what the columns to the right do."""
        said = clean(self.said.get(column, ""))
        return said or ("" if self.uuid(kind) else clean(self.line.raw(f"{kind.__name__}.text")))

    def problem(self, words: str, above: Problem | None) -> Problem | None:
        problems = self.area.problems
        if known := self.uuid(ProblemDoc):
            found = next((one for one in problems if one.fields["uuid"] == known), None)
            if found is None:
                found = Problem(self.fields("problem", ProblemDoc))
                problems.append(found)
                return found
            if not words or same_words(words) == same_words(found.fields["text"]):
                return found
        if not words:
            return None if self.is_old else above
        for one in problems:
            if same_words(one.fields["text"]) == same_words(words):
                return one
        problems.append(Problem(self.new("problem", ProblemDoc, words)))
        return problems[-1]

    def cause(self, problem: Problem, known: UUID | None, words: str) -> Fields:
        everywhere = [cause for one in self.area.problems for cause in one.causes]
        if known and all(cause["uuid"] != known for cause in everywhere):
            problem.causes.append(self.fields("cause", CauseDoc))
            return problem.causes[-1]
        for cause in problem.causes:
            is_same = same_words(cause["text"]) == same_words(words)
            if cause["uuid"] == known and (is_same or not words):
                return cause
        words = words or self.line.raw("CauseDoc.text")
        for cause in problem.causes:
            if same_words(cause["text"]) == same_words(words):
                return cause
        problem.causes.append(self.new("cause", CauseDoc, words))
        return problem.causes[-1]

    def fields(self, column: str, kind: type[Part]) -> Fields:
        found = self.line.fields(kind, f"{kind.__name__}.")
        if words := clean(self.edited.get(column, "")):
            found["text"] = words
        return found

    def new(self, column: str, kind: type[Part], words: str) -> Fields:
        found = self.line.fields(kind, f"{kind.__name__}.") if not self.uuid(kind) else {}
        return found | {"uuid": self.new_uuid(self.line.start, column), "text": words}

    def add_action(self, problem: Problem | None, cause: Fields | None, seen: set[UUID]) -> None:
        columns = [one.key for one in self.form if one.key not in ("problem", "cause")]
        written = [key for key in columns if self.said[key].strip()]
        uuid = self.uuid(ActionDoc)
        beside = any(
            self.line.said(f"ActionDoc.{slot.key}") for slot in slots(ActionDoc) if slot.is_text
        )
        if not written and (uuid or not beside):
            return
        fields = self.line.fields(ActionDoc, "ActionDoc.")
        if uuid and uuid not in seen:
            edits = {key: self.edited[key] for key in columns if key in self.edited}
            number = self.line.said(NUMBER)
        else:
            edits = {key: self.said[key] for key in written}
            number = "" if uuid or self.area.is_new else self.line.said(NUMBER)
            fields["uuid"] = self.new_uuid(self.line.start, "åtgärd")
            if uuid or self.area.is_new:
                for slot in slots(ActionDoc):
                    if slot.is_hidden and slot.key != "uuid":
                        fields.pop(slot.key, None)
        seen.add(fields["uuid"])
        if cause:
            fields["cause"] = cause["uuid"]
        elif problem:
            fields["problem"] = problem.fields["uuid"]
        self.area.actions.append(Action(fields, number, edits, self.line))


def put_in_order(area: Area) -> None:
    """The actions as they were numbered, unless somebody has moved a row: then as they stand.

    The form gathers them under their causes; the plan may have them in another order.
    """
    places: list[tuple[int, int]] = []
    last: dict[tuple, int] = {}
    at, after = 0, 0
    for action in area.actions:
        number = action.number.rpartition(".")[2]
        if number.isdecimal():
            at, after = int(number), 0
            group = (action.fields.get("problem"), action.fields.get("cause"))
            if last.get(group, 0) > at:
                return
            last[group] = at
        else:
            after += 1
        places.append((at, after))
    order = sorted(range(len(places)), key=lambda place: places[place])
    area.actions = [area.actions[place] for place in order]


def split(name: str, description: str, text: str) -> tuple[str, str]:
    """The name and the description that stood in one cell, after somebody has written in it."""
    if not name:
        return "", text
    if text.startswith(name):
        rest = text[len(name) :]
        if rest == "" or rest.startswith("\n"):
            return name, rest.strip()
    first, _, rest = text.partition("\n")
    if len(first) > 300 or (not description and len(text) > 300):
        return "", text
    return first, rest.strip()
