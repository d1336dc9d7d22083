"""Two reports become one: what a file says goes into a report, or in the place of what it says.
Data in, data out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from msgspec.structs import replace

from lagesbild.difference import DIFFER
from lagesbild.document import BlockDoc, ReportDocument, SectionDoc, sections_of
from lagesbild.renaming import renamed
from lagesbild.rows import Row, RowKind
from plans.merging import extras_of_both
from samverkan.collaboration import merging
from samverkan.collaboration.differing import Matched

Merged = merging.Merged[ReportDocument]


def merged(report: ReportDocument, file: ReportDocument, from_file: Collection[str] = ()) -> Merged:
    """The report with what the file says; `from_file` are the clashes where its words go in."""
    return _Merging(report, _named_as_in(report, file), from_file).merged()


def replaced(report: ReportDocument, file: ReportDocument) -> Merged:
    """The report with the file's content and no other. A row that was there keeps its UUID: comments
    and next year's plan lead to it."""
    file = _named_as_in(report, file, in_order=True)
    document = replace(
        report,
        title=file.title or report.title,
        described_on=file.described_on or report.described_on,
        instruction=file.instruction or report.instruction,
        sections=file.sections,
        sources=file.sources,
        extras=file.extras,
    )
    return Merged(document, known=_known(report, file))


def _known(report: ReportDocument, file: ReportDocument) -> int:
    """How many of the file's sections are in the report already."""
    here = {section.uuid for section, _ in sections_of(report)}
    return sum(section.uuid in here for section, _ in sections_of(file))


def _named_as_in(
    report: ReportDocument, file: ReportDocument, *, in_order: bool = False
) -> ReportDocument:
    """The file, where what is in the report is called as it is there; the rest as nothing there is.
    `in_order`: of what stands under the same heading, the first piece is the first, reworded."""
    found = DIFFER.matched(report, file)
    names: dict[UUID, UUID] = dict(found.uuids)
    if in_order:
        names |= _in_order(found)
    taken = {row.uuid for row in found.earlier}
    for row in found.later:
        if row.uuid and row.uuid not in names and row.uuid in taken:
            names[row.uuid] = uuid4()
    return renamed(file, {uuid: name for uuid, name in names.items() if uuid != name})


def _in_order(found: Matched) -> dict[UUID, UUID]:
    waiting: dict[tuple, list[Row]] = defaultdict(list)
    was = set(found.was.values())
    for row in found.earlier:
        if row.kind == RowKind.BLOCK and row not in was:
            waiting[row.container, _form(row)].append(row)
    names: dict[UUID, UUID] = {}
    for row in found.later:
        if row.kind == RowKind.BLOCK and row not in found.was:
            beside = waiting[found.was.get(row.container), _form(row)]
            if beside and row.uuid and (uuid := beside.pop(0).uuid):
                names[row.uuid] = uuid
    return names


def _form(row: Row) -> bool:
    assert isinstance(row.part, BlockDoc)
    return row.part.is_figure


class _Merging(merging.Merging[ReportDocument]):
    differ = DIFFER
    # What a row is known by, how it stands, and what is merged in ways of its own.
    not_words = {
        *("uuid", "slug", "name", "own", "form", "handled_in", "action", "is_numbered"),
        *("kind", "district", "year", "catalogue", "covers", "revision", "parties"),
        *("sections", "blocks", "parts", "sources", "extras"),
        *("aims", "results", "priorities", "deviations"),
    }

    def __init__(self, report: ReportDocument, file: ReportDocument, from_file: Collection[str]):
        super().__init__(report, file, from_file)
        # An area may stand elsewhere in the file than in the report: it stays where it is here.
        self.known = {section.uuid for section, _ in sections_of(report)}
        self.there = {section.uuid: section for section, _ in sections_of(file)}

    def merged(self) -> Merged:
        here, file = self.here, self.file
        document = replace(
            self.filled(here, file),
            sections=self._sections(here.sections, file.sections),
            sources=self.both(here.sources, file.sources, self.filled),
            extras=extras_of_both(here.extras, file.extras),
        )
        return Merged(document, self.clashes, _known(here, file))

    def _sections(
        self, here: Sequence[SectionDoc], there: Sequence[SectionDoc]
    ) -> tuple[SectionDoc, ...]:
        new = tuple(self._new(one) for one in there if one.uuid not in self.known)
        return (*map(self._section, here), *new)

    def _new(self, file: SectionDoc) -> SectionDoc:
        return replace(file, sections=self._sections((), file.sections))

    def _section(self, section: SectionDoc) -> SectionDoc:
        file = self.there.get(section.uuid)
        if file is None:
            return replace(section, sections=self._sections(section.sections, ()))
        filled = self.filled(section, file)
        if filled.handled_as == file.handled_as and not section.handled_in:
            filled = replace(filled, handled_in=file.handled_in)
        lists = {
            name: self.both(getattr(section, name), getattr(file, name), self.filled)
            for name in ("aims", "results", "priorities", "deviations")
        }
        return replace(
            filled,
            blocks=self.both(section.blocks, file.blocks, self._block),
            sections=self._sections(section.sections, file.sections),
            **lists,
        )

    def _block(self, block: BlockDoc, file: BlockDoc) -> BlockDoc:
        filled = self.filled(block, file)
        return replace(filled, parts=self.both(block.parts, file.parts, self.filled))
