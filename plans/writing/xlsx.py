"""PlanDocument to Excel: the city's form of 2024, filled in, and with it all else that the plan says.

    a sheet for each area     the form; to its right, folded, every other field of the row
    Eget prioriterat område   the same form, empty
    Sammanställning           counted by formulas that go on being right when the form is edited
    Alla åtgärder             a row for each åtgärd, to sort and pivot; a copy, which is not read
    Mål, Åtaganden, …         the lists of the plan (`plans.sheets.TABLES`)
    Om planen, Om filen       the plan's own fields, and what this file is

`plans.reading.our_xlsx` reads it back as the same document.
"""

from collections.abc import Iterator
from operator import attrgetter
from uuid import UUID

from plans.document import ActionDoc, Envelope, PartyDoc
from plans.presentation import HEADINGS, PlanView
from plans.sheets import (
    ABOUT_FILE,
    ABOUT_PLAN,
    ALL_ACTIONS,
    FACTS,
    GUIDE,
    NUMBER,
    OWN_AREA,
    RESERVED,
    SUMMARY,
    TABLES,
    Slot,
    Table,
    cells,
    form_cells,
    named,
    slots,
)
from plans.vocabulary import Layout
from plans.writing.xlsx_form import Form
from plans.writing.xlsx_summary import add_counting, add_summary
from samverkan.document import Part
from samverkan.documents.charts import INK
from samverkan.documents.standing import Standing
from samverkan.documents.xlsx import GREY, Book, Cell, Sheet, height, sheet_name

SPARE_ROWS = 200  # below what is written: there too the cells have their drop-downs
WIDE, NARROW = 40, 17


def write_xlsx(envelope: Envelope, standing: Standing) -> bytes:
    return _Writer(envelope, standing).write()


class _Writer:
    def __init__(self, envelope: Envelope, standing: Standing):
        self.envelope = envelope
        self.document = envelope.document
        self.standing = standing
        self.plan = PlanView(self.document)
        self.areas = self.plan.areas
        self.actions = [(area, action) for area in self.areas for action in area.actions]
        self.title = f"{self.plan.title}, {self.document.district.name}"
        self.names: dict[UUID, str] = self._names()
        self.book = Book(
            {
                "title": self.title,
                "subject": f"Revision {self.document.revision}, {standing.in_short}",
                "category": "Åtgärdsplan",
                "company": self.document.district.municipality,
                "comments": f"SHA-256 {standing.content_hash}",
            },
            created=standing.printed_on,
        )

    def _names(self) -> dict[UUID, str]:
        """What areas, actions, goals and rounds are called where another row names them."""
        names = {area.doc.uuid: named(f"{area.number}", area.doc.title) for area in self.areas}
        for _, action in self.actions:
            names[action.doc.uuid] = named(action.number, action.title)
            for place, goal in enumerate(action.goals, start=1):
                names[goal.doc.uuid] = named(f"{action.number}.{place}", goal.doc.text)
        return names

    def write(self) -> bytes:
        taken = {name.casefold() for name in RESERVED}
        forms = []
        for area in self.areas:
            name = sheet_name(area.doc.title, taken, f"Område {area.number}")
            forms.append(self._form(name, INK))
            forms[-1].write(area)
        self._form(OWN_AREA, GREY).write_empty()
        add_summary(self._sheet(SUMMARY, INK), self.plan, forms)
        self._add_all_actions(self._sheet(ALL_ACTIONS, fits=False))
        for table in TABLES:
            self._add_table(self._sheet(table.sheet), table)
        self._add_facts(self._sheet(ABOUT_PLAN), HEADINGS["about"], of_plan=True)
        if self.plan.has_causes:
            add_counting(self.book, forms)
        rest = self.book.add_rest()
        self._add_facts(self._sheet(ABOUT_FILE), ABOUT_FILE, of_plan=False)
        rest.fill()
        return self.book.content()

    def _form(self, name: str, colour: str) -> Form:
        return Form(self._sheet(name, colour), self.document.layout, self.names)

    def _sheet(self, name: str, colour: str = GREY, *, fits: bool = True) -> Sheet:
        sheet = self.book.add(name, colour)
        sheet.paper(self.title, self.standing.in_short, fits=fits)
        return sheet

    def _add_all_actions(self, sheet: Sheet) -> None:
        """One row for each action and nothing merged."""
        fields = [slot for slot in slots(ActionDoc) if not slot.is_hidden]
        shown = [place for place, slot in enumerate(slots(ActionDoc)) if not slot.is_hidden]
        before = [NUMBER, "Område", "Problem", "Orsak"]
        after = [HEADINGS["goals"], HEADINGS["parties"], "Status", "Uppföljning"]
        headings = [*before, *(slot.heading for slot in fields), *after]
        widths = [6, 30, 30, 30, *(_width(slot) for slot in fields), 40, 30, 16, 40]
        sheet.head(0, headings, widths, style="line")
        row = 0
        for area in self.areas:
            for problems in area.chain:
                for causes in problems.causes:
                    for action in causes.actions:
                        row += 1
                        own = cells(action.doc, self.names)
                        said = form_cells(action, Layout.CAUSES)
                        line: list[Cell] = [
                            action.number,
                            area.doc.title,
                            problems.problem.text if problems.problem else "",
                            causes.cause.text if causes.cause else "",
                            *(own[place] for place in shown),
                            said["goals"],
                            ", ".join(view.party.short_name for view in action.commitments),
                            action.state.label if action.state else "",
                            said["result"],
                        ]
                        for column, cell in enumerate(line):
                            sheet.put(row, column, cell, "line")
        sheet.worksheet.autofilter(0, 0, max(row, 1), len(headings) - 1)
        sheet.worksheet.freeze_panes(1, 1)
        sheet.worksheet.repeat_rows(0)

    def _add_table(self, sheet: Sheet, table: Table) -> None:
        fields, first = slots(table.kind), len(table.own)
        widths: list[float] = [9 if own == table.number else 30 for own in table.own]
        widths += [_width(slot) for slot in fields]
        sheet.head(0, table.headings, widths)
        for column in range(first):
            sheet.worksheet.set_column(column, column, widths[column], self.book.style("key")[0])
        row = 0
        for own, part in self._rows(table):
            row += 1
            line: list[Cell] = [*own, *cells(part)]
            for column, cell in enumerate(line):
                sheet.put(row, column, cell, "cell" if column >= first else "key")
            seen = [
                (cell, width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
                if isinstance(cell, str)
                and not (place >= first and fields[place - first].is_hidden)
            ]
            sheet.worksheet.set_row(row, min(height(seen), 409))
        for column, slot in enumerate(fields, start=first):
            if slot.is_hidden:
                sheet.worksheet.set_column(column, column, None, None, {"hidden": True})
            elif choices := self._choices(table, slot):
                sheet.choices(1, row + SPARE_ROWS, column, choices)
        sheet.worksheet.autofilter(0, 0, max(row, 1), len(table.headings) - 1)
        sheet.worksheet.freeze_panes(1, 0)
        sheet.worksheet.repeat_rows(0)

    def _choices(self, table: Table, slot: Slot) -> tuple[str, ...] | str:
        if slot.key != "party":
            return slot.value.choices
        key = [slot.key for slot in slots(PartyDoc)].index("key")
        column = chr(ord("A") + key)
        return f"='Parter'!${column}$2:${column}${len(self.document.parties) + SPARE_ROWS}"

    def _rows(self, table: Table) -> Iterator[tuple[list[str], Part]]:
        """The parts of a list, each with what it is called and what it belongs to."""
        if table.of_action:
            for _, action in self.actions:
                for part in getattr(action.doc, table.at):
                    number = [self.names[part.uuid].split(" ")[0]] if table.number else []
                    yield [*number, self.names[action.doc.uuid]], part
        elif table.of_round:
            for place, round_ in enumerate(self.document.rounds, start=1):
                for part in getattr(round_, table.at):
                    about = self.names[getattr(part, table.about)]
                    yield [named(f"{place}", round_.name), about], part
        else:
            over, _, field = table.at.rpartition(".")
            holder = _reached(self.envelope, over)
            for place, part in enumerate(getattr(holder, field) if holder else (), start=1):
                yield [f"{place}"] if table.number else [], part

    def _add_facts(self, sheet: Sheet, title: str, *, of_plan: bool) -> None:
        """What there is one of: a heading and its value on each row."""
        lines: list[tuple[str, Cell, str]] = []
        if not of_plan:
            lines = [(heading, cell, "") for heading, cell in self._about_file()]
        for slot in slots(Envelope):
            if slot.key.startswith("document.") == of_plan:
                value = _reached(self.envelope, slot.key)
                cell = None if value is None else slot.value.write(value)
                lines.append((slot.heading, cell, slot.key))
        if not of_plan:
            lines += [(f"Fliken {name}", said, "") for name, said in GUIDE]
        sheet.head(2, FACTS, (44, 90, 10))
        sheet.put(0, 0, title, "title")
        sheet.worksheet.set_row(0, 32)
        for row, (heading, cell, key) in enumerate(lines, start=3):
            sheet.put(row, 0, heading, "strong")
            sheet.put(row, 1, cell, "cell")
            sheet.put(row, 2, key, "cell")
            hidden = {"hidden": True} if heading.endswith("uuid") else {}
            sheet.worksheet.set_row(row, height([(heading, 44), (f"{cell}", 90)]), None, hidden)
        sheet.worksheet.set_column(2, 2, None, None, {"hidden": True})

    def _about_file(self) -> list[tuple[str, Cell]]:
        standing = self.standing
        numbers = "\n".join(f"{party}: {number}" for party, number in standing.registry_numbers)
        decided = [standing.body, str(standing.decided_on or ""), standing.paragraph]
        return [
            ("Plan", self.title),
            ("Revision", str(self.document.revision)),
            ("Status", standing.state + ("" if standing.is_decided else ", inte beslutad")),
            *([("Beslut", ", ".join(filter(None, decided)))] if standing.is_decided else []),
            *([("Diarienummer", numbers)] if numbers else []),
            ("Framställd", standing.printed_on),
            ("Kontrollsumma", f"{standing.content_hash} (SHA-256 av planen utan uppföljningar)"),
        ]


def _reached(part: Part, path: str) -> object:
    """What a path of fields leads to, or nothing where something on the way is missing."""
    found: object = part
    for field in filter(None, path.split(".")):
        found = None if found is None else attrgetter(field)(found)
    return found


def _width(slot: Slot) -> float:
    return WIDE if slot.is_long else NARROW
