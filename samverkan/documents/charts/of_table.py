"""A table as a chart: bars beside or upon each other, or lines."""

from samverkan.documents.charts.columns import Columns
from samverkan.documents.charts.faults import PAPER_WIDTH, Drawn
from samverkan.documents.charts.lines import Lines
from samverkan.documents.charts.rows import Rows
from samverkan.documents.charts.tabled import Tabled

PHONE_WIDTH = 320


def of_table(description: str, tabled: Tabled, drawn: Drawn, width: int = PAPER_WIDTH) -> str:
    """So many pixels wide. Ask `fault_of` first whether it can be drawn."""
    if drawn == Drawn.LINES:
        return Lines(description, tabled, width).svg
    is_stacked = drawn == Drawn.STACKED
    columns = Columns(description, tabled, width, is_stacked)
    return columns.svg if columns.fit else Rows(description, tabled, width, is_stacked).svg
