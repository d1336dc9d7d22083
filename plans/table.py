"""The actions of a plan as one flat table: its columns, and its rows in the order asked for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from plans.action_view import ActionView
from plans.document import CauseDoc, ProblemDoc
from plans.presentation import AreaView
from plans.since import Change
from plans.vocabulary import ActionState, Since
from samverkan.swedish import sort_key


@dataclass(frozen=True)
class TableRow:
    area: AreaView
    problem: ProblemDoc | None
    cause: CauseDoc | None
    action: ActionView
    change: Change | None = None

    @property
    def parties(self) -> list[str]:
        return [view.party.short_name for view in self.action.commitments]


@dataclass(frozen=True)
class Column:
    """What nobody has written anything in is sorted last, whichever way: `key` gives None there."""

    name: str
    label: str
    key: Callable[[TableRow], Any]
    is_always: bool = False
    is_usual: bool = True  # shown to whoever has not chosen
    of_causes: bool = False  # only in a plan with problems and causes


def _natural(text: str) -> list:
    """By the words in Swedish order, with 2 before 11."""
    pieces = re.split(r"(\d+)", text.strip())
    return [int(one) if place % 2 else sort_key(one) for place, one in enumerate(pieces)]


def _words(text: str) -> list | None:
    return _natural(text) if text.strip() else None


def _time(row: TableRow) -> Any:
    """What has a date comes first, by when it ends; then the rest by its words."""
    doc = row.action.doc
    day = doc.ends_on or doc.starts_on
    said = doc.timing or "; ".join(row.action.timing_facts)
    return (day or date.max, _natural(said)) if day or said.strip() else None


def _state(row: TableRow) -> int | None:
    state = row.action.state
    return list(ActionState).index(state) if state else None


def _since(row: TableRow) -> int | None:
    return list(Since).index(row.change.since) if row.change else None


COLUMNS = (
    Column("nr", "Nr", lambda row: 0, is_always=True),  # the plan's own order
    Column("namn", "Åtgärd", lambda row: _words(row.action.title), is_always=True),
    Column("omrade", "Område", lambda row: _words(row.area.doc.title)),
    Column(
        "problem",
        "Problem",
        lambda row: _words(row.problem.text if row.problem else ""),
        is_usual=False,
        of_causes=True,
    ),
    Column(
        "orsak",
        "Orsak",
        lambda row: _words(row.cause.text if row.cause else ""),
        is_usual=False,
        of_causes=True,
    ),
    Column(
        "mal",
        "Operativa mål",
        lambda row: _words(" ".join(goal.doc.text for goal in row.action.goals)),
        is_usual=False,
    ),
    Column("tid", "Tid", _time),
    Column("ansvar", "Ansvar", lambda row: _words(row.action.doc.responsible)),
    Column("parter", "Parter", lambda row: _words(", ".join(row.parties)), is_usual=False),
    Column(
        "folja",
        "Plan för uppföljning",
        lambda row: _words(row.action.doc.follow_up_plan),
        is_usual=False,
    ),
    Column("lage", "Uppföljning", _state),
    Column("andring", "Sedan", _since),
)


# Those that can be put away where the plan is written.
WRITE_COLUMNS = [
    replace(one, is_usual=True)
    for one in COLUMNS
    if one.name in ("namn", "mal", "tid", "ansvar", "folja")
]


def columns(*, has_causes: bool, since: str) -> list[Column]:
    """Those that a plan has; `since` is the period of the plan that it can be held against."""
    names = {"namn": "Åtgärd" if has_causes else "Aktivitet", "andring": f"Sedan {since}"}
    return [
        replace(one, label=names.get(one.name, one.label))
        for one in COLUMNS
        if (has_causes or not one.of_causes) and (since or one.name != "andring")
    ]


def table(areas: Sequence[AreaView], changes: Mapping[UUID, Change]) -> list[TableRow]:
    return [
        TableRow(area, problem.problem, cause.cause, action, changes.get(action.doc.uuid))
        for area in areas
        for action, problem, cause in sorted(
            (
                (action, problem, cause)
                for problem in area.chain
                for cause in problem.causes
                for action in cause.actions
            ),
            key=lambda found: _natural(found[0].number),
        )
    ]


def in_order(rows: list[TableRow], by: str) -> list[TableRow]:
    """By one column; "-tid" is the other way. What stands alike keeps the plan's order."""
    is_down, name = by.startswith("-"), by.removeprefix("-")
    if name in ("", "nr"):
        return rows[::-1] if is_down else rows
    key = next(column.key for column in COLUMNS if column.name == name)
    keyed = [(key(row), row) for row in rows]
    said = [pair for pair in keyed if pair[0] is not None]
    said.sort(key=lambda pair: pair[0], reverse=is_down)
    return [row for _, row in said] + [row for key_, row in keyed if key_ is None]
