"""What in a report looks like personal data. Warnings, never walls."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices

from lagesbild.document import BlockDoc, ReportDocument, sections_of
from samverkan import personal_data as personal
from samverkan import rich
from samverkan.document import Part, texts


class RowKind(TextChoices):
    """What a row is called where somebody is led to it."""

    REPORT = "report", "Rapporten"
    SECTION = "section", "Avsnittet"
    BLOCK = "block", "Stycket"
    PART = "part", "Delen av figuren"
    AIM = "aim", "Målet"
    RESULT = "result", "Resultatet"
    PRIORITY = "priority", "Prioriteringen"
    DEVIATION = "deviation", "Avvikelsen"
    SOURCE = "source", "Källan"
    EXTRA = "extra", "Uppgiften"


@dataclass(frozen=True)
class PersonalData:
    row: RowKind
    uuid: UUID | None  # none for what has none: the report itself, an extra
    field: str
    title: str
    finding: personal.Finding  # its place is in the words, where the text is rich


def personal_data(document: ReportDocument) -> list[PersonalData]:
    """Every finding, in every text that somebody has written in the report."""
    return [
        PersonalData(kind, getattr(part, "uuid", None), field, _title(part), finding)
        for kind, part in _rows(document)
        for field, text in _texts(part)
        for finding in personal.find(text)
    ]


def _rows(document: ReportDocument) -> Iterator[tuple[RowKind, Part]]:
    """In the order in which they are read."""
    yield RowKind.REPORT, document
    for section, _ in sections_of(document):
        yield RowKind.SECTION, section
        for kind, parts in (
            (RowKind.AIM, section.aims),
            (RowKind.DEVIATION, section.deviations),
            (RowKind.RESULT, section.results),
            (RowKind.PRIORITY, section.priorities),
        ):
            yield from ((kind, part) for part in parts)
        for block in section.blocks:
            yield RowKind.BLOCK, block
            yield from ((RowKind.PART, part) for part in block.parts)
    yield from ((RowKind.SOURCE, source) for source in document.sources)
    yield from ((RowKind.EXTRA, extra) for extra in document.extras)


def _texts(part: Part) -> Iterator[tuple[str, str]]:
    yield from texts(part, but=_KEYS)
    if isinstance(part, BlockDoc) and part.table:
        yield from (("table", label) for label in (part.table.labels_are, *part.table.labels))
        yield from (("table", series.name) for series in part.table.series)


_KEYS = {"slug"}  # which nobody writes by hand


def _title(part: Part) -> str:
    """What it is called where only one line is said of it."""
    for field in ("title", "heading", "caption", "name", "label", "text"):
        if said := getattr(part, field, ""):
            return rich.plain(said) if field == "text" else said
    return ""
