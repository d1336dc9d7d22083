"""The same plan, two at once: seen, merged, chosen between, and never lost."""

import re
from threading import Event

from playwright.sync_api import expect

from plans.editable import KINDS
from plans.models import Action, Cause, Problem
from plans.views import writing
from samverkan.collaboration.editing import write
from samverkan.collaboration.structure import remove
from samverkan.organisation.vocabulary import Role
from tests.collaboration.conftest import address
from tests.factories import a_member

SOON = 3000  # milliseconds: what one does, the other sees


def test_a_field_is_saved_when_it_is_left(samordnare, chain):
    cell = samordnare.cell(chain.action, "timing")
    cell.click()
    samordnare.page.keyboard.press("End")
    samordnare.page.keyboard.type(", löpande")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_have_text(re.compile(r"Sparat \d\d\.\d\d"))
    chain.action.refresh_from_db()
    assert chain.action.timing == "T1 och T2, löpande"


def test_what_has_come_of_a_long_plan_is_written_in_while_the_rest_is_on_its_way(
    samordnare, plan, chain, monkeypatch
):
    last = Problem.objects.create(area=chain.problem.area, text="Sist i planen", position=1)
    go_on = Event()
    pieces = writing._in_pieces

    def slowly(*args):
        for piece in pieces(*args):
            if "Sist i planen" in piece:
                go_on.wait(20)
            yield piece

    monkeypatch.setattr(writing, "_in_pieces", slowly)
    page, first = samordnare.page, samordnare.cell(chain.action, "timing")
    page.goto(address(plan), wait_until="commit")
    page.wait_for_selector("html[data-ready]")
    write(
        actor=samordnare.user,
        work=plan,
        kind=KINDS["problem"],
        row=last.uuid,
        typed={"text": "Ändrat medan sidan kom"},
        seen=plan.version,
    )
    first.fill("Våren")
    first.press("Tab")
    expect(samordnare.said).to_have_text(re.compile(r"Sparat \d\d\.\d\d"))
    assert not samordnare.cell(last, "text").count()
    go_on.set()
    expect(samordnare.cell(last, "text")).to_have_value("Ändrat medan sidan kom")
    expect(first).to_have_value("Våren")


def test_half_a_text_is_not_written_in_and_so_not_saved_over_the_whole(
    samordnare, plan, chain, monkeypatch
):
    go_on = Event()
    pieces = writing._in_pieces

    def broken_off(*args):
        for piece in pieces(*args):
            begun, within, rest = piece.partition("Bättre")
            yield begun + within
            if within:
                go_on.wait(20)
                yield rest

    monkeypatch.setattr(writing, "_in_pieces", broken_off)
    page, half = samordnare.page, samordnare.cell(chain.other, "description")
    page.goto(address(plan), wait_until="commit")
    page.wait_for_selector("html[data-ready]")
    expect(half).to_have_value("Bättre")
    half.focus()
    expect(half).not_to_be_focused()
    go_on.set()
    page.wait_for_load_state()
    half.focus()
    expect(half).to_be_focused()
    expect(half).to_have_value("Bättre belysning")


def test_the_other_sees_what_was_saved_and_who_is_where(samordnare, kommunpolis, chain):
    samordnare.cell(chain.action, "timing").fill("Under hösten")
    samordnare.cell(chain.other, "responsible").focus()
    expect(kommunpolis.cell(chain.action, "timing")).to_have_value("Under hösten", timeout=SOON)
    expect(kommunpolis.page.locator("#narvarande li")).to_have_attribute(
        "title", samordnare.user.name, timeout=SOON
    )
    place = kommunpolis.page.locator(".cell[data-who]")
    expect(place).to_have_attribute("data-field", "responsible", timeout=SOON)


def test_different_fields_of_one_row_merge_by_themselves(samordnare, kommunpolis, chain):
    mine, theirs = (
        samordnare.cell(chain.action, "timing"),
        kommunpolis.cell(chain.action, "responsible"),
    )
    mine.focus()
    theirs.focus()
    mine.fill("Maj")
    theirs.fill("Polisen")
    samordnare.page.keyboard.press("Tab")
    kommunpolis.page.keyboard.press("Tab")
    expect(mine).to_have_value("Maj")
    expect(samordnare.cell(chain.action, "responsible")).to_have_value("Polisen", timeout=SOON)
    expect(kommunpolis.cell(chain.action, "timing")).to_have_value("Maj", timeout=SOON)
    expect(kommunpolis.question).to_be_hidden()


def test_what_i_am_writing_in_is_not_moved_when_others_save(samordnare, kommunpolis, chain):
    samordnare.cell(chain.action, "timing").click()
    samordnare.page.keyboard.press("End")
    samordnare.page.keyboard.type(" och halv")
    kommunpolis.cell(chain.action, "responsible").fill("Polisen")
    kommunpolis.page.keyboard.press("Tab")
    new = kommunpolis.new("problem", f"area:{chain.problem.area.uuid}")
    new.fill("Ett nytt problem")
    new.press("Enter")
    expect(samordnare.cell(chain.action, "responsible")).to_have_value("Polisen", timeout=SOON)
    expect(samordnare.page.locator(".entry-problem")).to_have_count(2, timeout=SOON)
    expect(samordnare.cell(chain.action, "timing")).to_be_focused()
    samordnare.page.keyboard.type("år")
    expect(samordnare.cell(chain.action, "timing")).to_have_value("T1 och T2 och halvår")


def both_write(samordnare, kommunpolis, chain):
    kommunpolis.cell(chain.action, "responsible").focus()
    kommunpolis.page.keyboard.type("Polisen")
    samordnare.cell(chain.action, "responsible").fill("Förvaltningen")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_have_text(re.compile("Sparat"))
    kommunpolis.page.keyboard.press("Tab")
    expect(kommunpolis.question).to_be_visible()


def test_the_second_in_the_same_field_sees_both_texts_and_writes_them_together(
    samordnare, kommunpolis, chain
):
    both_write(samordnare, kommunpolis, chain)
    asked = kommunpolis.question
    expect(asked).to_contain_text(f"{samordnare.user.name} ändrade samma fält")
    expect(asked.locator("mark")).to_have_text(["Förvaltningen", "Polisen"])
    asked.locator("[data-combined]").fill("Förvaltningen och polisen")
    asked.get_by_role("button", name="Spara den här texten").click()
    expect(samordnare.cell(chain.action, "responsible")).to_have_value(
        "Förvaltningen och polisen", timeout=SOON
    )


def test_the_second_may_keep_what_stands_there(samordnare, kommunpolis, chain):
    both_write(samordnare, kommunpolis, chain)
    kommunpolis.question.get_by_role("button", name="Behåll som det står nu").click()
    expect(kommunpolis.cell(chain.action, "responsible")).to_have_value("Förvaltningen")
    chain.action.refresh_from_db()
    assert chain.action.responsible == "Förvaltningen"


def test_without_a_network_the_text_stays_and_is_sent_when_it_is_back(samordnare, chain):
    context = samordnare.page.context
    context.set_offline(True)
    samordnare.cell(chain.action, "timing").fill("Skrivet på tåget")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_contain_text("Inget nät")
    expect(samordnare.cell(chain.action, "timing").locator("..")).to_have_attribute(
        "data-words", "Inte sparat än"
    )
    context.set_offline(False)
    expect(samordnare.said).to_contain_text("Sparat", timeout=10_000)
    chain.action.refresh_from_db()
    assert chain.action.timing == "Skrivet på tåget"


def test_a_text_that_never_was_sent_is_there_when_the_page_is_opened_again(
    samordnare, kommunpolis, chain, plan
):
    context = samordnare.page.context
    context.set_offline(True)
    samordnare.cell(chain.action, "timing").fill("Skrivet på tåget")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_contain_text("Inget nät")
    samordnare.page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address(plan))
    expect(page.locator(f"#f-{chain.action.uuid}-timing")).to_have_value("Skrivet på tåget")
    expect(kommunpolis.cell(chain.action, "timing")).to_have_value("Skrivet på tåget", timeout=SOON)
    chain.action.refresh_from_db()
    assert chain.action.timing == "Skrivet på tåget"


def test_a_session_that_has_ended_asks_for_log_in_and_keeps_the_text(
    samordnare, chain, live_server
):
    from tests.browser.walk import log_in

    context = samordnare.page.context
    context.clear_cookies()
    samordnare.cell(chain.action, "timing").fill("Efter lunch")
    samordnare.page.keyboard.press("Tab")
    expect(samordnare.said).to_contain_text("Du har loggats ut")
    log_in(context, live_server.url, samordnare.user)
    expect(samordnare.said).to_contain_text("Sparat", timeout=10_000)
    chain.action.refresh_from_db()
    assert chain.action.timing == "Efter lunch"


def test_the_row_i_write_in_is_taken_away_and_my_text_is_offered_back(
    samordnare, kommunpolis, chain
):
    cell = kommunpolis.cell(chain.other, "responsible")
    cell.click()
    kommunpolis.page.keyboard.type("Fastighetskontoret och vi")
    samordnare.cell(chain.other, "timing").focus()
    samordnare.page.keyboard.press("Control+Delete")
    expect(samordnare.said).to_contain_text("togs bort")
    expect(kommunpolis.page.locator(f"#rad-{chain.other.uuid}")).to_have_class(
        re.compile("is-gone"), timeout=SOON
    )
    kommunpolis.page.keyboard.press("Tab")
    expect(kommunpolis.question).to_contain_text(f"{samordnare.user.name} tog bort")
    expect(kommunpolis.question.locator("textarea")).to_have_value("Fastighetskontoret och vi")
    # Only the samordnare puts back what another took away.
    expect(kommunpolis.question.get_by_role("button")).to_have_text(["Stäng"])


def test_the_row_that_was_taken_away_comes_back_with_what_i_wrote(
    samordnare, kommunpolis, plan, chain
):
    cell = samordnare.cell(chain.other, "responsible")
    cell.click()
    samordnare.page.keyboard.type("Fastighetskontoret och vi")
    remove(
        actor=a_member(Role.COORDINATOR, plan.district),
        work=plan,
        kind=KINDS["action"],
        row=chain.other.uuid,
        seen=plan.version,
    )
    samordnare.page.keyboard.press("Tab")
    samordnare.question.get_by_role("button", name="Lägg tillbaka raden med min text").click()
    expect(samordnare.cell(chain.other, "responsible")).to_have_value("Fastighetskontoret och vi")
    expect(kommunpolis.cell(chain.other, "responsible")).to_have_value(
        "Fastighetskontoret och vi", timeout=SOON
    )
    assert Action.objects.get(uuid=chain.other.uuid).responsible == "Fastighetskontoret och vi"


def test_the_contents_say_what_the_other_calls_the_area(samordnare, kommunpolis, chain):
    title = samordnare.cell(chain.problem.area, "title")
    title.fill("Torget och parken")
    samordnare.page.keyboard.press("Tab")
    for writer in (samordnare, kommunpolis):
        contents = writer.page.get_by_role("navigation", name="Innehåll")
        expect(contents.get_by_role("link", name="Torget och parken")).to_be_visible(timeout=SOON)


def test_the_plan_gets_its_annex_label_where_it_is_written(samordnare, kommunpolis, plan):
    samordnare.cell(plan, "annex_label").fill("Bilaga 2")
    samordnare.page.keyboard.press("Tab")
    expect(kommunpolis.cell(plan, "annex_label")).to_have_value("Bilaga 2", timeout=SOON)
    samordnare.page.get_by_role("button", name="Ångra").click()
    expect(kommunpolis.cell(plan, "annex_label")).to_have_value("", timeout=SOON)


def test_a_plan_that_gets_another_form_is_shown_in_it_and_the_other_is_told(
    samordnare, kommunpolis, plan, chain
):
    kommunpolis.cell(chain.action, "timing").click()
    samordnare.cell(plan, "layout").select_option("aktivitetstabell")
    expect(samordnare.page.get_by_label("Ny aktivitet").first).to_be_attached()
    expect(kommunpolis.said).to_contain_text("har gett planen en annan form", timeout=SOON)
    expect(samordnare.cell(chain.action, "timing")).to_have_value("T1 och T2")


def test_an_action_is_moved_to_another_cause_with_the_keyboard(samordnare, chain):
    samordnare.cell(chain.action, "description").focus()
    keys = samordnare.page.keyboard
    keys.press("Control+Enter")
    place = samordnare.page.get_by_label("Flytta till")
    place.select_option(f"problem:{chain.problem.uuid}")
    place.press("Tab")
    keys.press("Enter")
    expect(samordnare.said).to_contain_text("Flyttat")
    chain.action.refresh_from_db()
    assert (chain.action.cause, chain.action.problem) == (None, chain.problem)
    expect(
        samordnare.page.locator(
            f"[data-under='problem:{chain.problem.uuid}'] > #rad-{chain.action.uuid}"
        )
    ).to_be_visible()


def test_a_new_row_goes_on_with_what_was_typed_meanwhile(samordnare, chain):
    new = samordnare.new("action", f"cause:{chain.cause.uuid}")
    new.click()
    samordnare.page.keyboard.type("Grannstöd")
    samordnare.page.keyboard.press("Tab")
    samordnare.page.keyboard.type("Minst fem ")
    samordnare.page.keyboard.type("trappuppgångar")
    expect(samordnare.said).to_contain_text("Sparat")
    samordnare.page.keyboard.press("Tab")
    samordnare.page.keyboard.type("Under 2026")
    samordnare.page.keyboard.press("Tab")
    row = samordnare.page.locator(".entry-action").last
    expect(row.locator("[data-field=timing] textarea")).to_have_value("Under 2026")
    expect(row.locator(".entry-goal textarea")).to_have_value("Minst fem trappuppgångar")
    action = Action.objects.get(description="Grannstöd")
    assert action.cause == chain.cause
    assert [goal.text for goal in action.goals.all()] == ["Minst fem trappuppgångar"]


def test_undo_takes_back_my_own_last_change_and_not_the_others(samordnare, kommunpolis, chain):
    samordnare.cell(chain.action, "timing").fill("Fel")
    samordnare.cell(chain.action, "responsible").focus()
    expect(samordnare.said).to_contain_text("Sparat")
    kommunpolis.cell(chain.cause, "text").fill("Inga vuxna alls")
    kommunpolis.page.keyboard.press("Tab")
    expect(samordnare.cell(chain.cause, "text")).to_have_value("Inga vuxna alls", timeout=SOON)
    samordnare.page.keyboard.press("Control+z")
    expect(samordnare.cell(chain.action, "timing")).to_have_value("T1 och T2")
    assert Cause.objects.get().text == "Inga vuxna alls"
    samordnare.page.keyboard.press("Control+y")
    expect(samordnare.cell(chain.action, "timing")).to_have_value("Fel")


PASTE = """([id, text, html]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (html) data.setData("text/html", html);
    document.getElementById(id).dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_block_from_excel_is_looked_at_and_becomes_rows(samordnare, kommunpolis, chain):
    new = samordnare.new("action", f"cause:{chain.cause.uuid}")
    block = "Grannstöd\t- Tio gator\tMaj\nTrygghetsvandring\t- Fyra om året\tHösten\n"
    samordnare.page.evaluate(PASTE, [new.get_attribute("id"), block])
    samordnare.question.get_by_role("button", name="Lägg in 2 åtgärder").click()
    expect(samordnare.said).to_contain_text("2 åtgärder klistrades in")
    expect(kommunpolis.page.locator(".entry-action")).to_have_count(4, timeout=SOON)
    samordnare.page.keyboard.press("Escape")
    new.focus()
    samordnare.page.keyboard.press("Control+z")
    expect(kommunpolis.page.locator(".entry-action")).to_have_count(2, timeout=2 * SOON)


def test_all_new_rows_that_never_were_sent_are_sent_when_the_page_is_opened_again(
    samordnare, kommunpolis, chain, plan
):
    context = samordnare.page.context
    new = samordnare.new("action", f"cause:{chain.cause.uuid}")
    context.set_offline(True)
    for name in ("Grannstöd", "Trygghetsvandring", "Öppna fritidsgården"):
        new.fill(name)
        new.press("Enter")
    expect(samordnare.said).to_contain_text("Inget nät")
    samordnare.page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address(plan))
    expect(page.locator(".entry-action")).to_have_count(5)
    expect(kommunpolis.page.locator(".entry-action")).to_have_count(5, timeout=SOON)
    assert [action.description for action in chain.cause.actions.order_by("position")][2:] == [
        "Grannstöd",
        "Trygghetsvandring",
        "Öppna fritidsgården",
    ]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#skriv")).not_to_have_attribute("data-waiting", re.compile("[1-9]"))
    assert chain.cause.actions.count() == 5  # they are sent once


def test_what_was_typed_on_in_a_new_row_without_a_network_comes_to_its_cells(
    samordnare, chain, plan
):
    context = samordnare.page.context
    new = samordnare.new("action", f"cause:{chain.cause.uuid}")
    context.set_offline(True)
    new.fill("Grannstöd")
    new.press("Tab")
    new.press_sequentially("Tio gator")
    expect(samordnare.said).to_contain_text("Inget nät")
    samordnare.page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address(plan))
    expect(page.locator(".entry-action")).to_have_count(3)
    expect(page.locator("[data-waiting='0']")).to_be_visible()
    made = chain.cause.actions.get(description="Grannstöd")
    expect(page.locator(f"#rad-{made.uuid} .new-goal textarea")).to_have_value("Tio gator")


def test_a_new_row_whose_cause_has_been_taken_away_meanwhile_is_shown_and_not_lost(
    samordnare, chain, plan
):
    context = samordnare.page.context
    new = samordnare.new("action", f"cause:{chain.cause.uuid}")
    # Not offline: a page is told that that is over as it is closed, and sends what it has.
    context.route("**/*", lambda route: route.abort())
    new.fill("Grannstöd")
    new.press("Enter")
    expect(samordnare.said).to_contain_text("Inget nät")
    samordnare.page.close(run_before_unload=False)
    other = a_member(Role.COORDINATOR, plan.district)
    remove(actor=other, work=plan, kind=KINDS["cause"], row=chain.cause.uuid, seen=99)
    context.unroute_all()
    page = context.new_page()
    page.goto(address(plan))
    question = page.locator("#fraga")
    expect(question.locator("textarea")).to_have_value("Grannstöd")
    question.get_by_role("button", name="Lägg tillbaka raden med min text").click()
    expect(page.locator(".entry-action [name=description]").last).to_have_value("Grannstöd")
    assert Action.objects.filter(description="Grannstöd").exists()
