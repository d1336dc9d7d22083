"""How the rows of a plan hang together: its chain of problem, cause and action, its areas that name
each other, and its parties."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from plans.document import ActionDoc
from plans.editable import KINDS
from plans.models import Action, Agreement, AgreementParty, Commitment, Goal, Plan, PlanArea
from plans.services.storing import priority_area
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import current, find, put
from samverkan.collaboration.places import Place
from samverkan.collaboration.shape import Branch, Shape, number, row_of
from samverkan.collaboration.turns import Op, Turn
from samverkan.document import as_part, as_plain
from samverkan.organisation.models import Party

_AREA, _PROBLEM, _CAUSE, _ACTION = (KINDS[name] for name in ("area", "problem", "cause", "action"))


class PlanShape(Shape):
    imports = "Läs in en plan"

    def demand_new(self, kind: Editable) -> None:
        if kind.name == "extra":
            raise ValidationError("Det som inte har någon egen plats kommer ur en fil.")
        if kind.name == "area":  # which of the city's or the district's it is (services/areas.py)
            raise ValidationError("Välj området på sidan ”Lägg till ett område”.")

    def given(self, work: Plan, kind: Editable, doc: Any, place: Place) -> dict[str, Any]:
        if kind == _ACTION:
            return _chain(work, place)
        given = super().given(work, kind, doc, place)
        match kind.name:
            case "area":
                handled_in = doc.handled_in and work.areas.filter(uuid=doc.handled_in).first()
                given |= {
                    "area": priority_area(doc, work.catalogue, work.district),
                    "handled_in": handled_in or None,
                }
            case "commitment":
                given["party"] = _party(work, doc.party)
            case "signatory":
                demand_open(given["agreement"])
                given["party"] = _party(work, doc.party)
        return given

    def came_along(self, row: Any, doc: Any) -> None:
        if not isinstance(row, Action):
            return
        plan = row.area.plan
        Goal.objects.bulk_create(
            row_of(Goal, goal, action=row, position=position)
            for position, goal in enumerate(doc.goals)
        )
        Commitment.objects.bulk_create(
            row_of(Commitment, c, action=row, position=position, party=_party(plan, c.party))
            for position, c in enumerate(doc.commitments)
        )
        row.also_serves.set(plan.areas.filter(uuid__in=doc.also_serves))

    def before_take_away(self, turn: Turn, kind: Editable, found: Any) -> None:
        if isinstance(found, PlanArea):
            _forget(turn, found)
        if isinstance(found, AgreementParty):
            demand_open(found.agreement)
            if found.agreement.parties.count() <= FEWEST:
                raise ValidationError(
                    "En överenskommelse har minst två parter. Lägg till den nya innan du tar bort "
                    "den gamla."
                )

    def before_move(self, turn: Turn, kind: Editable, found: Any, place: Place) -> None:
        if kind == _ACTION:
            _forget_own(turn, [found.uuid], place["in"])
            found.refresh_from_db(fields=["version"])
        elif "actions" in place:
            _forget_own(turn, [uuid for uuid, _ in place["actions"]], place["area"])

    def moved(self, work: Plan, kind: Editable, found: Any, place: Place) -> None:
        if kind == _ACTION:
            for name, value in _chain(work, place).items():
                setattr(found, name, value)
        else:
            super().moved(work, kind, found, place)

    def following(
        self, work: Plan, kind: Editable, found: Any, before: Place, place: Place
    ) -> tuple[Place, Place]:
        """A problem or a cause that goes to another area takes its actions along, last there."""
        if kind not in (_PROBLEM, _CAUSE):
            return before, place
        problem = found if kind == _PROBLEM else found.problem
        if kind == _PROBLEM:
            target = place["in"]
        else:
            target = str(find(work, _PROBLEM, UUID(place["in"])).area.uuid)
        if target == str(problem.area.uuid):
            return before, place
        here = Q(problem=found) | Q(cause__problem=found) if kind == _PROBLEM else Q(cause=found)
        following = set(Action.objects.filter(here).values_list("pk", flat=True))
        old = self.listed(work, _ACTION, str(problem.area.uuid))
        new = len(self.listed(work, _ACTION, target))
        stood = [[str(row.uuid), i] for i, row in enumerate(old) if row.pk in following]
        stand = [[uuid, new + i] for i, (uuid, _) in enumerate(stood)]
        return (
            before | {"area": str(problem.area.uuid), "actions": stood},
            # Back from there, they stand where they stood.
            place | {"area": target, "actions": place.get("actions") or stand},
        )

    def line_up(self, work: Plan, place: Place) -> None:
        """The actions that came along, each at its place in the area."""
        following = place.get("actions")
        if not following:
            return
        rows = self.listed(work, _ACTION, place["area"])
        came = {str(row.uuid): row for row in rows}
        order = [row for row in rows if str(row.uuid) not in {uuid for uuid, _ in following}]
        for uuid, index in following:
            order.insert(index, came[uuid])
        number(_ACTION, order)

    def hanging_on(self, kind: Editable, found: Any) -> Branch:
        match kind.name:
            case "area":
                problems = [
                    row for child in found.problems.all() for row in self.branch_of(_PROBLEM, child)
                ]
                loose = found.actions.filter(problem=None, cause=None)
                return [*((_ACTION, row) for row in loose), *problems]
            case "problem":
                causes = [
                    row for child in found.causes.all() for row in self.branch_of(_CAUSE, child)
                ]
                return [*((_ACTION, row) for row in found.actions.all()), *causes]
            case "cause":
                return [(_ACTION, row) for row in found.actions.all()]
        return []

    def more_documented(self, kind: Editable, found: Any) -> dict[str, Any]:
        match kind.name:
            case "area":
                own = found.area.district_id is not None
                return {"slug": found.area.slug, "name": found.area.name, "own": own}
            case "commitment" | "signatory":
                return {"party": found.party.key}
            case "action":
                return self.more_of_place(kind, found) | {
                    "goals": [
                        as_plain(self.documented(KINDS["goal"], goal)) for goal in found.goals.all()
                    ],
                    "commitments": [
                        as_plain(self.documented(KINDS["commitment"], commitment))
                        for commitment in found.commitments.select_related("party")
                    ],
                }
        return {}

    def more_of_place(self, kind: Editable, found: Any) -> dict[str, Any]:
        if kind != _ACTION:
            return {}
        return {
            "problem": str(found.problem.uuid) if found.problem else None,
            "cause": str(found.cause.uuid) if found.cause else None,
        }

    def contents(self, branch: Branch) -> list[UUID]:
        """… and the goals and commitments of its actions."""
        rows = super().contents(branch)
        actions = [found for _, found in branch if isinstance(found, Action)]
        for model in (Goal, Commitment):
            rows += model.objects.filter(action__in=actions).values_list("uuid", flat=True)
        return rows

    def told_by(self, work: Plan, kind: Editable, found: Any, rows: list[UUID]) -> QuerySet:
        """What came with an action, in one piece, is told by that, wherever it has been moved since."""
        told, within = Q(row__in=rows), set(map(str, rows))
        for added in work.changes.filter(op=Op.ADDED, kind="action"):
            after: Any = added.after
            came = [*after["doc"]["goals"], *after["doc"]["commitments"]]
            if not within.isdisjoint(one["uuid"] for one in came):
                told |= Q(pk=added.pk)
        return work.changes.filter(told)

    def added_within(self, turn: Turn) -> set[UUID]:
        """The goals and commitments that stood in the actions she added, when she added them."""
        added = turn.work.changes.filter(op=Op.ADDED, kind="action", by=turn.actor)
        told: list[Any] = list(added.values_list("after", flat=True))
        docs = [as_part(after["doc"], ActionDoc) for after in told]
        return {part.uuid for doc in docs for part in (*doc.goals, *doc.commitments)}

    def resolved(
        self, work: Plan, kind: Editable, owner_kind: Editable, owner: Any
    ) -> tuple[tuple, Place]:
        """An action stands in its area's list, whatever in the area it hangs on."""
        if kind != _ACTION:
            return super().resolved(work, kind, owner_kind, owner)
        nothing = {"problem": None, "cause": None}
        if owner_kind not in (_PROBLEM, _CAUSE):
            _, place = super().resolved(work, kind, owner_kind, owner)
            return (None, None), place | nothing
        area = owner.area if owner_kind == _PROBLEM else owner.problem.area
        place = {"in": str(area.uuid)} | nothing | {owner_kind.name: str(owner.uuid)}
        keys = (owner.pk, None) if owner_kind == _PROBLEM else (None, owner.pk)
        return keys, place

    def last_beside(self, kind: Editable, rows: list[Any], hangs_on: tuple) -> UUID | None:
        """Last among those that hang on the same; the list is the whole area's."""
        if kind != _ACTION:
            return None
        same = [row for row in rows if (row.problem_id, row.cause_id) == hangs_on]
        return same[-1].uuid if same else None


SHAPE = PlanShape(KINDS)


def _chain(plan: Plan, place: Place) -> dict[str, Any]:
    """The area, and the problem or the cause, that an action hangs on."""
    return {"area": find(plan, _AREA, UUID(place["in"]))} | {
        kind.name: find(plan, kind, UUID(place[kind.name])) if place[kind.name] else None
        for kind in (_PROBLEM, _CAUSE)
    }


def _forget(turn: Turn, area: PlanArea) -> None:
    """Nothing else in the plan names the area any more."""
    _serve_no_more(turn, area.served_by.all(), str(area.uuid))
    for other in area.handles.all():
        put(turn, _AREA, other, {"handled_in": [], "handled_as": ""})


def _forget_own(turn: Turn, actions: list[Any], area: str) -> None:
    """Those that come to stand in an area do not serve it beside their own."""
    serving = Action.objects.filter(area__plan=turn.work, uuid__in=actions, also_serves__uuid=area)
    _serve_no_more(turn, serving, area)


def _serve_no_more(turn: Turn, actions: Iterable[Action], area: str) -> None:
    for action in actions:
        serves = current(action, _ACTION.fields["also_serves"])
        left = [uuid for uuid in serves if uuid != area]
        put(turn, _ACTION, action, {"also_serves": left})


FEWEST = 2


def demand_open(agreement: Agreement) -> None:
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
