"""Which row of one document is which row of another.

Within a plan and its revisions the UUID says so. An action carried into a later plan names its
predecessor. Where two documents share no UUIDs, areas are known by their slug, and what is in
them by their words, within what they hang on.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from uuid import UUID

from plans.counting import same_words
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

# Rows are matched from the top down, so that what a row hangs on is known before it is.
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
Key = Callable[[Row], Hashable | None]


def match(before: Iterable[Row], after: Iterable[Row]) -> dict[Row, Row]:
    """Each row after that was there before, and the row it was."""
    earlier, later = _by_kind(before), _by_kind(after)
    found: dict[Row, Row] = {}
    # What a row hangs on is the same thing in both documents: it goes by the row it was.
    for kind in _FROM_THE_TOP:
        for of_before, of_after in _keys(kind, found):
            taken = set(found.values())
            waiting: dict[Hashable, list[Row]] = defaultdict(list)
            for row in earlier[kind]:
                if row not in taken and (key := of_before(row)) is not None:
                    waiting[key].append(row)
            for row in later[kind]:
                if row not in found and waiting.get(key := of_after(row)):
                    found[row] = waiting[key].pop(0)
    return found


def _by_kind(walked: Iterable[Row]) -> dict[RowKind, list[Row]]:
    found: dict[RowKind, list[Row]] = defaultdict(list)
    for row in walked:
        found[row.kind].append(row)
    return found


def _keys(kind: RowKind, found: dict[Row, Row]) -> list[tuple[Key, Key]]:
    """In turn: what to know a row by before, and after. The surest comes first."""
    if kind in (RowKind.PLAN, RowKind.AGREEMENT):  # there is one at most
        return [(lambda row: 0, lambda row: 0)]
    if kind in (RowKind.PARTY, RowKind.SIGNATORY):
        return [_alike(_party)]
    if kind == RowKind.EXTRA:
        # Where it stood, its label, its text: one of them may be another.
        return [
            _alike(_uuid),
            _alike(_extra),
            *(_alike(_extra_but(number)) for number in (2, 0, 1)),
        ]
    within = _under(found, lambda row: row.uuid)
    keys = [within] if kind in (RowKind.GOAL, RowKind.COMMITMENT) else [within, _alike(_uuid)]
    if kind == RowKind.AREA:
        keys += [_alike(lambda row: _area(row).slug), _alike(lambda row: same_words(row.title))]
    elif kind == RowKind.ACTION:
        keys += [(_uuid, _predecessor), _under(found, _said)]
    elif kind == RowKind.COMMITMENT:
        keys.append(_under(found, _party))
    else:
        keys.append(_under(found, _said))
    if kind == RowKind.GOAL:
        keys.append(_under_renewed(found))
    return keys


def _alike(key: Key) -> tuple[Key, Key]:
    return key, key


def _under(found: dict[Row, Row], key: Key) -> tuple[Key, Key]:
    """The same key under the same row; an action is anywhere in the same area."""

    def of_before(row: Row) -> Hashable | None:
        said = key(row)
        return None if said is None else (row.container, said)

    def of_after(row: Row) -> Hashable | None:
        said, container = key(row), row.container
        return None if said is None or container is None else (found.get(container), said)

    return of_before, of_after


def _under_renewed(found: dict[Row, Row]) -> tuple[Key, Key]:
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
