"""Where in a lägesbild a problem or an action comes from: which priority, and the figure that shows why.

A plan knows the priority by its UUID and no more. Whoever keeps lägesbilder registers how it is
found, as the app is made ready, and answers only with what the user may read.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from plans.document import ActionDoc, PlanDocument, ProblemDoc
from samverkan.organisation.models import District


@dataclass(frozen=True)
class Origin:
    """A priority, as those who read a plan are told of it."""

    text: str
    where: str  # "lägesbilden för 2023"
    url: str
    figure: str = ""  # "figur 4"; nothing, where it points to none
    caption: str = ""
    figure_url: str = ""


Finder = Callable[[Any, District, Collection[UUID]], Mapping[UUID, Origin]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    _finders.append(finder)


class Origins:
    """Of what a page shows of a district's plans. Nothing is asked for where nothing comes from a
    lägesbild, nor until somebody wants to know."""

    def __init__(self, user: Any, district: District, priorities: Iterable[UUID | None]):
        self._user = user
        self._district = district
        self._priorities = {uuid for uuid in priorities if uuid}

    def of(self, doc: ProblemDoc | ActionDoc) -> Origin | None:
        return self._found.get(doc.priority) if doc.priority else None

    @cached_property
    def _found(self) -> dict[UUID, Origin]:
        found: dict[UUID, Origin] = {}
        for find in _finders if self._priorities else ():
            found.update(find(self._user, self._district, self._priorities))
        return found


def priorities_of(document: PlanDocument) -> set[UUID]:
    """Those that anything in the plan comes from."""
    found = {row.priority for area in document.areas for row in area.problems}
    found |= {row.priority for area in document.areas for row in area.actions}
    return {uuid for uuid in found if uuid}
