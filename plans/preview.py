"""A file that is to be read in, laid out beside what it became: where each piece stood, and how sure
it is. Data in, data out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from plans.document import AreaDoc, PlanDocument
from plans.presentation import AreaView, PlanView
from plans.reading.outcome import Piece, Question, Reading, Sureness
from plans.reading.source import NAME, At, Cell, Paragraph, Table, column_name

_ROWS = 250  # of a sheet, or paragraphs of a document, on one page
_ACTIONS = 150  # of a plan without a source beside it

# Beside the word and the colour, so that neither is needed to tell them apart.
MARKS = {
    Sureness.CERTAIN: "●",
    Sureness.LIKELY: "◐",
    Sureness.UNSURE: "?",
    Sureness.EXTRA: "■",
    Sureness.FORM: "–",
}


@dataclass(frozen=True)
class Asked:
    """A question where it stands."""

    question: Question
    place: int  # among all of them, from 1
    number: int  # among those that are unsure, from 1; 0 where it is not
    where: str
    next: str = ""  # the way to the next that is unsure

    @property
    def anchor(self) -> str:
        """Of the field itself: whoever comes to it by a link can answer at once."""
        return f"fraga-{self.number}" if self.number else f"svar-{self.place}"

    @property
    def is_unsure(self) -> bool:
        return bool(self.number)


@dataclass(frozen=True)
class Mark:
    """What a piece of the file became."""

    piece: Piece
    to: str  # where in the plan that is, on this page; or nowhere

    @property
    def kind(self) -> str:
        return self.piece.sureness

    @property
    def shape(self) -> str:
        return MARKS[Sureness(self.piece.sureness)]

    @property
    def words(self) -> str:
        """ "Tid, säker"."""
        label = str(Sureness(self.piece.sureness).label)
        return f"{self.piece.became}, {label}" if self.piece.became else label

    @property
    def is_told(self) -> bool:
        """What is certain says so with its shape alone: most of a file is."""
        return self.piece.sureness not in (Sureness.CERTAIN, Sureness.FORM)


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


@dataclass
class Preview:
    reading: Reading
    address: str  # of the page itself
    number: int = 1  # of the leaf, from 1
    keep: str = ""  # what else the address is to say
    _asked: dict[At, list[Asked]] = field(default_factory=dict)

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

    @property
    def _place(self) -> int:
        return min(max(self.number, 1), len(self.leaves)) - 1

    @property
    def leaf(self) -> Leaf | None:
        return self.leaves[self._place] if self.leaves else None

    @cached_property
    def tabs(self) -> list[tuple[str, str, bool, int]]:
        """Each leaf: its name, the way there, whether it is this one, how much in it is unsure."""
        unsure = self._unsure_by_leaf
        return [
            (leaf.name, self._to(place), leaf is self.leaf, unsure.get(place, 0))
            for place, leaf in enumerate(self.leaves, 1)
        ]

    def _to(self, place: int, anchor: str = "") -> str:
        return f"{self.address}?blad={place}{self.keep}{'#' + anchor if anchor else ''}"

    # --- How sure it is ---

    @property
    def counts(self) -> list[tuple[str, str, int, str]]:
        """ "22 säkra · 3 osäkra · 2 sparas som övrigt": kind, shape, number, word."""
        return [
            (kind.value, MARKS[kind], count, word)
            for kind, word in _COUNTED.items()
            if (count := self.reading.count(kind)) or kind == Sureness.CERTAIN
        ]

    @cached_property
    def questions(self) -> list[tuple[Question, At | None]]:
        """Each where it is first met, in the order of the file; those without a place come first."""
        places: dict[str, At] = {}
        doubtful = (piece for piece in self.reading.pieces if piece.question)
        for piece in sorted(doubtful, key=lambda piece: piece.at):
            places.setdefault(piece.question, piece.at)
        asked = [(question, places.get(question.key)) for question in self.reading.questions]
        return sorted(asked, key=lambda one: (one[1] is not None, one[1] or At(0)))

    @cached_property
    def asked(self) -> list[tuple[Asked, At | None]]:
        unsure = [one for one in self.questions if one[0].sureness == Sureness.UNSURE]
        ways = [
            self._to(self._leaf_of(at) if at else 1, f"fraga-{number}")
            for number, (_, at) in enumerate(unsure, 1)
        ]
        found = []
        number = 0
        source = self.reading.source
        for place, (question, at) in enumerate(self.questions, 1):
            is_unsure = question.sureness == Sureness.UNSURE
            number += is_unsure
            where = source.where(at) if source and at else ""
            ahead = ways[number % len(ways)] if is_unsure and len(ways) > 1 else ""
            asked = Asked(question, place, number if is_unsure else 0, where, ahead)
            found.append((asked, at))
        return found

    @property
    def first_unsure(self) -> str:
        """The way to the first question that nobody can be sure of."""
        at = next((at for one, at in self.asked if one.is_unsure), None)
        if not any(one.is_unsure for one, _ in self.asked):
            return ""
        return self._to(self._leaf_of(at) if at else 1, "fraga-1")

    @property
    def loose(self) -> list[Asked]:
        """Questions about the file as a whole."""
        return [one for one, at in self.asked if at is None]

    @cached_property
    def _unsure_by_leaf(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for one, at in self.asked:
            if one.is_unsure and at:
                place = self._leaf_of(at)
                found[place] = found.get(place, 0) + 1
        return found

    def _leaf_of(self, at: At) -> int:
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
            return [self.view.areas[self._place]]
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


_COUNTED = {
    Sureness.CERTAIN: "säkra",
    Sureness.LIKELY: "troliga",
    Sureness.UNSURE: "osäkra",
    Sureness.EXTRA: "sparas som övrigt",
}


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
