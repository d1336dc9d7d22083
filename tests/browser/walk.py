"""Everybody's walk through every page that they are shown a link to, and some that they are not.

The tests hold each page against axe; the picture script takes its likeness. What is walked is the
demonstration, and beside it what it has none of: a plan on consultation, a draft, an open round.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page

from lagesbild.models import Report
from lagesbild.vocabulary import ReportKind
from plans.document import DistrictDoc
from plans.models import FollowUpRound, Plan
from plans.vocabulary import Layout, PlanState
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from samverkan.site import demonstration
from tests.factories import a_member, a_plan, a_user
from tests.formats.samples import full
from tests.plans.storing import stored

# Who walks, and under which address. Each role once, in districts with plans of each generation.
WALKERS = {
    "utloggad": "",
    "utan område": "ny@exempel.se",
    "samordnare": "samordnare@norra-innerstaden.example",
    "redaktör": "redaktor@jarva.example",
    "kommunpolis": "kommunpolis@skarpnack.example",
    "bidragsgivare": "bidragsgivare@norra-innerstaden.example",
    "chef": "chef@hasselby-vallingby.example",
    "läsare": "lasare@skarpnack.example",
    "stadsledning": "stadsledning@stockholm.example",
    "systemförvaltare": "systemforvaltare@stockholm.example",
    "samordnare, samråd": "samordnare@exempel.se",
    "chef, samråd": "chef@exempel.se",
    "kommunpolis, uppföljning": "kommunpolis@exempel.se",
}

# Pages that no link leads to.
STOPS: dict[str, list[str]] = defaultdict(list) | {
    "utloggad": [
        "/konto/inbjudan/",
        "/konto/inaktivt/",
        "/konto/losenord/skickat/",
        "/konto/losenord/klart/",
        "/konto/losenord/nytt/a-b/",
        "/norra-innerstaden/2025/atgardsplan/",  # to the log-in, which says so
        "/finns-inte/alls/",
    ],
    "samordnare": [
        "/norra-innerstaden/2025/atgardsplan/?q=platssamverkan",
        "/norra-innerstaden/2025/atgardsplan/?q=finnsinte",
        "/norra-innerstaden/2025/tabell/?sortera=-ansvar&kol=namn&kol=orsak&kol=mal&kol=ansvar",
        "/norra-innerstaden/2025/tabell/?q=finnsinte",
        "/norra-innerstaden/1999/atgardsplan/",
        "/ingenstans/2025/atgardsplan/",
    ],
    "läsare": ["/skarpnack/medlemmar/"],
    "samordnare, samråd": [
        "/tallbacken/2027/atgardsplan/",
        "/tallbacken/2027/tabell/",
        "/tallbacken/2025/lagesbild/skriv/",
        "/tallbacken/2025/skriv/?q=affischer&kol=namn&kol=tid",
    ],
}

WIDE, NARROW = 1280, 360


def build_world() -> None:
    # A walk needs no paper: it takes seconds to make, and has tests of its own.
    with patch("samverkan.documents.pdf.render", return_value=b"%PDF-1.7"):
        demonstration.load()
    a_user("Ny Medarbetare", "ny@exempel.se")
    consulted = _stored(Layout.CAUSES, DistrictDoc("tallbacken", "Tallbacken", "Granstad"))
    _set(consulted, state=PlanState.CONSULTATION, reply_by=date(2025, 3, 14))
    followed = _stored(Layout.ACTIVITIES, DistrictDoc("bjorkbacken", "Björkbacken", "Granstad"))
    _set(followed, state=PlanState.DECIDED, in_force=True)
    FollowUpRound.objects.filter(period=followed.period, opened_at=None).update(
        opened_at=timezone.now()
    )
    people = {name: a_user(name.title(), f"{name}@exempel.se") for name in PEOPLE}
    for plan in (consulted, followed):
        by_slug = {party.slug: party for party in plan.district.parties.all()}
        for name, (role, party) in PEOPLE.items():
            a_member(role, plan.district, by_slug[party], user=people[name])
    a_plan(consulted.district, 2027)
    _set(_a_report(consulted), state=PlanState.CONSULTATION, reply_by=date(2025, 3, 14))


PEOPLE = {
    "samordnare": (Role.COORDINATOR, "stadsdelsforvaltningen"),
    "chef": (Role.MANAGER, "polisen"),
    "kommunpolis": (Role.EDITOR, "polisen"),
}


def _stored(layout: Layout, district: DistrictDoc) -> Plan:
    document = full(layout)
    rounds = tuple(replace(round_, uuid=uuid4()) for round_ in document.rounds)
    return stored(replace(document, district=district, revision=1, rounds=rounds))


def _a_report(plan: Plan) -> Report:
    """A lägesbild by the plan's main parties, with something of each kind to write in."""
    report = Report.objects.create(
        kind=ReportKind.PICTURE, district=plan.district, year=plan.year, catalogue=plan.catalogue
    )
    for entry in plan.agreement.parties.all():
        report.behind.create(party=entry.party)
    report.sources.create(name="Polisens statistik")
    section = report.all_sections.create(heading="Brottsligheten")
    section.blocks.create(text="<p>Färre rån än förra året.</p>")
    table = {"labels": ["2023", "2024"], "series": [{"name": "Antal", "values": ["9", "4"]}]}
    section.blocks.create(form="linje", caption="Rån", table=table, position=1)
    area = plan.areas.first()
    chosen = report.all_sections.create(
        heading=area.title, form="omrade", area=area.area, position=1
    )
    chosen.aims.create(text="Färre unga rekryteras")
    chosen.priorities.create(text="Fler vuxna på torget")
    return report


def _set(work: Any, **fields) -> None:
    type(work).objects.filter(pk=work.pk).update(**fields)


@dataclass
class Visit:
    """A browser window that belongs to somebody, and what it has complained of."""

    page: Page
    who: str
    complaints: list[str] = field(default_factory=list)
    is_first_of_kind: bool = True  # the page that I am at

    def walk(self, most: int = 1000) -> Iterator[str]:
        """Stop at each page that a link leads to from a page I have been at; but at no more than so
        many of one kind."""
        ahead, seen, of_kind = ["/", *STOPS[self.who]], set(), Counter[str]()
        while ahead:
            address = ahead.pop(0)
            kind = _kind(address)
            if address in seen or (of_kind[kind] >= most and address not in STOPS[self.who]):
                continue
            seen.add(address)
            of_kind[kind] += 1
            self.is_first_of_kind = of_kind[kind] == 1
            response = self.page.goto(address)
            assert response is not None
            if address not in STOPS[self.who]:
                assert response.status < 400, f"{self.who} is shown {address}: {response.status}"
            else:
                self.complaints.clear()  # the browser complains of a 404 that was asked for
            here = urlsplit(self.page.url)
            seen.add(here.path + (f"?{here.query}" if here.query else ""))
            yield address
            ahead += [link for link in self._links() if link not in seen]

    def _links(self) -> list[str]:
        hrefs = self.page.eval_on_selector_all(
            "a[href]", "links => links.map(link => link.getAttribute('href').split('#')[0])"
        )
        return [href for href in dict.fromkeys(hrefs) if _is_a_page(href)]


# Django's own dress, files, and addresses that lead on to a page that is walked anyway.
_NOT_A_PAGE = re.compile(
    r"/admin/|\.(pdf|docx|xlsx|json|svg|png|csv)\b|/fil/|/bild/|/narmast/|[?&](q|part|status|tid)="
)


def _kind(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address


def _is_a_page(href: str) -> bool:
    return href.startswith("/") and not _NOT_A_PAGE.search(href)


def log_in(context: BrowserContext, base_url: str, user: User) -> None:
    """Straight in, past the log-in page."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": base_url}
    context.add_cookies([cookie])  # type: ignore[list-item]


@contextmanager
def visiting(
    browser: Browser, base_url: str, who: str, *, width: int = WIDE, scheme: str = "light"
) -> Iterator[Visit]:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="sv-SE",
        reduced_motion="reduce",
    )
    if address := WALKERS[who]:
        log_in(context, base_url, User.objects.get(email=address))
    visit = Visit(context.new_page(), who)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on(
        "console",
        lambda said: visit.complaints.append(said.text) if said.type == "error" else None,
    )
    yield visit
    context.close()


def unfold(page: Page) -> None:
    """Open what is folded in the text. Menus stay shut: they would cover it."""
    page.eval_on_selector_all(
        "main details:not(.menu)", "all => all.forEach(one => one.open = true)"
    )
