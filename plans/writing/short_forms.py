"""The short forms of a plan, in one table: who lists them or makes one finds all of them here."""

from collections.abc import Callable
from dataclasses import dataclass

from plans.document import PlanDocument
from plans.writing import summary
from plans.writing.pdf import write_party_pdf, write_promises_pdf
from plans.writing.standing import Standing

Writer = Callable[[PlanDocument, Standing, str], bytes]


@dataclass(frozen=True)
class ShortForm:
    title: str
    extension: str
    content_type: str
    write: Writer  # the last: the key of a party, where the form is of one
    is_of_party: bool = False


def _of_the_whole(write: Callable[[PlanDocument, Standing], bytes]) -> Writer:
    return lambda document, standing, party_key: write(document, standing)


def _of_figures(write: Callable[[PlanDocument], bytes]) -> Writer:
    return lambda document, standing, party_key: write(document)


# By the name that stands in an address or a command.
SHORT_FORMS = {
    "part": ShortForm(
        "Partens åtaganden", "pdf", "application/pdf", write_party_pdf, is_of_party=True
    ),
    "medborgarloften": ShortForm(
        "Medborgarlöften", "pdf", "application/pdf", _of_the_whole(write_promises_pdf)
    ),
    "sammanstallning-png": ShortForm(
        "Sammanställning, bild", "png", "image/png", _of_figures(summary.write_summary_png)
    ),
    "sammanstallning-svg": ShortForm(
        "Sammanställning, vektorbild",
        "svg",
        "image/svg+xml",
        _of_figures(summary.write_summary_svg),
    ),
    "sammanstallning-csv": ShortForm(
        "Sammanställning, tabell",
        "csv",
        "text/csv; charset=utf-8",
        _of_figures(summary.write_summary_csv),
    ),
}
