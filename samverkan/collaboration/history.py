"""The history as it is read: who did what, in sentences, and what has stood in each field.

A row is called what it is called now, or was called last. It belongs to what it stands in, or stood
in when it was taken away. A wing says its words for rows and fields.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.text import Truncator

from samverkan import numbers
from samverkan.collaboration.editable import Editable, Field
from samverkan.collaboration.models import Change
from samverkan.difference import Piece, rich_words, words

Op = Change.Op

_LONGEST_TITLE = 80


@dataclass(frozen=True)
class Known:
    """A row that is there, or has been."""

    kind: str
    word: str  # what it is: "åtgärden"
    title: str
    owner: str  # the row that it is written in; "" for the whole
    party: str = ""
    is_here: bool = False
    noun: str = ""  # what it is, in a word, where its kind does not say: "tabell"


class Names:
    """What the rows are called and where they stand, also those that are gone."""

    kinds: Mapping[str, Editable]
    whole: str  # the kind of row that the work itself is

    def __init__(self, work: Any, document: Any):
        self._known: dict[str, Known] = {}
        self._root = str(work.uuid)
        self._known[self._root] = Known(
            self.whole, work.word_for_it.lower(), str(work), "", is_here=True
        )
        self.places = self.places_of(document)
        # In the order that it happened: what was said last of a row is what holds.
        shaped = work.changes.exclude(op=Op.SET).order_by("number")
        for op, kind, row, before, after in shaped.values_list(
            "op", "kind", "row", "before", "after"
        ):
            said: Any = before if op == Op.REMOVED else after
            if op == Op.MOVED:
                self._move(str(row), said["in"])
            else:
                self._learn(kind, said["doc"], said["place"]["in"])
        self._known |= self.here(document)

    # What a wing says ---------------------------------------------------------------------------

    def places_of(self, document: Any) -> list[tuple[str, str]]:
        """What the history can be narrowed to: the row, and what it is called."""
        raise NotImplementedError

    def here(self, document: Any) -> dict[str, Known]:
        """The rows that are there now."""
        raise NotImplementedError

    def word(self, kind: str, doc: Mapping[str, Any]) -> str:
        """What a row is, by what the history keeps of it: "åtgärden"."""
        raise NotImplementedError

    def noun(self, kind: str, doc: Mapping[str, Any]) -> str:
        """As `word`, on the page of its own history; nothing where its kind says it."""
        return ""

    def title_in(self, kind: str, doc: Mapping[str, Any]) -> str:
        """What a row is called by what the history keeps of it."""
        return doc.get(self.kinds[kind].main, "")

    def chosen(self, control: str, uuid: str) -> str:
        """What a field names that is chosen among a few."""
        raise NotImplementedError

    def says_where(self, kind: str) -> bool:
        """Whether what a row is called says where it stands already."""
        return False

    def came_along(self, doc: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The rows within what the history keeps of one, that have nothing kept of their own."""
        return iter(())

    def field_label(self, kind: str, field: Field) -> str:
        return field.label

    def called(self, row: UUID | str) -> str:
        """åtgärden ”Nattvandring”"""
        known = self[row]
        if known is None:
            return "en rad"
        return known.word if known.kind == self.whole else f"{known.word} {self.quoted(row)}"

    def list_of(self, place: Mapping[str, Any]) -> str:
        """What a row stands in: ”området ”Tensta””; the whole, where it stands outermost."""
        return self.called(place["in"] or self._root)

    def where(self, row: UUID | str) -> str:
        """In what a field stands: ”Nattvandring”."""
        known = self[row]
        return self.called(row) if known is None or known.kind == self.whole else self.quoted(row)

    # What holds for all -------------------------------------------------------------------------

    def __getitem__(self, row: UUID | str) -> Known | None:
        return self._known.get(str(row))

    def is_here(self, row: UUID | str) -> bool:
        known = self[row]
        return known is not None and known.is_here

    def within(self, place: str) -> list[str]:
        """The row and all that is or has been in it."""
        return [row for row in self._known if place in self._way_up(row)]

    def above(self, row: UUID | str) -> list[str]:
        """What it stands in, outermost first."""
        return [self.title(one) for one in list(self._way_up(str(row)))[:0:-1]]

    def _way_up(self, row: str) -> Iterator[str]:
        known = self._known.get(row)
        while known:
            yield row
            row, known = known.owner, self._known.get(known.owner)

    def title(self, row: UUID | str) -> str:
        known = self[row]
        return Truncator(" ".join(known.title.split())).chars(_LONGEST_TITLE) if known else ""

    def quoted(self, row: UUID | str) -> str:
        return f"”{self.title(row)}”" if self.title(row) else "utan namn"

    def _learn(self, kind: str, doc: Mapping[str, Any], owner: str) -> None:
        word, title = self.word(kind, doc), self.title_in(kind, doc)
        noun, party = self.noun(kind, doc), doc.get("party", "")
        self._known[doc["uuid"]] = Known(kind, word, title, owner, party, noun=noun)
        for name, part in self.came_along(doc):
            self._learn(name, part, doc["uuid"])

    def _move(self, row: str, owner: str) -> None:
        if known := self._known.get(row):
            self._known[row] = replace(known, owner=owner)


@dataclass(frozen=True)
class Event:
    """One change, told."""

    change: Change
    said: str  # follows upon who did it
    field: Field | None = None
    before: str = ""
    after: str = ""

    @cached_property
    def pieces(self) -> list[Piece]:
        if self.field is None:
            return []
        return (rich_words if self.field.is_rich else words)(self.before, self.after)


@dataclass
class Turn:
    """What one person did at one time."""

    number: int
    by: str
    at: datetime
    is_undo: bool
    events: list[Event] = field(default_factory=list)
    may_come_back: bool = False  # it took rows away, and none of them is there now

    # So many are read at a glance; the rest are unfolded.
    _AT_ONCE = 4

    @property
    def first(self) -> list[Event]:
        return self.events[: self._AT_ONCE]

    @property
    def rest(self) -> list[Event]:
        return self.events[self._AT_ONCE :]


def chosen(
    work: Any, *, person: int | None = None, within: Iterable[str] | None = None
) -> QuerySet:
    """The changes by the person, or to these rows."""
    changes = work.changes.all()
    if person is not None:
        changes = changes.filter(by=person)
    if within is not None:
        changes = changes.filter(row__in=within)
    return changes


def numbers_of_turns(changes: QuerySet) -> QuerySet:
    """The latest first."""
    return changes.order_by("-turn").values_list("turn", flat=True).distinct()


def told(changes: Iterable[Change], names: Names) -> list[Turn]:
    """The changes in sentences, turn by turn, the latest first."""
    found: dict[int, Turn] = {}
    for change in changes:
        turn = found.get(change.turn)
        if turn is None:
            turn = found[change.turn] = Turn(
                change.turn, change.who, change.at, change.undoes is not None
            )
        turn.events.append(event(change, names))
    for turn in found.values():
        removed = [e.change.row for e in turn.events if e.change.op == Op.REMOVED]
        turn.may_come_back = bool(removed) and not any(names.is_here(row) for row in removed)
        if removed:  # what was taken away last is what the rest hung on: it says the most
            turn.events.reverse()
    return [found[number] for number in sorted(found, reverse=True)]


def event(change: Change, names: Names) -> Event:
    called = names.called(change.row)
    match change.op:
        case Op.SET:
            return _written(change, names)
        case Op.ADDED:
            return Event(change, f"lade till {called}{_inside(change, change.after, names)}")
        case Op.REMOVED:
            return Event(change, f"tog bort {called}{_inside(change, change.before, names)}")
    return Event(change, f"flyttade {called} {_way(change, names)}")


def _inside(change: Change, said: Any, names: Names) -> str:
    owner = said["place"]["in"]
    if not owner or names[owner] is None or names.says_where(change.kind):
        return ""
    return f" i {names.called(owner)}"


def _way(change: Change, names: Names) -> str:
    before: Any = change.before
    after: Any = change.after
    if before["in"] != after["in"]:
        return f"från {names.list_of(before)} till {names.list_of(after)}"
    for hangs_on in ("cause", "problem"):
        if after.get(hangs_on) and before.get(hangs_on) != after[hangs_on]:
            return f"till {names.called(after[hangs_on])}"
    return "till en annan plats i ordningen"


def _written(change: Change, names: Names) -> Event:
    field = names.kinds[change.kind].fields.get(change.field)
    if field is None:  # one that there is no more
        return Event(change, f"ändrade {change.field} i {names.where(change.row)}")
    before, after = (shown(field, value, names) for value in (change.before, change.after))
    name, where = names.field_label(change.kind, field), names.where(change.row)
    if not before:
        said = f"skrev {name} i {where}"
    elif not after:
        said = f"tömde {name} i {where}"
    else:
        said = f"ändrade {name} i {where}"
    return Event(change, said, field, before, after)


def shown(field: Field, plain: Any, names: Names) -> str:
    """What stands in the history as a reader would have it; of rich text its HTML."""
    if plain is None or plain == "" or plain == []:
        return ""
    if field.way:
        return field.way.shown(plain, names)
    if field.points:
        return ", ".join(names.title(row) or "ett område som är borttaget" for row in plain)
    if isinstance(plain, bool):
        return "Ja" if plain else "Nej"
    if field.is_several:
        return ", ".join(dict(field.choices).get(name, name) for name in plain)
    if field.choices:
        said = dict(field.choices).get(plain, plain)
        return said[:1].upper() + said[1:]
    if isinstance(field.column, models.DecimalField):
        return numbers.swedish(Decimal(plain))
    return str(plain)


@dataclass(frozen=True)
class Value:
    """What a field has said."""

    key: str  # of the change that it stood before or after
    text: str
    by: str  # nobody where it stood there from the beginning
    at: datetime | None
    replaced_by: str = ""
    replaced_at: datetime | None = None

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None


@dataclass(frozen=True)
class FieldHistory:
    field: Field
    label: str
    values: list[Value]  # the latest first

    @property
    def current(self) -> Value:
        return self.values[0]

    @property
    def earlier(self) -> list[tuple[Value, list[Piece]]]:
        """Each with what differs between it and what stands there now."""
        compared = rich_words if self.field.is_rich else words
        return [(value, compared(value.text, self.current.text)) for value in self.values[1:]]


def fields_of(changes: Iterable[Change], names: Names) -> list[FieldHistory]:
    """Every value of every field of one row that has been written in; `changes` in their order."""
    added: Change | None = None
    written: dict[str, list[Change]] = {}
    for change in changes:
        if change.op == Op.ADDED:
            added = added or change
        elif change.op == Op.SET and change.field in names.kinds[change.kind].fields:
            written.setdefault(change.field, []).append(change)
    return [
        FieldHistory(
            field := names.kinds[steps[0].kind].fields[name],
            names.field_label(steps[0].kind, field),
            _values(field, steps, added, names)[::-1],
        )
        for name, steps in written.items()
    ]


def _values(field: Field, steps: list[Change], added: Change | None, names: Names) -> list[Value]:
    first = steps[0]
    texts = [(f"{first.number}-fore", first.before, added)]
    texts += [(str(step.number), step.after, step) for step in steps]
    return [
        Value(
            key,
            shown(field, plain, names),
            source.who if source else "",
            source.at if source else None,
            replaced.who if replaced else "",
            replaced.at if replaced else None,
        )
        for (key, plain, source), replaced in zip(texts, [*steps, None], strict=True)
    ]


def read_key(key: str) -> tuple[int, bool] | None:
    """Which change a value's key names, and whether it is what stood there before it."""
    number, _, side = key.partition("-")
    if not number.isdecimal() or len(number) > 9 or side not in ("", "fore"):
        return None
    return int(number), side == "fore"
