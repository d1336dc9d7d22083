"""What is pasted into a plan, read as a file from outside is: but all of it goes into one area.

What stands in that area already is gone on with: the same problem once more is that problem, and
what names none hangs on what it was pasted in. What has no place there is left, and says why.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from plans.document import AreaDoc, CatalogueDoc, ExtraDoc, PartyDoc, PlanDocument, ProblemDoc
from plans.reading import areas, labels
from plans.reading.activity import ActivityTable
from plans.reading.chain import EXTRA, ChainTable, Columns, head_of, question_of
from plans.reading.draft import AreaDraft, CauseDraft, Draft, ProblemDraft, words_for
from plans.reading.finishing import area_of
from plans.reading.interpret import Reader, filled_rows, is_form_of_activity
from plans.reading.labels import (
    CAUSE,
    DESCRIPTION,
    FOLLOW_UP_PLAN,
    GOALS,
    PROBLEM,
    RESPONSIBLE,
    TIMING,
    Found,
    Meaning,
)
from plans.reading.outcome import Known, KnownArea
from plans.reading.parties import NEW
from plans.reading.placing import place
from plans.reading.prose import PERHAPS, Prose
from plans.reading.settling import Settled
from plans.reading.source import At, Block, Cell, Paragraph, Source, Table
from plans.reading.title import DocumentTitle
from plans.reading.words import folded
from plans.rows import RowKind
from plans.vocabulary import Layout
from samverkan.reading.outcome import Answers, Option, Question, Sureness

# The columns of the editor, from left to right: what a table without headings has.
FORM = (PROBLEM, CAUSE, DESCRIPTION, GOALS, TIMING, RESPONSIBLE, FOLLOW_UP_PLAN)
_TAKES_TEXT = (PROBLEM, CAUSE)  # where it is pasted among these, running text is that
_FIRST = 60  # rows in which a head is looked for
_SAMPLE = 40  # characters


class Into(msgspec.Struct, frozen=True):
    """What it is pasted into, and what she who pastes may write there."""

    area: UUID
    title: str
    problems: tuple[ProblemDoc, ...] = ()  # of the area
    problem: UUID | None = None
    cause: UUID | None = None
    begins: Meaning = DESCRIPTION  # the column that it was pasted in
    written: frozenset[str] = frozenset()  # the fields of the area in which something stands
    parties: tuple[PartyDoc, ...] = ()  # whose åtaganden she writes


class Left(msgspec.Struct, frozen=True):
    """What is not taken along."""

    where: str
    label: str
    text: str
    why: str = ""
    question: Question | None = None  # where it could go instead


class Pasted(msgspec.Struct, frozen=True):
    """The document has one area, with what was pasted, and of what stands there already only what
    that hangs on."""

    document: PlanDocument
    stands: frozenset[UUID]
    questions: tuple[Question, ...]
    left: tuple[Left, ...]
    warnings: tuple[str, ...]

    @property
    def area(self) -> AreaDoc:
        return self.document.areas[0]


def read_pasted(source: Source, *, into: Into, known: Known, answers: Answers) -> Pasted:
    draft = _PastedDraft(source, known, answers, into)
    _IntoArea(draft).read()
    for action in draft.area.actions:
        if action.problem is None:
            action.problem, action.cause = draft.problem_here, draft.cause_here
    settled = Settled(draft.area, KnownArea(slug="inklistrat", name=into.title), into.title)
    area = area_of(settled)
    stands = {problem.uuid for problem in into.problems}
    stands |= {cause.uuid for problem in into.problems for cause in problem.causes}
    hangs_on = {action.cause or action.problem for action in area.actions}
    problems = (_needed(problem, stands, hangs_on) for problem in area.problems)
    area = replace(area, problems=tuple(problem for problem in problems if problem))
    return Pasted(
        document=PlanDocument(
            district=known.district,
            period_start=known.period_start,
            period_end=known.period_end,
            layout=Layout.CAUSES,
            catalogue=CatalogueDoc(known.period_start.year, ""),
            parties=into.parties,
            areas=(area,),
        ),
        stands=frozenset(stands),
        questions=tuple(draft.questions.values()),
        left=tuple(replace(one, question=draft.questions.get(key)) for one, key in draft.left),
        warnings=tuple(draft.warnings),
    )


def _needed(problem: ProblemDoc, stands: set[UUID], hangs_on: set[Any]) -> ProblemDoc | None:
    """Without what stands there already and gets nothing more."""
    causes = tuple(
        cause for cause in problem.causes if cause.uuid not in stands or cause.uuid in hangs_on
    )
    is_needed = causes or problem.uuid not in stands or problem.uuid in hangs_on
    return replace(problem, causes=causes) if is_needed else None


class _PastedDraft(Draft):
    """One area, with what stands in it."""

    def __init__(self, source: Source, known: Known, answers: Answers, into: Into):
        super().__init__(source, known, answers)
        self.into = into
        self.left: list[tuple[Left, str]] = []
        self.problem_here: ProblemDraft | None = None
        self.cause_here: CauseDraft | None = None
        self.area = AreaDraft(into.area, into.title, At(0))
        self.areas.append(self.area)
        for problem in into.problems:
            there = self.area.add(ProblemDraft(problem.uuid, problem.text))
            if problem.uuid == into.problem:
                self.problem_here = there
            for cause in problem.causes:
                under = there.add(CauseDraft(cause.uuid, cause.text))
                if cause.uuid == into.cause:
                    self.problem_here, self.cause_here = there, under

    def ask(self, question: Question) -> str:
        """With what can be chosen here: her own parties, and not to take it along."""
        options = list(question.options)
        if question.key.startswith("party:"):
            mine = {party.key for party in self.into.parties}
            options = [one for one in options if one.value in mine or one.value == question.answer]
            options = [one for one in options if one.value != NEW]
        elif question.key.startswith(("label:", "column:")):
            options = [one for one in options if one.value != EXTRA]
            options += [one for one in self._of_parties() if one not in options]
            options.append(Option(EXTRA, "Tas inte med"))
        return super().ask(replace(question, options=tuple(options)))

    def _of_parties(self) -> list[Option]:
        meanings = [
            Meaning(RowKind.COMMITMENT, one.field, party.short_name)
            for party in self.into.parties
            for one in labels.everything()
            if one.row == RowKind.COMMITMENT and not one.party
        ]
        return [Option(one.value, one.words) for one in meanings]

    def refusal_of(self, meaning: Meaning) -> str:
        match meaning.row:
            case RowKind.ANSWER:
                return "resultatet skrivs i uppföljningen, inte i planen"
            case RowKind.AREA if meaning.field in self.into.written:
                return f"{self.into.title} har redan en text under {words_for(meaning).lower()}"
            case RowKind.COMMITMENT:
                party, _ = self.parties.find(meaning.party)
                if party.key not in {one.key for one in self.into.parties}:
                    if party not in self.known.parties:
                        return f"{party.name} finns inte bland parterna"
                    return f"{party.name}: åtagandet skrivs av parten själv och av samordnaren"
        return ""

    def keep(self, at: At, said: str, text: str, question: str = "", *, why: str = "") -> None:
        """Left, until somebody says where it is to go."""
        if not question:
            question = f"text:{folded(text)[:200]}"
            answer = Meaning.of(self.answers.get(question, ""))
            self.ask(
                Question(
                    key=question,
                    asks=f"Vad är ”{_short(text)}”?",
                    answer=answer.value if answer else EXTRA,
                    sureness=Sureness.EXTRA.value,
                    options=(
                        Option(EXTRA, "Tas inte med"),
                        *(Option(one.value, one.words) for one in PERHAPS),
                    ),
                )
            )
            if answer:
                self._put(Found(answer, Sureness.CERTAIN), at, text, question)
                return
        why = why or "det går inte att se var det hör hemma"
        self.left.append((Left(self.source.where(at), said, text, why), question))
        self.note(at, f"Tas inte med: {said}", Sureness.EXTRA, question=question)

    def _put(self, found: Found, at: At, text: str, question: str) -> None:
        if found.meaning == PROBLEM:
            problem = self.problem(self.area, text, at)
            self.note(at, words_for(PROBLEM), row=problem.uuid, question=question)
            return
        action = self.add_action(self.area, at) if found.meaning == DESCRIPTION else None
        place(self, self.area, action, found, Cell(0, 0, text), at, question=question)

    def _leave(self, extra: ExtraDoc) -> None:
        left = Left(extra.where, extra.label, extra.text, "det står bredvid texten")
        self.left.append((left, ""))


class _NoTitle(DocumentTitle):
    """What is pasted has no title of a document."""

    def takes(self, at: At, paragraph: Paragraph) -> bool:
        return False

    def takes_text(self, at: At, text: str) -> bool:
        return False


class _IntoArea(Reader):
    draft: _PastedDraft

    def __init__(self, draft: _PastedDraft):
        super().__init__(draft)
        self.title = _NoTitle(draft)
        self.area = draft.area
        self._named = ""
        begins = draft.into.begins
        otherwise = begins if begins in _TAKES_TEXT else DESCRIPTION
        self._prose = Prose(draft, draft.area, otherwise=otherwise)
        self._prose.hang_on(draft.problem_here, draft.cause_here)

    def _read_paragraph(self, at: At, paragraph: Paragraph, then: Block | None) -> None:
        """A heading that nobody knows, and what leads up to a list, is neither problem nor åtgärd."""
        prose = self._prose
        assert prose
        if prose.takes_label(at, paragraph):
            return
        leads_on = isinstance(then, Table) or (isinstance(then, Paragraph) and bool(then.item))
        is_heading = not paragraph.item and (
            self._is_heading(paragraph) or (leads_on and paragraph.text.rstrip().endswith(":"))
        )
        if not paragraph.item and self._is_surely_area(paragraph.text):
            self._start_area(paragraph.text, at)
        elif is_heading:
            self.draft.keep(at, "Rubrik", paragraph.text)
        else:
            prose.read(at, paragraph)

    def _start_area(self, title: str, at: At) -> AreaDraft:
        """Whatever area the text names, it is this one that it was pasted into."""
        draft = self.draft
        named = areas.find(title, draft.known.areas)
        if self._is_this(title):
            draft.form(at, "Områdets namn")
        elif named.sureness == Sureness.UNSURE:
            draft.keep(at, "Rubrik", title)
        else:
            draft.form(at, "Områdets namn")
            draft.warn(f"Texten nämner {areas.bare(title)}. Allt läggs i {draft.into.title}.")
        self._hang_on_the_place()
        return draft.area

    def _is_this(self, title: str) -> bool:
        return folded(areas.bare(title)) == folded(areas.bare(self.draft.into.title))

    def _is_surely_area(self, text: str) -> bool:
        return self._is_this(text) or super()._is_surely_area(text)

    def _go_on_with(self, title: str, at: At) -> None:
        """The area's name again on the next row is nothing new."""
        if folded(title) == self._named:
            self.draft.form(at, "Områdets namn")
            return
        self._named = folded(title)
        self._start_area(title, at)

    def _hang_on_the_place(self) -> None:
        draft = self.draft
        if self._chain:
            self._chain.start_area()
            self._chain.hang_on(draft.problem_here, draft.cause_here)
        if self._activity:
            self._activity.action = None

    @staticmethod
    def _is_title(cell: Cell, chain: ChainTable | None) -> bool:
        return cell.columns > 1 and Reader._is_title(cell, chain)

    def _start_chain(self, number: int, head: Sequence[Cell], columns: Columns) -> ChainTable:
        chain = super()._start_chain(number, head, columns)
        chain.hang_on(self.draft.problem_here, self.draft.cause_here)
        return chain

    def _read_rows(self, number: int, table: Table, sheet: str = "") -> None:
        rows = filled_rows(table)
        form = ActivityTable(self.draft, number)
        is_known = self._chain or self._activity or is_form_of_activity(rows, form)
        if not is_known and not any(head_of(row, self.draft) for row in rows[:_FIRST]):
            self._chain = self._without_head(number, rows)
        super()._read_rows(number, table, sheet)

    def _without_head(self, number: int, rows: Sequence[Sequence[Cell]]) -> ChainTable:
        """Its columns are those of the editor, from the one that it was pasted in."""
        draft, begins = self.draft, self.draft.into.begins
        width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
        begin = 0 if width >= len(FORM) - 1 or begins not in FORM else FORM.index(begins)
        chain = self._start_chain(number, (), {})
        for column in range(width):
            key = f"column:{number}:{column}"
            meaning = FORM[begin + column] if begin + column < len(FORM) else None
            if key in draft.answers:
                meaning = Meaning.of(draft.answers[key])
            found = Found(meaning, Sureness.LIKELY) if meaning else None
            sample = next((c.text for row in rows for c in row if c.column == column), "")
            asks = f"Vad står i kolumn {column + 1}, ”{_short(sample)}”?"
            question = question_of(key, asks, found)
            chain.name_column(column, found, draft.ask(question))
        return chain


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _SAMPLE else f"{said[:_SAMPLE].rstrip()}…"
