"""Which row of one document is which row of another.

Within a plan and its revisions the UUID says so. An action carried into a later plan names its
predecessor. Where two documents share no UUIDs, areas are known by their slug, and what is in
them by their words, within what they hang on.
"""

from collections.abc import Hashable, Iterable
from uuid import UUID

from plans.document import (
    ActionDoc,
    AreaDoc,
    CommitmentDoc,
    ExtraDoc,
    PartyDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.rows import Row, RowKind
from samverkan.collaboration import matching
from samverkan.collaboration.matching import Key, Known, alike, the_only_one, under
from samverkan.text import same_words

_FROM_THE_TOP = (
    RowKind.PLAN,
    RowKind.AGREEMENT,
    RowKind.SIGNATORY,
    RowKind.PARTY,
    RowKind.SECTION,
    RowKind.EXTRA,
    RowKind.AREA,
    RowKind.PROBLEM,
    RowKind.CAUSE,
    RowKind.ACTION,
    RowKind.GOAL,
    RowKind.COMMITMENT,
)


def match(before: Iterable[Row], after: Iterable[Row]) -> dict[Row, Row]:
    """Each row after that was there before, and the row it was."""
    return matching.match(before, after, _FROM_THE_TOP, _keys)


def _keys(kind: RowKind, found: dict[Row, Row]) -> list[Known]:
    """In turn: what to know a row by. The surest comes first."""
    if kind in (RowKind.PLAN, RowKind.AGREEMENT):  # there is one at most
        return [the_only_one()]
    if kind in (RowKind.PARTY, RowKind.SIGNATORY):
        return [alike(_party)]
    if kind == RowKind.EXTRA:
        # Where it stood, its label, its text: one of them may be another.
        return [
            alike(_uuid),
            alike(_extra),
            *(alike(_extra_but(number)) for number in (2, 0, 1)),
        ]
    within = under(found, lambda row: row.uuid)
    keys = [within] if kind in (RowKind.GOAL, RowKind.COMMITMENT) else [within, alike(_uuid)]
    if kind == RowKind.AREA:
        keys += [alike(lambda row: _area(row).slug), alike(lambda row: same_words(row.title))]
    elif kind == RowKind.ACTION:
        keys += [(_uuid, _predecessor), under(found, _said)]
    elif kind == RowKind.COMMITMENT:
        keys.append(under(found, _party))
    else:
        keys.append(under(found, _said))
    if kind == RowKind.GOAL:
        keys.append(_under_renewed(found))
    return keys


def _under_renewed(found: dict[Row, Row]) -> Known:
    """What is left under an action with a new UUID: the next goal is the next one, reworded."""

    def of_after(row: Row) -> Hashable:
        action = row.parent
        earlier = found.get(action) if action else None
        return earlier if earlier and action and earlier.uuid != action.uuid else None

    return lambda row: row.parent, of_after


def _uuid(row: Row) -> UUID | None:
    return row.uuid


def _predecessor(row: Row) -> UUID | None:
    assert isinstance(row.part, ActionDoc)
    return row.part.predecessor


def _said(row: Row) -> str | None:
    """Its words; nothing can be known by no words."""
    text = row.part.heading if isinstance(row.part, SectionDoc) else row.title
    return same_words(text) or None


def _area(row: Row) -> AreaDoc:
    assert isinstance(row.part, AreaDoc)
    return row.part


def _party(row: Row) -> str:
    part = row.part
    assert isinstance(part, PartyDoc | CommitmentDoc | SignatoryDoc)
    return part.key if isinstance(part, PartyDoc) else part.party


def _extra(row: Row) -> tuple[str, str, str]:
    assert isinstance(row.part, ExtraDoc)
    return row.part.where, row.part.label, row.part.text


def _extra_but(number: int) -> Key:
    return lambda row: _extra(row)[:number] + _extra(row)[number + 1 :]
