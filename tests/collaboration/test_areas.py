"""A status report is gone through area by area, beside last year's: a key for what is as it was."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from lagesbild.document import Envelope, SectionDoc
from lagesbild.models import Report
from lagesbild.progress import progress_of
from lagesbild.services.creation import create_report
from lagesbild.services.loading import to_document
from lagesbild.vocabulary import ReportKind
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.factories import a_member
from tests.lagesbild import samples
from tests.lagesbild.storing import stored

Opened = Callable[..., Page]


@pytest.fixture
def last(transactional_db: None) -> Report:
    return stored(Envelope(samples.status(), images=samples.IMAGES))


@pytest.fixture
def samordnare(last: Report) -> User:
    return a_member(Role.COORDINATOR, last.district)


@pytest.fixture
def report(last: Report, samordnare: User) -> Report:
    return create_report(
        actor=samordnare,
        district=last.district,
        kind=ReportKind.STATUS,
        year=2023,
        catalogue=last.catalogue,
        before=last,
    )


@pytest.fixture
def opened(browser: Browser, live_server, report: Report, samordnare: User) -> Iterator[Opened]:
    contexts = []
    complaints: list[str] = []

    def open_it(**options) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="sv-SE", **options)
        contexts.append(context)
        log_in(context, live_server.url, samordnare)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/{report.district.slug}/{report.year}/statusrapport/skriv/")
        if options.get("java_script_enabled", True):
            page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert not complaints


def areas(report: Report) -> list[SectionDoc]:
    return list(progress_of(to_document(Report.objects.get(pk=report.pk))).areas)


def left(report: Report) -> list[SectionDoc]:
    return progress_of(to_document(Report.objects.get(pk=report.pk))).left


def test_one_key_says_that_an_area_is_as_it_was_and_goes_to_the_next_that_is_left(
    report: Report, opened: Opened
) -> None:
    page, waiting = opened(), left(report)
    total = len(areas(report))
    page.locator(f"#f-{waiting[0].uuid}-heading").focus()
    for place, area in enumerate(waiting):
        page.keyboard.press("F8")
        expect(page.locator(f"#rad-{area.uuid} .entry-deviation select")).to_have_value(
            "oforandrat"
        )
        if place + 1 < len(waiting):
            following = page.locator(f"#rad-{waiting[place + 1].uuid} .new-deviation button").first
            expect(following).to_be_focused()
    expect(page.locator("#klara")).to_have_text(re.compile(rf"{total} av {total} områden klara"))
    assert left(report) == []
    page.keyboard.press("Control+z")
    expect(page.locator("#klara")).to_contain_text(f"{total - 1} av {total} områden klara")
    assert [area.uuid for area in left(report)] == [waiting[-1].uuid]


def test_what_is_being_typed_is_saved_before_the_key_goes_on(
    report: Report, opened: Opened
) -> None:
    page, area = opened(), left(report)[0]
    page.locator(f"#f-{area.uuid}-heading").fill("Ett annat namn")
    page.keyboard.press("F8")
    expect(page.locator("#sparat")).to_contain_text("Ett annat namn: ej förändrat")
    assert report.all_sections.get(uuid=area.uuid).heading == "Ett annat namn"


def test_better_or_worse_opens_a_line_to_say_how(report: Report, opened: Opened) -> None:
    page, area = opened(), left(report)[0]
    here = page.locator(f"#rad-{area.uuid}")
    here.get_by_role("button", name="Försämring").click()
    said = here.get_by_label("Hur det märks")
    expect(said).to_be_focused()
    page.keyboard.type("Fler cyklar försvinner.")
    page.keyboard.press("Tab")
    expect(here.locator('[data-status="saved"] textarea')).to_have_value("Fler cyklar försvinner.")
    section = report.all_sections.get(uuid=area.uuid)
    assert section.deviations.get().text == "Fler cyklar försvinner."


def test_last_years_stands_to_the_right_and_on_a_phone_folded_above(
    report: Report, opened: Opened
) -> None:
    area = next(area for area in areas(report) if area.slug == "otrygga")
    for width, is_beside in ((1280, True), (360, False)):
        page = opened(viewport={"width": width, "height": 800})
        before = page.locator(f"#rad-{area.uuid} > .before")
        written = page.locator(f"#rad-{area.uuid} .new-deviation")
        words = before.get_by_text("Fler säger att torget är tryggt på kvällen.")
        boxes = before.bounding_box(), written.bounding_box()
        assert boxes[0]
        assert boxes[1]
        if is_beside:
            expect(words).to_be_visible()
            assert boxes[0]["x"] > boxes[1]["x"] + boxes[1]["width"]
        else:
            expect(words).to_be_hidden()
            assert boxes[0]["y"] < boxes[1]["y"]
            before.locator("summary").first.click()
            expect(words).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_a_button_does_the_same(report: Report, opened: Opened) -> None:
    page, waiting = opened(java_script_enabled=False), left(report)
    here = page.locator(f"#rad-{waiting[0].uuid}")
    here.get_by_role("button", name="Ej förändrat", exact=True).click()
    assert page.url.endswith(f"#rad-{waiting[1].uuid}")
    assert [area.uuid for area in left(report)] == [area.uuid for area in waiting[1:]]
    expect(page.locator("#klara")).to_contain_text("områden klara")


@pytest.mark.once
def test_nothing_beside_what_is_written_shuts_anybody_out(opened: Opened) -> None:
    for options in ({}, {"viewport": {"width": 360, "height": 800}}):
        found = Axe().run(opened(**options)).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
