"""Eight commitments on one page, in real Chromium on a phone: each is saved as one leaves its field."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from plans.models import FollowUp, LateAnswer, Minutes, Understanding
from plans.services.rounds import close_round
from samverkan.organisation.vocabulary import Role
from tests.browser.axe import faults_of
from tests.browser.walk import NARROW, log_in
from tests.factories import a_member, a_round
from tests.follow_up.place import Place

MINE = "/mina-ataganden/"


@pytest.fixture
def place(transactional_db, request) -> Place:
    return Place(more_actions=getattr(request, "param", 0))


@pytest.fixture
def phone(browser, live_server, place):
    """The kommunpolis with her phone."""
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", viewport={"width": NARROW, "height": 740}
    )
    log_in(context, live_server.url, place.kommunpolis)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(MINE)
    page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
    yield page
    context.close()
    assert not complaints


def text(page: Page) -> Locator:
    return page.get_by_label("Vad har gjorts?")


def said(page: Page) -> Locator:
    return page.locator("[data-saved]").first


def test_what_is_written_is_saved_when_one_leaves_the_field(phone, place):
    text(phone).fill("Sex möten, planeringen är lagd.")
    phone.get_by_role("radio", name="Enligt plan").check()
    expect(said(phone)).to_contain_text("Sparat")
    phone.get_by_role("group", name="Har vi mött vårt åtagande?").get_by_label("Ja").check()

    expect(phone.locator("[data-answered]")).to_have_text("1")
    expect(phone.locator("[name=seen]").first).to_have_value("4")  # each field is a change
    row = place.said(place.police)
    assert (row.text, row.state, row.commitment_met) == (
        "Sex möten, planeringen är lagd.",
        "enligt_plan",
        "ja",
    )


def test_nothing_is_to_the_side_and_axe_has_nothing_to_say(phone):
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert faults_of(phone) == []


def nothing_comes_through(page: Page) -> None:
    """Unlike being offline, which a page is told to be over as it is left: then it sends at once."""
    page.context.route("**/svar/**", lambda route: route.abort())


def test_what_is_written_without_a_network_is_kept_and_sent_when_it_is_back(phone, place):
    phone.context.set_offline(True)
    text(phone).fill("Sex möten.")
    text(phone).blur()
    expect(said(phone)).to_contain_text("kvar i webbläsaren")
    assert not FollowUp.objects.exists()

    phone.context.set_offline(False)

    expect(said(phone)).to_contain_text("Sparat")
    assert place.said(place.police).text == "Sex möten."


def test_what_was_kept_is_there_when_the_page_is_opened_again(phone, place):
    nothing_comes_through(phone)
    text(phone).fill("Sex möten.")
    text(phone).blur()
    expect(said(phone)).to_contain_text("kvar i webbläsaren")
    phone.context.unroute_all()

    phone.goto(MINE)

    expect(said(phone)).to_contain_text("Sparat")
    assert place.said(place.police).text == "Sex möten."


def test_what_one_wrote_without_a_network_is_never_sent_as_anothers(phone, place, live_server):
    nothing_comes_through(phone)
    text(phone).fill("Annas ord.")
    text(phone).blur()
    expect(said(phone)).to_contain_text("kvar i webbläsaren")
    phone.context.unroute_all()
    phone.context.clear_cookies()
    log_in(phone.context, live_server.url, a_member(Role.EDITOR, place.district, place.police))

    phone.goto(MINE)

    expect(text(phone)).to_have_value("")
    assert not FollowUp.objects.exists()


def test_what_was_kept_does_not_write_over_what_another_has_written_since(phone, place):
    nothing_comes_through(phone)
    text(phone).fill("Sex möten.")
    text(phone).blur()
    expect(said(phone)).to_contain_text("kvar i webbläsaren")
    other = a_member(Role.EDITOR, place.district, place.police)
    place.answer(other, place.police, text="Sju möten.")
    phone.context.unroute_all()

    phone.goto(MINE)
    phone.get_by_role("heading", name="Platssamverkan Torget").click()

    expect(phone.get_by_text("Så står det nu")).to_be_visible()
    assert place.said(place.police).text == "Sju möten."


def test_two_who_write_in_the_same_field_choose_between_the_texts(phone, place):
    other = a_member(Role.EDITOR, place.district, place.police)
    place.answer(other, place.police, text="Sju möten.", state="pagar")

    text(phone).fill("Sex möten.")
    text(phone).blur()

    expect(phone.get_by_text("Så står det nu")).to_be_visible()
    assert place.said(place.police).text == "Sju möten."
    expect(phone.get_by_role("radio", name="Pågår")).to_be_checked()  # the other's came in

    phone.get_by_label("Skriv ihop dem här").fill("Sex möten före sommaren, sju i allt.")
    phone.get_by_role("button", name="Spara den här texten").click()

    expect(phone.get_by_text("Så står det nu")).to_have_count(0)
    expect(text(phone)).to_have_value("Sex möten före sommaren, sju i allt.")
    assert place.said(place.police).text == "Sex möten före sommaren, sju i allt."


def test_what_is_written_when_the_round_closes_is_kept_with_the_samordnare(phone, place):
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    text(phone).fill("Sex möten.")
    text(phone).blur()

    expect(said(phone)).to_contain_text("stängdes medan du skrev")
    expect(text(phone)).to_have_value("Sex möten.")
    assert LateAnswer.objects.get().typed == {"text": "Sex möten."}


def test_a_number_that_is_none_is_said_at_the_field_and_the_rest_stays(phone, place):
    text(phone).fill("Sex möten.")
    text(phone).blur()
    expect(said(phone)).to_contain_text("Sparat")
    phone.get_by_text("Möten", exact=True).click()
    phone.get_by_label("Hållna möten").fill("sex")
    phone.get_by_label("Hållna möten").blur()

    expect(phone.get_by_text("Skriv ett helt tal")).to_be_visible()
    expect(text(phone)).to_have_value("Sex möten.")

    phone.get_by_label("Hållna möten").fill("6")
    phone.get_by_label("Hållna möten").blur()

    expect(phone.get_by_text("Skriv ett helt tal")).to_have_count(0)
    expect(said(phone)).to_contain_text("Sparat")
    assert place.said(place.police).meetings_held == 6


def test_what_was_copied_by_mistake_is_taken_back_with_one_button(phone, place):
    place.answer(place.kommunpolis, place.police, text="Sex möten.", state="enligt_plan")
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    place.round = a_round(place.plan, kind="T2", reporting_date="2026-08-31")
    phone.goto(MINE)
    phone.get_by_role("button", name="Kopiera hit").click()
    expect(text(phone)).to_have_value("Sex möten.")

    phone.get_by_role("button", name="Ångra").click()

    expect(text(phone)).to_have_value("")
    expect(phone.locator("[data-answered]")).to_have_text("0")


def test_a_draft_of_the_samordnares_is_confirmed_with_one_button(phone, place):
    place.answer(place.samordnare, place.police, text="Sex möten.", state="enligt_plan")
    phone.goto(MINE)
    expect(phone.locator("[data-answered]")).to_have_text("0")

    phone.get_by_role("button", name="Det stämmer").click()

    expect(phone.locator("[data-answered]")).to_have_text("1")
    expect(phone.locator("[data-draft]")).to_have_count(0)
    assert not place.said(place.police).is_draft


@pytest.mark.parametrize("place", [7], indirect=True)
def test_eight_are_answered_without_leaving_the_page(phone, place):
    phone.goto(MINE)
    loads = []
    phone.on("framenavigated", lambda frame: loads.append(frame.url))

    for card in phone.locator("[data-card]").all():
        card.get_by_role("radio", name="Genomförd", exact=True).check()
        expect(card.locator("[data-saved]")).to_contain_text("Sparat")

    expect(phone.locator("[data-answered]")).to_have_text("8")
    assert FollowUp.objects.filter(state="genomford").count() == 8
    assert loads == []


# By keyboard alone, without a script, in the dark ---------------------------------------------------

FOCUSED = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  return [here.name || here.innerText, here.type, style.outlineStyle, here.matches(":focus-visible")];
}"""


@pytest.fixture
def in_the_dark(browser, live_server, place):
    """The samordnare, whose browser runs no script."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="sv-SE",
        color_scheme="dark",
        java_script_enabled=False,
        viewport={"width": NARROW, "height": 740},
    )
    log_in(context, live_server.url, place.samordnare)
    yield context.new_page()
    context.close()


def tab_to(page: Page, words: str) -> None:
    """Tab by tab, and one always sees where one is."""
    for _ in range(80):
        page.keyboard.press("Tab")
        name, kind, outline, is_seen = page.evaluate(FOCUSED)
        assert kind == "date" or not is_seen or outline != "none", name  # a date shows which part
        if name == words:
            return
    raise AssertionError(f"Tab leder aldrig till {words}.")


def test_a_time_is_put_right_by_keyboard_alone_without_a_script_in_the_dark(in_the_dark, place):
    where = [place.district.slug, place.plan.pk, place.action.uuid]
    in_the_dark.goto(reverse("action-understood", args=where))
    tab_to(in_the_dark, "meetings")
    in_the_dark.keyboard.type("2 gånger per termin")
    for _ in range(4):
        tab_to(in_the_dark, "rounds")  # each box on the way
    in_the_dark.keyboard.press("Space")
    tab_to(in_the_dark, "Spara")
    in_the_dark.keyboard.press("Enter")
    expect(in_the_dark.get_by_text("Sparat. Tiden förstås så här")).to_be_visible()
    assert Understanding.objects.get().rounds == ["T1", "T2", "VB"]
    assert in_the_dark.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_a_protokoll_is_added_by_keyboard_alone_without_a_script_in_the_dark(in_the_dark, place):
    where = [place.district.slug, place.plan.pk, place.round.pk, place.action.uuid]
    in_the_dark.goto(reverse("minutes-add", args=where))
    tab_to(in_the_dark, "held_on")
    # In which order the parts of a date are typed is the browser's own.
    in_the_dark.locator("[name=held_on]").fill("2026-03-17")
    tab_to(in_the_dark, "url")
    in_the_dark.keyboard.type("https://protokoll.exempel.se/17-mars")
    tab_to(in_the_dark, "Lägg till protokollet")
    in_the_dark.keyboard.press("Enter")
    expect(in_the_dark.get_by_role("heading", level=1)).to_contain_text(str(place.round))
    assert Minutes.objects.get().url == "https://protokoll.exempel.se/17-mars"
    in_the_dark.goto("/mina-ataganden/")
    tab_to(in_the_dark, "text")
    in_the_dark.keyboard.type("Vi var på plats.")
    tab_to(in_the_dark, "Spara")
    in_the_dark.keyboard.press("Enter")
    expect(in_the_dark.get_by_text("Uppföljningen är sparad.")).to_be_visible()
    assert place.said(place.sdf).text == "Vi var på plats."
