"""A file that is to be read in, laid out beside what it became: where each piece stood, and how sure
it is. Data in, data out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from plans.document import AreaDoc, PlanDocument
from plans.presentation import AreaView, PlanView
from plans.reading.outcome import Piece, Reading
from plans.reading.source import NAME, At, Cell, Paragraph, Table, column_name
from samverkan.reading import preview
from samverkan.reading.preview import Asked, Mark

_ROWS = 250  # of a sheet, or paragraphs of a document, on one page
_ACTIONS = 150  # of a plan without a source beside it


@dataclass(frozen=True)
class CellView:
    cell: Cell | None  # none: an empty place
    mark: Mark | None = None


@dataclass(frozen=True)
class RowView:
    number: int
    cells: list[CellView]
    asked: list[Asked]


@dataclass(frozen=True)
class TableView:
    name: str
    is_sheet: bool
    letters: list[str]
    rows: list[RowView]
    asked: list[Asked]  # about what the sheet is called

    is_table = True

    @property
    def width(self) -> int:
        return len(self.letters) + 1


@dataclass(frozen=True)
class ParagraphView:
    doc: Paragraph
    mark: Mark | None
    asked: list[Asked]

    is_table = False


@dataclass(frozen=True)
class Leaf:
    """What is shown at once: a sheet, or a piece of a long one."""

    name: str
    blocks: Sequence[tuple[int, int, int]]  # which block, from which row, to which


class Preview(preview.Preview[Reading, At, Leaf]):
    @cached_property
    def leaves(self) -> list[Leaf]:
        source = self.reading.source
        if source is None:  # one of ours: a large one by its areas
            is_large = sum(len(area.actions) for area in self._document.areas) > _ACTIONS
            return [Leaf(area.title, ()) for area in self._document.areas if is_large]
        found: list[Leaf] = []
        loose: list[tuple[int, int, int]] = []
        size = 0
        for number, block in enumerate(source.blocks):
            if isinstance(block, Table) and block.is_sheet:
                found += _leaves_of_sheet(number, block)
                continue
            rows = len(block.rows) if isinstance(block, Table) else 1
            loose.append((number, 0, rows))
            size += rows
            if size >= _ROWS:
                found.append(Leaf("", tuple(loose)))
                loose, size = [], 0
        if loose:
            found.append(Leaf("", tuple(loose)))
        unnamed = [leaf for leaf in found if not leaf.name]
        names = {
            id(leaf): f"Del {place} av {len(unnamed)}" for place, leaf in enumerate(unnamed, 1)
        }
        return [Leaf(leaf.name or names[id(leaf)], leaf.blocks) for leaf in found]

    @cached_property
    def questioned(self) -> list[tuple[At, str]]:
        return sorted((piece.at, piece.question) for piece in self.reading.pieces if piece.question)

    def where(self, at: At) -> str:
        return self.reading.source.where(at) if self.reading.source else ""

    def leaf_of(self, at: At) -> int:
        for place, leaf in enumerate(self.leaves, 1):
            row = max(at.row, 0)  # the name of a sheet stands over its first row
            if any(b == at.block and start <= row < end for b, start, end in leaf.blocks):
                return place
        return 1

    # --- The file as it was ---

    @cached_property
    def blocks(self) -> list[TableView | ParagraphView]:
        source, leaf = self.reading.source, self.leaf
        if source is None or leaf is None:
            return []
        pieces = {piece.at: piece for piece in self.reading.pieces}
        asked: dict[At, list[Asked]] = {}
        for one, at in self.asked:
            if at:
                asked.setdefault(at, []).append(one)
        found: list[TableView | ParagraphView] = []
        for number, start, end in leaf.blocks:
            block = source.blocks[number]
            if isinstance(block, Paragraph):
                at = At(number)
                mark = self._mark(pieces.get(at))
                found.append(ParagraphView(block, mark, asked.get(at, [])))
            else:
                found.append(self._table(number, block, start, end, pieces, asked))
        return found

    def _table(
        self,
        number: int,
        table: Table,
        start: int,
        end: int,
        pieces: dict[At, Piece],
        asked: dict[At, list[Asked]],
    ) -> TableView:
        width = max((cell.column + cell.columns for cell in table.cells()), default=1)
        grid = {(cell.row, cell.column): cell for cell in table.cells() if start <= cell.row < end}
        covered = {
            (row, column)
            for cell in grid.values()
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        } - set(grid)
        last = max((row for row, _ in grid), default=start - 1)
        rows = [
            RowView(
                row + 1,
                [
                    CellView(
                        cell, self._mark(pieces.get(At(number, row, column))) if cell else None
                    )
                    for column in range(width)
                    if (cell := grid.get((row, column))) or (row, column) not in covered
                ],
                [one for column in range(width) for one in asked.get(At(number, row, column), [])],
            )
            for row in range(start, last + 1)
        ]
        letters = [column_name(column) for column in range(width)]
        of_name = asked.get(At(number, NAME), []) if start == 0 else []
        return TableView(table.name, table.is_sheet, letters, rows, of_name)

    def _mark(self, piece: Piece | None) -> Mark | None:
        return Mark(piece, self._anchors.get(piece.row, "")) if piece else None

    # --- The plan it became ---

    @cached_property
    def view(self) -> PlanView:
        return PlanView(self.reading.document)

    @cached_property
    def areas(self) -> list[AreaView]:
        """Those that what is shown of the file became; all, where none did."""
        leaf = self.leaf
        if leaf is None or len(self.leaves) == 1:
            return list(self.view.areas)
        if self.reading.source is None:
            return [self.view.areas[self.place]]
        shown = [
            piece.row
            for piece in self.reading.pieces
            if any(b == piece.at.block and s <= piece.at.row < e for b, s, e in leaf.blocks)
        ]
        here = {self._area_of[row] for row in shown if row in self._area_of}
        return [area for area in self.view.areas if str(area.doc.uuid) in here]

    @cached_property
    def _area_of(self) -> dict[str, str]:
        return {row: str(area.uuid) for area in self._document.areas for row in _rows_of(area)}

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """Where in the plan each row is read."""
        found: dict[str, str] = {}
        for area in self.areas:
            found |= dict.fromkeys(_rows_of(area.doc), area.anchor)
            for action in area.actions:
                doc = action.doc
                rows = [doc.uuid, *(one.uuid for one in doc.goals)]
                rows += [one.uuid for one in doc.commitments]
                found |= {str(row): action.anchor for row in rows}
        return found

    @property
    def _document(self) -> PlanDocument:
        return self.reading.document


def _leaves_of_sheet(number: int, table: Table) -> Iterator[Leaf]:
    last = max((cell.row for cell in table.cells()), default=0) + 1
    for start in range(0, last, _ROWS):
        end = min(start + _ROWS, last)
        name = table.name if last <= _ROWS else f"{table.name}, rad {start + 1}–{end}"
        yield Leaf(name, ((number, start, end),))


def _rows_of(area: AreaDoc) -> list[str]:
    rows = [area.uuid]
    for problem in area.problems:
        rows += [problem.uuid, *(cause.uuid for cause in problem.causes)]
    for action in area.actions:
        rows += [action.uuid, *(goal.uuid for goal in action.goals)]
        rows += [commitment.uuid for commitment in action.commitments]
    return [str(row) for row in rows]
