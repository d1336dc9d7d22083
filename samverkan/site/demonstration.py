"""The demonstration: a city with its districts, plans and reports, and one user for each role.

Everything stands in fixtures/. Besides the workflow this is the only place that sets the state of
a plan or a report: what is shown was approved and decided long ago.
"""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from lagesbild.document import read_json as read_report_json
from lagesbild.services.storing import from_document as store_report
from plans.agreement import AgreementDocument
from plans.agreement import read_json as read_agreement_json
from plans.document import PartyDoc, read_json
from plans.editable import KINDS
from plans.models import (
    Agreement,
    AreaAlias,
    Catalogue,
    PriorityArea,
)
from plans.services.agreements import Said, create_agreement
from plans.services.storing import from_document
from plans.vocabulary import AgreementLevel
from samverkan.indicators.models import Indicator, Value
from samverkan.indicators.series import measured
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import (
    District,
    Membership,
    Municipality,
    Party,
    PoliceArea,
    User,
)
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.decisions import freeze
from samverkan.workflow.models import Approval
from samverkan.workflow.wings import wing_of

FIXTURES = settings.BASE_DIR / "fixtures"
PASSWORD = "trygga-torg-i-juni"  # noqa: S105 - the same for all, and only in the demonstration


def load() -> bool:
    """Load all of it, once; what it has got since also where the rest was there before. False where the
    city is there already."""
    organisation, demonstration = read("organisation.json"), read("demonstration.json")
    is_new = not Municipality.objects.filter(slug=organisation["municipality"]["slug"]).exists()
    if is_new:
        with transaction.atomic():
            load_city(organisation, demonstration)
    load_agreement(organisation["municipality"]["slug"], demonstration["agreement"])
    for report in demonstration["reports"]:
        load_report(**report)
    for slug, indicators in read("indicators.json")["districts"].items():
        load_indicators(District.objects.get(slug=slug), indicators)
    return is_new


def load_city(organisation: dict[str, Any], demonstration: dict[str, Any]) -> None:
    city = Municipality.objects.create(**organisation["municipality"])
    load_catalogues(city, organisation["catalogues"])
    load_districts(city, organisation)
    load_users(city, demonstration["users"])
    for plan in demonstration["plans"]:
        load_plan(**plan)


def read(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def load_catalogues(city: Municipality, catalogues: list[dict]) -> None:
    """The newest first: an older area points to what it became."""
    newer: dict[str, PriorityArea] = {}
    for data in catalogues:
        catalogue = Catalogue.objects.create(
            municipality=city, year=data["year"], name=data["name"]
        )
        areas = {}
        for position, area in enumerate(data["areas"]):
            row = areas[area["slug"]] = PriorityArea.objects.create(
                catalogue=catalogue,
                position=position,
                slug=area["slug"],
                name=area["name"],
                description=area["description"],
            )
            row.successors.set(newer[slug] for slug in area.get("successors", ()))
            AreaAlias.objects.bulk_create(
                AreaAlias(area=row, name=name) for name in area.get("aliases", ())
            )
        newer = areas


def load_districts(city: Municipality, organisation: dict) -> None:
    """Predecessors stand before the districts that they became."""
    police_areas = {
        name: PoliceArea.objects.create(name=name) for name in organisation["police_areas"]
    }
    Party.objects.bulk_create(
        Party(municipality=city, **party) for party in organisation["parties"]
    )
    districts: dict[str, District] = {}
    for data in organisation["districts"]:
        district = districts[data["slug"]] = District.objects.create(
            municipality=city,
            slug=data["slug"],
            name=data["name"],
            valid_from=data.get("valid_from"),
            valid_to=data.get("valid_to"),
        )
        district.police_areas.set(police_areas[name] for name in data["police_areas"])
        district.predecessors.set(districts[slug] for slug in data.get("predecessors", ()))
        Party.objects.bulk_create(
            Party(
                municipality=city,
                district=district,
                **party | {"police_area": police_areas.get(party.get("police_area"))},
            )
            for party in data["parties"]
        )


def load_users(city: Municipality, users: list[dict]) -> None:
    hashed = make_password(PASSWORD)  # once: it is slow on purpose
    for data in users:
        user = User.objects.create(email=data["email"], name=data["name"], password=hashed)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        district = District.objects.filter(slug=data.get("district")).first()
        Membership.objects.create(
            user=user,
            role=data["role"],
            municipality=city,
            district=district,
            party=party_of(district, data["party"]) if district and "party" in data else None,
        )


def load_plan(
    *,
    file: str,
    state: str,
    in_force: bool = False,
    reply_by: str | None = None,
    decision: dict | None = None,
) -> None:
    document = read_json((FIXTURES / "plans" / file).read_bytes()).document
    district = District.objects.get(slug=document.district.slug)
    plan = from_document(document, district=district)
    coordinator = coordinator_of(district)
    record(Kind.PLAN_STORED, actor=coordinator, district=district, plan=str(plan))
    settle(plan, decision, state=state, in_force=in_force, reply_by=reply_by)


def load_agreement(city: str, file: str) -> None:
    """The city's, above those that the districts' plans rest on. Its leadership wrote it."""
    document = read_agreement_json((FIXTURES / "agreements" / file).read_bytes())
    keeper = User.objects.filter(memberships__role=Role.CITY, memberships__municipality__slug=city)
    if not keeper or Agreement.objects.filter(uuid=document.uuid).exists():
        return
    with transaction.atomic():
        municipality = Municipality.objects.get(slug=city)
        agreement = create_agreement(
            actor=keeper[0], place=municipality, said=said_in(document, municipality)
        )
        Agreement.objects.filter(pk=agreement.pk).update(uuid=document.uuid)
        local = municipality.agreements.filter(level=AgreementLevel.LOCAL, above=None)
        local.filter(signed_on__gte=document.signed_on).update(above=agreement)


def said_in(document: AgreementDocument, city: Municipality) -> Said:
    parties = {doc.key: citywide(doc, city) for doc in document.parties}
    return Said(
        fields={name: getattr(document, name) for name in KINDS["agreement"].fields},
        signatories=[(parties[entry.party], entry) for entry in document.signatories],
        areas=[
            PriorityArea.objects.get(
                catalogue__municipality=city, catalogue__year=area.year or 0, slug=area.slug
            )
            for area in document.areas
        ],
        groups=document.groups,
        sections=document.sections,
    )


def citywide(doc: PartyDoc, city: Municipality) -> Party:
    said = {"kind": doc.kind, "name": doc.name, "short_name": doc.short_name}
    slug = doc.key.removeprefix("stad/")
    party, _ = city.parties.get_or_create(district=None, slug=slug, defaults=said)
    return party


def load_report(
    *,
    file: str,
    state: str,
    in_force: bool = False,
    reply_by: str | None = None,
    decision: dict | None = None,
) -> None:
    envelope = read_report_json((FIXTURES / "reports" / file).read_bytes())
    document = envelope.document
    district = District.objects.get(slug=document.district.slug)
    if district.reports.filter(kind=document.kind, year=document.year).exists():
        return
    with transaction.atomic():
        report = store_report(document, district=district, images=envelope.images)
        told = {"report": str(report), "file": file}
        record(Kind.REPORT_READ_IN, actor=coordinator_of(district), district=district, **told)
        settle(report, decision, state=state, in_force=in_force, reply_by=reply_by)


def settle(work: Any, decision: dict | None, **fields: Any) -> None:
    if decision:
        decide(work, by=coordinator_of(work.district), **decision)
    type(work)._default_manager.filter(pk=work.pk).update(**fields)


def load_indicators(district: District, indicators: list[dict[str, Any]]) -> None:
    """The series that its figures and goals are tied to, by the UUIDs that those know them by."""
    there = {str(uuid) for uuid in district.indicators.values_list("uuid", flat=True)}
    for data in indicators:
        if data["uuid"] in there:
            continue
        said = {name: value for name, value in data.items() if name != "values"}
        labels, values = data["values"].keys(), map(Decimal, data["values"].values())
        with transaction.atomic():
            indicator = Indicator.objects.create(district=district, **said)
            Value.objects.bulk_create(
                Value(
                    indicator=indicator,
                    label=one.label,
                    begins=one.begins,
                    parts=one.moment.parts,
                    value=one.value,
                )
                for one in measured(labels, values)
            )


def coordinator_of(district: District) -> User | None:
    return User.objects.filter(
        memberships__district=district, memberships__role=Role.COORDINATOR
    ).first()


def decide(
    work: Any,
    *,
    by: User | None,
    body: str,
    decided_on: str,
    paragraph: str,
    registry_numbers: dict[str, str],
) -> None:
    """Approved by the manager of each main party that has one, then decided and frozen."""
    wing = wing_of(work)
    content_hash = wing.document(work).content_hash()
    date_of_decision = date.fromisoformat(decided_on)
    managers = Membership.objects.filter(district=work.district, role=Role.MANAGER)
    for manager in managers.filter(party__in=wing.main_parties(work)):
        work.approvals.create(
            party=manager.party,
            answer=Approval.Answer.APPROVED,
            content_hash=content_hash,
            by=manager.user,
            at=a_week_before(date_of_decision),
        )
    freeze(
        work,
        body=body,
        decided_on=date_of_decision,
        paragraph=paragraph,
        registry_numbers={
            party_of(work.district, key): number for key, number in registry_numbers.items()
        },
        by=by,
    )
    record(
        Kind.of(wing.name, "DECIDED"),
        actor=by,
        district=work.district,
        **{wing.name: str(work)},
        body=body,
        date=decided_on,
    )


def a_week_before(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day - timedelta(days=7), time(10)))


def party_of(district: District, key: str) -> Party:
    """The party that a plan document knows by this key."""
    slug = key.removeprefix("stad/")
    home = {"district": district} if slug == key else {"municipality": district.municipality}
    return Party.objects.get(slug=slug, **home)
