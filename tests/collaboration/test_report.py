"""A report is written at the same desk as a plan: saved as one leaves a field, by two at once."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lagesbild.models import Block, Report
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.browser.axe import faults_of
from tests.browser.walk import log_in
from tests.factories import a_member
from tests.lagesbild.demonstration import PICTURE, envelope
from tests.lagesbild.storing import stored

SAVED = re.compile(r"Sparat \d\d\.\d\d")
Opened = Callable[[User], Page]


@pytest.fixture
def report(transactional_db: None) -> Report:
    return stored(envelope(PICTURE))


@pytest.fixture
def opened(browser: Browser, live_server, report: Report) -> Iterator[Opened]:
    pages: list[Page] = []
    complaints: list[str] = []

    def open_for(user: User) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="sv-SE")
        log_in(context, live_server.url, user)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/{report.district.slug}/{report.year}/lagesbild/skriv/")
        page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
        pages.append(page)
        return page

    yield open_for
    for page in pages:
        page.context.close()
    assert not complaints


@pytest.fixture
def samordnare(report: Report) -> User:
    return a_member(Role.COORDINATOR, report.district)


def a_chart(report: Report) -> Block:
    return Block.objects.filter(section__report=report, form="staplar").exclude(table=None)[0]


def test_a_drawing_follows_its_numbers_on_every_screen(
    report: Report, samordnare: User, opened: Opened
) -> None:
    figure = a_chart(report)
    mine, theirs = opened(samordnare), opened(a_member(Role.COORDINATOR, report.district))
    numbers = mine.locator(f"#f-{figure.uuid}-table")
    mine.locator(f"#rad-{figure.uuid} summary").click()
    numbers.fill("År\tSkjutningar\n2021\t12\n2022\t4711\n")
    numbers.press("Tab")
    expect(mine.locator("#sparat")).to_have_text(SAVED)
    for page in (mine, theirs):
        drawing = page.locator(f"#bild-{figure.uuid} svg").first
        expect(drawing).to_contain_text("4 711")
    figure.refresh_from_db()
    assert figure.table
    assert figure.table["labels"] == ["2021", "2022"]


def test_numbers_that_cannot_be_read_are_refused_and_stay_where_they_were_typed(
    report: Report, samordnare: User, opened: Opened
) -> None:
    figure, page = a_chart(report), opened(samordnare)
    numbers = page.locator(f"#f-{figure.uuid}-table")
    page.locator(f"#rad-{figure.uuid} summary").click()
    numbers.fill("År\tSkjutningar\n2021\tmånga\n")
    numbers.press("Tab")
    expect(page.locator("#sparat")).to_contain_text("många")
    expect(numbers).to_have_value("År\tSkjutningar\n2021\tmånga\n")


def test_numbers_are_pasted_looked_at_and_taken_in_without_a_script(
    browser: Browser, live_server, report: Report, samordnare: User
) -> None:
    figure = a_chart(report)
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", java_script_enabled=False
    )
    log_in(context, live_server.url, samordnare)
    page = context.new_page()
    page.goto(f"/{report.district.slug}/{report.year}/lagesbild/skriv/")
    page.locator(f"#rad-{figure.uuid}").get_by_role("link", name="Klistra in siffror").click()
    page.get_by_label("Siffror").fill("\t2020\t2021\nTensta\t1 204\t987\nRinkeby\t..\t1 044\n")
    page.get_by_role("button", name="Visa vad det blir").click()
    expect(page.get_by_role("table")).to_contain_text("1 204")
    page.get_by_role("button", name="Använd siffrorna").click()
    expect(page.locator(f"#rad-{figure.uuid}")).to_be_visible()
    figure.refresh_from_db()
    assert figure.table
    assert figure.table["labels"] == ["2020", "2021"]
    assert [one["values"] for one in figure.table["series"]] == [["1204", "987"], [None, "1044"]]
    context.close()


def test_a_new_piece_section_and_figure_stand_where_they_were_written(
    report: Report, samordnare: User, opened: Opened
) -> None:
    page, section = opened(samordnare), report.all_sections.get(heading="Inledning")
    here = page.locator(f"#rad-{section.uuid}")
    new = here.locator(".new-block textarea").last
    new.fill("Ett nytt stycke.")
    new.press("Enter")
    expect(here.locator(".entry-block")).to_have_count(2)
    here.locator(".new-thing > summary").click()
    here.get_by_label("Figurtext").last.fill("Anmälda inbrott")
    here.locator(".new-figure button").click()
    expect(here.locator(".entry-figure")).to_have_count(1)
    assert section.blocks.last().caption == "Anmälda inbrott"
    page.get_by_role("button", name="Ångra").click()
    expect(here.locator(".entry-figure")).to_have_count(0)


def test_nothing_in_the_page_where_a_report_is_written_shuts_anybody_out(
    report: Report, samordnare: User, opened: Opened
) -> None:
    assert faults_of(opened(samordnare)) == []
