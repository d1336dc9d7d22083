"""What differs between two reports, laid out for reading: section by section."""

from collections.abc import Iterator

from lagesbild.difference import DIFFER
from lagesbild.document import BlockDoc, ReportDocument, SectionDoc
from lagesbild.labels import label
from lagesbild.rows import Row, RowKind
from samverkan.collaboration import comparing
from samverkan.collaboration.comparing import Comparison
from samverkan.document import texts


def compared(before: ReportDocument, after: ReportDocument) -> Comparison:
    return _Comparing(before, after).compared()


class _Comparing(comparing.Comparing):
    differ = DIFFER

    def heading(self, row: Row) -> str:
        """The section that it is, or stands in."""
        return row.section.heading if row.section else ""

    def said(self, row: Row) -> Iterator[tuple[str, str]]:
        said = dict(texts(row.part, but={"slug"}))
        if isinstance(row.part, SectionDoc) and said.get("name") == said.get("heading"):
            said.pop("name", None)
        for name, text in said.items():
            yield label(row.kind, name), text
        if isinstance(row.part, BlockDoc) and row.part.table:
            yield label(row.kind, "table"), DIFFER.written_part(row.part.table)

    def stands_apart(self, row: Row) -> bool:
        return row.kind in (RowKind.SECTION, RowKind.BLOCK)
