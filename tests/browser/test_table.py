"""The table in a real browser: pressed, typed in, and on a phone."""

import pytest
from playwright.sync_api import expect

from samverkan.organisation.vocabulary import Role
from tests.browser.walk import NARROW, log_in
from tests.factories import a_member, a_plan, administration_of, an_action


@pytest.fixture
def table(live_server, page):
    plan = a_plan()
    for name in ("Belysning", "Åka runt", "Ordningsvakter"):
        an_action(plan, administration_of(plan.district), name=name)
    log_in(page.context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    page.goto(f"/{plan.district.slug}/{plan.year}/tabell/")
    return page


def names(page):
    return page.locator("tbody th a:first-child")


def test_a_heading_sorts_with_the_keyboard_and_keeps_its_focus(table):
    heading = table.get_by_role("button", name="Åtgärd")
    heading.focus()
    table.keyboard.press("Enter")
    expect(names(table)).to_have_text(["Belysning", "Ordningsvakter", "Åka runt"])
    expect(heading).to_be_focused()
    table.keyboard.press("Enter")
    expect(names(table)).to_have_text(["Åka runt", "Ordningsvakter", "Belysning"])
    expect(table.locator("th[aria-sort=descending]")).to_contain_text("Åtgärd")
    assert table.url.endswith("/tabell/?sortera=-namn")


def test_a_filter_and_an_order_go_together(table):
    table.get_by_role("button", name="Åtgärd").click()
    expect(table.locator("th[aria-sort]")).to_contain_text("Åtgärd")
    table.get_by_label("Ord i planen").press_sequentially("runt")
    expect(names(table)).to_have_text(["Åka runt"])
    table.get_by_role("button", name="Rensa filter").click()
    expect(names(table)).to_have_text(["Belysning", "Ordningsvakter", "Åka runt"])


def test_a_column_is_put_away_while_the_menu_stays_open(table):
    table.locator("summary", has_text="Kolumner").click()
    box = table.get_by_label("Område", exact=True)
    box.uncheck()
    expect(table.get_by_role("columnheader", name="Område")).to_have_count(0)
    expect(box).to_be_visible()
    table.reload()
    expect(table.get_by_role("columnheader", name="Område")).to_have_count(0)


def test_on_a_phone_there_is_a_list_to_sort_by(table):
    table.set_viewport_size({"width": NARROW, "height": 740})
    table.get_by_label("Sortera efter").select_option("Åtgärd")
    expect(names(table)).to_have_text(["Belysning", "Ordningsvakter", "Åka runt"])
    table.get_by_role("button", name="Vänd ordningen").click()
    expect(names(table)).to_have_text(["Åka runt", "Ordningsvakter", "Belysning"])
    assert table.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_who_clears_the_filter_comes_to_where_one_looks_for_something_else(table):
    words = table.get_by_label("Ord i planen")
    table.get_by_role("button", name="Åtgärd").click()
    expect(table.locator("th[aria-sort]")).to_contain_text("Åtgärd")
    words.press_sequentially("runt")
    expect(names(table)).to_have_text(["Åka runt"])
    table.get_by_role("button", name="Rensa filter").focus()
    table.keyboard.press("Enter")
    expect(names(table)).to_have_text(["Belysning", "Ordningsvakter", "Åka runt"])
    expect(words).to_have_value("")
    expect(words).to_be_focused()
    table.keyboard.type("belys")
    expect(names(table)).to_have_text(["Belysning"])
