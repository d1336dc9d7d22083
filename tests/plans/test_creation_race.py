"""Several coordinators press the same button at the same moment."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from plans.models import Period, Plan, PlanArea
from plans.services.creation import AlreadyPlanned, create_plan
from samverkan.members.services import invite
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_catalogue, a_district, a_member

ADDRESSES = ["Ny@exempel.se", "ny@Exempel.SE", "NY@EXEMPEL.SE"]


def at_once(*calls: Callable) -> list:
    """What each of them gave or raised, each on a connection of its own."""
    ready = Barrier(len(calls))
    met: list = []

    def run(call: Callable) -> None:
        with closing(connection):
            connection.ensure_connection()
            ready.wait()
            try:
                met.append(call())
            except Exception as error:
                met.append(error)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def kinds(met: list) -> list[str]:
    return sorted(type(thing).__name__ for thing in met)


@pytest.mark.django_db(transaction=True)
def test_one_plan_is_made_and_the_others_are_told():
    district, catalogue = a_district(), a_catalogue()
    create = partial(
        create_plan,
        district=district,
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        layout="orsakstabell",
        catalogue=catalogue,
        agreement=None,
    )

    met = at_once(*(partial(create, actor=a_member(Role.COORDINATOR, district)) for _ in range(3)))

    assert kinds(met) == [*[AlreadyPlanned.__name__] * 2, "Plan"]
    assert (Plan.objects.count(), Period.objects.count()) == (1, 1)
    assert PlanArea.objects.count() == catalogue.areas.count()


@pytest.mark.parametrize("in_one_district", [True, False])
@pytest.mark.django_db(transaction=True)
def test_whoever_is_invited_from_all_sides_is_one_person(in_one_district):
    districts = [a_district() for _ in ADDRESSES]
    if in_one_district:
        districts = districts[:1] * len(ADDRESSES)
    calls = [
        partial(
            invite,
            actor=a_member(Role.COORDINATOR, district),
            district=district,
            email=email,
            name="Ny Medlem",
            role=Role.READER,
            party=None,
            site="http://testserver/",
        )
        for district, email in zip(districts, ADDRESSES, strict=True)
    ]

    met = at_once(*calls)

    refused = [ValidationError.__name__] * (len(calls) - 1) if in_one_district else []
    assert kinds(met) == sorted([*["Membership"] * (len(calls) - len(refused)), *refused])
    assert User.objects.filter(name="Ny Medlem").count() == 1
    assert Membership.objects.filter(role=Role.READER).count() == len(set(districts))
