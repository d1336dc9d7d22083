"""A file that is to be read in as a report, laid out beside what it became: each piece in the order of
the file, and the sections that came of them. Data in, data out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lagesbild.presentation import ReportView, SectionView
from lagesbild.reading.outcome import Doubt, Piece, ReportReading
from samverkan.reading import preview
from samverkan.reading.preview import Asked, Mark

_PIECES = 150  # on one page: whole sections, until there are as many


@dataclass(frozen=True)
class Leaf:
    """What is shown at once: pieces of the file, from and to, and the sections that they became."""

    name: str
    start: int
    end: int
    sections: Sequence[str]


@dataclass(frozen=True)
class PieceView:
    piece: Piece
    mark: Mark
    asked: Sequence[Asked]


class Preview(preview.Preview[ReportReading, int, Leaf]):
    @cached_property
    def view(self) -> ReportView:
        return ReportView(self.reading.document)

    @cached_property
    def leaves(self) -> list[Leaf]:
        begins = {piece.section: at for at, piece in enumerate(self.reading.pieces)}
        cuts: list[tuple[int, list[str]]] = [(0, [])]
        for section in self.reading.document.sections:
            uuid = str(section.uuid)
            at = begins.get(uuid, 0)
            if at - cuts[-1][0] >= _PIECES:
                cuts.append((at, []))
            cuts[-1][1].append(uuid)
        ends = [at for at, _ in cuts[1:]] + [len(self.reading.pieces)]
        return [
            Leaf(f"Del {number} av {len(cuts)}", at, end, uuids)
            for number, ((at, uuids), end) in enumerate(zip(cuts, ends, strict=True), 1)
        ]

    @cached_property
    def questioned(self) -> list[tuple[int, str]]:
        pieces = enumerate(self.reading.pieces)
        return [(at, piece.question) for at, piece in pieces if piece.question]

    def where(self, at: int) -> str:
        return self.reading.pieces[at].where

    def leaf_of(self, at: int) -> int:
        leaves = enumerate(self.leaves, 1)
        return next((place for place, leaf in leaves if leaf.start <= at < leaf.end), 1)

    @cached_property
    def pieces(self) -> list[PieceView]:
        """Those of this part of the file, and what each became."""
        asked: dict[int, list[Asked]] = {}
        for one, at in self.asked:
            if at is not None:
                asked.setdefault(at, []).append(one)
        anchors = {str(section.doc.uuid): section.anchor for section in self.view.all_sections}
        anchor = ""
        found = []
        for at, piece in enumerate(self.reading.pieces):
            anchor = anchors.get(piece.section, anchor)
            found.append(PieceView(piece, Mark(piece, anchor), asked.get(at, [])))
        leaf = self.leaf
        return found[leaf.start : leaf.end] if leaf else []

    @cached_property
    def sections(self) -> list[SectionView]:
        """What this part of the file became."""
        leaf = self.leaf
        return [
            section
            for section in self.view.sections
            if leaf and str(section.doc.uuid) in leaf.sections
        ]

    @property
    def is_last(self) -> bool:
        """Whether what closes the report is shown."""
        return self.place == len(self.leaves) - 1

    @property
    def doubts(self) -> list[Doubt]:
        """What a person has to look at, and that no answer sets right."""
        return [doubt for doubt in self.reading.doubts if not doubt.question]
