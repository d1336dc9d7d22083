"""An agreement as its document, and what somebody says of it stored: whole, or not at all.

What the plans say of it (its title, its time, its parties) is written as it is written in a plan: as a
turn in every open plan that rests on it. The rest is its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from plans.access import may_edit_agreement
from plans.agreement import (
    AboveDoc,
    AgreedAreaDoc,
    AgreedDoc,
    AgreementDocument,
    GroupDoc,
)
from plans.document import DistrictDoc, SignatoryDoc
from plans.editable import KINDS
from plans.models import (
    Agreement,
    AgreementGroup,
    AgreementParty,
    AgreementSection,
    Plan,
    PriorityArea,
)
from plans.services.loading import agreed
from plans.services.shape import FEWEST, SHAPE, demand_open
from plans.vocabulary import AgreementLevel, GroupKind, PlanState
from samverkan.access.answers import Denied
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import current, find, put
from samverkan.collaboration.shape import row_of
from samverkan.collaboration.turns import turn
from samverkan.constraints import sentence
from samverkan.document import as_plain
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District, Municipality, Party
from samverkan.swedish import sort_key


@dataclass(frozen=True)
class Said:
    """What a form says of an agreement."""

    fields: Mapping[str, Any]  # what the plans say of it too, its parties aside
    signatories: Sequence[tuple[Party, SignatoryDoc]]
    above: Agreement | None = None
    areas: Sequence[PriorityArea] = ()
    groups: Sequence[GroupDoc] = ()
    sections: Sequence[AgreedDoc] = ()


class Changed(ValidationError):
    """Somebody else has saved it since it was opened."""


class AlreadyAgreed(ValidationError):
    """The place has one that says all of it already: this one."""

    def __init__(self, agreement: Agreement):
        super().__init__(f"Överenskommelsen finns redan: {agreement}.")
        self.agreement = agreement


def agreement_document(agreement: Agreement) -> AgreementDocument:
    doc, parties = agreed(agreement)
    above, city = agreement.above, agreement.municipality
    districts = sorted(agreement.districts.all(), key=lambda one: sort_key(one.name))
    return AgreementDocument(
        uuid=agreement.uuid,
        level=AgreementLevel(agreement.level),
        municipality=city.name,
        title=doc.title,
        period_start=doc.period_start,
        period_end=doc.period_end,
        signed_on=doc.signed_on,
        registry_number=doc.registry_number,
        next_review=doc.next_review,
        above=AboveDoc(above.uuid, above.title) if above else None,
        districts=tuple(DistrictDoc(one.slug, one.name, city.name) for one in districts),
        parties=parties,
        signatories=doc.parties,
        areas=tuple(
            AgreedAreaDoc(
                area.slug,
                area.name,
                area.district_id is not None,
                area.catalogue.year if area.catalogue else None,
            )
            for area in agreement.areas.select_related("catalogue")
        ),
        groups=tuple(
            GroupDoc(
                group.uuid,
                GroupKind(group.kind),
                group.name,
                group.task,
                group.members,
                group.meetings,
            )
            for group in agreement.groups.all()
        ),
        sections=tuple(
            AgreedDoc(section.uuid, section.heading, section.text)
            for section in agreement.sections.all()
        ),
    )


def seen_of(agreement: Agreement) -> str:
    """What a form says that its writer had before her."""
    return agreement_document(agreement).content_hash()


def create_agreement(
    *,
    actor: Any,
    place: District | Municipality,
    said: Said,
) -> Agreement:
    """Of a district, by its samordnare; or of the city, by its leadership. Two that say the same are never
    meant: the second is a second press of the same button."""
    is_local = isinstance(place, District)
    city = place.municipality if isinstance(place, District) else place
    with transaction.atomic():
        demand_now(actor, Right.EDIT_AGREEMENT if is_local else Right.KEEP_CITY_AGREEMENTS, place)
        # Whoever presses at the same moment waits here, and then sees what has been made.
        type(place)._default_manager.select_for_update().get(pk=place.pk)
        agreement = Agreement(
            municipality=city,
            level=AgreementLevel.LOCAL if is_local else AgreementLevel.CITY,
            title=said.fields["title"],
            period_start=said.fields["period_start"],
        )
        agreement.save()
        if isinstance(place, District):
            agreement.districts.add(place)
        _store(actor, agreement, said)
        _refuse_a_second(agreement, place)
        _record(Kind.AGREEMENT_CREATED, actor, agreement)
    return agreement


def _refuse_a_second(made: Agreement, place: District | Municipality) -> None:
    made.refresh_from_db()
    alike = place.agreements.filter(
        level=made.level, title=made.title, period_start=made.period_start
    ).exclude(pk=made.pk)
    said = _but_for_names(agreement_document(made))
    for other in alike:
        if _but_for_names(agreement_document(other)) == said:
            raise AlreadyAgreed(other)


def _but_for_names(document: AgreementDocument) -> dict[str, Any]:
    """What it says, whichever rows say it."""
    said = as_plain(document)
    for row in (said, *said["signatories"], *said["groups"], *said["sections"]):
        del row["uuid"]
    return said


def change_agreement(*, actor: Any, agreement: Agreement, said: Said, seen: str) -> None:
    """`seen` is what she had before her: what another has saved since is never written over unseen."""
    with transaction.atomic():
        # Nobody writes of it in a plan meanwhile.
        list(_open_plans(agreement).select_for_update().values_list("pk"))
        agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if seen_of(agreement) != seen:
            raise Changed(
                "Någon annan har sparat överenskommelsen sedan du öppnade den. Det du har skrivit står "
                "kvar här. Läs den i en ny flik, ta med det som är nytt, och spara igen."
            )
        if isinstance(answer := may_edit_agreement(actor, agreement), Denied):
            raise ValidationError(answer.reason)
        _store(actor, agreement, said)
        if seen_of(agreement) != seen:
            _record(Kind.AGREEMENT_CHANGED, actor, agreement)


def _open_plans(agreement: Agreement) -> QuerySet[Plan]:
    open_ = (PlanState.DRAFT, PlanState.CONSULTATION)
    return Plan.objects.filter(agreement=agreement, state__in=open_).order_by("pk")


def _store(actor: Any, agreement: Agreement, said: Said) -> None:
    try:
        with transaction.atomic():
            plan = _open_plans(agreement).select_related("period__district").first()
            if plan:
                _store_in_plan(actor, agreement, plan, said)
            else:
                _store_by_itself(agreement, said)
            Agreement.objects.filter(pk=agreement.pk).update(above=said.above)
            agreement.areas.set(said.areas)
            _store_rows(agreement, AgreementGroup, said.groups)
            _store_rows(agreement, AgreementSection, said.sections)
    except IntegrityError as error:
        raise ValidationError(sentence(Agreement, error)) from error


def _store_in_plan(actor: Any, agreement: Agreement, plan: Plan, said: Said) -> None:
    """As if it had been written where the plan is: every open plan on it says who did it."""
    kind, signatory = KINDS["agreement"], KINDS["signatory"]
    with turn(plan, actor, Right.EDIT_AGREEMENT) as mine:
        row = find(plan, kind, agreement.uuid)
        put(mine, kind, row, _differing(kind, row, said.fields))
        there = {entry.uuid: entry for entry in row.parties.all()}
        for index, (_, doc) in enumerate(said.signatories):
            if found := there.pop(doc.uuid, None):
                values = {"signatory": doc.signatory, "registry_number": doc.registry_number}
                put(mine, signatory, found, _differing(signatory, found, values))
            else:
                SHAPE.insert(mine, signatory, doc, {"in": str(agreement.uuid), "index": index})
        for found in there.values():  # last: there are always two at least
            SHAPE.take_away(mine, signatory, found)


def _differing(kind: Editable, row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if kind.fields[name].plain(value) != current(row, kind.fields[name])
    }


def _store_by_itself(agreement: Agreement, said: Said) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(**said.fields)
    there = {entry.uuid: entry for entry in agreement.parties.all()}
    wanted = {doc.uuid for _, doc in said.signatories if doc.uuid}
    if there.keys() != wanted:
        demand_open(agreement)
    if len(wanted) < FEWEST:
        raise ValidationError("En överenskommelse har minst två parter.")
    AgreementParty.objects.filter(agreement=agreement).exclude(uuid__in=wanted).delete()
    for position, (party, doc) in enumerate(said.signatories):
        AgreementParty.objects.update_or_create(
            agreement=agreement,
            uuid=doc.uuid or uuid4(),
            defaults={
                "party": party,
                "position": position,
                "signatory": doc.signatory,
                "registry_number": doc.registry_number,
            },
        )


def _store_rows(
    agreement: Agreement,
    model: type[AgreementGroup] | type[AgreementSection],
    docs: Iterable[GroupDoc | AgreedDoc],
) -> None:
    rows = [
        row_of(model, doc, agreement=agreement, position=position)
        for position, doc in enumerate(docs)
    ]
    model._default_manager.filter(agreement=agreement).delete()
    model._default_manager.bulk_create(rows)


def _record(kind: Kind, actor: Any, agreement: Agreement) -> None:
    """In the journal of each district that it is for; that of the city in none."""
    districts: list[District | None] = list(agreement.districts.all())
    for district in districts or [None]:
        record(kind, actor=actor, district=district, agreement=agreement.title)
