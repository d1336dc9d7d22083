"""Where in the report a row can be moved, for whoever does not drag it there."""

from collections.abc import Iterator
from typing import Any

from lagesbild.document import DEEPEST
from lagesbild.presentation import ReportView, SectionView
from samverkan.collaboration.moving import Spot, Spots

# In which list of a section a row stands. All but the pieces are of an area.
_LISTS = {"block": "blocks", "result": "results", "priority": "priorities"}


def spots(kind: str, doc: Any, view: ReportView) -> list[Spots]:
    """Nothing where there is no other place for it."""
    found: list[Spot] = []
    if kind == "section":
        found = list(_of_section(doc, view))
    elif kind in _LISTS:
        found = [
            _within(section, getattr(section.doc, _LISTS[kind]), doc)
            for section in view.all_sections
            if kind == "block" or section.is_area
        ]
    return [Spots("", found)] if any(not spot.is_here for spot in found) else []


def _of_section(doc: Any, view: ReportView) -> Iterator[Spot]:
    """It takes with it all that is in it: not into itself, and no deeper than there is room for."""
    moving = next(section for section in view.all_sections if section.doc.uuid == doc.uuid)
    along = {section.doc.uuid for section in moving.below}
    levels = max(section.depth for section in moving.below) - moving.depth + 1
    yield Spot("", "Ytterst, inte i något annat avsnitt", moving.depth == 1)
    for section in view.all_sections:
        if section.doc.uuid not in along and section.depth + levels <= DEEPEST:
            yield _within(section, section.doc.sections, doc)


def _within(section: SectionView, rows: Any, doc: Any) -> Spot:
    here = any(row.uuid == doc.uuid for row in rows)
    return Spot(f"section:{section.doc.uuid}", f"{section.number} {section.doc.heading}", here)
