"""Which area a title means; none of those that are known is two in the same report."""

from uuid import UUID

from django.utils.text import slugify

from lagesbild.reading.draft import Draft
from plans.reading import areas
from plans.reading.outcome import KnownArea
from samverkan.reading.outcome import Option, Question, Sureness


class WhichArea:
    def __init__(self, draft: Draft):
        self._draft, self._known = draft, draft.known.areas
        self._taken: set[str] = set()

    def match(self, title: str) -> areas.Match:
        """As somebody has said, where somebody has."""
        _, said = areas.answered(title, self._known, self._draft.known.answers)
        return said or areas.find(title, self._known)

    def is_said(self, title: str) -> bool | None:
        """Whether somebody has said that the title is an area; none where nobody has."""
        is_said, match = areas.answered(title, self._known, self._draft.known.answers)
        return match is not None if is_said else None

    def settle(
        self, where: str, title: str, begins: UUID, *, must_be_one: bool = False
    ) -> KnownArea:
        """The one that it is; of the district's own where it is none that is known."""
        match, draft = self.match(title), self._draft
        sureness = match.sureness
        area = match.area if sureness != Sureness.UNSURE else None
        doubt = ""
        if area and area.slug in self._taken:
            doubt = f"”{title}” står två gånger. Det andra är ett eget område."
            area, sureness = None, Sureness.UNSURE
        elif sureness == Sureness.UNSURE:
            doubt = f"”{title}” finns inte i katalogen, och är inläst som ett eget område."
        elif area and sureness != Sureness.CERTAIN:
            doubt = f"”{title}” är inläst som området ”{area.name}”: stämmer det?"
        question = ""
        if doubt or self.is_said(title):
            answer = areas.value_of(area) if area else areas.OWN
            question = self.ask(title, answer, sureness, must_be_one=must_be_one)
        if doubt:
            draft.doubt(where, doubt, question)
        draft.note(where, title, "Prioriterat område", sureness, begins=begins, question=question)
        area = area or KnownArea(self._free_slug(areas.bare(title)), areas.bare(title))
        self._taken.add(area.slug)
        return area

    def ask(self, title: str, answer: str, sureness: Sureness, *, must_be_one: bool = False) -> str:
        """Which it is, with what it was read as; the likest first."""
        bare = areas.bare(title)[:80]
        ranked = areas.closest(title, self._known)
        return self._draft.ask(
            Question(
                key=areas.question_about(title),
                asks=f"Vilket prioriterat område är ”{bare}”?",
                answer=answer,
                sureness=sureness.value,
                options=(
                    *(Option(areas.value_of(one), one.name) for _, one in ranked),
                    Option(areas.OWN, f"Ett eget område: {bare}"),
                    *(
                        ()
                        if must_be_one
                        else [Option(areas.NONE, "Inget område, bara ett avsnitt")]
                    ),
                ),
            )
        )

    def _free_slug(self, title: str) -> str:
        slug = found = slugify(title)[:90] or "eget-omrade"
        taken = self._taken | {area.slug for area in self._known}
        number = 1
        while found in taken:
            number += 1
            found = f"{slug}-{number}"
        return found
