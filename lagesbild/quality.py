"""Brister: what a report still lacks, and what in it looks like personal data. Warnings, never walls.

What is said here can be left as it is; whoever writes decides. A priority need not be measurable: it
becomes an action with a goal in the plan.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db.models import TextChoices

from lagesbild import prose
from lagesbild.charts import is_chart
from lagesbild.document import (
    BlockDoc,
    DeviationDoc,
    PriorityDoc,
    ReportDocument,
    SectionDoc,
    blocks_of,
    sections_of,
)
from lagesbild.edition import public
from lagesbild.rows import Row, RowKind, rows
from lagesbild.vocabulary import BlockForm, Direction, ReportKind, SectionForm
from samverkan import personal_data as personal
from samverkan import rich
from samverkan.document import Part, Prose, texts
from samverkan.text import list_of, quoted


class Lack(TextChoices):
    """Kinds of shortcoming, in the order in which they are said of one row."""

    NO_SOURCES = "inga_kallor", "Källistan är tom"
    NO_TEXT = "avsnitt_utan_text", "Avsnitt utan text"
    SAYS_NOTHING = "omrade_utan_beskrivning", "Område utan beskrivning"
    NO_DEVIATION = "omrade_utan_bedomning", "Område utan bedömning"
    NO_PRIORITY = "omrade_utan_prioritering", "Särskilda åtgärder utan prioritering"
    NO_SIGN = "avvikelse_utan_text", "Avvikelse som inte säger hur det märks"
    NO_GROUND = "avvikelse_utan_grund", "Avvikelse som inte säger vad den bygger på"
    NOT_CONSULTED = "avvikelse_utan_samrad", "Avvikelse utan samråd"
    LOST_REFERENCE = "hanvisning_utan_mal", "Hänvisning till något som är borttaget"
    NOT_PUBLIC = "hanvisning_till_internt", "Hänvisning till något som är internt"
    NO_NUMBERS = "figur_utan_innehall", "Figur utan siffror eller bild"
    NO_CAPTION = "figur_utan_figurtext", "Figur utan figurtext"
    NO_SOURCE = "figur_utan_kalla", "Figur utan källa"
    NO_DESCRIPTION = "figur_utan_beskrivning", "Figur utan beskrivning"
    NO_ALTERNATIVE = "bild_utan_alternativ_text", "Bild utan alternativ text"
    NOT_REFERRED_TO = "figur_utan_hanvisning", "Figur som texten inte hänvisar till"


@dataclass(frozen=True)
class Shortcoming:
    kind: Lack
    row: RowKind
    uuid: UUID | None  # none for the report itself
    field: str  # what to look at; `priorities`, `blocks` and `sources` are what hangs on the row
    sentence: str


@dataclass(frozen=True)
class PersonalData:
    row: RowKind
    uuid: UUID | None  # none for what has none: the report itself, an extra
    field: str
    title: str
    finding: personal.Finding  # its place is in the words, where the text is rich


def shortcomings(document: ReportDocument) -> list[Shortcoming]:
    """As the report is written, row by row."""
    is_status = document.kind == ReportKind.STATUS
    there, referred = _targets(document), _referred(document)
    left_out = _left_out(document)
    found: list[Shortcoming] = []
    for row in rows(document):
        part = row.part
        found += _lost(row, there)
        if row.uuid not in left_out:
            found += _not_public(row, left_out)
        if isinstance(part, ReportDocument):
            found += _of_report(row, part)
        elif isinstance(part, SectionDoc):
            found += _of_area(row, part, is_status) if _is_area(part) else _of_section(row, part)
        elif isinstance(part, DeviationDoc) and is_status:  # elsewhere the form does not ask for it
            found += _of_deviation(row, part)
        elif isinstance(part, BlockDoc) and part.is_figure:
            found += _of_figure(row, part, referred)
    kinds = list(Lack)
    place = {(one.row, one.uuid): number for number, one in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda one: (place[one.row, one.uuid], kinds.index(one.kind)))


def personal_data(document: ReportDocument) -> list[PersonalData]:
    """Every finding, in every text that somebody has written in the report."""
    return [
        PersonalData(row.kind, row.uuid, field, row.title, finding)
        for row in rows(document)
        for field, text in _texts(row.part)
        for finding in personal.find(text)
    ]


def _texts(part: Part) -> Iterator[tuple[str, str]]:
    yield from texts(part, but=_KEYS)
    if isinstance(part, BlockDoc) and part.table:
        yield from (("table", label) for label in (part.table.labels_are, *part.table.labels))
        yield from (("table", series.name) for series in part.table.series)


_KEYS = {"slug"}  # which nobody writes by hand


# The report, its sections and its areas -----------------------------------------------------------


def _of_report(row: Row, document: ReportDocument) -> Iterator[Shortcoming]:
    lists_sources = document.kind == ReportKind.PICTURE or any(
        section.form == SectionForm.SOURCES for section, _ in sections_of(document)
    )
    if lists_sources and not document.sources and not any(b.source for b in blocks_of(document)):
        yield Shortcoming(Lack.NO_SOURCES, row.kind, None, "sources", "Källistan är tom.")


def _is_area(section: SectionDoc) -> bool:
    return section.form == SectionForm.AREA


def _of_section(row: Row, section: SectionDoc) -> Iterator[Shortcoming]:
    if section.form == SectionForm.TEXT and not section.sections and not _says(section.blocks):
        yield _shortcoming(Lack.NO_TEXT, row, "blocks", "har ingen text.")


def _says(blocks: Iterable[BlockDoc]) -> bool:
    return any(block.is_figure or rich.plain(block.text) for block in blocks)


def _of_area(row: Row, area: SectionDoc, is_status: bool) -> Iterator[Shortcoming]:
    is_settled = bool(area.handled_as or area.handled_note or area.not_chosen_reason)
    if is_status and not (is_settled or area.deviations):
        said = "saknar bedömning: bättre, sämre eller ej förändrat."
        yield _shortcoming(Lack.NO_DEVIATION, row, "deviations", said)
    if not is_status and not (is_settled or rich.plain(area.description)):
        said = "saknar beskrivning, och säger varken var det hanteras eller varför det inte valdes."
        yield _shortcoming(Lack.SAYS_NOTHING, row, "description", said)
    if area.special_measures and not is_status and not area.priorities:
        said = "ska ha särskilda åtgärder, men har ingen prioritering."
        yield _shortcoming(Lack.NO_PRIORITY, row, "priorities", said)


def _of_deviation(row: Row, deviation: DeviationDoc) -> Iterator[Shortcoming]:
    """What is as it was needs no proof."""
    if deviation.direction == Direction.UNCHANGED:
        return
    area = quoted(row.parent.title) if row.parent else ""
    called = f"{deviation.direction.label}en inom {area}"
    for is_said, kind, field, said in (
        (deviation.text, Lack.NO_SIGN, "text", "säger inte hur det märks."),
        (deviation.grounds, Lack.NO_GROUND, "grounds", "säger inte vad den bygger på."),
        (
            deviation.consulted,
            Lack.NOT_CONSULTED,
            "consulted",
            "säger inte vem ni har samrått med.",
        ),
    ):
        if not is_said:
            yield Shortcoming(kind, row.kind, row.uuid, field, f"{called} {said}")


# References ---------------------------------------------------------------------------------------


def _targets(document: ReportDocument) -> set[UUID]:
    sections = {section.uuid for section, _ in sections_of(document)}
    return sections | {block.uuid for block in blocks_of(document) if block.is_figure}


def _references(part: Part) -> Iterator[tuple[str, UUID]]:
    """What the row leads to, and in which field."""
    for field in msgspec.structs.fields(type(part)):
        if field.type == Prose and 'href="#' in (text := getattr(part, field.name)):
            yield from ((field.name, one) for one in _in_prose(prose.pieces_of(text)))
    if isinstance(part, PriorityDoc) and part.figure:
        yield "figure", part.figure
    if isinstance(part, SectionDoc) and part.handled_in:
        yield "handled_in", part.handled_in


def _in_prose(pieces: Iterable[prose.Piece]) -> Iterator[UUID]:
    for piece in pieces:
        if isinstance(piece, prose.Reference):
            yield piece.target
        elif isinstance(piece, prose.Note):
            yield from _in_prose(piece.pieces)


def _referred(document: ReportDocument) -> set[UUID]:
    """The figures that something leads to, by way of a part of one too."""
    named = {target for row in rows(document) for _, target in _references(row.part)}
    wholes = {part.uuid: block.uuid for block in blocks_of(document) for part in block.parts}
    return named | {wholes[target] for target in named & wholes.keys()}


def _lost(row: Row, there: set[UUID]) -> Iterator[Shortcoming]:
    for field in dict.fromkeys(field for field, uuid in _references(row.part) if uuid not in there):
        said = "hänvisar till något som är borttaget."
        yield _shortcoming(Lack.LOST_REFERENCE, row, field, said)


def _left_out(document: ReportDocument) -> Mapping[UUID, Row]:
    """What the public edition does not have."""
    left = {row.uuid for row in rows(public(document))}
    return {row.uuid: row for row in rows(document) if row.uuid and row.uuid not in left}


def _not_public(row: Row, left_out: Mapping[UUID, Row]) -> Iterator[Shortcoming]:
    """There the words are left, and lead nowhere."""
    named: dict[str, dict[str, None]] = {}
    for field, uuid in _references(row.part):
        if uuid in left_out:
            target = left_out[uuid]
            called = " ".join(filter(None, [target.label.lower(), quoted(target.title)]))
            named.setdefault(field, {})[called] = None
    for field, targets in named.items():
        said = f"hänvisar till {list_of(targets)}, som inte är med i den publika utgåvan."
        yield _shortcoming(Lack.NOT_PUBLIC, row, field, said)


# Figures ------------------------------------------------------------------------------------------


def _of_figure(row: Row, figure: BlockDoc, referred: set[UUID]) -> Iterator[Shortcoming]:
    is_shown = bool(figure.table or figure.image)
    if not is_shown and not figure.parts:
        said = "har ingen bild än." if figure.form == BlockForm.IMAGE else "har inga siffror än."
        yield _shortcoming(Lack.NO_NUMBERS, row, "table", said)
    if not figure.caption.strip():
        yield _shortcoming(Lack.NO_CAPTION, row, "caption", "saknar figurtext.")
    if not _has_source(row, figure):
        yield _shortcoming(Lack.NO_SOURCE, row, "source", "saknar källa.")
    if is_shown and not figure.description.strip():
        if figure.image:
            said = "är en bild utan alternativ text."
            yield _shortcoming(Lack.NO_ALTERNATIVE, row, "description", said)
        elif is_chart(figure):
            yield _shortcoming(Lack.NO_DESCRIPTION, row, "description", "saknar beskrivning.")
    if row.kind == RowKind.BLOCK and figure.is_numbered and figure.uuid not in referred:
        said = "är numrerad, men texten hänvisar inte till den."
        yield _shortcoming(Lack.NOT_REFERRED_TO, row, "caption", said)


def _has_source(row: Row, figure: BlockDoc) -> bool:
    """Its own, that of the figure that it is a part of, or those of all its parts."""
    whole = row.parent.part if row.kind == RowKind.PART and row.parent else None
    if isinstance(whole, BlockDoc) and whole.source.strip():
        return True
    of_parts = bool(figure.parts) and all(part.source.strip() for part in figure.parts)
    return bool(figure.source.strip()) or of_parts


def _shortcoming(kind: Lack, row: Row, field: str, said: str) -> Shortcoming:
    sentence = " ".join(filter(None, [row.label, quoted(row.title), said]))
    return Shortcoming(kind, row.kind, row.uuid, field, sentence)
