"""A Word file as a source: what each paragraph and each cell says, and where."""

from collections.abc import Iterator

from plans.reading.refusing import no_plan
from plans.reading.source import Block, Cell, Origin, Paragraph, Source, Table
from samverkan.office.word import text_of
from samverkan.office.word_file import WordFile
from samverkan.office.word_pieces import TYPED_ITEM, Box, Grid, Line


@no_plan
def read_word(content: bytes) -> Source:
    text = text_of(WordFile.opened(content))
    return Source(Origin.WORD, tuple(_blocks(text.blocks)), text.notes, text.warnings)


def _blocks(blocks: tuple[Line | Grid, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Grid):
            rows = (tuple(_cell(box) for box in row if box.text) for row in block.rows)
            if cells := tuple(row for row in rows if row):
                yield Table(block.name, cells)
        elif block.text:
            yield _paragraph(block)


def _paragraph(line: Line) -> Paragraph:
    text, item = line.text, line.item
    if item is None and line.heading is None and TYPED_ITEM.match(text):
        text, item = TYPED_ITEM.sub("", text, count=1), 1
    return Paragraph(TYPED_ITEM.sub("- ", text), line.number, line.heading, item, line.is_bold)


def _cell(box: Box) -> Cell:
    return Cell(box.row, box.column, box.text, box.rows, box.columns, box.is_bold)
