"""An area comes into a plan: one of the city's list, or one of the district's own."""

from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet

from plans.document import AreaDoc
from plans.editable import KINDS
from plans.models import Catalogue, Change, Plan, PlanArea, PriorityArea
from plans.services.rollover import free_slug, successors_between
from plans.services.shape import SHAPE
from samverkan.access.table import Right
from samverkan.collaboration.turns import Turn, turn
from samverkan.constraints import sentence
from samverkan.organisation.models import District
from samverkan.swedish import in_order


def not_in(plan: Plan) -> tuple[QuerySet[PriorityArea], QuerySet[PriorityArea]]:
    """The areas that could come into the plan: the city's, in its order, and the district's own."""
    there = plan.areas.values("area")
    city = plan.catalogue.areas.exclude(pk__in=there).order_by("position", in_order("name"))
    own = plan.district.own_areas.exclude(pk__in=there).order_by(in_order("name"))
    return city, own


def add_area(
    *, actor: Any, plan: Plan, area: PriorityArea | None = None, name: str = ""
) -> list[Change]:
    """The area, or a new one of the district's own. In the history it is a row like any other."""
    try:
        with turn(plan, actor, Right.EDIT_SHARED) as mine:
            doc, there = _put_in(mine, area, name)
            if there:
                raise ValidationError(f"{doc.name} finns redan i planen.")
    except IntegrityError as error:
        raise ValidationError(sentence(PlanArea, error)) from error
    return mine.changes


def area_for(mine: Turn, area: PriorityArea) -> UUID:
    """The row of the plan where that which concerns the area stands: put in, where it is not there.

    The area may be of another of the city's lists, or of another district. What has no counterpart
    here becomes the district's own.
    """
    plan: Plan = mine.work
    alike = counterparts(area, plan)
    rows = {row.area_id: row.uuid for row in plan.areas.all()}
    for one in alike:
        if one.pk in rows:
            return rows[one.pk]
    doc, there = _put_in(mine, alike[0] if alike else None, area.name)
    return there.uuid if there else doc.uuid


def counterparts(area: PriorityArea, plan: Plan) -> list[PriorityArea]:
    """What the area is among those that the plan can have: itself, what it has become, or what has
    become it."""
    if area.district_id:
        return [area] if area.district_id == plan.district.pk else []
    if area.catalogue_id == plan.catalogue_id:
        return [area]
    assert area.catalogue is not None
    listed = list(plan.catalogue.areas.all())
    ahead = successors_between(area.catalogue, plan.catalogue)
    back = successors_between(plan.catalogue, area.catalogue)
    found = [
        one
        for one in listed
        if one.slug in ahead.get(area.slug, ()) or area.slug in back.get(one.slug, ())
    ]
    return found or [one for one in listed if one.slug == area.slug]


def _put_in(mine: Turn, area: PriorityArea | None, name: str) -> tuple[AreaDoc, PlanArea | None]:
    """The area, or one of the district's own; and the row, where the plan has it already."""
    plan = mine.work
    rows = list(plan.areas.select_related("area"))
    chosen = named(plan.district, plan.catalogue, area, name)
    doc = AreaDoc(uuid4(), chosen.slug, chosen.name, chosen.name, own=chosen.own)
    for row in rows:
        if (row.area.district_id is not None, row.area.slug) == (doc.own, doc.slug):
            return doc, row
    SHAPE.insert(mine, KINDS["area"], doc, {"in": "", "index": _place(area, rows)})
    return doc, None


class Named(NamedTuple):
    slug: str
    name: str
    own: bool


def named(district: District, catalogue: Catalogue, area: PriorityArea | None, name: str) -> Named:
    """One of those that the lists have, or a new one that is the district's own."""
    if area:
        is_own = area.district_id is not None
        if area.district_id != district.pk if is_own else area.catalogue_id != catalogue.pk:
            raise ValidationError(f"Området {area} hör till en annan lista.")
        return Named(area.slug, area.name, is_own)
    name = name.strip()
    if not name:
        raise ValidationError({"name": "Skriv vad området heter."})
    known = dict(district.own_areas.values_list("slug", "name"))
    return Named(free_slug("", name, known, set()), name, own=True)


def _place(area: PriorityArea | None, rows: list[PlanArea]) -> int:
    """The city's stand in its order; the district's own come last."""
    if area is None or area.catalogue_id is None:
        return len(rows)
    before = [
        number
        for number, row in enumerate(rows, start=1)
        if row.area.catalogue_id == area.catalogue_id and row.area.position <= area.position
    ]
    if before:
        return before[-1]
    return next((n for n, row in enumerate(rows) if row.area.catalogue_id), 0)
