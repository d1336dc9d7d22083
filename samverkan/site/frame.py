"""The frame around every page: where I am, and where else I can go from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from plans.access import DistrictPlans
from plans.addresses import address_of
from plans.overview import plan_that_counts
from samverkan.access.ask import may, may_administer, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import District, Membership, User
from samverkan.organisation.vocabulary import Role
from samverkan.swedish import sort_key


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool = False


@dataclass
class Frame:
    """Knows the district and the year, and keeps the place when one of them is changed."""

    request: HttpRequest
    district: District | None = None
    year: int | None = None
    plans: Any = ()  # those of the district that the user may read

    TABS = {
        "plan": "Åtgärdsplan",
        "plan-table": "Tabell",
        "follow-up": "Uppföljning",
        "plan-picture": "Läget",
        "plan-summary": "Sammanställning",
        "year-cycle": "Årshjul",
    }

    @property
    def place(self) -> str:
        """The tab that I am at, or the first."""
        return self._here if self._here in self.TABS else next(iter(self.TABS))

    @property
    def _here(self) -> str:
        match = self.request.resolver_match
        return (match.url_name if match else None) or ""

    @property
    def user(self) -> Any:
        return getattr(self.request, "user", None)

    @cached_property
    def districts(self) -> list[Link]:
        today = timezone.localdate()
        return [self._to(district) for district in self._reached if not district.has_ended(today)]

    @cached_property
    def former_districts(self) -> list[Link]:
        """Those that have become part of another."""
        today = timezone.localdate()
        return [self._to(district) for district in self._reached if district.has_ended(today)]

    @cached_property
    def years(self) -> list[Link]:
        if self.district is None:
            return []
        years = sorted({plan.year for plan in self.plans}, reverse=True)
        return [
            Link(
                self._label(year),
                reverse(self.place, args=[self.district.slug, year]),
                year == self.year,
            )
            for year in years
        ]

    @property
    def year_label(self) -> str:
        return self._label(self.year) if self.year else ""

    def _label(self, year: int) -> str:
        """ "2027", or "2027–2028" where the one plan that starts then runs into the next year."""
        periods = {plan.period_id: plan.period for plan in self.plans if plan.year == year}
        last = max(period.end.year for period in periods.values()) if periods else year
        return f"{year}–{last}" if len(periods) == 1 and last > year else str(year)

    @cached_property
    def tools(self) -> list[Link]:
        """What those who keep the district have beside the tabs."""
        return self._offered(
            ("members", "Medlemmar", Right.MANAGE_MEMBERS),
            ("journal", "Händelser", Right.READ_JOURNAL),
        )

    @cached_property
    def year_tools(self) -> list[Link]:
        return self._offered(
            ("district", "Alla planer", Right.ENTER_DISTRICT),
            ("plan-create", "Ny plan", Right.CREATE_PLAN),
        )

    @cached_property
    def tabs(self) -> list[Link]:
        """The year's pages; where no year is chosen, those of the plan that counts now."""
        if self.district is None or not self.plans:
            return []
        return [
            Link(label, self._address(name), name == self._here)
            for name, label in self.TABS.items()
        ]

    @property
    def initials(self) -> str:
        words = str(self.user).split()
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()

    @cached_property
    def roles(self) -> list[str]:
        """What I am here; outside a district, everywhere."""
        if not isinstance(self.user, User):
            return []
        mine = memberships_in(self.user, self.district) if self.district else self.user.standing
        return [role_words(membership, with_district=not self.district) for membership in mine]

    @cached_property
    def is_administrator(self) -> bool:
        return bool(may_administer(self.user))

    @cached_property
    def cities(self) -> list[Link]:
        """Those whose districts I see side by side."""
        cities = {m.municipality for m in getattr(self.user, "standing", ()) if not m.district_id}
        return [
            Link(city.name, reverse("city", args=[city.slug]), self._here == "city")
            for city in sorted(cities, key=lambda city: sort_key(city.name))
            if may(self.user, Right.READ_CITY, city)
        ]

    def _address(self, page: str) -> str:
        assert self.district is not None
        if any(plan.year == self.year for plan in self.plans):
            return reverse(page, args=[self.district.slug, self.year])
        plan = plan_that_counts(self.plans, timezone.localdate())
        return address_of(plan, self.plans, page)

    @cached_property
    def _reached(self) -> list[District]:
        return districts_of(self.user)

    def _offered(self, *pages: tuple[str, str, Right]) -> list[Link]:
        """Of these pages of the district, those that the user has the right to."""
        if self.district is None:
            return []
        return [
            Link(label, reverse(name, args=[self.district.slug]), name == self._here)
            for name, label, right in pages
            if may(self.user, right, self.district)
        ]

    def _to(self, district: District) -> Link:
        """The same place there: the same year if there is one, or else the nearest."""
        query = {"sida": self.place} | ({"ar": self.year} if self.year else {})
        url = reverse("plan-nearest", args=[district.slug])
        return Link(
            district.name,
            f"{url}?{urlencode(query)}",
            self.district is not None and district.pk == self.district.pk,
        )


def districts_of(user: Any) -> list[District]:
    """Where the user is a member; for the city's leadership, all of its districts. In order."""
    if not isinstance(user, User):
        return []
    found = {m.district.pk: m.district for m in user.standing if m.district}
    cities = [m.municipality_id for m in user.standing if m.role == Role.CITY]
    if cities:
        everywhere = District.objects.filter(municipality__in=cities)
        found |= {district.pk: district for district in everywhere.select_related("municipality")}
    return _in_order(found.values())


def role_words(membership: Membership, *, with_district: bool = False) -> str:
    """ "Redaktör, Polisen", and where that is."""
    words = [membership.get_role_display()]
    if membership.party:
        words.append(membership.party.short_name)
    if with_district:
        words.append(str(membership.district or membership.municipality))
    return ", ".join(words)


def _in_order(districts: Iterable[District]) -> list[District]:
    return sorted(districts, key=lambda district: sort_key(district.name))


def district_frame(request: HttpRequest, district: District) -> Frame:
    """For the pages of a district that are of no particular year."""
    return Frame(request, district, plans=DistrictPlans(request.user, district).readable)
