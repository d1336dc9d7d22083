"""The one way to a plan: through the right to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from plans.models import (
    Agreement,
    Catalogue,
    ExchangeFile,
    FollowUpRound,
    Plan,
    PriorityArea,
    Upload,
)
from plans.vocabulary import AgreementLevel, PlanState
from samverkan.access.answers import ALLOWED, NOT_YOURS, Answer, Denied
from samverkan.access.ask import demand, may, memberships_in, parties_asked_of
from samverkan.access.table import TABLE, Right
from samverkan.organisation.models import District, Municipality, Party


class NoPlan(Http404):
    """The district has no such plan; `way` leads to those that it has."""

    def __init__(self, sentence: str, district: District):
        super().__init__(sentence)
        self.way = (f"Planerna i {district}", reverse("district", args=[district.slug]))


class SeveralPlans(Exception):
    """More than one plan period starts in the year; the user must say which."""

    def __init__(self, plans: list[Plan]):
        super().__init__(f"{len(plans)} planer börjar samma år")
        self.plans = plans


def get_district(user: Any, right: Right, slug: str) -> District:
    """The district, for a user with the right in it."""
    for membership in getattr(user, "standing", ()):
        if membership.district_id and membership.district.slug == slug:
            district = membership.district  # known already: no query
            break
    else:
        district = District.objects.select_related("municipality").filter(slug=slug).first()
        if district is None:
            raise Http404(NOT_YOURS.reason)  # not told apart from one that is another's
    demand(user, right, district)
    return district


def get_municipality(user: Any, right: Right, slug: str) -> Municipality:
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        raise Http404(NOT_YOURS.reason)
    demand(user, right, municipality)
    return municipality


def get_catalogue(user: Any, right: Right, municipality: str, year: int) -> Catalogue:
    city = get_municipality(user, right, municipality)
    catalogue = city.catalogues.select_related("municipality").filter(year=year).first()
    if catalogue is None:
        raise Http404(f"Det finns ingen områdeskatalog från {year} i {city}.")
    return catalogue


def get_area(user: Any, right: Right, municipality: str, year: int, pk: int) -> PriorityArea:
    catalogue = get_catalogue(user, right, municipality, year)
    areas = catalogue.areas.select_related("catalogue__municipality")
    area = areas.prefetch_related("aliases", "successors", "predecessors").filter(pk=pk).first()
    if area is None:
        raise Http404(f"Det finns inget sådant område i {catalogue}.")
    return area


def get_plan(user: Any, right: Right, district: str, pk: int) -> Plan:
    """One plan of the district by its number: for what is done in a plan whatever its year."""
    place = get_district(user, Right.ENTER_DISTRICT, district)
    plans = Plan.objects.for_main_parties(parties_asked_of(user, right, place))
    try:
        plan = plans.select_related("period").get(pk=pk, period__district=place)
    except Plan.DoesNotExist:
        raise Http404(f"Det finns ingen sådan plan i {place}.") from None
    plan.period.district = place  # known already: no join
    demand(user, right, plan)
    if right in _OF_THE_ONE_IN_FORCE and not plan.in_force:
        raise PermissionDenied("En nyare revision av planen gäller. Uppföljningen skrivs i den.")
    return plan


def known(plan: Plan, parties: Collection[int | None]) -> Plan:
    """The plan, with what decides whether these parties have a right in it."""
    return Plan.objects.with_heading().for_parties(parties).get(pk=plan.pk)


_OF_THE_ONE_IN_FORCE = {Right.OPEN_ROUNDS, Right.FOLLOW_UP, Right.FOLLOW_UP_FOR_ALL}


def get_round(
    user: Any, right: Right, district: str, pk: int, round_: int
) -> tuple[Plan, FollowUpRound]:
    """A round of the plan's period, for a user with the right in the plan."""
    plan = get_plan(user, right, district, pk)
    found = (
        plan.period.rounds.select_related("reopened_by")
        .prefetch_related("parties")
        .filter(pk=round_)
        .first()
    )
    if found is None:
        raise Http404(f"Det finns ingen sådan uppföljning av {plan}.")
    return plan, found


def parties_of(plan: Plan) -> QuerySet[Party]:
    """Those that have undertaken something, in the order of their names."""
    parties = Party.objects.filter(commitments__action__area__plan=plan).distinct()
    return parties.order_by("short_name", "pk")


def get_part(
    user: Any, district: str, pk: int, party: int, round_: int = 0
) -> tuple[Plan, Party, FollowUpRound | None]:
    """One party's part of a plan, or of a round of it, for a user who writes in it."""
    right = Right.FOLLOW_UP if round_ else Right.EDIT_OWN
    if round_:
        plan, found = get_round(user, right, district, pk, round_)
    else:
        plan, found = get_plan(user, right, district, pk), None
    part = parties_of(plan).filter(pk=party).first()
    if part is None:
        raise Http404(f"Parten har inga åtaganden i {plan}.")
    demand(user, right, plan, part)
    return plan, part, found


def exchange_files(
    plan: Plan, party: Party, round_: FollowUpRound | None
) -> QuerySet[ExchangeFile]:
    """Those that came back, of a part that the user has reached: a round's whatever the revision was."""
    of_part = {"round": round_} if round_ else {"round": None, "plan": plan}
    return ExchangeFile.objects.filter(party=party, **of_part).select_related("by")


def get_exchange_file(
    plan: Plan, party: Party, round_: FollowUpRound | None, file: int
) -> ExchangeFile:
    found = exchange_files(plan, party, round_).filter(pk=file).first()
    if found is None:
        raise Http404("Det finns ingen sådan utbytesfil. Den kan vara borttagen.")
    return found


def may_change_agreement(user: Any, plan: Plan) -> Answer:
    """An agreement that reaches several districts is changed by whoever is samordnare in them all."""
    answer = may(user, Right.EDIT_AGREEMENT, plan)
    if answer and plan.agreement:
        for district in plan.agreement.districts.exclude(pk=plan.district.pk):
            if not may(user, Right.CREATE_PLAN, district):
                return Denied(
                    f"Överenskommelsen gäller också {district}. Den ändras av den som är "
                    "samordnare också där."
                )
    return answer


@dataclass
class _InDistrict:
    """An agreement as the table of rights asks of it, in one of its districts."""

    agreement: Agreement
    district: District
    word_for_it = "Överenskommelsen"
    noun = "överenskommelse"

    def __post_init__(self) -> None:
        is_signed = self.agreement.signed_on is not None
        self.state: str = PlanState.DECIDED if is_signed else PlanState.DRAFT
        self.state_words = "undertecknad" if is_signed else "ett utkast"

    def is_main_party(self, party: Party) -> bool:
        return any(entry.party_id == party.pk for entry in self.agreement.parties.all())

    def takes_part(self, party: Party) -> bool:
        return False


def may_read_agreement(user: Any, agreement: Agreement) -> Answer:
    """In one of its districts, or where a predecessor's has become one's own."""
    if agreement.is_local:
        places = list(agreement.districts.all())
    else:
        city = agreement.municipality_id
        own = [m.district for m in getattr(user, "standing", ()) if m.municipality_id == city]
        places = [one for one in own if one] or list(
            District.objects.filter(municipality=city).select_related("municipality")[:1]
        )
    answers = [may(user, Right.READ_AGREEMENT, _InDistrict(agreement, one)) for one in places]
    return _first(answers) if answers else NOT_YOURS


def may_edit_agreement(user: Any, agreement: Agreement) -> Answer:
    """That of the city by its leadership; another by whoever is samordnare in each of its districts."""
    if not agreement.is_local:
        keeps = may(user, Right.KEEP_CITY_AGREEMENTS, agreement.municipality)
        return keeps or Denied(TABLE[Right.KEEP_CITY_AGREEMENTS].who)
    answers = {one: may(user, Right.EDIT_AGREEMENT, one) for one in agreement.districts.all()}
    if not any(answers.values()):
        return _first(list(answers.values())) if answers else NOT_YOURS
    for district, answer in answers.items():
        if not answer:
            return Denied(
                f"Överenskommelsen gäller också {district}. Den ändras av den som är "
                "samordnare också där."
            )
    return ALLOWED


def _first(answers: list[Answer]) -> Answer:
    """Yes, if one of them is; or else the one that has a reason to give."""
    said = sorted(answers, key=lambda one: (not one, isinstance(one, Denied) and one.hidden))
    return said[0]


def get_agreement(user: Any, pk: int, *, to_edit: bool = False) -> Agreement:
    """404 for one of other districts, 403 with the reason for one of one's own."""
    found = _agreements().filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_YOURS.reason)
    answer = may_read_agreement(user, found)
    if to_edit and not (isinstance(answer, Denied) and answer.hidden):
        answer = may_edit_agreement(user, found)
    if isinstance(answer, Denied):
        raise Http404(answer.reason) if answer.hidden else PermissionDenied(answer.reason)
    return found


def agreements_in(user: Any, district: District) -> list[Agreement]:
    """Those of the district that the user may read, and those of its city; the latest first."""
    found = _agreements().filter(
        Q(districts=district) | Q(municipality=district.municipality_id, level=AgreementLevel.CITY)
    )
    return [one for one in found.distinct() if may_read_agreement(user, one)]


def agreements_of_city(user: Any, city: Municipality) -> list[Agreement]:
    """Its own first, and then those under it."""
    found = _agreements().filter(municipality=city)
    return sorted(
        (one for one in found if may_read_agreement(user, one)), key=lambda one: one.is_local
    )


def _agreements() -> QuerySet[Agreement]:
    return Agreement.objects.select_related("municipality", "above").prefetch_related(
        "districts__municipality", "parties__party"
    )


def get_upload(user: Any, district: str, pk: int) -> Upload:
    """A file that somebody in the district reads in, or has read in; not yet what is in it."""
    place = get_district(user, Right.IMPORT_PLAN, district)
    uploads = Upload.objects.select_related("by", "plan").defer("content", "reading")
    upload = uploads.filter(pk=pk, district=place).first()
    if upload is None:
        raise Http404(f"Det finns ingen sådan fil i {place}. Den kan vara borttagen.")
    upload.district = place
    return upload


class DistrictPlans:
    """All plans of a district, in one look; what the user may read of them, and one by its year.

    Lightly: what tells them apart, and not what a page says about them.
    """

    def __init__(self, user: Any, district: District, *, lightly: bool = False):
        plans = Plan.objects.filter(period__district=district)
        self.user = user
        self.district = district
        if lightly:
            parties = parties_asked_of(user, Right.READ, district)
            self.all = list(plans.told_apart().for_parties(parties))
            for plan in self.all:
                plan.period.district = district  # known already: no join
        else:
            parties = {m.party_id for m in memberships_in(user, district) if m.party_id}
            self.all = list(plans.with_heading().for_parties(parties))
        self.readable = [plan for plan in self.all if may(user, Right.READ, plan)]

    def get(
        self, right: Right, year: int, *, period: int | None = None, revision: int | None = None
    ) -> Plan:
        """The plan that starts in the year: the revision asked for, that in force, or the latest.

        A plan that is there but not for this user's eyes is 403 with the reason, not 404: it is
        her own district.
        """
        found = [
            plan
            for plan in self.all
            if plan.year == year
            and period in (None, plan.period_id)
            and revision in (None, plan.revision)
        ]
        if not found:
            which = "plan" if period is None and revision is None else "sådan revision av planen"
            raise NoPlan(f"Det finns ingen {which} för år {year} i {self.district}.", self.district)
        found = [plan for plan in found if plan in self.readable] or found[:1]
        if len({plan.period_id for plan in found}) > 1:
            raise SeveralPlans(found)
        if right != Right.READ:  # of the plan's revisions the one where it can be done
            found = [plan for plan in found if may(self.user, right, plan)] or found
        plan = next((plan for plan in found if plan.in_force), found[0])
        demand(self.user, right, plan)
        return plan
