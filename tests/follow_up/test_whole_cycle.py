"""A whole cycle in real Chromium: the city opens, five answer in five ways, the samordnare closes, and
next year's plan comes of it."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from plans.models import FollowUp, Plan
from plans.vocabulary import PlanState
from samverkan.organisation.models import Party, PoliceArea, User
from samverkan.organisation.vocabulary import PartyKind, Role
from tests.browser.axe import faults_of
from tests.browser.walk import NARROW, WIDE, log_in
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_party,
    a_plan,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)
from tests.follow_up.test_exchange import filled
from tests.formats.office import convert

THIS_YEAR = timezone.localdate().year


class City:
    """A district with two police districts and a partner, and its decided plan."""

    def __init__(self) -> None:
        self.district = a_district("Tallbacken", "tallbacken")
        self.sdf, self.police = administration_of(self.district), police_of(self.district)
        area = PoliceArea.objects.create(name="Lokalpolisområde Granbacken")
        self.other_police = a_party(
            self.district,
            PartyKind.POLICE,
            slug="polisen-granbacken",
            name="Polisen Granbacken",
            police_area=area,
        )
        self.partner = a_party(self.district, PartyKind.PARTNER, name="Bostadsbolaget")
        self.plan = a_plan(
            self.district,
            THIS_YEAR,
            agreement=an_agreement(self.district, self.sdf, self.police, self.other_police),
        )
        self.walks = an_action(
            self.plan,
            *(self.sdf, self.police, self.other_police, self.partner),
            name="Trygghetsvandring",
            timing="1 gång/termin",
            follow_up_plan="T2 och VB",
        )
        self.group = an_action(
            self.plan, self.sdf, self.police, name="Styrgruppen", timing="Vid behov", area=1
        )
        self.goal = self.walks.goals.create(
            text="Minst två vandringar", unit="vandringar", target=2
        )
        settle(self.plan)
        a_decision(self.plan)


@pytest.fixture
def city(transactional_db) -> City:
    return City()


@pytest.fixture
def open_for(browser: Browser, live_server):
    contexts, complaints = [], []

    def opened(user: User | None, width: int = WIDE) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="sv-SE", viewport={"width": width, "height": 800}
        )
        contexts.append(context)
        if user:
            log_in(context, live_server.url, user)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def card(page: Page, action) -> Locator:
    return page.locator("[data-card]").filter(has=page.get_by_role("heading", name=action.name))


def answer(page: Page, action, text: str, state: str, met: str = "") -> None:
    one = card(page, action).first
    one.get_by_label("Vad har gjorts?").fill(text)
    one.get_by_role("radio", name=state, exact=True).check()
    if met:
        one.get_by_role("group", name="Har vi mött vårt åtagande?").get_by_label(met).check()
    expect(one.locator("[data-saved]").first).to_contain_text("Sparat")


def said(party: Party | None, action) -> FollowUp:
    return FollowUp.objects.get(party=party, action=action.uuid)


def test_from_the_citys_round_to_next_years_plan(city, open_for, live_server, tmp_path: Path):
    # The city opens the year's last follow-up in all its plans.
    stad = open_for(a_member(Role.CITY))
    stad.goto("/stad/storstad/uppfoljning/?slag=VB")
    stad.get_by_label("Namn").fill(f"Verksamhetsberättelse {THIS_YEAR}")
    stad.get_by_label("Frågor till parterna").fill("Vad fortsätter nästa år?")
    stad.get_by_role("button", name="Öppna i alla planer").click()
    expect(
        stad.get_by_text(f"Verksamhetsberättelse {THIS_YEAR} är öppen i 1 plan.")
    ).to_be_visible()
    round_ = city.plan.period.rounds.get()

    # The samordnare finds it waiting, and answers for her own and for all.
    samordnare = open_for(a_member(Role.COORDINATOR, city.district, city.sdf))
    samordnare.goto("/mina-ataganden/")
    expect(samordnare.get_by_text("Vad fortsätter nästa år?")).to_be_visible()
    answer(samordnare, city.walks, "Vi ordnade tre vandringar.", "Genomförd", "Ja")
    answer(samordnare, city.group, "Ingen fråga behövde styrgruppen.", "Inget behov uppstod")
    samordnare.goto(f"/tallbacken/plan/{city.plan.pk}/uppfoljning/{round_.pk}/")
    answer(samordnare, city.walks, "Tre vandringar genomfördes.", "Genomförd")
    answer(samordnare, city.group, "Inget behov uppstod.", "Inget behov uppstod")
    beside = samordnare.locator(".beside").first
    beside.locator("summary").first.click()
    beside.get_by_label("Utfall", exact=True).fill("3")
    beside.get_by_label("Utfall", exact=True).blur()
    expect(beside.locator("[data-saved]").first).to_contain_text("Sparat")

    # The police answer on a phone.
    polis = open_for(a_member(Role.EDITOR, city.district, city.police), NARROW)
    polis.goto("/mina-ataganden/")
    assert polis.evaluate("document.documentElement.scrollWidth") <= NARROW
    answer(polis, city.walks, "Vi gick med på alla tre.", "Genomförd", "Ja")
    answer(polis, city.group, "Vi har inte kallats.", "Inget behov uppstod", "Inget behov")
    expect(polis.locator("[data-answered]")).to_have_text("2")
    assert faults_of(polis) == []

    # The partner has no log-in: a link is sent, and answered without one.
    samordnare.get_by_role("link", name="Skicka en svarslänk").click()
    samordnare.get_by_label("Part").select_option(label="Bostadsbolaget")
    samordnare.get_by_label("E-postadress").fill("trygghet@bostadsbolaget.example")
    samordnare.get_by_role("button", name=re.compile("Skicka")).click()
    expect(samordnare.get_by_text("trygghet@bostadsbolaget.example").first).to_be_visible()
    letter = next(m for m in mail.outbox if m.to == ["trygghet@bostadsbolaget.example"])
    path = re.search(r"/svara/\S+", str(letter.body))
    assert path
    partner = open_for(None)
    partner.goto(path[0])
    expect(partner.get_by_role("heading", name="Styrgruppen")).to_have_count(0)  # not theirs
    answer(partner, city.walks, "Vi lagade belysningen efteråt.", "Genomförd", "Ja")
    assert faults_of(partner) == []

    # The second police district fills in a file, saves it in LibreOffice, and it is read in.
    samordnare.goto(f"/tallbacken/plan/{city.plan.pk}/uppfoljning/{round_.pk}/")
    samordnare.get_by_role("link", name="Svara utan inloggning").click()
    with samordnare.expect_download() as download:
        samordnare.get_by_role("button", name="Hämta filen för Polisen Granbacken").click()
    content = filled(
        download.value.path().read_bytes(),
        {"Trygghetsvandring": {"text": "Vi gick med på en.", "state": "Delvis genomförd"}},
    )
    back = tmp_path / "ifylld.xlsx"
    back.write_bytes(convert(content, "xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path))
    samordnare.get_by_role("link", name="Läs in en ifylld fil från Polisen Granbacken").click()
    samordnare.locator("input[type=file]").set_input_files(back)
    samordnare.get_by_role("button", name=re.compile("^Läs")).first.click()
    expect(samordnare.get_by_text("Vi gick med på en.")).to_be_visible()
    assert not FollowUp.objects.filter(party=city.other_police).exists()  # looked at first
    samordnare.get_by_role("button", name="som svar från Polisen Granbacken").click()
    expect(samordnare.get_by_text("Vi gick med på en.").first).to_be_attached()

    assert said(city.police, city.walks).text == "Vi gick med på alla tre."
    assert said(city.partner, city.walks).written_through is not None
    assert said(city.other_police, city.walks).state == "delvis_genomford"
    assert not FollowUp.objects.filter(is_draft=True).exists()

    # The chef sees how it goes; the samordnare closes.
    chef = open_for(a_member(Role.MANAGER, city.district, city.sdf))
    chef.goto(f"/tallbacken/{THIS_YEAR}/laget/")
    expect(chef.get_by_text(re.compile("1 av 2 åtgärder går"))).to_be_visible()
    samordnare.goto(f"/tallbacken/plan/{city.plan.pk}/uppfoljning/{round_.pk}/")
    samordnare.get_by_role("link", name="Stäng uppföljningen").click()
    samordnare.get_by_role("button", name="Stäng uppföljningen").click()
    expect(samordnare.get_by_text("Svaren är frysta som de står.")).to_be_visible()
    assert round_.snapshots.count() == 1
    polis.goto("/mina-ataganden/")
    expect(polis.get_by_text("Ingen uppföljning är öppen just nu.")).to_be_visible()

    # Next year's plan comes of it.
    samordnare.goto(f"/tallbacken/plan/{city.plan.pk}/rulla-vidare/")
    expect(
        samordnare.get_by_text(f"Genomförd, Verksamhetsberättelse {THIS_YEAR}").first
    ).to_be_attached()
    for one in samordnare.locator("select[name^=rad-], .carry-choice select").all():
        one.select_option("fortsatt")
    samordnare.get_by_role("button", name="Skapa nästa plan").last.click()
    expect(samordnare.get_by_text(re.compile("skapad|utkast")).first).to_be_visible()
    after = Plan.objects.get(period__start=date(THIS_YEAR + 1, 1, 1))
    assert after.state == PlanState.DRAFT
    before = {city.walks.uuid, city.group.uuid}
    assert set(after.areas.values_list("actions__predecessor", flat=True)) == before
