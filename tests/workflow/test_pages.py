"""The pages of the steps, the status on the plan's page, and the tasks on the start page."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Approval, Decision, Plan
from plans.vocabulary import PlanState
from tests.access.personas import Door
from tests.workflow.steps import approved_by_all, change, decided, in_a_week, seen, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return Door(PlanState.CONSULTATION)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(door, page, **query):
    url = reverse(page, args=[door.district.slug, door.plan.year])
    return url + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def words_of(response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", response.text.split("<main")[1]).split())


def status(door, who) -> str:
    user = door.person(who) if isinstance(who, str) else who
    page = logged_in(user).get(address(door, "plan")).text
    found = re.search(r'<section class="status.*?</section>', page, re.S)
    return " ".join(re.sub("<[^>]+>", " ", found.group()).split()) if found else ""


def form(door, **typed):
    now = seen(door.plan)
    return {"version": now.version, "content_hash": now.content_hash} | typed


def approve_link(door, client) -> str:
    page = client.get(address(door, "plan")).text
    return re.search(r'href="([^"]*godkann[^"]*)"', page).group(1).replace("&amp;", "&")


# Status -------------------------------------------------------------------------------------------


def test_it_says_who_has_approved_and_who_is_awaited(door):
    take(door, "approve", "chef polis")
    said = status(door, "kommunpolis")
    assert "Polisen Har godkänt planen som den står nu" in said
    assert f"kontrollsumma {seen(door.plan).content_hash[:12]}" in said
    assert "Stadsdelsförvaltningen Har inte svarat" in said


def test_it_says_that_an_approval_does_not_stand_any_more(door):
    take(door, "approve", "chef polis")
    change(door)
    said = status(door, "samordnare")
    assert "Polisen Godkände, men planen har ändrats sedan dess" in said
    assert "Nästa steg är att registrera beslutet. Stadsdelsförvaltningen och Polisen" in said


@pytest.mark.parametrize(
    ("who", "is_read"),
    [
        ("samordnare", True),
        ("kommunpolis", True),
        ("chef polis", True),
        ("chef sdf", False),
        ("bidragsgivare", False),
        ("stadsledning", False),
    ],
)
def test_the_reason_is_read_by_those_who_can_do_something_about_it(door, who, is_read):
    take(door, "return", "chef polis")
    said = status(door, who)
    assert "Polisen Har återsänt planen för ändring" in said
    assert ("Målet går inte att mäta." in said) is is_read


@pytest.mark.parametrize(
    ("state", "who", "offered"),
    [
        (PlanState.DRAFT, "samordnare", {"Skicka på samråd"}),
        (PlanState.DRAFT, "kommunpolis", set()),
        (PlanState.CONSULTATION, "samordnare", {"Ta tillbaka till utkast"}),
        (PlanState.CONSULTATION, "chef polis", {"Godkänn", "Återsänd för ändring"}),
        (PlanState.CONSULTATION, "chef partner", set()),
        (PlanState.CONSULTATION, "stadsledning", set()),
        (PlanState.DECIDED, "samordnare", {"Öppna en ny revision", "Avsluta planen"}),
        (PlanState.DECIDED, "läsare", set()),
        (PlanState.CLOSED, "samordnare", set()),
    ],
)
def test_what_i_can_do_now_has_a_button_and_no_button_answers_403(state, who, offered):
    door = Door(state)
    client = logged_in(door.person(who))
    page = client.get(address(door, "plan")).text
    buttons = re.findall(r'<a class="btn [^"]*" href="([^"]*)">([^<]*)</a>', page)
    links = {label: url.replace("&amp;", "&") for url, label in buttons}
    ours = {label for label in links if label in ALL_STEPS}
    assert ours == offered
    for label in ours:
        assert client.get(links[label]).status_code == 200


ALL_STEPS = {
    "Skicka på samråd",
    "Ta tillbaka till utkast",
    "Godkänn",
    "Återsänd för ändring",
    "Registrera beslutet",
    "Öppna en ny revision",
    "Avsluta planen",
}


def test_the_button_of_the_decision_comes_when_all_have_approved(door):
    assert "Registrera beslutet" not in status(door, "samordnare")
    approved_by_all(door)
    assert "Registrera beslutet" in status(door, "samordnare")


def test_the_page_keeps_near_its_budget_while_it_is_on_its_way(door):
    """Fifteen questions, and at most two more of a plan that the parties have answered about."""
    client = logged_in(door.person("samordnare"))
    client.get(address(door, "plan"))

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address(door, "plan"))
        return len(asked)

    take(door, "approve", "chef sdf")
    few = questions()
    take(door, "return", "chef polis")
    assert questions() == few <= 17
    take(door, "withdraw", "samordnare")
    assert questions() <= 17


# The way through ----------------------------------------------------------------------------------


def test_a_plan_goes_all_the_way_by_its_pages():
    door = Door(PlanState.DRAFT)
    coordinator = logged_in(door.person("samordnare"))
    sent = coordinator.post(address(door, "plan-send"), form(door, reply_by=in_a_week()))
    assert sent.status_code == 302
    for who in ("chef sdf", "chef polis"):
        chef = logged_in(door.person(who))
        link = approve_link(door, chef)
        page = chef.get(link)
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        assert chef.post(address(door, "plan-approve"), fields).status_code == 302
    typed = {"body": "Nämnden", "decided_on": "2025-01-20", "paragraph": "§ 6"}
    numbers = {f"number_{door.sdf.pk}": "SKA 1", f"number_{door.police.pk}": "A 1"}
    page = coordinator.get(address(door, "plan-decide"))
    assert "Diarienummer, Polisen" in page.text
    done = coordinator.post(address(door, "plan-decide"), form(door) | typed | numbers, follow=True)
    assert "Beslutet är registrerat" in done.text
    assert "planens innehåll är låst" in done.text
    revised = coordinator.post(
        address(door, "plan-revise"), form(door, reason="Ett nytt område."), follow=True
    )
    assert revised.redirect_chain[-1][0].endswith("?revision=2")
    assert "gäller än" in revised.text


def test_a_step_of_a_revision_keeps_to_it(door):
    decided(door)
    new = take(door, "revise", "samordnare")
    client = logged_in(door.person("samordnare"))
    page = client.get(address(door, "plan", revision=2)).text
    link = re.search(r'href="([^"]*samrad[^"]*)"', page).group(1)
    assert link.endswith("?revision=2")
    action = re.search(r'<form[^>]*action="([^"]*)"', client.get(link).text.split("<main")[1])
    assert action.group(1).endswith("?revision=2")
    now = seen(new)
    client.post(
        link,
        {"version": now.version, "content_hash": now.content_hash, "reply_by": in_a_week()},
    )
    assert Plan.objects.get(pk=new.pk).state == PlanState.CONSULTATION


# What goes wrong ----------------------------------------------------------------------------------


def test_each_thing_to_look_at_has_a_box_to_tick(door):
    change(door, "Ring 070-174 06 05.")
    approved_by_all(door)
    client = logged_in(door.person("samordnare"))
    page = client.get(address(door, "plan-decide"))
    assert "”070-174 06 05” är ingen uppgift om en enskild person." in words_of(page)
    assert "Står i området ”Unga i riskzon”." in words_of(page)
    box = re.search(r'name="(confirm_[0-9a-f]{64})"', page.text).group(1)
    typed = {"body": "Nämnden", "decided_on": "2025-01-20"}
    numbers = {f"number_{door.sdf.pk}": "SKA 1", f"number_{door.police.pk}": "A 1"}
    unticked = client.post(address(door, "plan-decide"), form(door) | typed | numbers)
    assert "Ett ställe ser ut som en personuppgift." in words_of(unticked)
    assert 'value="SKA 1"' in unticked.text
    done = client.post(address(door, "plan-decide"), form(door) | typed | numbers | {box: "on"})
    assert done.status_code == 302


def test_a_stale_approval_is_refused_with_a_sentence_and_leads_to_the_plan(door):
    client = logged_in(door.person("chef polis"))
    link = approve_link(door, client)
    change(door)
    page = client.get(link)
    assert "Planen har ändrats sedan du läste den" in words_of(page)
    assert "<form" not in page.text.split("<main")[1]


def test_a_change_after_the_page_was_opened_stops_the_press(door):
    client = logged_in(door.person("chef polis"))
    typed = form(door, party=door.police.pk)
    change(door)
    page = client.post(address(door, "plan-approve"), typed)
    assert page.status_code == 200
    assert "har ändrats sedan du öppnade sidan" in words_of(page)
    assert not Approval.objects.exists()


def test_who_comes_by_another_way_is_asked_to_read_first(door):
    page = logged_in(door.person("chef polis")).get(address(door, "plan-approve"))
    assert "Läs planen och välj Godkänn där" in words_of(page)


def test_what_was_typed_stays_and_a_second_press_goes_through(door):
    approved_by_all(door)
    client = logged_in(door.person("samordnare"))
    typed = form(door, body="Stadsdelsnämnden", paragraph="§ 6 <a>", decided_on="")
    page = client.post(address(door, "plan-decide"), typed)
    assert "Välj vilken dag beslutet fattades." in page.text
    assert "Skriv diarienumret hos Polisen." in page.text
    assert 'value="Stadsdelsnämnden"' in page.text
    assert 'value="§ 6 &lt;a&gt;"' in page.text
    assert not Decision.objects.exists()


def test_a_return_that_came_late_keeps_its_reason(door):
    client = logged_in(door.person("chef polis"))
    typed = form(door, party=door.police.pk, reason="Målet är för brett.")
    change(door)
    page = client.post(address(door, "plan-return"), typed)
    assert "har ändrats sedan du öppnade sidan" in words_of(page)
    assert "Målet är för brett." in page.text


@pytest.mark.parametrize("missing", ["reason", "reply_by"])
def test_what_is_missing_is_asked_for(missing):
    door = Door(PlanState.DRAFT if missing == "reply_by" else PlanState.CONSULTATION)
    page = "plan-send" if missing == "reply_by" else "plan-withdraw"
    response = logged_in(door.person("samordnare")).post(address(door, page), form(door))
    assert response.status_code == 200
    assert 'id="fel"' in response.text


def test_a_party_without_a_chef_is_said_before_it_is_sent():
    door = Door(PlanState.DRAFT)
    door.person("chef sdf")
    page = words_of(logged_in(door.person("samordnare")).get(address(door, "plan-send")))
    assert f"{door.police} har ingen chef i Samverkan" in page
    assert f"{door.sdf} har ingen chef" not in page


# What was sent ------------------------------------------------------------------------------------


def test_what_was_sent_is_listed_with_time_and_party_and_the_draft_can_be_had():
    door = Door(PlanState.DRAFT)
    take(door, "send", "samordnare")
    client = logged_in(door.person("chef polis"))
    page = client.get(address(door, "plan-dispatches"))
    assert "Skickad på samråd Polisen" in words_of(page)
    link = re.search(r'href="([^"]*skickat/\d+\.json)"', page.text).group(1)
    entry = door.plan.dispatches.first()
    assert client.get(link).content == bytes(entry.draft.document)
    assert f'id="post-{entry.pk}"' in page.text


def test_a_draft_of_another_plan_is_not_reached_by_its_number():
    door = Door(PlanState.DRAFT)
    take(door, "send", "samordnare")
    draft = door.plan.dispatches.first().draft
    url = reverse("plan-sent-draft", args=[door.district.slug, 2025, draft.pk + 1])
    assert logged_in(door.person("samordnare")).get(url).status_code == 404


# The start page -----------------------------------------------------------------------------------


def tasks(door, who) -> str:
    user = door.person(who) if isinstance(who, str) else who
    return words_of(logged_in(user).get(reverse("start")))


def test_the_start_page_says_what_can_be_done_now(door):
    coordinator, chef = door.person("samordnare"), door.person("chef polis")
    assert "Väntar på Stadsdelsförvaltningen och Polisen" in tasks(door, coordinator)
    assert "Godkänn planen, eller återsänd den" in tasks(door, chef)

    take(door, "return", chef)
    assert "Polisen har återsänt planen för ändring" in tasks(door, coordinator)
    assert "Målet går inte att mäta." in tasks(door, coordinator)
    assert "Godkänn planen" not in tasks(door, chef)

    change(door)
    assert "Planen har ändrats sedan ni svarade" in tasks(door, chef)

    approved_by_all(door)
    assert "Registrera beslutet: alla huvudparter har godkänt" in tasks(door, coordinator)


def test_a_plan_taken_back_still_says_why_it_was_returned(door):
    take(door, "return", "chef polis")
    take(door, "withdraw", "samordnare")
    change(door)
    assert "Polisen har återsänt planen för ändring" in tasks(door, "samordnare")
    assert "Något har hänt." in status(door, "kommunpolis")


def test_what_is_done_is_said(door):
    client = logged_in(door.person("samordnare"))
    response = client.post(address(door, "plan-withdraw"), form(door, reason="Mer att skriva."))
    (said,) = [message.message for message in get_messages(response.wsgi_request)]
    assert said.endswith("Parterna får ett meddelande om det.")
