"""What a file means: from its paragraphs and tables, one after the other, to a plan.

A careful colleague reads like this: whose plan it is, then which area, then what is said about the
area and its åtgärder. What she cannot place she does not throw away, and what she guesses she asks.
"""

from collections.abc import Sequence
from itertools import pairwise

from plans.reading import areas, labels
from plans.reading.activity import ActivityTable
from plans.reading.chain import ChainTable, Columns, head_of
from plans.reading.draft import AreaDraft, Draft, SectionDraft
from plans.reading.finishing import finish, handled_as
from plans.reading.labels import CAUSE, DESCRIPTION, GOALS, PROBLEM, TITLE, Setting
from plans.reading.outcome import Known, Reading
from plans.reading.placing import place
from plans.reading.prose import Prose
from plans.reading.source import NAME, PAGE_ENDS, At, Block, Cell, Paragraph, Source, Table
from plans.reading.summary import Summary, is_summary
from plans.reading.title import DocumentTitle
from plans.reading.words import folded
from samverkan.reading.outcome import Answers, Sureness

Row = Sequence[Cell]

_FIRST = 60  # rows of a table tell what kind it is
_LONGEST_HEADING = 150
_UNNAMED_SHEETS = ("blad", "sheet", "ark", "tabelle")


def interpret(source: Source, *, known: Known, answers: Answers) -> Reading:
    reader = Reader(Draft(source, known, answers))
    reader.read()
    return finish(reader.draft, reader.summaries)


class Reader:
    def __init__(self, draft: Draft):
        self.draft = draft
        self.summaries: list[Summary] = []
        self.title = DocumentTitle(draft)
        self.area: AreaDraft | None = None
        self.section: SectionDraft | None = None
        self._prose: Prose | None = None  # of the area
        self._chain: ChainTable | None = None
        self._activity: ActivityTable | None = None
        self._loose: list[tuple[At, str]] = []  # headings that may turn out to be an area's
        self._placeholder: At | None = None

    def read(self) -> None:
        blocks = self.draft.source.blocks
        following = [*blocks[1:], None]
        for number, (block, then) in enumerate(zip(blocks, following, strict=True)):
            if isinstance(block, Paragraph):
                self._read_paragraph(At(number), block, then)
            elif block.is_sheet:
                self._read_sheet(number, block)
            else:
                self._read_table(number, block)
        self._keep_loose()
        for note in self.draft.source.notes:
            if not (note.label in PAGE_ENDS and self.title.says_no_more(note.text)):
                self.draft.keep_note(note)

    # --- Paragraphs ---

    def _read_paragraph(self, at: At, paragraph: Paragraph, then: Block | None) -> None:
        text, draft = paragraph.text, self.draft
        if self.title.takes(at, paragraph):
            return
        if self._prose and self._prose.takes_label(at, paragraph):
            return
        is_before_table = isinstance(then, Table) and self._is_about(then)
        if self._is_heading(paragraph) or (is_before_table and self._is_surely_area(text)):
            if self._begins_area(text, at):
                return
            if is_before_table:
                self._keep_loose()
                self._loose.append((at, text))
                return
            self._chain = self._activity = None
            is_of_the_plan = self.area is None or (paragraph.heading or 9) <= 1
            if is_of_the_plan:
                self._start_section(text, at)
                return
            if self._prose and self._prose.takes_group(at, text):
                return
        self._keep_loose()
        if self._prose:
            self._prose.read(at, paragraph)
            return
        if self.section is None:
            self.section = draft.add_section("Inledning", at)
        said = f"{'  ' * (paragraph.item - 1)}- {text}" if paragraph.item else text
        self.section.lines.append(said)
        draft.note(at, f"Avsnittet {self.section.heading}", row=self.section.uuid)

    @staticmethod
    def _is_heading(paragraph: Paragraph) -> bool:
        if paragraph.item or len(paragraph.text) > _LONGEST_HEADING:
            return False
        is_set_off = paragraph.is_bold and not paragraph.text.rstrip().endswith((".", ",", ";"))
        return bool(paragraph.heading) or is_set_off

    def _start_section(self, heading: str, at: At) -> None:
        self._keep_loose()
        self.area, self._prose = None, None
        self.section = self.draft.add_section(heading[:200], at)
        self.draft.note(at, "Avsnittets rubrik", row=self.section.uuid)

    def _is_about(self, table: Table) -> bool:
        """Whether the table is one of the plan's, so that what stands above it is what it is about."""
        rows = [_with_text(row) for row in table.rows]
        form = ActivityTable(self.draft, 0)
        return any(head_of(row, self.draft) or form.is_labelled(row) for row in rows[:4])

    # --- Areas ---

    def _begins_area(self, text: str, at: At) -> bool:
        """Whether the words are an area's title; if so, it is that area from here on."""
        draft = self.draft
        if areas.is_placeholder(text):
            self._placeholder = at
            draft.form(at, "Plats för ett eget område")
            return True
        is_answered, match = areas.answered(text, draft.known.areas, draft.answers)
        if is_answered and match is None:
            return False
        match = match or areas.find(text, draft.known.areas)
        if match.sureness == Sureness.UNSURE and not is_answered:
            return False
        self._start_area(text, at)
        return True

    def _start_area(self, title: str, at: At) -> AreaDraft:
        """From here on what is read is about this area. It may have been named before its time."""
        self._keep_loose()
        self.section = None
        same = [
            area
            for area in self.draft.areas
            if area.is_empty and folded(areas.bare(area.title)) == folded(areas.bare(title))
        ]
        self.area = same[0] if same and not self._on_a_sheet(at) else self.draft.add_area(title, at)
        self.area.title, self.area.at = title, at
        self._prose = Prose(self.draft, self.area)
        self.draft.note(at, "Prioriterat område", row=self.area.uuid)
        if self._chain:
            self._chain.start_area()
        if self._activity:
            self._activity.action = None
        return self.area

    def _on_a_sheet(self, at: At) -> bool:
        block = self.draft.source.blocks[at.block]
        return isinstance(block, Table) and block.is_sheet

    def _area_at(self, at: At, sheet: str = "") -> AreaDraft:
        """The area that what stands here belongs to; if none is named, one by what stands above."""
        if self.area is not None:
            return self.area
        if sheet and not self._placeholder and self._is_named_by(sheet):
            self._keep_loose()
            return self._start_area(sheet, At(at.block, NAME))
        if self._loose:
            where, title = self._loose.pop()
            return self._start_area(title, where)
        if self._placeholder:
            return self._start_area("Eget prioriterat område", self._placeholder)
        is_name = sheet and not folded(sheet).startswith(_UNNAMED_SHEETS)
        return self._start_area(sheet if is_name else "Område utan namn", At(at.block, NAME))

    def _is_named_by(self, sheet: str) -> bool:
        found = areas.find(sheet, self.draft.known.areas)
        return found.area is not None and found.sureness != Sureness.UNSURE

    def _keep_loose(self) -> None:
        for at, text in self._loose:
            self.draft.keep(at, "Rubrik", text)
        self._loose = []

    # --- Sheets and tables ---

    def _read_sheet(self, number: int, table: Table) -> None:
        """A sheet is an area, unless its rows say otherwise."""
        self._forget()
        if is_summary(table):
            self.summaries.append(Summary(self.draft, number, table))
            return
        self._read_rows(number, table, sheet=table.name)
        is_empty_form = self.area is None and self._chain and not self._placeholder
        if is_empty_form and (self._loose or self._is_named_by(table.name)):
            self._area_at(At(number), table.name)
        self._keep_loose()

    def _forget(self) -> None:
        """Nothing on one sheet is about the next."""
        self._keep_loose()
        self.area = self.section = self._prose = self._placeholder = None
        self._chain = self._activity = None

    def _read_table(self, number: int, table: Table) -> None:
        """A table of Word goes on with the one before it where nothing stands between them."""
        if is_summary(table):
            self.summaries.append(Summary(self.draft, number, table))
            return
        blocks = self.draft.source.blocks
        is_next = number > 0 and isinstance(blocks[number - 1], Table)
        if not is_next or not self._goes_on(table):
            self._chain = None
        if self._activity:
            self._activity.block = number
            if not is_next:
                self._activity = None
        if self._prose:
            self._prose.after_table()
        self._read_rows(number, table)

    def _goes_on(self, table: Table) -> bool:
        return self._chain is not None and _width(table) == self._chain.width

    def _read_rows(self, number: int, table: Table, sheet: str = "") -> None:
        rows = filled_rows(table)
        form = ActivityTable(self.draft, number)
        goes_on = bool(rows and self._activity and form.is_labelled(rows[0]))
        is_form = goes_on or is_form_of_activity(rows, form)
        if is_form and self._activity is None:
            self._activity = form
        last = -1
        for index, row in enumerate(rows):
            then = rows[index + 1] if index + 1 < len(rows) else ()
            if is_form:
                if sheet and row[0].row > last + 1 and self._activity:
                    self._activity.action = None
                self._read_form_row(number, row, then, sheet)
            else:
                self._read_chain_row(number, row, sheet, is_apart=row[0].row > last + 1)
            last = row[-1].row + max(cell.rows for cell in row) - 1

    def _read_chain_row(self, number: int, row: Row, sheet: str, *, is_apart: bool) -> None:
        at = At(number, row[0].row, row[0].column)
        chain = self._chain
        if (chain is None or chain.may_be_head(row)) and (
            columns := head_of(row, self.draft, may_be_misspelled=chain is None)
        ):
            if chain and columns == chain.columns:
                chain.read_head(number, row)
            else:
                self._chain = self._start_chain(number, row, columns)
            return
        if chain and chain.names_parties(row):
            chain.read_parties(number, row)
            return
        if chain and chain.is_help(row):
            chain.read_help(number, row)
            return
        if len(row) == 1 and self._is_surely_area(row[0].text):
            self._begins_area(row[0].text, at)
            return
        if len(row) == 1 and self._is_title(row[0], chain):
            if self._begins_area(row[0].text, at):
                return
            if chain is None:
                self._read_alone(at, row[0])
                return
            if row[0].columns >= chain.width:
                self._start_area(row[0].text, at)
                return
        if self._read_facts(number, row):
            return
        is_below = is_apart and len(row) == 1 and row[0].column == 0  # and not of the table
        is_handled = len(row) == 1 and handled_as(row[0].text) and self.area and self.area.is_empty
        if chain and not (is_below and self._prose) and not is_handled:
            if title := chain.title_in(row):
                self._go_on_with(title.text, At(number, title.row, title.column))
            chain.read(number, row, self._area_at(at, sheet))
            return
        self._read_loose_row(number, row)

    def _start_chain(self, number: int, head: Row, columns: Columns) -> ChainTable:
        return ChainTable(self.draft, number, head, columns)

    def _is_surely_area(self, text: str) -> bool:
        is_answered, match = areas.answered(text, self.draft.known.areas, self.draft.answers)
        match = match if is_answered else areas.find(text, self.draft.known.areas)
        return match is not None and match.sureness == Sureness.CERTAIN

    def _read_alone(self, at: At, cell: Cell) -> None:
        """A cell alone on its row, in no table: a title, or text under one."""
        is_text = cell.text.startswith("- ") or not cell.is_bold
        if self._prose and is_text:
            self._read_as_prose(at, cell)
        elif not self.title.takes_text(at, cell.text):
            self._loose.append((at, cell.text))

    def _go_on_with(self, title: str, at: At) -> None:
        """The area that the row names: the one that is being read, an earlier one, or a new one."""
        same = [
            area
            for area in self.draft.areas
            if folded(areas.bare(area.title)) == folded(areas.bare(title))
        ]
        if not same:
            self._start_area(title, at)
            return
        self.draft.note(at, "Prioriterat område", row=same[0].uuid)
        if self.area is not same[0]:
            self.area = same[0]
            self._prose = Prose(self.draft, self.area)
            if self._chain:
                self._chain.start_area()

    @staticmethod
    def _is_title(cell: Cell, chain: ChainTable | None) -> bool:
        """A cell alone on its row. In a table of actions it is merged over it, or first and bold."""
        if len(cell.text) > _LONGEST_HEADING:
            return False
        if chain is None:
            return True
        return cell.columns * 2 > chain.width or (cell.column == 0 and cell.is_bold)

    def _read_facts(self, number: int, row: Row) -> bool:
        """What is said of the area in a row of its own, above its actions or below them."""
        if len(row) != 2 or row[0].column != 0:
            return False
        found = labels.find(row[0].text, Setting.AREA, self.draft.answers)
        if found is None:
            return False
        at, value = At(number, row[0].row, row[0].column), row[1]
        if found.meaning == TITLE:
            if not self._begins_area(value.text, At(number, value.row, value.column)):
                self._start_area(value.text, At(number, value.row, value.column))
        elif self.area is None:
            return False
        else:
            place_at = At(number, value.row, value.column)
            place(self.draft, self.area, None, found, value, place_at)
        self.draft.form(at, f"Rubrik: {found.meaning.words}")
        return True

    def _read_form_row(self, number: int, row: Row, then: Row, sheet: str) -> None:
        form = self._activity
        assert form
        form.block = number
        row = form.under_merged(row)
        at = At(number, row[0].row, row[0].column)
        if form.awaits:
            form.read_awaited(self._area_at(at, sheet), row)
        elif self._read_title_row(number, row):
            return
        elif form.is_head(row, then):
            form.read_head(self._area_at(at, sheet), row)
        elif form.is_labelled(row) or labels.of_each_party(row[0].text):
            form.read(self._area_at(at, sheet), row)
        elif len(row) == 1 and self._begins_area(row[0].text, at):
            return
        elif form.goes_on(row):
            for cell in row:
                self.draft.form(At(number, cell.row, cell.column), "Aktivitetens namn en gång till")
        elif len(row) <= 3 and form.begins_before(then):
            form.start(self._area_at(at, sheet), row)
        elif len(row) == 1 and self.area is None:
            if not self.title.takes_text(at, row[0].text):
                self._loose.append((at, row[0].text))
        elif len(row) > 1 and row[0].column == 0:
            form.read(self._area_at(at, sheet), row)
        else:
            form.read_rest(row)

    def _read_title_row(self, number: int, row: Row) -> bool:
        """ "Prioriterat område | Unga i riskzon"."""
        found = labels.find(row[0].text, Setting.AREA, self.draft.answers)
        return bool(found and found.meaning == TITLE and self._read_facts(number, row))

    def _read_loose_row(self, number: int, row: Row) -> None:
        """A row of no table that the plan has: text of the area, or of none."""
        for cell in row:
            at = At(number, cell.row, cell.column)
            if self._prose:
                self._read_as_prose(at, cell)
            elif not self.title.takes_text(at, cell.text):
                self.draft.keep(at, "Text utanför tabellen", cell.text)

    def _read_as_prose(self, at: At, cell: Cell) -> None:
        assert self._prose
        is_item = cell.text.startswith("- ") and "\n" not in cell.text
        paragraph = Paragraph(
            cell.text.removeprefix("- ") if is_item else cell.text,
            number=0,
            item=1 if is_item else None,
            is_bold=cell.is_bold,
        )
        if not self._prose.takes_label(at, paragraph):
            self._prose.read(at, paragraph)


def filled_rows(table: Table) -> list[Row]:
    return [row for row in map(_with_text, table.rows) if row]


def _with_text(row: Row) -> Row:
    return tuple(cell for cell in row if cell.text)


def _width(table: Table) -> int:
    return max((cell.column + cell.columns for cell in table.cells()), default=0)


def is_form_of_activity(rows: Sequence[Row], form: ActivityTable) -> bool:
    """Whether most rows are a label and what it says: not a table with an action to a row."""
    rows = rows[:_FIRST]
    heads = {
        tuple(cell.text for cell in row)
        for row, then in pairwise(rows)
        if len(row) > 1 and form.is_head(row, then) and not _is_of_chain(row, form)
    }
    labelled = [
        row
        for row in rows
        if 1 < len(row) <= 4 and form.is_labelled(row) and not form.label_of(row[1])
    ]
    is_named = bool(rows) and len(rows[0]) <= 2 and not form.is_labelled(rows[0])
    if len(heads) > 1:
        return True
    if any(_is_of_chain(row, form) for row in rows):
        return False
    return len(labelled) >= (1 if is_named else 2) and len(labelled) * 3 >= len(rows)


def _is_of_chain(row: Row, form: ActivityTable) -> bool:
    """Whether the row is the head of a table with an action to a row."""
    columns = head_of(row, form.draft, may_be_misspelled=False) or {}
    meanings = {found.meaning for found in columns.values() if found}
    return len(meanings) > 2 and not meanings.isdisjoint({PROBLEM, CAUSE, GOALS, DESCRIPTION})
