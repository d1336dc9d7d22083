"""A figure of a report as a chart: the same on the page and on paper."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lagesbild.document import BlockDoc, TableDoc
from lagesbild.told import alternative_text
from lagesbild.vocabulary import BlockForm
from samverkan.documents import charts
from samverkan.documents.charts import Drawn

_DRAWN = {
    BlockForm.LINE: Drawn.LINES,
    BlockForm.BARS: Drawn.BARS,
    BlockForm.GROUPED: Drawn.BARS,
    BlockForm.STACKED: Drawn.STACKED,
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def is_chart(block: BlockDoc) -> bool:
    """Whether the figure itself is one. Images and tables are not, nor is a whole of parts alone."""
    return block.form in _DRAWN and (block.table is not None or not block.parts)


def svg_of(
    block: BlockDoc, *, width: int = charts.PAPER_WIDTH, whole: BlockDoc | None = None
) -> SafeString:
    """The chart, so many pixels wide; nothing where there is none, or where it cannot be drawn.

    A part of a figure has the scale of the other parts: `whole` is the figure that it is a part of.
    """
    if not is_chart(block) or block.table is None or _fault_of_one(block):
        return SafeString("")
    tabled = _tabled(block, block.table, _beside(block, whole))
    svg = charts.of_table(alternative_text(block), tabled, _DRAWN[block.form], width)
    return mark_safe(svg)  # noqa: S308 - charts escapes every word


def on_screen(block: BlockDoc, *, whole: BlockDoc | None = None) -> SafeString:
    """The chart as a page has it: drawn for a phone and for the rest, and shown as there is room for
    (static/css/chart.css). Only the one that is shown is read aloud."""
    wide = svg_of(block, whole=whole)
    if not wide:
        return wide
    narrow = svg_of(block, width=charts.PHONE_WIDTH, whole=whole)
    return format_html(
        '<div class="fitted"><div class="when-wide">{}</div><div class="when-narrow">{}</div></div>',
        wide,
        narrow,
    )


def fault_of(block: BlockDoc) -> str:
    """Why it cannot be drawn, and what to do instead; nothing where it can. Its parts are looked at too."""
    if fault := _fault_of_one(block):
        return fault
    for letter, part in zip(_LETTERS, block.parts, strict=False):
        if fault := _fault_of_one(part):
            return f"Del {letter}: {fault}"
    return ""


def _fault_of_one(block: BlockDoc) -> str:
    if not is_chart(block):
        return ""
    if block.table is None:
        return "Diagrammet har ingen tabell. Klistra in den, eller skriv den."
    return charts.fault_of(_tabled(block, block.table), _DRAWN[block.form])


def _tabled(block: BlockDoc, table: TableDoc, beside: tuple[Decimal, ...] = ()) -> charts.Tabled:
    series = [charts.Series(series.name, series.values) for series in table.series]
    return charts.Tabled(table.labels, series, block.unit, beside)


def _beside(block: BlockDoc, whole: BlockDoc | None) -> tuple[Decimal, ...]:
    """The highest and the lowest of the other parts that count in the same unit."""
    reached: list[Decimal] = []
    for part in whole.parts if whole else ():
        if is_chart(part) and part.table and part.unit == block.unit and not _fault_of_one(part):
            tabled = _tabled(part, part.table)
            is_stacked = _DRAWN[part.form] == Drawn.STACKED
            scale = tabled.scale_of_sums if is_stacked else tabled.scale
            reached += [scale.least, scale.most]
    return tuple(reached)
