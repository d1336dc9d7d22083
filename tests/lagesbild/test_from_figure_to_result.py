"""The whole chain in real Chromium: from a figure to a priority to an action to its follow-up to next
year's result, and every link of it back again."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from plans.models import Action, Plan
from tests.browser.test_pages import faults_of
from tests.browser.walk import NARROW, WIDE, log_in
from tests.factories import a_decision, a_round, settle
from tests.lagesbild.tied import WORDS, YEAR, Tied

SAVED = re.compile(r"Sparat \d\d\.\d\d")
DONE = "Sexton kvällar med vuxna på torget, och ingen avbokad."


@pytest.fixture
def tied(transactional_db: None) -> Tied:
    tied = Tied()
    tied.section.priorities.update(figure=None)
    return tied


@pytest.fixture
def page(browser: Browser, live_server, tied: Tied) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", viewport={"width": WIDE, "height": 900}
    )
    log_in(context, live_server.url, tied.samordnare)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


def write_page(page: Page, tied: Tied, year: int) -> None:
    page.goto(f"/{tied.district.slug}/{year}/lagesbild/skriv/")
    page.wait_for_function("document.documentElement.dataset.ready === 'ja'")


def test_from_a_figure_to_next_years_result_and_back(page: Page, tied: Tied, live_server) -> None:
    # In the lägesbild the priority is told which figure shows why.
    write_page(page, tied, YEAR)
    row = page.locator(f"#rad-{tied.priority.uuid}")
    row.get_by_label("Figur som visar varför").select_option(
        label="Figur\u00a02. Anmälda rån på torget"
    )
    expect(page.locator("#sparat")).to_have_text(SAVED)

    # On its page the figure is one click away, and so is the action in next year's plan.
    page.get_by_role("link", name="Läs lägesbilden").click()
    priority = page.locator(f"#prioritering-{tied.priority.uuid}")
    priority.get_by_role("link", name="figur 2").click()
    expect(page.locator("#figur-2")).to_be_in_viewport()
    priority.get_by_role("button", name=f"Gör till åtgärd i planen för {YEAR + 1}").click()
    said = page.get_by_role("status").filter(has_text="Prioriteringen är nu en åtgärd")
    said.get_by_role("link", name="Skriv vidare i planen").click()
    action = Action.objects.get()
    here = page.locator(f"#rad-{action.uuid}")
    expect(here).to_be_in_viewport()
    expect(here.get_by_label("Åtgärd", exact=True)).to_have_value(WORDS)
    expect(here).to_contain_text("figur 2")
    name = here.get_by_label("Namn")
    name.fill("Vuxna på torget")
    name.blur()
    expect(page.locator("#sparat")).to_have_text(SAVED)

    # The plan is decided, and its follow-up answered.
    action.commitments.create(party=tied.sdf, text="Bemannar torget.")
    plan = Plan.objects.get(pk=tied.plan.pk)
    a_decision(settle(plan))
    round_ = a_round(plan)
    page.goto(f"/{tied.district.slug}/plan/{plan.pk}/uppfoljning/{round_.pk}/")
    card = page.locator("[data-card]").filter(
        has=page.get_by_role("heading", name="Vuxna på torget")
    )
    card.first.get_by_label("Vad har gjorts?").fill(DONE)
    card.first.get_by_role("radio", name="Enligt plan", exact=True).check()
    expect(card.first.locator("[data-saved]").first).to_contain_text("Sparat")

    # What became of the priority is told where it stands.
    page.goto(f"/{tied.district.slug}/{YEAR}/lagesbild/")
    expect(priority).to_contain_text("Blev åtgärden Vuxna på torget")
    expect(priority).to_contain_text("Enligt plan")

    # Next year's lägesbild fetches the result.
    report = tied.a_report(year=YEAR + 1)
    section = report.all_sections.create(
        heading="Unga", form="omrade", area=tied.section.area, position=0
    )
    write_page(page, tied, YEAR + 1)
    page.locator(f"#rad-{section.uuid}").get_by_role("link", name="Hämta ur uppföljningen").click()
    page.get_by_label(DONE).check()
    page.get_by_role("button", name="Hämta det som är förkryssat").click()
    expect(page.get_by_text("1 resultat hämtade ur uppföljningen.")).to_be_visible()
    result = section.results.get()
    expect(page.locator(f"#f-{result.uuid}-text")).to_have_value(DONE)

    # And back: result, action, priority, figure.
    page.get_by_role("link", name="Läs lägesbilden").click()
    page.get_by_role("listitem").filter(has_text=DONE).get_by_role(
        "link", name="Ur uppföljningen"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vuxna på torget")
    expect(page.get_by_text(DONE)).to_be_visible()
    thread = page.url
    page.get_by_role("link", name=f"lägesbilden för {YEAR}").click()
    expect(priority).to_be_in_viewport()
    expect(priority).to_contain_text(WORDS)
    page.goto(thread)
    page.get_by_role("link", name="figur 2").click()
    expect(page.locator("#figur-2")).to_be_in_viewport()
    expect(page.locator("#figur-2")).to_contain_text("Anmälda rån på torget")


def test_without_a_script_the_same_buttons_work(browser: Browser, live_server, tied: Tied) -> None:
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", java_script_enabled=False
    )
    log_in(context, live_server.url, tied.samordnare)
    page = context.new_page()
    page.goto(f"/{tied.district.slug}/{YEAR}/lagesbild/skriv/")
    row = page.locator(f"#rad-{tied.priority.uuid}")
    row.get_by_role("button", name="Gör till problem").click()
    expect(row).to_contain_text("Blev problemet")
    row.get_by_label("Figur som visar varför").select_option(index=2)
    row.hover()
    row.get_by_role("button", name="Spara raden").click()
    tied.priority.refresh_from_db()
    assert tied.priority.figure == tied.figure.uuid
    context.close()


def test_the_figures_to_choose_among_follow_their_numbers(page: Page, tied: Tied) -> None:
    write_page(page, tied, YEAR)
    chosen = page.locator(f"#rad-{tied.priority.uuid}").get_by_label("Figur som visar varför")
    chosen.select_option(label="Figur\u00a02. Anmälda rån på torget")
    expect(page.locator("#sparat")).to_have_text(SAVED)
    page.locator(f"#f-{tied.figure.uuid}-caption").press("Alt+ArrowUp")
    expect(chosen.locator("option:checked")).to_have_text("Figur\u00a01. Anmälda rån på torget")
    expect(chosen).to_have_value(str(tied.figure.uuid))


@pytest.mark.once
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_its_pages_are_for_everybody(width: int, page: Page, tied: Tied, client) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    tied.take_up(client)
    tied.section.priorities.create(text="Något som ingen har tagit upp än.", position=2)
    plan = Plan.objects.get(pk=tied.plan.pk)
    later = tied.a_report(year=YEAR + 1)
    section = later.all_sections.create(
        heading="Unga", form="omrade", area=tied.section.area, position=0
    )
    a_decision(settle(plan))
    a_round(plan).follow_ups.create(action=Action.objects.get().uuid, text=DONE)
    action = Action.objects.get()
    for address in (
        reverse("report", args=[tied.district.slug, YEAR]),
        reverse("report-write", args=[tied.district.slug, YEAR]),
        reverse("report-results", args=[tied.district.slug, later.pk, section.uuid]),
        reverse("action-thread", args=[tied.district.slug, action.uuid]),
    ):
        page.goto(address)
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
