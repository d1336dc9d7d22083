"""A table about one activity at a time, or about an area: a label, and what it says beside or below it.

What the activity is called stands first: one or two cells that are no labels, or labels ("Aktivitet",
"Arbetsgrupp") with what they say in the row below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.reading import labels
from plans.reading.chain import question_about
from plans.reading.draft import ActionDraft, AreaDraft, Draft, put, said_in
from plans.reading.labels import CAUSE, NAME, PROBLEM, UNDERTAKING, Found, Setting
from plans.reading.placing import place
from plans.reading.source import At, Cell
from plans.rows import RowKind
from samverkan.reading.outcome import Sureness
from samverkan.text import same_words

Row = Sequence[Cell]

_UNLABELLED = "Text utan rubrik"


@dataclass
class Awaited:
    """A label whose text stands in the row below."""

    found: Found
    said: str


class ActivityTable:
    def __init__(self, draft: Draft, block: int):
        self.draft, self.block = draft, block
        self.action: ActionDraft | None = None
        self._awaited: dict[int, Awaited] = {}  # by column
        self._merged: Cell | None = None  # the first cell of the row, where it is merged downwards
        self._last: list[str] = []  # where the last text was put

    # --- What kind of row it is ---

    def label_of(self, cell: Cell) -> Found | None:
        answers = self.draft.answers
        return labels.find(cell.text, Setting.ACTIVITY, answers) or labels.find(
            cell.text, Setting.AREA, answers
        )

    def is_labelled(self, row: Row) -> bool:
        return bool(row) and self.label_of(row[0]) is not None

    def is_head(self, row: Row, then: Row) -> bool:
        """A row of labels only: what they say stands in the row below."""
        if not row or not then or len(then) > len(row) or not all(map(self._head_label, row)):
            return False
        if len(row) == 1:
            return then[0].column == row[0].column and not self.is_labelled(then)
        return self._names(row) or not any(map(self.label_of, then))

    def _names(self, row: Row) -> bool:
        """Whether the labels are for what the activity is called."""
        first = self._head_label(row[0])
        return first is not None and first[0].meaning in (NAME, UNDERTAKING)

    def _head_label(self, cell: Cell) -> tuple[Found, str] | None:
        """The label, and a sub-heading that stands in the same cell: "Aktivitet Våld i nära relation"."""
        if found := self.label_of(cell):
            return found, ""
        first, _, rest = cell.text.partition(" ")
        found = labels.find(first, Setting.ACTIVITY, self.draft.answers)
        if found and found.meaning in (NAME, UNDERTAKING):
            return found, rest.strip()
        return None

    def begins_before(self, then: Row) -> bool:
        """Whether another activity begins: what stands next has been said of this one already."""
        found = self.label_of(then[0]) if then else None
        if found is None or found.meaning.row == RowKind.AREA:
            return False
        return self.action is None or found.meaning.field in self.action.said

    @property
    def awaits(self) -> bool:
        return bool(self._awaited)

    def goes_on(self, row: Row) -> bool:
        """Whether the row says again what the activity is called, on the next page."""
        if self.action is None:
            return False
        names = [said_in(self.action.said, one.field) for one in (UNDERTAKING, NAME)]
        said = [same_words(cell.text) for cell in row]
        return said == [same_words(name) for name in names if name]

    # --- What it says ---

    def read_head(self, area: AreaDraft, row: Row) -> None:
        if self._names(row):
            self.action = None
        for cell in row:
            named = self._head_label(cell)
            assert named
            found, rest = named
            self._awaited[cell.column] = Awaited(found, cell.text)
            at = self._at(cell)
            if rest:
                action = self.action_of(area, at)
                put(action.said, UNDERTAKING.field, rest)
                self.draft.note(at, UNDERTAKING.words, row=action.uuid)
            else:
                self.draft.form(at, f"Rubrik: {found.meaning.words}")

    def read_awaited(self, area: AreaDraft, row: Row) -> None:
        """What the labels of the row above are about."""
        awaited, self._awaited = self._awaited, {}
        for cell in row:
            if one := awaited.get(cell.column):
                self._put(area, one.found, cell, one.said)
            else:
                self.draft.keep(self._at(cell), _UNLABELLED, cell.text)

    def start(self, area: AreaDraft, row: Row) -> None:
        """What the activity is called: its undertaking and its name, or the name alone."""
        self.action = None
        action = self.action_of(area, self._at(row[0]))
        meanings = [NAME] if len(row) == 1 else [UNDERTAKING, NAME]
        for meaning, cell in zip(meanings, row, strict=False):
            put(action.said, meaning.field, cell.text)
            self.draft.note(self._at(cell), meaning.words, row=action.uuid)
        for cell in row[2:]:
            self.draft.keep(self._at(cell), _UNLABELLED, cell.text)

    def read(self, area: AreaDraft, row: Row) -> None:
        """Labels and what they say, side by side: one pair to a row, or several."""
        if len(row) == 3 and (of_party := self._of_party(row)):
            self.draft.form(self._at(row[0]), f"Rubrik: {of_party.meaning.words}")
            self.draft.form(self._at(row[1]), "Part")
            self._put(area, of_party, row[2], row[0].text)
            return
        for label, cells in self._pairs(row):
            found = self.label_of(label) or self._unknown(label)
            if label.text and self.draft.asks_of_all:
                self.draft.ask(question_about(label.text, found, Setting.ACTIVITY))
            if label.text and found and found.sureness == Sureness.CERTAIN:
                self.draft.form(self._at(label), f"Rubrik: {found.meaning.words}")
            for cell in cells:
                self._put(area, found, cell, label.text)

    def read_rest(self, row: Row) -> None:
        """What stands beside no label: more of what was said last, or what nobody can place."""
        for cell in row:
            at = self._at(cell)
            if self._last and row[0].column > 0:
                sep = " " if cell.text[:1].islower() else "\n"
                self._last[-1] += f"{sep}{cell.text}"
                uuid = self.action.uuid if self.action else None
                self.draft.note(at, "Fortsättning på raden ovanför", Sureness.LIKELY, row=uuid)
            else:
                self.draft.keep(at, _UNLABELLED, cell.text)

    def under_merged(self, row: Row) -> Row:
        """The row with a label that is merged over it, where that is of the parties' own."""
        merged = self._merged
        if row[0].rows > 1:
            self._merged = row[0]
        elif merged and row[0].row >= merged.row + merged.rows:
            self._merged = None
        elif merged and row[0].column > merged.column and labels.of_each_party(merged.text):
            return (merged, *row)
        return row

    def _pairs(self, row: Row) -> list[tuple[Cell, list[Cell]]]:
        """Labels with what they say. Further along the row a label has something after it."""
        pairs: list[tuple[Cell, list[Cell]]] = []
        for number, cell in enumerate(row):
            has_more = number % 2 == 0 and number + 1 < len(row)
            if number == 0 or (has_more and self.label_of(cell)):
                pairs.append((cell, []))
            else:
                pairs[-1][1].append(cell)
        return pairs

    def _of_party(self, row: Row) -> Found | None:
        """ "Åtagande | Polisen | Går med"."""
        field = labels.of_each_party(row[0].text)
        if not field or len(row[1].text) > 80:
            return None
        party = " ".join(row[1].text.split())
        return Found(labels.Meaning(RowKind.COMMITMENT, field, party), Sureness.CERTAIN)

    def _put(self, area: AreaDraft, found: Found | None, cell: Cell, label: str) -> None:
        at, key = self._at(cell), labels.question_about(label)
        question = key if key in self.draft.questions else ""
        said = " ".join(label.split())
        if found is None:
            self.draft.keep(at, said, cell.text, question)
            return
        is_of_area = found.meaning.row == RowKind.AREA
        if is_of_area and self.action is not None:
            self.draft.keep(at, said, cell.text, question)
            return
        action = None if is_of_area else self.action_of(area, at)
        if action and found.meaning in (PROBLEM, CAUSE):
            self._put_in_chain(area, action, found, cell, at)
            return
        self._last = place(self.draft, area, action, found, cell, at, said=said, question=question)

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
            self.action = self.draft.add_action(area, at)
        return self.action

    def _unknown(self, cell: Cell) -> Found | None:
        """A label that nobody knows, unless it is spelled nearly as one that is known."""
        found = labels.guess(cell.text, Setting.ACTIVITY, self.draft.answers)
        question = self.draft.ask(question_about(cell.text, found, Setting.ACTIVITY))
        became = (
            f"Rubrik: {found.meaning.words}" if found else "Rubrik till det som sparas som övrigt"
        )
        sureness = found.sureness if found else Sureness.EXTRA
        self.draft.note(self._at(cell), became, sureness, question=question)
        return found

    def _at(self, cell: Cell) -> At:
        return At(self.block, cell.row, cell.column)
