"""Medlemmar, in the words of a samordnare who keeps the members of her district."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samverkan.journal.kinds import sentence
from samverkan.members import services
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_district,
    a_member,
    a_party,
    a_user,
    administration_of,
    an_agreement,
    police_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return a_district("Järva", "jarva")


@pytest.fixture
def coordinator(district):
    return a_member(Role.COORDINATOR, district, user=a_user("Samordnaren"))


@pytest.fixture
def client(coordinator):
    return logged_in(coordinator)


@pytest.fixture
def invite(client, district, django_capture_on_commit_callbacks):
    """Bjud in, with what a samordnare would type; each test changes what it is about."""

    def invite(client=client, **typed):
        form = {
            "email": "ny@exempel.se",
            "name": "Ny Medlem",
            "role": Role.EDITOR,
            "party": police_of(district).pk,
        } | typed
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("member-invite", args=[district.slug]), form)

    return invite


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def events(district) -> list[str]:
    return [sentence(entry) for entry in district.journal.all()]


def link_in(letter) -> str:
    (link,) = re.findall(r"http://testserver(/konto/\S+)", str(letter.body))
    return link


def membership_of(user, role) -> Membership:
    return user.memberships.get(role=role)


def do(client, what, membership):
    return client.post(reverse(f"member-{what}", args=[membership.district.slug, membership.pk]))


# The list -----------------------------------------------------------------------------------------


def test_the_list_says_who_is_in_as_what_and_when_they_were_last_here(client, district):
    police = a_member(Role.EDITOR, district, police_of(district), user=a_user("Polisens redaktör"))
    a_member(Role.READER, district, user=a_user("Före detta läsaren"), is_active=False)

    page = client.get(reverse("members", args=[district.slug])).content.decode()

    assert "Samordnaren" in page
    assert police.email in page
    assert "Polisen Järva" in page
    assert "Inbjuden, har inte loggat in" in page
    assert "Avslutade medlemskap" in page.split("Före detta läsaren")[0]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.EDITOR, 403),
        (Role.CONTRIBUTOR, 403),
        (Role.MANAGER, 403),
        (Role.READER, 403),
        (Role.CITY, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_only_the_coordinator_keeps_the_members(district, role, status):
    member = logged_in(a_member(role, district))
    other = a_member(Role.READER, district).memberships.get()

    for page in (
        reverse("members", args=[district.slug]),
        reverse("member-invite", args=[district.slug]),
        reverse("member-change", args=[district.slug, other.pk]),
    ):
        assert member.get(page).status_code == status
    assert do(member, "end", other).status_code == (302 if status == 200 else 403)
    other.refresh_from_db()
    assert other.is_active is (status != 200)


def test_the_list_asks_the_database_as_often_for_two_as_for_twenty(client, district):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("members", args=[district.slug]))
        return len(asked)

    a_member(Role.EDITOR, district)
    few = queries()
    for _ in range(18):
        a_member(Role.EDITOR, district)
    assert queries() == few


# Inviting -----------------------------------------------------------------------------------------


def test_a_new_person_gets_the_role_and_a_letter_with_a_link_that_lets_her_in(
    invite, district, coordinator
):
    response = invite()

    assert response.status_code == 302
    assert said(response) == ["Ny Medlem är inbjuden. Inbjudan är skickad till ny@exempel.se."]
    user = User.objects.get(email="ny@exempel.se")
    assert membership_of(user, Role.EDITOR).party == police_of(district)
    assert not user.has_usable_password()

    (letter,) = mail.outbox
    assert letter.to == ["ny@exempel.se"]
    assert letter.subject == "Inbjudan till Samverkan i Järva"
    assert "Hej Ny Medlem!" in letter.body
    assert "Samordnaren bjuder in dig som redaktör för Polisen i Järva." in letter.body
    assert "gäller i tre dagar" in letter.body

    link = link_in(letter)
    visitor = Client()
    form = visitor.get(link, follow=True)
    assert form.status_code == 200
    password = "ett långt nog lösenord"  # noqa: S105
    visitor.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})
    user.refresh_from_db()
    assert user.check_password(password)
    assert events(district) == ["Samordnaren bjöd in Ny Medlem som redaktör för Polisen."]


def test_who_has_a_role_here_already_gets_another_only_when_that_is_meant(client, invite, district):
    anna = a_user("Anna Ek", "anna@exempel.se")
    a_member(Role.EDITOR, district, police_of(district), user=anna)
    again = {"email": "Anna@exempel.se", "name": "Anna Ek", "role": Role.READER, "party": ""}

    page = invite(**again)

    assert page.status_code == 200
    words = page.content.decode()
    assert "Anna Ek är redan redaktör för Polisen i Järva." in words
    assert ">Ge även den här rollen</button>" in words
    assert not anna.memberships.filter(role=Role.READER).exists()

    knows_of = page.context["form"]["knows_of"].value()
    assert f'value="{knows_of}"' in words
    assert invite(**again, knows_of=knows_of).status_code == 302
    assert anna.memberships.filter(role=Role.READER).exists()


def test_what_was_meant_for_one_person_does_not_count_for_another(invite, district):
    for name in ("anna", "bo"):
        a_member(Role.READER, district, user=a_user(name, f"{name}@exempel.se"))
    knows_of = invite(email="anna@exempel.se").context["form"]["knows_of"].value()

    page = invite(email="bo@exempel.se", knows_of=knows_of)

    assert "bo är redan läsare i Järva." in page.content.decode()


def test_who_changes_a_role_sees_the_persons_other_role(client, district):
    anna = a_user("Anna Ek", "anna@exempel.se")
    a_member(Role.EDITOR, district, police_of(district), user=anna)
    a_member(Role.READER, district, user=anna)

    page = client.get(
        reverse("member-change", args=[district.slug, membership_of(anna, Role.READER).pk])
    )

    assert "Anna Ek är också redaktör för Polisen i Järva." in page.content.decode()


def test_letters_and_pages_say_how_long_a_link_is_good():
    assert timedelta(days=3).total_seconds() == settings.PASSWORD_RESET_TIMEOUT
    templates = Path(settings.BASE_DIR, "templates").rglob("*.*")
    said = [line for each in templates for line in each.read_text().splitlines()]
    about = [line for line in said if "Länken gäller" in line]
    assert len(about) == 3
    assert all("Länken gäller i tre dagar" in line for line in about)


def test_nobody_is_promised_a_letter_by_post():
    templates = Path(settings.BASE_DIR, "templates").rglob("*.*")
    assert not [each.name for each in templates if re.search(r"\bbrev", each.read_text())]


def test_the_link_works_once(invite):
    invite()
    link = link_in(mail.outbox[0])
    user = User.objects.get(email="ny@exempel.se")
    user.set_password("ett långt nog lösenord")
    user.save()

    page = Client().get(link, follow=True)

    assert "password1" not in page.content.decode()


def test_who_is_here_already_elsewhere_just_gets_the_membership(invite, district):
    known = a_member(Role.READER, a_district(), user=a_user("Känd", "Kand@exempel.se"))
    User.objects.filter(pk=known.pk).update(last_login="2026-01-01T00:00Z")

    response = invite(email="kand@EXEMPEL.se", name="Annat namn")

    assert said(response) == ["Känd är nu medlem, och loggar in som vanligt."]
    known.refresh_from_db()
    assert known.name == "Känd"
    assert membership_of(known, Role.EDITOR).district == district
    assert mail.outbox == []


def test_nothing_is_sent_when_the_invitation_was_refused(invite, district):
    response = invite(party="")

    assert "Välj vilken part redaktören företräder." in response.content.decode()
    assert mail.outbox == []
    assert not User.objects.filter(email="ny@exempel.se").exists()


def test_the_form_with_an_error_keeps_what_was_typed(invite):
    page = invite(email="ny(at)exempel", name="Ny Medlem & Co").content.decode()

    assert "ny(at)exempel" in page
    assert "Ny Medlem &amp; Co" in page


def test_a_name_pasted_from_word_comes_in_clean(invite):
    invite(name="Ny\x0bMedlem\x07")

    assert User.objects.get(email="ny@exempel.se").name == "Ny Medlem"


@pytest.mark.parametrize(
    ("role", "party", "sentence"),
    [
        (Role.CONTRIBUTOR, None, "Välj vilken part bidragsgivaren företräder."),
        (Role.MANAGER, None, "Välj vilken part chefen företräder."),
        (Role.COORDINATOR, None, "Välj vilken part samordnaren företräder."),
        (Role.READER, "police", "En läsare företräder ingen part."),
        (Role.EDITOR, "partner", "Partnern är inte huvudpart i Järva."),
        (Role.MANAGER, "partner", "Partnern är inte huvudpart i Järva."),
    ],
)
def test_a_role_and_a_party_that_do_not_go_together_are_refused_in_a_sentence(
    invite, district, role, party, sentence
):
    parties = {
        None: "",
        "police": police_of(district).pk,
        "partner": a_party(district, name="Partnern").pk,
    }
    response = invite(role=role, party=parties[party])

    assert sentence in response.content.decode()
    assert not Membership.objects.filter(user__email="ny@exempel.se").exists()


@pytest.mark.parametrize("role", [Role.CITY, Role.ADMINISTRATOR])
def test_the_roles_of_the_whole_city_are_not_the_coordinators_to_give(
    invite, district, coordinator, role
):
    assert invite(role=role, party="").status_code == 200
    with pytest.raises(ValidationError, match="Den rollen ges av systemförvaltaren."):
        services.invite(
            actor=coordinator,
            district=district,
            email="ny@exempel.se",
            name="Ny Medlem",
            role=role,
            party=None,
            site="http://testserver/",
        )

    assert not User.objects.filter(email="ny@exempel.se").exists()


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.READER])
def test_a_partner_contributes_and_a_reader_acts_for_nobody(invite, district, role):
    party = a_party(district, name="Partnern").pk if role == Role.CONTRIBUTOR else ""

    assert invite(role=role, party=party).status_code == 302


def test_a_partner_that_has_signed_the_agreement_is_a_main_party(invite, district):
    school = a_party(name="Utbildningsförvaltningen")
    assert invite(role=Role.MANAGER, party=school.pk).status_code == 200

    an_agreement(district, administration_of(district), police_of(district), school)

    assert invite(role=Role.MANAGER, party=school.pk).status_code == 302


def test_a_party_of_another_district_cannot_be_chosen(invite):
    response = invite(party=police_of(a_district()).pk)

    assert response.status_code == 200
    assert not User.objects.filter(email="ny@exempel.se").exists()


def test_a_person_may_hold_several_roles_but_not_the_same_twice(invite, district):
    invite()
    asked = invite(role=Role.MANAGER).context["form"]
    assert invite(role=Role.MANAGER, knows_of=asked["knows_of"].value()).status_code == 302

    response = invite()

    assert "Ny Medlem är redan redaktör för Polisen i Järva." in response.content.decode()
    assert User.objects.get(email="ny@exempel.se").memberships.count() == 2


def test_who_is_invited_back_gets_the_old_membership_back(invite, district, client):
    invite()
    membership = User.objects.get(email="ny@exempel.se").memberships.get()
    do(client, "end", membership)

    assert invite().status_code == 302

    membership.refresh_from_db()
    assert membership.is_active


def test_an_address_is_the_same_whatever_the_case_of_its_domain(invite):
    invite(email="ny@åkersberga.example")

    again = {"email": "ny@ÅKERSBERGA.example", "role": Role.MANAGER}
    asked = invite(**again).context["form"]  # whether she is to have both roles
    assert invite(**again, knows_of=asked["knows_of"].value()).status_code == 302
    assert User.objects.filter(name="Ny Medlem").count() == 1


def test_an_account_that_is_closed_stays_closed(invite):
    a_user("Avstängd", "ny@exempel.se", is_active=False)

    assert "Kontot för Avstängd är avstängt." in invite().content.decode()


# Reminding ----------------------------------------------------------------------------------------


def test_who_has_not_come_in_is_sent_the_invitation_again(
    invite, client, district, django_capture_on_commit_callbacks
):
    invite()
    membership = User.objects.get(email="ny@exempel.se").memberships.get()

    with django_capture_on_commit_callbacks(execute=True):
        response = do(client, "remind", membership)

    assert said(response)[-1] == "En ny inbjudan är skickad till ny@exempel.se."
    assert len(mail.outbox) == 2
    assert events(district)[0] == "Samordnaren skickade inbjudan till Ny Medlem igen."


def test_who_has_come_in_is_not_invited_again(client, district):
    user = a_member(Role.READER, district)
    logged_in(user)

    response = do(client, "remind", user.memberships.get())

    assert "har redan loggat in" in said(response)[0]
    assert mail.outbox == []


# Changing -----------------------------------------------------------------------------------------


def test_role_party_and_name_are_changed_and_the_journal_says_so(client, district):
    user = a_member(Role.CONTRIBUTOR, district, a_party(district, short_name="Skolan"))
    membership = user.memberships.get()

    response = client.post(
        reverse("member-change", args=[district.slug, membership.pk]),
        {"name": "Rätt Namn", "role": Role.EDITOR, "party": police_of(district).pk},
    )

    assert said(response) == ["Ändringarna för Rätt Namn är sparade."]
    membership.refresh_from_db()
    assert (membership.role, membership.party) == (Role.EDITOR, police_of(district))
    assert events(district) == [
        "Samordnaren ändrade Rätt Namn från bidragsgivare för Skolan till redaktör för Polisen.",
        f"Samordnaren ändrade namnet {user.name} till Rätt Namn.",
    ]


def test_the_name_of_somebody_who_is_also_elsewhere_is_not_changed_from_here(client, district):
    user = a_member(Role.READER, district, user=a_member(Role.READER, a_district()))
    membership = user.memberships.get(district=district)
    address = reverse("member-change", args=[district.slug, membership.pk])

    page = client.get(address).content.decode()
    client.post(address, {"name": "Nytt namn", "role": Role.READER, "party": ""})

    assert "Namnet ändras av systemförvaltaren." in page
    user.refresh_from_db()
    assert user.name != "Nytt namn"


def test_the_service_itself_holds_the_name_of_somebody_who_is_also_elsewhere(district, coordinator):
    user = a_member(Role.READER, district, user=a_member(Role.READER, a_district()))

    with pytest.raises(ValidationError, match="är med även på andra håll"):
        services.change(
            actor=coordinator,
            membership=user.memberships.get(district=district),
            name="Nytt namn",
            role=Role.READER,
            party=None,
        )


def test_a_change_into_a_role_that_the_person_already_has_is_refused(client, district):
    user = a_member(Role.EDITOR, district, police_of(district))
    a_member(Role.MANAGER, district, police_of(district), user=user)

    response = client.post(
        reverse("member-change", args=[district.slug, membership_of(user, Role.MANAGER).pk]),
        {"name": user.name, "role": Role.EDITOR, "party": police_of(district).pk},
    )

    assert f"{user} är redan redaktör för Polisen i Järva" in response.content.decode()
    assert membership_of(user, Role.MANAGER)


def test_a_member_of_another_district_is_not_there(client, district):
    theirs = a_member(Role.READER, a_district()).memberships.get()

    address = reverse("member-change", args=[district.slug, theirs.pk])
    assert client.get(address).status_code == 404
    for what in ("end", "resume", "remind"):
        address = reverse(f"member-{what}", args=[district.slug, theirs.pk])
        assert client.post(address).status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_active


# Ending -------------------------------------------------------------------------------------------


def test_an_ended_membership_ends_at_once_also_where_the_person_is_logged_in(client, district):
    user = a_member(Role.EDITOR, district)
    her_browser = logged_in(user)
    address = reverse("district", args=[district.slug])
    assert her_browser.get(address).status_code == 200

    do(client, "end", user.memberships.get())

    assert her_browser.get(address).status_code == 404
    assert events(district) == [
        f"Samordnaren avslutade medlemskapet för {user} (redaktör för Stadsdelsförvaltningen)."
    ]


def test_an_ended_membership_can_be_resumed(client, district):
    user = a_member(Role.READER, district, is_active=False)

    do(client, "resume", user.memberships.get())

    assert user.memberships.get().is_active
    assert events(district) == [f"Samordnaren gav {user} tillbaka rollen läsare."]


def test_the_district_keeps_a_coordinator(client, district, coordinator):
    membership = coordinator.memberships.get()

    refused = do(client, "end", membership)
    page = client.post(
        reverse("member-change", args=[district.slug, membership.pk]),
        {"name": "Samordnaren", "role": Role.READER, "party": ""},
    ).content.decode()

    assert said(refused) == ["Järva behöver en samordnare. Bjud in en till först."]
    assert "Järva behöver en samordnare. Bjud in en till först." in page
    membership.refresh_from_db()
    assert (membership.is_active, membership.role) == (True, Role.COORDINATOR)


def test_a_coordinator_leaves_when_there_is_another(client, district, coordinator):
    a_member(Role.COORDINATOR, district)

    response = do(client, "end", coordinator.memberships.get())

    assert response.url == reverse("start")
    assert not coordinator.memberships.get().is_active


def test_a_coordinator_whose_account_is_closed_does_not_count(client, district, coordinator):
    a_member(Role.COORDINATOR, district, user=a_user(is_active=False))

    do(client, "end", coordinator.memberships.get())

    assert coordinator.memberships.get().is_active


def test_members_are_not_changed_by_following_a_link(client, district):
    membership = a_member(Role.READER, district).memberships.get()

    for what in ("end", "resume", "remind"):
        address = reverse(f"member-{what}", args=[district.slug, membership.pk])
        assert client.get(address).status_code == 405


def test_no_service_is_done_for_who_has_not_the_right(district):
    """Whatever page or command it is called from."""
    manager = a_member(Role.MANAGER, district)
    membership = a_member(Role.READER, district).memberships.get()
    site = "http://testserver/"
    new: dict[str, Any] = {
        "email": "ny@exempel.se",
        "name": "Ny",
        "role": Role.READER,
        "party": None,
    }

    for attempt in (
        lambda: services.get_membership(actor=manager, district=district, pk=membership.pk),
        lambda: services.invite(actor=manager, district=district, site=site, **new),
        lambda: services.change(
            actor=manager, membership=membership, name="Nytt", role=Role.READER, party=None
        ),
        lambda: services.end(actor=manager, membership=membership),
        lambda: services.resume(actor=manager, membership=membership),
        lambda: services.remind(actor=manager, membership=membership, site=site),
    ):
        with pytest.raises(PermissionDenied, match="Bara samordnaren bjuder in"):
            attempt()
    assert events(district) == []
