"""Which area of the catalogue, or of the district's own, each of those that were read is."""

from dataclasses import dataclass

from django.utils.text import slugify

from plans.document import CatalogueDoc, NotAPlan
from plans.reading import areas
from plans.reading.draft import AreaDraft, Draft
from plans.reading.outcome import Known, KnownArea
from samverkan.reading.outcome import Option, Question, Sureness
from samverkan.text import clean_line

_TOGETHER = "ihop"


@dataclass
class Settled:
    """An area that was read, and the one that it is."""

    draft: AreaDraft
    known: KnownArea
    title: str


def catalogue_of(draft: Draft) -> CatalogueDoc:
    """The one whose areas the titles are likest; of two as like, that of the plan's time."""
    known, year = draft.known, draft.known.period_start.year

    def votes(catalogue: CatalogueDoc) -> float:
        of_it = [area for area in known.areas if area.catalogue == catalogue.year]
        likest = [areas.find_likeness(area.title, of_it) for area in draft.areas]
        return round(sum(likeness for likeness in likest if likeness >= areas.LIKELY), 1)

    return max(known.catalogues, key=lambda one: (votes(one), _nearness(one, year)))


def nearest_catalogue(known: Known) -> CatalogueDoc:
    if not known.catalogues:
        raise NotAPlan("Kommunen har ingen områdeskatalog än. Stadsledningen lägger upp den.")
    return max(known.catalogues, key=lambda one: _nearness(one, known.period_start.year))


def _nearness(catalogue: CatalogueDoc, year: int) -> tuple[bool, int]:
    """The latest that was there in the year comes last; then the first of those after it."""
    in_time = catalogue.year <= year
    return in_time, catalogue.year if in_time else -catalogue.year


def settle(draft: Draft, catalogue: CatalogueDoc) -> tuple[list[Settled], list[str]]:
    """Each area with the one that it is; and what must be answered before they can be stored."""
    found: list[Settled] = []
    faults: list[str] = []
    which = _Which(draft, catalogue)
    for area in draft.areas:
        settled = which.settle(area)
        other = next((one for one in found if _is_same(one.known, settled.known)), None)
        if other is None:
            found.append(settled)
        elif _are_one(draft, other, settled):
            _put_together(other.draft, area)
            draft.note(area.at, f"Tillsammans med {other.title}", row=other.draft.uuid)
        else:
            faults.append(_said_twice(draft, other, settled))
            apart = KnownArea(slug=f"{settled.known.slug}-{len(found)}", name=settled.known.name)
            found.append(Settled(area, apart, settled.title))
    return found, faults


class _Which:
    def __init__(self, draft: Draft, catalogue: CatalogueDoc):
        known = draft.known.areas
        self.draft = draft
        self.own = [area for area in known if area.catalogue is None]
        self.of_city = [area for area in known if area.catalogue == catalogue.year]
        self.of_others = [area for area in known if area.catalogue not in (None, catalogue.year)]

    def settle(self, area: AreaDraft) -> Settled:
        title = clean_line(areas.bare(area.title))[:200]
        known, sureness = self._known(area)
        is_new = known is None
        known = known or KnownArea(slug=self._free_slug(title), name=title)
        self._tell(area, known, sureness, is_new=is_new)
        return Settled(area, known, title)

    def _known(self, area: AreaDraft) -> tuple[KnownArea | None, Sureness]:
        """In the catalogue or of the district's own; else what an area of another catalogue became."""
        candidates = (*self.of_city, *self.own)
        is_answered, match = areas.answered(area.title, candidates, self.draft.answers)
        if is_answered and match:
            return match.area, match.sureness
        here = areas.find(area.title, candidates)
        if here.sureness != Sureness.UNSURE:
            return here.area, here.sureness
        there = areas.find(area.title, self.of_others)
        if there.area and there.sureness != Sureness.UNSURE:
            became = [one for one in self.of_city if one.slug in there.area.successors]
            if len(became) == 1:
                return became[0], Sureness.LIKELY
        return None, Sureness.UNSURE

    def _free_slug(self, title: str) -> str:
        slug, number = slugify(title)[:90] or "eget-omrade", 1
        taken = {area.slug for area in self.own}
        free = slug
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        return free

    def _tell(self, area: AreaDraft, known: KnownArea, sureness: Sureness, *, is_new: bool) -> None:
        """What was found; and what else it could be, where there is any doubt."""
        draft, key = self.draft, areas.question_about(area.title)
        became = f"Prioriterat område: {known.name}" + (" (nytt, eget)" if is_new else "")
        if sureness == Sureness.CERTAIN and key not in draft.answers:
            draft.note(area.at, became, row=area.uuid)
            return
        title = areas.bare(area.title)[:80]
        ranked = areas.closest(area.title, (*self.of_city, *self.own))
        options = [Option(areas.value_of(one), one.name) for _, one in ranked]
        question = draft.ask(
            Question(
                key=key,
                asks=f"Vilket prioriterat område är ”{title}”?",
                answer=areas.OWN if is_new else areas.value_of(known),
                sureness=sureness.value,
                options=(
                    *options,
                    Option(areas.OWN, f"Ett eget område: {title}"),
                    Option(areas.NONE, "Inget område"),
                ),
            )
        )
        draft.note(area.at, became, sureness, row=area.uuid, question=question)


def _is_same(one: KnownArea, other: KnownArea) -> bool:
    return (one.catalogue, one.slug) == (other.catalogue, other.slug)


def _question_about_both(known: KnownArea) -> str:
    return f"together:{areas.value_of(known)}"


def _are_one(draft: Draft, one: Settled, other: Settled) -> bool:
    return draft.answers.get(_question_about_both(one.known)) == _TOGETHER


def _said_twice(draft: Draft, one: Settled, other: Settled) -> str:
    where = [draft.source.where(settled.draft.at) for settled in (one, other)]
    draft.ask(
        Question(
            key=_question_about_both(one.known),
            asks=f"{one.known.name} står två gånger. Hör de ihop?",
            answer="",
            sureness=Sureness.UNSURE.value,
            options=(Option(_TOGETHER, "Slå ihop dem till ett område"),),
        )
    )
    return (
        f"Området {one.known.name} står två gånger: {where[0]} och {where[1]}. Slå ihop dem, eller "
        "säg att ett av dem är ett annat område."
    )


def _put_together(area: AreaDraft, more: AreaDraft) -> None:
    """All that the second says, after what the first says; the same problem once."""
    for field, texts in more.said.items():
        area.said.setdefault(field, []).extend(
            text for text in texts if text not in area.said.get(field, ())
        )
    for problem in more.problems:
        if (same := area.problem(problem.text)) is None:
            area.add(problem)
            continue
        for action in more.actions:
            action.problem = same if action.problem is problem else action.problem
        for cause in problem.causes:
            if (same_cause := same.cause(cause.text)) is None:
                same.add(cause)
                continue
            for action in more.actions:
                action.cause = same_cause if action.cause is cause else action.cause
    area.actions += more.actions
