"""How much is held and done while a long plan is printed: a guard in counts, since times differ."""

import gc
from collections.abc import Callable

import pytest
from weasyprint import document as documents
from weasyprint.css import StyleFor
from weasyprint.formatting_structure.boxes import Box
from weasyprint.svg import SVG

from lagesbild.presentation import ReportView
from lagesbild.writing.pdf import to_html
from lagesbild.writing.pdf import write_pdf as write_report
from plans.writing.pdf import write_pdf
from tests.formats import samples
from tests.formats.pages import pages_of
from tests.formats.test_pdf import DRAFT
from tests.lagesbild import samples as reports

pytestmark = pytest.mark.usefixtures("built_fonts")


def test_a_page_is_let_go_of_when_it_has_been_painted(monkeypatch):
    """Laid out it is some two hundred boxes; what WeasyPrint still looks for in it is a few."""
    held = []
    write = documents.generate_pdf

    def counting(*args, **options):
        # By their type: a lazy object that another test has left would wake up at `isinstance`.
        held.append(sum(issubclass(type(one), Box) for one in gc.get_objects()))
        return write(*args, **options)

    monkeypatch.setattr(documents, "generate_pdf", counting)
    few, many = (len(pages_of(write_pdf(samples.large(n), DRAFT))) for n in (5, 25))
    fewer, more = held
    assert (more - fewer) / (many - few) < 30


def test_a_drawing_is_painted_once(monkeypatch):
    """It is most of what a page of a lägesbild costs."""
    painted = 0
    paint: Callable = SVG.draw

    def counting(*args):
        nonlocal painted
        painted += 1
        return paint(*args)

    monkeypatch.setattr(SVG, "draw", counting)
    report = reports.full()
    html = to_html(ReportView(report), DRAFT)
    write_report(report, DRAFT, reports.IMAGES)
    patterns = html.count("<pattern")  # which are painted where they are used
    assert html.count("<svg") <= painted <= html.count("<svg") + patterns


def test_rows_that_look_alike_share_what_css_says_of_them(monkeypatch):
    """An element with an id has a style of its own, and so has all that stands in it."""
    assert (styles_of(monkeypatch, 20) - styles_of(monkeypatch, 10)) / 10 <= 4


def styles_of(monkeypatch, actions: int) -> int:
    made = 0
    make: Callable = StyleFor.set_computed_styles

    def counting(style_for, element, *args, **options):
        nonlocal made
        made += not isinstance(element, tuple)  # which is a page
        return make(style_for, element, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(StyleFor, "set_computed_styles", counting)
        write_pdf(samples.large(actions), DRAFT)
    return made
