"""A right that ends while the request is under way is no right any more when something is written."""

from datetime import date

import pytest
from django.http import Http404

from plans.models import Plan
from plans.services import catalogues, removal
from plans.services.creation import create_plan
from plans.vocabulary import Layout
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.members import services as members
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_catalogue, a_district, a_member, a_plan, an_area

pytestmark = pytest.mark.django_db


def invite(actor, district):
    members.invite(
        actor=actor,
        district=district,
        email="ny@exempel.se",
        name="Ny",
        role=Role.READER,
        party=None,
        site="http://testserver/",
    )


def end_another(actor, district):
    members.end(actor=actor, membership=Membership.objects.get(role=Role.READER))


def create(actor, district):
    create_plan(
        actor=actor,
        district=district,
        start=date(2030, 1, 1),
        end=date(2030, 12, 31),
        layout=Layout.CAUSES,
        catalogue=a_catalogue(),
        agreement=None,
    )


def remove(actor, district):
    removal.remove_draft(actor=actor, plan=Plan.objects.get())


@pytest.mark.parametrize("do", [invite, end_another, create, remove])
@pytest.mark.parametrize("ended", [{"is_active": False}, {"user": False}])
def test_a_coordinator_who_is_ended_this_very_moment_changes_nothing(do, ended):
    district = a_district()
    a_member(Role.READER, district)
    a_plan(district, 2027)
    actor = a_member(Role.COORDINATOR, district)
    assert may(actor, Right.MANAGE_MEMBERS, district)  # when the request began

    if "user" in ended:
        User.objects.filter(pk=actor.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=actor).update(is_active=False)

    with pytest.raises(Http404):
        do(actor, district)
    assert Plan.objects.count() == 1
    assert Membership.objects.filter(role=Role.READER, is_active=True).count() == 1


def test_nor_does_a_stadsledning():
    catalogue = a_catalogue()
    area = an_area(catalogue, "Skolan")
    actor = a_member(Role.CITY)
    assert may(actor, Right.KEEP_CATALOGUES, catalogue.municipality)
    Membership.objects.filter(user=actor).update(is_active=False)

    for do in (
        lambda: catalogues.delete_area(actor=actor, area=area),
        lambda: catalogues.add_area(actor=actor, catalogue=catalogue, name="Nytt"),
        lambda: catalogues.add_catalogue(
            actor=actor, municipality=catalogue.municipality, year=2030, name="2030"
        ),
    ):
        with pytest.raises(Http404):
            do()
