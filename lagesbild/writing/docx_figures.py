"""The figures of a report in Word: charts that Word draws, pictures, captions with their numbers."""

from collections.abc import Mapping

from lagesbild.document import ImageDoc
from lagesbild.presentation import NO_BREAK, FigureView, TableView
from lagesbild.vocabulary import BlockForm
from lagesbild.writing.docx_text import Text
from samverkan.documents import docx_charts
from samverkan.documents.docx import TWIPS
from samverkan.documents.docx_blocks import tabled
from samverkan.documents.docx_charts import Kind
from samverkan.documents.wordml import Cell, Element, Row, field_of, paragraph, run, share, w

WIDEST, HIGHEST, HIGHEST_PART = 160, 175, 85  # in millimetres
CHART_HEIGHT = 65
PER_INCH, INCH = 96, 25.4
_KINDS = {BlockForm.LINE: Kind.LINES, BlockForm.STACKED: Kind.STACKED}


class Figures(Text):
    images: Mapping[str, bytes]

    def _figure(self, figure: FigureView, width: float = WIDEST) -> list[Element]:
        """In a column so many millimetres wide."""
        parts = [made for part in figure.parts for made in self._picture(part, width)]
        return [*parts, *self._picture(figure, width)]

    def _picture(self, figure: FigureView, width: float) -> list[Element]:
        """What there is to see, and its caption: over a table, under all else."""
        drawing = self._drawing(figure, width)
        return [
            *([] if drawing is None else [self._marked(figure, drawing)]),
            self._caption(figure, stays=figure.has_table_alone),
            *self._numbers(figure, width),
            *self._internal(figure.doc),
        ]

    def _marked(self, figure: FigureView, drawing: Element) -> Element:
        """In a place of its own, that tells whether it still stands there."""
        return paragraph(self.places.mark(self.names[id(figure.doc)], [drawing]), "Figure")

    def _drawing(self, figure: FigureView, width: float) -> Element | None:
        block = figure.doc
        if block.image:
            content = self.images[block.image.sha256]
            highest = HIGHEST_PART if figure.letter else HIGHEST
            return self.paper.picture(
                content, figure.alternative, *_size(block.image, width, highest)
            )
        if block.table and figure.svg:
            series = [(series.name, series.values) for series in block.table.series]
            kind = _KINDS.get(block.form, Kind.COLUMNS)
            chart = docx_charts.of_table(kind, block.table.labels, series)
            return self.paper.drawn(chart, figure.alternative, width, CHART_HEIGHT)
        return None

    def _caption(self, figure: FigureView, *, stays: bool) -> Element:
        block = figure.doc
        said: list[Element] = []
        if figure.letter:
            said += [run(figure.label, bold=True), run(" ")]
        elif figure.number:
            start, end = self.paper.anchoring(figure.anchor)
            number = field_of("SEQ Figur \\* ARABIC", run(figure.number, bold=True))
            said += [run(f"Figur{NO_BREAK}", bold=True), start, *number, end, run(". ", bold=True)]
        if block.caption:
            said += [*self._said(block, "caption"), run(figure.caption[len(block.caption) :])]
        if block.source:
            said += [run(" Källa: "), *self._said(block, "source")]
            said += [run(figure.source[len(f"Källa: {block.source}") :])]
        made = paragraph(said, "Caption" if said else "Between")
        if stays:
            made.pPr.append(w("keepNext"))
        if figure.letter or not figure.number:
            made = self.paper.anchored(made, figure.anchor)
        return made

    def _numbers(self, figure: FigureView, width: float) -> list[Element]:
        made: list[Element] = []
        if not (figure.shows_table and figure.table):
            return made
        for table in figure.table.in_widths:
            unit = f"({figure.doc.unit})" if figure.doc.unit else ""
            corner = " ".join(filter(None, [table.corner, unit]))
            rows = [
                Row(
                    [
                        Cell([paragraph(corner, "CellHead")]),
                        *(
                            Cell(
                                [paragraph(self._said_in(figure, table, None, n), "CellNumberHead")]
                            )
                            for n in range(len(table.heads))
                        ),
                    ],
                    is_head=True,
                )
            ]
            rows += [
                Row(
                    [
                        Cell([paragraph(self._said_in(figure, table, row, None), "Cell")]),
                        *(
                            Cell([paragraph(self._said_in(figure, table, row, n), "CellNumber")])
                            for n in range(len(values))
                        ),
                    ]
                )
                for row, (_, values) in enumerate(table.rows)
            ]
            first = max(2.0, len(table.heads) * 0.4)
            widths = share(round(width * TWIPS), [first, *[1] * len(table.heads)])
            made += tabled(rows, widths, figure.name)
        return made

    def _said_in(
        self, figure: FigureView, table: TableView, row: int | None, column: int | None
    ) -> list[Element]:
        """What stands in a cell of the numbers; without a row it is a head, without a column a name."""
        words = table.text(row, column)
        if column is None and table.first:
            return [run(words)]  # said again: it is read where it stands first
        of_table = table.first + column if column is not None else None
        label, series = (row, of_table) if table.is_turned else (of_table, row)
        way = f"{self.names[id(figure.doc)]}.table"
        if series is None:
            name = f"{way}.labels.{label}"
        elif label is None:
            name = f"{way}.series.{series}.name"
        else:
            name = f"{way}.series.{series}.values.{label}"
        return self.places.line(name, words)


def _size(image: ImageDoc, widest: float, highest: float) -> tuple[float, float]:
    """In millimetres: as large as it is, or as there is room for."""
    width, height = (side / PER_INCH * INCH for side in (image.width, image.height))
    smaller = min(1, widest / width, highest / height)
    return width * smaller, height * smaller
