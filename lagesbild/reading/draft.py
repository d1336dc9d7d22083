"""A report while it is being read: what has been found so far, and where each piece of the file went."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from lagesbild.reading.outcome import Doubt, Known, Piece
from plans.document import ExtraDoc
from plans.reading.words import folded
from samverkan.office.word_pieces import Note, Thing
from samverkan.reading.outcome import Question, Sureness
from samverkan.text import clean_line


class Draft:
    def __init__(self, known: Known, content: bytes, notes: Iterable[Note] = ()):
        self.known = known
        self.pieces: list[Piece] = []
        self.doubts: list[Doubt] = []
        self.warnings: list[str] = []
        self.extras: list[ExtraDoc] = []
        self.images: dict[str, bytes] = {}
        self.questions: dict[str, Question] = {}
        self._notes = list(notes)
        self._print = hashlib.sha256(content)
        self._named: Counter[str] = Counter()
        self._placed: Counter[tuple[str, str]] = Counter()

    def name(self, where: str, what: str) -> UUID:
        """The same each time the same file is read."""
        said = f"{where} {what}"
        self._named[said] += 1
        print_ = self._print.copy()
        print_.update(f"{said} {self._named[said]}".encode())
        return UUID(bytes=print_.digest()[:16], version=5)

    def note(
        self,
        where: str,
        text: str,
        became: str,
        sureness: Sureness = Sureness.CERTAIN,
        *,
        begins: UUID | None = None,
        question: str = "",
    ) -> None:
        """`begins` a section, where it does."""
        if text.strip():
            section = str(begins) if begins else ""
            self.pieces.append(Piece(where, text, became, sureness.value, section, question))

    def answer(self, key: str) -> str:
        """What somebody has said; nothing where nobody has been asked."""
        return self.known.answers.get(key, "")

    def ask(self, question: Question) -> str:
        """Its key, for what it is about."""
        self.questions.setdefault(question.key, question)
        return question.key

    def form(self, where: str, text: str, became: str = "Rubrik i formuläret") -> None:
        """What is the form's own."""
        self.note(where, text, became, Sureness.FORM)

    def begin(self, where: str, section: UUID) -> None:
        """A section begins at a place that has no heading."""
        at = next(i for i, piece in enumerate(self.pieces) if piece.where == where)
        self.pieces[at] = replace(self.pieces[at], section=str(section))

    def ask_about_last(self, question: str) -> None:
        """What can be asked about the piece that was noted last."""
        self.pieces[-1] = replace(self.pieces[-1], question=question)

    def keep(self, where: str, label: str, text: str) -> None:
        """What has no place in a report: kept under its own label, with where it stood."""
        if text.strip():
            self.extras.append(
                ExtraDoc(
                    where[:300], clean_line(label)[:300], text, uuid=self.name(where, "övrigt")
                )
            )
            self.note(where, text, f"Övrigt: {label}", Sureness.EXTRA)

    def doubt(self, where: str, says: str, question: str = "") -> None:
        doubt = Doubt(where, says, question)
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

    def says(self, words: str) -> bool:
        """Whether the file has said it so far, in its text or beside it."""
        wanted = folded(words)
        said = (*(piece.text for piece in self.pieces), *(note.text for note in self._notes))
        return any(wanted in folded(text) for text in said)

    def place(self, thing: Thing) -> None:
        """It stands in the report itself; its note says nothing more."""
        self._placed[thing.label, thing.words] += 1

    def keep_what_is_left(self) -> None:
        """The notes of what stands nowhere in the report."""
        for note in self._notes:
            if self._placed[note.label, note.text]:
                self._placed[note.label, note.text] -= 1
            else:
                self.keep(note.where, note.label, note.text)


def in_order(pieces: Iterable[Piece], places: Iterable[str]) -> tuple[Piece, ...]:
    """As they stand in the file, whichever was read first. What stands beside its text comes last."""
    order: dict[str, int] = {}
    for where in places:
        order.setdefault(where, len(order))
    return tuple(sorted(pieces, key=lambda piece: order.get(piece.where, len(order))))
