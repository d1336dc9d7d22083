"""The rows of a report, one by one, in the order in which they are written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices

from lagesbild.document import BlockDoc, DeviationDoc, ReportDocument, SectionDoc
from lagesbild.vocabulary import BlockForm
from samverkan import rich
from samverkan.document import Part


class RowKind(TextChoices):
    REPORT = "report", "Rapporten"
    SECTION = "section", "Avsnittet"
    AIM = "aim", "Målet"
    DEVIATION = "deviation", "Avvikelsen"
    BLOCK = "block", "Stycket"
    PART = "part", "Delen av figuren"
    RESULT = "result", "Resultatet"
    PRIORITY = "priority", "Prioriteringen"
    SOURCE = "source", "Källan"
    EXTRA = "extra", "Uppgiften"


@dataclass(frozen=True, eq=False)
class Row:
    kind: RowKind
    part: Part
    parent: "Row | None" = None

    @property
    def uuid(self) -> UUID | None:
        """None for the report itself, whose document has none."""
        return getattr(self.part, "uuid", None)

    @property
    def title(self) -> str:
        """What it is called where only one line is said of it."""
        return title_of(self.part)

    @property
    def label(self) -> str:
        """What it is: "Figuren"."""
        return label_of(self.kind, self.part)

    @property
    def container(self) -> "Row | None":
        """The row whose part it is written in."""
        return self.parent

    @property
    def section(self) -> SectionDoc | None:
        """The one that it is, or stands in."""
        if isinstance(self.part, SectionDoc):
            return self.part
        return self.parent.section if self.parent else None


def rows(document: ReportDocument) -> Iterator[Row]:
    report = Row(RowKind.REPORT, document)
    yield report
    for section in document.sections:
        yield from _in_section(section, report)
    yield from _listed(RowKind.SOURCE, document.sources, report)
    yield from _listed(RowKind.EXTRA, document.extras, report)


def _in_section(doc: SectionDoc, parent: Row) -> Iterator[Row]:
    section = Row(RowKind.SECTION, doc, parent)
    yield section
    yield from _listed(RowKind.AIM, doc.aims, section)
    yield from _listed(RowKind.DEVIATION, doc.deviations, section)
    for block in _listed(RowKind.BLOCK, doc.blocks, section):
        yield block
        assert isinstance(block.part, BlockDoc)
        yield from _listed(RowKind.PART, block.part.parts, block)
    yield from _listed(RowKind.RESULT, doc.results, section)
    yield from _listed(RowKind.PRIORITY, doc.priorities, section)
    for inner in doc.sections:
        yield from _in_section(inner, section)


def _listed(kind: RowKind, parts: Sequence[Part], parent: Row) -> Iterator[Row]:
    return (Row(kind, part, parent) for part in parts)


def title_of(part: Part) -> str:
    if isinstance(part, DeviationDoc):
        return part.text or str(part.direction.label)
    for field in ("title", "heading", "caption", "name", "label", "text"):
        if said := getattr(part, field, ""):
            return rich.plain(said) if isinstance(part, BlockDoc) and field == "text" else said
    return ""


def label_of(kind: RowKind, part: Part) -> str:
    if kind == RowKind.BLOCK and isinstance(part, BlockDoc) and part.is_figure:
        return "Figuren"
    if kind == RowKind.SECTION and isinstance(part, SectionDoc) and part.slug:
        return "Området"
    return str(kind.label)


def noun_of(part: Part) -> str:
    """What the part is, in a word, where its kind of row does not say: "tabell"."""
    if isinstance(part, SectionDoc) and part.slug:
        return "område"
    if isinstance(part, BlockDoc) and part.is_figure:
        is_chart = part.form not in (BlockForm.TABLE, BlockForm.IMAGE)
        return "figur" if is_chart else str(part.form.label).lower()
    return ""
