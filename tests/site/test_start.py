"""The start page and what stands around every page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan


@pytest.mark.parametrize(("days", "is_there"), [(-1, False), (0, True), (200, True)])
def test_a_district_stands_among_mine_until_it_has_ended(days, is_there, client, db):
    """A merger is decided months before it comes into force."""
    district = a_district("Farsta", valid_to=timezone.localdate() + timedelta(days=days))
    client.force_login(a_member(Role.COORDINATOR, district))

    places = client.get(reverse("start")).context["places"]

    assert [place["district"] for place in places] == [district] * is_there


def test_how_it_goes_is_one_step_from_the_start(client, db):
    plan = a_plan()
    client.force_login(a_member(Role.COORDINATOR, plan.district))

    page = client.get(reverse("start")).content.decode()

    for name in ("plan-picture", "follow-up"):
        assert reverse(name, args=[plan.district.slug, plan.year]) in page


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/konto/", "/konto/"),
        ("https://testserver/konto/", "https://testserver/konto/"),
        ("http://testserver/konto/", "/"),  # from TLS to none
        ("//annan.example/", "/"),
        ("/\\annan.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_choosing_light_or_dark_leads_back_and_nowhere_else(back, leads_to, client, db):
    response = client.post(reverse("appearance"), {"utseende": "morkt", "next": back}, secure=True)
    assert response["Location"] == leads_to
