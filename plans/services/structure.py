"""The shape of a plan: rows that are added, taken away and moved.

Each of these says in the plan's history exactly where a row stood and what stood in it, so that it
can be put back there (plans/places.py reads the same history without the database).
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Q, QuerySet

from plans.document import ActionDoc
from plans.editable import KINDS, Editable
from plans.models import Action, Agreement, AgreementParty, Change, Commitment, Goal, Plan, PlanArea
from plans.places import Place
from plans.services.editing import current, find, put, read
from plans.services.storing import priority_area, row_of
from plans.services.turns import Op, Turn, turn
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.constraints import sentence
from samverkan.document import Part, as_part, as_plain
from samverkan.organisation.models import Party

Under = tuple[Editable, UUID]  # what a row hangs on


class Stale(Exception):
    """Somebody has changed what was to be taken away, after it was last seen."""

    def __init__(self, change: Change):
        super().__init__(str(change))
        self.change = change


def add(
    *,
    actor: Any,
    plan: Plan,
    kind: Editable,
    under: Under | None,
    typed: Mapping[str, Any],
    row: UUID | None = None,
    after: UUID | None = None,
    party: Party | None = None,
) -> list[Change]:
    """A new row under what it hangs on: after another, or last. The same row once more is none."""
    if kind.name == "extra":
        raise ValidationError("Det som inte har någon egen plats kommer ur en fil.")
    if kind.name == "area":  # which of the city's or the district's it is (services/areas.py)
        raise ValidationError("Välj området på sidan ”Lägg till ett område”.")
    _demand_a_place(kind)
    row = row or uuid4()
    values = {name: kind.fields[name].plain(value) for name, value in read(kind, typed).items()}
    doc = {"uuid": str(row)} | {name: value for name, value in values.items() if value != ""}
    try:
        with turn(plan, actor, kind.right) as mine:
            if kind.names_party:
                if party is None:
                    raise ValidationError("Välj vilken part det gäller.")
                if kind.by_party:
                    mine.demand(kind.right, party)
                doc["party"] = party.key
            if _is_there(plan, kind, doc):
                return []  # a second press of the same button
            insert(mine, kind, as_part(doc, kind.doc), place_under(plan, kind, under, after))
    except IntegrityError as error:
        raise ValidationError(sentence(kind.model, error)) from error
    return mine.changes


def _is_there(plan: Plan, kind: Editable, doc: dict[str, Any]) -> bool:
    """Whether the row was added just so. Under its name but with other words it is another row,
    typed in a form that had been sent before: it gets a name of its own, which tells it again."""
    while added := plan.changes.filter(op=Op.ADDED, row=doc["uuid"]).first():
        told: Any = added.after
        words = as_plain(as_part(doc, kind.doc))
        if all(told["doc"].get(name) == words[name] for name in doc):
            return True
        doc["uuid"] = str(uuid5(UUID(doc["uuid"]), str(sorted(doc.items()))))
    return False


def remove(*, actor: Any, plan: Plan, kind: Editable, row: UUID, seen: int) -> list[Change]:
    """Take the row away with all that hangs on it. It can be put back (services/undoing.py)."""
    _demand_a_place(kind)
    with turn(plan, actor, kind.right) as mine:
        found = find(plan, kind, row)
        branch = branch_of(kind, found)
        rows = with_contents(branch)
        demand_hers(mine, rows)
        told = _told_by(plan, kind, found, rows)
        theirs = plan.changes.filter(told, number__gt=seen).exclude(by=actor)
        if changed := theirs.select_related("by").last():
            raise Stale(changed)
        for branch_kind, found in branch:
            take_away(mine, branch_kind, found)
    return mine.changes


def _told_by(plan: Plan, kind: Editable, found: Any, rows: Iterable[UUID]) -> Q:
    """The changes of these rows. What came with its action, in one piece, is told by that."""
    told = Q(row__in=rows)
    if kind.container == "action":
        for added in plan.changes.filter(op=Op.ADDED, row=found.action.uuid):
            after: Any = added.after
            came = [*after["doc"]["goals"], *after["doc"]["commitments"]]
            if str(found.uuid) in {one["uuid"] for one in came}:
                told |= Q(pk=added.pk)
    return told


def move(
    *,
    actor: Any,
    plan: Plan,
    kind: Editable,
    row: UUID,
    under: Under | None,
    after: UUID | None = None,
    first: bool = False,
) -> list[Change]:
    """To another place in its list, or under something else: a cause, a problem, an area."""
    _demand_a_place(kind)
    with turn(plan, actor, kind.right) as mine:
        found = find(plan, kind, row)
        demand_hers(mine, with_contents(branch_of(kind, found)))
        place = place_under(plan, kind, under, after, moving=row, first=first)
        put_in_place(mine, kind, found, place)
    return mine.changes


def _demand_a_place(kind: Editable) -> None:
    if not kind.container:
        raise ValidationError("Planen själv kan varken läggas till, flyttas eller tas bort här.")


def insert(turn: Turn, kind: Editable, doc: Any, place: Place) -> None:
    plan = turn.plan
    given: dict[str, Any] = {"position": _make_room(plan, kind, place["in"], place["index"])}
    match kind.name:
        case "section" | "extra":
            given["plan"] = plan
        case "area":
            handled_in = plan.areas.filter(uuid=doc.handled_in).first() if doc.handled_in else None
            given |= {"plan": plan, "area": priority_area(doc, plan), "handled_in": handled_in}
        case "action":
            given |= _chain(plan, place)
        case "commitment":
            given |= {"action": _owner(plan, kind, place["in"]), "party": _party(plan, doc.party)}
        case "signatory":
            agreement = _owner(plan, kind, place["in"])
            _demand_open(agreement)
            given |= {"agreement": agreement, "party": _party(plan, doc.party)}
        case _:
            given[kind.container] = _owner(plan, kind, place["in"])
    row = row_of(kind.model, doc, **given)
    row.save()
    if isinstance(row, Action):
        Goal.objects.bulk_create(
            row_of(Goal, goal, action=row, position=position)
            for position, goal in enumerate(doc.goals)
        )
        Commitment.objects.bulk_create(
            row_of(Commitment, c, action=row, position=position, party=_party(plan, c.party))
            for position, c in enumerate(doc.commitments)
        )
        row.also_serves.set(plan.areas.filter(uuid__in=doc.also_serves))
    said = as_plain(documented(kind, row))
    turn.record(Op.ADDED, kind.name, row.uuid, after={"place": place, "doc": said})


def take_away(turn: Turn, kind: Editable, found: Any) -> None:
    """One row, on which nothing hangs any more."""
    if isinstance(found, PlanArea):
        _forget(turn, found)
    if isinstance(found, AgreementParty):
        _demand_open(found.agreement)
        if found.agreement.parties.count() <= _FEWEST:
            raise ValidationError(
                "En överenskommelse har minst två parter. Lägg till den nya innan du tar bort den "
                "gamla."
            )
    before = {"place": place_of(turn.plan, kind, found), "doc": as_plain(documented(kind, found))}
    found.delete()
    turn.record(Op.REMOVED, kind.name, found.uuid, before=before)


def put_in_place(turn: Turn, kind: Editable, found: Any, place: Place) -> None:
    plan = turn.plan
    before = place_of(plan, kind, found)
    if kind.name in ("problem", "cause"):
        before, place = _with_following(plan, kind, found, before, place)
    if place == before:
        return
    others = [r for r in _listed(plan, kind, place["in"]) if r.pk != found.pk]
    if kind.name == "action":
        _forget_own(turn, [found.uuid], place["in"])
        found.refresh_from_db(fields=["version"])
    elif "actions" in place:
        _forget_own(turn, [uuid for uuid, _ in place["actions"]], place["area"])
    match kind.name:
        case "action":
            for name, value in _chain(plan, place).items():
                setattr(found, name, value)
        case "section" | "area" | "extra":
            pass
        case _:
            setattr(found, kind.container, _owner(plan, kind, place["in"]))
    found.version += 1
    found.save()
    others.insert(place["index"], found)
    _number(kind, others)
    if following := place.get("actions"):
        _line_up(plan, place["area"], following)
    turn.record(Op.MOVED, kind.name, found.uuid, before=before, after=place)


def branch_of(kind: Editable, found: Any) -> list[tuple[Editable, Any]]:
    """The row and all that hangs on it, outermost first: as it has to be taken away."""
    action, cause, problem = KINDS["action"], KINDS["cause"], KINDS["problem"]
    if kind == KINDS["area"]:
        problems = [row for child in found.problems.all() for row in branch_of(problem, child)]
        loose = found.actions.filter(problem=None, cause=None)
        return [*((action, row) for row in loose), *problems, (kind, found)]
    if kind == problem:
        causes = [row for child in found.causes.all() for row in branch_of(cause, child)]
        return [*((action, row) for row in found.actions.all()), *causes, (kind, found)]
    if kind == cause:
        return [*((action, row) for row in found.actions.all()), (kind, found)]
    return [(kind, found)]


def documented(kind: Editable, found: Any) -> Part:
    """The row as the document has it, without what hangs on it but stands in lists of its own."""
    required = {field.name for field in msgspec.structs.fields(kind.doc) if field.required}
    given: dict[str, Any] = {
        field.name: value
        for field in kind.fields.values()
        if (value := current(found, field)) not in ("", None, []) or field.name in required
    }
    given["uuid"] = str(found.uuid)
    match kind.name:
        case "area":
            given |= {
                "slug": found.area.slug,
                "name": found.area.name,
                "own": found.area.district_id is not None,
            }
            given["handled_in"] = next(iter(given.get("handled_in", [])), None)
        case "commitment" | "signatory":
            given["party"] = found.party.key
        case "action":
            given |= {
                "problem": str(found.problem.uuid) if found.problem else None,
                "cause": str(found.cause.uuid) if found.cause else None,
                "predecessor": str(found.predecessor) if found.predecessor else None,
                "goals": [as_plain(documented(KINDS["goal"], goal)) for goal in found.goals.all()],
                "commitments": [
                    as_plain(documented(KINDS["commitment"], commitment))
                    for commitment in found.commitments.select_related("party")
                ],
            }
    return as_part(given, kind.doc)


def place_of(plan: Plan, kind: Editable, found: Any) -> Place:
    owner = getattr(found, kind.container)
    container = "" if isinstance(owner, Plan) else str(owner.uuid)
    rows = [row.pk for row in _listed(plan, kind, container)]
    place: Place = {"in": container, "index": rows.index(found.pk)}
    if kind.name == "action":
        place |= {
            "problem": str(found.problem.uuid) if found.problem else None,
            "cause": str(found.cause.uuid) if found.cause else None,
        }
    return place


def place_under(
    plan: Plan,
    kind: Editable,
    under: Under | None,
    after: UUID | None,
    moving: UUID | None = None,
    first: bool = False,
) -> Place:
    """Where a row comes to stand: after another in the same list, first, or last."""
    hangs_on, place = _resolve(plan, kind, under)
    rows = [row for row in _listed(plan, kind, place["in"]) if row.uuid != moving]
    if after is None and not first and kind.name == "action":
        # Last among those that hang on the same; the list is the whole area's.
        same = [row for row in rows if _hangs_on(row) == hangs_on]
        after = same[-1].uuid if same else None
    index = 0 if first else len(rows)
    if after is not None:
        index = next((i for i, row in enumerate(rows, 1) if row.uuid == after), len(rows))
    return place | {"index": index}


def _resolve(plan: Plan, kind: Editable, under: Under | None) -> tuple[tuple, Place]:
    """What the row is to hang on, as keys; and in which list that makes it stand."""
    if under is None:
        if kind.container != "plan":
            raise ValidationError("Säg var i planen raden ska stå.")
        return (), {"in": ""}
    owner_kind, uuid = under
    owner = find(plan, owner_kind, uuid)
    if kind.name == "action" and owner_kind.name in ("problem", "cause"):
        area = owner.area if owner_kind.name == "problem" else owner.problem.area
        hangs_on = {"problem": None, "cause": None} | {owner_kind.name: str(uuid)}
        keys = (
            owner.pk if owner_kind.name == "problem" else None,
            owner.pk if owner_kind.name == "cause" else None,
        )
        return keys, {"in": str(area.uuid)} | hangs_on
    if kind.container != owner_kind.name:
        raise ValidationError(f"Här kan det inte stå: {kind.word} under {owner_kind.word}.")
    chain = {"problem": None, "cause": None} if kind.name == "action" else {}
    return (None, None), {"in": str(uuid)} | chain


def _hangs_on(action: Action) -> tuple:
    return action.problem_id, action.cause_id


def _owner(plan: Plan, kind: Editable, container: str) -> Any:
    return find(plan, KINDS[kind.container], UUID(container))


def _chain(plan: Plan, place: Place) -> dict[str, Any]:
    """The area, and the problem or the cause, that an action hangs on."""
    return {"area": find(plan, KINDS["area"], UUID(place["in"]))} | {
        name: find(plan, KINDS[name], UUID(place[name])) if place[name] else None
        for name in ("problem", "cause")
    }


def _listed(plan: Plan, kind: Editable, container: str) -> list[Any]:
    """The rows of one list, in order."""
    rows: QuerySet = kind.model._default_manager.filter(**{kind.to_plan: plan.pk})
    if container:
        rows = rows.filter(**{f"{kind.container}__uuid": container})
    return list(rows)


def _make_room(plan: Plan, kind: Editable, container: str, index: int) -> int:
    """The position for a new row; the others are numbered around it."""
    rows = _listed(plan, kind, container)
    _number(kind, [*rows[:index], None, *rows[index:]])
    return index


def _number(kind: Editable, rows: Iterable[Any]) -> None:
    misplaced = []
    for position, row in enumerate(rows):
        if row is not None and row.position != position:
            row.position = position
            misplaced.append(row)
    kind.model._default_manager.bulk_update(misplaced, ["position"])


def _with_following(
    plan: Plan, kind: Editable, found: Any, before: Place, place: Place
) -> tuple[Place, Place]:
    """A problem or a cause that goes to another area takes its actions along, last there."""
    problem = found if kind.name == "problem" else found.problem
    if kind.name == "problem":
        target = place["in"]
    else:
        target = str(find(plan, KINDS["problem"], UUID(place["in"])).area.uuid)
    if target == str(problem.area.uuid):
        return before, place
    here = Q(problem=found) | Q(cause__problem=found) if kind.name == "problem" else Q(cause=found)
    action = KINDS["action"]
    following = set(Action.objects.filter(here).values_list("pk", flat=True))
    old = _listed(plan, action, str(problem.area.uuid))
    new = len(_listed(plan, action, target))
    stood = [[str(row.uuid), i] for i, row in enumerate(old) if row.pk in following]
    stand = [[uuid, new + i] for i, (uuid, _) in enumerate(stood)]
    return (
        before | {"area": str(problem.area.uuid), "actions": stood},
        # Back from there, they stand where they stood.
        place | {"area": target, "actions": place.get("actions") or stand},
    )


def _line_up(plan: Plan, area: str, following: list) -> None:
    """The actions that came along, each at its place in the area."""
    action = KINDS["action"]
    rows = _listed(plan, action, area)
    came = {str(row.uuid): row for row in rows}
    order = [row for row in rows if str(row.uuid) not in {uuid for uuid, _ in following}]
    for uuid, index in following:
        order.insert(index, came[uuid])
    _number(action, order)


def _forget(turn: Turn, area: PlanArea) -> None:
    """Nothing else in the plan names the area any more."""
    _serve_no_more(turn, area.served_by.all(), str(area.uuid))
    for other in area.handles.all():
        put(turn, KINDS["area"], other, {"handled_in": [], "handled_as": ""})


def _forget_own(turn: Turn, actions: list[Any], area: str) -> None:
    """Those that come to stand in an area do not serve it beside their own."""
    serving = Action.objects.filter(area__plan=turn.plan, uuid__in=actions, also_serves__uuid=area)
    _serve_no_more(turn, serving, area)


def _serve_no_more(turn: Turn, actions: Iterable[Action], area: str) -> None:
    for action in actions:
        serves = current(action, KINDS["action"].fields["also_serves"])
        left = [uuid for uuid in serves if uuid != area]
        put(turn, KINDS["action"], action, {"also_serves": left})


_FEWEST = 2


def _demand_open(agreement: Agreement) -> None:
    if agreement.parties_are_fixed:
        raise ValidationError(
            "En beslutad plan vilar på överenskommelsen, så dess parter ligger fast. Andra parter "
            "behöver en ny överenskommelse."
        )


def _party(plan: Plan, key: str) -> Party:
    district = None if key.startswith("stad/") else plan.district
    return Party.objects.get(
        municipality=plan.district.municipality,
        district=district,
        slug=key.removeprefix("stad/"),
    )


def with_contents(branch: list[tuple[Editable, Any]]) -> list[UUID]:
    """The rows of the branch, and the goals and commitments of its actions."""
    rows = [found.uuid for _, found in branch]
    actions = [found for _, found in branch if isinstance(found, Action)]
    for model in (Goal, Commitment):
        rows += model.objects.filter(action__in=actions).values_list("uuid", flat=True)
    return rows


def demand_hers(turn: Turn, rows: list[UUID]) -> None:
    """The samordnare deletes and moves everything; others what they have written all by
    themselves."""
    if may(turn.actor, Right.DELETE_AND_MOVE, turn.plan):
        return
    changes = list(turn.plan.changes.filter(row__in=rows).values_list("row", "op", "by"))
    added = {row for row, op, by in changes if op == Op.ADDED}
    if not added.issuperset(rows):
        added |= _came_with_actions(turn)
    if not added.issuperset(rows) or any(by != turn.actor.pk for _, _, by in changes):
        raise PermissionDenied(
            "Bara samordnaren tar bort och flyttar det som någon annan har skrivit i."
        )


def _came_with_actions(turn: Turn) -> set[UUID]:
    """The goals and commitments that stood in the actions she added, when she added them."""
    added = turn.plan.changes.filter(op=Op.ADDED, kind="action", by=turn.actor)
    told: list[Any] = list(added.values_list("after", flat=True))
    docs = [as_part(after["doc"], ActionDoc) for after in told]
    return {part.uuid for doc in docs for part in (*doc.goals, *doc.commitments)}
