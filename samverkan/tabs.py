"""Plain text with tabs between its cells, as Excel and Word put it on the clipboard."""

import re
from collections.abc import Iterator

# A cell with a tab, a line break or a quotation mark in it comes quoted; quotation marks that stand
# about a word in running text are the text's own.
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=\t|\n|\Z)|[^\t\n]*')
_MUST_BE_QUOTED = re.compile(r'[\t\n"]')


def rows_of(text: str) -> Iterator[list[str]]:
    """A line is a row; one without a tab has a single cell."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place, row = 0, []
    while place < len(text):
        found = _CELL.match(text, place)
        assert found  # it matches the empty text too
        quoted = found[1]
        is_quoted = quoted is not None and _MUST_BE_QUOTED.search(quoted)
        row.append(quoted.replace('""', '"') if is_quoted else found[0])
        place = found.end() + 1
        if text[found.end() : place] != "\t":
            yield row
            row = []
    if row:
        yield [*row, ""]
