"""An area comes into a report: one of the city's list, or one of the district's own."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet

from lagesbild.document import SectionDoc
from lagesbild.editable import KINDS
from lagesbild.models import Change, Report, Section
from lagesbild.services.shape import SHAPE
from lagesbild.usual import LOCAL
from lagesbild.vocabulary import SectionForm
from plans.models import PriorityArea
from plans.services.areas import named
from samverkan.access.table import Right
from samverkan.collaboration.places import Place
from samverkan.collaboration.turns import turn
from samverkan.constraints import sentence
from samverkan.swedish import in_order


def not_in(report: Report) -> tuple[QuerySet[PriorityArea], QuerySet[PriorityArea]]:
    """The areas that could come into the report: the city's, in its order, and the district's own."""
    there = _areas(report).values("area")
    city = report.catalogue.areas.exclude(pk__in=there).order_by("position", in_order("name"))
    own = report.district.own_areas.exclude(pk__in=there).order_by(in_order("name"))
    return city, own


def add_area(
    *, actor: Any, report: Report, area: PriorityArea | None = None, name: str = ""
) -> list[Change]:
    """The area, or a new one of the district's own. In the history it is a section like any other."""
    try:
        with turn(report, actor, Right.EDIT_SHARED) as mine:
            chosen = named(report.district, report.catalogue, area, name)
            rows = list(_areas(report).select_related("area", "parent"))
            if any(
                row.area and (row.is_of_own_area, row.area.slug) == (chosen.own, chosen.slug)
                for row in rows
            ):
                raise ValidationError(f"{chosen.name} finns redan i {report.word_for_it.lower()}.")
            doc = SectionDoc(
                uuid4(),
                chosen.name,
                SectionForm.AREA,
                slug=chosen.slug,
                name=chosen.name,
                own=chosen.own,
            )
            SHAPE.insert(mine, KINDS["section"], doc, _place(report, rows, own=chosen.own))
    except IntegrityError as error:
        raise ValidationError(sentence(Section, error)) from error
    return mine.changes


def _areas(report: Report) -> QuerySet[Section]:
    return report.all_sections.filter(form=SectionForm.AREA).order_by("position")


def _place(report: Report, rows: list[Section], *, own: bool) -> Place:
    """After the others of its sort, where they stand; the first one where the usual sections have
    room for it, or after the areas there are, or last of all."""
    alike = [row for row in rows if row.is_of_own_area == own]
    local = report.all_sections.filter(heading=LOCAL).first() if own and not alike else None
    if local:
        return {"in": str(local.uuid), "index": local.sections.count()}
    last = next(reversed(alike or rows), None)
    if last is None:
        return {"in": "", "index": report.all_sections.filter(parent=None).count()}
    beside = report.all_sections.filter(parent=last.parent, position__lte=last.position)
    return {"in": str(last.parent.uuid) if last.parent else "", "index": beside.count()}
