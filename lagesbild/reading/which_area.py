"""Which area a title means; none of those that are known is two in the same report."""

from django.utils.text import slugify

from lagesbild.reading.draft import Draft
from plans.reading import areas
from plans.reading.outcome import KnownArea, Sureness


class WhichArea:
    def __init__(self, draft: Draft):
        self._draft, self._known = draft, draft.known.areas
        self._taken: set[str] = set()

    def match(self, title: str) -> areas.Match:
        return areas.find(title, self._known)

    def settle(self, where: str, title: str) -> KnownArea:
        """The one that it is; of the district's own where it is none that is known."""
        match, draft = self.match(title), self._draft
        area = match.area if match.sureness != Sureness.UNSURE else None
        if area is None:
            draft.doubt(
                where, f"”{title}” finns inte i katalogen, och är inläst som ett eget område."
            )
        elif area.slug in self._taken:
            draft.doubt(where, f"”{title}” står två gånger. Det andra är ett eget område.")
            area = None
        elif match.sureness != Sureness.CERTAIN:
            draft.doubt(where, f"”{title}” är inläst som området ”{area.name}”: stämmer det?")
        draft.note(where, title, "Prioriterat område", match.sureness)
        area = area or KnownArea(self._free_slug(areas.bare(title)), areas.bare(title))
        self._taken.add(area.slug)
        return area

    def _free_slug(self, title: str) -> str:
        slug = found = slugify(title)[:90] or "eget-omrade"
        taken = self._taken | {area.slug for area in self._known}
        number = 1
        while found in taken:
            number += 1
            found = f"{slug}-{number}"
        return found
