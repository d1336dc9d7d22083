"""A figure as SVG."""

from lagesbild.document import BlockDoc
from samverkan.documents.charts import Point, line


def svg_of(block: BlockDoc) -> str:
    assert block.table
    series = block.table.series[0]
    points = [Point(a, b) for a, b in zip(block.table.labels, series.values, strict=True)]
    return line(block.description or block.caption, points)
