"""Two-step log-in, set up and taken away through the pages; and the letters it sends."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.urls import reverse

from samverkan.organisation.vocabulary import Role
from tests.factories import PASSWORD, a_member, a_user


@pytest.fixture
def member(client, db):
    member = a_member(Role.COORDINATOR, user=a_user("Samordnaren", "samordnare@exempel.se"))
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return member


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def secret_on(page) -> str:
    found = re.search(r"<code>(\w+)</code>", page.text)
    assert found
    return found[1]


def set_up(client):
    secret = secret_on(client.get(reverse("mfa_activate_totp")))
    return client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}, follow=True)


def test_it_is_off_until_it_is_set_up(client, member):
    page = client.get(reverse("mfa_index"))
    assert "Du loggar in med bara lösenord." in page.text


def test_the_right_code_sets_it_up_and_gives_recovery_codes(client, member):
    page = set_up(client)
    assert page.status_code == 200
    assert Authenticator.objects.filter(user=member, type="totp").exists()
    codes = re.findall(r"<li>(\w{8,})</li>", client.get(reverse("mfa_view_recovery_codes")).text)
    assert len(codes) == 10
    file = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert "Varje kod kan användas en gång." in file
    assert all(code in file for code in codes)
    assert "Du skriver en kod när du loggar in." in client.get(reverse("mfa_index")).text


def test_a_wrong_code_does_not_and_the_key_is_the_same_to_try_again(client, member):
    secret = secret_on(client.get(reverse("mfa_activate_totp")))
    wrong = str((int(code_for(secret)) + 1) % 1_000_000).zfill(6)
    page = client.post(reverse("mfa_activate_totp"), {"code": wrong})
    assert page.status_code == 200
    assert "is-invalid" in page.text
    assert secret_on(page) == secret
    assert not Authenticator.objects.filter(user=member).exists()


def test_a_recovery_code_leads_in_once(client, member):
    set_up(client)
    code = re.findall(r"<li>(\w{8,})</li>", client.get(reverse("mfa_view_recovery_codes")).text)[0]
    came_in = []
    for _ in range(2):
        client.logout()
        client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        came_in.append(client.get(reverse("start")).status_code == 200)
    assert came_in == [True, False]


def test_it_is_taken_away_again(client, member):
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=member).exists()


def test_the_password_is_asked_for_once_more_first(client, member):
    client.logout()
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    assert "Bekräfta att det är du" in page.text


# The letters --------------------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(you|your|the|has|have|been|was|is|account|password|hello|thank|from|please|code|codes"
    r"|authenticator|activated|deactivated|this|mail|email)\b",
    re.IGNORECASE,
)


def english_in(letter) -> list[str]:
    return ENGLISH.findall(re.sub(r"\S+://\S+|\S+@\S+|example\.com", "", letter))


def test_every_letter_about_the_account_is_in_swedish(transactional_db, client, member):
    # Transactional: the letters are sent when what they tell of is stored for good.
    agent = {"headers": {"user-agent": "Webbläsaren"}}
    secret = secret_on(client.get(reverse("mfa_activate_totp")))
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}, **agent)
    client.post(reverse("mfa_generate_recovery_codes"), **agent)
    client.post(reverse("mfa_deactivate_totp"), **agent)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "helt nya ord 7", "password2": "helt nya ord 7"},
        **agent,
    )
    client.logout()
    client.post(reverse("account_reset_password"), {"email": member.email}, **agent)
    link = re.search(r"http://testserver(/konto/losenord/nytt/\S+)", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "nya ord igen 8", "password2": "nya ord igen 8"}, **agent)

    said = [letter.subject.removeprefix("Samverkan: ") for letter in mail.outbox]
    assert len(mail.outbox) == 6, said
    for letter in mail.outbox:
        assert letter.to == [member.email]
        assert english_in(f"{letter.subject}\n{letter.body}") == [], letter.body
        assert letter.body.startswith("Hej")
        assert "Hälsningar\nSamverkan" in letter.body
