"""What the writer of any Word document puts on paper besides words: headings, tables, lists of facts."""

from collections.abc import Iterable, Sequence
from typing import Any

from samverkan.documents.docx import Paper
from samverkan.documents.wordml import (
    Cell,
    Element,
    Row,
    Table,
    paragraph,
    share,
    without_empty_columns,
)

FACTS = 9860  # as wide as a table of facts is at most


class Blocks:
    paper: Paper

    def _heading(
        self, content: Any, level: int, anchor: str = "", *, new_page: bool = False
    ) -> None:
        self.paper.add(self.paper.heading(content, level, anchor, new_page=new_page))

    def _table(
        self, rows: Sequence[Row], widths: Sequence[int], words: str, *, has_total: bool = False
    ) -> None:
        self.paper.add(*tabled(rows, widths, words, has_total=has_total))

    def _list(
        self, heads: Sequence[str], rows: Sequence[Row], parts: Sequence[float], words: str
    ) -> None:
        kept, narrowed = without_empty_columns(head(heads), rows)
        self._table(narrowed, share(self.paper.width, [parts[column] for column in kept]), words)

    def _label_rows(
        self, lines: Iterable[tuple[Any, Sequence[Element]]], words: str = "Uppgifter"
    ) -> None:
        """A label and what it says, row by row."""
        rows = [
            Row([Cell([paragraph(label, "CellLabel")]), Cell(blocks)]) for label, blocks in lines
        ]
        if rows:
            widest = min(self.paper.width, FACTS)
            self._table(rows, [2400, widest - 2400], words)


def tabled(
    rows: Sequence[Row], widths: Sequence[int], words: str, *, has_total: bool = False
) -> list[Element]:
    table = Table(widths, rows, one_line(words), has_total)
    # Two tables with nothing between them would be one.
    return [table.element(), paragraph(style="Between")]


def head(heads: Iterable[str]) -> Row:
    cells = [Cell([paragraph(head, "CellHead")]) for head in heads]
    return Row(cells, is_head=True)


def one_line(text: str) -> str:
    return " ".join(text.split())
