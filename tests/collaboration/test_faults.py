"""What goes wrong on the way: pressed twice, a page that is a day old, a text without end."""

from threading import Event

import pytest
from playwright.sync_api import expect

from plans.editable import KINDS
from plans.models import Action, Cause, Plan
from plans.views import writing
from plans.vocabulary import PlanState
from samverkan.access.answers import NOT_YOURS
from samverkan.collaboration.editing import write
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.collaboration.conftest import Writer, address
from tests.collaboration.test_together import PASTE, SOON
from tests.factories import a_member, police_of

MEGABYTE = "ord " * 262_144
BLOCK = "Grannstöd\t- Tio gator\tMaj\nTrygghetsvandring\t- Fyra om året\tHösten\n"


@pytest.fixture
def other(plan):
    """Somebody who writes in the plan meanwhile."""
    return a_member(Role.EDITOR, plan.district, police_of(plan.district))


def writes(who, plan, row, **typed):
    now = Plan.objects.with_heading().get(pk=plan.pk)
    kind = KINDS["action"]
    assert write(
        actor=who, work=now, kind=kind, row=row.uuid, typed=typed, seen=now.version
    ).changes


def stands_still(page):
    """What the others do does not come here any more, as when the lid has been shut."""
    page.route("**/nytt/?**", lambda route: route.abort())


def paste(writer: Writer, chain, text: str) -> None:
    new = writer.new("action", f"cause:{chain.cause.uuid}")
    writer.page.evaluate(PASTE, [new.get_attribute("id"), text])


# Twice --------------------------------------------------------------------------------------------


def test_a_double_click_makes_one_row(browser, live_server, plan, chain):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    log_in(context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    page = context.new_page()
    page.goto(address(plan))
    form = page.locator(".new-action").filter(
        has=page.locator(f"input[value='cause:{chain.cause.uuid}']")
    )
    form.locator("textarea").fill("Grannstöd")
    form.locator("button").dblclick()
    expect(page.locator(".entry-action")).to_have_count(3)
    assert Action.objects.filter(description="Grannstöd").count() == 1
    context.close()


def test_a_double_click_puts_in_what_was_pasted_once(samordnare, chain):
    paste(samordnare, chain, BLOCK)
    samordnare.question.get_by_role("button", name="Lägg in 2 åtgärder").dblclick()
    expect(samordnare.said).to_contain_text("2 åtgärder klistrades in")
    expect(samordnare.page.locator("#skriv[data-waiting='0']")).to_be_visible()
    expect(samordnare.page.locator(".entry-action")).to_have_count(4)
    assert Action.objects.count() == 4


# In the same moment -------------------------------------------------------------------------------


def test_what_another_writes_while_my_save_is_on_its_way_is_not_written_over(
    samordnare, other, plan, chain, monkeypatch
):
    saved, typed_on = Event(), Event()

    def late(request, plan, seen, mine=(), news=writing.DESK.news):
        if mine and not saved.is_set():
            writes(other, plan, chain.action, timing="Maj")
            saved.set()
            assert typed_on.wait(10)
        return news(request, plan, seen, mine)

    monkeypatch.setattr(writing.DESK, "news", late)
    stands_still(samordnare.page)
    writes(other, plan, chain.other, timing="Våren")  # there is something to catch up with
    cell = samordnare.cell(chain.action, "timing")
    cell.fill("Juni")
    samordnare.page.keyboard.press("Tab")
    assert saved.wait(10)
    cell.fill("Juni eller juli")
    typed_on.set()
    expect(samordnare.said).to_contain_text("Sparat")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.question.locator("mark")).to_have_text(["Maj", "Juni eller juli"])
    chain.action.refresh_from_db()
    assert chain.action.timing == "Maj"


# A day old ----------------------------------------------------------------------------------------


def test_a_page_that_is_a_day_old_shows_both_texts_and_saves_nothing(
    samordnare, other, plan, chain
):
    stands_still(samordnare.page)
    writes(other, plan, chain.action, timing="Maj", responsible="Polisen")
    samordnare.cell(chain.action, "timing").fill("Gammalt")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.question).to_contain_text(f"{other.name} ändrade samma fält")
    expect(samordnare.question.locator("mark")).to_have_text(["Maj", "Gammalt"])
    chain.action.refresh_from_db()
    assert (chain.action.timing, chain.action.responsible) == ("Maj", "Polisen")


def test_a_page_that_is_a_day_old_takes_no_row_away_that_another_has_written_in(
    samordnare, other, plan, chain
):
    stands_still(samordnare.page)
    writes(other, plan, chain.action, timing="Maj")
    samordnare.cell(chain.action, "responsible").focus()
    samordnare.page.keyboard.press("Control+Delete")
    expect(samordnare.said).to_contain_text(f"Raden togs inte bort: {other.name} ändrade i den")
    assert Action.objects.filter(pk=chain.action.pk).exists()


def test_after_a_night_one_logs_in_and_then_chooses_between_the_texts(
    samordnare, other, plan, chain, live_server
):
    context = samordnare.page.context
    context.clear_cookies()
    writes(other, plan, chain.action, timing="Maj")
    samordnare.cell(chain.action, "timing").fill("Skrivet i går")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_contain_text("Du har loggats ut")
    log_in(context, live_server.url, samordnare.user)
    expect(samordnare.question.locator("mark")).to_have_text(
        ["Maj", "Skrivet i går"], timeout=10_000
    )
    chain.action.refresh_from_db()
    assert chain.action.timing == "Maj"


def test_without_a_script_a_page_that_is_a_day_old_shows_both_texts_and_saves_nothing(
    browser, live_server, other, plan, chain
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    log_in(context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    page = context.new_page()
    page.goto(address(plan))
    writes(other, plan, chain.action, timing="Maj", responsible="Polisen")
    page.locator(f"#f-{chain.action.uuid}-timing").fill("Gammalt")
    page.locator(f"#form-{chain.action.uuid}").get_by_role("button", name="Spara raden").click()
    expect(page.locator("main")).to_contain_text(f"{other.name} ändrade samma fält")
    expect(page.locator(f"#f-{chain.action.uuid}-timing")).to_have_value("Gammalt")
    chain.action.refresh_from_db()
    assert (chain.action.timing, chain.action.responsible) == ("Maj", "Polisen")
    context.close()


# Without end --------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 3])
def test_a_megabyte_in_a_field_is_refused_with_a_sentence_and_stays_there(
    samordnare, chain, plan, times
):
    text = MEGABYTE * times
    cell = samordnare.cell(chain.action, "timing")
    cell.click()
    cell.fill(text)
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_contain_text("Texten är")
    assert cell.input_value() == text
    chain.action.refresh_from_db()
    assert chain.action.timing == "T1 och T2"
    cell.fill("Kort igen")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_contain_text("Sparat")


@pytest.mark.parametrize("times", [1, 3])
def test_a_megabyte_that_is_pasted_as_rows_is_refused_with_a_sentence_and_stays(
    samordnare, chain, times
):
    text = ("ord\t" * 262_144) * times
    paste(samordnare, chain, text)
    expect(samordnare.question).to_contain_text("för mycket att klistra in på en gång")
    assert samordnare.question.locator("textarea").input_value() == text
    assert Action.objects.count() == 2


def test_without_a_network_what_was_pasted_stays_in_the_browser(samordnare, chain):
    samordnare.page.context.set_offline(True)
    paste(samordnare, chain, BLOCK)
    expect(samordnare.question).to_contain_text("Inget nät")
    text = samordnare.question.locator("textarea")
    assert text.input_value() == BLOCK
    samordnare.page.context.set_offline(False)
    samordnare.question.get_by_role("button", name="Visa hur det blir").click()
    samordnare.question.get_by_role("button", name="Lägg in 2 åtgärder").click()
    expect(samordnare.page.locator(".entry-action")).to_have_count(4)


# Moved --------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(chain):
    """Another cause, to which actions can go."""
    return Cause.objects.create(problem=chain.problem, text="Mörkt", position=1)


def stand(cause) -> list[str]:
    return [action.description for action in cause.actions.order_by("position")]


def drag(writer: Writer, row, to) -> None:
    """By its handle, with the mouse, to the lower half of what it is dropped on."""
    writer.page.set_viewport_size(
        {"width": 1280, "height": 1600}
    )  # nothing scrolls under the mouse
    writer.page.locator(f"#rad-{row.uuid}").hover()
    handle = writer.page.locator(f"#rad-{row.uuid} > .row-form [data-drag]")
    handle.hover()
    mouse, box = writer.page.mouse, to.bounding_box()
    mouse.down()
    mouse.move(box["x"] + 60, box["y"] + box["height"] - 4, steps=20)
    mouse.up()


def test_a_row_is_dragged_to_another_place(chain, samordnare, kommunpolis):
    drag(samordnare, chain.action, samordnare.page.locator(f"#rad-{chain.other.uuid}"))
    expect(samordnare.said).to_contain_text("Flyttat")
    assert stand(chain.cause) == ["Bättre belysning", "Nattvandring"]
    order = kommunpolis.page.locator(".entry-action")
    expect(order.first).to_have_id(f"rad-{chain.other.uuid}", timeout=SOON)


def test_a_row_is_dragged_to_a_cause_that_had_none(chain, elsewhere, samordnare, kommunpolis):
    there = f"[data-rows=action][data-under='cause:{elsewhere.uuid}']"
    drag(samordnare, chain.other, samordnare.new("action", f"cause:{elsewhere.uuid}"))
    moved = f"{there} > #rad-{chain.other.uuid}"
    expect(samordnare.page.locator(moved)).to_be_visible()
    expect(kommunpolis.page.locator(moved)).to_be_visible(timeout=SOON)
    assert (stand(chain.cause), stand(elsewhere)) == (["Nattvandring"], ["Bättre belysning"])


def test_a_row_is_moved_with_alt_and_the_arrows_and_the_focus_goes_along(samordnare, chain):
    cell = samordnare.cell(chain.action, "timing")
    cell.focus()
    samordnare.page.keyboard.press("Alt+ArrowDown")
    expect(samordnare.said).to_contain_text("Flyttat")
    expect(cell).to_be_focused()
    assert stand(chain.cause) == ["Bättre belysning", "Nattvandring"]
    samordnare.page.keyboard.press("Alt+ArrowUp")
    expect(samordnare.page.locator(".entry-action").first).to_have_id(f"rad-{chain.action.uuid}")
    expect(samordnare.page.locator("#skriv[data-waiting='0']")).to_be_visible()
    assert stand(chain.cause) == ["Nattvandring", "Bättre belysning"]


def test_a_row_that_is_dropped_where_it_cannot_stand_stays_and_writes_nothing(
    samordnare, chain, plan
):
    problem = samordnare.cell(chain.problem, "text")
    drag(samordnare, chain.action, problem)
    expect(problem).to_have_value("Otrygghet vid torget")
    assert not plan.changes.exists()


# Refused ------------------------------------------------------------------------------------------


def test_who_can_take_nothing_back_any_more_is_told_why(kommunpolis, chain, plan):
    cell = kommunpolis.cell(chain.action, "timing")
    cell.fill("Våren")
    cell.press("Tab")
    expect(kommunpolis.said).to_contain_text("Sparat")
    stands_still(kommunpolis.page)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    kommunpolis.page.get_by_role("button", name="Ångra").click()
    expect(kommunpolis.said).to_have_text(
        "Planen är beslutad och kan inte ändras. Samordnaren kan öppna en ny revision om något "
        "måste ändras."
    )


def test_whose_part_has_ended_is_told_why(kommunpolis, chain):
    kommunpolis.user.memberships.all().delete()
    cell = kommunpolis.cell(chain.action, "timing")
    cell.fill("Våren")
    cell.press("Tab")
    expect(kommunpolis.said).not_to_have_text("Allt sparas medan du skriver.")
    expect(kommunpolis.said).to_contain_text(NOT_YOURS.reason)
