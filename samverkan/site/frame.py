"""The frame around every page: where I am, and where else I can go from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from lagesbild.access import DistrictReports
from lagesbild.addresses import address_of as report_address
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
    reports: Any = ()  # and its lägesbilder and status reports

    TABS = {
        "report": "Lägesbild",
        "plan": "Åtgärdsplan",
        "plan-table": "Tabell",
        "follow-up": "Uppföljning",
        "plan-picture": "Läget",
        "plan-summary": "Sammanställning",
        "year-cycle": "Årshjul",
    }

    # What is read of a year without a plan.
    REPORTS = {"lagesbild": "report", "statusrapport": "status-report"}

    @property
    def place(self) -> str:
        """The page that I am at, where there is one for each year; or the plan."""
        return self._here if self._here in {*self.TABS, *self.REPORTS.values()} else "plan"

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
        years = {each.year for each in [*self.plans, *self.reports]}
        return [
            Link(self._label(year), self._in_year(year), year == self.year)
            for year in sorted(years, reverse=True)
        ]

    def _in_year(self, year: int) -> str:
        """The page that I am at, or what there is of that year."""
        assert self.district is not None
        kinds = [self.REPORTS[report.kind] for report in self.reports if report.year == year]
        has_plan = any(plan.year == year for plan in self.plans)
        of_reports = self.place in self.REPORTS.values()
        if self.place in kinds or (has_plan and not of_reports):
            page = self.place
        elif kinds:
            page = "report" if "report" in kinds else kinds[0]
        else:
            page = "plan"
        return reverse(page, args=[self.district.slug, year])

    @cached_property
    def report_links(self) -> list[Link]:
        return [Link(str(report), report_address(report, self.reports)) for report in self.reports]

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
            ("reports", "Alla lägesbilder", Right.ENTER_DISTRICT),
            ("plan-create", "Ny plan", Right.CREATE_PLAN),
            ("report-create", "Ny lägesbild", Right.CREATE_REPORT),
        )

    @cached_property
    def tabs(self) -> list[Link]:
        """The year's pages; where no year is chosen, those of the plan that counts now."""
        if self.district is None or not (self.plans or self.reports):
            return []
        names = self.TABS if self.plans else ["report"]
        return [
            Link(self.TABS[name], self._address(name), name == self._tab_here) for name in names
        ]

    @property
    def _tab_here(self) -> str:
        """Also where I am at what hangs on it."""
        here = self._here
        if here in self.TABS:
            return here
        return next((tab for begins, tab in _HANGS_ON.items() if here.startswith(begins)), "")

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
        if page == "report":
            if self.year is None:
                return reverse("reports", args=[self.district.slug])
            return reverse("report", args=[self.district.slug, self.year])
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
        of_reports = self.place in self.REPORTS.values()
        url = reverse("report-nearest" if of_reports else "plan-nearest", args=[district.slug])
        return Link(
            district.name,
            f"{url}?{urlencode(query)}",
            self.district is not None and district.pk == self.district.pk,
        )


# Which tab a page hangs on that has none of its own, by how the name of its address begins.
_HANGS_ON = {
    "report": "report",
    "status-report": "report",
    "round": "follow-up",
    "answer": "follow-up",
    "minutes": "follow-up",
    "outcome": "follow-up",
    "year": "year-cycle",
    "plan": "plan",
    "row": "plan",
    "import": "plan",
}


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
    plans = DistrictPlans(request.user, district).readable
    return Frame(
        request, district, plans=plans, reports=DistrictReports(request.user, district).readable
    )
