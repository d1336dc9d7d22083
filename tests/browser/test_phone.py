"""On a phone: what is there is seen without being looked for sideways, and large enough to read."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from plans.models import Plan
from plans.vocabulary import Layout, PlanState
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import NARROW, log_in, unfold
from tests.factories import a_member, a_plan
from tests.formats.samples import full
from tests.plans.storing import stored

SUMMARY = "/tallbacken/2025/sammanstallning/"
SMALLEST = 12  # pixels
FINGER = 44
FADE = 16  # at each end of the row of tabs

SIZES_IN_CHARTS = """all => all.map(text =>
    text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"""
SCROLL_SIDEWAYS = """() => [...document.querySelectorAll("body :not(.tabs, .tabs *)")]
    .filter(one => /auto|scroll/.test(getComputedStyle(one).overflowX))
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def phone(page) -> Page:
    page.set_viewport_size({"width": NARROW, "height": 740})
    return page


@pytest.fixture(params=Layout)
def reader(request, live_server, phone):
    user = a_member(Role.COORDINATOR, stored(full(request.param)).district)
    log_in(phone.context, live_server.url, user)
    return user


def test_the_text_of_the_charts_can_be_read(reader, phone):
    phone.goto(SUMMARY)
    sizes = phone.eval_on_selector_all(".chart text", SIZES_IN_CHARTS)
    assert sizes
    assert min(sizes) >= SMALLEST


def test_nothing_of_sammanstallningen_is_to_the_side(reader, phone):
    phone.goto(SUMMARY)
    expect(phone.get_by_role("heading", name="Sammanställning")).to_be_visible()
    assert phone.evaluate(SCROLL_SIDEWAYS) == []
    ends = phone.eval_on_selector_all(
        ".chart text", "all => all.map(text => text.getBoundingClientRect().right)"
    )
    assert max(ends) <= NARROW


@pytest.mark.parametrize("where", ["lagesbilder", "2025/sammanstallning", "handelser"])
def test_the_tabs_stand_in_one_row_and_mine_is_in_view(reader, phone, where):
    phone.goto(f"/tallbacken/{where}/")
    boxes = [tab.bounding_box() for tab in phone.locator(".tabs a").all()]
    assert len({box["y"] for box in boxes}) == 1
    assert min(box["height"] for box in boxes) >= FINGER
    assert boxes[-1]["x"] + boxes[-1]["width"] - boxes[0]["x"] > NARROW  # more than fit
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW
    mine = phone.locator(".tabs [aria-current]").bounding_box()
    assert mine["x"] >= FADE
    assert mine["x"] + mine["width"] <= NARROW - FADE


def test_a_tab_that_i_reach_with_the_keyboard_comes_into_view(reader, phone):
    phone.goto(SUMMARY)
    tabs = phone.locator(".tabs a")
    tabs.first.focus()
    for tab in tabs.all():
        expect(tab).to_be_focused()
        expect(tab).to_be_in_viewport(ratio=0.99)
        phone.keyboard.press("Tab")


def test_what_waits_for_me_comes_first(live_server, phone):
    plan = a_plan(state=PlanState.DRAFT)
    log_in(phone.context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    phone.goto("/")
    first, second = phone.locator("main h2").all()
    expect(first).to_contain_text("Väntar på mig")
    expect(second).to_contain_text("Mina områden")
    above, below = first.bounding_box(), second.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]


BROKEN_DATES = r"""() => {
    const broken = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        for (const found of texts.currentNode.data.matchAll(/\d{4}-\d\d-\d\d/g)) {
            const range = new Range();
            range.setStart(texts.currentNode, found.index);
            range.setEnd(texts.currentNode, found.index + found[0].length);
            const lines = new Set([...range.getClientRects()].map(box => box.top));
            if (lines.size > 1) broken.push(texts.currentNode.parentElement.outerHTML);
        }
    }
    return broken;
}"""


def test_no_date_is_broken_over_two_lines(reader, phone):
    long = Plan.objects.get()
    a_plan(long.district, start=date(2025, 7, 1), end=date(2025, 9, 30))
    for address in (f"/tallbacken/2025/atgardsplan/?period={long.period_id}", "/tallbacken/", "/"):
        phone.goto(address)
        unfold(phone)
        for width in range(300, 400, 8):  # somewhere a line would end in the midst of a date
            phone.set_viewport_size({"width": width, "height": 740})
            assert phone.evaluate(BROKEN_DATES) == [], (address, width)
