"""A figure of a report drawn from its table and told in words, against the standard library writing
the same drawing when it is made already."""

from decimal import Decimal
from uuid import uuid4
from xml.etree import ElementTree

from tests.bench.figures import Figure, measure

YEARS, SERIES = 10, 8
FLOOR = "samma SVG ur ElementTree"


def drawing_a_figure() -> list[Figure]:
    from lagesbild.charts import svg_of
    from lagesbild.document import BlockDoc, SeriesDoc, TableDoc
    from lagesbild.vocabulary import BlockForm
    from samverkan.documents.charts import PHONE_WIDTH

    table = TableDoc(
        tuple(str(2014 + year) for year in range(YEARS)),
        tuple(
            SeriesDoc(f"Brottstyp {n}", tuple(Decimal(n * 13 + y * 7) for y in range(YEARS)))
            for n in range(SERIES)
        ),
        "År",
    )
    figures = []
    for form, label in ((BlockForm.LINE, "åtta linjer"), (BlockForm.GROUPED, "80 staplar")):
        block = BlockDoc(uuid4(), form, caption="Anmälda brott", unit="anmälda brott", table=table)
        for width, where in ((640, "papper"), (PHONE_WIDTH, "telefon")):
            made = ElementTree.fromstring(svg_of(block, width=width))  # noqa: S314
            figures.append(
                measure(
                    f"Ett diagram, {label} över tio år, {where}",
                    lambda block=block, width=width: svg_of(block, width=width),
                    FLOOR,
                    lambda made=made: ElementTree.tostring(made, encoding="unicode"),
                    rounds=50,
                )
            )
    return figures
