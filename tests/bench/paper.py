"""Making the PDF of a plan, against WeasyPrint's own time for the same words in a bare table."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from plans.document import PlanDocument
from samverkan.documents.standing import Standing
from tests.bench.figures import Figure, measure, timed

DECIDED = Standing("Beslutad", content_hash="ab" * 32, printed_on=date(2025, 2, 3), is_decided=True)
FLOOR = "samma ord i en naken tabell"
# As many columns as an orsakstabell has, in our own type: what the same ink costs at the least.
BARE = """
@font-face { font-family: "Source Sans 3"; src: url("../fonts/SourceSans3-Regular.ttf") }
@page { size: A4 landscape }
html { font: 10pt/1.4 "Source Sans 3" }
table { table-layout: fixed; width: 100% }
"""
COLUMNS = 5
ROUNDS = 5
ROOM = 500  # megabytes, for a plan of a thousand actions

MAKE_ONE = """
import django, sys; django.setup()
from plans.writing.pdf import write_pdf
from tests.bench.paper import DECIDED
from tests.formats.samples import large
write_pdf(large(int(sys.argv[1])), DECIDED)
"""


def pdf_of_a_plan() -> list[Figure]:
    """What somebody waits for, what each action more adds to it, and how much memory it takes."""
    from django.core.management import call_command

    call_command("build_fonts", verbosity=0)
    return [_whole_plan(60), *_libreoffice(60), _an_action_more(60, 180), _memory(1000)]


def _whole_plan(actions: int) -> Figure:
    from tests.formats.samples import large

    plan = large(actions)
    return measure(f"PDF, {actions} åtgärder", ours(plan), FLOOR, bare_table(plan), ROUNDS)


def _libreoffice(actions: int) -> list[Figure]:
    """The same plan out of our Word file, by a LibreOffice that starts from nothing; where both are."""
    office = shutil.which("soffice")
    if not office or not find_spec("plans.writing.docx"):
        return []
    from tests.formats.samples import large

    plan = large(actions)
    content = import_module("plans.writing.docx").write_docx(plan, DECIDED)
    with TemporaryDirectory() as folder:
        file = Path(folder, "plan.docx")
        file.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        order = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(file),
        ]

        def convert():
            subprocess.run(order, check=True, capture_output=True)  # noqa: S603

        name = f"PDF, {actions} åtgärder"
        return [measure(name, ours(plan), "LibreOffice, vår Wordfil", convert, ROUNDS)]


def _an_action_more(few: int, many: int) -> Figure:
    """What the many take beyond the few, for each; the quickest of some, taken in turn."""
    from tests.formats.samples import large

    less, more = large(few), large(many)
    runs = [timed(make(plan)) for make in (ours, bare_table) for plan in (less, more)]
    quickest = [
        min(times) for times in zip(*([run() for run in runs] for _ in range(3)), strict=True)
    ]
    own, floor = (
        round((quickest[place + 1] - quickest[place]) / (many - few), 2) for place in (0, 2)
    )
    return Figure("PDF, varje åtgärd till", FLOOR, own, floor)


def _memory(actions: int) -> Figure:
    """No time, but megabytes: of a process that does nothing else, and those that it may take."""
    subprocess.run([sys.executable, "-c", MAKE_ONE, str(actions)], check=True)  # noqa: S603
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Figure(f"PDF, {actions} åtgärder, MB minne", "så mycket får den ta", taken, ROOM)


def ours(plan: PlanDocument) -> Callable[[], Any]:
    from plans.writing.pdf import write_pdf

    return lambda: write_pdf(plan, DECIDED)


def bare_table(plan: PlanDocument) -> Callable[[], Any]:
    from plans.writing.pdf import to_html
    from samverkan.documents import pdf

    weasyprint = pdf._weasyprint()
    words = _pieces(to_html(plan, DECIDED))
    rows = [words[start : start + COLUMNS] for start in range(0, len(words), COLUMNS)]
    cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    html = f"<!doctype html><html lang=sv><title>x</title><table>{table}</table>"
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
