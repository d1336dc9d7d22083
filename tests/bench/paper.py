"""Making the PDF of a plan, against WeasyPrint's own time for the same words in a bare table."""

from collections.abc import Callable
from datetime import date
from html import escape
from html.parser import HTMLParser
from typing import Any

from plans.document import PlanDocument
from plans.writing.standing import Standing
from tests.bench.figures import Figure, measure

DECIDED = Standing("Beslutad", content_hash="ab" * 32, printed_on=date(2025, 2, 3), is_decided=True)
# As many columns as an orsakstabell has, in our own type: what the same ink costs at the least.
BARE = """
@font-face { font-family: "Source Sans 3"; src: url("../fonts/SourceSans3-Regular.ttf") }
@page { size: A4 landscape }
html { font: 10pt/1.4 "Source Sans 3" }
table { table-layout: fixed; width: 100% }
"""
COLUMNS = 5
WEASY_ROUNDS = 5


def pdf_of_a_plan() -> list[Figure]:
    """What a plan that a person waits for takes, and what each further action adds."""
    from django.core.management import call_command

    from plans.writing.pdf import write_pdf
    from tests.formats.samples import large

    call_command("build_fonts", verbosity=0)
    plan, larger = large(60), large(120)
    floor = bare_table(plan)
    figures = [
        measure(
            "PDF, 60 åtgärder",
            lambda: write_pdf(plan, DECIDED),
            "samma ord i en naken tabell",
            floor,
            WEASY_ROUNDS,
        )
    ]
    return figures


def bare_table(plan: PlanDocument) -> Callable[[], Any]:
    import weasyprint

    from plans.writing.pdf import to_html
    from samverkan.documents import pdf

    words = _pieces(to_html(plan, DECIDED))
    rows = [words[start : start + COLUMNS] for start in range(0, len(words), COLUMNS)]
    html = "<!doctype html><html lang=sv><title>x</title><table>{}</table>".format(
        "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    )
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(
        string=BARE, base_url=f"{pdf.STATIC}css/", url_fetcher=pdf._fetcher(), font_config=fonts
    )
    return lambda: weasyprint.HTML(string=html).write_pdf(stylesheets=[style], font_config=fonts)


def _pieces(html: str) -> list[str]:
    """The words of the document, as they stand together in it."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data):
            if words := " ".join(data.split()):
                found.append(words)

    Reader().feed(html)
    return found
