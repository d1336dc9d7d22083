"""What hands do with a page: keyboard alone, a press elsewhere, no script, light and dark."""

import re

import pytest
from playwright.sync_api import Page, expect

from plans.models import Plan
from plans.vocabulary import Layout, PlanState
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.factories import a_member, a_plan
from tests.formats.samples import full
from tests.plans.storing import stored

PLAN = "/tallbacken/2025/atgardsplan/"


@pytest.fixture
def reader(live_server, page):
    """Who has two districts, Tallbacken with a plan and Utkanten with one of another year."""
    plan = stored(full(Layout.CAUSES))
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    user = a_member(Role.COORDINATOR, plan.district)
    elsewhere = a_plan(year=2023, state=PlanState.DECIDED)
    elsewhere.district.name = "Utkanten"
    elsewhere.district.save()
    a_member(Role.READER, elsewhere.district, user=user)
    log_in(page.context, live_server.url, user)
    return user


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_first_tab_skips_to_the_content(reader, page):
    page.goto(PLAN)
    press(page, "Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_menu_opens_and_closes_with_the_keyboard(reader, page):
    page.goto(PLAN)
    summary = page.locator(".menu summary").first
    summary.focus()
    press(page, "Enter")
    expect(page.get_by_role("link", name="Utkanten")).to_be_visible()
    press(page, "Tab")
    expect(page.get_by_role("link", name="Tallbacken", exact=True)).to_be_focused()
    press(page, "Escape")
    expect(page.get_by_role("link", name="Utkanten")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_menu_closes_when_one_leaves_it(reader, page):
    page.goto(PLAN)
    district, year = page.locator(".place .menu").all()
    district.locator("summary").click()
    year.locator("summary").click()
    expect(district).not_to_have_attribute("open", "")
    page.mouse.click(1200, 600)
    expect(year).not_to_have_attribute("open", "")


def test_another_district_keeps_the_page_and_finds_the_nearest_year(reader, page):
    page.goto("/tallbacken/2025/sammanstallning/")
    page.locator(".place summary").first.click()
    page.get_by_role("link", name="Utkanten").click()
    expect(page).to_have_url(re.compile(r"/2023/sammanstallning/$"))


def test_the_filter_answers_while_one_writes(reader, page):
    page.goto(PLAN)
    page.get_by_label("Ord i planen").press_sequentially("torgvärdar", delay=20)
    expect(page.get_by_role("status")).to_contain_text("Visar 1 av 4 åtgärder")
    expect(page).to_have_url(re.compile(r"\?q=torgv%C3%A4rdar$"))
    expect(page.get_by_label("Ord i planen")).to_be_focused()
    expect(page.locator("main")).not_to_contain_text("Närvaroteam")
    page.get_by_role("link", name="Rensa filter").click()
    expect(page.locator("main")).to_contain_text("Närvaroteam")
    expect(page.get_by_label("Ord i planen")).to_be_focused()


def test_the_filter_works_without_a_script(reader, page, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    log_in(context, live_server.url, reader)
    bare = context.new_page()
    bare.goto(PLAN)
    bare.get_by_role("search").get_by_label("Status").select_option("Genomförd")
    bare.get_by_role("button", name="Visa", exact=True).click()
    expect(bare.get_by_role("status")).to_contain_text("Visar 1 av 4 åtgärder")
    bare.get_by_label("Ord i planen").fill("finns inte")
    bare.get_by_label("Ord i planen").press("Enter")
    expect(bare.locator("main")).to_contain_text("Inga åtgärder i planen stämmer med urvalet.")
    context.close()


def test_the_look_that_is_chosen_stays(reader, page):
    page.goto(PLAN)
    page.locator(".user summary").click()
    page.get_by_role("button", name="Mörkt").click()
    expect(page).to_have_url(re.compile(f"{PLAN}$"))
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 24, 27)"
    page.locator(".user summary").click()
    page.get_by_role("button", name="Som datorn").click()
    expect(page.locator("html")).not_to_have_attribute("data-bs-theme", "dark")


def test_who_logs_out_is_out(reader, page):
    page.goto(PLAN)
    page.locator(".user summary").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Du är utloggad.")
    page.goto(PLAN)
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
