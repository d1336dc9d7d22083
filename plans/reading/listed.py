"""The areas of one of our own files as they are listed here: the file may come from another city, or from
before its list became another."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from msgspec.structs import replace

from plans.document import CatalogueDoc
from plans.reading import areas
from plans.reading.outcome import KnownArea
from samverkan.reading.outcome import Answers, Option, Question, Sureness


class Listed:
    """Asks about each area of the city's that the catalogue does not have, as of the files of others."""

    def __init__(
        self,
        known: Iterable[KnownArea],
        catalogue: CatalogueDoc,
        answers: Answers,
        docs: Iterable[Any],
        *,
        named: CatalogueDoc,
    ):
        """`named` is the catalogue that the file goes by, `catalogue` the one that holds here."""
        self._known = [one for one in known if one.catalogue in (None, catalogue.year)]
        self._catalogue, self._answers = catalogue, answers
        self._taken = {(doc.slug, doc.own) for doc in docs if self._is_here(doc)}
        self.questions: list[Question] = []
        self.warnings: list[str] = []
        if named.year != catalogue.year:
            self.warnings.append(
                f"Filen går efter {named.name} ({named.year}). "
                f"Här går den efter {catalogue.name} ({catalogue.year})."
            )

    def settle(self, doc: Any) -> Any:
        """An area of a plan, or a section about one: the same, or as the one that it is here."""
        if self._is_here(doc):
            return doc
        _, match = areas.answered(doc.name, self._known, self._answers)
        match = match or areas.find(doc.name, self._known)
        area = match.area if match.sureness != Sureness.UNSURE else None
        if area and (area.slug, area.catalogue is None) in self._taken:
            area = None
        became = area or KnownArea(self._free_slug(doc.name), doc.name)
        self._taken.add((became.slug, became.catalogue is None))
        self._ask(doc.name, area)
        return replace(doc, slug=became.slug, name=became.name, own=became.catalogue is None)

    def _is_here(self, doc: Any) -> bool:
        """One of the district's own that is not known yet is added when the file is read in."""
        return doc.own or any(one.slug == doc.slug and one.catalogue for one in self._known)

    def _ask(self, name: str, area: KnownArea | None) -> None:
        read_as = f"området {area.name}" if area else "ett eget område"
        self.warnings.append(
            f"Området {name} finns inte i {self._catalogue.name}. Det läses in som {read_as}."
        )
        is_said = areas.question_about(name) in self._answers
        sureness = Sureness.CERTAIN if is_said else Sureness.LIKELY if area else Sureness.UNSURE
        self.questions.append(
            Question(
                key=areas.question_about(name),
                asks=f"Vilket prioriterat område är ”{name}”?",
                answer=areas.value_of(area) if area else areas.OWN,
                sureness=sureness.value,
                options=(
                    *(
                        Option(areas.value_of(one), one.name)
                        for _, one in areas.closest(name, self._known)
                    ),
                    Option(areas.OWN, f"Ett eget område: {name}"),
                ),
            )
        )

    def _free_slug(self, name: str) -> str:
        slug = free = slugify(name)[:90] or "eget-omrade"
        taken = {slug for slug, own in self._taken if own} | {
            one.slug for one in self._known if one.catalogue is None
        }
        number = 1
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        return free
