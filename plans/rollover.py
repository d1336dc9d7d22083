"""Next year's plan from this year's: what goes on goes along, and what ends is told.

An action, its goals and its commitments get new UUIDs, since follow-ups hang on them; the action
points to its predecessor. Sections, areas, problems and causes go on as they are, with the UUIDs
they have: they are the same problem next year, and have no follow-ups. Rounds stay behind, and so
do extras: those belong to the file that the old plan was read from.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from msgspec.structs import replace

from plans.action_view import ActionView
from plans.document import ActionDoc, AreaDoc, CatalogueDoc, PlanDocument, validated
from plans.rows import RowKind
from plans.vocabulary import ActionState, Carry, Layout, TimingKind
from samverkan import period


@dataclass(frozen=True)
class Choice:
    carry: Carry = Carry.ON
    reason: str = ""

    def __post_init__(self) -> None:
        if self.carry == Carry.CLOSE and not self.reason.strip():
            raise ValueError("Skriv varför åtgärden avslutas.")


def proposed(action: ActionView) -> Choice:
    """What the last follow-up suggests; whoever makes the next plan decides."""
    said = [
        answer for answer in action.common_answers if answer.doc.continues_next_year is not None
    ]
    continues = said[-1].doc.continues_next_year if said else None
    standing = action.standing
    state = standing.doc.state if standing else None
    if continues is False:
        return Choice(Carry.CLOSE, f"Fortsätter inte, enligt uppföljningen {said[-1].round.name}.")
    if state == ActionState.PAUSED:
        return Choice(Carry.PAUSE)
    is_over = state == ActionState.ENDED or (
        state == ActionState.DONE and action.doc.timing_kind not in _GOES_ON
    )
    if standing and state and is_over and not continues:
        return Choice(Carry.CLOSE, f"{state.label} enligt uppföljningen {standing.round.name}.")
    return Choice()


# What is done once more each year: that it has been done this year does not end it.
_GOES_ON = {
    TimingKind.RECURRING,
    TimingKind.ONGOING,
    TimingKind.ON_DEMAND,
    TimingKind.LINE_WORK,
    TimingKind.UNTIL_FURTHER_NOTICE,
}


@dataclass(frozen=True)
class NewCatalogue:
    """The city's new list of areas, and what each old one has become in it."""

    doc: CatalogueDoc
    areas: Mapping[str, str]  # the name of each, by its slug, in the city's order
    successors: Mapping[str, Sequence[str]] = field(default_factory=dict)  # slugs, by the old slug


@dataclass(frozen=True)
class Closed:
    action: ActionDoc
    reason: str


@dataclass(frozen=True)
class Undecided:
    """An area of the old list with no successor in the new one, or several to choose from.

    Until somebody has decided it stands in the document as the district's own: nothing is lost.
    """

    area: UUID
    title: str
    options: tuple[str, ...]

    @property
    def sentence(self) -> str:
        if not self.options:
            return f"Området ”{self.title}” har ingen motsvarighet i den nya listan."
        return f"Området ”{self.title}” motsvaras av flera områden i den nya listan. Välj ett."


@dataclass(frozen=True)
class Review:
    """A row of the new plan that somebody should look at, and why."""

    row: RowKind
    uuid: UUID
    sentence: str


@dataclass(frozen=True)
class Rollover:
    document: PlanDocument
    closed: tuple[Closed, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    to_review: tuple[Review, ...] = ()


def next_year(
    document: PlanDocument,
    *,
    start: date,
    end: date,
    choices: Mapping[UUID, Choice],
    catalogue: NewCatalogue | None = None,
    layout: Layout | None = None,
    new_uuid: Callable[[], UUID] = uuid4,
) -> Rollover:
    """The plan for the period, as a draft to go on with. An action without a choice goes on."""
    actions = [action for area in document.areas for action in area.actions]
    if unknown := choices.keys() - {action.uuid for action in actions}:
        raise ValueError(f"{len(unknown)} val gäller åtgärder som inte finns i planen.")
    carrying = _Carrying(choices, start, end, new_uuid)
    areas = [
        replace(area, actions=tuple(carrying.carried(area.actions))) for area in document.areas
    ]
    to_review = [*_outlived(document, start), *carrying.to_review]
    undecided: list[Undecided] = []
    if catalogue:
        listing = _Listing(catalogue, new_uuid)
        areas = listing.listed(areas)
        undecided, to_review = listing.undecided, to_review + listing.to_review
    following = replace(
        document,
        period_start=start,
        period_end=end,
        layout=layout or document.layout,
        catalogue=catalogue.doc if catalogue else document.catalogue,
        revision=1,
        areas=tuple(areas),
        rounds=(),
        extras=(),
    )
    return Rollover(
        # The plan part names only the parties that still have something in it.
        document=validated(following.plan_part()),
        closed=tuple(
            Closed(action, choices[action.uuid].reason.strip())
            for action in actions
            if _chosen(choices, action).carry == Carry.CLOSE
        ),
        undecided=tuple(undecided),
        to_review=tuple(to_review),
    )


def _outlived(document: PlanDocument, start: date) -> Iterator[Review]:
    agreement = document.agreement
    if agreement and agreement.period_end and agreement.period_end < start:
        yield Review(
            RowKind.AGREEMENT, agreement.uuid, "Överenskommelsen går ut före den nya perioden."
        )


def _chosen(choices: Mapping[UUID, Choice], action: ActionDoc) -> Choice:
    return choices.get(action.uuid, Choice())


class _Carrying:
    """Carries actions over, and remembers what somebody should look at."""

    def __init__(
        self,
        choices: Mapping[UUID, Choice],
        start: date,
        end: date,
        new_uuid: Callable[[], UUID],
    ) -> None:
        self._choices = choices
        self._start = start
        self._period = period.words(start, end)
        self._new_uuid = new_uuid
        self.to_review: list[Review] = []

    def carried(self, actions: Iterable[ActionDoc]) -> Iterator[ActionDoc]:
        for action in actions:
            match _chosen(self._choices, action).carry:
                case Carry.CLOSE:
                    continue
                case Carry.PAUSE:
                    yield self._paused(action)
                case Carry.SPLIT:
                    yield self._renewed(action, "Åtgärden har delats i två. Skriv om var och en.")
                    yield self._renewed(action, "Åtgärden har delats i två. Skriv om var och en.")
                case Carry.CHANGE:
                    yield self._renewed(action, "Åtgärden ska ändras.")
                case _:
                    rested = _PAUSED.match(action.timing)
                    yield self._renewed(
                        action, "Åtgärden var pausad. Skriv när den ska göras." if rested else ""
                    )

    def _renewed(self, action: ActionDoc, look_at: str = "") -> ActionDoc:
        new = replace(
            action,
            uuid=self._new_uuid(),
            predecessor=action.uuid,
            goals=tuple(replace(goal, uuid=self._new_uuid()) for goal in action.goals),
            commitments=tuple(
                replace(commitment, uuid=self._new_uuid()) for commitment in action.commitments
            ),
        )
        if look_at:
            self._review(new, look_at)
        if new.ends_on and new.ends_on < self._start:
            self._review(new, "Åtgärden skulle vara klar före den nya perioden. Ändra tiden.")
        if any(goal.target_date and goal.target_date < self._start for goal in new.goals):
            self._review(new, "Ett mål skulle vara nått före den nya perioden. Ändra måldatumet.")
        return new

    def _paused(self, action: ActionDoc) -> ActionDoc:
        """It stays in the plan, so that it is remembered, and says that it rests.

        What was known of its time is kept as words and no longer as dates and numbers of
        meetings: those would make it late, and ask for meetings that nobody has planned.
        """
        facts = ActionView(action, "", (), (), (), ()).timing_facts
        before = "; ".join(filter(None, [_PAUSED.sub("", action.timing), *facts]))
        timing = f"Pausad {self._period}."
        return self._renewed(
            replace(
                action,
                timing=f"{timing} Före pausen: {before}" if before else timing,
                timing_kind=None,
                starts_on=None,
                ends_on=None,
                meetings_planned=None,
            )
        )

    def _review(self, action: ActionDoc, sentence: str) -> None:
        self.to_review.append(Review(RowKind.ACTION, action.uuid, sentence))


# A pause that goes on is said once.
_PAUSED = re.compile(r"^Pausad [\d\s–-]+\.(?: Före pausen: |$)")


class _Listing:
    """Puts the areas under the new list, and remembers what nobody has decided."""

    def __init__(self, catalogue: NewCatalogue, new_uuid: Callable[[], UUID]) -> None:
        self._catalogue = catalogue
        self._new_uuid = new_uuid
        self.undecided: list[Undecided] = []
        self.to_review: list[Review] = []

    def listed(self, areas: Sequence[AreaDoc]) -> list[AreaDoc]:
        """In the city's order, each of its areas even where the plan has had none; then the own."""
        names = self._catalogue.areas
        parts: dict[str, list[AreaDoc]] = {slug: [] for slug in names}
        own = [area for area in areas if area.own]
        for area in (area for area in areas if not area.own):
            options = self._options(area)
            if len(options) == 1:
                parts[options[0]].append(area)
            else:
                self.undecided.append(
                    Undecided(area.uuid, area.title, tuple(names[slug] for slug in options))
                )
                own.append(replace(area, own=True, slug=_free(area.slug, own)))
        became: dict[UUID, UUID] = {}
        found = []
        for slug, name in names.items():
            one = self._one(parts[slug], slug, name)
            became |= {part.uuid: one.uuid for part in parts[slug]}
            found.append(one)
        return [_pointing(area, became) for area in (*found, *own)]

    def _options(self, area: AreaDoc) -> list[str]:
        """An area that is in the new list under its slug is itself, unless something else is said."""
        successors = self._catalogue.successors.get(area.slug, [area.slug])
        return [slug for slug in dict.fromkeys(successors) if slug in self._catalogue.areas]

    def _one(self, parts: Sequence[AreaDoc], slug: str, name: str) -> AreaDoc:
        if not parts:
            return AreaDoc(self._new_uuid(), slug, name, name)
        first, *rest = parts
        # A heading that the plan had made its own is kept; one that only said the old name is not.
        title = name if rest or first.title == first.name else first.title
        one = replace(first, slug=slug, name=name, title=title)
        for other in rest:
            one = _merged(one, _with_own_uuids(other, one, self._new_uuid))
        if rest:
            were = " och ".join(f"”{part.title}”" for part in parts)
            self.to_review.append(
                Review(
                    RowKind.AREA, one.uuid, f"Området har blivit till av {were}. Läs igenom det."
                )
            )
        return one


def _free(slug: str, own: Iterable[AreaDoc]) -> str:
    taken = {area.slug for area in own}
    number = 2
    free = slug
    while free in taken:
        tail = f"-{number}"
        free, number = slug[: 100 - len(tail)] + tail, number + 1
    return free


def _merged(one: AreaDoc, other: AreaDoc) -> AreaDoc:
    """All that was said in either. It is handled elsewhere only where both were, and alike."""
    handled = (one.handled_as, one.handled_in)
    is_alike = handled == (other.handled_as, other.handled_in)
    return replace(
        one,
        overall_goal=_both(one.overall_goal, other.overall_goal),
        situation=one.situation + other.situation,
        comment=_both(one.comment, other.comment),
        handled_as=one.handled_as if is_alike else None,
        handled_in=one.handled_in if is_alike else None,
        handled_note=_both(one.handled_note, other.handled_note),
        not_chosen_reason=_both(one.not_chosen_reason, other.not_chosen_reason),
        is_internal=one.is_internal or other.is_internal,
        internal_reason=_both(one.internal_reason, other.internal_reason),
        internal_fields=tuple(dict.fromkeys(one.internal_fields + other.internal_fields)),
        problems=one.problems + other.problems,
        actions=one.actions + other.actions,
    )


def _both(one: str, other: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, [one, other])))


def _with_own_uuids(area: AreaDoc, beside: AreaDoc, new_uuid: Callable[[], UUID]) -> AreaDoc:
    """A problem or a cause is known within its area: one that the other has too gets another UUID."""
    taken = {problem.uuid for problem in beside.problems} | {
        cause.uuid for problem in beside.problems for cause in problem.causes
    }
    fresh: dict[UUID, UUID] = {}

    def free(uuid: UUID) -> UUID:
        return fresh.setdefault(uuid, new_uuid()) if uuid in taken else uuid

    return replace(
        area,
        problems=tuple(
            replace(
                problem,
                uuid=free(problem.uuid),
                causes=tuple(replace(cause, uuid=free(cause.uuid)) for cause in problem.causes),
            )
            for problem in area.problems
        ),
        actions=tuple(
            replace(
                action,
                problem=action.problem and free(action.problem),
                cause=action.cause and free(action.cause),
            )
            for action in area.actions
        ),
    )


def _pointing(area: AreaDoc, became: Mapping[UUID, UUID]) -> AreaDoc:
    """What pointed to an area points to what it has become; no action also serves its own area."""
    return replace(
        area,
        handled_in=became.get(area.handled_in, area.handled_in) if area.handled_in else None,
        actions=tuple(
            replace(
                action,
                also_serves=tuple(
                    dict.fromkeys(
                        served
                        for one in action.also_serves
                        if (served := became.get(one, one)) != area.uuid
                    )
                ),
            )
            for action in area.actions
        ),
    )
