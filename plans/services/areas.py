"""An area comes into a plan: one of the city's list, or one of the district's own."""

from typing import Any, NamedTuple
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet

from plans.document import AreaDoc
from plans.editable import KINDS
from plans.models import Catalogue, Change, Plan, PlanArea, PriorityArea
from plans.services.rollover import free_slug
from plans.services.shape import SHAPE
from samverkan.access.table import Right
from samverkan.collaboration.turns import turn
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
            rows = list(plan.areas.select_related("area"))
            chosen = named(plan.district, plan.catalogue, area, name)
            doc = AreaDoc(uuid4(), chosen.slug, chosen.name, chosen.name, own=chosen.own)
            if any(
                (r.area.district_id is not None, r.area.slug) == (doc.own, doc.slug) for r in rows
            ):
                raise ValidationError(f"{doc.name} finns redan i planen.")
            place = {"in": "", "index": _place(area, rows)}
            SHAPE.insert(mine, KINDS["area"], doc, place)
    except IntegrityError as error:
        raise ValidationError(sentence(PlanArea, error)) from error
    return mine.changes


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
