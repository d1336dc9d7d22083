"""Making the PDF of a lägesbild with its figures, against the same text without them."""

from datetime import date
from decimal import Decimal
from itertools import cycle, islice
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from lagesbild.document import BlockDoc, ReportDocument, SectionDoc, SeriesDoc, TableDoc
from lagesbild.vocabulary import BlockForm, ReportKind, SectionForm
from samverkan.documents.standing import Standing
from tests.bench.figures import Figure, measure

SECTIONS, FIGURES, AREAS = 60, 30, 12
FORMS = (BlockForm.LINE, BlockForm.BARS, BlockForm.GROUPED, BlockForm.STACKED)
ROUNDS = 5
WORDS = (
    "<p>Anmälningarna har minskat vid torget och ökat kring stationen sedan förra året, och de som "
    "svarar i trygghetsmätningen säger detsamma. Förvaltningen och polisen läser siffrorna ihop med "
    "det som fältarbetare, skolor och föreningar berättar.</p>"
) * 3


def pdf_of_a_report() -> list[Figure]:
    from django.core.management import call_command

    from lagesbild.writing.pdf import write_pdf

    call_command("build_fonts", verbosity=0)
    report = large()
    text = without_figures(report)
    standing = Standing("Utkast", content_hash="ab" * 32, printed_on=date(2025, 2, 3))
    return [
        measure(
            f"PDF, {SECTIONS} avsnitt med {FIGURES} figurer",
            lambda: write_pdf(report, standing, {}),
            "samma text utan figurer",
            lambda: write_pdf(text, standing, {}),
            ROUNDS,
        )
    ]


def large() -> ReportDocument:
    from tests.lagesbild.samples import CATALOGUE, PARTIES, PLACE

    forms = list(islice(cycle(FORMS), FIGURES))
    sections = tuple(_section(number, forms) for number in range(SECTIONS))
    return ReportDocument(
        ReportKind.PICTURE, PLACE, 2024, CATALOGUE, parties=PARTIES, sections=sections
    )


def without_figures(report: ReportDocument) -> ReportDocument:
    """With what the figures say in words: no more than the drawings is gone."""
    return replace(
        report,
        sections=tuple(
            replace(
                section,
                blocks=tuple(
                    BlockDoc(one.uuid, text=f"<p>{one.caption}</p><p>{one.description}</p>")
                    if one.is_figure
                    else one
                    for one in section.blocks
                ),
            )
            for section in report.sections
        ),
    )


def _section(number: int, forms: list[BlockForm]) -> SectionDoc:
    text = BlockDoc(_uuid("text", number), text=WORDS)
    figure = (_figure(number, forms[number // 2]),) if number % 2 else ()
    if number >= SECTIONS - AREAS:
        slug = f"omrade-{number}"
        return SectionDoc(
            _uuid("avsnitt", number),
            f"Prioriterat område {number}",
            SectionForm.AREA,
            blocks=(text, *figure),
            slug=slug,
            name=f"Prioriterat område {number}",
            description=WORDS,
        )
    return SectionDoc(_uuid("avsnitt", number), f"Avsnitt {number}", blocks=(text, *figure))


def _figure(number: int, form: BlockForm) -> BlockDoc:
    years = tuple(str(year) for year in range(2015, 2025))
    series = tuple(
        SeriesDoc(f"Plats {place}", tuple(Decimal(place * 31 + year * 7) for year in range(10)))
        for place in range(1, 2 if form == BlockForm.BARS else 4)
    )
    return BlockDoc(
        _uuid("figur", number),
        form,
        caption=f"Anmälda brott per plats, {number}",
        source="polisens anmälningsstatistik",
        unit="antal",
        description="Antalet ökar på alla platser från 2015 till 2024, mest vid torget.",
        table=TableDoc(years, series, "År"),
    )


def _uuid(kind: str, number: int):
    return uuid5(NAMESPACE_URL, f"bench/{kind}/{number}")
