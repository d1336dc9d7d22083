"""A table as it stands: names across and down, and what is in its cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Content = TypeVar("Content")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Name:
    words: str
    where: str  # "rad 4", as it was pasted


@dataclass(frozen=True)
class Grid(Generic[Content]):
    corner: str
    across: tuple[Name, ...]  # of the columns
    down: tuple[Name, ...]  # of the rows
    rows: tuple[tuple[Content, ...], ...]

    @property
    def columns(self) -> tuple[tuple[Content, ...], ...]:
        return tuple(zip(*self.rows, strict=True))

    def turned(self, corner: str = "") -> "Grid[Content]":
        return Grid(corner, self.down, self.across, self.columns)

    def only_down(self, keep: Sequence[bool]) -> "Grid[Content]":
        return replace(
            self,
            down=tuple(name for name, kept in zip(self.down, keep, strict=True) if kept),
            rows=tuple(row for row, kept in zip(self.rows, keep, strict=True) if kept),
        )

    def only_across(self, keep: Sequence[bool]) -> "Grid[Content]":
        return self.turned().only_down(keep).turned(self.corner)

    def made(self, make: Callable[[Content, Name, Name], Other]) -> "Grid[Other]":
        """Each cell made into something else, by the names of its row and its column."""
        rows = tuple(
            tuple(make(cell, down, across) for cell, across in zip(row, self.across, strict=True))
            for down, row in zip(self.down, self.rows, strict=True)
        )
        return Grid(self.corner, self.across, self.down, rows)


def words_of(names: Sequence[Name]) -> list[str]:
    return [name.words for name in names]
