"""What tests build on: plain functions, each giving one thing with sensible words in it.

    district = a_district()
    coordinator = a_member(Role.COORDINATOR, district)
    plan = a_plan(district, 2026, state=PlanState.DECIDED)

What is not said is made up, the same for allowed and for denied: only the role differs.
"""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from plans.models import (
    Action,
    Agreement,
    AgreementParty,
    Catalogue,
    Commitment,
    FollowUpRound,
    Period,
    Plan,
    PlanArea,
    PriorityArea,
)
from plans.vocabulary import PlanState, RoundKind
from samverkan.document import encode
from samverkan.organisation.models import (
    District,
    Membership,
    Municipality,
    Party,
    PoliceArea,
    User,
)
from samverkan.organisation.vocabulary import CITY_ROLES, PARTY_ROLES, PartyKind, Role
from samverkan.workflow.wings import wing_of

PASSWORD = "en hemlighet i provet"  # noqa: S105

_number = count(1)


def a_municipality(name: str = "Storstad", slug: str = "storstad") -> Municipality:
    """The city: the same one each time, unless another is asked for."""
    return Municipality.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def a_district(name: str = "", slug: str = "", **fields: Any) -> District:
    """A district with its administration and its police as parties."""
    number = next(_number)
    name = name or f"Norra {number}"
    fields.setdefault("municipality", a_municipality())
    district = District.objects.create(name=name, slug=slug or f"norra-{number}", **fields)
    police_area = PoliceArea.objects.create(name=f"Lokalpolisområde {name}")
    district.police_areas.add(police_area)
    a_party(
        district,
        PartyKind.ADMINISTRATION,
        slug="stadsdelsforvaltningen",
        name=f"{name} stadsdelsförvaltning",
        short_name="Stadsdelsförvaltningen",
    )
    a_party(
        district,
        PartyKind.POLICE,
        slug="polisen",
        name=f"Polisen {name}",
        short_name="Polisen",
        police_area=police_area,
    )
    return district


def a_party(
    district: District | None = None, kind: PartyKind = PartyKind.PARTNER, **fields: Any
) -> Party:
    """A party of the district, or (no district) of the whole city."""
    number = next(_number)
    fields.setdefault("municipality", district.municipality if district else a_municipality())
    fields.setdefault("slug", f"part-{number}")
    fields.setdefault("name", f"Part {number}")
    fields.setdefault("short_name", fields["name"])
    return Party.objects.create(district=district, kind=kind, **fields)


def administration_of(district: District) -> Party:
    return district.parties.get(kind=PartyKind.ADMINISTRATION)


def police_of(district: District) -> Party:
    return district.parties.get(kind=PartyKind.POLICE)


def a_user(name: str = "", email: str = "", **fields: Any) -> User:
    number = next(_number)
    return User.objects.create_user(
        email=email or f"person{number}@exempel.se",
        name=name or f"Person {number}",
        **{"password": PASSWORD} | fields,
    )


def a_member(
    role: Role,
    district: District | None = None,
    party: Party | None = None,
    *,
    user: User | None = None,
    municipality: Municipality | None = None,
    **fields: Any,
) -> User:
    """A person with the role. A party is found for a role that needs one: the administration, or
    for the bidragsgivare a partner of her own."""
    user = user or a_user()
    if role in CITY_ROLES:
        Membership.objects.create(
            user=user, role=role, municipality=municipality or a_municipality(), **fields
        )
    else:
        district = district or a_district()
        if party is None and role == Role.CONTRIBUTOR:
            party = a_party(district)
        elif party is None and role in PARTY_ROLES:
            party = administration_of(district)
        Membership.objects.create(
            user=user,
            role=role,
            municipality=district.municipality,
            district=district,
            party=party,
            **fields,
        )
    for known in ("standing", "predecessors"):
        user.__dict__.pop(known, None)
    return user


def a_catalogue(
    year: int = 2024,
    areas: tuple[str, ...] = ("Unga i riskzon", "Otrygga platser"),
    municipality: Municipality | None = None,
) -> Catalogue:
    """The city's catalogue of the year: the one that is there, or a new one with these areas."""
    catalogue, is_new = Catalogue.objects.get_or_create(
        municipality=municipality or a_municipality(),
        year=year,
        defaults={"name": f"Stadens områden {year}"},
    )
    if is_new:
        for position, name in enumerate(areas):
            an_area(catalogue, name, position=position)
    return catalogue


def an_area(catalogue: Catalogue, name: str, **fields: Any) -> PriorityArea:
    fields.setdefault("slug", slugify(name))
    return PriorityArea.objects.create(catalogue=catalogue, name=name, **fields)


def an_agreement(district: District, *parties: Party, **fields: Any) -> Agreement:
    """An agreement of the district, between its administration and police unless others are named."""
    fields.setdefault("title", f"Samverkansöverenskommelse för {district}")
    fields.setdefault("period_start", date(2024, 1, 1))
    agreement = Agreement.objects.create(municipality=district.municipality, **fields)
    agreement.districts.add(district)
    for position, party in enumerate(parties or (administration_of(district), police_of(district))):
        AgreementParty.objects.create(agreement=agreement, party=party, position=position)
    return agreement


def a_plan(
    district: District | None = None,
    year: int = 2026,
    *,
    state: PlanState = PlanState.DRAFT,
    revision: int = 1,
    **fields: Any,
) -> Plan:
    """The district's plan for the year, with the areas of its catalogue and nothing in them.

    A decided plan is in force unless `in_force=False` is said. Nothing can be added to it: build a
    draft, fill it, and `settle` it.
    """
    district = district or a_district()
    period, _ = Period.objects.get_or_create(
        district=district,
        start=fields.pop("start", date(year, 1, 1)),
        end=fields.pop("end", date(year, 12, 31)),
    )
    fields.setdefault("catalogue", a_catalogue(municipality=district.municipality))
    in_force = fields.pop("in_force", state == PlanState.DECIDED)
    plan = Plan.objects.create(period=period, revision=revision, **fields)
    for area in plan.catalogue.areas.all():
        PlanArea.objects.create(plan=plan, area=area, title=area.name, position=area.position)
    return settle(plan, state, in_force=in_force)


def settle(work: Any, state: PlanState = PlanState.DECIDED, **fields: Any) -> Any:
    """The plan, or the report, in that state, as if it had come there by its steps."""
    fields = {"state": state, "in_force": state == PlanState.DECIDED} | fields
    type(work).objects.filter(pk=work.pk).update(**fields)
    for name, value in fields.items():
        setattr(work, name, value)
    return work


def an_action(plan: Plan, *parties: Party, name: str = "", area: int = 0, **fields: Any) -> Action:
    """An action in the plan's area, with a commitment for each of the parties."""
    action = Action.objects.create(
        area=plan.areas.all()[area], name=name or f"Åtgärd {next(_number)}", **fields
    )
    for party in parties:
        Commitment.objects.create(action=action, party=party, text=f"{party} deltar.")
    return action


def a_decision(
    work: Any, pdf: bytes | None = b"%PDF-", decided_on: date = date(2025, 1, 20)
) -> Any:
    """The decision about the plan, or the report, as it stands, with what it froze."""
    wing = wing_of(work)
    document = wing.part_of(wing.document(work))
    return wing.decision._default_manager.create(
        **{wing.name: work},
        body="Stadsdelsnämnden",
        decided_on=decided_on,
        document=encode(document),
        sha256=document.content_hash(),
        pdf=pdf,
    )


def a_round(plan: Plan, *, is_open: bool = True, **fields: Any) -> FollowUpRound:
    """A round of the plan's period: T1, open, unless something else is said."""
    year = plan.period.end.year
    fields.setdefault("kind", RoundKind.T1)
    fields.setdefault("name", f"{RoundKind(fields['kind']).label} {year}")
    fields.setdefault("reporting_date", date(year, 4, 30))
    fields.setdefault("due_date", date(year, 5, 12))
    fields.setdefault("opened_at", timezone.now())
    if not is_open:
        fields.setdefault("closed_at", timezone.now())
    return FollowUpRound.objects.create(period=plan.period, **fields)
