"""Brister: what a plan still lacks, and what in it looks like personal data. Warnings, never walls.

Brå's finding is that the link between problem and action is often missing, and that follow-up is
the weakest link. What is said here can be left as it is; whoever writes decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices

from plans.document import ActionDoc, AreaDoc, GoalDoc, PlanDocument
from plans.measurable import is_measurable
from plans.meetings import is_only_meetings
from plans.rows import Row, RowKind, rows, texts
from plans.twins import twins
from plans.vocabulary import Layout
from samverkan import personal_data as personal
from samverkan.text import quoted, same_words


class Lack(TextChoices):
    """Kinds of shortcoming, in the order of the chain."""

    NO_CAUSE = "problem_utan_orsak", "Problem utan orsak"
    NO_ACTION = "orsak_utan_atgard", "Orsak utan åtgärd"
    NO_GOAL = "atgard_utan_mal", "Åtgärd utan mål"
    NOT_MEASURABLE = "mal_som_inte_kan_matas", "Mål som inte kan mätas"
    NO_RESPONSIBLE = "atgard_utan_ansvarig", "Åtgärd utan ansvarig"
    NO_FOLLOW_UP_PLAN = "atgard_utan_plan_for_uppfoljning", "Åtgärd utan plan för uppföljning"
    ONLY_MEETINGS = "bara_moten", "Möte som enda åtgärd"
    SAID_TWICE = "sagt_tva_ganger", "Samma sak två gånger"


@dataclass(frozen=True)
class Shortcoming:
    kind: Lack
    row: RowKind
    uuid: UUID
    field: str  # what to look at; `causes` and `actions` are what hangs on the row
    sentence: str


@dataclass(frozen=True)
class PersonalData:
    row: RowKind
    uuid: UUID | None  # none for what has none: the plan itself, a party, an extra
    field: str
    title: str
    finding: personal.Finding  # its place is in the words, where the text is rich


def shortcomings(document: PlanDocument) -> list[Shortcoming]:
    """As the plan reads, row by row."""
    walked = list(rows(document))
    has_causes = document.layout == Layout.CAUSES
    found = [*_said_twice(walked)]
    for row in walked:
        part = row.part
        if isinstance(part, AreaDoc):
            found += _of_area(row, part, has_causes)
        elif isinstance(part, ActionDoc):
            found += _of_action(row, part, has_causes)
        elif isinstance(part, GoalDoc) and not is_measurable(part):
            found.append(
                _shortcoming(
                    Lack.NOT_MEASURABLE,
                    row,
                    "text",
                    "går inte att mäta. Skriv hur många, hur stor del eller vad som ska vara klart.",
                )
            )
    order = {(row.kind, row.uuid): place for place, row in enumerate(walked)}
    kinds = list(Lack)
    return sorted(found, key=lambda one: (order[one.row, one.uuid], kinds.index(one.kind)))


def personal_data(document: PlanDocument) -> list[PersonalData]:
    """Every finding, in every text that somebody has written in the plan or its follow-ups."""
    return [
        PersonalData(row.kind, row.uuid, field, row.title, finding)
        for row in rows(document)
        for field, text in texts(row.part)
        for finding in personal.find(text)
    ]


def _of_action(row: Row, action: ActionDoc, has_causes: bool) -> Iterator[Shortcoming]:
    # In an activity table the goal of the activity stands under "Mål och syfte".
    if not action.goals and (has_causes or not action.aim):
        yield _shortcoming(Lack.NO_GOAL, row, "goals", "saknar mål.")
    if not action.responsible and not action.commitments:
        yield _shortcoming(Lack.NO_RESPONSIBLE, row, "responsible", "saknar ansvarig.")
    if not action.follow_up_plan:
        yield _shortcoming(
            Lack.NO_FOLLOW_UP_PLAN, row, "follow_up_plan", "saknar plan för uppföljning."
        )


def _of_area(row: Row, area: AreaDoc, has_causes: bool) -> Iterator[Shortcoming]:
    of_cause: dict[UUID, list[ActionDoc]] = defaultdict(list)
    of_problem: dict[UUID, list[ActionDoc]] = defaultdict(list)
    loose = []
    for action in area.actions:
        if has_causes and action.cause:
            of_cause[action.cause].append(action)
        elif has_causes and action.problem:
            of_problem[action.problem].append(action)
        else:
            loose.append(action)
    if has_causes:
        for problem in area.problems:
            beneath = Row(problem, row)
            below = [action for cause in problem.causes for action in of_cause[cause.uuid]]
            for cause in problem.causes:
                yield from _only_meetings(Row(cause, beneath), of_cause[cause.uuid], [])
            yield from _only_meetings(beneath, of_problem[problem.uuid], below)
        if not area.handled_as and not area.not_chosen_reason:
            yield from _broken_links(row, area, of_cause)
    yield from _only_meetings(row, loose, area.actions)


def _only_meetings(
    row: Row, actions: Sequence[ActionDoc], below: Iterable[ActionDoc]
) -> Iterator[Shortcoming]:
    """Those that hang on the row itself, and those further down: there is nothing else in either."""
    if actions and all(_is_meeting(action) for action in (*actions, *below)):
        yield _shortcoming(Lack.ONLY_MEETINGS, row, "actions", "har bara möten som åtgärd.")


def _is_meeting(action: ActionDoc) -> bool:
    return is_only_meetings(f"{action.name}\n{action.description}")


def _broken_links(
    row: Row, area: AreaDoc, of_cause: dict[UUID, list[ActionDoc]]
) -> Iterator[Shortcoming]:
    """A problem or a cause that is written on several rows has what any of them has."""
    explained = {same_words(problem.text) for problem in area.problems if problem.causes}
    acted_on = {
        (same_words(problem.text), same_words(cause.text))
        for problem in area.problems
        for cause in problem.causes
        if of_cause[cause.uuid]
    }
    for problem in area.problems:
        beneath = Row(problem, row)
        if same_words(problem.text) not in explained:
            yield _shortcoming(Lack.NO_CAUSE, beneath, "causes", "saknar orsak.")
        for cause in problem.causes:
            if (same_words(problem.text), same_words(cause.text)) not in acted_on:
                yield _shortcoming(
                    Lack.NO_ACTION, Row(cause, beneath), "actions", "har ingen åtgärd."
                )


def _said_twice(walked: Iterable[Row]) -> Iterator[Shortcoming]:
    """Actions in the whole plan; the others only beside each other: what two problems have in
    common may be a cause of both, and a goal may be the goal of many actions."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in walked:
        if row.kind == RowKind.ACTION:
            groups[RowKind.ACTION].append(row)
        elif row.kind in (RowKind.PROBLEM, RowKind.CAUSE, RowKind.GOAL):
            groups[row.kind, row.parent].append(row)
    for group in groups.values():
        if len(group) == 1:
            continue
        for place, other in sorted(_twins(group).items()):
            yield _twin(group[place], group[other])


def _twins(group: list[Row]) -> dict[int, int]:
    actions = [row.part for row in group if isinstance(row.part, ActionDoc)]
    if not actions:
        return twins([row.title for row in group])
    names = [action.name for action in actions]
    # The same name may stand for two things, but hardly a name and its misspelling.
    misspelled = {
        place: other
        for place, other in twins(names).items()
        if same_words(names[place]) != same_words(names[other])
    }
    return misspelled | twins([f"{action.name}\n{action.description}" for action in actions])


def _twin(row: Row, other: Row) -> Shortcoming:
    field = "name" if isinstance(row.part, ActionDoc) and row.part.name else "text"
    if isinstance(row.part, ActionDoc) and not row.part.name:
        field = "description"
    where = ""
    if row.area is not other.area and other.area:
        where = f" i området {quoted(other.area.title)}"
    if same_words(row.title) == same_words(other.title):
        said = f"står också{where}." if where else "står två gånger."
    else:
        said = f"säger samma sak som {quoted(other.title)}{where}."
    return _shortcoming(Lack.SAID_TWICE, row, field, said)


def _shortcoming(kind: Lack, row: Row, field: str, said: str) -> Shortcoming:
    assert row.uuid  # every row of the chain has one
    sentence = " ".join(filter(None, [row.kind.label, quoted(row.title), said]))
    return Shortcoming(kind, row.kind, row.uuid, field, sentence)
