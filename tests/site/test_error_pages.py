"""When something goes wrong: said in Swedish, in the same dress, with a way on."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from samverkan.access.answers import NOT_YOURS
from samverkan.organisation.vocabulary import Role
from samverkan.site import errors
from tests.factories import a_district, a_member


@pytest.fixture
def reader(client, db):
    user = a_member(Role.READER, a_district("Järva", "jarva"))
    client.force_login(user)
    return user


def test_403_says_the_reason_of_the_table_of_rights(client, reader):
    page = client.get(reverse("members", args=["jarva"]))
    assert page.status_code == 403
    assert "Bara samordnaren bjuder in och ändrar medlemmar." in page.text
    assert "Gå till mina områden" in page.text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/jarva/1999/atgardsplan/", "1999"),
        ("/ingenstans/2025/atgardsplan/", NOT_YOURS.reason),
        ("/finns/inte/alls/", "Adressen leder ingenstans."),
    ],
)
def test_404_says_what_is_not_there_and_leads_back(address, said, client, reader):
    page = client.get(address)
    assert page.status_code == 404
    assert said in page.text
    assert f'href="{reverse("start")}"' in page.text
    assert "matches the given query" not in page.text


def test_404_stands_also_for_who_has_not_logged_in(client, db):
    page = client.get("/finns/inte/alls/")
    assert page.status_code == 404
    assert "Gå till startsidan" in page.text


def test_500_stands_without_a_request_or_a_user():
    page = render_to_string("500.html")
    assert "Något gick fel hos oss" in page
    assert 'href="/"' in page


def test_500_is_what_the_user_sees_of_a_fault(reader, monkeypatch):
    def fault(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("plans.waiting.plans_in", fault)
    client = Client(raise_request_exception=False)
    client.force_login(reader)
    page = client.get(reverse("start"))
    assert page.status_code == 500
    assert "Felet är antecknat." in page.text
    assert "ZeroDivisionError" not in page.text


def test_400_says_that_it_was_not_understood(db):
    page = errors.bad_request(RequestFactory().get("/"), SuspiciousOperation("Invalid host"))
    assert page.status_code == 400
    assert "Det gick inte att förstå frågan" in page.content.decode()
    assert "Invalid" not in page.content.decode()


def test_a_form_that_is_too_old_says_what_to_do(db):
    client = Client(enforce_csrf_checks=True)
    page = client.post(reverse("account_login"), {"login": "a@exempel.se", "password": "x"})
    assert page.status_code == 403
    assert "Det du skrev är inte sparat." in page.text
    assert "CSRF" not in page.text


def test_429_says_how_long_to_wait(client, db):
    for _ in range(30):
        page = client.post(reverse("account_reset_password"), {"email": "samma@exempel.se"})
        if page.status_code == 429:
            break
    assert page.status_code == 429
    assert "Vänta fem minuter" in page.text
    assert f'href="{reverse("account_login")}"' in page.text
