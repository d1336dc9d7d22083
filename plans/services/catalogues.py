"""The city's catalogues of prioritised areas: kept by the stadsledning, journaled.

An area is known by its row. What it is called may change and be spelled in many ways; a plan that
names it goes on naming it.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError, Q
from django.utils.text import slugify

from plans.models import AreaAlias, Catalogue, Plan, PriorityArea
from samverkan.access.ask import demand, demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import Municipality
from samverkan.text import list_of


@transaction.atomic
def add_catalogue(*, actor: Any, municipality: Municipality, year: int, name: str) -> Catalogue:
    demand_now(actor, Right.KEEP_CATALOGUES, municipality)
    try:
        with transaction.atomic():
            catalogue = Catalogue.objects.create(municipality=municipality, year=year, name=name)
    except IntegrityError:
        there = Catalogue.objects.get(municipality=municipality, year=year)
        raise ValidationError(
            {"year": f"Det finns redan en katalog från {year}: {there}."}
        ) from None
    record(Kind.CATALOGUE_ADDED, actor=actor, catalogue=name)
    return catalogue


@transaction.atomic
def rename_catalogue(*, actor: Any, catalogue: Catalogue, name: str) -> None:
    _demand_and_lock(actor, catalogue)
    before, catalogue.name = catalogue.name, name
    if name != before:
        catalogue.save(update_fields=["name"])
        record(Kind.CATALOGUE_RENAMED, actor=actor, catalogue=name, before=before)


@transaction.atomic
def delete_catalogue(*, actor: Any, catalogue: Catalogue) -> None:
    """With its areas; only one that no plan has used."""
    _demand_and_lock(actor, catalogue)
    if used := where_used(catalogue):
        raise ValidationError(used)
    name = str(catalogue)
    catalogue.areas.all().delete()
    catalogue.delete()
    record(Kind.CATALOGUE_DELETED, actor=actor, catalogue=name)


@transaction.atomic
def add_area(*, actor: Any, catalogue: Catalogue, name: str) -> PriorityArea:
    """A new area, last in the catalogue."""
    _demand_and_lock(actor, catalogue)
    _refuse_a_name_that_is_taken(catalogue, name)
    last = catalogue.areas.aggregate(last=Max("position"))["last"]
    area = PriorityArea.objects.create(
        catalogue=catalogue,
        name=name,
        slug=_free_slug(catalogue, name),
        position=0 if last is None else last + 1,
    )
    _record(Kind.AREA_ADDED, actor, area)
    return area


@transaction.atomic
def change_area(
    *,
    actor: Any,
    area: PriorityArea,
    name: str,
    description: str,
    aliases: Iterable[str],
    successors: Iterable[PriorityArea],
    predecessors: Iterable[PriorityArea],
) -> None:
    """What the area is called, by which other names, which older areas it comes from and which
    newer ones it has become."""
    catalogue = _catalogue(area)
    _demand_and_lock(actor, catalogue)
    aliases = list(dict.fromkeys(alias for alias in aliases if alias != name))
    _refuse_a_name_that_is_taken(catalogue, name, but=area)
    for alias in aliases:
        _refuse_a_name_that_is_taken(catalogue, alias, but=area, field="aliases")
    successors, predecessors = list(successors), list(predecessors)
    for successor in successors:
        if not _is_newer(successor.catalogue, catalogue):
            raise ValidationError(
                {"successors": f"{successor} står inte i någon nyare katalog än {catalogue}."}
            )
    for predecessor in predecessors:
        if not _is_newer(catalogue, predecessor.catalogue):
            raise ValidationError(
                {"predecessors": f"{predecessor} står inte i någon äldre katalog än {catalogue}."}
            )

    before = area.name
    area.name, area.description = name, description
    area.save(update_fields=["name", "description"])
    area.aliases.exclude(name__in=aliases).delete()
    known = set(area.aliases.values_list("name", flat=True))
    AreaAlias.objects.bulk_create(
        AreaAlias(area=area, name=alias) for alias in aliases if alias not in known
    )
    area.successors.set(successors)
    area.predecessors.set(predecessors)
    if name != before:
        _record(Kind.AREA_RENAMED, actor, area, before=before)
    else:
        _record(Kind.AREA_CHANGED, actor, area)


@transaction.atomic
def move_area(*, actor: Any, area: PriorityArea, steps: int) -> None:
    """Up (-1) or down (1) in the catalogue's order."""
    catalogue = _catalogue(area)
    _demand_and_lock(actor, catalogue)
    areas = list(catalogue.areas.all())
    here = areas.index(area)
    there = min(max(here + steps, 0), len(areas) - 1)
    if there == here:
        return
    areas.insert(there, areas.pop(here))
    for position, moved in enumerate(areas):
        moved.position = position
    PriorityArea.objects.bulk_update(areas, ["position"])
    _record(Kind.AREA_MOVED, actor, area)


@transaction.atomic
def delete_area(*, actor: Any, area: PriorityArea) -> None:
    """Only an area that no plan has used."""
    catalogue = _catalogue(area)
    _demand_and_lock(actor, catalogue)
    if used := where_used(area):
        raise ValidationError(used)
    name = area.name
    try:
        area.delete()
    except ProtectedError:
        raise ValidationError(f"{area} används och kan inte tas bort.") from None
    record(Kind.AREA_DELETED, actor=actor, area=name, catalogue=str(catalogue))


def where_used(thing: Catalogue | PriorityArea) -> str:
    """The plans that keep it from being removed, in a sentence; nothing, if there are none."""
    if isinstance(thing, Catalogue):
        found = Plan.objects.filter(Q(catalogue=thing) | Q(areas__area__catalogue=thing))
    else:
        found = Plan.objects.filter(areas__area=thing)
    plans = list(found.select_related("period__district").distinct())
    if not plans:
        return ""
    named = [str(plan) for plan in (plans if len(plans) <= _NAMED else plans[: _NAMED - 1])]
    if left := len(plans) - len(named):
        named.append(f"{left} planer till")
    return f"{thing} används i {list_of(named)} och kan inte tas bort."


_NAMED = 5  # at most, in a sentence


def _catalogue(area: PriorityArea) -> Catalogue:
    if area.catalogue is None:
        raise ValidationError("Området är ett eget område och hör inte till någon katalog.")
    return area.catalogue


def _demand_and_lock(actor: Any, catalogue: Catalogue) -> None:
    """One at a time writes in a catalogue, so that names and places in it stay distinct."""
    demand(actor, Right.KEEP_CATALOGUES, catalogue.municipality)
    Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    demand_now(actor, Right.KEEP_CATALOGUES, catalogue.municipality)


def _refuse_a_name_that_is_taken(
    catalogue: Catalogue, name: str, *, but: PriorityArea | None = None, field: str = "name"
) -> None:
    """A file is understood by these names: none may mean two areas of a catalogue."""
    sought = name.casefold()
    for area in catalogue.areas.prefetch_related("aliases"):
        if area == but:
            continue
        if area.name.casefold() == sought:
            raise ValidationError({field: f"{area.name} finns redan i {catalogue}."})
        for alias in area.aliases.all():
            if alias.name.casefold() == sought:
                raise ValidationError(
                    {field: f"{alias.name} är redan ett annat namn på {area.name}."}
                )


def _is_newer(one: Catalogue | None, other: Catalogue | None) -> bool:
    """Whether the one is the same city's, of a later year."""
    return (
        one is not None
        and other is not None
        and one.municipality_id == other.municipality_id
        and one.year > other.year
    )


def _free_slug(catalogue: Catalogue, name: str) -> str:
    slug = stem = slugify(name)[:90] or "omrade"
    taken = set(catalogue.areas.values_list("slug", flat=True))
    number = 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _record(kind: Kind, actor: Any, area: PriorityArea, **data: str) -> None:
    record(kind, actor=actor, area=area.name, catalogue=str(area.catalogue), **data)
