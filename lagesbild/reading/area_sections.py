"""The sections of the prioritised areas: those with a form of their own, and the rows of a table."""

from collections.abc import Callable, Sequence
from uuid import UUID

from msgspec.structs import replace

from lagesbild.document import DEEPEST, BlockDoc, SectionDoc
from lagesbild.reading import status
from lagesbild.reading.areas import AreaForm, Piece
from lagesbild.reading.draft import Draft
from lagesbild.reading.flow import Rows, Text
from lagesbild.reading.labels import Box
from lagesbild.reading.lines import plain
from lagesbild.reading.outline import HEADING
from lagesbild.reading.prose import prose
from lagesbild.reading.which_area import WhichArea
from lagesbild.vocabulary import SectionForm
from plans.reading import areas
from plans.reading.outcome import KnownArea
from plans.reading.words import folded
from plans.vocabulary import HandledAs
from samverkan.text import clean_line, list_of

Blocks = Callable[[Sequence[Piece]], tuple[BlockDoc, ...]]


class AreaSections:
    """`blocks` makes those of a section of what stands in it."""

    def __init__(self, draft: Draft, which: WhichArea, blocks: Blocks):
        self._draft, self._which, self._blocks = draft, which, blocks
        self._names: dict[UUID, str] = {}  # of the areas, as the report writes them
        self._alone: dict[UUID, str] = {}  # areas of which nothing is said but this

    def filled(self, uuid: UUID, title: str, known: KnownArea, form: AreaForm) -> SectionDoc:
        self._names[uuid] = title
        words = [piece for piece in form.pieces if isinstance(piece, Text)]
        rest = (form.description, form.aims, form.results, form.priorities, form.deviations)
        if len(words) == len(form.pieces) == 1 and not any(rest) and not words[0].line.things:
            self._alone[uuid] = plain(words[0].line)
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

    def of_table(self, rows: Rows, heading: str, depth: int) -> list[SectionDoc]:
        """A table of areas: a section for each, under what stands over them."""
        draft, header = self._draft, status.header_of(rows.grid)
        over, headers = header or ("", [])
        for name in headers:
            draft.form(rows.where, name)
        found: list[tuple[UUID, str, KnownArea, AreaForm]] = []
        for area, said in status.rows_below(rows):
            if area is not None:
                found.append(self._begun(rows.where, clean_line(area.text)))
            if found:
                status.read_comments(draft, rows.where, said, headers, found[-1][3])
            else:
                for box in said:
                    draft.keep(rows.where, "Rad utan område", box.text)
        sections = [self.filled(*one) for one in found]
        if not over or folded(over) == folded(heading):
            draft.form(rows.where, over)
            return sections
        if depth + 1 >= DEEPEST or len(over) > HEADING:
            draft.keep(rows.where, "Rubrik i tabellen", over)
            return sections
        uuid = draft.name(rows.where, "avsnitt")
        draft.note(rows.where, over, "Rubrik", begins=uuid)
        return [SectionDoc(uuid, over, sections=tuple(sections))]

    def _begun(self, where: str, title: str) -> tuple[UUID, str, KnownArea, AreaForm]:
        bare = areas.bare(title)
        if len(bare) > HEADING:
            self._draft.keep(where, "Områdets hela namn", title)
        uuid = self._draft.name(where, "område")
        known = self._which.settle(where, title, uuid, must_be_one=True)
        return uuid, bare[:HEADING], known, AreaForm()

    def with_handled(self, sections: Sequence[SectionDoc]) -> list[SectionDoc]:
        """The areas that are taken care of elsewhere, now that it is known which there are."""
        return [self._handled_elsewhere(section) for section in sections]

    def _handled_elsewhere(self, section: SectionDoc) -> SectionDoc:
        section = replace(section, sections=tuple(self.with_handled(section.sections)))
        text = self._alone.get(section.uuid, "")

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
        return replace(
            section,
            blocks=(),
            handled_as=handled_as,
            handled_in=found[0] if handled_as == HandledAs.AREA else None,
            handled_note=text,
        )
