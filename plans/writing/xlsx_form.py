"""The city's form: a sheet for an area, as people know it, and to its right what the form has no room for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from plans.action_view import ActionView
from plans.document import AreaDoc, CauseDoc, ProblemDoc
from plans.presentation import AreaView
from plans.sheets import (
    AREA_NUMBER,
    CHAIN,
    FORMS,
    IDENTITY,
    NUMBER,
    OWN_AREA_TITLE,
    PRINTS,
    SERVED_BY,
    Slot,
    cells,
    chain_heading,
    form_cells,
    named,
    print_of,
    slots,
)
from plans.vocabulary import Layout
from samverkan.document import Part
from samverkan.documents.xlsx import Sheet, height
from samverkan.values import NO, Cell

SPARE_ROWS = 6  # with borders, to write in
ROWS_WITH_CHOICES = 200
TALLEST = 409  # what Excel allows
ROOM_ABOVE = 200  # points that may stand still above the rows, on an ordinary screen


@dataclass
class Form:
    sheet: Sheet
    layout: Layout
    names: Mapping[UUID, str]
    first_row: int = 0
    # What stands in the columns of problem and cause, row by row.
    chain: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = FORMS[self.layout]
        self.places = {column.key: place for place, column in enumerate(self.columns)}
        self.widths = [column.width for column in self.columns]
        self.last = len(self.columns) - 1
        beside = [(kind, slot) for kind in CHAIN for slot in slots(kind)]
        self.beside = [one for one in beside if not one[1].is_hidden]
        self.beside += [one for one in beside if one[1].is_hidden]
        first = len(self.columns) + 1
        at = {one: place for place, one in enumerate(self.beside, start=first)}
        self.at = {kind: [at[kind, slot] for slot in slots(kind)] for kind in CHAIN}
        self.prints_at = first + len(self.beside)

    @property
    def name(self) -> str:
        return self.sheet.worksheet.get_name()

    def write(self, area: AreaView) -> None:
        said = dict(zip(slots(AreaDoc), cells(area.doc, self.names), strict=True))
        served_by = "\n".join(named(view.number, view.title) for view in area.served_by)
        self._write_head(area.doc.title, str(area.number), said, served_by)
        row = self.first_row
        heights: list[float] = []
        spans: list[tuple[str, int, int, str]] = []
        for problems in area.chain:
            begins = row
            for causes in problems.causes:
                cause_begins = row
                for action in causes.actions or (None,):
                    heights.append(self._write_row(row, problems.problem, causes.cause, action))
                    row += 1
                if causes.cause:
                    spans.append(("cause", cause_begins, row - 1, causes.cause.text))
            if problems.problem:
                spans.append(("problem", begins, row - 1, problems.problem.text))
        self.chain = [("", "")] * len(heights)
        for key, begins, ends, text in spans:
            self._write_span(key, begins, ends, text, heights)
        for place, high in enumerate(heights):
            self.sheet.worksheet.set_row(self.first_row + place, min(high, TALLEST))
        self._finish(row)

    def write_empty(self) -> None:
        self._write_head(OWN_AREA_TITLE, "", dict.fromkeys(slots(AreaDoc)), "")
        self._finish(self.first_row)

    def _write_head(
        self, title: str, number: str, said: Mapping[Slot, Cell], served_by: str
    ) -> None:
        sheet = self.sheet.worksheet
        self.sheet.across(0, 0, 0, self.last, title, "title")
        above: float = 14 + 22 * -(-len(title) // 90)
        sheet.set_row(0, above)
        shown = [(slot.heading, cell) for slot, cell in said.items() if _is_shown(slot, cell)]
        shown += [(SERVED_BY, served_by)] if served_by else []
        folded = [(AREA_NUMBER, number)] + [
            (slot.heading, cell)
            for slot, cell in said.items()
            if slot.key != "title" and not _is_shown(slot, cell)
        ]
        row, room = 0, sum(self.widths[1:])
        for heading, cell in shown:
            row += 1
            self.sheet.put(row, 0, heading, "label")
            self.sheet.across(row, 1, row, self.last, cell, "text")
            high = min(height([(f"{cell or ''}", room), (heading, self.widths[0])]), TALLEST)
            sheet.set_row(row, high)
            above += high
        for heading, cell in folded:
            row += 1
            self.sheet.put(row, 0, heading, "label")
            self.sheet.across(row, 1, row, self.last, cell, "text")
            sheet.set_row(row, None, None, {"level": 1, "hidden": True})
        head = row + 1
        self.first_row = head + 2
        headings = [column.heading for column in self.columns]
        headings += [NUMBER, *(chain_heading(kind, slot) for kind, slot in self.beside), PRINTS]
        widths = [*self.widths, 7, *(30 if slot.is_long else 16 for _, slot in self.beside), 10]
        self.sheet.head(head, headings, widths)
        sheet.set_row(head, 24, None, {"collapsed": True})
        for place, column in enumerate(self.columns):
            self.sheet.put(head + 1, place, column.help, "help")
        helped = [(column.help, column.width) for column in self.columns]
        sheet.set_row(head + 1, height(helped, size=9) + 4)
        sheet.repeat_rows(head)
        sheet.freeze_panes(head + 1 if above < ROOM_ABOVE else 1, 0)

    def _write_row(
        self,
        row: int,
        problem: ProblemDoc | None,
        cause: CauseDoc | None,
        action: ActionView | None,
    ) -> float:
        """Writes all but the cells that several rows may share; how high the row has to be."""
        put = self.sheet.put
        said = form_cells(action, self.layout) if action else {}
        prints = []
        high = []
        for place, column in enumerate(self.columns):
            text = said.get(column.key, "")
            if column.key == "problem":
                prints.append(print_of(problem.text if problem else ""))
            elif column.key == "cause":
                prints.append(print_of(cause.text if cause else ""))
            else:
                prints.append(print_of(text))
                high.append((text, column.width))
            put(row, place, text, "strong" if place == 0 else "cell")
        put(row, self.last + 1, action.number if action else "", "key")
        parts: tuple[Part | None, ...] = (problem, cause, action.doc if action else None)
        for kind, part in zip(CHAIN, parts, strict=True):
            if part is not None:
                for column_at, cell in zip(self.at[kind], cells(part, self.names), strict=True):
                    if cell is not None and cell != "":
                        put(row, column_at, cell, "text")
        put(row, self.prints_at, " ".join(prints), "text")
        return height(high)

    def _write_span(
        self, key: str, begins: int, ends: int, text: str, heights: list[float]
    ) -> None:
        """A problem or a cause, over all of its rows; the last of them grows where it has to."""
        at = slice(begins - self.first_row, ends - self.first_row + 1)
        problem, cause = self.chain[at.start]
        self.chain[at.start] = (text, cause) if key == "problem" else (problem, text)
        if key not in self.places:
            return
        place = self.places[key]
        style = "strong" if place == 0 else "cell"
        self.sheet.across(begins, place, ends, place, text, style)
        needed = height([(text, self.widths[place])])
        given = sum(min(high, TALLEST) for high in heights[at])
        if needed > given:
            more = (needed - given) / (at.stop - at.start)
            heights[at] = [min(high, TALLEST) + more for high in heights[at]]

    def _finish(self, row: int) -> None:
        sheet = self.sheet.worksheet
        for spare in range(row, row + SPARE_ROWS):
            for place in range(len(self.columns)):
                self.sheet.put(spare, place, None, "strong" if place == 0 else "cell")
            sheet.set_row(spare, 32)
        for place, (_, slot) in enumerate(self.beside, start=self.last + 2):
            if slot.value.choices:
                self.sheet.choices(
                    self.first_row, row + ROWS_WITH_CHOICES, place, slot.value.choices
                )
            fold = {"level": 1, "hidden": True} if not slot.is_hidden else {"hidden": True}
            width = 30 if slot.is_long else 16
            sheet.set_column(place, place, width, self.sheet.book.style("text")[0], fold)
        number_fold = {"level": 1, "hidden": True}
        text = self.sheet.book.style("text")[0]
        key = self.sheet.book.style("key")[0]
        sheet.set_column(self.last + 1, self.last + 1, 7, key, number_fold)
        sheet.set_column(self.prints_at, self.prints_at, 10, text, {"hidden": True})
        sheet.set_column(self.prints_at + 1, self.prints_at + 1, None, None, {"collapsed": True})
        last = row if row > self.first_row else row + SPARE_ROWS
        sheet.print_area(0, 0, last - 1, self.last)


def _is_shown(slot: Slot, cell: Cell) -> bool:
    """Above the form stands what the area says; what it is known by can be unfolded."""
    if slot.key == "title" or slot.is_hidden or slot.key in IDENTITY:
        return False
    return slot.key == "overall_goal" or cell not in (None, "", NO)
