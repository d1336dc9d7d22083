"""A table with an action to a row: problem, orsak, åtgärd, mål, tid, ansvar, uppföljning.

An empty problem or orsak is that of the row above, and so is a merged one. The same problem on rows
that are far apart is one problem.
"""

import re
from collections.abc import Mapping, Sequence

from plans.reading import labels
from plans.reading.draft import ActionDraft, AreaDraft, CauseDraft, Draft, ProblemDraft
from plans.reading.labels import CAUSE, PROBLEM, TITLE, Found, Meaning, Setting
from plans.reading.placing import place
from plans.reading.source import At, Cell, column_name
from plans.rows import RowKind
from samverkan.reading.outcome import Option, Question, Sureness

Row = Sequence[Cell]
Columns = Mapping[int, Found | None]

EXTRA = "ovrigt"
# What an action is told by: one of these must be among the columns.
_TELLING = {RowKind.PROBLEM, RowKind.CAUSE, RowKind.ACTION, RowKind.GOAL}
_SHORT = 40  # characters in a label that stands alone
# How the form's help begins: it tells whoever fills it in what to do.
_HELP = re.compile(
    r"^\W*(?:ange|beskriv|koppla|skriv|fyll|välj|lista|formulera|redovisa|kort|här|uppge|notera)\b",
    re.IGNORECASE,
)


def head_of(row: Row, draft: Draft, *, may_be_misspelled: bool = True) -> Columns | None:
    """What each column holds, if this is the row that says so."""
    cells = [cell for cell in row if cell.text]
    if len(cells) < 2:
        return None
    sure = [labels.find(cell.text, Setting.CHAIN, draft.answers) for cell in cells]
    certain = {found.meaning for found in sure if found}
    is_short = all(len(cell.text) <= _SHORT for cell in cells)
    # Misspelled throughout, or with columns of its own: then more is needed to believe it.
    if len(certain) < 2 and not (may_be_misspelled and is_short and len(cells) > 2):
        return None
    alike = [labels.guess(cell.text, Setting.CHAIN, draft.answers) for cell in cells]
    likely = {one.meaning for one in alike if one and one.sureness != Sureness.UNSURE}
    is_told = any(meaning.row in _TELLING for meaning in certain | likely)
    is_head = len(certain) >= 2 or len(likely) >= 3
    if not (is_head and is_told and (is_short or len(likely) * 2 >= len(cells))):
        return None
    columns: dict[int, Found | None] = {}
    for cell, found in zip(cells, alike, strict=True):
        for column in range(cell.column, cell.column + cell.columns):
            columns[column] = found
    return columns


class ChainTable:
    def __init__(self, draft: Draft, block: int, head: Row, columns: Columns):
        self.draft, self.columns = draft, dict(columns)
        self.said = {
            column: cell.text
            for cell in head
            for column in range(cell.column, cell.column + cell.columns)
        }
        titles = (c for c, found in self.columns.items() if found and found.meaning == TITLE)
        self._title = next(titles, None)
        self.questions: dict[int, str] = {}
        self._may_be_help = True
        self._problem: ProblemDraft | None = None
        self._cause: CauseDraft | None = None
        self._action: ActionDraft | None = None
        self._each_party: dict[int, str] = {}  # the field that each party's column below is for
        self._covered: dict[int, int] = {}  # until which row a merged cell covers its column
        self.read_head(block, head)

    @property
    def width(self) -> int:
        return max(self.columns, default=0) + 1

    def read_head(self, block: int, head: Row) -> None:
        """The columns' labels; again where the table goes on with a head of its own."""
        for cell in head:
            if not cell.text:
                continue
            found = self.columns.get(cell.column)
            if cell.columns > 1 and (field := labels.of_each_party(cell.text)):
                for column in range(cell.column, cell.column + cell.columns):
                    self._each_party[column] = field
                self.draft.form(At(block, cell.row, cell.column))
                continue
            question = ""
            sureness = found.sureness if found else Sureness.EXTRA
            is_answered = labels.question_about(cell.text) in self.draft.answers
            if sureness != Sureness.CERTAIN or is_answered or self.draft.asks_of_all:
                question = self.draft.ask(question_about(cell.text, found, Setting.CHAIN))
                for column in range(cell.column, cell.column + cell.columns):
                    self.questions[column] = question
            became = (
                f"Rubrik: {found.meaning.words}"
                if found
                else "Rubrik till det som sparas som övrigt"
            )
            shown = Sureness.FORM if sureness == Sureness.CERTAIN else sureness
            self.draft.note(At(block, cell.row, cell.column), became, shown, question=question)
        self._may_be_help = True

    def names_parties(self, row: Row) -> bool:
        """The row below a head where "Åtaganden" is merged over a column for each party."""
        return bool(row) and all(cell.column in self._each_party for cell in row)

    def read_parties(self, block: int, row: Row) -> None:
        for cell in row:
            field, party = self._each_party.pop(cell.column), " ".join(cell.text.split())
            meaning = Meaning(RowKind.COMMITMENT, field, party)
            self.columns[cell.column] = Found(meaning, Sureness.CERTAIN)
            self.said[cell.column] = f"{self.said[cell.column]} {party}"
            self.draft.form(At(block, cell.row, cell.column), "Part")

    def title_in(self, row: Row) -> Cell | None:
        """The cell that says which area the row is about, where the table has a column for it."""
        if self._title is None:
            return None
        return next((cell for cell in row if cell.column == self._title), None)

    def may_be_head(self, row: Row) -> bool:
        """Whether the row may be a head once more: most are not, and that is seen at a glance."""
        is_again = row[0].text == self.said.get(row[0].column)
        return is_again or all(len(cell.text) <= _SHORT for cell in row)

    def hang_on(self, problem: ProblemDraft | None, cause: CauseDraft | None) -> None:
        """What the rows hang on until one of them names its own."""
        self._problem, self._cause = problem, cause

    def name_column(self, column: int, found: Found | None, question: str) -> None:
        """What a column holds, in a table that has no head to say so, and thus no help either."""
        self.columns[column], self.questions[column] = found, question
        self._may_be_help = False

    def start_area(self) -> None:
        self._problem = self._cause = self._action = None

    def is_help(self, row: Row) -> bool:
        """The row below the head, where it says how the form is filled in."""
        if not self._may_be_help:
            return False
        cells = [cell for cell in row if cell.text]
        telling = [cell for cell in cells if _HELP.match(cell.text)]
        return len(telling) >= 2 and len(telling) * 3 >= len(cells) * 2

    def read_help(self, block: int, row: Row) -> None:
        for cell in row:
            at = At(block, cell.row, cell.column)
            if _HELP.match(cell.text):
                self.draft.form(at, "Formulärets hjälptext")
            elif cell.text:
                self.draft.keep(at, self.said.get(cell.column, "Hjälptext"), cell.text)
        self._may_be_help = False

    def read(self, block: int, row: Row, area: AreaDraft) -> None:
        self._may_be_help = False
        cells: dict[Meaning, list[tuple[Cell, At, Found, str]]] = {}
        loose: list[tuple[Cell, At]] = []
        for cell in row:
            if not cell.text:
                continue
            at = At(block, cell.row, cell.column)
            if found := self.columns.get(cell.column):
                question = self.questions.get(cell.column, "")
                cells.setdefault(found.meaning, []).append((cell, at, found, question))
            else:
                loose.append((cell, at))
        is_new_chain = self._read_chain(cells, area)
        number = row[0].row if row else 0
        told = [m for m in cells if m.row == RowKind.ACTION and m.field in ("name", "description")]
        if told:
            first = cells[told[0]][0][1]
            self._action = self.draft.add_action(area, first)
            self._action.problem, self._action.cause = self._problem, self._cause
        elif is_new_chain and not self._continues(number):
            self._action = None
        for meaning, found_cells in cells.items():
            if meaning in (PROBLEM, CAUSE, TITLE):
                continue
            for cell, at, found, question in found_cells:
                said = self.said.get(cell.column, "")
                place(self.draft, area, self._action, found, cell, at, said=said, question=question)
        for cell, at in loose:
            said = self.said.get(cell.column) or f"Kolumn {column_name(cell.column)}"
            self.draft.keep(at, said, cell.text, self.questions.get(cell.column, ""))
        self._remember_merged(row)

    def _continues(self, number: int) -> bool:
        """Whether the åtgärd of the row above is merged over this one too."""
        return any(
            found
            and found.meaning.row == RowKind.ACTION
            and found.meaning.field in ("name", "description")
            and self._covered.get(column, -1) >= number
            for column, found in self.columns.items()
        )

    def _remember_merged(self, row: Row) -> None:
        for cell in row:
            if cell.rows > 1:
                self._covered[cell.column] = cell.row + cell.rows - 1

    def _read_chain(
        self, cells: Mapping[Meaning, list[tuple[Cell, At, Found, str]]], area: AreaDraft
    ) -> bool:
        """The row's problem and cause: its own, or those of the row above. True where it has any."""
        draft, is_new = self.draft, False
        for cell, at, found, question in cells.get(PROBLEM, ()):
            problem = draft.problem(area, cell.text, at)
            if problem is not self._problem:
                self._cause = None
            self._problem, is_new = problem, True
            draft.note(at, "Problem", found.sureness, row=problem.uuid, question=question)
        for cell, at, found, question in cells.get(CAUSE, ()):
            if self._problem is None:
                said = self.said.get(cell.column, "Orsak")
                draft.keep(at, said, cell.text, question, why="orsaken har inget problem")
                continue
            self._cause, is_new = draft.cause(self._problem, cell.text, at), True
            draft.note(at, "Orsak", found.sureness, row=self._cause.uuid, question=question)
        return is_new


def question_about(text: str, found: Found | None, setting: Setting) -> Question:
    where = "kolumnen" if setting == Setting.CHAIN else "raden"
    asks = f"Vad står i {where} ”{' '.join(text.split())[:80]}”?"
    return question_of(labels.question_about(text), asks, found)


def question_of(key: str, asks: str, found: Found | None) -> Question:
    """What a label means: the reading's answer, and all that it could be."""
    options = [
        Option(meaning.value, meaning.words)
        for meaning in labels.everything()
        if meaning.row != RowKind.COMMITMENT
    ]
    if found and found.meaning.row == RowKind.COMMITMENT:
        options.insert(0, Option(found.meaning.value, found.meaning.words))
    return Question(
        key=key,
        asks=asks,
        answer=found.meaning.value if found else EXTRA,
        sureness=(found.sureness if found else Sureness.EXTRA).value,
        options=(*options, Option(EXTRA, "Sparas som övrigt")),
    )
