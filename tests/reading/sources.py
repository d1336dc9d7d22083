"""Small files from outside, put together by hand, and a district to read them in."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.text import slugify

from plans.document import CatalogueDoc, DistrictDoc, PartyDoc
from plans.reading.outcome import Known, KnownArea
from plans.reading.source import Block, Cell, Note, Origin, Paragraph, Source, Table
from samverkan.organisation.vocabulary import PartyKind

OLD = (
    "Riktat arbete mot avgränsade platser och utsatta områden",
    "Unga i risk för kriminalitet",
    "Avhopparverksamhet för kriminella",
    "Särskilt utsatta och sårbara brottsoffer",
    "Otillåten påverkan",
    "Skolan som brottsplats",
    "Arbete mot våldsbejakande extremism",
    "Otillåtna bosättningar",
    "Ordningsvakter",
    "Kameraövervakning",
)
NEW = (
    "Unga i riskzon för destruktivt beteende",
    "Otrygga och brottsutsatta platser",
    "Systemhotande brottslighet",
    "Särskilt utsatta och sårbara brottsoffer",
    "Kriminella miljöer och livsstilar",
)
_SUCCESSORS = {
    "Unga i risk för kriminalitet": ("unga-i-riskzon-for-destruktivt-beteende",),
    "Ordningsvakter": (
        "otrygga-och-brottsutsatta-platser",
        "kriminella-miljoer-och-livsstilar",
    ),
}


def known(year: int = 2025, name: str = "Norra innerstaden") -> Known:
    return Known(
        district=DistrictDoc(slugify(name), name, "Stockholms stad"),
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        catalogues=(
            CatalogueDoc(2024, "Prioriterade områden 2024"),
            CatalogueDoc(2019, "Prioriterade områden 2019"),
        ),
        areas=(
            *(KnownArea(slugify(name), name, 2024) for name in NEW),
            *(KnownArea(slugify(one), one, 2019, (), _SUCCESSORS.get(one, ())) for one in OLD),
            KnownArea("trygga-torg", "Trygga torg", None, ("Torgen",)),
        ),
        parties=(
            PartyDoc("sdf", f"{name}s stadsdelsförvaltning", "Sdf", PartyKind.ADMINISTRATION),
            PartyDoc("polis", f"Lokalpolisområde {name}", "Polisen", PartyKind.POLICE),
            PartyDoc(
                "stad/utbildningsforvaltningen",
                "Utbildningsförvaltningen",
                "Utbildningsförv.",
                PartyKind.PARTNER,
            ),
        ),
    )


def table(name: str, rows: Iterable[Sequence[str]], *, is_sheet: bool = False) -> Table:
    """Rows of texts; an empty text is an empty cell, and an empty row an empty row."""
    return Table(
        name,
        tuple(
            tuple(Cell(number, column, text) for column, text in enumerate(row) if text)
            for number, row in enumerate(rows)
        ),
        is_sheet,
    )


def sheet(name: str, *rows: Sequence[str]) -> Table:
    return table(name, rows, is_sheet=True)


def excel(*sheets: Table, notes: Sequence[Note] = ()) -> Source:
    return Source(Origin.EXCEL, tuple(sheets), tuple(notes))


def word(*blocks: Block | str | Sequence[Sequence[str]]) -> Source:
    """Paragraphs as texts, and tables as rows. "# " is a heading, "**" bold, "- " an item."""
    made: list[Block] = []
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Paragraph | Table):
            made.append(block)
        elif isinstance(block, str):
            paragraphs += 1
            made.append(_paragraph(block, paragraphs))
        else:
            tables += 1
            made.append(table(f"Tabell {tables}", block))
    return Source(Origin.WORD, tuple(made))


def _paragraph(text: str, number: int) -> Paragraph:
    heading = len(text) - len(text.lstrip("#"))
    if heading:
        return Paragraph(text.lstrip("# "), number, heading=heading)
    if text.startswith("- "):
        return Paragraph(text[2:], number, item=1)
    if text.startswith("**"):
        return Paragraph(text.strip("*"), number, is_bold=True)
    return Paragraph(text, number)
