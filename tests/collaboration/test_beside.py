"""Beside the plan while it is written: what is said of it, what it lacks, what names a person."""

import re

import pytest
from playwright.sync_api import expect

from plans.editable import KINDS
from plans.models import Action, Comment
from samverkan.collaboration import commenting
from samverkan.organisation.vocabulary import Role
from tests.browser.axe import faults_of
from tests.factories import a_member, a_user, police_of

SOON = 5000  # milliseconds: what one says, the other sees


@pytest.fixture
def polly(plan, writer):
    user = a_user("Polly Strand")
    return writer(a_member(Role.EDITOR, plan.district, police_of(plan.district), user=user))


def panel(who):
    return who.page.locator("#panel")


def comment_on(who, row, field: str) -> None:
    who.cell(row, field).focus()
    who.page.keyboard.press("Shift+F2")
    expect(who.page.locator("#kommentar-ny")).to_be_focused()


def mark_of(who, row):
    return who.page.locator(f".row-talk[data-row='{row.uuid}']")


# Comments ---------------------------------------------------------------------------------------------


def test_what_one_says_of_a_field_the_other_sees_answers_and_settles(samordnare, polly, chain):
    comment_on(samordnare, chain.action, "timing")
    samordnare.page.keyboard.type("Räcker det med två?")
    samordnare.page.get_by_role("button", name="Kommentera", exact=True).click()
    expect(samordnare.said).to_have_text("Kommentaren är sparad")

    expect(mark_of(polly, chain.action)).to_have_text("1 öppen kommentar", timeout=SOON)
    polly.cell(chain.action, "timing").locator("..").locator(".cell-talk").click()
    expect(panel(polly)).to_contain_text("Räcker det med två?")
    panel(polly).get_by_text("Svara", exact=True).click()
    panel(polly).get_by_label("Svar till").fill("Tre är bättre.")
    panel(polly).get_by_role("button", name="Skicka svaret").click()

    expect(panel(samordnare)).to_contain_text("Tre är bättre.", timeout=SOON)
    panel(polly).get_by_role("button", name="Klar").click()
    expect(mark_of(samordnare, chain.action)).to_have_attribute("data-open", "", timeout=SOON)
    expect(samordnare.page.locator(".cell-talk")).to_have_count(0)
    assert Comment.objects.get(parent=None).resolved_by == polly.user


def test_what_i_am_writing_in_the_panel_is_not_taken_when_others_speak(samordnare, polly, chain):
    comment_on(polly, chain.action, "timing")
    polly.page.keyboard.type("Jag tänkte just sä")
    comment_on(samordnare, chain.action, "responsible")
    samordnare.page.keyboard.type("Vem gör det?")
    samordnare.page.get_by_role("button", name="Kommentera", exact=True).click()
    expect(panel(polly)).to_contain_text("Vem gör det?", timeout=SOON)
    polly.page.keyboard.type("ga det")
    expect(polly.page.locator("#kommentar-ny")).to_have_value("Jag tänkte just säga det")


def test_somebody_is_named_with_the_keyboard_alone(samordnare, polly, chain):
    comment_on(samordnare, chain.action, "timing")
    keyboard, text = samordnare.page.keyboard, samordnare.page.locator("#kommentar-ny")
    keyboard.type("Hej @pol")
    chosen = samordnare.page.locator("#namn [aria-selected=true]")
    expect(chosen).to_contain_text("Polly Strand")
    expect(text).to_have_attribute("aria-activedescendant", f"namn-{polly.user.pk}")
    expect(samordnare.page.locator("#namn-antal")).to_have_text(re.compile("1 person"))
    keyboard.press("Escape")  # shuts the list, and not the panel
    expect(samordnare.page.locator("#namn")).to_be_hidden()
    keyboard.type("l")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(text).to_have_value("Hej @Polly Strand ")
    keyboard.type("hinner du?")
    keyboard.press("Tab")
    expect(samordnare.page.locator("#kommentar-falt")).to_be_focused()
    samordnare.page.get_by_role("button", name="Kommentera", exact=True).press("Enter")
    expect(panel(samordnare).locator(".mention")).to_have_text("@Polly Strand")
    assert list(Comment.objects.get().mentions.all()) == [polly.user]


def test_the_panel_is_left_with_escape_and_the_focus_goes_back(samordnare, chain):
    comment_on(samordnare, chain.action, "timing")
    samordnare.page.keyboard.press("Escape")
    expect(panel(samordnare)).to_be_hidden()
    expect(samordnare.cell(chain.action, "timing")).to_be_focused()


def test_without_a_network_the_comment_stays_in_its_field(samordnare, chain):
    comment_on(samordnare, chain.action, "timing")
    samordnare.page.keyboard.type("På tåget")
    samordnare.page.context.set_offline(True)
    button = samordnare.page.get_by_role("button", name="Kommentera", exact=True)
    button.click()
    expect(panel(samordnare).get_by_role("alert")).to_contain_text("Texten finns kvar")
    samordnare.page.context.set_offline(False)
    button.click()
    expect(samordnare.said).to_have_text("Kommentaren är sparad")
    assert Comment.objects.get().text == "På tåget"


# What is lacking --------------------------------------------------------------------------------------


def count(who):
    return who.page.locator(".contents [data-count-of=lacks]")


def test_what_is_lacking_is_counted_anew_when_somebody_has_written(samordnare, polly, chain):
    expect(count(samordnare)).to_have_text(re.compile(r"\d+"), timeout=SOON)
    before = int(count(samordnare).text_content())
    polly.cell(chain.action, "responsible").fill("Polisen")
    polly.page.keyboard.press("Tab")
    expect(count(samordnare)).to_have_text(str(before - 1), timeout=2 * SOON)
    expect(count(polly)).to_have_text(str(before - 1), timeout=2 * SOON)


def test_each_remark_leads_to_its_field_and_goes_when_it_is_mended(samordnare, chain):
    samordnare.page.get_by_role("link", name="Brister").first.click()
    remark = panel(samordnare).get_by_role("link", name="Åtgärden ”Nattvandring” saknar ansvarig.")
    remark.click()
    expect(samordnare.cell(chain.action, "responsible")).to_be_focused()
    samordnare.page.keyboard.type("Polisen")
    samordnare.page.keyboard.press("Tab")
    expect(remark).to_have_count(0, timeout=2 * SOON)


def test_a_remark_leads_also_to_a_field_that_is_folded_away(samordnare, plan, chain):
    Action.objects.filter(pk=chain.action.pk).update(aim="Ring 070-174 06 05")
    samordnare.page.reload()
    samordnare.page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
    samordnare.page.get_by_role("link", name="Brister").first.click()
    panel(samordnare).get_by_role("link", name="ser ut som ett telefonnummer").click()
    expect(samordnare.cell(chain.action, "aim")).to_be_focused()


# What names a person ----------------------------------------------------------------------------------


def test_what_looks_like_personal_data_is_said_under_the_field_while_i_write(samordnare, chain):
    asked = []
    samordnare.page.on("request", lambda one: asked.append(one.url))
    cell = samordnare.cell(chain.action, "responsible")
    cell.click()
    samordnare.page.keyboard.type("Ring Kalle på 070-174 06 05")
    warning = cell.locator("..").locator(".personal")
    expect(warning).to_contain_text("”070-174 06 05” ser ut som ett telefonnummer.")
    described = cell.get_attribute("aria-describedby")
    assert described == warning.get_attribute("id")
    assert sum("personuppgifter" in url for url in asked) == 1  # when the typing paused
    cell.fill("Gruppchefen")
    expect(warning).to_have_count(0)
    expect(cell).not_to_have_attribute("aria-describedby", re.compile("."))


def test_nothing_is_asked_about_a_text_that_cannot_name_anybody(samordnare, chain):
    asked = []
    samordnare.page.on("request", lambda one: asked.append(one.url))
    samordnare.cell(chain.action, "responsible").fill("Klart 2026, 8 möten")
    samordnare.page.wait_for_timeout(1000)
    assert not any("personuppgifter" in url for url in asked)


# For everybody ----------------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_panels_are_for_everybody(width, scheme, plan, chain, writer):
    anna = a_member(Role.COORDINATOR, plan.district, user=a_user("Anna Berg"))
    polly = a_member(
        Role.EDITOR, plan.district, police_of(plan.district), user=a_user("Polly Strand")
    )
    said = {"work": plan, "kind": KINDS["action"], "row": chain.action.uuid}
    first = commenting.say(actor=polly, text="Räcker det? @Anna Berg", field="timing", **said)
    commenting.say(actor=anna, text="Ja.", answers=first.pk, **said)
    settled = commenting.say(actor=polly, text="Klart sedan länge.", **said)
    commenting.resolve(actor=anna, work=plan, pk=settled.pk)
    who = writer(anna, viewport={"width": width, "height": 800}, color_scheme=scheme)
    faults: list[str] = []

    def look(what: str) -> None:
        faults.extend(f"{what}: {fault}" for fault in faults_of(who.page))
        wide = who.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{what} is {wide} pixels wide"

    who.cell(chain.action, "responsible").fill("Ring 070-174 06 05")
    expect(who.page.locator(".personal")).to_be_visible()
    look("a warning")
    comment_on(who, chain.action, "timing")
    who.page.keyboard.type("@")
    expect(who.page.locator("#namn")).to_be_visible()
    look("comments, with the names")
    who.page.keyboard.press("Escape")
    who.page.locator(".talk-settled > summary").click()
    look("comments, with those that are settled")
    for name in ("Kommentarer", "Brister"):
        who.page.keyboard.press("Escape")
        who.page.get_by_role("link", name=name).filter(visible=True).click()
        expect(who.page.locator("#panel-rubrik")).to_have_text(name)
        look(name)
    for page in ("kommentarer/", "brister/", f"rad/action/{chain.action.uuid}/kommentarer/"):
        who.page.goto(f"/{plan.district.slug}/plan/{plan.pk}/{page}")
        look(page)
    assert not faults, "\n".join(faults)
