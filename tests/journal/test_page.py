"""Händelser, as the samordnare and the chef read them."""

import pytest
from django.urls import reverse

from samverkan.journal.kinds import Kind, record
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return a_district()


def read(client, user, district, query=""):
    client.force_login(user)
    return client.get(reverse("journal", args=[district.slug]) + query)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.MANAGER, 200),
        (Role.EDITOR, 403),
        (Role.CONTRIBUTOR, 403),
        (Role.READER, 403),
        (Role.CITY, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_the_coordinator_and_the_managers_read_what_has_happened(client, district, role, status):
    assert read(client, a_member(role, district), district).status_code == status


def test_events_are_sentences_under_their_day_the_latest_first(client, district):
    coordinator = a_member(Role.COORDINATOR, district, user=a_user("Samordnaren"))
    for member in ("Första", "Andra"):
        record(
            Kind.MEMBER_INVITED, actor=coordinator, district=district, member=member, role="läsare"
        )
    record(Kind.MEMBER_INVITED, actor=coordinator, district=a_district(), member="Någon annans")

    page = read(client, coordinator, district).content.decode()

    assert "Samordnaren bjöd in Första som läsare." in page
    assert page.index("bjöd in Andra") < page.index("bjöd in Första")
    assert page.count("<h2>") == 1
    assert "Någon annans" not in page


def test_what_the_person_was_called_cannot_dress_up_the_page(client, district):
    coordinator = a_member(Role.COORDINATOR, district)
    record(Kind.MEMBER_INVITED, actor=coordinator, district=district, member="<b>{who}</b>")

    page = read(client, coordinator, district).content.decode()

    assert "&lt;b&gt;{who}&lt;/b&gt;" in page


def test_a_long_history_is_read_page_by_page(client, district):
    coordinator = a_member(Role.COORDINATOR, district)
    for number in range(60):
        record(Kind.MEMBER_ENDED, actor=coordinator, district=district, member=f"Nr {number}.")

    first = read(client, coordinator, district).content.decode()
    last = read(client, coordinator, district, "?sida=2").content.decode()

    assert "Nr 59." in first
    assert "Nr 0." not in first
    assert "Tidigare" in first
    assert "Nr 0." in last
    assert read(client, coordinator, district, "?sida=abc").status_code == 200
