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
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec
from django.utils.text import slugify

from plans.document import (
    FORMAT,
    ActionDoc,
    AnswerDoc,
    AreaDoc,
    Envelope,
    GoalDoc,
    NotAPlan,
    OutcomeDoc,
    RoundDoc,
)
from plans.reading.lines import At, Fields, Line
from plans.reading.list_marks import items
from plans.reading.our_form import Action, Area, Problem, Row, put_in_order, split
from plans.reading.workbook import SheetRows, open_workbook, with_rest
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
    Table,
    chain_heading,
    part_in,
    parts_in,
    slots,
)
from plans.vocabulary import Layout, RoundKind
from samverkan.document import Part, as_part
from samverkan.text import clean, clean_line
from samverkan.values import as_text

NOT_OURS = (
    "Filen är inte en åtgärdsplan som Samverkan har skrivit: den saknar fliken "
    f"{ABOUT_FILE} med filformatet {FORMAT}."
)


def read_xlsx(content: bytes) -> Envelope:
    return _Reader(content).envelope()


class _Reader:
    def __init__(self, content: bytes):
        self.sheets = with_rest(open_workbook(content))
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
        found = _nested(Envelope, Line({**about.cells, **plan.cells}, {**about.at, **plan.at}))
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

    def _facts(self, name: str) -> Line:
        """A heading, a value and a hidden key on each row."""
        cells, at = {}, {}
        for row, line in enumerate(self.sheets[name].rows):
            if len(line) >= len(FACTS) and (key := as_text(line[2])):
                cells[key], at[key] = line[1], At(name, row, 1)
        return Line(cells, at)

    def _table(self, table: Table) -> Iterator[Line]:
        keys = {heading: heading for heading in table.own}
        keys |= {slot.heading: slot.key for slot in slots(table.kind)}
        must = [*table.own, *(slot.heading for slot in slots(table.kind) if slot.must_be_there)]
        hidden = {slot.key for slot in slots(table.kind) if slot.is_hidden}
        for line in self._lines(table.sheet, 0, keys, must):
            if any(line.raw(key) for key in line.cells if key not in hidden):
                yield line

    def _lines(
        self, name: str, head: int, keys: Mapping[str, str], must: Sequence[str]
    ) -> Iterator[Line]:
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
                self._keep(At(name, row, column), headings[column], rows[row][column])
            cells = {key: rows[row][at] for key, at in columns.items()}
            if any(cell not in ("", None) for cell in cells.values()):
                yield Line(cells, {key: At(name, row, at) for key, at in columns.items()})

    def _keep(self, at: At, heading: str, cell: Any) -> None:
        if text := clean(as_text(cell)):
            label = heading or f"Kolumn {str(at).rstrip('0123456789')}"
            where = f"{at.sheet}, {at}"
            self.extras.append({"where": where, "label": label[:300], "text": text})

    def new_uuid(self, at: At, what: str) -> UUID:
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

    def _own_uuid(self, line: Line, fields: Fields, seen: set[UUID]) -> Fields:
        """A row that was added, or copied from another, is a thing of its own."""
        if "uuid" in line.cells:
            if fields.get("uuid") in {None, *seen}:
                fields["uuid"] = self.new_uuid(line.start, "")
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
            _put_result(rounds, action, text, document, self.new_uuid(At("", 0), "omgång"))
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

    def _name_areas(self, kind: type[Part], fields: Fields, line: Line, within: str) -> None:
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

    def _read_areas(self) -> Iterator[Area]:
        seen: set[UUID] = set()
        actions: set[UUID] = set()
        taken: set[str] = set()
        for name, sheet in self.sheets.items():
            if name in RESERVED and name != OWN_AREA:
                continue
            head = self._head_of(sheet)
            if head is None:
                for row, line in enumerate(sheet.rows):
                    self._keep(At(name, row), name, "\t".join(as_text(cell) for cell in line))
                continue
            area = self._area(sheet, head, seen)
            is_untouched = area.is_new and area.fields["title"] in ("", OWN_AREA_TITLE)
            self._read_rows(area, head, actions)
            if is_untouched and (area.problems or area.actions):
                raise At(name, 0).refusal("skriv områdets namn här, i stället för det som står")
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

    def _area(self, sheet: SheetRows, head: int, seen: set[UUID]) -> Area:
        keys = {slot.heading: slot.key for slot in slots(AreaDoc)} | {AREA_NUMBER: AREA_NUMBER}
        cells: dict[str, Any] = {"title": sheet.rows[0][0]}
        at = {"title": At(sheet.name, 0)}
        for row in range(1, head):
            heading, cell = as_text(sheet.rows[row][0]).strip(), sheet.rows[row][1]
            if heading in keys:
                cells[keys[heading]], at[keys[heading]] = cell, At(sheet.name, row, 1)
            elif heading != SERVED_BY:
                self._keep(At(sheet.name, row, 1), heading, cell)
        line = Line(cells, at)
        fields = line.fields(AreaDoc)
        is_new = fields.get("uuid") in {None, *seen}
        self._own_uuid(Line({"uuid": ""} | cells, at), fields, seen)
        return Area(fields, "" if is_new else line.said(AREA_NUMBER), line, is_new)

    def _read_rows(self, area: Area, head: int, seen: set[UUID]) -> None:
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
        above: tuple[Problem | None, Fields | None] = (None, None)
        for line in self._lines(name, head, keys, must):
            if [line.raw(f"form:{column.key}") for column in form] == helped:
                continue
            row = Row(line, form, area, self.new_uuid)
            above = row.chain(above)
            row.add_action(*above, seen)
        put_in_order(area)

    # --- What somebody has written in the form ---

    def _edit(self, action: Action, column: str, text: str) -> None:
        fields = action.fields
        if column == "action":
            name, said = split(fields.get("name", ""), fields.get("description", ""), text)
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

    def _edited_goals(self, action: Action, text: str) -> list[Fields]:
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
                uuid = self.new_uuid(action.line.start, f"mål {place}")
                goal = before.pop(0) if before else {"uuid": uuid}
                kept[place] = goal | {"text": words}
        return [kept[place] for place in range(len(texts))]


def _nested(kind: type[Part], line: Line, within: str = "") -> Fields:
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
