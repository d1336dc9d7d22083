"""A report is written at the same desk as a plan: saved as one leaves a field, by two at once."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lagesbild.editable import KINDS
from lagesbild.models import Block, Report
from lagesbild.presentation import ReportView
from lagesbild.services.loading import to_document
from samverkan.collaboration import commenting
from samverkan.collaboration.editing import write
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import Role
from tests.browser.axe import faults_of
from tests.browser.walk import log_in
from tests.factories import a_member, a_user
from tests.lagesbild.demonstration import PICTURE, envelope
from tests.lagesbild.storing import stored

SAVED = re.compile(r"Sparat \d\d\.\d\d")
SOON = 5000  # milliseconds: what one says, the other sees
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
    mine.locator(f"#rad-{figure.uuid}").get_by_text("Siffrorna bakom figuren").click()
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
    page.locator(f"#rad-{figure.uuid}").get_by_text("Siffrorna bakom figuren").click()
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
    here.get_by_text("Ny figur", exact=True).click()
    here.get_by_label("Figurtext").last.fill("Anmälda inbrott")
    here.locator(".new-figure button").click()
    expect(here.locator(".entry-figure")).to_have_count(1)
    assert section.blocks.last().caption == "Anmälda inbrott"
    page.get_by_role("button", name="Ångra").click()
    expect(here.locator(".entry-figure")).to_have_count(0)


def test_a_figure_is_moved_to_another_section_with_the_keyboard_and_every_number_follows(
    report: Report, samordnare: User, opened: Opened
) -> None:
    numbered = [one for one in ReportView(to_document(report)).figures if one.number]
    moved, after_it = numbered[0].doc.uuid, numbered[1].doc.uuid
    schools = report.all_sections.get(heading="Trygghet och resultat i skolan")
    mine, theirs = opened(samordnare), opened(a_member(Role.COORDINATOR, report.district))
    mine.locator(f"#f-{moved}-caption").focus()
    mine.keyboard.press("Control+Enter")
    place = mine.get_by_label("Flytta till")
    place.select_option(f"section:{schools.uuid}")
    place.press("Tab")
    mine.keyboard.press("Enter")
    expect(mine.locator("#sparat")).to_contain_text("Flyttat")
    for page in (mine, theirs):
        here = page.locator(f"[data-under='section:{schools.uuid}'] > #rad-{moved}")
        expect(here).to_be_visible(timeout=SOON)
        expect(page.locator(f"#nummer-{after_it}")).to_have_text("Figur 1.")
        expect(page.locator(f"#nummer-{moved}")).not_to_have_text("Figur 1.")
    mine.get_by_role("button", name="Ångra").click()
    expect(theirs.locator(f"#nummer-{moved}")).to_have_text("Figur 1.", timeout=SOON)


def test_a_section_that_is_moved_stands_in_the_contents_at_its_new_level(
    report: Report, samordnare: User, opened: Opened
) -> None:
    moved = report.all_sections.get(heading="Syfte")
    above = report.all_sections.get(heading="Öppna drogscener")
    page = opened(samordnare)
    own = page.locator(f"#rad-{moved.uuid}")
    page.locator(f"#f-{moved.uuid}-heading").press("Control+Enter")
    own.get_by_label("Flytta till").select_option(f"section:{above.uuid}")
    own.get_by_role("button", name="Flytta", exact=True).click()
    expect(page.locator(f"#rad-{above.uuid} #rad-{moved.uuid}")).to_be_visible()
    contents = page.locator(".contents-side li")
    expect(contents.filter(has_text="Syfte")).to_have_class("level-3")
    expect(contents.filter(has_text="Öppna drogscener")).to_have_class("level-2")
    expect(contents.last).to_have_text("Källor")
    # There is room for nothing more under it.
    expect(own.get_by_label("Nytt underavsnitt")).to_be_hidden()
    # And what it stands in has three levels: it can be put in nothing else.
    page.locator(f"#f-{above.parent.uuid}-heading").press("Control+Enter")
    outer = page.locator(f"#rad-{above.parent.uuid} > .row-all")
    expect(outer).to_be_visible()
    expect(outer.get_by_label("Flytta till")).to_have_count(0)


@pytest.mark.once
def test_where_a_row_is_to_go_is_chosen_on_a_phone_too(
    report: Report, samordnare: User, browser: Browser, live_server
) -> None:
    long = "Ett avsnitt med en rubrik som är mycket längre än den minsta skärmen är bred någonsin"
    report.all_sections.filter(heading="Syfte").update(heading=long)
    section = report.all_sections.get(heading="Öppna drogscener")
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", viewport={"width": 360, "height": 800}
    )
    log_in(context, live_server.url, samordnare)
    page = context.new_page()
    page.goto(f"/{report.district.slug}/{report.year}/lagesbild/skriv/")
    page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
    page.locator(f"#f-{section.uuid}-heading").press("Control+Enter")
    expect(page.get_by_label("Flytta till")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults_of(page) == []
    page.goto(f"/{report.district.slug}/rapport/{report.pk}/rad/section/{section.uuid}/")
    expect(page.get_by_label("Flytta till")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults_of(page) == []
    context.close()


@pytest.mark.once
def test_nothing_in_the_page_where_a_report_is_written_shuts_anybody_out(
    report: Report, samordnare: User, opened: Opened
) -> None:
    assert faults_of(opened(samordnare)) == []


# Beside the report ------------------------------------------------------------------------------------


def test_what_one_says_of_a_figure_the_other_sees_and_settles(
    report: Report, samordnare: User, opened: Opened
) -> None:
    figure = a_chart(report)
    police = Party.objects.get(district=report.district, kind="polis")
    polly = a_member(Role.EDITOR, report.district, police, user=a_user("Polly Strand"))
    mine, theirs = opened(samordnare), opened(polly)
    mine.locator(f"#f-{figure.uuid}-caption").focus()
    mine.keyboard.press("Shift+F2")
    expect(mine.locator("#kommentar-ny")).to_be_focused()
    mine.keyboard.type("Stämmer siffrorna? @pol")
    expect(mine.locator("#namn [aria-selected=true]")).to_contain_text("Polly Strand")
    mine.keyboard.press("Enter")
    mine.get_by_role("button", name="Kommentera", exact=True).click()
    expect(mine.locator("#sparat")).to_have_text("Kommentaren är sparad")
    mark = theirs.locator(f".row-talk[data-row='{figure.uuid}']")
    expect(mark).to_have_text("1 öppen kommentar", timeout=SOON)
    theirs.locator(f"#f-{figure.uuid}-caption").locator("..").locator(".cell-talk").click()
    expect(theirs.locator("#panel")).to_contain_text("Stämmer siffrorna? @Polly Strand")
    theirs.locator("#panel").get_by_role("button", name="Klar").click()
    for_me = mine.locator(f".row-talk[data-row='{figure.uuid}']")
    expect(for_me).to_have_attribute("data-open", "", timeout=SOON)
    comment = report.comments.get()
    assert comment.resolved_by == polly
    assert list(comment.mentions.all()) == [polly]


def test_a_brist_leads_to_its_field_and_goes_when_it_is_mended(
    report: Report, samordnare: User, opened: Opened
) -> None:
    figure = a_chart(report)
    Block.objects.filter(pk=figure.pk).update(source="")
    page = opened(samordnare)
    page.get_by_role("link", name="Brister").filter(visible=True).first.click()
    remark = page.locator("#panel").get_by_role("link").filter(has_text=figure.caption[:30])
    remark.click()
    source = page.locator(f"#f-{figure.uuid}-source")
    expect(source).to_be_focused()
    source.fill("Polisen, ring 070-174 06 05")
    expect(source.locator("..").locator(".personal")).to_contain_text("telefonnummer")
    source.fill("Polisen")
    source.press("Tab")
    expect(remark).to_have_count(0, timeout=2 * SOON)


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_what_stands_beside_a_report_is_for_everybody(
    report: Report, samordnare: User, browser: Browser, live_server, width: int, scheme: Any
) -> None:
    figure = a_chart(report)
    Block.objects.filter(pk=figure.pk).update(source="")
    said: dict[str, Any] = {"work": report, "kind": KINDS["block"], "row": figure.uuid}
    commenting.say(actor=samordnare, text="Stämmer siffrorna?", field="caption", **said)
    section = report.all_sections.all()[0]
    write(
        actor=samordnare,
        work=report,
        kind=KINDS["section"],
        row=section.uuid,
        typed={"heading": "Ett annat namn"},
        seen=report.version,
    )
    context = browser.new_context(
        base_url=live_server.url,
        locale="sv-SE",
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    log_in(context, live_server.url, samordnare)
    page = context.new_page()
    faults: list[str] = []

    def look(what: str) -> None:
        faults.extend(f"{what}: {fault}" for fault in faults_of(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{what} is {wide} pixels wide"

    page.goto(f"/{report.district.slug}/{report.year}/lagesbild/skriv/")
    page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
    for name in ("Kommentarer", "Brister"):
        page.get_by_role("link", name=name).filter(visible=True).first.click()
        expect(page.locator("#panel-rubrik")).to_have_text(name)
        look(name)
        page.keyboard.press("Escape")
    here = f"/{report.district.slug}/rapport/{report.pk}/"
    beside = ["kommentarer/", "brister/", f"rad/block/{figure.uuid}/kommentarer/", "historik/"]
    for path in [*beside, f"historik/section/{section.uuid}/"]:
        page.goto(here + path)
        look(path)
    page.goto(f"/{report.district.slug}/lagesbilder/skillnader/?till={report.pk}&sedan=1")
    look("skillnader")
    context.close()
    assert not faults, "\n".join(faults)
