"""How the rows of something hang together: how one is put in, taken out and put elsewhere.

Each of these says in the history exactly where a row stood and what stood in it, so that it can be
put back there (places.py reads the same history without the database). Here is what holds for
every tree of lists; a wing adds what is particular to it.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import current, find
from samverkan.collaboration.places import Place
from samverkan.collaboration.turns import Op, Turn
from samverkan.document import Part, as_part, as_plain

Under = tuple[Editable, UUID]  # what a row hangs on
Branch = list[tuple[Editable, Any]]


class Shape:
    imports: str  # what the page is called on which files are read in, and taken back

    def __init__(self, kinds: Mapping[str, Editable]):
        self.kinds = kinds

    # What a wing may say more about

    def demand_new(self, kind: Editable) -> None:
        """Refuse a row that comes in some other way than by being added."""

    def given(self, work: Any, kind: Editable, doc: Any, place: Place) -> dict[str, Any]:
        """The columns of a new row that say where it stands and whose it is."""
        if not kind.container:
            return {}
        if not place["in"]:
            return {_root_of(kind): work}
        return {kind.container: self.owner(work, kind, place["in"])} | self._under_root(kind, work)

    def came_along(self, row: Any, doc: Any) -> None:
        """Store what a new row brings, that has no place of its own in the history."""

    def before_take_away(self, turn: Turn, kind: Editable, found: Any) -> None:
        """Let nothing else name it; refuse where it has to stay."""

    def before_move(self, turn: Turn, kind: Editable, found: Any, place: Place) -> None:
        """As `before_take_away`, of where it is going."""

    def moved(self, work: Any, kind: Editable, found: Any, place: Place) -> None:
        """Let the row hang on what it now stands under."""
        if kind.container != _root_of(kind):
            owner = self.owner(work, kind, place["in"]) if place["in"] else None
            setattr(found, kind.container, owner)

    def following(
        self, work: Any, kind: Editable, found: Any, before: Place, place: Place
    ) -> tuple[Place, Place]:
        """Both places, with where the rows stand that go with it to another list."""
        return before, place

    def line_up(self, work: Any, place: Place) -> None:
        """Put those rows where the place says."""

    def hanging_on(self, kind: Editable, found: Any) -> Branch:
        """The rows that hang on this one in lists of their own, innermost first."""
        return []

    def more_documented(self, kind: Editable, found: Any) -> dict[str, Any]:
        """What the document says of the row beside what is written in it."""
        return {}

    def more_of_place(self, kind: Editable, found: Any) -> dict[str, Any]:
        return {}

    def contents(self, branch: Branch) -> list[UUID]:
        """The rows of a branch, and those within them that have no list of their own here."""
        return [found.uuid for _, found in branch]

    def told_by(self, work: Any, kind: Editable, found: Any, rows: list[UUID]) -> QuerySet:
        """The changes in the history that tell of these rows."""
        return work.changes.filter(row__in=rows)

    def added_within(self, turn: Turn) -> set[UUID]:
        """The rows that whoever has the turn added within others, in one piece with them."""
        return set()

    def resolved(
        self, work: Any, kind: Editable, owner_kind: Editable, owner: Any
    ) -> tuple[tuple, Place]:
        """What the row is to hang on, as keys; and in which list that makes it stand."""
        if kind.hangs_on != owner_kind.name:
            raise ValidationError(f"Här kan det inte stå: {kind.word} under {owner_kind.word}.")
        return (), {"in": str(owner.uuid)}

    # What holds for all

    def demand_undoable(self, work: Any, number: int, *, last: bool = False) -> None:
        """A file goes in whole, and out again whole."""
        turn = work.changes.filter(turn=number)
        of_a_file = [number, *turn.values_list("undoes", flat=True)[:1]]
        if not work.uploads.filter(turn__in=of_a_file).exists():
            return
        if last:
            raise ValidationError(
                f"Det sista du gjorde var att läsa in en fil. Det ångras på sidan {self.imports}."
            )
        raise ValidationError(
            "Den ändringen är en fil som lästes in eller togs tillbaka, hel. Det görs på sidan "
            f"{self.imports}."
        )

    def insert(self, turn: Turn, kind: Editable, doc: Any, place: Place) -> None:
        work = turn.work
        position = self._make_room(work, kind, place["in"], place["index"])
        row = row_of(kind.model, doc, position=position, **self.given(work, kind, doc, place))
        row.save()
        self.came_along(row, doc)
        said = as_plain(self.documented(kind, row))
        turn.record(Op.ADDED, kind.name, row.uuid, after={"place": place, "doc": said})

    def take_away(self, turn: Turn, kind: Editable, found: Any) -> None:
        """One row, on which nothing hangs any more."""
        self.before_take_away(turn, kind, found)
        place, said = self.place_of(turn.work, kind, found), as_plain(self.documented(kind, found))
        found.delete()
        turn.record(Op.REMOVED, kind.name, found.uuid, before={"place": place, "doc": said})

    def put_in_place(self, turn: Turn, kind: Editable, found: Any, place: Place) -> None:
        work = turn.work
        before = self.place_of(work, kind, found)
        before, place = self.following(work, kind, found, before, place)
        if place == before:
            return
        others = [row for row in self.listed(work, kind, place["in"]) if row.pk != found.pk]
        self.before_move(turn, kind, found, place)
        self.moved(work, kind, found, place)
        found.version += 1
        found.save()
        others.insert(place["index"], found)
        number(kind, others)
        self.line_up(work, place)
        turn.record(Op.MOVED, kind.name, found.uuid, before=before, after=place)

    def branch_of(self, kind: Editable, found: Any) -> Branch:
        """The row and all that hangs on it, innermost first: as it has to be taken away."""
        return [*self.hanging_on(kind, found), (kind, found)]

    def documented(self, kind: Editable, found: Any) -> Part:
        """The row as the document has it, without what hangs on it but stands in lists of its own."""
        required = {field.name for field in msgspec.structs.fields(kind.doc) if field.required}
        given: dict[str, Any] = {
            field.name: value
            for field in kind.fields.values()
            if (value := current(found, field)) not in ("", None, []) or field.name in required
        }
        for name in ("uuid", *kind.ties):
            given[name] = str(uuid) if (uuid := getattr(found, name)) else None
        for field in kind.fields.values():
            if field.points and not field.is_many:
                given[field.name] = next(iter(given.get(field.name, [])), None)
        return as_part(given | self.more_documented(kind, found), kind.doc)

    def place_of(self, work: Any, kind: Editable, found: Any) -> Place:
        owner = getattr(found, kind.container)
        container = str(owner.uuid) if owner and owner != work else ""
        rows = [row.pk for row in self.listed(work, kind, container)]
        place: Place = {"in": container, "index": rows.index(found.pk)}
        return place | self.more_of_place(kind, found)

    def place_under(
        self,
        work: Any,
        kind: Editable,
        under: Under | None,
        after: UUID | None,
        moving: UUID | None = None,
        first: bool = False,
    ) -> Place:
        """Where a row comes to stand: after another in the same list, first, or last."""
        if under is None:
            if kind.container != _root_of(kind) and not _may_be_outermost(kind):
                raise ValidationError("Säg var raden ska stå.")
            hangs_on: tuple = ()
            place: Place = {"in": ""}
        else:
            owner_kind, uuid = under
            hangs_on, place = self.resolved(work, kind, owner_kind, find(work, owner_kind, uuid))
        rows = [row for row in self.listed(work, kind, place["in"]) if row.uuid != moving]
        index = 0 if first else len(rows)
        if after is None and not first:
            after = self.last_beside(kind, rows, hangs_on)
        if after is not None:
            index = next((i for i, row in enumerate(rows, 1) if row.uuid == after), len(rows))
        return place | {"index": index}

    def last_beside(self, kind: Editable, rows: list[Any], hangs_on: tuple) -> UUID | None:
        """After which row one comes last, where that is not last in the list."""
        return None

    def owner(self, work: Any, kind: Editable, container: str) -> Any:
        return find(work, self.kinds[kind.hangs_on], UUID(container))

    def listed(self, work: Any, kind: Editable, container: str) -> list[Any]:
        """The rows of one list, in order."""
        rows: QuerySet = kind.model._default_manager.filter(**{kind.to_work: work.pk})
        if container:
            rows = rows.filter(**{f"{kind.container}__uuid": container})
        elif _may_be_outermost(kind):
            rows = rows.filter(**{kind.container: None})
        return list(rows)

    def _under_root(self, kind: Editable, work: Any) -> dict[str, Any]:
        return {_root_of(kind): work} if _may_be_outermost(kind) else {}

    def _make_room(self, work: Any, kind: Editable, container: str, index: int) -> int:
        """The position for a new row; the others are numbered around it."""
        rows = self.listed(work, kind, container)
        number(kind, [*rows[:index], None, *rows[index:]])
        return index


def _root_of(kind: Editable) -> str:
    """The foreign key to what it is all in, for a row that has one."""
    return "" if "__" in kind.to_work else kind.to_work


def _may_be_outermost(kind: Editable) -> bool:
    """A row that stands in others of its kind, or in none: a section among sections."""
    return bool(kind.container) and kind.hangs_on == kind.name


def number(kind: Editable, rows: Iterable[Any]) -> None:
    misplaced = []
    for position, row in enumerate(rows):
        if row is not None and row.position != position:
            row.position = position
            misplaced.append(row)
    kind.model._default_manager.bulk_update(misplaced, ["position"])


def row_of(model: type[Model], doc: Part, **given: Any) -> Any:
    """A row of what it and the document call by the same name; references are given."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name in fields.keys() & set(doc.__struct_fields__) - given.keys():
        value = getattr(doc, name)
        if value is None and fields[name].has_default():
            continue
        given[name] = "" if value is None and not fields[name].null else value
    return model(**given)
