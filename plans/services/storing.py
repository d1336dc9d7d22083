"""A plan from its document to the database: everything that comes in from outside comes here."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model, Q

from plans.document import (
    AgreementDoc,
    CatalogueDoc,
    NotAPlan,
    PartyDoc,
    PlanDocument,
    RoundDoc,
    validated,
)
from plans.models import (
    Action,
    Agreement,
    AgreementParty,
    Catalogue,
    Cause,
    Commitment,
    Extra,
    FollowUp,
    FollowUpRound,
    Goal,
    Outcome,
    Period,
    Plan,
    PlanArea,
    PriorityArea,
    Problem,
    Section,
)
from samverkan.cleaning import cleaned
from samverkan.collaboration.shape import row_of
from samverkan.organisation.models import District, Party


@transaction.atomic
def from_document(document: PlanDocument, *, district: District) -> Plan:
    """Store the document as a new draft in the district. Its words come in clean."""
    document = ready(document)
    period, _ = Period.objects.get_or_create(
        district=district, start=document.period_start, end=document.period_end
    )
    if period.plans.filter(revision=document.revision).exists():
        raise NotAPlan(f"Det finns redan en plan för {period} i {district} med samma revision.")
    parties = parties_of(document.parties, district)
    plan = Plan.objects.create(
        period=period,
        revision=document.revision,
        layout=document.layout,
        annex_label=document.annex_label,
        catalogue=catalogue_of(document.catalogue, district),
        agreement=_store_agreement(document.agreement, district, parties),
    )
    Section.objects.bulk_create(
        row_of(Section, section, plan=plan, position=position)
        for position, section in enumerate(document.sections)
    )
    _store_areas(document, plan, parties)
    _store_rounds(document, period, parties)
    Extra.objects.bulk_create(
        row_of(Extra, extra, plan=plan, position=position)
        for position, extra in enumerate(document.extras)
    )
    return plan


def ready(document: PlanDocument) -> PlanDocument:
    """As it can be stored: its words clean, and all of it within the format."""
    return validated(cleaned(document))


def parties_of(docs: Iterable[PartyDoc], district: District) -> dict[str, Party]:
    """By their keys. One that nobody knows yet is added to the district; the city's must be known."""
    here = Party.objects.filter(municipality=district.municipality_id)
    known = {party.key: party for party in here.filter(Q(district=district) | Q(district=None))}
    missing = [doc for doc in docs if doc.key not in known]
    for doc in missing:
        if doc.key.startswith("stad/"):
            raise NotAPlan(
                f"Parten {doc.name} ({doc.key}) finns inte bland dem som gäller hela "
                f"{district.municipality}. Systemförvaltaren kan lägga till den."
            )
    new = [
        Party(
            municipality=district.municipality,
            district=district,
            slug=doc.key,
            kind=doc.kind,
            name=doc.name,
            short_name=doc.short_name,
        )
        for doc in missing
    ]
    Party.objects.bulk_create(new)
    return known | {party.key: party for party in new}


def catalogue_of(doc: CatalogueDoc, district: District) -> Catalogue:
    try:
        return Catalogue.objects.get(municipality=district.municipality, year=doc.year)
    except Catalogue.DoesNotExist:
        raise NotAPlan(
            f"Planen bygger på områdeskatalogen {doc.name} ({doc.year}), "
            f"som inte finns för {district.municipality}."
        ) from None


def _store_agreement(
    doc: AgreementDoc | None, district: District, parties: dict[str, Party]
) -> Agreement | None:
    """The district's agreement that the document names; stored as it says, where it has none such.

    Another district's is never joined by naming it: its parties would become main parties here.
    """
    if doc is None:
        return None
    agreement = district.agreements.filter(uuid=doc.uuid).first()
    if agreement is None:
        agreement = row_of(
            Agreement, doc, uuid=free_uuid(Agreement, doc.uuid), municipality=district.municipality
        )
        agreement.save()
        agreement.districts.add(district)
        AgreementParty.objects.bulk_create(
            row_of(
                AgreementParty,
                entry,
                agreement=agreement,
                party=parties[entry.party],
                position=position,
            )
            for position, entry in enumerate(doc.parties)
        )
    return agreement


def free_uuid(model: type[Model], uuid: UUID) -> UUID:
    """The document's, or a new one where it was made from what is stored elsewhere already."""
    return uuid4() if model._default_manager.filter(uuid=uuid).exists() else uuid


def _store_areas(document: PlanDocument, plan: Plan, parties: dict[str, Party]) -> None:
    areas, district = {}, plan.period.district
    for position, doc in enumerate(document.areas):
        areas[doc.uuid] = row_of(
            PlanArea,
            doc,
            plan=plan,
            area=priority_area(doc, plan.catalogue, district),
            position=position,
            handled_in=None,
        )
    PlanArea.objects.bulk_create(areas.values())
    for doc in document.areas:
        if doc.handled_in:
            areas[doc.uuid].handled_in = areas[doc.handled_in]
    PlanArea.objects.bulk_update(areas.values(), ["handled_in"])

    problems = {
        (area.uuid, doc.uuid): row_of(Problem, doc, area=areas[area.uuid], position=position)
        for area in document.areas
        for position, doc in enumerate(area.problems)
    }
    Problem.objects.bulk_create(problems.values())
    causes = {
        (area.uuid, doc.uuid): row_of(
            Cause, doc, problem=problems[area.uuid, problem.uuid], position=position
        )
        for area in document.areas
        for problem in area.problems
        for position, doc in enumerate(problem.causes)
    }
    Cause.objects.bulk_create(causes.values())
    _store_actions(document, areas, problems, causes, parties)


def priority_area(doc: Any, catalogue: Catalogue, district: District) -> PriorityArea:
    """An own area that nobody knows yet is added to the district; the city's must be known."""
    if doc.own:
        area, _ = PriorityArea.objects.get_or_create(
            district=district, slug=doc.slug, defaults={"name": doc.name}
        )
        return area
    try:
        return PriorityArea.objects.get(catalogue=catalogue, slug=doc.slug)
    except PriorityArea.DoesNotExist:
        raise NotAPlan(f"Området {doc.name} finns inte i {catalogue}.") from None


def _store_actions(
    document: PlanDocument,
    areas: dict[UUID, PlanArea],
    problems: dict[tuple[UUID, UUID], Problem],
    causes: dict[tuple[UUID, UUID], Cause],
    parties: dict[str, Party],
) -> None:
    actions = {
        doc.uuid: row_of(
            Action,
            doc,
            area=areas[area.uuid],
            problem=problems[area.uuid, doc.problem] if doc.problem else None,
            cause=causes[area.uuid, doc.cause] if doc.cause else None,
            position=position,
        )
        for area in document.areas
        for position, doc in enumerate(area.actions)
    }
    Action.objects.bulk_create(actions.values())
    docs = [doc for area in document.areas for doc in area.actions]
    Serves = Action.also_serves.through
    Serves.objects.bulk_create(
        Serves(action=actions[doc.uuid], planarea=areas[area])
        for doc in docs
        for area in doc.also_serves
    )
    Goal.objects.bulk_create(
        row_of(Goal, goal, action=actions[doc.uuid], position=position)
        for doc in docs
        for position, goal in enumerate(doc.goals)
    )
    Commitment.objects.bulk_create(
        row_of(
            Commitment,
            commitment,
            action=actions[doc.uuid],
            party=parties[commitment.party],
            position=position,
        )
        for doc in docs
        for position, commitment in enumerate(doc.commitments)
    )


def _store_rounds(document: PlanDocument, period: Period, parties: dict[str, Party]) -> None:
    """Rounds that the period does not have yet. Those it has go on as they are."""
    known = dict(period.rounds.values_list("name", "uuid"))
    for doc in document.rounds:
        if doc.uuid in known.values():
            continue
        if doc.name in known:
            raise NotAPlan(f"Perioden har redan en annan uppföljning som heter {doc.name}.")
        uuid = free_uuid(FollowUpRound, doc.uuid)
        round_ = row_of(FollowUpRound, doc, uuid=uuid, period=period, closed_at=None)
        round_.save()
        FollowUp.objects.bulk_create(
            row_of(
                FollowUp,
                answer,
                round=round_,
                party=parties[answer.party] if answer.party else None,
            )
            for answer in doc.answers
        )
        Outcome.objects.bulk_create(
            row_of(Outcome, outcome, round=round_) for outcome in doc.outcomes
        )
        close_as_written(round_, doc)


def close_as_written(round_: FollowUpRound, doc: RoundDoc) -> None:
    """Last: a round that is closed takes no answers."""
    if doc.closed_at:
        round_.closed_at = doc.closed_at
        round_.save(update_fields=["closed_at"])
