"""Next year's plan, out of this one: what goes along, what ends and why.

Nothing is stored while an area of the old list has no place in the new one: whoever makes the plan
says what it becomes, an area of the new list or the district's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from msgspec.structs import replace

from plans.document import AreaDoc, CatalogueDoc, NotAPlan, PlanDocument
from plans.models import Agreement, Carried, Catalogue, Period, Plan, PriorityArea
from plans.models import Rollover as Record
from plans.rollover import Choice, NewCatalogue, Rollover, Undecided, next_year
from plans.services.creation import refuse_a_second
from plans.services.loading import agreed, to_document
from plans.services.storing import from_document
from plans.vocabulary import Layout
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District
from samverkan.text import same_words

OWN = "eget"  # what an area becomes, besides one of the new list


@dataclass(frozen=True)
class Following:
    """The plan to come, as whoever makes it has said."""

    start: date
    end: date
    layout: str
    catalogue: Catalogue
    agreement: Agreement | None = None
    annex_label: str = ""
    choices: Mapping[UUID, Choice] = field(default_factory=dict)
    areas: Mapping[UUID, str] = field(default_factory=dict)  # a slug of the new list, or OWN


class NotSettled(ValidationError):
    """Areas of the old list that nobody has said what they become."""

    def __init__(self, undecided: tuple[Undecided, ...]):
        super().__init__([area.sentence for area in undecided])
        self.undecided = undecided


def roll_over(*, actor: Any, plan: Plan, following: Following) -> Plan:
    """The new plan, as a draft. All of it or nothing."""
    try:
        with transaction.atomic():
            return _roll_over(actor, plan, following)
    except IntegrityError:  # somebody else created it this very moment
        period = Period.objects.filter(
            district=plan.district, start=following.start, end=following.end
        ).first()
        if period:
            refuse_a_second(period)
        raise


def _roll_over(actor: Any, plan: Plan, following: Following) -> Plan:
    district = plan.district
    demand_now(actor, Right.CREATE_PLAN, district)
    demand_now(actor, Right.READ, plan)
    _refuse(plan, district, following)
    document = to_document(plan)
    result = prepared(document, plan, following)
    if result.undecided:
        raise NotSettled(result.undecided)
    try:
        new = from_document(result.document, district=district)
    except NotAPlan as fault:
        raise ValidationError(str(fault)) from fault
    _remember(actor, plan, new, document, following, result)
    record(Kind.PLAN_CONTINUED, actor=actor, district=district, plan=str(new), before=str(plan))
    return new


def _refuse(plan: Plan, district: District, following: Following) -> None:
    if following.end < following.start:
        raise ValidationError({"end": "Perioden kan inte sluta innan den börjar."})
    if following.start <= plan.period.start:
        raise ValidationError(
            {"start": f"Den nya perioden börjar efter den som den fortsätter ({plan.period})."}
        )
    if following.catalogue.municipality_id != district.municipality_id:
        raise ValidationError({"catalogue": f"Katalogen hör inte till {district.municipality}."})
    agreement = following.agreement
    if agreement and not agreement.districts.filter(pk=district.pk).exists():
        raise ValidationError({"agreement": f"Överenskommelsen gäller inte {district}."})
    period = Period.objects.filter(
        district=district, start=following.start, end=following.end
    ).first()
    if period:
        refuse_a_second(period)


def prepared(document: PlanDocument, plan: Plan, following: Following) -> Rollover:
    """What the new plan would be, and what is left to decide. Stores nothing."""
    document = _agreed(document, following.agreement)
    document = replace(document, annex_label=following.annex_label)
    document = _with_own(document, plan.district, following.areas)
    actions = {action.uuid for area in document.areas for action in area.actions}
    return next_year(
        document,
        start=following.start,
        end=following.end,
        choices={uuid: choice for uuid, choice in following.choices.items() if uuid in actions},
        catalogue=_new_list(document, plan, following),
        layout=Layout(following.layout),
    )


def _agreed(document: PlanDocument, agreement: Agreement | None) -> PlanDocument:
    """The same under another agreement; its parties come along."""
    if agreement is None:
        return replace(document, agreement=None)
    doc, parties = agreed(agreement)
    named = {party.key for party in parties}
    others = [party for party in document.parties if party.key not in named]
    return replace(document, agreement=doc, parties=(*parties, *others))


def _with_own(
    document: PlanDocument, district: District, decided: Mapping[UUID, str]
) -> PlanDocument:
    """Those that are to be the district's own are that from now on."""
    known = {area.slug: area.name for area in district.own_areas.all()}
    taken = {area.slug for area in document.areas if area.own}
    areas: list[AreaDoc] = []
    for area in document.areas:
        if not area.own and decided.get(area.uuid) == OWN:
            slug = free_slug(area.slug, area.name, known, taken)
            taken.add(slug)
            area = replace(area, own=True, slug=slug)
        areas.append(area)
    return replace(document, areas=tuple(areas))


def free_slug(slug: str, name: str, known: Mapping[str, str], taken: set[str]) -> str:
    """One that the district has for an area of this name, or that it has for none."""
    for other, said in known.items():
        if other not in taken and same_words(said) == same_words(name):
            return other
    slug = slug or slugify(name)[:100] or "omrade"
    free, number = slug, 2
    while free in taken or free in known:
        tail = f"-{number}"
        free, number = slug[: 100 - len(tail)] + tail, number + 1
    return free


def _new_list(document: PlanDocument, plan: Plan, following: Following) -> NewCatalogue | None:
    catalogue = following.catalogue
    if catalogue.pk == plan.catalogue_id:
        return None
    areas = {area.slug: area.name for area in catalogue.areas.all()}
    successors = successors_between(plan.catalogue, catalogue)
    for area in document.areas:
        if not area.own and following.areas.get(area.uuid) in areas:
            successors[area.slug] = [following.areas[area.uuid]]
    return NewCatalogue(CatalogueDoc(catalogue.year, catalogue.name), areas, successors)


def successors_between(old: Catalogue, new: Catalogue) -> dict[str, list[str]]:
    """What each area of the old list has become in the new one, also by way of lists between."""
    links = PriorityArea.successors.through.objects.filter(
        from_priorityarea__catalogue__municipality=old.municipality_id
    )
    became: dict[int, list[int]] = {}
    for before, after in links.order_by("pk").values_list("from_priorityarea", "to_priorityarea"):
        became.setdefault(before, []).append(after)
    in_new = dict(new.areas.values_list("pk", "slug"))
    found: dict[str, list[str]] = {}
    for pk, slug in old.areas.values_list("pk", "slug"):
        if pk not in became:
            continue  # nothing is said: one of the same short name is the same area
        ahead, seen = list(became[pk]), set()
        while ahead:
            one = ahead.pop(0)
            if one not in seen:
                seen.add(one)
                ahead += [] if one in in_new else became.get(one, [])
        found[slug] = [in_new[one] for one in in_new if one in seen]
    return found


def _remember(
    actor: Any,
    plan: Plan,
    new: Plan,
    document: PlanDocument,
    following: Following,
    result: Rollover,
) -> None:
    made = Record.objects.create(
        before=plan,
        after=new,
        by=actor,
        to_review=[
            {"kind": one.row.value, "row": str(one.uuid), "sentence": one.sentence}
            for one in result.to_review
        ],
    )
    choices = {
        action.uuid: following.choices.get(action.uuid, Choice())
        for area in document.areas
        for action in area.actions
    }
    Carried.objects.bulk_create(
        Carried(rollover=made, action=uuid, carry=choice.carry, reason=choice.reason.strip())
        for uuid, choice in choices.items()
    )
