"""Cells by what they are called, and where they stand; from them the fields of a part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plans.document import NotAPlan
from plans.reading.source import cell_name
from plans.sheets import Slot, as_rich, print_of, slots
from samverkan.document import Part
from samverkan.text import clean
from samverkan.values import Unreadable, as_text

Fields = dict[str, Any]


@dataclass(frozen=True)
class At:
    """Where something stands, for whoever has to mend it."""

    sheet: str
    row: int
    column: int = 0

    def __str__(self) -> str:
        return cell_name(self.row, self.column)

    def refusal(self, why: str) -> NotAPlan:
        return NotAPlan(f"Fliken {self.sheet}, cell {self}: {why}.")


@dataclass(frozen=True)
class Line:
    """Cells by what they are called: those of a row, or of the facts about one thing."""

    cells: Mapping[str, Any]
    at: Mapping[str, At]

    def raw(self, key: str) -> str:
        return as_text(self.cells.get(key))

    def said(self, key: str) -> str:
        return self.raw(key).strip()

    @property
    def start(self) -> At:
        return min(self.at.values(), key=lambda at: (at.row, at.column))

    def fields(self, kind: type[Part], within: str = "") -> Fields:
        """What the cells say of a part; what is empty is left out. Names of areas stay as written."""
        found: Fields = {}
        for slot in slots(kind):
            key = within + slot.key
            if ":" in slot.key or "." in slot.key:
                continue
            if slot.is_rich:
                found[slot.key] = self._rich(key)
            elif self.raw(key) == "":
                if slot.must_be_there and not slot.is_hidden:
                    found[slot.key] = self._empty(slot, key)
            else:
                found[slot.key] = self.raw(key) if slot.is_area else self._read(slot, key)
        return found

    def refusal(self, key: str, why: str) -> NotAPlan:
        return self.at.get(key, self.start).refusal(why)

    def _read(self, slot: Slot, key: str) -> Any:
        try:
            return slot.value.read(self.cells[key])
        except Unreadable as fault:
            raise self.refusal(key, str(fault)) from fault

    def _rich(self, key: str) -> str:
        text = self.raw(key)
        if print_of(text) == self.said(f"{key}:print"):
            return self.raw(f"{key}:html")
        return as_rich(clean(text))

    def _empty(self, slot: Slot, key: str) -> str:
        """A text may be empty; all else that must be there may not."""
        if slot.is_text:
            return ""
        raise self.refusal(key, f"{slot.heading} saknas")
