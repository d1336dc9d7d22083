"""Some of the plan where it is written: nothing is lost from sight that somebody is writing in."""

import pytest
from playwright.sync_api import expect

from plans.models import Action, Problem
from samverkan.organisation.vocabulary import Role
from tests.collaboration.conftest import address
from tests.factories import a_member

pytestmark = pytest.mark.once
SOON = 3000  # milliseconds: what one does, the other sees


@pytest.fixture
def elsewhere(chain, plan) -> Action:
    """An action in another area, under a problem of its own."""
    area = plan.areas.get(position=1)
    problem = Problem.objects.create(area=area, text="Buskörning")
    return Action.objects.create(area=area, problem=problem, description="Farthinder")


@pytest.fixture
def anna(elsewhere, plan, writer):
    return writer(a_member(Role.COORDINATOR, plan.district))


def row(somebody, doc):
    return somebody.page.locator(f"#rad-{doc.uuid}")


def look_for(somebody, words: str, left: int):
    somebody.page.get_by_label("Ord i planen").fill(words)
    expect(somebody.page.locator("#filter-result")).to_contain_text(f"Visar {left} av 3 åtgärder")


def test_what_matches_is_seen_with_what_it_hangs_on_and_the_rest_is_told_of(anna, chain, elsewhere):
    look_for(anna, "nattvandring", 1)
    for seen in (chain.problem, chain.cause, chain.action):
        expect(row(anna, seen)).to_be_visible()
    for hidden in (chain.other, elsewhere, elsewhere.problem):
        expect(row(anna, hidden)).to_be_hidden()
    area = anna.page.locator(".entry-area").nth(1)
    expect(area.locator(".hidden-line")).to_contain_text("Otrygga platser 1 åtgärd visas inte.")
    expect(anna.cell(elsewhere.area, "title")).to_be_hidden()
    area.get_by_role("button", name="Visa alla").click()
    expect(row(anna, elsewhere)).to_be_visible()
    expect(anna.page.get_by_label("Ord i planen")).to_have_value("")


def test_it_works_without_script(browser, live_server, plan, anna, chain, elsewhere):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(anna.page.context.cookies())
    page = context.new_page()
    page.goto(address(plan))
    page.get_by_label("Ord i planen").fill("farthinder")
    page.get_by_role("button", name="Visa", exact=True).first.click()
    expect(page.locator(f"#rad-{elsewhere.uuid}")).to_be_visible()
    expect(page.locator(f"#rad-{chain.action.uuid}")).to_be_hidden()
    # What an address leads to is seen, whatever the filter says.
    page.goto(f"{page.url}#rad-{chain.action.uuid}")
    expect(page.locator(f"#rad-{chain.action.uuid}")).to_be_visible()
    context.close()


def test_a_row_that_i_add_or_write_in_stays_though_it_does_not_match(anna, chain):
    look_for(anna, "nattvandring", 1)
    cell = anna.cell(chain.action, "description")
    cell.fill("Något annat")
    new = anna.new("action", f"cause:{chain.cause.uuid}")
    new.fill("Trygghetsvandring")
    new.press("Enter")
    expect(anna.page.locator(".entry-action:visible")).to_have_count(2)
    expect(cell).to_have_value("Något annat")


def test_what_could_not_be_saved_stays_in_sight(anna, chain):
    cell = anna.cell(chain.other, "timing")
    anna.page.route(f"**/rad/action/{chain.other.uuid}/", lambda route: route.abort())
    cell.fill("Skrivet på tåget")
    anna.page.keyboard.press("Tab")
    expect(anna.said).to_contain_text("Inget nät")
    anna.page.goto(anna.page.url + "?q=nattvandring")
    expect(row(anna, chain.action)).to_be_visible()
    expect(cell).to_be_visible()
    expect(cell).to_have_value("Skrivet på tåget")


def test_what_was_refused_is_not_hidden_by_the_filter(anna, chain):
    cell = anna.cell(chain.other, "timing")
    refusal = {"status": 422, "json": {"said": "Det går inte."}}
    anna.page.route(f"**/rad/action/{chain.other.uuid}/", lambda route: route.fulfill(**refusal))
    cell.fill("Skrivet på tåget")
    anna.page.keyboard.press("Tab")
    expect(anna.said).to_contain_text("Det går inte.")
    look_for(anna, "nattvandring", 1)
    expect(cell).to_be_visible()
    expect(cell).to_have_value("Skrivet på tåget")


def test_what_others_write_and_add_finds_its_place(anna, kommunpolis, chain, elsewhere):
    look_for(anna, "nattvandring", 1)
    kommunpolis.cell(chain.action, "timing").fill("Hela hösten")
    kommunpolis.cell(elsewhere, "timing").fill("Genast")
    new = kommunpolis.new("action", f"cause:{chain.cause.uuid}")
    new.fill("Vuxna på stan")
    new.press("Enter")
    expect(anna.cell(chain.action, "timing")).to_have_value("Hela hösten", timeout=SOON)
    expect(kommunpolis.page.locator(".entry-cause .entry-action")).to_have_count(3)
    added = Action.objects.get(description="Vuxna på stan")
    expect(row(anna, added)).to_be_visible(timeout=SOON)
    expect(row(anna, elsewhere)).to_be_hidden()
    anna.page.get_by_role("button", name="Rensa filter").click()
    expect(anna.page.get_by_label("Ord i planen")).to_be_focused()
    expect(anna.cell(elsewhere, "timing")).to_have_value("Genast")
    order = anna.page.locator(".entry-cause .entry-action").evaluate_all(
        "all => all.map(one => one.dataset.row)"
    )
    assert order == [str(one.uuid) for one in (chain.action, chain.other, added)]


def test_a_row_is_moved_past_those_that_are_hidden(anna, chain, plan):
    third = anna.new("action", f"cause:{chain.cause.uuid}")
    third.fill("Natt på torget")
    third.press("Enter")
    expect(anna.page.locator(".entry-cause .entry-action")).to_have_count(3)
    anna.page.get_by_label("Ord i planen").fill("natt")
    expect(row(anna, chain.other)).to_be_hidden()
    anna.cell(chain.action, "timing").focus()
    anna.page.keyboard.press("Alt+ArrowDown")
    expect(anna.said).to_contain_text("Flyttat")
    texts = [one.description for one in Action.objects.filter(cause=chain.cause)]
    assert texts == ["Bättre belysning", "Natt på torget", "Nattvandring"]


def test_columns_are_put_away_and_stay_away_when_i_come_back(anna, chain, plan):
    menu = anna.page.locator(".filter-columns")
    menu.locator("summary").click()
    menu.get_by_label("Operativa mål").uncheck()
    menu.get_by_label("Ansvar").uncheck()
    for gone in (anna.cell(chain.goal, "text"), anna.cell(chain.action, "responsible")):
        expect(gone).to_be_hidden()
    expect(anna.cell(chain.action, "timing")).to_be_visible()
    with anna.page.expect_response("**/skriv/**"):
        menu.get_by_label("Tid").uncheck()
    anna.page.goto(address(plan))
    expect(anna.cell(chain.action, "responsible")).to_be_hidden()
    expect(anna.cell(chain.action, "timing")).to_be_hidden()
    expect(anna.cell(chain.action, "follow_up_plan")).to_be_visible()
    # A shortcoming in a column that is put away leads to it all the same.
    anna.page.evaluate(f"location.hash = 'f-{chain.action.uuid}-responsible'")
    expect(anna.cell(chain.action, "responsible")).to_be_visible()


def test_the_address_says_what_is_shown(anna, plan):
    look_for(anna, "nattvandring", 1)
    assert anna.page.url.endswith("/skriv/?q=nattvandring")
    anna.page.reload()
    expect(anna.page.locator("#filter-result")).to_contain_text("Visar 1 av 3 åtgärder")
