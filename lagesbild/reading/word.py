"""A lägesbild or a status report that somebody wrote in Word, as a report."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import msgspec

from lagesbild.document import (
    DEEPEST,
    BlockDoc,
    NotAReport,
    ReportDocument,
    SectionDoc,
    SourceDoc,
)
from lagesbild.reading import labels, status
from lagesbild.reading.area_sections import AreaSections
from lagesbild.reading.areas import AreaForm, Piece, note_table, read_form
from lagesbild.reading.draft import Draft, in_order
from lagesbild.reading.figures import Figure, Figures
from lagesbild.reading.flow import Entry, Medium, Rows, Text, flow
from lagesbild.reading.front import Front, names_a_report
from lagesbild.reading.lines import as_item, plain, rows_of
from lagesbild.reading.outcome import Known, ReportReading
from lagesbild.reading.outline import Section, sections_in, with_headings
from lagesbild.reading.prose import prose
from lagesbild.reading.tying import number, tied
from lagesbild.reading.which_area import WhichArea
from lagesbild.vocabulary import ReportKind, SectionForm
from plans.reading import areas
from plans.reading.outcome import KnownArea
from plans.reading.words import folded
from samverkan.office.word import text_of
from samverkan.office.word_file import WordFile
from samverkan.office.word_pieces import Grid
from samverkan.text import clean_line

_UNTITLED = "Utan rubrik"
_SOURCE = 300  # letters, that the name of a source has room for
_PLAN_LABELS = {
    *("loptid", "motesfrekvens", "sammankallande", "aktivitet", "operativamal"),
    *("overgripandemalochsyfte", "samverkansatagande", "orsak"),
}


def read_word(content: bytes, known: Known) -> ReportReading:
    """NotOffice says why it cannot be opened, NotAReport why there is no report in it."""
    file = WordFile.opened(content)
    text = text_of(file)
    draft = Draft(known, content, text.notes)
    draft.warnings += text.warnings

    def is_form(grid: Grid) -> bool:
        return labels.is_form(grid) or status.is_table_of_areas(grid, known.areas)

    entries = list(flow(text.blocks, is_form, draft.place))
    return _Reader(draft, Figures(draft, file.parts)).read(entries)


class _Reader:
    def __init__(self, draft: Draft, figures: Figures):
        self._draft, self._figures = draft, figures
        self._known = draft.known
        self._front = Front(draft)
        self._found: list[Figure] = []  # in the order in which they are read
        self._sources: list[SourceDoc] = []
        self._instruction: list[str] = []
        self._which = WhichArea(draft)
        self._areas = AreaSections(draft, self._which, self._blocks)

    def read(self, entries: list[Entry]) -> ReportReading:
        draft, known = self._draft, self._known
        is_like_a_plan = self._is_like_a_plan(entries)
        entries = with_headings(entries, known.kind, known.areas)
        entries = self._without_title(entries)
        order = [entry.where for entry in entries]
        before, tree = sections_in(draft, entries, self._which)
        self._front.read(before, is_followed=bool(tree))
        sections = [*self._preamble(), *self._sections(tree, 1)]
        self._front.compare(draft.says, is_like_a_plan=is_like_a_plan)
        number(draft, self._found)
        sections = tied(draft, self._found, self._areas.with_handled(sections))
        draft.keep_what_is_left()
        try:
            document = ReportDocument(
                known.kind,
                known.district,
                known.year,
                known.catalogue,
                title=self._front.title,
                covers=self._front.covers,
                described_on=self._front.described_on,
                instruction="".join(self._instruction),
                sections=tuple(sections),
                sources=tuple(self._sources),
                extras=tuple(draft.extras),
            )
        except NotAReport as fault:
            raise NotAReport(f"Filen går inte att läsa som en lägesbild: {fault}.") from fault
        return ReportReading(
            document,
            draft.images,
            in_order(draft.pieces, order),
            tuple(draft.doubts),
            questions=tuple(draft.questions.values()),
            warnings=tuple(draft.warnings),
        )

    def _is_like_a_plan(self, entries: Sequence[Entry]) -> bool:
        """Whether it has the tables of a plan."""
        said = [
            box.text
            for one in entries
            if isinstance(one, Rows)
            for row in one.grid.rows
            for box in row
        ]
        return len(_PLAN_LABELS & {folded(text) for text in said}) > 2

    def _without_title(self, entries: list[Entry]) -> list[Entry]:
        """A heading that names the report is no section of it, where nothing stands under it."""
        headings = [
            at for at, one in enumerate(entries) if isinstance(one, Text) and one.line.heading
        ]
        has_title = any(isinstance(one, Text) and one.line.heading == 0 for one in entries)
        if not headings or has_title:
            return entries
        at, following = headings[0], headings[1] if len(headings) > 1 else len(entries)
        title = entries[at]
        has_text = any(
            isinstance(one, Text) and len(one.line.text) > 160 for one in entries[at:following]
        )
        if not isinstance(title, Text) or has_text or not names_a_report(title.line.text):
            return entries
        return [
            *entries[:at],
            Text(replace(title.line, heading=0), title.where),
            *entries[at + 1 :],
        ]

    def _preamble(self) -> list[SectionDoc]:
        """What stands before the first heading, where it is more than a title page."""
        where = self._front.rest[0].where if self._front.rest else ""
        section = Section(self._draft.name(where, "inledning"), _UNTITLED, where, 1)
        section.entries = self._front.rest
        (found,) = self._section(section, 1)
        if found.blocks:
            self._draft.begin(where, found.uuid)
            self._draft.doubt(where, f"Texten före den första rubriken får rubriken ”{_UNTITLED}”.")
            return [found]
        return list(found.sections)

    # Sections -------------------------------------------------------------------------------------

    def _section(self, section: Section, depth: int) -> list[SectionDoc]:
        """What it becomes: one, or those that stand in it where it is none itself."""
        has_figures = any(isinstance(one, Medium) for one in section.entries)
        if labels.is_instruction(section.heading) and not has_figures:
            self._read_instruction(section)
            return self._sections(section.sections, depth)
        if section.area:
            return [self._area(section, section.area, depth)]
        tables: list[Rows] = []
        pieces: list[Piece] = []
        for piece in self._figures.gathered(section.entries):
            if isinstance(piece, Rows) and depth < DEEPEST and self._has_areas(piece):
                tables.append(piece)
            else:
                pieces.append(piece)
        form = SectionForm.TEXT
        if labels.is_sources(section.heading) and (left := self._read_sources(pieces)) is not None:
            form, pieces = SectionForm.SOURCES, left
        for piece in pieces:
            if isinstance(piece, Text):
                self._draft.note(piece.where, piece.line.text, "Text")
            elif isinstance(piece, Rows):
                note_table(self._draft, piece)
        blocks = self._blocks(pieces)
        inner = [
            one for rows in tables for one in self._areas.of_table(rows, section.heading, depth)
        ]
        return [
            SectionDoc(
                section.uuid,
                section.heading,
                form,
                blocks=blocks,
                sections=(*inner, *self._sections(section.sections, depth + 1)),
            )
        ]

    def _has_areas(self, rows: Rows) -> bool:
        return status.is_table_of_areas(rows.grid, self._known.areas)

    def _sections(self, sections: Sequence[Section], depth: int) -> list[SectionDoc]:
        return [one for section in sections for one in self._section(section, depth)]

    def _blocks(self, pieces: Sequence[Piece]) -> tuple[BlockDoc, ...]:
        """Words that stand together are one, up to the next figure."""
        blocks: list[BlockDoc] = []
        for is_figure, some in groupby(pieces, lambda piece: isinstance(piece, Figure)):
            together = list(some)
            if is_figure:
                figures = [piece for piece in together if isinstance(piece, Figure)]
                self._found += figures
                blocks += [figure.block for figure in figures]
            else:
                words = [piece for piece in together if not isinstance(piece, Figure)]
                if html := prose(words, self._draft.place):
                    blocks.append(BlockDoc(self._draft.name(words[0].where, "text"), text=html))
        return tuple(blocks)

    def _read_instruction(self, section: Section) -> None:
        self._draft.form(section.where, section.heading)
        words = [one for one in section.entries if not isinstance(one, Medium)]
        self._instruction.append(prose(words, None))
        for one in words:
            said = one.line.text if isinstance(one, Text) else one.where
            self._draft.note(one.where, said, "Instruktion")

    def _read_sources(self, pieces: Sequence[Piece]) -> list[Piece] | None:
        """The list of sources; what is no item of it is left. None where there is no list."""
        lines = [
            (
                piece,
                [as_item(row) for row in rows_of(piece.line)] if isinstance(piece, Text) else [],
            )
            for piece in pieces
        ]
        has_items = any(row.item for _, rows in lines for row in rows)
        left: list[Piece] = []
        found: list[SourceDoc] = []
        for piece, rows in lines:
            names = [clean_line(plain(row)) for row in rows]
            is_named = rows and all(len(name) <= _SOURCE for name in names)
            has_notes = any(row.things for row in rows)
            if not is_named or has_notes or (has_items and not any(row.item for row in rows)):
                left.append(piece)
                continue
            for name in filter(None, names):
                found.append(SourceDoc(self._draft.name(piece.where, "källa"), name))
                self._draft.note(piece.where, name, "Källa")
        self._sources += found
        return left if found else None

    # Areas ----------------------------------------------------------------------------------------

    def _area(self, section: Section, area: KnownArea, depth: int) -> SectionDoc:
        pieces = self._figures.gathered(section.entries)
        form = AreaForm()
        is_labelled = any(
            isinstance(one, Text) and labels.is_of_form(one.line.text) for one in pieces
        )
        if self._known.kind == ReportKind.STATUS and not is_labelled:
            for piece in pieces:
                if isinstance(piece, Text) and not piece.line.heading:
                    status.read_line(self._draft, piece.where, piece.line, form)
                else:
                    form.pieces.append(piece)
        else:
            form = read_form(self._draft, section.heading, pieces, self._known.year)
        title = areas.bare(section.heading)
        found = self._areas.filled(section.uuid, title, area, form)
        inner = tuple(self._sections(section.sections, depth + 1))
        return msgspec.structs.replace(found, sections=inner)
