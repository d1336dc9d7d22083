"""Two coordinators end each other's membership at the same moment."""

from contextlib import closing, suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404

from samverkan.members import services
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.django_db(transaction=True)
def test_the_district_keeps_one_of_them(monkeypatch, locked):
    district = a_district()
    one, other = (a_member(Role.COORDINATOR, district) for _ in range(2))
    both_have_looked = Barrier(2)
    keep = services._keep_a_coordinator

    def keep_and_wait(membership):
        keep(membership)
        with suppress(BrokenBarrierError):  # the lock holds the other one: she has not looked yet
            both_have_looked.wait(timeout=1)

    monkeypatch.setattr(services, "_keep_a_coordinator", keep_and_wait)
    if not locked:
        monkeypatch.setattr(services, "_lock", lambda district: None)

    def end(actor_pk, pk):
        actor = User.objects.get(pk=actor_pk)
        membership = services.get_membership(actor=actor, district=district, pk=pk)
        with suppress(ValidationError, Http404), closing(connection):
            services.end(actor=actor, membership=membership)

    threads = [
        Thread(target=end, args=(a.pk, b.memberships.get().pk))
        for a, b in ((one, other), (other, one))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # SQLite lets one transaction write at a time; PostgreSQL needs the lock, and shows why.
    left = 1 if locked or connection.vendor == "sqlite" else 0
    assert Membership.objects.filter(district=district, is_active=True).count() == left
