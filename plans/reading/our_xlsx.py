"""Our own Excel file back to the plan, with what somebody has written in it since.

What is read is the forms, and the lists and facts on sheets of their own (`plans.sheets`). A row that
we wrote is known by its hidden uuid; one that somebody has added has none and is given a new one, the
same each time the same file is read. In the form:

- A cell that has been edited goes before the fields that it was made of.
- An empty problem or orsak is that of the row above, as in a table with merged cells.
- An åtgärd whose cells have all been emptied, or whose row is gone, is taken out, and what stood about
  it on other sheets goes with it. So does a sheet that is gone and its area.
- The cell that puts the parties' åtaganden together is for reading; what is written there, like all
  else that has no place of its own, is kept under its heading in `extras`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec
from django.utils.text import slugify

from plans.counting import same_words
from plans.document import (
    FORMAT,
    ActionDoc,
    AnswerDoc,
    AreaDoc,
    CauseDoc,
    Envelope,
    GoalDoc,
    NotAPlan,
    OutcomeDoc,
    Part,
    ProblemDoc,
    RoundDoc,
    as_part,
)
from plans.reading.pasted import items
from plans.reading.workbook import SheetRows, open_workbook
from plans.sheets import (
    ABOUT_FILE,
    ABOUT_PLAN,
    AREA_NUMBER,
    CHAIN,
    FACTS,
    FORMS,
    NUMBER,
    OF_ACTION,
    OF_GOAL,
    OF_ROUND,
    OWN_AREA,
    OWN_AREA_TITLE,
    PRINTS,
    RESERVED,
    SERVED_BY,
    TABLES,
    FormColumn,
    Slot,
    Table,
    Unreadable,
    as_rich,
    as_text,
    chain_heading,
    part_in,
    parts_in,
    print_of,
    slots,
)
from plans.vocabulary import Layout, RoundKind
from samverkan.documents.xlsx import CONTINUED, rest_of, whole
from samverkan.text import clean, clean_line

Fields = dict[str, Any]
NOT_OURS = (
    "Filen är inte en åtgärdsplan som Samverkan har skrivit: den saknar fliken "
    f"{ABOUT_FILE} med filformatet {FORMAT}."
)


def read_xlsx(content: bytes) -> Envelope:
    return _Reader(content).envelope()


@dataclass(frozen=True)
class _At:
    """Where something stands, for whoever has to mend it."""

    sheet: str
    row: int
    column: int = 0

    def __str__(self) -> str:
        letters, number = "", self.column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row + 1}"

    def refusal(self, why: str) -> NotAPlan:
        return NotAPlan(f"Fliken {self.sheet}, cell {self}: {why}.")


@dataclass(frozen=True)
class _Line:
    """Cells by what they are called: those of a row, or of the facts about one thing."""

    cells: Mapping[str, Any]
    at: Mapping[str, _At]

    def raw(self, key: str) -> str:
        return as_text(self.cells.get(key))

    def said(self, key: str) -> str:
        return self.raw(key).strip()

    @property
    def start(self) -> _At:
        return min(self.at.values(), key=lambda at: (at.row, at.column))

    def fields(self, kind: type[Part], within: str = "") -> Fields:
        """What the cells say of a part; what is empty is left out. Names of areas stay as written."""
        found: Fields = {}
        for slot in slots(kind):
            key = within + slot.key
            if ":" in slot.key or "." in slot.key:
                continue
            if slot.is_rich:
                found[slot.key] = self._rich(key)
            elif self.raw(key) == "":
                if slot.must_be_there and not slot.is_hidden:
                    found[slot.key] = self._empty(slot, key)
            else:
                found[slot.key] = self.raw(key) if slot.is_area else self._read(slot, key)
        return found

    def refusal(self, key: str, why: str) -> NotAPlan:
        return self.at.get(key, self.start).refusal(why)

    def _read(self, slot: Slot, key: str) -> Any:
        try:
            return slot.value.read(self.cells[key])
        except Unreadable as fault:
            raise self.refusal(key, str(fault)) from fault

    def _rich(self, key: str) -> str:
        text = self.raw(key)
        if print_of(text) == self.said(f"{key}:print"):
            return self.raw(f"{key}:html")
        return as_rich(clean(text))

    def _empty(self, slot: Slot, key: str) -> str:
        """A text may be empty; all else that must be there may not."""
        if slot.is_text:
            return ""
        raise self.refusal(key, f"{slot.heading} saknas")


@dataclass
class _Problem:
    fields: Fields
    causes: list[Fields] = field(default_factory=list)


@dataclass
class _Action:
    fields: Fields
    number: str
    edits: Mapping[str, str]  # what somebody has written in the form, by column
    line: _Line


@dataclass
class _Area:
    fields: Fields
    number: str
    line: _Line
    is_new: bool
    problems: list[_Problem] = field(default_factory=list)
    actions: list[_Action] = field(default_factory=list)


class _Reader:
    def __init__(self, content: bytes):
        self.sheets = _with_rest(open_workbook(content))
        self.content_print = sha256(content).hexdigest()
        self.extras: list[Fields] = []
        self.results: list[tuple[UUID, str]] = []
        self.numbers: dict[type[Part], dict[str, Any]] = defaultdict(dict)

    def envelope(self) -> Envelope:
        if ABOUT_FILE not in self.sheets:
            raise NotAPlan(NOT_OURS)
        about = self._facts(ABOUT_FILE)
        if about.raw("format") != FORMAT:
            raise NotAPlan(NOT_OURS)
        for name in (ABOUT_PLAN, *(table.sheet for table in TABLES)):
            if name not in self.sheets:
                raise NotAPlan(f"Fliken {name} saknas. Utan den går en del av planen förlorad.")
        plan = self._facts(ABOUT_PLAN)
        found = _nested(Envelope, _Line({**about.cells, **plan.cells}, {**about.at, **plan.at}))
        document = found["document"]
        self.layout: Layout = document["layout"]
        for table in TABLES:
            if not (table.of_action or table.of_round):
                self._put_list(table, found)
        document["areas"] = self._areas()
        document["rounds"] = self._rounds(document)
        document["extras"] += self.extras
        try:
            return as_part(found, Envelope)
        except msgspec.ValidationError as fault:
            if isinstance(fault.__cause__, NotAPlan):
                raise NotAPlan(f"Planen i filen går inte ihop: {fault.__cause__}.") from fault
            raise NotAPlan(f"Filen är inte en hel plan: {fault}.") from fault

    # --- Sheets as lines ---

    def _facts(self, name: str) -> _Line:
        """A heading, a value and a hidden key on each row."""
        cells, at = {}, {}
        for row, line in enumerate(self.sheets[name].rows):
            if len(line) >= len(FACTS) and (key := as_text(line[2])):
                cells[key], at[key] = line[1], _At(name, row, 1)
        return _Line(cells, at)

    def _table(self, table: Table) -> Iterator[_Line]:
        keys = {heading: heading for heading in table.own}
        keys |= {slot.heading: slot.key for slot in slots(table.kind)}
        must = [*table.own, *(slot.heading for slot in slots(table.kind) if slot.must_be_there)]
        hidden = {slot.key for slot in slots(table.kind) if slot.is_hidden}
        for line in self._lines(table.sheet, 0, keys, must):
            if any(line.raw(key) for key in line.cells if key not in hidden):
                yield line

    def _lines(
        self, name: str, head: int, keys: Mapping[str, str], must: Sequence[str]
    ) -> Iterator[_Line]:
        """The rows under the headings; what stands in a column that we do not know is kept."""
        rows = self.sheets[name].rows
        headings = [as_text(cell).strip() for cell in rows[head]] if rows else []
        for heading in must:
            if heading not in headings:
                raise NotAPlan(f"Fliken {name} saknar kolumnen {heading}.")
        known = {heading: column for column, heading in reversed([*enumerate(headings)])}
        columns = {keys[heading]: at for heading, at in known.items() if heading in keys}
        strange = [at for at in range(len(headings)) if at not in columns.values()]
        for row in range(head + 1, len(rows)):
            for column in strange:
                self._keep(_At(name, row, column), headings[column], rows[row][column])
            cells = {key: rows[row][at] for key, at in columns.items()}
            if any(cell not in ("", None) for cell in cells.values()):
                yield _Line(cells, {key: _At(name, row, at) for key, at in columns.items()})

    def _keep(self, at: _At, heading: str, cell: Any) -> None:
        if text := clean(as_text(cell)):
            label = heading or f"Kolumn {str(at).rstrip('0123456789')}"
            where = f"{at.sheet}, {at}"
            self.extras.append({"where": where, "label": label[:300], "text": text})

    def _new_uuid(self, at: _At, what: str) -> UUID:
        return uuid5(NAMESPACE_OID, f"{self.content_print}/{at.sheet}/{at}/{what}")

    # --- Lists ---

    def _put_list(self, table: Table, found: Fields) -> None:
        path = table.at.split(".")
        holder: Any = found
        for name in path[:-1]:
            holder = holder and holder[name]
        seen: set[UUID] = set()
        for line in self._table(table):
            if holder is None:
                raise line.start.refusal(f"raden hör till något som saknas på fliken {ABOUT_PLAN}")
            fields = self._own_uuid(line, _nested(table.kind, line), seen)
            holder[path[-1]].append(fields)
            if table.number:
                self.numbers[table.kind].setdefault(line.said(table.number), fields)

    def _own_uuid(self, line: _Line, fields: Fields, seen: set[UUID]) -> Fields:
        """A row that was added, or copied from another, is a thing of its own."""
        if "uuid" in line.cells:
            if fields.get("uuid") in {None, *seen}:
                fields["uuid"] = self._new_uuid(line.start, "")
            seen.add(fields["uuid"])
        return fields

    def _of_actions(self, table: Table) -> dict[str, list[Fields]]:
        """The rows by the number of the action that they belong to."""
        found: dict[str, list[Fields]] = defaultdict(list)
        seen: dict[str, set[UUID]] = defaultdict(set)
        known = {action.number for area in self.areas for action in area.actions}
        for line in self._table(table):
            number = _number(line.said(OF_ACTION))
            if number not in known and not line.said("uuid"):
                raise line.refusal(OF_ACTION, f"det finns ingen åtgärd med numret {number}")
            fields = self._own_uuid(line, line.fields(table.kind), seen[number])
            found[number].append(fields)
            if table.number:
                self.numbers[table.kind].setdefault(line.said(table.number), fields)
        return found

    def _rounds(self, document: Fields) -> list[Fields]:
        rounds = document["rounds"]
        goals = {
            goal["uuid"]
            for area in document["areas"]
            for action in area["actions"]
            for goal in action["goals"]
        }
        for kind, about, heading, what in (
            (AnswerDoc, "action", OF_ACTION, "åtgärd"),
            (OutcomeDoc, "goal", OF_GOAL, "mål"),
        ):
            table = next(table for table in TABLES if table.kind is kind)
            for line in self._table(table):
                number = _number(line.said(heading))
                round_ = self.numbers[RoundDoc].get(_number(line.said(OF_ROUND)))
                uuid = self._uuid_of(GoalDoc if about == "goal" else ActionDoc, number)
                if about == "goal" and uuid not in goals:
                    uuid = None
                if round_ and uuid:
                    round_[table.at].append(line.fields(table.kind) | {about: uuid})
                elif not line.said(about):
                    where, missing = (heading, what) if round_ else (OF_ROUND, "omgång")
                    said = _number(line.said(where))
                    raise line.refusal(where, f"det finns inget nummer {said} ({missing})")
        for action, text in self.results:
            _put_result(rounds, action, text, document, self._new_uuid(_At("", 0), "omgång"))
        return rounds

    def _uuid_of(self, kind: type[Part], number: str) -> UUID | None:
        found = self.numbers[kind].get(number)
        return found["uuid"] if found else None

    # --- Areas ---

    def _areas(self) -> list[Fields]:
        self.areas = list(self._read_areas())
        for area in self.areas:
            self.numbers[AreaDoc].setdefault(area.number, area.fields)
            for action in area.actions:
                if action.number:
                    self.numbers[ActionDoc].setdefault(action.number, action.fields)
        by_kind = {table.at: self._of_actions(table) for table in TABLES if table.of_action}
        for area in self.areas:
            self._name_areas(AreaDoc, area.fields, area.line, "")
            for action in area.actions:
                self._name_areas(ActionDoc, action.fields, action.line, "ActionDoc.")
                for at, found in by_kind.items():
                    action.fields[at] = found.pop(action.number, []) if action.number else []
                for column, text in action.edits.items():
                    self._edit(action, column, clean(text))
        return [
            area.fields
            | {
                "problems": [
                    problem.fields | {"causes": problem.causes} for problem in area.problems
                ],
                "actions": [action.fields for action in area.actions],
            }
            for area in self.areas
        ]

    def _name_areas(self, kind: type[Part], fields: Fields, line: _Line, within: str) -> None:
        """Areas that are named by their numbers, one to a line."""
        for slot in slots(kind):
            if slot.is_area and slot.key in fields:
                found = []
                for said in filter(str.strip, fields[slot.key].split("\n")):
                    uuid = self._uuid_of(AreaDoc, _number(said))
                    if uuid is None:
                        why = f"det finns inget område med numret {_number(said)}"
                        raise line.refusal(within + slot.key, why)
                    found.append(uuid)
                fields[slot.key] = found if slot.key == "also_serves" else found[0]

    def _read_areas(self) -> Iterator[_Area]:
        seen: set[UUID] = set()
        actions: set[UUID] = set()
        taken: set[str] = set()
        for name, sheet in self.sheets.items():
            if name in RESERVED and name != OWN_AREA:
                continue
            head = self._head_of(sheet)
            if head is None:
                for row, line in enumerate(sheet.rows):
                    self._keep(_At(name, row), name, "\t".join(as_text(cell) for cell in line))
                continue
            area = self._area(sheet, head, seen)
            is_untouched = area.is_new and area.fields["title"] in ("", OWN_AREA_TITLE)
            self._read_rows(area, head, actions)
            if is_untouched and (area.problems or area.actions):
                raise _At(name, 0).refusal("skriv områdets namn här, i stället för det som står")
            if is_untouched:
                continue
            if area.is_new:
                _name_own(area.fields, taken)
            taken.add(area.fields["slug"])
            yield area

    def _head_of(self, sheet: SheetRows) -> int | None:
        first = [column.heading for column in FORMS[self.layout]][:2]
        for row, line in enumerate(sheet.rows):
            if [as_text(cell).strip() for cell in line[:2]] == first:
                return row
        return None

    def _area(self, sheet: SheetRows, head: int, seen: set[UUID]) -> _Area:
        keys = {slot.heading: slot.key for slot in slots(AreaDoc)} | {AREA_NUMBER: AREA_NUMBER}
        cells: dict[str, Any] = {"title": sheet.rows[0][0]}
        at = {"title": _At(sheet.name, 0)}
        for row in range(1, head):
            heading, cell = as_text(sheet.rows[row][0]).strip(), sheet.rows[row][1]
            if heading in keys:
                cells[keys[heading]], at[keys[heading]] = cell, _At(sheet.name, row, 1)
            elif heading != SERVED_BY:
                self._keep(_At(sheet.name, row, 1), heading, cell)
        line = _Line(cells, at)
        fields = line.fields(AreaDoc)
        is_new = fields.get("uuid") in {None, *seen}
        self._own_uuid(_Line({"uuid": ""} | cells, at), fields, seen)
        return _Area(fields, "" if is_new else line.said(AREA_NUMBER), line, is_new)

    def _read_rows(self, area: _Area, head: int, seen: set[UUID]) -> None:
        name = area.line.start.sheet
        form = FORMS[self.layout]
        keys = {column.heading: f"form:{column.key}" for column in form}
        keys |= {NUMBER: NUMBER, PRINTS: PRINTS}
        for kind in CHAIN:
            keys |= {
                chain_heading(kind, slot): f"{kind.__name__}.{slot.key}" for slot in slots(kind)
            }
        must = [*(column.heading for column in form), NUMBER, PRINTS]
        must += [
            chain_heading(kind, slot)
            for kind in CHAIN
            for slot in slots(kind)
            if slot.must_be_there
        ]
        helped = [column.help for column in form]
        above: tuple[_Problem | None, Fields | None] = (None, None)
        for line in self._lines(name, head, keys, must):
            if [line.raw(f"form:{column.key}") for column in form] == helped:
                continue
            row = _Row(line, form, area, self)
            above = row.chain(above)
            row.add_action(*above, seen)
        _put_in_order(area)

    # --- What somebody has written in the form ---

    def _edit(self, action: _Action, column: str, text: str) -> None:
        fields = action.fields
        if column == "action":
            name, said = _split(fields.get("name", ""), fields.get("description", ""), text)
            fields["name"], fields["description"] = name, said
        elif column == "goals":
            fields["goals"] = self._edited_goals(action, text)
        elif column == "result":
            self.results.append((fields["uuid"], text))
        elif column == "parties":
            at = action.line.at["form:parties"]
            heading = next(one.heading for one in FORMS[self.layout] if one.key == column)
            self._keep(at, heading, text)
        else:
            fields[column] = text

    def _edited_goals(self, action: _Action, text: str) -> list[Fields]:
        """One to an item. A goal keeps all else that it says where its words stand, or in its place."""
        texts, before = items(text), list(action.fields["goals"])
        kept: dict[int, Fields] = {}
        for place, words in enumerate(texts):
            same = next((goal for goal in before if goal["text"] == words), None)
            if same:
                before.remove(same)
                kept[place] = same
        for place, words in enumerate(texts):
            if place not in kept:
                uuid = self._new_uuid(action.line.start, f"mål {place}")
                goal = before.pop(0) if before else {"uuid": uuid}
                kept[place] = goal | {"text": words}
        return [kept[place] for place in range(len(texts))]


@dataclass
class _Row:
    """A row of the form: a problem, a cause, an action; each old, new, or that of the row above."""

    line: _Line
    form: tuple[FormColumn, ...]
    area: _Area
    reader: _Reader

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
        self, above: tuple[_Problem | None, Fields | None]
    ) -> tuple[_Problem | None, Fields | None]:
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

    def problem(self, words: str, above: _Problem | None) -> _Problem | None:
        problems = self.area.problems
        if known := self.uuid(ProblemDoc):
            found = next((one for one in problems if one.fields["uuid"] == known), None)
            if found is None:
                found = _Problem(self.fields("problem", ProblemDoc))
                problems.append(found)
                return found
            if not words or same_words(words) == same_words(found.fields["text"]):
                return found
        if not words:
            return None if self.is_old else above
        for one in problems:
            if same_words(one.fields["text"]) == same_words(words):
                return one
        problems.append(_Problem(self.new("problem", ProblemDoc, words)))
        return problems[-1]

    def cause(self, problem: _Problem, known: UUID | None, words: str) -> Fields:
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
        return found | {"uuid": self.reader._new_uuid(self.line.start, column), "text": words}

    def add_action(self, problem: _Problem | None, cause: Fields | None, seen: set[UUID]) -> None:
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
            fields["uuid"] = self.reader._new_uuid(self.line.start, "åtgärd")
            if uuid or self.area.is_new:
                for slot in slots(ActionDoc):
                    if slot.is_hidden and slot.key != "uuid":
                        fields.pop(slot.key, None)
        seen.add(fields["uuid"])
        if cause:
            fields["cause"] = cause["uuid"]
        elif problem:
            fields["problem"] = problem.fields["uuid"]
        self.area.actions.append(_Action(fields, number, edits, self.line))


def _with_rest(sheets: Mapping[str, SheetRows]) -> Mapping[str, SheetRows]:
    """The sheets with the texts whole that had no room in their cells."""
    if CONTINUED not in sheets:
        return sheets
    rows = sheets[CONTINUED].rows[1:]
    rest = rest_of((as_text(row[0]), as_text(row[1])) for row in rows if len(row) > 1)
    if not rest:
        return sheets
    return {
        name: SheetRows(
            name,
            [
                [whole(one, rest) if isinstance(one, str) else one for one in row]
                for row in sheet.rows
            ],
        )
        for name, sheet in sheets.items()
    }


def _nested(kind: type[Part], line: _Line, within: str = "") -> Fields:
    """A part and the parts that it has one of; its lists are empty as yet."""
    found: Fields = line.fields(kind, within)
    for one in msgspec.structs.fields(kind):
        if parts_in(one.type):
            found[one.name] = []
        elif inner := part_in(one.type):
            keys = [slot.key for slot in slots(inner, f"{within}{one.name}.")]
            is_there = one.required or any(line.said(key) for key in keys)
            found[one.name] = _nested(inner, line, f"{within}{one.name}.") if is_there else None
    return found


def _number(said: str) -> str:
    """The number that a name begins with."""
    return said.split(" ")[0].split("\u00a0")[0].rstrip(".:") if said else ""


def _name_own(fields: Fields, taken: set[str]) -> None:
    """An area that somebody has added is the district's own."""
    title = clean_line(fields["title"])
    slug = slugify(title)[:90] or "eget-omrade"
    number = 1
    while slug in taken:
        number += 1
        slug = f"{slugify(title)[:90]}-{number}"
    fields |= {"title": title, "name": title, "slug": slug, "own": True}


def _put_in_order(area: _Area) -> None:
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


def _split(name: str, description: str, text: str) -> tuple[str, str]:
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


def _put_result(
    rounds: list[Fields], action: UUID, text: str, document: Fields, uuid: UUID
) -> None:
    """In the round that the form showed, or the open one after it; with no round, the year's end."""
    if not rounds:
        year_end = date(document["period_end"].year, 12, 31)
        rounds.append(
            {
                "uuid": uuid,
                "kind": RoundKind.VB,
                "name": f"{RoundKind.VB.label} {year_end.year}",
                "reporting_date": year_end,
                "due_date": year_end,
                "answers": [],
                "outcomes": [],
            }
        )
    shown = [
        place
        for place, round_ in enumerate(rounds)
        if any(_is_common(answer, action) and answer.get("text") for answer in round_["answers"])
    ]
    first = shown[-1] if shown else len(rounds) - 1
    round_ = next((one for one in rounds[first:] if "closed_at" not in one), rounds[first])
    for answer in round_["answers"]:
        if _is_common(answer, action):
            answer["text"] = text
            return
    round_["answers"].append({"action": action, "text": text})


def _is_common(answer: Fields, action: UUID) -> bool:
    return answer["action"] == action and "party" not in answer
