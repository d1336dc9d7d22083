"""Two documents become one: what a file says goes into a plan, or in the place of what it says.

Nothing is taken out of a plan that a file is merged into. What the file says and the plan does not
is filled in; rows that the plan does not have come last; and where the two say different things the
plan's words stand, unless somebody chooses the file's. Data in, data out.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

from msgspec.structs import replace

from plans.difference import DIFFER, matched
from plans.document import ActionDoc, AreaDoc, CommitmentDoc, ExtraDoc, PlanDocument, RoundDoc
from plans.rows import Row, RowKind
from samverkan.collaboration import merging
from samverkan.document import Part
from samverkan.text import same_words

P = TypeVar("P", bound=Part)
Name = Callable[[Any], UUID]


@dataclass
class Merged(merging.Merged[PlanDocument]):
    rounds: tuple[RoundDoc, ...] = ()  # of the file, about the actions as the plan calls them


def merged(plan: PlanDocument, file: PlanDocument, from_file: Collection[str] = ()) -> Merged:
    """The plan with what the file says; `from_file` are the clashes where the file's words go in."""
    return _Merging(plan, file, from_file).merged()


def replaced(plan: PlanDocument, file: PlanDocument) -> Merged:
    """The plan with the file's content and no other. A row that was there keeps its UUID: comments
    and follow-ups hang on it."""
    file = renamed(file, _names(plan, file))
    areas = tuple(_from_where_it_was(area, plan) for area in file.areas)
    document = replace(
        plan,
        layout=file.layout,
        annex_label=file.annex_label or plan.annex_label,
        parties=_parties(plan, file),
        sections=file.sections,
        areas=areas,
        extras=file.extras,
        rounds=(),  # the period's, whatever any of its plans says
    )
    there = {action.uuid for area in areas for action in area.actions}
    known = {action.uuid for area in plan.areas for action in area.actions}
    return Merged(document, known=len(there & known), rounds=file.rounds)


def _from_where_it_was(area: AreaDoc, plan: PlanDocument) -> AreaDoc:
    """What was in the plan comes from what it came from, whatever the file knows of that."""
    actions = {one.uuid: one for there in plan.areas for one in there.actions}
    problems = {one.uuid: one for there in plan.areas for one in there.problems}

    def of_action(action: ActionDoc) -> ActionDoc:
        was = actions.get(action.uuid, action)
        return replace(action, predecessor=was.predecessor, priority=was.priority)

    return replace(
        area,
        problems=tuple(
            replace(problem, priority=problems.get(problem.uuid, problem).priority)
            for problem in area.problems
        ),
        actions=tuple(of_action(action) for action in area.actions),
    )


def renewed(file: PlanDocument) -> PlanDocument:
    """The file where each row is one that no plan has."""
    return renamed(file, lambda part: uuid4())


def renamed(document: PlanDocument, name: Name) -> PlanDocument:
    """The same, where each row has another UUID, and what points to it follows."""
    areas = {area.uuid: name(area) for area in document.areas}
    actions: dict[UUID, UUID] = {}
    goals: dict[UUID, UUID] = {}

    def of_area(area: AreaDoc) -> AreaDoc:
        chain: dict[UUID | None, UUID] = {}
        problems = []
        for problem in area.problems:
            causes = []
            for cause in problem.causes:
                chain[cause.uuid] = name(cause)
                causes.append(replace(cause, uuid=chain[cause.uuid]))
            chain[problem.uuid] = name(problem)
            problems.append(replace(problem, uuid=chain[problem.uuid], causes=tuple(causes)))
        return replace(
            area,
            uuid=areas[area.uuid],
            handled_in=areas.get(area.handled_in) if area.handled_in else None,
            problems=tuple(problems),
            actions=tuple(of_action(action, chain) for action in area.actions),
        )

    def of_action(action: ActionDoc, chain: dict[UUID | None, UUID]) -> ActionDoc:
        actions[action.uuid] = name(action)
        goals.update({goal.uuid: name(goal) for goal in action.goals})
        return replace(
            action,
            uuid=actions[action.uuid],
            problem=chain.get(action.problem),
            cause=chain.get(action.cause),
            also_serves=tuple(areas[uuid] for uuid in action.also_serves),
            goals=tuple(replace(goal, uuid=goals[goal.uuid]) for goal in action.goals),
            commitments=tuple(replace(one, uuid=name(one)) for one in action.commitments),
        )

    return replace(
        document,
        sections=tuple(replace(one, uuid=name(one)) for one in document.sections),
        extras=tuple(replace(one, uuid=name(one)) for one in document.extras),
        areas=tuple(of_area(area) for area in document.areas),
        rounds=tuple(
            replace(
                round_,
                answers=tuple(replace(a, action=actions[a.action]) for a in round_.answers),
                outcomes=tuple(replace(o, goal=goals[o.goal]) for o in round_.outcomes),
            )
            for round_ in document.rounds
        ),
    )


def _names(plan: PlanDocument, file: PlanDocument, *, stay: bool = False) -> Name:
    """What a row of the file is called in the plan; where it has none such, something of its own.
    `stay`: a problem or a cause that stands in another area there is another one."""
    found = matched(plan, file)
    names: dict[int, UUID] = {}
    for row, one in found.was.items():
        if not one.uuid or row.kind == RowKind.AGREEMENT:
            continue
        if stay and row.kind in (RowKind.PROBLEM, RowKind.CAUSE) and not _is_under(row, found.was):
            continue
        reworded = same_words(row.title) != same_words(one.title)
        if stay and row.kind == RowKind.EXTRA:
            continue  # those of both stand beside each other
        if row.kind == RowKind.GOAL and row.uuid != one.uuid and reworded:
            continue  # it is another goal
        names[id(row.part)] = one.uuid
    taken = {row.uuid for row in found.earlier}

    def name(part: Any) -> UUID:
        if id(part) in names:
            return names[id(part)]
        uuid = uuid4() if part.uuid is None or part.uuid in taken else part.uuid
        taken.add(uuid)
        return uuid

    return name


def _is_under(row: Row, was: dict[Row, Row]) -> bool:
    """Whether it hangs on the same as the row that it was."""
    while row.parent and row.kind != RowKind.AREA:
        if was.get(row.parent) is not was[row].parent:
            return False
        row = row.parent
    return True


class _Merging(merging.Merging[PlanDocument]):
    differ = DIFFER
    # What a row is known by, where it hangs, and what is merged in ways of its own.
    not_words = {
        *("uuid", "slug", "own", "party", "problem", "cause", "predecessor", "priority"),
        *("handled_in", "also_serves"),
        *("sections", "areas", "problems", "causes", "actions", "goals", "commitments", "extras"),
    }

    def __init__(self, plan: PlanDocument, file: PlanDocument, from_file: Collection[str]):
        super().__init__(plan, renamed(file, _names(plan, file, stay=True)), from_file)
        self.actions = {a.uuid: a for area in self.file.areas for a in area.actions}
        self.known = {a.uuid for area in plan.areas for a in area.actions}

    def fields(self, kind: type[Part]) -> list[tuple[str, bool]]:
        """The name of an area is that of the list that it stands in."""
        return [one for one in super().fields(kind) if not (kind is AreaDoc and one[0] == "name")]

    def merged(self) -> Merged:
        plan, file = self.here, self.file
        is_empty = not any(area.actions or area.problems for area in plan.areas)
        document = replace(
            self.filled(plan, file, only={"annex_label"}),
            layout=file.layout if is_empty else plan.layout,
            parties=_parties(plan, file),
            sections=self.both(plan.sections, file.sections, self.filled),
            areas=self.both(plan.areas, file.areas, self._area, self._new_area),
            extras=extras_of_both(plan.extras, file.extras),
        )
        known = len(self.known & set(self.actions))
        return Merged(document, self.clashes, known, file.rounds)

    def _area(self, area: AreaDoc, file: AreaDoc) -> AreaDoc:
        filled = self.filled(area, file)
        if (
            filled.handled_as == file.handled_as
            and not area.handled_in
            or filled.handled_as != area.handled_as
        ):
            filled = replace(filled, handled_in=file.handled_in)
        return replace(
            filled,
            problems=self.both(area.problems, file.problems, self._problem),
            actions=(*self._known(area), *self._unknown(file)),
        )

    def _new_area(self, file: AreaDoc) -> AreaDoc:
        """An action that stands in another area of the plan stays there."""
        return replace(file, actions=self._unknown(file))

    def _known(self, area: AreaDoc) -> Iterable[ActionDoc]:
        for action in area.actions:
            other = self.actions.get(action.uuid)
            yield self._action(action, other, area) if other else action

    def _unknown(self, file: AreaDoc) -> tuple[ActionDoc, ...]:
        return tuple(action for action in file.actions if action.uuid not in self.known)

    def _problem(self, problem: Any, file: Any) -> Any:
        filled = self.filled(problem, file)
        return replace(filled, causes=self.both(problem.causes, file.causes, self.filled))

    def _action(self, action: ActionDoc, file: ActionDoc, area: AreaDoc) -> ActionDoc:
        acting = {one.party: one for one in file.commitments}
        commitments: list[CommitmentDoc] = []
        for one in action.commitments:
            other = acting.pop(one.party, None)
            commitments.append(self.filled(one, other) if other else one)
        return replace(
            self.filled(action, file),
            also_serves=tuple(
                uuid
                for uuid in dict.fromkeys((*action.also_serves, *file.also_serves))
                if uuid != area.uuid
            ),
            goals=self.both(action.goals, file.goals, self.filled),
            commitments=(*commitments, *acting.values()),
        )


def _parties(plan: PlanDocument, file: PlanDocument) -> tuple[Any, ...]:
    known = {party.key for party in plan.parties}
    return (*plan.parties, *(party for party in file.parties if party.key not in known))


def extras_of_both(here: Sequence[ExtraDoc], there: Sequence[ExtraDoc]) -> tuple[ExtraDoc, ...]:
    """What is said already is not said again, wherever in the file it stood."""
    said = {(one.label, same_words(one.text)) for one in here}
    return (*here, *(one for one in there if (one.label, same_words(one.text)) not in said))
