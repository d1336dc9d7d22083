"""Coming in, staying in and going out."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samverkan import settings as from_file
from samverkan.organisation.vocabulary import Role
from tests.factories import PASSWORD, a_member, a_user

LOGIN = "/konto/logga-in/"


@pytest.fixture
def member(db):
    return a_member(Role.COORDINATOR, user=a_user("Samordnaren", "samordnare@exempel.se"))


def log_in(client, email="samordnare@exempel.se", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more}, follow=True)


def is_in(client) -> bool:
    return client.get(reverse("start")).status_code == 200


def test_the_right_password_leads_to_the_start_page(client, member):
    page = log_in(client)
    assert page.redirect_chain[-1][0] == reverse("start")
    assert is_in(client)


def test_the_address_is_the_same_whatever_its_case(client, member):
    log_in(client, "Samordnare@Exempel.SE")
    assert is_in(client)


def test_who_was_on_her_way_somewhere_comes_there(client, member):
    plan = reverse("members", args=[member.standing[0].district.slug])
    there = client.get(plan)
    assert there.status_code == 302
    page = client.post(
        there["Location"], {"login": member.email, "password": PASSWORD}, follow=True
    )
    assert page.redirect_chain[-1][0] == plan


@pytest.mark.parametrize("email", ["samordnare@exempel.se", "finns-inte@exempel.se"])
def test_a_wrong_password_says_the_same_whether_the_account_is_there_or_not(email, client, member):
    page = log_in(client, email, "inte rätt alls")
    assert "E-postadressen eller lösenordet stämmer inte." in page.text
    assert f'value="{email}"' in page.text  # what was typed is kept
    assert "inte rätt alls" not in page.text  # but not the password
    assert not is_in(client)


def test_guessing_is_stopped_also_for_the_right_guess(client, member):
    for _ in range(5):
        log_in(client, password="fel gissning nu")
    page = log_in(client)
    assert "för många försök" in page.text
    assert not is_in(client)


def test_guessing_is_stopped_however_much_else_is_counted(client, member, settings):
    """A full cache throws out what it holds; 300 entries, Django's own limit, is soon full."""
    settings.CACHES = from_file.CACHES
    call_command("createcachetable")
    for _ in range(5):
        log_in(client, password="fel gissning nu")
    for number in range(400):
        caches["default"].set(f"zzz{number}", [1])
    assert "för många försök" in log_in(client).text


def test_a_closed_account_does_not_come_in(client, member):
    member.is_active = False
    member.save()
    log_in(client)
    assert not is_in(client)


def test_logging_out_ends_the_session(client, member):
    log_in(client)
    assert client.get(reverse("account_logout")).status_code == 200  # asks first
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_a_session_ends_after_the_working_day(client, member, settings):
    log_in(client)
    session = client.session
    assert session.get_expire_at_browser_close()
    assert 0 < settings.SESSION_COOKIE_AGE <= 12 * 60 * 60
    Session.objects.filter(pk=session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert not is_in(client)


def test_a_new_password_ends_the_sessions_elsewhere(client, member):
    at_home = Client()
    log_in(client)
    log_in(at_home)
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "helt nya ord 7", "password2": "helt nya ord 7"},
    )
    assert page.status_code == 302
    assert not is_in(at_home)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort1", "12 tecken"),
        ("password1234", "vanligt"),
        ("123456789012", "numeriskt"),
        ("samordnare@exempel.se", "likt"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, said, client, member):
    log_in(client)
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert page.status_code == 200
    assert said in page.text


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client, member):
    client.post(reverse("account_reset_password"), {"email": member.email})
    found = re.search(r"http://testserver(/konto/losenord/nytt/\S+)", str(mail.outbox[0].body))
    assert found
    link = found[1]
    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0],
        {"password1": "helt nya ord 7", "password2": "helt nya ord 7"},
        follow=True,
    )
    log_in(client, password="helt nya ord 7")
    assert is_in(client)
    client.logout()
    assert "Välj lösenord" not in client.get(link, follow=True).text


def test_asking_for_a_password_does_not_tell_who_is_a_member(client, member):
    known = client.post(reverse("account_reset_password"), {"email": member.email}, follow=True)
    unknown = client.post(
        reverse("account_reset_password"), {"email": "ingen@exempel.se"}, follow=True
    )
    assert known.redirect_chain == unknown.redirect_chain


def test_nobody_signs_up(client, db):
    page = client.post(
        reverse("account_signup"),
        {"email": "ny@exempel.se", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "inbjud" in page.text
    assert not is_in(client)


class TestSecondStep:
    """A code from the telephone, after the password."""

    @pytest.fixture
    def secret(self, member):
        secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        TOTP.activate(member, secret)
        return secret

    def code(self, secret):
        counter = next(iter(yield_hotp_counters_from_time()))
        return format_hotp_value(hotp_value(secret, counter))

    def test_the_password_alone_is_not_enough(self, client, member, secret):
        page = log_in(client)
        assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
        assert not is_in(client)

    def test_the_right_code_leads_in(self, client, member, secret):
        log_in(client)
        client.post(reverse("mfa_authenticate"), {"code": self.code(secret)})
        assert is_in(client)

    def test_a_wrong_code_does_not(self, client, member, secret):
        log_in(client)
        wrong = str((int(self.code(secret)) + 1) % 1_000_000).zfill(6)
        page = client.post(reverse("mfa_authenticate"), {"code": wrong})
        assert "kod" in page.text.lower()
        assert not is_in(client)
