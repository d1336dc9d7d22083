"""A draft becomes another document in one turn, in bulk: as many questions however much is written.

Each step stands in the plan's history as if somebody had taken it by hand, so that what was there
before can be read, and told, and put back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from plans.document import PlanDocument
from plans.editable import KINDS
from plans.models import Action, Plan, PlanArea
from plans.services.storing import parties_of, priority_area
from plans.services.turns import PlanTurn
from plans.steps import LISTED, Listed, Rewrite
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.shape import row_of


def rewrite(turn: PlanTurn, before: PlanDocument, wanted: PlanDocument) -> None:
    """The plan, which says `before`, says `wanted`. It has to be one that can be stored (`ready`)."""
    rewriting = Rewrite(turn.work.uuid, before, wanted)
    for step in rewriting.steps:
        turn.record(
            step.op, step.kind, step.row, field=step.field, before=step.before, after=step.after
        )
    _Writing(turn.work, rewriting).write()


class _Writing:
    def __init__(self, plan: Plan, rewriting: Rewrite):
        self.plan, self.rewriting = plan, rewriting
        self.rows: dict[str, dict[UUID, Any]] = {}
        self.written = {(step.kind, step.row) for step in rewriting.steps if step.op == "set"}

    def write(self) -> None:
        wanted = self.rewriting.wanted
        self._of_plan()
        self._take_away()
        self.parties = parties_of(wanted.parties, self.plan.district)
        later: dict[str, list[Listed]] = {name: [] for name in LISTED}
        for row in self.rewriting.later:
            later[row.kind].append(row)
        for name in LISTED:
            self._put_in(KINDS[name], later[name])
        self._point_to_areas(later["area"])
        self._serve(later["action"])

    def _of_plan(self) -> None:
        before, wanted = self.rewriting.before, self.rewriting.wanted
        fields = {
            name: getattr(wanted, name)
            for name in KINDS["plan"].fields
            if getattr(wanted, name) != getattr(before, name)
        }
        if fields:
            Plan.objects.filter(pk=self.plan.pk).update(**fields)
            for name, value in fields.items():
                setattr(self.plan, name, value)

    def _take_away(self) -> None:
        """From the inside out, so that nothing hangs on what goes."""
        gone: dict[str, list[UUID]] = {name: [] for name in LISTED}
        for row in self.rewriting.earlier:
            if (row.kind, row.uuid) not in self.rewriting.kept:
                gone[row.kind].append(row.uuid)
        for kind in [KINDS[name] for name in reversed(LISTED)]:
            every = kind.model._default_manager
            here = every.filter(**{kind.to_work: self.plan.pk})
            for uuids in some_at_a_time(gone[kind.name]):
                # Found first: PostgreSQL, who knows nothing yet of rows this new, may otherwise
                # look through them all once for each that goes.
                found = list(here.filter(uuid__in=uuids).values_list("pk", flat=True))
                every.filter(pk__in=found).delete()

    def _put_in(self, kind: Editable, wanted: Iterable[Listed]) -> None:
        here: Iterable[Any] = kind.model._default_manager.filter(**{kind.to_work: self.plan.pk})
        known = {row.uuid: row for row in here}
        columns = {field.name: field for field in kind.fields.values() if not field.points}
        new, changed, names = [], [], set()
        rows = self.rows[kind.name] = {}
        for one in wanted:
            row = known.get(one.uuid)
            if row is None:
                row = row_of(kind.model, one.doc, position=one.index, **self._given(kind, one))
                new.append(row)
            elif said := self._said(row, one, columns):
                for name, value in said.items():
                    setattr(row, name, value)
                changed.append(row)
                names |= set(said)
            rows[one.uuid] = row
        kind.model._default_manager.bulk_create(new)
        if changed:
            kind.model._default_manager.bulk_update(changed, sorted(names))

    def _said(self, row: Any, one: Listed, columns: Mapping[str, Any]) -> dict[str, Any]:
        """What the row has to be given to say what is wanted of it."""
        said: dict[str, Any] = {}
        for name, field in columns.items():
            value = getattr(one.doc, name)
            value = "" if value is None and not field.column.null else value
            if field.plain(value) != field.plain(getattr(row, name)):
                said[name] = list(value) if isinstance(value, tuple) else value
        if row.position != one.index:
            said["position"] = one.index
        if (one.kind, one.uuid) in self.written:
            said["version"] = row.version + 1
        return said

    def _given(self, kind: Editable, one: Listed) -> dict[str, Any]:
        """What a new row hangs on."""
        match kind.name:
            case "section" | "extra":
                return {"plan": self.plan}
            case "area":
                area = priority_area(one.doc, self.plan.catalogue, self.plan.district)
                return {"plan": self.plan, "area": area, "handled_in": None}
            case "problem":
                return {"area": self._row("area", one.owner)}
            case "cause":
                return {"problem": self._row("problem", one.owner)}
            case "action":
                return {"area": self._row("area", one.owner)} | {
                    name: self._row(name, uuid) if (uuid := getattr(one.doc, name)) else None
                    for name in ("problem", "cause")
                }
        given = {"action": self._row("action", one.owner)}
        return given | ({"party": self.parties[one.doc.party]} if kind.by_party else {})

    def _row(self, kind: str, uuid: UUID | str) -> Any:
        return self.rows[kind][uuid if isinstance(uuid, UUID) else UUID(uuid)]

    def _point_to_areas(self, wanted: Iterable[Listed]) -> None:
        changed = []
        for one in wanted:
            row = self._row("area", one.uuid)
            other = self._row("area", one.doc.handled_in) if one.doc.handled_in else None
            if row.handled_in_id != (other.pk if other else None):
                row.handled_in = other
                changed.append(row)
        if changed:
            PlanArea.objects.bulk_update(changed, ["handled_in"])

    def _serve(self, wanted: Iterable[Listed]) -> None:
        Serves = Action.also_serves.through
        stood: dict[int, list[int]] = {}
        links = Serves.objects.filter(action__area__plan=self.plan).order_by("pk")
        for action, area in links.values_list("action_id", "planarea_id"):
            stood.setdefault(action, []).append(area)
        anew = {}
        for one in wanted:
            row = self._row("action", one.uuid)
            areas = [self._row("area", uuid).pk for uuid in one.doc.also_serves]
            if areas != stood.get(row.pk, []):
                anew[row.pk] = areas
        for actions in some_at_a_time([pk for pk in anew if pk in stood]):
            Serves.objects.filter(action__in=actions).delete()
        Serves.objects.bulk_create(
            Serves(action_id=action, planarea_id=area)
            for action, areas in anew.items()
            for area in areas
        )


def some_at_a_time(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """As many as the database lets be named in one question."""
    most = (connection.features.max_query_params or _ALL) - _BESIDE
    return (keys[start : start + most] for start in range(0, len(keys), most))


_ALL = 30_000
_BESIDE = 10  # what else such a question names
