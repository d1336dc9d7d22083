"""Writes the tags of a document into its PDF: structure elements, and which page says what."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from samverkan.documents.tags import Cell, Link, Tag, Tree, Words

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Sequence[Any]) -> None:
    """Takes the place of the function of that name in WeasyPrint, and its arguments."""
    _Writer(pdf, document.tags).write()
    document.tags = None


class _Element(pydyf.Object):
    """As it stands in the file: there are tens of thousands, and pydyf asks each for it twice."""

    data = b""


class _Writer:
    def __init__(self, pdf: Any, tree: Tree) -> None:
        self._pdf = pdf
        self._tree = tree
        self._page_references = pdf.page_references
        self._elements: dict[Tag, Any] = {}
        self._headers: dict[Tag, Any] = {}  # the identities of a cell's headers
        self._identities: list[tuple[str, Tag]] = []
        self._links: list[tuple[Any, Tag]] = []

    def write(self) -> None:
        root = self._tree.root
        top = self._add({"Type": "/StructTreeRoot"})
        for number, table in enumerate(_tables(root), start=1):
            self._relate(table, number)
        top["K"] = self._element(root, top.reference).reference
        top["ParentTree"] = self._add({"Nums": self._owners()}).reference
        top["ParentTreeNextKey"] = len(self._tree.owners) + len(self._links)
        if self._identities:
            top["IDTree"] = self._add({"Names": self._names()}).reference
        catalog = self._pdf.catalog
        catalog["StructTreeRoot"] = top.reference
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _add(self, entries: dict) -> Any:
        added = pydyf.Dictionary(entries)
        self._pdf.add_object(added)
        return added

    def _element(self, tag: Tag, parent: bytes) -> Any:
        entries = {"S": f"/{tag.kind}", "P": parent, **tag.entries}
        if tag.cell:
            entries["A"] = self._attributes(tag, tag.cell)
        if tag.identity:
            entries["ID"] = pydyf.String(tag.identity)
            self._identities.append((tag.identity, tag))
        element = self._elements[tag] = _Element()
        self._pdf.add_object(element)
        page = next((kid.page for kid in tag.kids if isinstance(kid, Words)), None)
        if page is not None:
            entries["Pg"] = self._page_references[page]
        entries["K"] = pydyf.Array(self._kids(tag, element.reference, page))
        element.data = pydyf.Dictionary(entries).data
        return element

    def _kids(self, tag: Tag, reference: bytes, own_page: int | None) -> Iterator[Any]:
        for kid in tag.kids:
            if isinstance(kid, Tag):
                if kid.says_something:
                    yield self._element(kid, reference).reference
            elif isinstance(kid, Link):
                self._links.append((kid.annotation, tag))
                yield pydyf.Dictionary(
                    {
                        "Type": "/OBJR",
                        "Obj": kid.annotation.reference,
                        "Pg": self._page_references[kid.page],
                    }
                )
            elif kid.page == own_page:
                yield kid.number
            else:
                yield pydyf.Dictionary(
                    {
                        "Type": "/MCR",
                        "Pg": self._page_references[kid.page],
                        "MCID": kid.number,
                    }
                )

    def _owners(self) -> Any:
        """For each page, whose each piece of it is; then for each link."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self._tree.owners):
            pieces = range(max(owners, default=-1) + 1)
            numbers.append(page)
            numbers.append(
                pydyf.Array(
                    self._elements[owners[piece]].reference if piece in owners else "null"
                    for piece in pieces
                )
            )
        for number, (annotation, tag) in enumerate(self._links, start=len(self._tree.owners)):
            annotation["StructParent"] = number
            numbers.append(number)
            numbers.append(self._elements[tag].reference)
        return numbers

    def _names(self) -> Any:
        names = pydyf.Array()
        for identity, tag in sorted(self._identities, key=lambda named: named[0]):
            names.append(pydyf.String(identity))
            names.append(self._elements[tag].reference)
        return names

    def _attributes(self, tag: Tag, cell: Cell) -> Any:
        attributes = pydyf.Dictionary({"O": "/Table"})
        if tag.kind == "TH":
            attributes["Scope"] = SCOPES.get(cell.scope, "/Column")
        elif tag in self._headers:
            attributes["Headers"] = pydyf.Array(map(pydyf.String, self._headers[tag]))
        if cell.width != 1:
            attributes["ColSpan"] = cell.width
        if cell.height != 1:
            attributes["RowSpan"] = cell.height
        return attributes

    def _relate(self, table: Tag, number: int) -> None:
        """Tells each cell which headers are its own: those of its rows, and of its columns.

        A row without a header says more of what the row above it is about.
        """
        rows: dict[int, list[str]] = defaultdict(list)
        columns: dict[int, list[str]] = defaultdict(list)
        cells: list[tuple[int, Tag, Cell]] = [
            (place, tag, tag.cell)
            for place, row in enumerate(table.below("TR"))
            for tag in row.below("TH", "TD")
            if tag.cell
        ]
        for place, tag, cell in cells:
            if tag.kind == "TH":
                tag.identity = f"{number:04}-{place:04}-{cell.column:03}"
                heads, first, reach = (
                    (rows, place, cell.height)
                    if SCOPES.get(cell.scope) == "/Row"
                    else (columns, cell.column, cell.width)
                )
                for covered in range(first, first + reach):
                    heads[covered].append(tag.identity)
        for place in sorted({place for place, _, _ in cells})[1:]:
            rows[place] = rows[place] or rows[place - 1]
        for place, tag, cell in cells:
            if tag.kind == "TD":
                of_rows = [rows[row] for row in range(place, place + cell.height)]
                of_columns = [columns[c] for c in range(cell.column, cell.column + cell.width)]
                self._headers[tag] = dict.fromkeys(sum(of_rows + of_columns, []))


def _tables(tag: Tag) -> Iterator[Tag]:
    for table in tag.below("Table"):
        yield table
        yield from _tables(table)
