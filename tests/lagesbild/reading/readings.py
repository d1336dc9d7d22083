"""A file read as a lägesbild of Ängsholmen, and all that the reading kept of its words."""

import re
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.utils.text import slugify

from lagesbild.document import BlockDoc, ReportDocument, SectionDoc, blocks_of, sections_of
from lagesbild.reading.files import read_report
from lagesbild.reading.outcome import ReportReading
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.reading.outcome import KnownArea
from samverkan.reading.outcome import Sureness
from tests.formats.words_of import words_in
from tests.lagesbild.reading import corpus

PLACE = DistrictDoc("angsholmen", "Ängsholmen", "Sundköpings kommun")
CITY = CatalogueDoc(2024, "Stadens områden")
AREAS = tuple(
    KnownArea(slugify(name), name, CITY.year)
    for name in (corpus.UNGA, corpus.PLATSER, corpus.SYSTEM, corpus.OFFER)
)


def read(
    content: bytes, kind: ReportKind = ReportKind.PICTURE, year: int = 2023, **more: object
) -> ReportReading:
    return read_report(
        content,
        "fil.docx",
        kind=kind,
        district=PLACE,
        year=year,
        catalogue=CITY,
        areas=AREAS,
        **more,  # type: ignore[arg-type]
    )


def from_corpus(name: str) -> ReportReading:
    is_status = name.startswith("status")
    kind = ReportKind.STATUS if is_status else ReportKind.PICTURE
    return read(corpus.CORPUS[name](), kind, 2022 if is_status else 2023)


def section(reading: ReportReading, heading: str) -> SectionDoc:
    (found,) = (one for one, _ in sections_of(reading.document) if one.heading == heading)
    return found


def headings(reading: ReportReading) -> list[tuple[int, str]]:
    return [(depth, one.heading) for one, depth in sections_of(reading.document)]


def figures(reading: ReportReading) -> list[BlockDoc]:
    return [
        block for one, _ in sections_of(reading.document) for block in one.blocks if block.is_figure
    ]


def texts(reading: ReportReading) -> str:
    """The running text, as it is read: each reference with the number of its figure."""
    return "\n".join(shown(block.text, reading.document) for block in blocks_of(reading.document))


def shown(html: str, document: ReportDocument) -> str:
    numbers = _numbers(document)

    def number(found: re.Match[str]) -> str:
        said = numbers.get(UUID(found[1]), "")
        return f"{found[2]} {said}" if said else found[2]

    return re.sub(r'<a href="#([0-9a-f-]{36})">(.*?)</a>', number, html)


def _numbers(document: ReportDocument) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    running = 0
    for one, _ in sections_of(document):
        for block in one.blocks:
            if block.is_figure and block.is_numbered:
                running += 1
                found[block.uuid] = str(running)
                for at, part in enumerate(block.parts):
                    found[part.uuid] = f"{running}{'abcdefgh'[at]}"
    return found


def kept(reading: ReportReading) -> Counter[str]:
    """Every word that is somewhere in the report, or is known to be the form's own."""
    said = [*_said(reading.document), *(extra.text for extra in reading.document.extras)]
    said += [piece.text for piece in reading.pieces if piece.sureness == Sureness.FORM]
    return Counter(words_in("\n".join(said)))


def _said(document: ReportDocument) -> Iterator[str]:
    numbers = _numbers(document)
    yield document.title
    yield _bare(document.instruction)
    for one, _ in sections_of(document):
        yield one.heading
        yield _bare(shown(one.description, document))
        yield one.working_together
        yield one.handled_note
        for rows in (one.aims, one.results, one.priorities, one.deviations):
            yield from (row.text for row in rows)
    for block in blocks_of(document):
        yield _bare(shown(block.text, document))
        yield from (block.caption, block.description, block.unit)
        if block.uuid in numbers:
            yield f"Figur {numbers[block.uuid]}"
        if block.source:
            yield f"Källa: {block.source}"
        if table := block.table:
            yield from (table.labels_are, *table.labels)
            for series in table.series:
                yield series.name
                yield " ".join(str(value) for value in series.values if value is not None)
    yield from (source.name for source in document.sources)


def _bare(html: str) -> str:
    """Its words, without those of the markup; a footnote stands apart from the word before it."""
    text = re.sub(r"</?(?:strong|em|a)\b[^>]*>", "", html)
    return (
        re.sub(r"<[^>]+>", " ", text)
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
    )
