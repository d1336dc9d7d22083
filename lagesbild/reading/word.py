"""A lägesbild or a status report that somebody wrote in Word, as a report."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from uuid import UUID

import msgspec
from django.utils.text import slugify

from lagesbild.document import (
    DEEPEST,
    BlockDoc,
    NotAReport,
    ReportDocument,
    SectionDoc,
    SourceDoc,
)
from lagesbild.reading import labels, status
from lagesbild.reading.areas import AreaForm, Piece, note_table, read_form
from lagesbild.reading.draft import Draft
from lagesbild.reading.figures import Figure, Figures
from lagesbild.reading.flow import Entry, Medium, Rows, Text, flow
from lagesbild.reading.front import Front, names_a_report
from lagesbild.reading.labels import Box
from lagesbild.reading.lines import as_item, plain, rows_of
from lagesbild.reading.outcome import Known, ReportReading
from lagesbild.reading.outline import HEADING, Section, sections_in, with_headings
from lagesbild.reading.prose import prose
from lagesbild.reading.references import References
from lagesbild.vocabulary import ReportKind, SectionForm
from plans.reading import areas
from plans.reading.outcome import KnownArea, Sureness
from plans.reading.words import folded
from plans.vocabulary import HandledAs
from samverkan.office.word import text_of
from samverkan.office.word_file import WordFile
from samverkan.office.word_pieces import Grid
from samverkan.text import clean_line, list_of, shortened

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
        self._slugs: set[str] = set()
        self._listed: set[str] = set()  # areas of the catalogue that a table has
        self._names: dict[UUID, str] = {}  # of the areas, as the report writes them
        self._handled: dict[UUID, str] = {}  # areas that are taken care of elsewhere, and the words

    def read(self, entries: list[Entry]) -> ReportReading:
        draft, known = self._draft, self._known
        is_like_a_plan = self._is_like_a_plan(entries)
        entries = with_headings(entries, known.kind, known.areas)
        entries = self._without_title(entries)
        before, tree = sections_in(draft, entries)
        self._front.read(before, is_followed=bool(tree))
        sections = [*self._preamble(), *self._sections(tree, 1)]
        self._front.compare(draft.says, is_like_a_plan=is_like_a_plan)
        self._number()
        sections = self._tied(self._with_handled(sections))
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
            self._draft.images,
            tuple(draft.pieces),
            tuple(draft.warnings),
            tuple(draft.doubts),
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
        if section.is_area:
            return [self._area(section, depth)]
        tables: list[Rows] = []
        pieces: list[Piece] = []
        for piece in self._figures.gathered(section.entries):
            is_table = isinstance(piece, Rows) and depth < DEEPEST
            if is_table and status.is_table_of_areas(piece.grid, self._known.areas):  # type: ignore[union-attr]
                tables.append(piece)  # type: ignore[arg-type]
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
        inner = [one for rows in tables for one in self._of_table(rows, section.heading, depth)]
        return [
            SectionDoc(
                section.uuid,
                section.heading,
                form,
                blocks=blocks,
                sections=(*inner, *self._sections(section.sections, depth + 1)),
            )
        ]

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

    def _area(self, section: Section, depth: int) -> SectionDoc:
        pieces = self._figures.gathered(section.entries)
        form = read_form(self._draft, section.heading, [], self._known.year)
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
        found = self._filled(section.uuid, title, section.area, form)
        return msgspec.structs.replace(
            found, sections=tuple(self._sections(section.sections, depth + 1))
        )

    def _filled(
        self, uuid: UUID, title: str, known: KnownArea | None, form: AreaForm
    ) -> SectionDoc:
        if known is None:
            known = KnownArea(self._free_slug(title), title)
        self._slugs.add(known.slug)
        self._names[uuid] = title
        words = [piece for piece in form.pieces if isinstance(piece, Text)]
        rest = (form.description, form.aims, form.results, form.priorities, form.deviations)
        if len(words) == len(form.pieces) == 1 and not any(rest) and not words[0].line.things:
            self._handled[uuid] = plain(words[0].line)
        return SectionDoc(
            uuid,
            title,
            SectionForm.AREA,
            blocks=self._blocks(form.pieces),
            slug=known.slug,
            name=known.name[:HEADING],
            own=known.catalogue is None,
            description=prose(form.description, self._draft.place),
            working_together=form.working_together,
            aims=tuple(form.aims),
            special_measures=form.boxes.get(Box.SPECIAL_MEASURES, False),
            line_work=form.boxes.get(Box.LINE_WORK, False),
            results=tuple(form.results),
            priorities=tuple(form.priorities),
            deviations=tuple(form.deviations),
        )

    def _free_slug(self, title: str) -> str:
        slug = found = slugify(title)[:90] or "eget-omrade"
        taken = self._slugs | {area.slug for area in self._known.areas}
        number = 1
        while found in taken:
            number += 1
            found = f"{slug}-{number}"
        return found

    def _of_table(self, rows: Rows, heading: str, depth: int) -> list[SectionDoc]:
        """A table of areas: a section for each, under what stands over them."""
        draft, header = self._draft, status.header_of(rows.grid)
        over, headers = header or ("", [])
        for name in headers:
            draft.form(rows.where, name)
        found: list[tuple[str, KnownArea | None, AreaForm]] = []
        for area, said in status.rows_below(rows):
            if area is not None:
                found.append(self._which(rows.where, clean_line(area.text)))
            if found:
                status.read_comments(draft, rows.where, said, headers, found[-1][2])
            else:
                for box in said:
                    draft.keep(rows.where, "Rad utan område", box.text)
        sections = [
            self._filled(draft.name(rows.where, "område"), title, known, form)
            for title, known, form in found
        ]
        if not over or folded(over) == folded(heading):
            draft.form(rows.where, over)
            return sections
        if depth + 1 >= DEEPEST or len(over) > HEADING:
            draft.keep(rows.where, "Rubrik i tabellen", over)
            return sections
        draft.note(rows.where, over, "Rubrik")
        return [SectionDoc(draft.name(rows.where, "avsnitt"), over, sections=tuple(sections))]

    def _which(self, where: str, title: str) -> tuple[str, KnownArea | None, AreaForm]:
        draft = self._draft
        match = areas.find(title, self._known.areas)
        area = match.area if match.sureness != Sureness.UNSURE else None
        if area and area.slug in self._slugs | self._listed:
            draft.doubt(where, f"”{title}” står två gånger. Det andra är ett eget område.")
            area = None
        elif area is None:
            draft.doubt(
                where, f"”{title}” finns inte i katalogen, och är inläst som ett eget område."
            )
        elif match.sureness != Sureness.CERTAIN:
            draft.doubt(where, f"”{title}” är inläst som området ”{area.name}”: stämmer det?")
        if area:
            self._listed.add(area.slug)
        draft.note(where, title, "Prioriterat område", match.sureness)
        return areas.bare(title)[:HEADING], area, AreaForm()

    def _with_handled(self, sections: Sequence[SectionDoc]) -> list[SectionDoc]:
        """The areas that are taken care of elsewhere, now that it is known which there are."""
        return [self._handled_elsewhere(section) for section in sections]

    def _handled_elsewhere(self, section: SectionDoc) -> SectionDoc:
        section = msgspec.structs.replace(
            section, sections=tuple(self._with_handled(section.sections))
        )
        text = self._handled.get(section.uuid, "")

        def named(words: str) -> list[UUID]:
            said = folded(words)
            others = self._names.items()
            return [uuid for uuid, name in others if uuid != section.uuid and folded(name) in said]

        handled_as = status.handled_in(text, named)
        if handled_as is None:
            return section
        found = named(text)
        if len(found) > 1:
            names = list_of(f"”{self._names[uuid]}”" for uuid in found)
            self._draft.doubt(
                section.heading,
                f"”{section.heading}” hanteras i flera områden ({names}): det pekar på det första.",
            )
        return msgspec.structs.replace(
            section,
            blocks=(),
            handled_as=handled_as,
            handled_in=found[0] if handled_as == HandledAs.AREA else None,
            handled_note=text,
        )

    # Figures --------------------------------------------------------------------------------------

    def _number(self) -> None:
        """The numbers in the file against those that come of where the figures stand."""
        kinds = Counter(figure.kind for figure in self._found if figure.number is not None)
        counted = "figur" if kinds["figur"] or not kinds else kinds.most_common(1)[0][0]
        running = 0
        for figure in self._found:
            if figure.number is None:
                continue
            block = figure.block
            if figure.kind != counted:
                said = f"{figure.kind.capitalize()} {figure.number}. {block.caption}".strip(" .")
                figure.block = msgspec.structs.replace(block, is_numbered=False, caption=said)
                continue
            running += 1
            figure.block = msgspec.structs.replace(block, is_numbered=True)
            if figure.number != running:
                self._draft.warn(
                    f"Figuren ”{shortened(block.caption, 60)}” har nummer {figure.number} i filen, men "
                    f"blir figur {running}."
                )

    def _tied(self, sections: Sequence[SectionDoc]) -> list[SectionDoc]:
        """The text with its references tied to the figures, and the figures as they have become."""
        references = References(self._found)
        figures = {figure.block.uuid: figure.block for figure in self._found}

        def tied(section: SectionDoc) -> SectionDoc:
            return msgspec.structs.replace(
                section,
                description=references.tied(section.description),
                blocks=tuple(
                    figures.get(block.uuid)
                    or msgspec.structs.replace(block, text=references.tied(block.text))
                    for block in section.blocks
                ),
                sections=tuple(map(tied, section.sections)),
            )

        found = list(map(tied, sections))
        kinds = {"figur", *(figure.kind for figure in self._found)}
        for said in references.unknown:
            if said.split()[0] in kinds:
                self._draft.doubt("texten", f"Texten hänvisar till {said}, som inte finns i filen.")
        return found
