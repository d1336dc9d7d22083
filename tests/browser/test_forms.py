"""What a form says when something is wrong with it, to eyes and ears and keyboards."""

import re

import pytest
from playwright.sync_api import Page, expect

from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.factories import PASSWORD, a_catalogue, a_district, a_member, a_plan, a_user


@pytest.fixture
def district(live_server):
    a_catalogue()
    return a_district("Järva", "jarva")


@pytest.fixture
def coordinator(district, live_server, page):
    user = a_member(Role.COORDINATOR, district)
    log_in(page.context, live_server.url, user)
    return user


def summary(page: Page):
    return page.get_by_role("alert")


def test_what_is_wrong_is_said_on_top_and_each_line_leads_to_its_field(coordinator, page):
    page.goto("/jarva/medlemmar/bjud-in/")
    page.get_by_label("E-postadress").fill("inte en adress")
    page.get_by_role("button", name="Bjud in").click()

    expect(summary(page)).to_be_focused()
    expect(summary(page)).to_contain_text("Rätta det här och försök igen")
    summary(page).get_by_role("link", name="E-postadress: ").click()
    expect(page.get_by_label("E-postadress")).to_be_focused()
    summary(page).get_by_role("link", name="Roll: ").click()
    expect(page.get_by_role("radio").first).to_be_focused()


def test_who_has_followed_a_line_and_tries_again_hears_what_is_left(coordinator, page):
    page.goto("/jarva/medlemmar/bjud-in/")
    page.get_by_role("button", name="Bjud in").click()
    summary(page).get_by_role("link", name="E-postadress: ").click()
    page.get_by_label("E-postadress").fill("ny@exempel.se")
    page.get_by_role("button", name="Bjud in").click()

    expect(summary(page)).not_to_contain_text("E-postadress")
    expect(summary(page)).to_be_focused()


def test_who_cannot_log_in_hears_why(district, page):
    a_user("Karin", "karin@exempel.se")
    page.goto("/konto/logga-in/")
    page.get_by_label("E-postadress").fill("karin@exempel.se")
    page.get_by_label("Lösenord").fill("något helt annat")
    page.get_by_role("button", name="Logga in").click()

    expect(summary(page)).to_be_focused()
    expect(summary(page)).to_contain_text("E-postadressen eller lösenordet stämmer inte.")


def test_a_password_that_does_not_do_is_led_to(coordinator, page):
    page.goto("/konto/losenord/byt/")
    page.get_by_label("Lösenordet du har nu").fill(PASSWORD)
    page.get_by_label("Nytt lösenord").fill("kort")
    page.get_by_label("Det nya lösenordet en gång till").fill("kort")
    page.get_by_role("button", name="Byt lösenord").click()

    expect(summary(page)).to_be_focused()
    summary(page).get_by_role("link").first.click()
    expect(page.get_by_label("Nytt lösenord")).to_be_focused()


def test_who_makes_a_plan_that_is_there_already_can_open_it(coordinator, district, page):
    a_plan(district, 2027)
    page.goto("/jarva/ny-plan/")
    page.get_by_role("spinbutton", name="År").fill("2027")
    page.get_by_role("button", name="Skapa planen").click()

    expect(summary(page)).to_contain_text("Det finns redan en plan för 2027")
    summary(page).get_by_role("link", name="Öppna den").click()
    expect(page).to_have_url(re.compile("/jarva/2027/atgardsplan/$"))


def test_who_moves_an_area_step_by_step_keeps_the_button_under_her_hand(live_server, page):
    a_catalogue(2024, ("Ett", "Två", "Tre", "Fyra"))
    log_in(page.context, live_server.url, a_member(Role.CITY))
    page.goto("/stad/storstad/omraden/2024/")
    page.get_by_role("button", name="Upp med Fyra").focus()

    for order in (["Ett", "Två", "Fyra", "Tre"], ["Ett", "Fyra", "Två", "Tre"]):
        page.keyboard.press("Enter")
        expect(page.locator("tbody th")).to_have_text(order)
        expect(page.get_by_role("button", name="Upp med Fyra")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tbody th")).to_have_text(["Fyra", "Ett", "Två", "Tre"])
    expect(page.get_by_role("button", name="Ner med Fyra")).to_be_focused()
