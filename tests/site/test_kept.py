"""What somebody sends after her session has ended is not lost, and is nobody else's."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from samverkan.organisation.vocabulary import Role
from samverkan.site.kept import MOST
from tests.factories import PASSWORD, a_district, a_member, a_plan, a_user, an_agreement
from tests.plans.rows import a_chain

pytestmark = pytest.mark.django_db

WORDS = "Två vandringar i veckan, längs <b>strandvägen</b>"
KEPT = "/konto/kvar/"


@pytest.fixture
def plan():
    district = a_district()
    return a_plan(district, agreement=an_agreement(district))


@pytest.fixture
def action(plan):
    return a_chain(plan).action


@pytest.fixture
def anna(plan):
    return a_member(Role.COORDINATOR, plan.district, user=a_user("Anna", "anna@exempel.se"))


@pytest.fixture
def bo(plan):
    return a_member(Role.COORDINATOR, plan.district, user=a_user("Bo", "bo@exempel.se"))


@pytest.fixture
def browser():
    """It asks for the token of each form, as a real one does."""
    return Client(enforce_csrf_checks=True)


def token(page) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def log_in(browser, who, **more):
    page = browser.get(reverse("account_login"), more)
    sent = {"login": who.email, "password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    return browser.post(reverse("account_login"), sent | more, follow=True)


def row(plan, action):
    return reverse("row", args=[plan.district.slug, plan.pk, "action", action.uuid])


def writes_too_late(browser, plan, action, who, words=WORDS, **more):
    """She has the form before her, and her session ends before she sends it."""
    log_in(browser, who)
    form = browser.get(row(plan, action))
    Session.objects.all().delete()
    return browser.post(
        row(plan, action),
        {
            "csrfmiddlewaretoken": token(form),
            "seen": plan.version,
            "description": words,
            "timing": "Våren",
        }
        | more,
        follow=True,
    )


def test_it_is_offered_back_after_the_log_in_and_saved_where_it_belongs(
    browser, plan, action, anna
):
    page = writes_too_late(browser, plan, action, anna)
    assert "Det du skrev finns kvar" in page.content.decode()
    assert page.redirect_chain[-1][0] == f"{reverse('account_login')}?next={KEPT}"
    offered = log_in(browser, anna, next=KEPT)
    html = offered.content.decode()
    assert "Två vandringar i veckan, längs &lt;b&gt;strandvägen&lt;/b&gt;" in html
    form = re.search(rf'<form[^>]+action="{row(plan, action)}">(.*?)</form>', html, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[1]))
    assert fields["timing"] == "Våren"
    browser.post(row(plan, action), fields | {"description": WORDS})
    action.refresh_from_db()
    assert action.description == WORDS
    assert browser.get(KEPT)["Location"] == reverse("start")  # it is not offered twice


def test_it_is_never_shown_to_another_who_logs_in_in_the_same_browser(
    browser, plan, action, anna, bo
):
    writes_too_late(browser, plan, action, anna)
    page = log_in(browser, bo, next=KEPT)
    assert page.redirect_chain[-1][0] == reverse("start")
    assert "strandvägen" not in page.content.decode()
    assert "kept" not in browser.session


def test_it_stands_in_no_address(browser, plan, action, anna):
    page = writes_too_late(browser, plan, action, anna)
    assert not any("strand" in address for address, _ in page.redirect_chain)


def test_it_can_be_thrown_away(browser, plan, action, anna):
    writes_too_late(browser, plan, action, anna)
    page = log_in(browser, anna, next=KEPT)
    browser.post(KEPT, {"csrfmiddlewaretoken": token(page)})
    assert "kept" not in browser.session
    action.refresh_from_db()
    assert action.description == "Nattvandring"


def test_what_somebody_else_has_changed_meanwhile_is_asked_about(
    browser, plan, action, anna, bo, client
):
    writes_too_late(browser, plan, action, anna)
    client.force_login(bo)
    client.post(row(plan, action), {"seen": plan.version, "description": "Bos text"})
    page = log_in(browser, anna, next=KEPT)
    answer = browser.post(
        row(plan, action),
        {
            "csrfmiddlewaretoken": token(page),
            "seen": plan.version,
            "description": WORDS,
        },
    )
    assert answer.status_code == 409
    assert "strandvägen" in answer.content.decode()


def test_what_is_refused_is_still_kept(browser, plan, action, anna):
    writes_too_late(browser, plan, action, anna)
    page = log_in(browser, anna, next=KEPT)
    anna.memberships.all().delete()
    answer = browser.post(
        row(plan, action), {"csrfmiddlewaretoken": token(page), "description": WORDS}
    )
    assert answer.status_code == 404
    assert "strandvägen" in browser.get(KEPT).content.decode()


def test_a_page_of_another_site_cannot_plant_a_text(browser, plan, action, anna):
    page = writes_too_late(browser, plan, action, anna, csrfmiddlewaretoken="x" * 64)
    assert page.status_code == 403
    assert "kept" not in browser.session


def test_somebody_who_has_never_been_here_fills_no_session(browser, plan, action):
    form = browser.get(reverse("account_login"))
    browser.post(row(plan, action), {"csrfmiddlewaretoken": token(form), "description": WORDS})
    assert "kept" not in browser.session


def test_a_text_without_end_is_not_kept_and_that_is_said(browser, plan, action, anna):
    page = writes_too_late(browser, plan, action, anna, words="x" * MOST)
    assert "texten är för lång för att sparas här" in page.content.decode()
    assert "kept" not in browser.session


def test_a_new_password_is_never_kept(browser, anna):
    log_in(browser, anna)
    form = browser.get(reverse("account_change_password"))
    Session.objects.all().delete()
    browser.post(
        reverse("account_change_password"),
        {"csrfmiddlewaretoken": token(form), "oldpassword": PASSWORD, "password1": "hemligt"},
    )
    assert "kept" not in browser.session
