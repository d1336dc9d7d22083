"""A table about one activity at a time, or about an area: a label in the first column, what it says beside it.

What the activity is called stands first: one or two cells that are no labels, or a row of labels
("Aktivitet", "Arbetsgrupp") with what they say in the row below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.counting import same_words
from plans.reading import labels
from plans.reading.chain import question_about
from plans.reading.draft import ActionDraft, AreaDraft, Draft, put, said_in
from plans.reading.labels import CAUSE, NAME, PROBLEM, UNDERTAKING, Found, Setting
from plans.reading.outcome import Sureness
from plans.reading.placing import place
from plans.reading.source import At, Cell
from plans.rows import RowKind

Row = Sequence[Cell]


@dataclass
class Awaited:
    """A label whose text stands in the row below."""

    column: int
    found: Found
    said: str


class ActivityTable:
    def __init__(self, draft: Draft, block: int, action: ActionDraft | None = None):
        self.draft, self.block, self.action = draft, block, action
        self._awaited: list[Awaited] = []

    # --- What kind of row it is ---

    def label_of(self, cell: Cell) -> Found | None:
        """What the cell is a label for. An area's labels stand before its first activity."""
        answers = self.draft.answers
        if found := labels.find(cell.text, Setting.ACTIVITY, answers):
            return found
        return labels.find(cell.text, Setting.AREA, answers)

    def is_labelled(self, row: Row) -> bool:
        return bool(row) and self.label_of(row[0]) is not None

    def begins_before(self, then: Row) -> bool:
        """Whether another activity begins: what stands next has been said of this one already."""
        found = self.label_of(then[0]) if then else None
        if found is None or self.action is None:
            return found is not None
        said = {*self.action.said, "name" if self.action.is_named else ""}
        return found.meaning.field in said

    def is_head(self, row: Row) -> bool:
        """A row of labels only, or of labels with a sub-heading in them: what they say stands below."""
        labelled = [self._head_label(cell) for cell in row]
        first = labelled[0] if labelled else None
        is_name = first is not None and first[0].meaning in (NAME, UNDERTAKING)
        return len(row) > 1 and is_name and all(labelled)

    def _head_label(self, cell: Cell) -> tuple[Found, str] | None:
        if found := self.label_of(cell):
            return found, ""
        first, _, rest = cell.text.partition(" ")
        found = labels.find(first, Setting.ACTIVITY, self.draft.answers)
        if found and found.meaning in (NAME, UNDERTAKING):
            return found, rest.strip()
        return None

    @property
    def awaits(self) -> bool:
        return bool(self._awaited)

    # --- What it says ---

    def read_head(self, area: AreaDraft, row: Row) -> None:
        self.action = None
        self._awaited = []
        for cell in row:
            named = self._head_label(cell)
            assert named
            found, rest = named
            self._awaited.append(Awaited(cell.column, found, cell.text))
            at = self._at(cell)
            if rest:
                self._start(area, at)
                put(self.action_of(area, at).said, "undertaking", rest)
                self.draft.note(at, UNDERTAKING.words, row=self.action_of(area, at).uuid)
            else:
                self.draft.form(at)

    def read_awaited(self, area: AreaDraft, row: Row) -> None:
        """What the labels of the row above are about."""
        awaited = {one.column: one for one in self._awaited}
        self._awaited = []
        for cell in row:
            at = self._at(cell)
            action = self.action_of(area, at)
            if one := awaited.get(cell.column):
                self._put(area, action, one.found, cell, at, one.said)
            else:
                self.draft.keep(at, "Text utan rubrik", cell.text)

    def start(self, area: AreaDraft, row: Row) -> None:
        """What the activity is called: its undertaking and its name, or the name alone."""
        self._start(area, self._at(row[0]))
        action = self.action_of(area, self._at(row[0]))
        meanings = [NAME] if len(row) == 1 else [UNDERTAKING, NAME]
        for meaning, cell in zip(meanings, row, strict=False):
            put(action.said, meaning.field, cell.text)
            self.draft.note(self._at(cell), meaning.words, row=action.uuid)
        for cell in row[2:]:
            self.draft.keep(self._at(cell), "Text utan rubrik", cell.text)

    def goes_on(self, row: Row) -> bool:
        """Whether the row says again what the activity is called, on the next page."""
        if self.action is None or len(row) > 2:
            return False
        names = [said_in(self.action.said, one.field) for one in (UNDERTAKING, NAME)]
        return [same_words(cell.text) for cell in row] == [
            same_words(name) for name in names if name
        ]

    def read(self, area: AreaDraft, row: Row) -> None:
        """Labels and what they say, side by side: one pair to a row, or several."""
        label: Cell | None = None
        found: Found | None = None
        for cell in row:
            is_label = (
                self.label_of(cell) if cell.column == row[0].column or label is None else None
            )
            if label is None or (cell is row[0]):
                label, found = cell, is_label
                if found is None:
                    found = self._unknown(cell)
                else:
                    self.draft.form(self._at(cell), f"Rubrik: {found.meaning.words}")
                continue
            if (other := self._another(cell, row)) is not None:
                label, found = cell, other
                self.draft.form(self._at(cell), f"Rubrik: {other.meaning.words}")
                continue
            at = self._at(cell)
            question = self._question(label)
            if found is None:
                self.draft.keep(at, " ".join(label.text.split()), cell.text, question)
                continue
            is_of_area = found.meaning.row == RowKind.AREA
            if is_of_area and self.action is not None:
                self.draft.keep(at, label.text, cell.text, question)
                continue
            action = None if is_of_area else self.action_of(area, at)
            self._put(area, action, found, cell, at, label.text, question)

    def unknown(self, row: Row) -> None:
        """A row that nobody can place."""
        label = " ".join(row[0].text.split()) if len(row) > 1 else "Text utan rubrik"
        cells = row[1:] if len(row) > 1 else row
        if len(row) > 1:
            self._unknown(row[0])
        for cell in cells:
            self.draft.keep(self._at(cell), label, cell.text, self._question(row[0]))

    def _put(
        self,
        area: AreaDraft,
        action: ActionDraft | None,
        found: Found,
        cell: Cell,
        at: At,
        said: str,
        question: str = "",
    ) -> None:
        if action and found.meaning in (PROBLEM, CAUSE):
            self._put_in_chain(area, action, found, cell, at)
            return
        place(self.draft, area, action, found, cell, at, said=said, question=question)

    def _put_in_chain(
        self, area: AreaDraft, action: ActionDraft, found: Found, cell: Cell, at: At
    ) -> None:
        if found.meaning == PROBLEM:
            action.problem = self.draft.problem(area, cell.text, at)
            self.draft.note(at, "Problem", found.sureness, row=action.problem.uuid)
        elif action.problem:
            action.cause = self.draft.cause(action.problem, cell.text, at)
            self.draft.note(at, "Orsak", found.sureness, row=action.cause.uuid)
        else:
            self.draft.keep(at, "Orsak", cell.text)

    def action_of(self, area: AreaDraft, at: At) -> ActionDraft:
        if self.action is None:
            self._start(area, at)
        assert self.action
        return self.action

    def _start(self, area: AreaDraft, at: At) -> None:
        self.action = self.draft.add_action(area, at)

    def _another(self, cell: Cell, row: Row) -> Found | None:
        """A label further along the row, where something stands after it: "Löptid | 2022 | Möten | …"."""
        has_more = any(other.column > cell.column for other in row)
        place_in_row = row.index(cell)
        return self.label_of(cell) if has_more and place_in_row % 2 == 0 else None

    def _unknown(self, cell: Cell) -> Found | None:
        """A label that nobody knows, unless it is spelled nearly as one that is known."""
        found = labels.guess(cell.text, Setting.ACTIVITY, self.draft.answers)
        question = question_about(cell.text, found, Setting.ACTIVITY)
        self.draft.ask(question)
        became = (
            f"Rubrik: {found.meaning.words}" if found else "Rubrik till det som sparas som övrigt"
        )
        sureness = found.sureness if found else Sureness.EXTRA
        self.draft.note(self._at(cell), became, sureness, question=question.key)
        return found

    def _question(self, label: Cell) -> str:
        key = labels.question_about(label.text)
        return key if key in self.draft.questions else ""

    def _at(self, cell: Cell) -> At:
        return At(self.block, cell.row, cell.column)
