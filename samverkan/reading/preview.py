"""A file that is to be read in, laid out beside what it became: how sure each piece is, and what can
be asked about it. A wing says what its pieces are, and where they stand. Data in, data out."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from samverkan.reading.outcome import Question, Sureness

# Beside the word and the colour, so that neither is needed to tell them apart.
MARKS = {
    Sureness.CERTAIN: "●",
    Sureness.LIKELY: "◐",
    Sureness.UNSURE: "?",
    Sureness.EXTRA: "■",
    Sureness.FORM: "–",
}
_COUNTED = {
    Sureness.CERTAIN: "säkra",
    Sureness.LIKELY: "troliga",
    Sureness.UNSURE: "osäkra",
    Sureness.EXTRA: "sparas som övrigt",
}


class Piece(Protocol):
    @property
    def sureness(self) -> str: ...

    @property
    def became(self) -> str: ...


class Reading(Protocol):
    @property
    def pieces(self) -> Sequence[Any]: ...

    @property
    def questions(self) -> Sequence[Question]: ...


class Leaf(Protocol):
    """What is shown at once."""

    @property
    def name(self) -> str: ...


Read = TypeVar("Read", bound=Reading)
At = TypeVar("At")
Shown = TypeVar("Shown", bound=Leaf)


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
    to: str  # where that is, on this page; or nowhere

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


@dataclass
class Preview(ABC, Generic[Read, At, Shown]):
    reading: Read
    address: str  # of the page itself
    number: int = 1  # of the leaf, from 1
    keep: str = ""  # what else the address is to say

    # What a wing says

    @property
    @abstractmethod
    def leaves(self) -> list[Shown]: ...

    @property
    @abstractmethod
    def questioned(self) -> list[tuple[At, str]]:
        """Where something can be asked, in the order of the file, and the key of what."""

    @abstractmethod
    def where(self, at: At) -> str:
        """In words."""

    @abstractmethod
    def leaf_of(self, at: At) -> int: ...

    # What holds for all

    @property
    def place(self) -> int:
        return min(max(self.number, 1), len(self.leaves)) - 1

    @property
    def leaf(self) -> Shown | None:
        return self.leaves[self.place] if self.leaves else None

    @cached_property
    def tabs(self) -> list[tuple[str, str, bool, int]]:
        """Each leaf: its name, the way there, whether it is this one, how much in it is unsure."""
        unsure = self._unsure_by_leaf
        return [
            (leaf.name, self.to(place), leaf is self.leaf, unsure.get(place, 0))
            for place, leaf in enumerate(self.leaves, 1)
        ]

    def to(self, place: int, anchor: str = "") -> str:
        return f"{self.address}?blad={place}{self.keep}{'#' + anchor if anchor else ''}"

    @property
    def counts(self) -> list[tuple[str, str, int, str]]:
        """ "22 säkra · 3 osäkra · 2 sparas som övrigt": kind, shape, number, word."""
        found = [
            (kind, sum(piece.sureness == kind for piece in self.reading.pieces))
            for kind in _COUNTED
        ]
        return [
            (kind.value, MARKS[kind], count, _COUNTED[kind])
            for kind, count in found
            if count or kind == Sureness.CERTAIN
        ]

    @cached_property
    def questions(self) -> list[tuple[Question, At | None]]:
        """Each where it is first met, in the order of the file; those without a place come first."""
        places: dict[str, At] = {}
        order: dict[str, int] = {}
        for at, key in self.questioned:
            places.setdefault(key, at)
            order.setdefault(key, len(order))
        return sorted(
            ((question, places.get(question.key)) for question in self.reading.questions),
            key=lambda one: order.get(one[0].key, -1),
        )

    @cached_property
    def asked(self) -> list[tuple[Asked, At | None]]:
        unsure = [one for one in self.questions if one[0].sureness == Sureness.UNSURE]
        ways = [
            self.to(self.leaf_of(at) if at is not None else 1, f"fraga-{number}")
            for number, (_, at) in enumerate(unsure, 1)
        ]
        found = []
        number = 0
        for place, (question, at) in enumerate(self.questions, 1):
            is_unsure = question.sureness == Sureness.UNSURE
            number += is_unsure
            where = self.where(at) if at is not None else ""
            ahead = ways[number % len(ways)] if is_unsure and len(ways) > 1 else ""
            asked = Asked(question, place, number if is_unsure else 0, where, ahead)
            found.append((asked, at))
        return found

    @property
    def first_unsure(self) -> str:
        """The way to the first question that nobody can be sure of."""
        unsure = [at for one, at in self.asked if one.is_unsure]
        if not unsure:
            return ""
        at = unsure[0]
        return self.to(self.leaf_of(at) if at is not None else 1, "fraga-1")

    @property
    def loose(self) -> list[Asked]:
        """Questions about the file as a whole."""
        return [one for one, at in self.asked if at is None]

    @cached_property
    def _unsure_by_leaf(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for one, at in self.asked:
            if one.is_unsure and at is not None:
                place = self.leaf_of(at)
                found[place] = found.get(place, 0) + 1
        return found
